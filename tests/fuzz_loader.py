"""A coverage-guided hunt for a file that makes the loader raise or hang; run by hand.

It needs atheris, which is no dependency of the handbook, in an environment that has requirements-dev.txt:

    .venv/bin/python -m pip install atheris
    PYTHONPATH=hooks .venv/bin/python -m tests.fuzz_loader /tmp/fuzz -max_total_time=600

The folder gathers the inputs that led somewhere new; a later run goes on from there. All further arguments
are libFuzzer's. The first byte of an input says which of the three files the others are. An input that raises
or takes more than five seconds of the processor ends the run, and is written to the working directory as
`crash-…`; with that file's name in place of the folder it is tried once more.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

try:
    import atheris
except ImportError:
    sys.exit("This needs atheris, which is not among the pins: .venv/bin/python -m pip install atheris")

with atheris.instrument_imports(include=["handbook"]):
    from handbook.load.repository import load
    from handbook.rules import schema
    from handbook.text import document
    from handbook.text.problems import Problem, as_text

from tests.mutations import BASES, DEFINITIONS, SECONDS, within
from tests.repository import SHORT, write

FILES = {
    "organisation": "programs/organisation.yml",
    "program": "programs/digital-fluency/program.yml",
    "cohort": "programs/digital-fluency/2027-spring.yml",
}
NAMES = tuple(FILES)


def look(root: Path, data: bytes) -> None:
    """Read one input as a file of a repository whose other files are in order.

    The whole repository is loaded only where the schema has nothing against it: all others end there.
    """
    name, content = NAMES[data[0] % len(NAMES)] if data else NAMES[0], data[1:]
    with within(SECONDS):
        found = document.read(FILES[name], content)
        problems = (found,) if isinstance(found, Problem) else schema.problems(found, name)
        if not problems:
            _, problems = loaded(root, FILES[name], content)
        as_text(problems).encode("utf-8", "backslashreplace")
    for one in problems:
        assert one.line >= 1, one
        assert one.message, one


def loaded(root: Path, path: str, content: bytes) -> tuple[object, tuple[Problem, ...]]:
    """Load the repository with this file in it, and put its own back."""
    file = root / path
    before = file.read_bytes()
    file.write_bytes(content)
    try:
        return load(root)
    finally:
        file.write_bytes(before)


def prepare(folder: Path) -> tuple[Path, Path]:
    """Lay out what a hunt begins with: valid files, and the words that they are made of."""
    seeds, words = folder / "inputs", folder / "words"
    seeds.mkdir(parents=True, exist_ok=True)
    for number, (path, text) in enumerate(valid()):
        name = "organisation" if path.endswith("organisation.yml") else "cohort"
        kind = NAMES.index("program" if path.endswith("program.yml") else name)
        (seeds / f"valid-{number}").write_bytes(bytes([kind]) + text.encode())
    told = {word for name in NAMES for word in _words(schema.read(name)) if word.isascii()}
    words.write_text("".join(f'"{word}"\n' for word in sorted(told)), "utf-8")
    return seeds, words


def valid() -> Iterator[tuple[str, str]]:
    """The definitions of all valid repositories."""
    return ((path, BASES[base][path]) for base, path in DEFINITIONS)


def _words(part: Any) -> Iterator[str]:
    """Every key and every choice of a schema."""
    if isinstance(part, dict):
        yield from (f"{key}: " for key in part.get("properties", {}))
        yield from (str(choice) for choice in part.get("enum", ()))
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _words(inner)


def main() -> None:
    """Hunt, or try one input again."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    place, options = Path(sys.argv[1]), sys.argv[2:]
    root = Path(tempfile.mkdtemp(prefix="handbook-fuzz-"))
    write(root, SHORT)
    target: Callable[[bytes], None] = lambda data: look(root, data)  # noqa: E731
    if place.is_file():
        target(place.read_bytes())
        return
    seeds, words = prepare(place)
    atheris.Setup([sys.argv[0], str(seeds), f"-dict={words}", "-max_len=20000", *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
