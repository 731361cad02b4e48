"""The words for how a company name stands in a headline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.judging.headline.titles import Words


class Standing(StrEnum):
    """How a name stands in its clause."""

    PRESENT = "present"
    PAST = "past"
    FUTURE = "future"
    RELATION = "relation"
    UNCLEAR = "unclear"
    SISTER = "sister"
    TYPO = "typo"
    CUT = "cut"


class Join(StrEnum):
    """What stands directly before a name."""

    CONNECTOR = "connector"
    WEAK = "weak"
    RELATION = "relation"
    #: nothing: the name is a clause of its own
    ALONE = "alone"
    #: other words, without any connector
    TOUCHING = "touching"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the roster and the template tell: the titles, the template's own connector, the day.

    `titles` are those that count; `known` those of the person, also where any title will do.
    """

    titles: tuple[Words, ...] = ()
    join: tuple[str, ...] = ()
    known: tuple[Words, ...] = ()
    today: date | None = None

    @property
    def all_titles(self) -> tuple[Words, ...]:
        """Every title whose words are no markers."""
        return tuple(dict.fromkeys((*self.titles, *self.known)))
