"""What a browser may load and run for a page: each says it itself, and the site really runs under it."""

from __future__ import annotations

import re
import shutil
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from subprocess import run

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from handbook import cli
from handbook.load.files import Files as Reader
from handbook.load.readers.settings import config_problems
from handbook.pages.website.csp import inline_scripts, secured
from tests.repository import DAY, MKDOCS, SHORT, Files, Site, Sites, environment, example, make, mkdocs
from tests.test_browser import FLUENCY, Serve, opened, search
from tests.test_site import WITHOUT_HOST, serving

VIDEO = "https://video.example"
RAN = "<script>document.documentElement.dataset.{0} = 'ran'</script>"
BY_HOOK = RAN.format("hook")
DOOR = "{% extends 'engine/door.md.j2' %}\n{% block foot %}\n{{ super() }}\n\n" + RAN.format("text")
HOOK = f"""\
def on_post_page(output, **_):
    return output.replace("</body>", "{BY_HOOK}</body>")
"""
LATE = f"""\
from pathlib import Path
from mkdocs.plugins import event_priority

@event_priority(-200)
def on_post_build(config):
    page = Path(config.site_dir, "guide/index.html")
    page.write_text(page.read_text("utf-8") + "{RAN.format("late")}", "utf-8")
"""
# An organisation without a program yet: the fewest pages that a build can make.
FIRST_DAY: dict[str, str] = {path: text for path, text in SHORT.items() if "digital-fluency" not in path}
OWN: Files = FIRST_DAY | {
    "mkdocs.yml": f"{MKDOCS}nav: [ours.md]\nextra: {{handbook: {{embed: ['{VIDEO}']}}}}\n",
    "docs/ours.md": f"""# Ours

<iframe src="{VIDEO}/1" title="A film"></iframe>
<iframe src="https://other.example/" title="Another"></iframe>

<p style="text-indent: 7px">Indented.</p>

{RAN.format("ours")}
""",
    "docs/slides.html": "<title>Ours</title>\n" + RAN.format("slides").replace(" ", "\r\n"),
    "docs/templates/door.md.j2": f"{DOOR}\n{{% endblock %}}\n",
    "hooks/local/late.py": LATE,
    "hooks/local/script.py": HOOK,
}
META = r'\n<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
REFUSED = """addEventListener("securitypolicyviolation", refused =>
  console.error(`refused: ${refused.effectiveDirective} ${refused.blockedURI}`))"""
RUN = "Object.entries(document.documentElement.dataset).filter(one => one[1] === 'ran').map(one => one[0])"


# --- a page in, a page out ------------------------------------------------------------------------


def directives(html: str) -> dict[str, list[str]]:
    """Read the only policy of a page, as name and sources."""
    [content] = re.findall(META, html)
    return {name: sources for name, *sources in map(str.split, content.split("; "))}


def hashed(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def test_nothing_is_allowed_that_is_not_named() -> None:
    policy = directives(secured('<meta charset="utf-8">', [VIDEO]))

    assert ["'none'"] == policy.pop("default-src")
    assert ["'self'"] == policy["script-src"]
    assert {"'self'", "'unsafe-inline'"} == set(policy.pop("style-src"))
    assert {"'self'", "'none'", "data:", VIDEO} == set().union(*policy.values())
    assert ["'none'"] == policy["object-src"] == policy["base-uri"] == policy["form-action"]
    assert {"frame-src", "img-src", "media-src"} == {name for name in policy if VIDEO in policy[name]}


@pytest.mark.parametrize(
    "before",
    [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        "<!-- <head> --><head><title>A</title><meta http-equiv='Content-Type' content='text/html'>",
        '<head data-x="<head>">',
        "<html>",
        "<!DOCTYPE html>",
        "",
    ],
)
@pytest.mark.parametrize(
    "after", ["\n<script src=a.js></script><meta charset=utf-8>", "<body><meta charset=utf-8>"]
)
def test_the_policy_follows_the_encoding_and_precedes_every_script(before: str, after: str) -> None:
    html = secured(before + after)

    assert html.startswith(f"{before}\n<meta http-equiv=")
    assert html.endswith(f'">{after}')


def test_a_page_keeps_a_policy_that_it_has_unless_it_would_come_too_late() -> None:
    own = "<meta http-equiv=content-security-policy content=\"img-src 'none'\">"
    early, late = f"<head>{own}<script>1</script>", f"<head><script>1</script>{own}"

    assert early == secured(early)
    assert f"{hashed('1')};" in secured(late)
    assert secured(late) == secured(secured(late))


@pytest.mark.parametrize(
    ("html", "scripts"),
    [
        ("<script>a &amp; b</script><SCRIPT type=module>\n c\r\n</SCRIPT >", ["a &amp; b", "\n c\n"]),
        ("<script src=a.js>no</script><script type='application/json'>{}</script>", []),
        ("<!-- <script>no</script> --><p title='<script>no</script>'>&lt;script></p>", []),
        ("<![odd <script>no</script>]><script>a</script>", ["a"]),
        ("<script></script>", [""]),
    ],
)
def test_each_inline_script_that_a_browser_would_run_has_its_hash(html: str, scripts: list[str]) -> None:
    allowed = directives(secured(f"<meta charset=utf-8>{html}"))["script-src"]

    assert {"'self'", *map(hashed, scripts)} == set(allowed)


def test_a_distrusted_script_has_none_however_its_blanks_have_changed() -> None:
    page = "<head><script>theme()</script><body><script>\nevil()\n</script>"
    distrusted = inline_scripts("<p><script>\n\n   evil()\n</script>")

    assert ["'self'", hashed("theme()")] == directives(secured(page, (), distrusted))["script-src"]


ODD = st.sampled_from(
    [
        "<!doctype html>",
        "<head>",
        "<meta charset=a>",
        "<script>",
        "</script>",
        "<![",
        "<![if",
        "<!--",
        "<a b='",
        "\ud800",
    ]
)


@given(st.lists(ODD | st.text(max_size=3)).map("".join))
def test_whatever_a_page_holds_it_gets_its_policy_and_loses_nothing(html: str) -> None:
    assert (html, 1) == re.subn(META, "", secured(html))


# --- mkdocs.yml -----------------------------------------------------------------------------------

INHERIT = "INHERIT: hooks/mkdocs.yml\nextra:\n  handbook:"
COLOUR, EMBED, UNKNOWN = "wrong-colour", "wrong-embed", "unknown-key"


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "said"),
    [
        (" {brand: red}", COLOUR, 3, 21, '"red"'),
        ("\n    accent: '#12345g'", COLOUR, 4, 13, '"#12345g"'),
        ("\n    brand: #0b6e6e", COLOUR, 4, 11, "in quotes"),
        (' {brand: "#0b6e6e\\n"}', COLOUR, 3, 21, "brand"),
        (" {accent: [1]}", COLOUR, 3, 22, "A list or mapping"),
        (" {brand: !ENV [BRAND, '#0b6e6e']}", COLOUR, 3, 21, "brand"),
        (" {embed: https://video.example}", EMBED, 3, 21, "[https://video.example]"),
        (" {embed: }", EMBED, 3, 21, "Nothing"),
        (" {embed: [7]}", EMBED, 3, 22, '"7"'),
        *(
            (f"\n    embed:\n      - https://a.example\n      - {value}", EMBED, 6, 9, "without a path")
            for value in (
                "http://video.example",
                "video.example",
                "https://",
                "https://video.example/",
                "https://video.example/films",
                "https://*.example",
                "'https://video.example; script-src *'",
                "https://a'b",
                "'https://a b'",
                '"https://video.example\\n"',
                "https://me@video.example",
                "'*'",
                "{a: b}",
            )
        ),
        (" {brandt: '#0b6e6e'}", UNKNOWN, 3, 14, "Did you mean `brand`?"),
        ("\n    embed: []\n    embeds: []", UNKNOWN, 5, 5, "Did you mean `embed`?"),
        (" {1: a}", UNKNOWN, 3, 14, "Known here: brand, accent, embed."),
        (" {[a]: b}", "key-not-text", 3, 14, "A key must be a word"),
        (" red", "wrong-type", 3, 13, "brand"),
    ],
)  # fmt: skip
def test_what_the_handbook_cannot_use_is_named_with_its_place(
    tmp_path: Path, text: str, code: str, line: int, column: int, said: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"{INHERIT}{text}\n", "utf-8")

    [problem] = config_problems(Reader(tmp_path))

    assert ("mkdocs.yml", line, column, code) == (problem.path, problem.line, problem.column, problem.code)
    assert said in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " {}",
        " {brand: '#0B6e6E', accent: \"#000000\"}",
        " {embed: []}",
        " {embed: [https://a-b.example:8443, https://films]}",
    ],
)
def test_colours_and_embeds_are_welcome(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"{INHERIT}{text}\n", "utf-8")

    assert [] == list(config_problems(Reader(tmp_path)))


def test_a_list_that_holds_itself_is_no_endless_way(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("INHERIT: hooks/mkdocs.yml\nhooks: &a [*a]\n", "utf-8")

    assert ["drops-engine-entry"] == [problem.code for problem in config_problems(Reader(tmp_path))]


@pytest.mark.site
def test_the_check_and_the_build_name_the_same_mistake(tmp_path: Path) -> None:
    root = make(tmp_path, SHORT | {"mkdocs.yml": f"{INHERIT} {{brand: red}}\n"})

    checked = CliRunner().invoke(cli.main, ["-C", str(root), "check", "--format", "github"])
    built = mkdocs(root, "build")

    assert (1, 1) == (checked.exit_code, built.returncode)
    assert "::error file=mkdocs.yml,line=3,col=21,title=wrong-colour::" in checked.output
    assert "mkdocs.yml:3:21: error: " in built.stderr
    assert "[wrong-colour]" in built.stderr


# --- every file of a site -------------------------------------------------------------------------


@cache
def parsed(site: Site) -> Mapping[str, tuple[str, BeautifulSoup]]:
    """Each page of a site as it is sent, and as it is read."""
    sent = {name: content.decode() for name, content in site.files.items() if name.endswith(".html")}
    return {name: (html, BeautifulSoup(html, "html.parser")) for name, html in sent.items()}


def test_every_page_begins_with_the_only_policy_that_fits_its_scripts(built: Sites) -> None:
    read_all = parsed(built(SHORT))
    # What leads on from an old address has neither script nor text of anybody.
    moved = {name for name, (_, read) in read_all.items() if read.select_one("meta[http-equiv=refresh]")}
    assert not [name for name in moved if read_all[name][1].select("script, style, img, form")]
    pages = {name: one for name, one in read_all.items() if name not in moved}

    assert len(pages) > 50
    assert "404.html" in pages
    for name, (html, read) in pages.items():
        heads = [dict(one.attrs) for one in read.select("meta, script, link, style")[:2]]
        scripts = [one.text for one in read.select("script:not([src], [type])")]
        assert "charset" in heads[0], name
        assert heads[1]["http-equiv"] == "Content-Security-Policy", name
        assert len(scripts) >= 1, name
        assert ["'self'", *sorted(map(hashed, scripts))] == directives(html)["script-src"], name


def test_nothing_of_the_theme_or_the_engine_needs_an_inline_handler(built: Sites) -> None:
    """A policy stops them, and no hash could allow one."""
    handlers = {
        f"{page}: {name}"
        for page, (_, read) in parsed(built(SHORT)).items()
        for one in read.find_all(True)
        for name in one.attrs
        if name.startswith("on")
    }

    assert set() == handlers


def test_a_page_grows_by_less_than_a_thousand_bytes(built: Sites) -> None:
    html = built(SHORT).html("")
    added = len(html) - len(re.sub(META, "", html))
    print(f"The policy adds {added} bytes to a page of {len(html)}.")

    assert 0 < added < 1000


@pytest.mark.site
def test_the_page_that_serve_shows_has_none(tmp_path: Path) -> None:
    """Its live reload is an inline script that is added to the page as it is sent."""
    with serving(make(tmp_path, FIRST_DAY | {"mkdocs.yml": WITHOUT_HOST})) as served:
        served.wait("the site", lambda: "Reverse mentoring at" in served.html())
        first = served.html()
        served.change("programs/organisation.yml", "name: Second\n", "Reverse mentoring at Second")
        second = served.html()

    for html in (first, second):
        assert "livereload" in html
        assert "Content-Security-Policy" not in html


def test_a_build_that_a_program_asks_for_has_it(tmp_path: Path) -> None:
    """MkDocs then tells hooks of no command."""
    root = make(tmp_path, FIRST_DAY)
    program = (
        "from mkdocs.config import load_config; from mkdocs.commands.build import build; build(load_config())"
    )

    done = run(
        [sys.executable, "-c", program], cwd=root, env=environment(DAY), capture_output=True, text=True
    )

    assert (0, "") == (done.returncode, done.stdout)
    assert ["'none'"] == directives((root / "site/index.html").read_text("utf-8"))["default-src"]


# --- in a browser ---------------------------------------------------------------------------------


@contextmanager
def watched(chromium: Browser, url: str, size: str = "desk", scheme: str = "light") -> Iterator[Page]:
    """A page on which whatever a policy refuses fails the test, as an error of the console."""
    with opened(chromium, size, scheme, use=f"acting at {url}") as page:
        page.add_init_script(REFUSED)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


def search_and_go(page: Page) -> None:
    found = search(page, "mentor")
    expect(found.first).to_be_visible()
    before = page.url
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(before)


def search_in_vain(page: Page) -> None:
    """The form is never sent, although Enter is pressed and nothing was found."""
    search(page, "qqqqqqqq")
    expect(page.locator(".hb-search__said")).to_contain_text("Nothing found")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def turn_colours(page: Page, scheme: str) -> None:
    """And they are remembered, which an inline script of the frame does."""
    body, other = page.locator("body"), {"light": "slate", "dark": "default"}[scheme]
    expect(body).not_to_have_attribute("data-md-color-scheme", other)
    page.get_by_role("button", name={"light": "Dark colours", "dark": "Light colours"}[scheme]).click()
    expect(body).to_have_attribute("data-md-color-scheme", other)
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", other)


def open_drawer(page: Page) -> None:
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(page.get_by_role("navigation", name="Menu")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()


def copy_and_print(page: Page) -> None:
    page.locator(".hb-message .hb-copy").first.click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()")
    page.emulate_media(media="print")
    assert page.pdf()
    page.emulate_media(media="screen")


@pytest.mark.parametrize(
    ("files", "size", "scheme"),
    [
        pytest.param(SHORT, "desk", "light", id="short on a desk"),
        pytest.param(SHORT, "phone", "dark", id="short on a phone"),
        pytest.param(example(), "phone", "light", id="example on a phone", marks=pytest.mark.long),
        pytest.param(example(), "desk", "dark", id="example on a desk", marks=pytest.mark.long),
    ],
)
def test_nothing_that_readers_do_is_refused(
    chromium: Browser, serve_dir: Serve, built: Sites, files: Files, size: str, scheme: str
) -> None:
    site = built(files)
    kinds = ["", "guide/", f"{FLUENCY}", f"{FLUENCY}feedback/", f"{FLUENCY}2027-spring/"]
    kinds += [
        f"{FLUENCY}roles/mentor/",
        f"{FLUENCY}sheets/goal-sheet/",
        f"{FLUENCY}roles/coordinator/",
        "404.html",
    ]
    with serve_dir(site.folder) as url, watched(chromium, url, size, scheme) as page:
        for path in kinds:
            page.goto(f"{url}/{path}")
            expect(page.locator("html")).to_have_class(re.compile(r"\bjs\b"))  # the frame's script ran
        page.goto(f"{url}/{FLUENCY}")
        turn_colours(page, scheme)
        if size == "phone":
            open_drawer(page)
        else:
            search_in_vain(page)
        page.goto(f"{url}/{FLUENCY}2027-spring/messages/")
        copy_and_print(page)
        if size == "desk":
            search_and_go(page)


def ran_and_refused(chromium: Browser, address: str) -> tuple[set[str], set[str]]:
    """Open a page, and tell which of its marked scripts ran and what its policy refused."""
    with closing(chromium.new_context()) as context:
        context.route(
            re.compile("^https:"), lambda route: route.fulfill(body="<p>A film</p>", content_type="text/html")
        )
        page = context.new_page()
        page.add_init_script(REFUSED)
        refused: set[str] = set()
        page.on("console", lambda said: refused.add(said.text) if said.text.startswith("refused:") else None)
        page.goto(address)
        page.evaluate("document.querySelectorAll('a[href^=javascript]').forEach(link => link.click())")
        page.wait_for_timeout(200)
        return set(page.evaluate(RUN)), refused


@pytest.mark.parametrize(
    ("path", "ran", "refused"),
    [
        ("ours/", {"ours", "hook"}, {"refused: frame-src https://other.example"}),
        ("slides.html", {"slides"}, set()),
        ("for/mentor/", {"hook"}, {"refused: script-src-elem inline"}),
        ("guide/", {"hook"}, {"refused: script-src-elem inline"}),
    ],
    ids=["hand-written", "a file of its own", "in a generated text", "added too late"],
)
def test_what_people_add_to_pages_runs_unless_it_came_by_a_text_or_too_late(
    chromium: Browser, serve_dir: Serve, built: Sites, path: str, ran: set[str], refused: set[str]
) -> None:
    with serve_dir(built(OWN).folder) as url:
        assert (ran, refused) == ran_and_refused(chromium, f"{url}/{path}")


def test_a_page_may_show_what_the_settings_let_it_embed(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    with serve_dir(built(OWN).folder) as url, closing(chromium.new_context()) as context:
        context.route(
            f"{VIDEO}/**", lambda route: route.fulfill(body="<p>A film</p>", content_type="text/html")
        )
        page = context.new_page()
        page.goto(f"{url}/ours/")

        expect(page.frame_locator("iframe").first.locator("p")).to_have_text("A film")
        assert page.get_by_text("Indented.").evaluate("one => getComputedStyle(one).textIndent") == "7px"


INJECTED = f"""{RAN.format("script")}
<img src="nothing" onerror="document.documentElement.dataset.handler = 'ran'">
<a href="javascript:void(document.documentElement.dataset.link = 'ran')">Here</a>
<img src="https://other.example/picture.png">
<script src="https://other.example/script.js"></script>
</body>"""


@pytest.mark.parametrize("policy", [True, False], ids=["under the policy", "without it"])
def test_what_is_put_into_a_page_later_runs_only_without_the_policy(
    chromium: Browser, serve_dir: Serve, built: Sites, tmp_path: Path, policy: bool
) -> None:
    site = shutil.copytree(built(SHORT).folder, tmp_path / "site")
    html = (site / "index.html").read_text("utf-8").replace("</body>", INJECTED)
    kept = html if policy else re.sub(META, "", html)
    (site / "index.html").write_text(kept, "utf-8")

    with serve_dir(site) as url:
        ran, refused = ran_and_refused(chromium, f"{url}/")

    assert (set() if policy else {"script", "handler", "link"}) == ran
    assert refused == (
        {
            "refused: script-src-elem inline",
            "refused: script-src-attr inline",
            "refused: script-src-elem https://other.example/script.js",
            "refused: img-src https://other.example/picture.png",
        }
        if policy
        else set()
    )
