"""People's text shows its own letters and does nothing else, wherever markup is made of it."""

import re
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup

from handbook.prose import Rich, Text, Wording, address, inert, plain, rich
from handbook.settings import ENGINE_SETTINGS

SETTINGS = yaml.safe_load(ENGINE_SETTINGS.read_text("utf-8").replace("!ENV", ""))
MARKDOWN = markdown.Markdown(
    extensions=list(SETTINGS["markdown_extensions"]),
    extension_configs={name: made for name, made in SETTINGS["markdown_extensions"].items() if made},
)
HOSTILE = [
    "{{ 1/0 }} <script>alert(1)</script>",
    "{% raw %}{{ config }}{% endraw %}",
    "{# a comment #}",
    "{: onclick=alert(1) .btn }",
    "{: #id }",
    "{ .class }",
    "<b>bold</b>",
    "<img src=x onerror=alert(1)>",
    "</div></article><div markdown>",
    "<!-- a comment",
    "<![CDATA[ x ]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;",
    "&amp; &nbsp; &#60; &#x3c;",
    "*a* **b** _c_ __d__ ~~e~~",
    "`code` and ``more``",
    "```",
    "~~~ python",
    "# heading",
    "### heading {#id}",
    "- item",
    "* item",
    "+ item",
    "1. one",
    "2027. A year",
    "1) one",
    "> quote",
    "!!! danger",
    '!!! note "Title"',
    "??? collapsed",
    "=== tab",
    "---",
    "***",
    "| a | b |",
    "|---|---|",
    "a | b",
    ": a definition",
    ":   another",
    "[a](javascript:alert(1))",
    "[a][b]",
    "[b]: https://evil.example",
    "![a](https://evil.example/pixel.png)",
    "<https://evil.example>",
    "<a@b.example>",
    "https://evil.example/?a=b&c=d",
    "[TOC]",
    "[toc]",
    "*[HTML]: abbreviation",
    "[^1]",
    "a\\*b\\\\c \\",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "a = b / c; d ' e",
    "one\n\ntwo\n    three",
    "   \t indented",
    "title: value",
    "10:30 a.m., 50 % of $100 @ home; a/b (c) #1!",
    "e.g. v1.2, i.e. www.evil.example",
    "snake_case_word and __init__",
    "ends with two spaces  ",
    "ends with a backslash\\",
    "\u202eesrever\u202c",
    "æøå 日本語 😀 é",
    "wzxhzdk:0",
    "\x02wzxhzdk:0\x03",
]  # fmt: skip


class Reader(HTMLParser):
    """What a browser makes of HTML: elements with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.others: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def rendered(source: str) -> Reader:
    return Reader(MARKDOWN.reset().convert(source))


def folded(text: str) -> str:
    """The letters that people see: directions removed, white space as one space."""
    return " ".join(re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text).split())


# Where templates put a text: what stands round it, and a harmless one for comparison.
PLACES = {
    "a paragraph": "{}",
    "inside a sentence": "Before {} after.",
    "a heading": "## {}",
    "a list": "- {}\n- end",
    "a numbered list": "1. {}\n2. end",
    "emphasis": "**{}**",
    "a link": "[{}](page.md)",
    "a table": "| a | b |\n|---|---|\n| {} | c |",
    "a definition": "Term\n:   {}",
    "a term": "{}\n:   Definition",
    "an admonition": "!!! note\n    {}",
    "a block with Markdown": '<div class="hb-card" markdown>\n{}\n</div>',
    "a block with a heading": '<div class="hb-card" markdown>\n\n### {}\n\n</div>',
    "a raw block": '<div class="hb-card"><span>{}</span></div>',
    "an attribute": '<div title="{}">x</div>',
    "an attribute of a block with Markdown": '<div title="{}" markdown>\nx\n</div>',
}
# A heading's id and its permalink are made of its letters; nothing else may differ.
LETTERS = re.compile(r"^(id|href|title)$")


def shape(html: Reader) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag, tuple(name for name, _ in attributes)) for tag, attributes in html.elements]


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&{}[]()*_`#|!:.-+=\\\"'~^%/ \n\t1a"))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_shows_its_own_letters_and_makes_nothing(place: str, text: str) -> None:
    check(place, text)


@given(st.sampled_from(sorted(PLACES)), texts.filter(str.strip))
def test_any_text_shows_its_own_letters_and_makes_nothing(place: str, text: str) -> None:
    check(place, text)


def check(place: str, text: str) -> None:
    around = PLACES[place]
    found = rendered(around.format(inert(text)))
    harmless = rendered(around.format("word"))

    assert shape(harmless) == shape(found)
    assert harmless.others == found.others
    if "attribute" in place:
        assert folded(text) == folded(dict(found.elements[0][1])["title"] or "")
    else:
        assert folded(harmless.text.replace("word", text, 1)) == folded(found.text)
