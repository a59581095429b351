"""The handbook's look: what the stylesheets may say, and that any organisation's colours can be read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.repository import SHORT, Sites, example
from tests.test_browser import LIGHT, Serve, opened

STYLES = Path(__file__).parents[1] / "hooks/handbook/data/styles"
SIZES = {
    f"var(--hb-size-{name})" for name in ("fine", "small", "body", "lead", "title", "heading", "display")
}
FREE = {"inherit", "0"}  # as large as what is round it, or nothing
# What an element sets for its own drawing, from its `style` attribute.
FROM_PAGES = {"--share", "--rows"}
BRANDS = [
    "#ffff00",
    "#000000",
    "#ffffff",
    "#ff0000",
    "#00ff00",
    "#0000ff",
    "#ff00ff",
    "#00ffff",
    "#808080",
    "#767676",
    "#f5e6c8",
    "#1a1a2e",
]
DECLARED = re.compile(r"(--[\w-]+)\s*:")
USED = re.compile(r"var\((--[\w-]+)")
SIZE = re.compile(r"(?<![\w-])font-size:\s*([^;}]+)")
# What is written on what, with the least contrast that it needs: text, button, focus and marks.
PAIRS = (
    ("--hb-brand-text", "--hb-page", 4.5),
    ("--hb-brand-text", "--hb-paper", 4.5),
    ("--hb-brand-text", "--hb-tint", 4.5),
    ("--hb-accent-text", "--hb-page", 4.5),
    ("--hb-accent-text", "--hb-paper", 4.5),
    ("--hb-accent-text", "--hb-tint", 4.5),
    ("--hb-soft", "--hb-tint", 4.5),
    ("--hb-ink", "--hb-tint", 7),
    ("--hb-paper", "--hb-ink", 7),
    ("--hb-solid-ink", "--hb-solid", 4.5),
    ("--hb-head-ink", "--hb-head", 7),
    ("--hb-good", "--hb-tint", 4.5),
    ("--hb-brand-text", "--hb-track", 3),
    ("--hb-accent-text", "--hb-track", 3),
)
CONTRASTS = f"""([brand, accent, pairs]) => {{{LIGHT}
  document.documentElement.style.setProperty("--hb-brand", brand);
  document.documentElement.style.setProperty("--hb-accent", accent);
  const probe = document.body.appendChild(document.createElement("p"));
  const low = pairs.filter(([above, below, least]) => {{
    probe.style.background = "var(" + below + ")"; probe.style.color = "var(" + above + ")";
    return !(contrast(painted(probe), painted(probe, getComputedStyle(probe).color)) >= least);
  }}).map(([above, below]) => above + " on " + below);
  probe.remove();
  return low;
}}"""
# The contrasts of the words and the frame of each button to what is behind them.
BUTTONS = f"""brand => {{{LIGHT}
  document.documentElement.style.setProperty("--hb-brand", brand);
  const shown = [...document.querySelectorAll(".md-typeset .md-button")].filter(one => one.offsetParent);
  return shown.flatMap(one => {{
    const style = getComputedStyle(one);
    return [contrast(painted(one), painted(one, style.color)),
            contrast(painted(one.parentElement), painted(one.parentElement, style.borderTopColor))];
  }});
}}"""
WRITTEN = """() => {
  const walk = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  const sizes = {};
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const around = node.parentElement, words = node.data.trim();
    if (words && around.checkVisibility() && !around.closest(".headerlink, script, style"))
      sizes[getComputedStyle(around).fontSize] = words.slice(0, 40);
  }
  return sizes;
}"""
# Short words whose letters stand on more than one line.
BROKEN = """() => {
  const found = [], range = document.createRange();
  const walk = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".hb-hidden")) continue;
    if (node.parentElement.closest(".hb-contact__address")) continue; // it may break anywhere
    for (const word of node.data.matchAll(/[A-Za-z]{3,8}/g)) {
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
}"""
TOKENS = """() => {
  const probe = document.body.appendChild(document.createElement("p"));
  const sizes = ["fine", "small", "body", "lead", "title", "heading", "display"].map(name => {
    probe.style.fontSize = "var(--hb-size-" + name + ")";
    return getComputedStyle(probe).fontSize;
  });
  probe.remove();
  return sizes;
}"""


def styles() -> Iterator[tuple[str, str]]:
    """The name and the rules of each stylesheet, without comments; those for paper are left to it."""
    for path in sorted(STYLES.glob("*.css")):
        yield path.name, re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_type_has_seven_sizes_and_every_rule_takes_one_of_them() -> None:
    found = {
        f"{name}: {size}"
        for name, css in styles()
        if "paper" not in name
        for size in SIZE.findall(css)
        if size.strip() not in SIZES | FREE
    }

    assert found == set()


def test_no_rule_uses_a_token_that_nobody_sets() -> None:
    css = "\n".join(text for _, text in styles())
    known = set(DECLARED.findall(css)) | FROM_PAGES
    ours = {name for name in USED.findall(css) if not name.startswith("--md-")}

    assert ours - known == set()


def test_colours_are_named_once() -> None:
    """Outside the tokens no rule has a colour of its own; paper is black and white."""
    found = {
        f"{name}: {colour}"
        for name, css in styles()
        if name != "1-tokens.css" and "paper" not in name
        for colour in re.findall(r"(?<!%23)(?<!url\(\")#[0-9a-f]{3,8}\b", css)
    }

    assert found == set()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whatever_colours_an_organisation_has_can_be_read(
    chromium: Browser, serve_dir: Serve, built: Sites, scheme: str
) -> None:
    low: dict[str, object] = {}
    with serve_dir(built(SHORT).folder) as url, opened(chromium, "desk", scheme) as page:
        page.goto(f"{url}/programs/digital-fluency/roles/mentor/")
        for brand, accent in zip(BRANDS, reversed(BRANDS), strict=True):
            low[brand] = page.evaluate(CONTRASTS, [brand, accent, PAIRS])
            buttons = page.evaluate(BUTTONS, brand)
            assert buttons
            if min(buttons) < 3:
                low[f"buttons {brand}"] = buttons

    assert {brand: what for brand, what in low.items() if what} == {}


def _sizes(page: Page, url: str, paths: tuple[str, ...]) -> dict[str, str]:
    seen: dict[str, str] = {}
    for path in paths:
        page.goto(f"{url}/{path}")
        seen |= {size: f"{path}: {text}" for size, text in page.evaluate(WRITTEN).items()}
    return seen


@pytest.mark.browser
def test_what_is_seen_has_seven_sizes_in_the_handbooks_face(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    paths = (
        "",
        "programs/digital-fluency/roles/mentor/",
        "guide/",
        "programs/digital-fluency/",
        "programs/digital-fluency/sessions/",
    )
    with serve_dir(built(example()).folder) as url, opened(chromium, "desk") as page:
        seen = _sizes(page, url, paths)
        tokens = page.evaluate(TOKENS)
        page.evaluate("document.documentElement.style.setProperty('--hb-face', 'Nowhere, serif')")
        faces = page.evaluate(
            "[...document.querySelectorAll('.md-header, .hb-menu a, h1, .md-typeset p, .md-button')]"
            ".map(one => getComputedStyle(one).fontFamily)"
        )

    assert {size: where for size, where in seen.items() if size not in tokens} == {}
    assert set(faces) == {"Nowhere, serif"}


@pytest.mark.browser
def test_enlarged_text_is_not_broken_letter_by_letter(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    """With text of twice the size a short word keeps its letters on one line."""
    found: dict[str, list[str]] = {}
    with serve_dir(built(example()).folder) as url, opened(chromium, "phone") as page:
        for path in (
            "",
            "programs/digital-fluency/roles/mentor/",
            "programs/digital-fluency/",
            "programs/digital-fluency/training/",
        ):
            page.goto(f"{url}/{path}")
            page.add_style_tag(content="html { font-size: 250% !important }")
            found[path] = page.evaluate(BROKEN)

    assert found == {path: [] for path in found}
