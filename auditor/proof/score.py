"""How verdicts stand to the truth: five answers, counted by rule and door, with 95 % bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.model.share import wilson
from auditor.proof.truth import Truth


class Verdict(StrEnum):
    """What an audit said of one rule and person. ASKED: a finding at which HR must look before anything is
    said to anybody."""

    PASSED = "passed"
    FAILED = "failed"
    ASKED = "asked"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class Answer(StrEnum):
    """How a verdict stands to the truth."""

    RIGHT = "right"
    WRONG_ACCUSATION = "wrong accusation"
    MISSED = "missed"
    UNDETERMINED_THOUGH_DECIDABLE = "undetermined though decidable"
    UNDETERMINED_RIGHTLY = "undetermined rightly"
    #: nothing was asked and nothing was said
    NOT_ASKED = "not asked"


ANSWERS = tuple(answer for answer in Answer if answer is not Answer.NOT_ASKED)


def answer_of(truth: Truth, verdict: Verdict) -> Answer:
    """The answer. A pass of what could not be seen counts as missed: it looks clean and is not known to
    be."""
    found = verdict in (Verdict.FAILED, Verdict.ASKED)
    if truth is Truth.NOTHING:
        return Answer.WRONG_ACCUSATION if found else Answer.NOT_ASKED
    if verdict is Verdict.FAILED or (found and truth is Truth.PASS):
        return Answer.RIGHT if truth is Truth.FAIL else Answer.WRONG_ACCUSATION
    if verdict is Verdict.PASSED:
        good = truth in (Truth.PASS, Truth.EITHER)
        return Answer.RIGHT if good else Answer.MISSED
    if verdict is Verdict.ASKED and truth is Truth.FAIL:
        return Answer.RIGHT
    if truth in (Truth.OPEN, Truth.EITHER):
        return Answer.UNDETERMINED_RIGHTLY
    return Answer.UNDETERMINED_THOUGH_DECIDABLE


@dataclass(slots=True)
class Tally:
    """The answers of one rule and door, with the number of decidable verdicts and of those decided
    rightly."""

    answers: Counter[Answer] = field(default_factory=Counter)
    decidable: int = 0
    decided: int = 0

    def add(self, truth: Truth, answer: Answer) -> None:
        """Count one verdict."""
        self.answers[answer] += 1
        if truth in (Truth.PASS, Truth.FAIL):
            self.decidable += 1
            self.decided += answer is Answer.RIGHT

    @property
    def asked(self) -> int:
        """All verdicts but those where nothing was asked and said."""
        return sum(self.answers[answer] for answer in ANSWERS)


def summed(tallies: Iterable[Tally]) -> Tally:
    """Several tallies as one."""
    whole = Tally()
    for one in tallies:
        whole.answers.update(one.answers)
        whole.decidable += one.decidable
        whole.decided += one.decided
    return whole


def bounds(count: int, of: int) -> tuple[float, float]:
    """The 95 % bounds of a share by Wilson; (0, 1) where there is nothing to count."""
    if not of:
        return 0.0, 1.0
    low, high = wilson(count, of)
    return (low if count else 0.0), (high if count < of else 1.0)


#: by rule, then by door
Score = Mapping[str, Mapping[str, Tally]]


@dataclass(frozen=True, slots=True)
class Miss:
    """One verdict that was not right: the rule, the answer, the code that the program gave, the situation,
    and the number of the person in the folder."""

    rule: str
    answer: Answer
    code: str
    situation: str
    number: str
