"""Who was assessed, of whom something stays open, and who was not assessed and why.

Everybody of a run belongs to exactly one group; docs/assessment.md has the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from auditor.findings.leaving_words import reads_like_leaving
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.message import Message, say_count
from auditor.model.roster import RowFate, RowRecord
from auditor.model.rule import NotApplicable, Undetermined

#: the code of results about people whose entity the policy does not describe
NO_ENTITY = "NO_ENTITY"
#: the code of results about leavers who were seen clean twice and are not looked at any more
SEEN_CLEAN = "SEEN_CLEAN_TWICE"
#: so many words are named in a reason
MOST_WORDS = 5


class Group(StrEnum):
    """What became of a person in a run."""

    ASSESSED = "assessed"
    COULD_NOT_VERIFY = "could_not_verify"
    NOT_ASSESSED = "not_assessed"


class Why(StrEnum):
    """Why somebody was not assessed; those that somebody must settle come first."""

    UNKNOWN_WORD = "unknown_word"
    DATE_MISSING = "date_missing"
    DATE_UNREADABLE = "date_unreadable"
    CONTRADICTION = "contradiction"
    ENDS_DISAGREE = "ends_disagree"
    SHARED_NUMBER = "shared_number"
    NAMESAKE = "namesake"
    UNKNOWN_ENTITY = "unknown_entity"
    NO_RULE = "no_rule"
    VANISHED = "vanished"
    LEAVING_SOON = "leaving_soon"
    LONG_LEAVE = "long_leave"
    STARTS_LATER = "starts_later"
    WAITING_TIME = "waiting_time"
    CONTRACTOR = "contractor"
    RELATED = "related"
    SEEN_CLEAN = "seen_clean"
    EXCLUDED = "excluded"


#: what nobody wanted: the roster or the policy leaves open who the person is
UNSETTLED = frozenset(
    {
        Why.UNKNOWN_WORD,
        Why.DATE_MISSING,
        Why.DATE_UNREADABLE,
        Why.CONTRADICTION,
        Why.ENDS_DISAGREE,
        Why.SHARED_NUMBER,
        Why.NAMESAKE,
        Why.UNKNOWN_ENTITY,
        Why.NO_RULE,
    }
)
_OF_STATE: Mapping[RosterState, Why] = {
    RosterState.EXCLUDED: Why.EXCLUDED,
    RosterState.VANISHED: Why.VANISHED,
    RosterState.LONG_LEAVE: Why.LONG_LEAVE,
    RosterState.LEAVING_SOON: Why.LEAVING_SOON,
    RosterState.RELATED: Why.RELATED,
}
#: states that concern no rule by design
_WITHOUT_RULES: Mapping[RosterState, Why] = {
    RosterState.FUTURE_STARTER: Why.STARTS_LATER,
    RosterState.LEAVER_GRACE: Why.WAITING_TIME,
    RosterState.CONTRACTOR_ACTIVE: Why.CONTRACTOR,
}
#: codes of the intake table -> what they say of a person whose state the roster leaves open
_OF_CODE: Mapping[str, Why] = {
    "P10": Why.UNKNOWN_WORD,
    "P08": Why.DATE_MISSING,
    "D03": Why.DATE_UNREADABLE,
    "D07": Why.DATE_UNREADABLE,
    "H10": Why.DATE_UNREADABLE,
    "P09": Why.CONTRADICTION,
    "P19": Why.CONTRADICTION,
    "P23": Why.CONTRADICTION,
    "D08": Why.CONTRADICTION,
    "P21": Why.ENDS_DISAGREE,
    "P18": Why.SHARED_NUMBER,
    "P20": Why.NAMESAKE,
}


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """People who were not assessed for one and the same reason.

    `word` is the roster's status word where that matters, or the name of the entity; else empty.
    """

    why: Why
    word: str
    people: tuple[Employee, ...]

    @property
    def unsettled(self) -> bool:
        """Whether somebody must settle it in the roster or the policy."""
        return self.why in UNSETTLED


def why_not_assessed(examination: Examination) -> Why | None:
    """Why no rule was tried on the person; None where rules were."""
    employee = examination.employee
    if employee.roster_state is RosterState.CONFLICT:
        without_code = Why.UNKNOWN_WORD if employee.state_word else Why.CONTRADICTION
        return _OF_CODE.get(employee.state_code, without_code)
    if employee.roster_state in _OF_STATE:
        return _OF_STATE[employee.roster_state]
    outcomes = [result.outcome for result in examination.results]
    if any(outcome.code == NO_ENTITY for outcome in outcomes):
        return Why.UNKNOWN_ENTITY
    if examination.trials or not all(isinstance(one, NotApplicable) for one in outcomes):
        return None
    if any(outcome.code == SEEN_CLEAN for outcome in outcomes):
        return Why.SEEN_CLEAN
    return _WITHOUT_RULES.get(employee.roster_state, Why.NO_RULE)


def was_read(examination: Examination) -> bool:
    """Whether some evidence of the person could be read."""
    return any(trial.status is CaptureStatus.OK for trial in examination.trials)


def group_of(examination: Examination) -> Group:
    """The one group that a person belongs to."""
    if why_not_assessed(examination):
        return Group.NOT_ASSESSED
    is_open = any(isinstance(result.outcome, Undetermined) for result in examination.results)
    return Group.COULD_NOT_VERIFY if is_open or not was_read(examination) else Group.ASSESSED


def not_assessed(examinations: Iterable[Examination]) -> tuple[NotAssessed, ...]:
    """Who was not assessed, equal reasons together: in the order of `Why`, large groups first."""
    people: dict[tuple[Why, str], list[Employee]] = {}
    for examination in examinations:
        why = why_not_assessed(examination)
        if why:
            employee = examination.employee
            people.setdefault((why, _word(employee, why)), []).append(employee)
    order = list(Why)
    found = [NotAssessed(why, word, tuple(listed)) for (why, word), listed in people.items()]
    return tuple(sorted(found, key=lambda one: (order.index(one.why), -len(one.people), one.word)))


def rejected_rows(rows: Iterable[RowRecord]) -> list[RowRecord]:
    """The rows of the roster in which somebody may stand who was not read; totals and mailboxes are none."""
    return [row for row in rows if row.fate is RowFate.REJECTED]


def unsettled_reasons(
    groups: Iterable[NotAssessed], people: int, largest_share: float, rows: Iterable[RowRecord] = ()
) -> tuple[Message, ...]:
    """Why a run is not sound whose roster leaves open who people are; empty where it is few and harmless.

    It is not where their share of all `people`, with the share of rejected `rows`, lies above `largest_share`
    (between 0 and 1), or where the unknown status word of anybody among them reads like leaving.
    """
    fates = Counter(row.fate for row in rows)
    rejected = fates[RowFate.REJECTED]
    read = fates[RowFate.PERSON] + rejected  # not the people of the run, which may be a few chosen ones
    unsettled = [group for group in groups if group.unsettled]
    count = sum(len(group.people) for group in unsettled)
    leaving = [group for group in unsettled if reads_like_leaving(_status(group))]
    reasons = []
    if leaving:
        number = sum(len(group.people) for group in leaving)
        words = ", ".join(dict.fromkeys(_status(group) for group in leaving[:MOST_WORDS]))
        reasons.append(
            say_count(
                "{n} people were not assessed although their status reads like leaving: {words}",
                "{n} person was not assessed although the status reads like leaving: {words}",
                "{n} people were not assessed although their status reads like leaving: {words}",
                n=number,
                words=words,
            )
        )
    too_many = (count / people if people else 0) + (rejected / read if read else 0) > largest_share
    if too_many and count:
        reasons.append(
            say_count(
                "{n} of {all} people were not assessed, for reasons that must be settled first",
                "{n} of {all} people was not assessed, for a reason that must be settled first",
                "{n} of {all} people were not assessed, for reasons that must be settled first",
                n=count,
                all=people,
            )
        )
    if too_many and rejected:
        reasons.append(
            say_count(
                "{n} of {all} rows of the roster were rejected; whoever stands in them was not assessed",
                "{n} of {all} rows of the roster was rejected; whoever stands in it was not assessed",
                "{n} of {all} rows of the roster were rejected; whoever stands in them was not assessed",
                n=rejected,
                all=read,
            )
        )
    return tuple(reasons)


def _word(employee: Employee, why: Why) -> str:
    if why is Why.UNKNOWN_ENTITY:
        return employee.entity
    word = employee.state_word if why in UNSETTLED else ""
    # where columns disagree on the end, the status only matters where it says that somebody left
    return "" if why is Why.ENDS_DISAGREE and not reads_like_leaving(word) else word


def _status(group: NotAssessed) -> str:
    return group.word if group.why in (Why.UNKNOWN_WORD, Why.ENDS_DISAGREE) else ""
