"""MkDocs events -> handbook. The only file that imports mkdocs; it only hands values over."""

from __future__ import annotations

import importlib
import importlib.util
import io
import logging
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from traceback import walk_tb
from types import ModuleType
from typing import Any, Literal

from mkdocs.commands.build import build as build_pages
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

HOOKS = Path(__file__).resolve().parent
FIRST, LAST = 100, -100
log = get_plugin_logger("handbook")
# The macros plugin tells at length what it is about to do. Its warnings and errors stay.
logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)


class _Build:
    """What one build hands from event to event; MkDocs gives hooks no place for it."""

    engine: ModuleType
    website: Any
    menu: Any
    pages: dict[str, Page]
    replaced: Mapping[str, str]  # the paths of hand-written pages, each with the generated one's
    standing: Mapping[str, str]  # the other way round
    downloads: Mapping[str, bytes]  # files beside the pages
    rendered: str = ""
    scripts: dict[str, list[str]]  # by page, those in generated texts; there should be none
    local: Path = HOOKS / "local"
    served: bool = False


build = _Build()


def build_site(root: Path, settings: Path) -> Path:
    """Build the site of a handbook that has been checked, and give its folder; MkDocs wants docs/ for it.

    `settings` are the engine's, for a repository that has none of its own. MkDocs' exceptions are click's.
    """
    logging.basicConfig(format="%(levelname)-8s-  %(message)s")  # warnings and worse: the rest was shown
    config = _configuration(root, settings)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_pages(config)
    finally:
        config.plugins.on_shutdown()
    return Path(config.site_dir)


def _configuration(root: Path, settings: Path) -> MkDocsConfig:
    """Read the organisation's settings over the engine's: the repository's own, or else the package's."""
    own, inherited = root / "mkdocs.yml", f"hooks/{settings.name}"
    if (root / inherited).is_file():
        return load_config(str(own), strict=True)
    text = io.BytesIO(own.read_bytes() if own.is_file() else f"INHERIT: {inherited}".encode())
    text.name = str(settings.parents[1] / own.name)  # INHERIT counts from there
    values = yaml_load(text)
    ours = f"hooks/{Path(__file__).name}"
    values["hooks"] = [__file__ if hook == ours else hook for hook in values["hooks"]]
    (root / values["docs_dir"]).mkdir(parents=True, exist_ok=True)
    return load_config(io.BytesIO(), config_file_path=str(own), **{**values, "strict": True})


def _fresh_engine() -> ModuleType:
    """Import the engine anew, since `mkdocs serve` never reloads the code of hooks."""
    for name in [name for name in sys.modules if name.split(".")[0] == "handbook"]:
        del sys.modules[name]
    if str(HOOKS) not in sys.path:
        sys.path.insert(0, str(HOOKS))
    importlib.invalidate_caches()
    return importlib.import_module("handbook.pages.website.website")


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Tell `mkdocs serve` from a build, which never comes here where a program calls MkDocs."""
    build.served = command == "serve"


@event_priority(FIRST)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the repository; whatever is wrong with it ends the build here, before anything is written."""
    root = Path(config.config_file_path).resolve().parent
    build.local = root / "hooks" / "local"
    try:
        build.engine = _fresh_engine()
        host = build.engine.Host((config.repo_url or "").rstrip("/"), _branch(config))
        build.website = build.engine.Website.read(root, host, config.extra, config.site_url or "")
        # Made now, so that a broken template, label or menu ends the build here too.
        build.website.menu(config.nav or ())
        build.downloads = build.website.downloads()
        name = build.website.name
    except Exception as error:
        # Any fault of definitions, templates or engine: `serve` lives on and keeps the last good site.
        known = type(error).__name__ == "HandbookError"  # the engine was imported anew
        what = "" if known else f" {type(error).__name__}:"
        raise PluginError(f"The handbook was not built.{what}\n\n{error}\n") from error
    if build.website.notes:
        log.info(build.website.notes)
    if config.site_name == build.engine.DEFAULT_NAME:
        config.site_name = name
    config.extra["handbook_private"] = (
        build.website.build.audience != "public"
    )  # search engines are to stay away
    config.theme["language"] = _theme_language(config, build.website.handbook.organisation.language)
    config.theme.dirs.insert(0, str(HOOKS / "handbook" / "data" / "theme"))
    config.mdx_configs.setdefault("toc", {})["slugify"] = build.engine.anchor
    macros: Any = config.plugins["macros"]
    macros.register_macros(build.website.macros().named(lambda: build.rendered))
    build.scripts = {}
    _load_local_hooks(config, build.local)
    return config


def _branch(config: MkDocsConfig) -> str:
    """Take the branch from `edit_uri` (edit/BRANCH/docs/); without a repository there is nothing to edit."""
    if not config.repo_url:
        config.edit_uri = None
    parts = (config.edit_uri or "").strip("/").split("/")
    return parts[parts.index("edit") + 1] if "edit" in parts[:-1] else "main"


def _theme_language(config: MkDocsConfig, language: str) -> str:
    """Choose the theme's words, and with them the search's: the handbook's language, where it has that."""
    files = [Path(folder, "partials", "languages") for folder in config.theme.dirs]
    for name in (language, language.partition("-")[0]):
        if any((folder / f"{name}.html").is_file() for folder in files):
            return name
    log.info(f"The theme has no words in the language `{language}`; its own are in English.")
    return "en"


def _load_local_hooks(config: MkDocsConfig, folder: Path) -> None:
    """Register an organisation's hooks, once.

    MkDocs walks along the list of `on_config` meanwhile. A hook that wants to be first goes behind ours,
    since one before ours would push ours on, to be run again for ever.
    """
    handlers = config.plugins.events["config"]
    walked = handlers[: handlers.index(on_config) + 1]
    for file in sorted(folder.glob("*.py")):
        name = f"hooks/local/{file.name}"
        if name in config.plugins:
            continue
        try:
            config.plugins[name] = _loaded(file, name)  # type: ignore[assignment]  # as MkDocs' own `hooks`
        except Exception as error:
            raise PluginError(_own_fault(error) or f"{name}:1: error: {_said(error)}") from error
    handlers[:] = [*walked, *(one for one in handlers if one not in walked)]


def _loaded(file: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"handbook_local_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{name} cannot be loaded as a hook")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def on_build_error(error: Exception) -> None:
    """Name the line of an organisation's own hook that went wrong, in place of a raw traceback."""
    fault = None if isinstance(error, BuildError) else _own_fault(error)
    if fault:
        raise PluginError(fault) from error


def _own_fault(error: Exception) -> str | None:
    """Say where in hooks/local/ an error arose, if it did."""
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno or 1))
    own = [(Path(name).name, line) for name, line in places if Path(name).parent == build.local]
    return f"hooks/local/{own[-1][0]}:{own[-1][1]}: error: {_said(error)}" if own else None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


class _Files(Files):
    """Finds a hand-written page under the path of the generated one that it stands for, too."""

    def get_file_from_path(self, path: str) -> File | None:
        found = super().get_file_from_path(path)
        return found or super().get_file_from_path(build.standing.get(path, path))


@event_priority(FIRST)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add generated pages and assets, and take out what is never published."""
    for file in list(files):
        if file.src_uri.startswith("templates/"):
            files.remove(file)
    for name, content in build.website.assets():
        files.append(File.generated(config, name, content=content))
    for name, content in build.downloads.items():
        if not files.get_file_from_path(name):  # a file that people keep in docs/ wins
            files.append(File.generated(config, name, content=content))
    if files.get_file_from_path("assets/local.css") and "assets/local.css" not in config.extra_css:
        config.extra_css.append("assets/local.css")
    own = [file.src_uri for file in files if file.is_documentation_page()]
    build.replaced = build.website.replaced(own)
    build.standing = {made: path for path, made in build.replaced.items()}
    build.menu = build.website.menu(config.nav or ())
    for page in build.website.pages.values():
        if page.path not in build.standing:
            file = File.generated(config, page.path, content=page.text)
            if page.path in build.menu.unlisted:  # MkDocs would name each of them in the log
                file.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(file)
    config.nav = build.engine.as_nav(build.menu.entries)
    return _Files(files)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep all pages by path, to make each page's own menu of them."""
    build.pages = {page.file.src_uri: page for page in nav.pages}
    return nav


@event_priority(FIRST)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep macros off generated pages, whatever their text holds; date every page by the day of the build."""
    build.rendered = page.file.src_uri
    page.update_date = build.website.build.day.isoformat()
    made = _made(page)
    if made is not None:
        page.meta.clear()
        page.meta.update(build.website.meta(made))
        page.edit_url = build.website.edit_address(made) or None
    return markdown


def _made(page: Page) -> Any:
    """The page of the handbook that this one shows; None where people wrote it by hand."""
    return build.website.pages.get(page.file.src_uri) if page.file.abs_src_path is None else None


@event_priority(FIRST)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep links to headings out of the way of screen readers and keyboards: the contents list has them.

    A script in a generated page could only be a text that was not made inert: note it, so that it never runs.
    """
    if _made(page) is not None and "<script" in html.lower():
        build.scripts[page.file.dest_uri] = build.engine.inline_scripts(html)
    return html.replace('<a class="headerlink"', '<a class="headerlink" aria-hidden="true" tabindex="-1"')


@event_priority(FIRST)
def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the page its own menu, so that pages do not grow with the number of programs."""
    path = build.replaced.get(page.file.src_uri, page.file.src_uri)
    context["nav"] = Navigation(_menu(build.menu.sidebar(path)), [])
    context["nav"].homepage = nav.homepage
    before, after = build.menu.around.get(path, ("", ""))
    page.previous_page, page.next_page = _page(before), _page(after)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Leave out the blank space that the theme's templates put between tags; menus are full of it."""
    return str(build.engine.compact(output))


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    """Give each page its policy, when whatever else writes pages is done: a script added later will not run.

    `mkdocs serve` adds a script of its own to each page that it sends.
    """
    if build.served:
        return
    site = Path(config.site_dir)
    for file in sorted(site.rglob("*.html")):
        html = file.read_bytes().decode("utf-8", "surrogateescape")
        name = file.relative_to(site).as_posix()
        secured = build.website.secured(html, build.scripts.get(name, ()))
        file.write_bytes(secured.encode("utf-8", "surrogateescape"))


def _menu(entries: Iterable[Any]) -> list[Any]:
    lines: list[Any] = []
    for entry in entries:
        if len(entry.children) == 1 and (only := _page(entry.children[0].path)):
            lines.append(only)
        elif entry.children:
            section = Section(build.engine.safe_title(entry.title), _menu(entry.children))
            section.active = entry.active
            lines.append(section)
        elif entry.outside:
            lines.append(Link(build.engine.safe_title(entry.title), entry.path))
        elif page := _page(entry.path):
            lines.append(page)
    return lines


def _page(path: str) -> Page | None:
    return build.pages.get(build.standing.get(path, path))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Watch what the site is made of, and serve the last good site on where a build fails."""
    root = Path(config.config_file_path).resolve().parent
    for name in ("programs", "schemas", "hooks"):
        if (root / name).is_dir():
            server.watch(str(root / name))
    rebuild = server.builder

    def build_or_keep() -> None:
        # MkDocs would keep every browser waiting until the mistake is mended.
        try:
            rebuild()
        except Exception as error:
            log.error(f"{error} The last good site is shown until this is mended.")

    server.builder = build_or_keep
    return server
