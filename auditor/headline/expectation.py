"""What a headline should say, and the verdict on what it says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.headline.titles import Words
from auditor.model.company import CompanyName
from auditor.model.day import OnDay


class Answer(StrEnum):
    """The three answers, the best first."""

    PASS = "pass"
    REVIEW = "review"
    FAIL = "fail"


class Strictness(StrEnum):
    """How close to the template a headline must be."""

    #: the company is named as employer; nothing else is asked for
    MENTION = "mention"
    STANDARD = "standard"
    #: the template's own connector and nothing added
    EXACT = "exact"


class ExtrasAfter(StrEnum):
    """What further text beside the template means."""

    ALLOW = "allow"
    REVIEW = "review"


class SidePosts(StrEnum):
    """What an honorary, volunteer, council or teaching post beside the job means."""

    ALLOW = "allow"
    REVIEW = "review"


class TitleCheck(StrEnum):
    """What the job title is compared with."""

    ROSTER = "roster"
    #: the roster's title and the titles that the policy lists as equal to it
    ALIAS_LIST = "alias_list"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class HeadlineExpectation:
    """What a headline should say. `title_aliases` are groups of titles that mean the same; `language`
    matters only where connectors of other languages are refused and the template shows none itself;
    `today` tells whether a year in the headline is past (None: no year is told to be)."""

    template: str
    names: tuple[CompanyName, ...]
    title: str
    sister_names: tuple[CompanyName, ...] = ()
    title_aliases: tuple[tuple[str, ...], ...] = ()
    strictness: Strictness = Strictness.STANDARD
    connectors_any_language: bool = True
    extras_after: ExtrasAfter = ExtrasAfter.ALLOW
    title_check: TitleCheck = TitleCheck.ROSTER
    language: str = ""
    side_posts: SidePosts = SidePosts.ALLOW
    today: OnDay | None = None


@dataclass(frozen=True, slots=True)
class HeadlineVerdict:
    """The answer, its reason code and what a report may show.

    `expected` is the exact text to paste; `observed` holds no other employer, no availability
    phrase and no word on health, union, faith or politics, and at most 220 signs.
    """

    answer: Answer
    code: str
    expected: str
    observed: str
    reason: str
    remedy: str = ""


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
    today: OnDay | None = None

    @property
    def all_titles(self) -> tuple[Words, ...]:
        """Every title whose words are no markers."""
        return tuple(dict.fromkeys((*self.titles, *self.known)))
