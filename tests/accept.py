"""Show how the miniature's output differs from what is expected, and accept it: `python -m tests.accept`."""

import shutil
import sys

from tests import test_miniature as miniature


def main() -> None:
    """Print the difference; then write the new output beside the expected one, and put it in its place."""
    rendered = miniature.rendered()
    found = miniature.difference(miniature.expected(), rendered)
    if not found:
        print("The output is as expected; nothing to accept.")
        return
    sys.stdout.write(found)
    beside = miniature.EXPECTED.with_name("expected.new")
    shutil.rmtree(beside, ignore_errors=True)
    miniature.write(beside, rendered)
    shutil.rmtree(miniature.EXPECTED, ignore_errors=True)
    beside.rename(miniature.EXPECTED)
    print(f"Accepted: {len(rendered)} files in tests/expected/. Read the difference before you commit it.")


if __name__ == "__main__":
    main()
