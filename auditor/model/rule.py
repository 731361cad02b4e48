"""Rules and the four answers a rule can give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, SupportsBytes, TypeAlias

from auditor.model.capture import Capture
from auditor.model.company import Company
from auditor.model.day import Day
from auditor.model.employee import Employee
from auditor.model.judgement import Recall
from auditor.model.message import Text
from auditor.model.profile import Profile


class Severity(StrEnum):
    """How much a finding matters; the order of the members is from most to least."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure the program is. REVIEW: a person must look before anything is said to anybody."""

    SURE = "sure"
    PROBABLE = "probable"
    REVIEW = "review"


class Criterion(StrEnum):
    """What a rule is about; reports treat findings by it. OTHER: something they have no word for."""

    BANNER = "banner"
    HEADLINE = "headline"
    COMPANY_LINK = "company_link"
    LEAVER = "leaver"
    IDENTITY = "identity"
    ROSTER = "roster"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CodeWords:
    """What reports say of one code, in English: the finding, why it matters, how to fix it, and who acts.

    `code` ending in `*` stands for all that begin so and have no words of their own; `*` alone for every code
    of the rule. `owner` is hr, employee, manager, marketing or contract_owner; `days` to act, None = as the
    severity says. `step`: what comes first (`roster`, `policy`, `look`, `write` or `nothing`); empty = by
    owner and certainty.
    """

    code: str
    says: str = ""
    why: str = ""
    do: str = ""
    owner: str = "hr"
    days: int | None = None
    step: str = ""

    @classmethod
    def of_row(cls, row: Mapping[str, str]) -> CodeWords:
        """The words of a table's row."""
        days = int(row["days"]) if row["days"] else None
        return cls(row["code"], row["says"], row["why"], row["do"], row["owner"], days, row.get("step", ""))

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentences that are said in four languages."""
        return tuple(text for text in (self.says, self.why, self.do) if text)


@dataclass(frozen=True, slots=True)
class Passed:
    """The rule holds. `code` names how (OK_EXACT, OK_LINKED ...); `facts` as for a failure."""

    code: str
    expected: Text = ""
    observed: Text = ""
    reason: Text = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """The rule certainly does not hold, and this is what was seen.

    `key` tells several findings of one rule and person apart; `facts` are the parameters of the
    wording in other languages; `pictures` are (name, image bytes) pairs kept as evidence, in a
    stored run without the bytes, which `bytes()` then fetches.
    """

    code: str
    message: Text
    expected: Text
    observed: Text
    confidence: Confidence = Confidence.SURE
    severity: Severity | None = None
    remedy: str = ""
    key: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, SupportsBytes], ...] = ()


#: the code of the question whether a page is the person's at all: HR answers it once for this person, address
#: and shown name; `expected` is the roster's name, `observed` the page's
WHO_IS_THIS = "WHO_IS_THIS"


@dataclass(frozen=True, slots=True)
class Undetermined:
    """It could not be decided. `review` is True when a person could decide it by looking;
    False when there was nothing to look at."""

    code: str
    reason: Text
    review: bool = False
    expected: Text = ""
    observed: Text = ""
    remedy: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, SupportsBytes], ...] = ()


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule does not concern this person now."""

    code: str
    reason: Text


Outcome: TypeAlias = Passed | Failed | Undetermined | NotApplicable
#: what `Rule.fields` calls the profile's address in the roster
ADDRESS = "address"
OUTCOME_WORDS: dict[type[Outcome], str] = {
    Passed: "passed",
    Failed: "failed",
    Undetermined: "undetermined",
    NotApplicable: "not_applicable",
}


def outcome_word(outcome: Outcome) -> str:
    """`passed`, `failed`, `undetermined` or `not_applicable`."""
    return OUTCOME_WORDS[type(outcome)]


@dataclass(frozen=True, slots=True)
class Subject:
    """All that a rule sees: one person, one piece of evidence, one entity, one day. `recall` spares it the
    judging of a picture that was judged before; it changes no answer. `day` notes for how long the answers
    hold."""

    employee: Employee
    capture: Capture
    profile: Profile
    company: Company
    day: Day
    recall: Recall = field(default_factory=Recall, compare=False)

    @property
    def today(self) -> date:
        """The day itself: an answer that rests on it holds for this day only."""
        return self.day.tie()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its file declares it. `settings` is the frozen dataclass of its options;
    `check` must be pure. `severity` holds where an outcome names none."""

    id: str
    name: str
    severity: Severity
    settings: type[Any]
    check: Callable[[Subject, Any], Outcome]
    #: False: the rule does not concern people in this state (NotApplicable without a check)
    applies_to: Callable[[Employee], bool] = field(default=lambda employee: True)
    #: the profile fields it reads, or ADDRESS; empty where it reads the roster only. None: not declared, so
    #: it may rest on any of them
    fields: frozenset[str] | None = None
    #: the parts of these fields without which it decides next to nothing (COMPANY_LINK, BANNER_PICTURE)
    needs: frozenset[str] = frozenset()
    about: Criterion = Criterion.OTHER
    #: what reports say of its codes
    words: tuple[CodeWords, ...] = ()

    @property
    def reads_page(self) -> bool:
        """Whether a changed page can change its answer."""
        return self.fields is None or bool(self.fields - {ADDRESS})


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule with the settings of the policy; `severity` overrides the rule's own."""

    rule: Rule
    settings: Any
    severity: Severity | None = None

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one rule for one person, and the evidence it rests on. Whose it is stands with the
    examination, so that people of whom the same is said share it."""

    rule_id: str
    outcome: Outcome
    severity: Severity
    source: str = ""
    captured_at: datetime | None = None
