"""Finds the rules, sources, extractors, reporters and writers by looking into their folders."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def modules_of(package: ModuleType) -> list[ModuleType]:
    """The modules of a package, in the order of their names.

    Modules whose name begins with `_` are private parts of their neighbours and are passed over.
    """
    infos = sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name)
    names = [info.name for info in infos if not info.name.startswith("_")]
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def discover(package: ModuleType, constant: str, kind: type[T]) -> list[T]:
    """The typed constant of every public module in a package.

    Raises TypeError where a module has no such constant, or one of another type.
    """
    found = []
    for module in modules_of(package):
        value = getattr(module, constant, None)
        if not isinstance(value, kind):
            raise TypeError(f"{module.__name__} declares no {constant} of type {kind.__name__}")
        found.append(value)
    return found
