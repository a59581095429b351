"""Show how output and problems differ from what is expected, and accept that: `python -m tests.accept`."""

import shutil
import sys

from tests import test_bad as bad
from tests import test_miniature as miniature
from tests.repository import write


def main() -> None:
    """Print the differences; then write the new output beside the expected one, and put it in its place."""
    pages, told = miniature.rendered(), bad.rendered()
    found = miniature.difference(miniature.expected(), pages) + miniature.difference(bad.expected(), told)
    if not found:
        print("The output is as expected; nothing to accept.")
        return
    sys.stdout.write(found)
    beside = miniature.EXPECTED.with_name("expected.new")
    shutil.rmtree(beside, ignore_errors=True)
    write(beside, pages)
    shutil.rmtree(miniature.EXPECTED, ignore_errors=True)
    beside.rename(miniature.EXPECTED)
    write(bad.BAD, told)
    where = "tests/expected/ and tests/bad/"
    print(f"Accepted: {len(pages) + len(told)} files in {where}. Read the difference before you commit it.")


if __name__ == "__main__":
    main()
