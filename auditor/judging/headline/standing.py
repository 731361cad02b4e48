"""The words for how a company name stands in a headline."""

from __future__ import annotations

from dataclasses import dataclass
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
    """What the roster and the template excuse: words of the title, the template's own connector."""

    titles: tuple[Words, ...] = ()
    join: tuple[str, ...] = ()
