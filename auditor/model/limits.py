"""What a setting may hold: marks beside its type, read by whoever checks the policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Within:
    """The least and the most that a number may be."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that `check` returns in its one right form, or refuses with a ValueError in the user's
    words. `words` says what is right, for the documentation."""

    check: Callable[[str], str]
    words: str


Share = Annotated[float, Within(0, 1)]
