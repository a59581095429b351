"""Show how output and problems differ from what is expected, and accept that: `python -m tests.accept`."""

import shutil
import sys
import tempfile
from pathlib import Path

from tests import test_bad as bad
from tests import test_miniature as miniature
from tests import test_year as year
from tests.repository import Files, write


def main() -> None:
    """Print the differences; then write the new output beside the expected one, and put it in its place."""
    with tempfile.TemporaryDirectory() as folder:
        tables = year.tables(Path(folder))
    pages, told = miniature.rendered(), bad.rendered()
    found = "".join(
        miniature.difference(old, new)
        for old, new in (
            (miniature.expected(), pages),
            (bad.expected(), told),
            (year.expected(), tables),
        )
    )
    if not found:
        print("The output is as expected; nothing to accept.")
        return
    sys.stdout.write(found)
    _replace(miniature.EXPECTED, pages)
    _replace(year.YEAR, tables)
    write(bad.BAD, told)
    where = "tests/expected/, tests/year/ and tests/bad/"
    several = len(pages) + len(tables) + len(told)
    print(f"Accepted: {several} files in {where}. Read the difference before you commit it.")


def _replace(folder: Path, files: Files) -> None:
    beside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    write(beside, files)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)


if __name__ == "__main__":
    main()
