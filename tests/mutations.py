"""Valid repositories, changed at one place: what a hand or an editor does to a file that was in order.

Each change knows its line, and the lines at which a person would look for it besides.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple, NoReturn

import yaml
from hypothesis import assume
from hypothesis import strategies as st

from tests.repository import ROOT, SHORT, Files, example, read

MINIATURE = read(ROOT / "tests/miniature")
BASES: Mapping[str, Files] = {
    "short": SHORT,
    # Templates of its own would be tried out on every page at each check.
    "miniature": {path: text for path, text in MINIATURE.items() if not path.startswith("docs/templates/")},
    "example": example(),
}
SECONDS = 5
DEFINITIONS = [
    (base, path)
    for base, files in BASES.items()
    for path in sorted(files)
    if path.startswith("programs/") and path.endswith(".yml")
]


@dataclass(frozen=True)
class Mutation:
    """One file of a valid repository, changed at one place.

    Attributes:
        base: the name of the repository.
        kind: what was done.
        content: the whole file afterwards.
        line: where it was done.
        near: besides that line, those where a person would accept to be sent.
        refused: whether the change cannot be right, so that an error has to stand on its line.
        told: the change in a line, for whoever reads the figures.
    """

    base: str
    kind: str
    path: str
    content: bytes
    line: int
    near: frozenset[int]
    refused: bool
    told: str


class Entry(NamedTuple):
    """A key with its value in the text.

    Attributes:
        path: the keys that lead there, and its own.
        start: where the key begins.
        colon: behind the colon, where the value may begin.
        end: where the value ends.
        column: of the key, from 0.
        flow: whether it stands in brackets.
        before: where the entry before it in the same mapping ends.
        next: where the next one begins.
    """

    path: tuple[str, ...]
    start: int
    colon: int
    end: int
    column: int
    flow: bool
    before: int | None
    next: int | None


class Change(NamedTuple):
    """What stands from `start` to `end` is replaced.

    Attributes:
        new: the text that takes its place; bytes where no text has them.
        refused: whether an error has to stand on its line.
        whole: whether all of the file is at fault, so that line 1 is a good place as well.
    """

    start: int
    end: int
    new: str | bytes
    refused: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Source:
    """A valid file, taken apart by PyYAML's own composer, not by the engine's reader."""

    text: str
    entries: tuple[Entry, ...]
    scalars: tuple[yaml.ScalarNode, ...]

    def line(self, at: int) -> int:
        """The line of a place, from 1."""
        return self.text.count("\n", 0, at) + 1

    def starts(self) -> list[int]:
        """Where each line begins that says something."""
        found = [match.start() for match in re.finditer(r"^.*\S", self.text, re.MULTILINE)]
        return [at for at in found if not self.text[at:].lstrip(" ").startswith("#")]

    def line_end(self, start: int) -> int:
        """Where the line ends that begins there, before its line feed."""
        found = self.text.find("\n", start)
        return found if found >= 0 else len(self.text)


@cache
def source(base: str, path: str) -> Source:
    """Take a file apart."""
    text = BASES[base][path]
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert root is not None, path
    scalars = [node for node in _nodes(root) if isinstance(node, yaml.ScalarNode)]
    return Source(text, tuple(_entries(text, root, ())), tuple(scalars))


def _nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    for inner in node.value if isinstance(node, yaml.CollectionNode) else ():
        yield from _nodes(inner[1] if isinstance(inner, tuple) else inner)


def _entries(text: str, node: yaml.Node, path: tuple[str, ...]) -> Iterator[Entry]:
    if isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from _entries(text, inner, path)
    if isinstance(node, yaml.MappingNode):
        pairs = [(None, None), *node.value, (None, None)]
        for (_, before), (key, value), (after, _) in zip(pairs, pairs[1:], pairs[2:], strict=False):
            own = (*path, key.value)
            yield Entry(
                own,
                key.start_mark.index,
                key.end_mark.index + 1,
                max(key.end_mark.index + 1, _end(text, value)),
                key.start_mark.column,
                bool(node.flow_style),
                _end(text, before) if before else None,
                after.start_mark.index if after else None,
            )
            yield from _entries(text, value, own)


def _end(text: str, node: yaml.Node) -> int:
    """Where a node ends; for the parser a block reaches to what follows it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start: int = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip("\n "))


Kind = Callable[[st.DrawFn, Source], Change]


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    """Any change of any file of any of the repositories."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    base, path = draw(st.sampled_from(DEFINITIONS))
    taken = source(base, path)
    change = KINDS[kind](draw, taken)
    return made(base, kind, path, change)


def made(base: str, kind: str, path: str, change: Change) -> Mutation:
    """Carry a change out."""
    taken = source(base, path)
    new = change.new.encode() if isinstance(change.new, str) else change.new
    before, old, after = (
        taken.text[: change.start],
        taken.text[change.start : change.end],
        taken.text[change.end :],
    )
    line = taken.line(change.start) + len(new) - len(new.lstrip(b"\n"))
    inserted = range(line, line + new.strip(b"\n").count(b"\n") + 1)
    near = {*inserted, *parents(before + old + after, line), *((1,) if change.whole else ())}
    if kind in BESIDE:
        near |= {line - 1, inserted.stop}
    told = f"{path}:{line}: {kind}: {_shown(old)} -> {_shown(new.decode(errors='replace'))}"
    content = before.encode() + new + after.encode()
    return Mutation(base, kind, path, content, line, frozenset(near), change.refused, told)


def _shown(text: str) -> str:
    return repr(text if len(text) < 60 else f"{text[:40]} ... {text[-15:]}")


def parents(text: str, line: int) -> set[int]:
    """The lines that a line belongs to, by its indentation, and where the value of each begins.

    What stands furthest out belongs to the file itself, which begins with its first key.
    """
    lines = text.split("\n")
    told = [at for at, one in enumerate(lines, 1) if one.strip() and not one.lstrip().startswith("#")]
    found: set[int] = set()
    at = min(line, len(lines))
    depth = _depth(lines[at - 1]) if at in told else 1_000
    for above in reversed([one for one in told if one < line]):
        if _depth(lines[above - 1]) < depth:
            depth = _depth(lines[above - 1])
            found |= {above, *[one for one in told if one > above][:1]}
    return found or set(told[:1])


def _depth(line: str) -> float:
    """The indentation; a list may stand in the column of its key, and is further in all the same."""
    inner = line.lstrip(" ")
    return len(line) - len(inner) + (0.5 if inner.startswith("- ") else 0)


# Keys and values

WORDS = ["zebra", "notes", "email", "Title", "colour", "x", "__class__", "toString", "1", "true", "naïve key"]
VALUES = [
    "7", "-1", "0", "2.5", "1e999", ".inf", "9" * 30, "[]", "[a, b]", "[[1]]", "{}", "{a: b}", "{id: a}",
    "null", "~", "", "yes", "no", "true", "12:30", "010", "1_000", '""', "'two words'", "2027-03-01", "A b c",
]  # fmt: skip
DATES = [
    "2026-02-30", "2026-13-01", "2026-00-10", "2027-02-29", "0000-01-01", "2026-2-3", "02/03/2026", "2026-02",
    "3 February 2026", "20260203", "2026-02-03T10:00:00Z", "\uff12026-02-03",
]  # fmt: skip
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
# What a coordinator's form asks is no key of ours.
FREE = ("columns",)


def misspelt(draw: st.DrawFn, word: str) -> str:
    """One slip of a finger."""
    at = draw(st.integers(0, len(word) - 1))
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        swapped,
        word.swapcase(),
        word.capitalize(),
        word.replace("_", "-") if "_" in word else word.replace("-", "_"),
        f"{word}s",
    ]
    other = draw(st.sampled_from(slips))
    assume(other not in ("", word))
    return other


def _entry(draw: st.DrawFn, taken: Source) -> Entry:
    return draw(st.sampled_from([one for one in taken.entries if one.path[-2:-1] != FREE]))


def key_misspelt(draw: st.DrawFn, taken: Source) -> Change:
    one = _entry(draw, taken)
    slip = misspelt(draw, one.path[-1])
    beside = {other.path[-1] for other in taken.entries if other.path[:-1] == one.path[:-1]}
    assume(slip not in beside)
    return Change(one.start, one.start + len(one.path[-1]), slip, refused=True)


def unknown_key(draw: st.DrawFn, taken: Source) -> Change:
    one = _entry(draw, taken)
    said = f"{draw(st.sampled_from(WORDS))}: {draw(st.sampled_from(VALUES[:12]))}"
    behind = ", " if one.flow else f"\n{' ' * one.column}"
    return Change(one.start, one.start, said + behind, refused=True)


def key_removed(draw: st.DrawFn, taken: Source) -> Change:
    one = _entry(draw, taken)
    if one.next is not None:
        return Change(one.start, one.next, "")
    return Change(one.start if one.before is None else one.before, one.end, "")


def key_twice(draw: st.DrawFn, taken: Source) -> Change:
    one = _entry(draw, taken)
    said = f"{one.path[-1]}: {draw(st.sampled_from(VALUES))}"
    before = ", " if one.flow else f"\n{' ' * one.column}"
    return Change(one.end, one.end, before + said, refused=True)


def other_value(draw: st.DrawFn, taken: Source) -> Change:
    one = _entry(draw, taken)
    new = draw(st.sampled_from(VALUES))
    return Change(one.colon, one.end, f" {new}")


def _scalar(
    draw: st.DrawFn, taken: Source, pattern: str, of: Callable[[st.DrawFn, str], str], refused: bool = False
) -> Change:
    plain = [one for one in taken.scalars if re.fullmatch(pattern, one.value)]
    assume(plain)
    one = draw(st.sampled_from(plain))
    start = one.start_mark.index + (1 if one.style in ("'", '"') else 0)
    return Change(start, start + len(one.value), of(draw, one.value), refused)


def impossible_date(draw: st.DrawFn, taken: Source) -> Change:
    return _scalar(draw, taken, DAY, lambda draw, _: draw(st.sampled_from(DATES)), refused=True)


def other_date(draw: st.DrawFn, taken: Source) -> Change:
    return _scalar(draw, taken, DAY, lambda draw, _: draw(st.dates().map(str)))


def word_misspelt(draw: st.DrawFn, taken: Source) -> Change:
    return _scalar(draw, taken, r"[a-z]+(-[a-z0-9]+)*", misspelt)


def other_number(draw: st.DrawFn, taken: Source) -> Change:
    numbers = st.integers(-5, 100_000) | st.floats(allow_nan=False)
    return _scalar(draw, taken, r"\d+", lambda draw, _: str(draw(numbers)))


# Text

SIGNS = [
    *": ,[]{}&*!|>%@`#?<=\\\"'", ": ", " #", "- ", "? ", "<<: ", "---", "...", "\t", "\n", "\r", "\0", "\x07",
    "\x1b", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200d", "\u2028", "\u2029", "\u202e", "\u2066",
    "\ufeff", "\ufffe", "😀", "e\u0301",
]  # fmt: skip


def _at(draw: st.DrawFn, taken: Source) -> int:
    return draw(st.integers(0, len(taken.text) - 1))


def _line(draw: st.DrawFn, taken: Source) -> tuple[int, int]:
    start = draw(st.sampled_from(taken.starts()))
    return start, taken.line_end(start)


def character_deleted(draw: st.DrawFn, taken: Source) -> Change:
    at = _at(draw, taken)
    return Change(at, at + 1, "")


def sign_typed(draw: st.DrawFn, taken: Source) -> Change:
    at = _at(draw, taken)
    return Change(at, at, draw(st.sampled_from(SIGNS)))


def sign_before_value(draw: st.DrawFn, taken: Source) -> Change:
    one = draw(st.sampled_from(taken.scalars))
    return Change(one.start_mark.index, one.start_mark.index, draw(st.sampled_from(SIGNS)))


def line_deleted(draw: st.DrawFn, taken: Source) -> Change:
    start, stop = _line(draw, taken)
    return Change(start, stop + 1, "")


def line_doubled(draw: st.DrawFn, taken: Source) -> Change:
    start, stop = _line(draw, taken)
    return Change(stop, stop, f"\n{taken.text[start:stop]}")


def lines_swapped(draw: st.DrawFn, taken: Source) -> Change:
    pairs = list(pairwise(taken.starts()))
    assume(pairs)
    first, second = draw(st.sampled_from(pairs))
    stop = taken.line_end(second)
    between = taken.text[taken.line_end(first) : second]
    new = taken.text[second:stop] + between + taken.text[first : taken.line_end(first)]
    return Change(first, stop, new)


def line_indented(draw: st.DrawFn, taken: Source) -> Change:
    start, _ = _line(draw, taken)
    return Change(start, start, " " * draw(st.integers(1, 5)))


def line_dedented(draw: st.DrawFn, taken: Source) -> Change:
    inner = [one for one in taken.starts() if taken.text[one] == " "]
    assume(inner)
    start = draw(st.sampled_from(inner))
    blank = len(taken.text[start:]) - len(taken.text[start:].lstrip(" "))
    return Change(start, start + draw(st.integers(1, blank)), "")


def cut_off(draw: st.DrawFn, taken: Source) -> Change:
    return Change(_at(draw, taken), len(taken.text), "", whole=True)


def lines_joined(draw: st.DrawFn, taken: Source) -> Change:
    _, stop = _line(draw, taken)
    blank = re.compile(r"\n *").match(taken.text, stop)
    return Change(stop, blank.end() if blank else stop, draw(st.sampled_from(["", " "])))


def windows_lines(draw: st.DrawFn, taken: Source) -> Change:
    at = draw(st.sampled_from([0, _at(draw, taken)]))
    return Change(at, len(taken.text), taken.text[at:].replace("\n", draw(st.sampled_from(["\r\n", "\r"]))))


def latin_1(draw: st.DrawFn, taken: Source) -> Change:
    at = _at(draw, taken)
    return Change(at, at, draw(st.sampled_from([b"\xe9", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80"])), whole=True)


# Size

SIZES = st.sampled_from([10, 10, 50, 50, 3_000, 3_000, 50_000])  # the last one takes long
BRACKETS = [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]"), ("- ", ""), ("? ", "")]
REPEATED = ["x", "word ", "0123456789 ", "a@", "a.", "**", "[](", "- ", "`", "<", "&", "_*"]
DOCUMENTS = ["---\n", "...\n", "--- \n---\n", "%YAML 1.2\n"]


def _nested(draw: st.DrawFn) -> str:
    depth = draw(SIZES)
    opening, close = draw(st.sampled_from(BRACKETS))
    return opening * depth + draw(st.sampled_from(["", "x" + close * depth]))


def _bomb(draw: st.DrawFn) -> str:
    levels = draw(st.integers(2, 30))
    rows = (f"&a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, levels))
    return f"[&a0 [lol, lol], {', '.join(rows)}]"


def _many_keys(draw: st.DrawFn) -> str:
    return "{" + ", ".join(f"key{at}: {at}" for at in range(draw(SIZES))) + "}"


def _many_entries(draw: st.DrawFn) -> str:
    return "[" + ", ".join([draw(st.sampled_from(["a", "7", "{}", "[]", "ai-tools"]))] * draw(SIZES)) + "]"


def _long(draw: st.DrawFn) -> str:
    return f'"{draw(st.sampled_from(REPEATED)) * draw(SIZES)}"'


def huge_value(draw: st.DrawFn, taken: Source) -> Change:
    one = _entry(draw, taken)
    make: Sequence[Callable[[st.DrawFn], str]] = (_nested, _bomb, _many_keys, _many_entries, _long)
    new = draw(st.sampled_from(make))(draw)
    return Change(one.colon, one.end, f" {new}", whole=True)


def deep_indentation(draw: st.DrawFn, taken: Source) -> Change:
    depth = draw(st.sampled_from([10, 41, 400]))
    rows = (f"{' ' * at}a:\n" for at in range(depth))
    assume(not taken.entries[0].flow)
    return Change(taken.entries[0].start, taken.entries[0].start, "".join(rows), whole=True)


def many_documents(draw: st.DrawFn, taken: Source) -> Change:
    start, _ = _line(draw, taken)
    return Change(start, start, draw(st.sampled_from(DOCUMENTS)) * draw(SIZES))


KINDS: Mapping[str, Kind] = {
    "key misspelt": key_misspelt,
    "unknown key": unknown_key,
    "key removed": key_removed,
    "key twice": key_twice,
    "other value": other_value,
    "impossible date": impossible_date,
    "other date": other_date,
    "word misspelt": word_misspelt,
    "other number": other_number,
    "character deleted": character_deleted,
    "sign typed": sign_typed,
    "sign before a value": sign_before_value,
    "line deleted": line_deleted,
    "line doubled": line_doubled,
    "lines swapped": lines_swapped,
    "line indented": line_indented,
    "line dedented": line_dedented,
    "cut off": cut_off,
    "lines joined": lines_joined,
    "Windows' lines": windows_lines,
    "Latin-1": latin_1,
    "huge value": huge_value,
    "deep indentation": deep_indentation,
    "many documents": many_documents,
}
# What moves lines, or opens a quote or a bracket, may be told at the lines beside.
BESIDE = frozenset({
    "key removed", "character deleted", "sign typed", "sign before a value", "line deleted", "line doubled",
    "lines swapped", "line indented", "line dedented", "cut off", "lines joined", "many documents",
})  # fmt: skip


class TooSlow(Exception):
    """More of the processor's time was spent than there is."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End what is done inside once it has used so much of the processor's time: a hang is a failure too."""

    def stop(*_: object) -> NoReturn:
        raise TooSlow(f"more than {seconds} seconds of the processor")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
