"""What a page shows, does not have, or does not let a visitor see: three different things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T", covariant=True)
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Present(Generic[T]):
    """It was seen, and this is it."""

    value: T


@dataclass(frozen=True, slots=True)
class Absent:
    """The place where it would stand was seen, and it is not there."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """It could not be seen; nothing may be concluded. `reason` is a short lower-case phrase."""

    reason: str


Observed: TypeAlias = Present[T] | Absent | Unseen


def value_or_none(observed: Observed[T]) -> T | None:
    """The value where one was seen; None both for absent and for unseen (for printing only)."""
    return observed.value if isinstance(observed, Present) else None


def state_word(observed: Observed[T]) -> str:
    """`present`, `absent` or `unseen`."""
    return type(observed).__name__.lower()
