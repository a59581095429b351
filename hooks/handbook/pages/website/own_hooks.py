"""The organisation's own hooks in hooks/local/: loaded as modules, and their faults said with the line."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from traceback import walk_tb
from types import ModuleType
from typing import Any


def add(plugins: Any, folder: Path, ours: Callable[..., Any]) -> str:
    """Register each hook of a folder among MkDocs' plugins, once; give the fault of one that cannot be.

    MkDocs walks along the list of `on_config` meanwhile. A hook that wants to be first goes behind ours,
    since one before ours would push ours on, to be run again for ever.
    """
    handlers = plugins.events["config"]
    walked = handlers[: handlers.index(ours) + 1]
    for file in sorted(folder.glob("*.py")):
        name = f"hooks/local/{file.name}"
        if name not in plugins:
            try:
                plugins[name] = _loaded(file)
            except Exception as error:
                return explained(error, folder, name)
    handlers[:] = [*walked, *(handler for handler in handlers if handler not in walked)]
    return ""


def _loaded(file: Path) -> ModuleType:
    spec = spec_from_file_location(f"handbook_local_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def explained(error: Exception, folder: Path, file: str = "") -> str:
    """Say where in a folder of hooks an error arose; else that it was in a file, or nothing without one."""
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno or 1))
    own = [f"hooks/local/{Path(name).name}:{line}" for name, line in places if Path(name).parent == folder]
    place = own[-1] if own else file and f"{file}:1"
    return f"{place}: error: {type(error).__name__}: {error}" if place else ""
