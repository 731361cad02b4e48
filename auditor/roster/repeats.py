"""Finds what comes several times among the rows of a large roster, without a table of what comes once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from itertools import pairwise
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def repeated(keys: Callable[[], Iterable[Key]]) -> set[Key]:
    """The keys that come several times; `keys` is called twice and must give the same each time."""
    hashes = sorted(map(hash, keys()))
    alike = {one for one, after in pairwise(hashes) if one == after}
    del hashes
    times = Counter(key for key in keys() if hash(key) in alike)
    return {key for key, n in times.items() if n > 1}
