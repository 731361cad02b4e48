"""Finds the rules, sources, extractors, reporters and writers by looking into their folders."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def discover(package: ModuleType, constant: str, kind: type[T]) -> list[T]:
    """The typed constant of every module in a package, in the order of module names.

    Modules whose name begins with `_` are private parts of their neighbours and are passed over.
    Raises TypeError where a module has no such constant, or one of another type.
    """
    found = []
    for module_info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        if module_info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{module_info.name}")
        value = getattr(module, constant, None)
        if not isinstance(value, kind):
            raise TypeError(f"{module.__name__} declares no {constant} of type {kind.__name__}")
        found.append(value)
    return found
