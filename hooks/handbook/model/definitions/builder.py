"""The plain values of YAML -> the dataclass that has fields for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from ...text.prose import Rich

T = TypeVar("T")
_types: Callable[[Any], Mapping[str, Any]] = cache(get_type_hints)

# Fields whose keys in YAML are words of Python.
_KEYS = {"anchor": "with", "roles": "for"}


def build(kind: type[T], values: Mapping[str, Any], /, **given: Any) -> T:
    """Make a thing of valid values, each read as the type of its field; what is given counts as it is.

    Keys that are no field are passed over. Words of which there is a fixed list come in the order of that.
    """
    types = _types(kind)
    keys = {
        name: key if (key := _KEYS.get(name, "")) in values else name for name in types if name not in given
    }
    read = {name: _read(types[name], values[key]) for name, key in keys.items() if key in values}
    return kind(**read, **given)


def _read(type_: Any, value: Any) -> Any:
    origin, (inner, *others) = get_origin(type_), get_args(type_) or (None,)
    if origin is UnionType:
        return None if value is None else _read(inner, value)
    if origin is tuple and get_origin(inner) is Literal:
        return tuple(word for word in get_args(inner) if word in value)
    if origin is tuple and others != [...]:
        return tuple(map(_read, (inner, *others), value))
    if origin in (tuple, frozenset):
        return origin(_read(inner, entry) for entry in value)
    if origin is Mapping:
        return {key: _read(others[0], one) for key, one in value.items()}
    if type_ is date:
        return date.fromisoformat(value)
    if is_dataclass(type_):
        return build(type_, value)  # type: ignore[arg-type]
    return type_(value) if type_ in (int, str, Rich) else value
