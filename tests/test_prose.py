"""People's text shows its own letters and does nothing else, wherever markup is made of it."""

import re
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import Environment
from markdown.extensions.toc import slugify
from markupsafe import Markup

from handbook.load.readers.settings import ENGINE_SETTINGS
from handbook.text.prose import Rich, Text, Wording, address, anchor, inert, plain, rich

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

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    handle_pi = unknown_decl = handle_comment


def rendered(source: str) -> Reader:
    return Reader(MARKDOWN.reset().convert(source))


def folded(text: str) -> str:
    """The letters that people see: no directions, no control characters, white space as one space."""
    seen = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069\0-\x08\x0e-\x1b\x7f]", "", text)
    return " ".join(seen.split())


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
}
SIGNS = "<>&{}[]()*_`#|!:.-+=\\\"'~^%/ \n\t1a"
texts = st.text(st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cc", "Cs"])).filter(folded)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_shows_its_own_letters_and_makes_nothing(text: str) -> None:
    assert {place: looks_if_harmless(place, text) for place in PLACES} == {
        place: looks(place, text) for place in PLACES
    }


@given(st.sampled_from(sorted(PLACES)), texts)
def test_any_text_shows_its_own_letters_and_makes_nothing(place: str, text: str) -> None:
    assert looks_if_harmless(place, text) == looks(place, text)


Looks = tuple[list[tuple[str, list[str]]], list[str], str]


def looks(place: str, text: str) -> Looks:
    """Elements with the names of their attributes, other markup, and what people read there."""
    page = rendered(PLACES[place].format(inert(text)))
    shape = [(tag, [name for name, _ in attributes]) for tag, attributes in page.elements]
    read = dict(page.elements[0][1])["title"] if "title=" in PLACES[place] else page.text
    return shape, page.others, folded(read or "")


def looks_if_harmless(place: str, text: str) -> Looks:
    shape, others, read = looks(place, "word")
    return shape, others, folded(read.replace("word", folded(text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_inside_the_attribute_of_a_block_with_markdown(text: str) -> None:
    """There md_in_html decodes entities a second time, so only the shape can be promised."""
    page = rendered(f'<div title="{inert(text)}" markdown>\nx\n</div>')

    assert [("div", ["title"]), ("p", [])] == [
        (tag, [name for name, _ in named]) for tag, named in page.elements
    ]


@given(texts | st.sampled_from(HOSTILE))
def test_no_template_is_left_in_a_text(text: str) -> None:
    """The macros plugin would run it where a page asks for macros."""
    shown = str(inert(text))

    assert [] == re.findall(r"[{}]", shown)
    assert shown == Environment(keep_trailing_newline=True).from_string(shown).render()


@pytest.mark.parametrize(
    "shown",
    [
        "Digital fluency",
        "Our AI policy in 20 minutes",
        "a.b.example",
        "7:30, at 50 %",
        "J. R. / Data (north)",
        "Ja?",
    ],
)
def test_an_export_stays_readable(shown: str) -> None:
    """What means nothing where it stands is not written as an entity."""
    assert "&" not in inert(shown).replace("J&#46; R&#46;", "")


@pytest.mark.parametrize("kind", [Text, Rich, Wording])
def test_a_text_is_inert_wherever_markup_is_made_of_it(kind: type[Text]) -> None:
    text = kind("<b>*a*</b>")
    expected = "&#60;b&#62;&#42;a&#42;&#60;/b&#62;"

    assert expected == Markup("{}").format(text)
    assert expected == Markup("%s") % text
    assert expected == Markup("").join([text])
    assert expected == Environment(autoescape=True).from_string("{{ t }}").render(t=text)
    assert expected == Environment(autoescape=True).from_string("{{ [t]|join }}").render(t=text)


def test_a_text_can_be_compared_like_any_other() -> None:
    assert {"a": 1} == {Text("a"): 1}


def test_plain_gives_one_line_without_directions() -> None:
    assert "a <b> c" == plain(" a\n<b>\u202e  c ")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**a** and *b*, `c`", "<p><strong>a</strong> and <em>b</em>, <code>c</code></p>"),
        ("- a\n- b", "<ul> <li>a</li> <li>b</li> </ul>"),
        ("# a\n## b", "<h3>a</h3> <h4>b</h4>"),
        ("## b\n#### c", "<h3>b</h3> <h5>c</h5>"),
        ("[a](https://b.example/?c=1&d=2)", '<p><a href="https://b.example/?c=1&amp;d=2" REL>a</a></p>'),
        ("[a](mailto:b@c.example)", '<p><a href="mailto:b@c.example" REL>a</a></p>'),
        # what is not welcome is shown, or leads nowhere
        ("<b onclick=alert(1)>a</b>", "<p>&lt;b onclick=alert&#40;1&#41;&gt;a&lt;/b&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert&#40;1&#41;&lt;/script&gt;</p>"),
        ("</div></article>", "<p>&lt;/div&gt;&lt;/article&gt;</p>"),
        ("[a](javascript:alert(1))", "<p>&#91;a&#93;&#40;javascript&#58;alert&#40;1&#41;&#41;</p>"),
        ("[a](&#106;avascript:alert(1))", "<p>&#91;a&#93;&#40;javascript&#58;alert&#40;1&#41;&#41;</p>"),
        ("[a](data:text/html,b)", "<p>&#91;a&#93;&#40;data&#58;text/html,b&#41;</p>"),
        ("[a](http://b.example)", "<p><a REL>a</a></p>"),
        ("[a](//b.example)", "<p><a REL>a</a></p>"),
        ("[a](../../secret.md)", "<p><a REL>a</a></p>"),
        ("![a](https://b.example/pixel.png)", "<p></p>"),
        ("{{ 1/0 }} {% x %}", "<p>&#123;&#123; 1/0 &#125;&#125; &#123;% x %&#125;</p>"),
        ("a {: .b onclick=c }", "<p>a &#123;&#58; .b onclick=c &#125;</p>"),
    ],
)
def test_rich_keeps_markdown_and_drops_the_rest(text: str, html: str) -> None:
    wanted = html.replace("REL", 'rel="noopener noreferrer"')

    assert f'<div class="hb-prose"> {wanted}</div>' == rich(text)


WELCOME = {
    "div",
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "code",
    "pre",
    "blockquote",
    "h3",
    "h4",
    "h5",
    "hr",
}


@given(texts | st.sampled_from(HOSTILE) | st.lists(st.sampled_from(HOSTILE)).map("\n\n".join))
@example("```\n{{ a }}\n\n\n    b\n```\n\n- c\n\n      d")
def test_rich_makes_one_block_of_welcome_elements_that_no_extension_reads(text: str) -> None:
    html = str(rich(text))
    found = Reader(html)
    attributes = {(tag, name) for tag, named in found.elements for name, _ in named}

    assert {tag for tag, _ in found.elements} <= WELCOME
    assert attributes <= {("div", "class"), ("a", "href"), ("a", "rel"), ("a", "title")}
    assert [] == re.findall(r"[{}\n]", html)
    assert html.expandtabs(4) == MARKDOWN.reset().convert(html)
    # Wherever a template puts it: inside a list Markdown reads the block again, and finds no mark.
    for around in ("- a {}", "1. **b** {}\n", "- a\n\n    {}\n", "> {}"):
        inside = Reader(MARKDOWN.reset().convert(around.format(html)))
        assert {tag for tag, _ in inside.elements} <= WELCOME
        assert {(tag, name) for tag, named in inside.elements for name, _ in named} <= attributes


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example/b?c=1&d=2#e", "https://a.example/b?c=1&amp;d=2#e"),
        (" https://a.example/b c ", "https://a.example/b%20c"),
        ("https://a.example/(b)*c*[d]", "https://a.example/%28b%29%2Ac%2A%5Bd%5D"),
        ('https://a.example/"onclick="b', "https://a.example/%22onclick=%22b"),
        ("https://a.example/{{ 1/0 }}", "https://a.example/%7B%7B%201/0%20%7D%7D"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+441632960000", "tel:+441632960000"),
        ("http://a.example", ""),
        ("javascript:alert(1)", ""),
        ("JavaScript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,a", ""),
        ("//a.example", ""),
        ("page.md", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_an_address_leads_to_https_mailto_or_tel_or_nowhere(url: str, written: str) -> None:
    assert written == address(url)


@given(st.text(), st.sampled_from("-_"))
@example("Žlutý kůň -- 2 ½ _x_", "-")
@example("読書会", "-")
def test_the_id_of_a_heading_is_the_one_that_markdown_makes(title: str, separator: str) -> None:
    assert anchor(title, separator) == (slugify(title, separator).strip("_") or "section")
