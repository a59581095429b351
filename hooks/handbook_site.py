"""MkDocs events -> handbook. The only file that imports mkdocs; it only hands values over."""

from __future__ import annotations

import importlib
import io
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
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


class _Build:
    """What one build hands from event to event; MkDocs gives hooks no place for it."""

    engine: Any = None
    website: Any
    menu: Any
    files: Files
    replaced: Mapping[str, str]  # the paths of hand-written pages, each with the generated one's
    standing: Mapping[str, str]  # the other way round
    rendered = ""
    scripts: dict[str, list[str]]  # by page, those in generated texts; there should be none
    local = HOOKS / "local"
    staging: Any = None
    served = False


build = _Build()


def build_site(root: Path, settings: Path) -> tuple[Path, Any]:
    """Build the site of a checked handbook, by its own settings or else by these; give folder and build."""
    logging.basicConfig(format="%(levelname)-8s-  %(message)s")  # warnings and worse: the rest was shown
    config = _configuration(root, settings)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_pages(config)
    finally:
        config.plugins.on_shutdown()
    return Path(config.site_dir), next(it.build for it in config["hooks"].values() if hasattr(it, "_Build"))


def _configuration(root: Path, settings: Path) -> MkDocsConfig:
    """Read the organisation's settings over the engine's: the repository's own, or else the package's."""
    own, inherited = root / "mkdocs.yml", f"hooks/{settings.name}"
    if (root / inherited).is_file():
        return load_config(str(own), strict=True)
    text = io.BytesIO(own.read_bytes() if own.is_file() else f"INHERIT: {inherited}".encode())
    text.name = str(settings.parents[1] / own.name)  # INHERIT counts from there
    values = yaml_load(text)
    values["hooks"] = [__file__ if hook == "hooks/handbook_site.py" else hook for hook in values["hooks"]]
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
    if dirty:
        raise PluginError("Build without --dirty: pages of people who are gone would stay in the site.")


@event_priority(FIRST)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the repository; whatever is wrong with it ends the build here, before anything is written."""
    root = Path(config.config_file_path).resolve().parent
    build.local = root / "hooks" / "local"
    try:
        build.engine = _fresh_engine()
        config.edit_uri = config.edit_uri if config.repo_url else None
        host = build.engine.Host.of(config.repo_url or "", config.edit_uri or "")
        build.staging = None if build.served else build.engine.Staging(config)
        config.extra["handbook_logo"] = config.theme.get("logo")
        build.website = build.engine.Website.read(root, host, config.extra, config.site_url, build.served)
        # Made now, so that a broken template, label or menu ends the build here too.
        build.website.menu(config.nav or ())
        name, _ = build.website.name, build.website.downloads
        config.extra["handbook_frame"] = frame = build.website.frame(config.theme.dirs)
    except Exception as error:
        # Any fault of definitions, templates or engine: `serve` lives on and keeps the last good site.
        what = "" if hasattr(error, "problems") else f" {type(error).__name__}:"
        raise PluginError(f"The handbook was not built.{what}\n\n{error}\n") from error
    config.theme["language"], missing = build.website.theme_language(config.theme.dirs)
    for note in filter(None, (build.engine.as_text(build.website.warnings), missing)):
        log.info(note)
    config.site_name = name if config.site_name == build.engine.DEFAULT_NAME else config.site_name
    config.extra["handbook_texts"] = build.website.handbook.labels
    config.theme.dirs.insert(0, str(HOOKS / "handbook" / "data" / "theme"))
    config.mdx_configs.setdefault("toc", {}).update(slugify=build.engine.anchor, title=frame["contents"])
    macros = build.engine.Macros(build.website.handbook, build.website.build).named(lambda: build.rendered)
    config.plugins["macros"].register_macros(macros)  # type: ignore[attr-defined]
    build.scripts = {}
    _load_local_hooks(config, build.local)
    return config


def _load_local_hooks(config: MkDocsConfig, folder: Path) -> None:
    if fault := build.engine.own_hooks.add(config.plugins, folder, on_config):
        raise PluginError(fault)


def on_build_error(error: Exception) -> None:
    """Name the line of an organisation's own hook that went wrong, in place of a raw traceback."""
    known = build.engine is None or isinstance(error, BuildError)
    if not known and (fault := build.engine.own_hooks.explained(error, build.local)):
        raise PluginError(fault) from error


class _Files(Files):
    """Finds a hand-written page under the path of the generated one that it stands for, too."""

    def get_file_from_path(self, path: str) -> File | None:
        return super().get_file_from_path(path) or super().get_file_from_path(build.standing.get(path, path))


@event_priority(FIRST)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add generated pages and assets, and take out what is never published."""
    files = _Files([file for file in files if not file.src_uri.startswith("templates/")])
    for path, content in build.website.files(files.src_uris):
        files.append(File.generated(config, path, content=content))
    if "assets/local.css" in files.src_uris and "assets/local.css" not in config.extra_css:
        config.extra_css.append("assets/local.css")
    build.replaced = build.website.replaced(file.src_uri for file in files if file.is_documentation_page())
    build.standing = {**build.website.moved, **{made: path for path, made in build.replaced.items()}}
    build.menu = build.website.menu(config.nav or ())
    for page in build.website.pages.values():
        if page.path not in build.standing:
            unlisted = page.path in build.menu.unlisted  # MkDocs would name each of them in the log
            level = InclusionLevel.NOT_IN_NAV if unlisted else InclusionLevel.UNDEFINED
            files.append(File.generated(config, page.path, content=page.text, inclusion=level))
    config.nav = build.engine.as_nav(build.menu.entries)
    return files


@event_priority(FIRST)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep macros off generated pages, whatever their text holds; date every page by the day of the build."""
    build.rendered, build.files = page.file.src_uri, files
    page.update_date = build.website.build.day.isoformat()
    if made := _made(page):
        page.meta = build.website.meta(made)
        page.edit_url = build.website.edit_address(made) or None
    return markdown


def _made(page: Page) -> Any:
    """The page of the handbook that this one shows; None where people wrote it by hand."""
    return build.website.pages.get(page.file.src_uri) if page.file.abs_src_path is None else None


@event_priority(FIRST)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep links to headings out of the way of screen readers and keyboards: the contents list has them."""
    if fault := _made(page) is None and build.engine.macro_fault(page.markdown or ""):
        raise PluginError(f"docs/{page.file.src_uri}: {fault} Nothing was built.")
    # A script in a generated page could only be a text that was not made inert: it shall never run.
    if _made(page) is not None and "<script" in html.lower():
        build.scripts[page.file.dest_uri] = build.engine.inline_scripts(html)
    return html.replace('<a class="headerlink"', '<a class="headerlink" aria-hidden="true" tabindex="-1"')


@event_priority(FIRST)
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
    """Give the page its own menu, so that pages do not grow with the number of programs."""
    path = build.replaced.get(page.file.src_uri, page.file.src_uri)
    context["nav"] = Navigation([*_menu(build.menu.sidebar(path))], [])
    context["nav"].homepage = nav.homepage
    build.website.search.add(_made(page), page.url, str(page.title), page.content or "", page.meta)
    page.previous_page, page.next_page = map(_page, build.menu.around.get(path, ("", "")))
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Leave out the blank space that the theme's templates put between tags; menus are full of it."""
    return str(build.engine.compact(output))


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    """Give each page its policy when all else that writes pages is done: a later script will not run."""
    build.website.search.write(Path(config.site_dir))
    if not build.served:  # `mkdocs serve` adds a script of its own to each page that it sends
        build.staging.publish(config, build.website.embeds, build.scripts)


def _menu(entries: Iterable[Any]) -> Iterator[Any]:
    for entry in entries:
        if len(entry.children) == 1 and (only := _page(entry.children[0].path)) and not only.is_index:
            yield only
        elif entry.children:
            section = Section(build.engine.inert(entry.title), [*_menu(entry.children)])
            section.active = entry.active
            yield section
        elif entry.outside:
            yield Link(build.engine.inert(entry.title), entry.path)
        elif page := _page(entry.path):
            yield page


def _page(path: str) -> Page | None:
    file = build.files.get_file_from_path(build.standing.get(path, path))
    return file.page if file else None


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
