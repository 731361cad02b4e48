"""What HR decided about a finding or a person, and which of it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from auditor.model.address import profile_slug
from auditor.model.dates import months_after
from auditor.model.decision import LONGEST_MONTHS, Decision, DecisionReason, DecisionWord
from auditor.model.employee import NEVER_OPENED, Employee, RosterState

#: what "asked" adds to the due date, in days
ASKED_DAYS = 30
#: reasons that leave an answer an answer: two such answers to one question still contradict each other
_FAULTS_OF_VALUES = frozenset(
    {
        DecisionReason.TWO_ANSWERS,
        DecisionReason.DATE_UNREADABLE,
        DecisionReason.DATE_IN_FUTURE,
        DecisionReason.WAIVER_NO_DATE,
        DecisionReason.WAIVER_PAST,
        DecisionReason.WAIVER_TOO_LONG,
        DecisionReason.WAIVER_NO_REASON,
        DecisionReason.BAD_ADDRESS,
        DecisionReason.ADDRESS_TAKEN,
    }
)


def settle(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The same decisions, in order; of two different answers to one question of one report none holds, and
    none that was taken back afterwards. An answer whose value could not be used contradicts no usable one
    with the same word: the one completes or corrects the other.

    Pure and stable: settling what was settled changes nothing.
    """
    listed = _each_address_once(_without_taken_back(tuple(decisions)))
    usable = {(one.report_id, one.subject, one.word) for one in listed if _is_answer(one) and _is_usable(one)}
    answers: dict[tuple[str, tuple[str, str]], set[tuple[str, str]]] = {}
    for one in listed:
        completed = not _is_usable(one) and (one.report_id, one.subject, one.word) in usable
        if _is_answer(one) and not completed:
            answers.setdefault((one.report_id, one.subject), set()).add(one.answer)
    return tuple(
        replace(one, applied=False, reason=DecisionReason.TWO_ANSWERS)
        if _is_answer(one) and len(answers.get((one.report_id, one.subject), ())) > 1
        else one
        for one in listed
    )


#: answers that have done what cannot be undone: data were deleted, or an objection was registered
FINAL_WORDS = frozenset({DecisionWord.WRONG_PERSON, DecisionWord.OBJECTED})


def _without_taken_back(listed: tuple[Decision, ...]) -> tuple[Decision, ...]:
    last = {one.subject: n for n, one in enumerate(listed) if one.word is DecisionWord.TAKEN_BACK}
    return tuple(
        replace(one, applied=False, reason=DecisionReason.TAKEN_BACK)
        if n < last.get(one.subject, -1) and (one.applied or _is_answer(one)) and not _is_final(one)
        else one
        for n, one in enumerate(listed)
    )


def _each_address_once(listed: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """An address that was given for several people holds for none of them."""
    given: dict[str, set[tuple[str, str]]] = {}
    for subject, one in latest(listed).items():
        if one.word is DecisionWord.NEW_ADDRESS:
            given.setdefault(_slug(one.address), set()).add(subject)
    return tuple(
        replace(one, applied=False, reason=DecisionReason.ADDRESS_TAKEN)
        if one.applied and one.word is DecisionWord.NEW_ADDRESS and len(given.get(_slug(one.address), ())) > 1
        else one
        for one in listed
    )


def _is_final(one: Decision) -> bool:
    """Whether an answer stays whatever is said afterwards."""
    return one.word is DecisionWord.TAKEN_BACK or (one.applied and one.word in FINAL_WORDS)


def _is_answer(one: Decision) -> bool:
    if one.word is None or one.word is DecisionWord.TAKEN_BACK:
        return False
    return one.applied or one.reason in _FAULTS_OF_VALUES


def _is_usable(one: Decision) -> bool:
    """Whether nothing is wrong with the value of an answer."""
    return one.applied or one.reason is DecisionReason.TWO_ANSWERS


def newly_said(read: Iterable[Decision], known: Iterable[Decision]) -> tuple[Decision, ...]:
    """What of it was not said before: the same answer from a copy of a file is said once."""
    answers = {(one.report_id, one.subject, one.answer, one.applied or one.reason) for one in known}
    answers |= {
        (one.report_id, one.subject, one.answer, True)
        for one in known
        if one.reason in (DecisionReason.TWO_ANSWERS, DecisionReason.TAKEN_BACK)
    }
    new = []
    for one in read:
        mark = (one.report_id, one.subject, one.answer, one.applied or one.reason)
        if one.word is None or mark not in answers:
            new.append(one)
            answers.add(mark)
    return tuple(new)


def latest(decisions: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """The decision that holds for each finding or person: the one applied last."""
    return {one.subject: one for one in decisions if one.applied and one.word is not None}


def excluded_by_decisions(decisions: Iterable[Decision], today: date) -> dict[str, Decision]:
    """Who has no profile by HR's word, by employee id; believed for twelve months.

    Who objected stands in the register of objections, which alone decides about that.
    """
    return {
        one.employee_id: one
        for one in latest(decisions).values()
        if one.word is DecisionWord.NO_PROFILE and today < months_after(one.day, LONGEST_MONTHS)
    }


def withdrawn_addresses(decisions: Iterable[Decision]) -> dict[str, frozenset[str]]:
    """Addresses that belong to somebody else, by employee id; they stay withdrawn."""
    found: dict[str, set[str]] = {}
    for one in decisions:
        if one.applied and one.word is DecisionWord.WRONG_PERSON and one.address:
            found.setdefault(one.employee_id, set()).add(one.address)
    return {employee_id: frozenset(addresses) for employee_id, addresses in found.items()}


def confirmed_pages(decisions: Iterable[Decision]) -> dict[str, frozenset[tuple[str, str]]]:
    """(address, shown name) of the pages of which HR said that they are the person's, by employee id."""
    found: dict[str, set[tuple[str, str]]] = {}
    for one in decisions:
        if one.applied and one.word is DecisionWord.SAME_PERSON:
            found.setdefault(one.employee_id, set()).add((one.address, one.page_name))
    return {employee_id: frozenset(pages) for employee_id, pages in found.items()}


def new_addresses(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Addresses that HR gave, by employee id; the last one given."""
    return {one.employee_id: one for one in decisions if one.applied and one.word is DecisionWord.NEW_ADDRESS}


@dataclass(frozen=True, slots=True)
class Decided:
    """What tracking has to know of HR's decisions on the day of a run.

    `findings` by fingerprint; `asked` counts how often the person was asked, by fingerprint;
    `excluded` are people who are not checked by HR's word; `in_roster` everybody in this run's roster.
    `roster_stands` tells whether the roster still says of a person what it said in an earlier run.
    """

    findings: Mapping[str, Decision] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)
    excluded: Mapping[str, Decision] = field(default_factory=dict)
    in_roster: Collection[str] = frozenset()
    roster_stands: Callable[[str, str], bool] = lambda run_id, employee_id: True

    def waiver(self, fingerprint: str, today: date) -> Decision | None:
        """The waiver that holds for a finding today."""
        one = self.findings.get(fingerprint)
        holds = one and one.word is DecisionWord.WAIVED and one.until and today <= one.until
        return one if holds else None

    def decision(self, fingerprint: str, word: DecisionWord) -> Decision | None:
        """The decision on a finding where it is of this word."""
        one = self.findings.get(fingerprint)
        return one if one and one.word is word else None


NOTHING_DECIDED = Decided()


def decided(
    decisions: Iterable[Decision],
    today: date,
    in_roster: Collection[str] = frozenset(),
    roster_stands: Callable[[str, str], bool] = lambda run_id, employee_id: True,
) -> Decided:
    """What settled decisions mean for the findings of a run."""
    listed = tuple(decisions)
    reports: dict[str, set[str]] = {}
    for one in listed:
        if one.applied and one.word is DecisionWord.ASKED:
            reports.setdefault(one.fingerprint, set()).add(one.report_id)
    return Decided(
        findings={one.fingerprint: one for one in latest(listed).values() if one.fingerprint},
        asked={fingerprint: len(found) for fingerprint, found in reports.items()},
        excluded=excluded_by_decisions(listed, today),
        in_roster=in_roster,
        roster_stands=roster_stands,
    )


#: why somebody has no address, or is not looked at, by HR's word
WITHDRAWN, NO_PROFILE = "withdrawn", "no_profile"


def heed(employees: Iterable[Employee], decisions: Iterable[Decision], today: date) -> tuple[Employee, ...]:
    """The same people, in order: who has no profile is left out for twelve months, an address of
    somebody else is withdrawn until the roster has another, an address that HR gave is used until
    the roster changes, and a shown name that HR confirmed counts at that address. Heeding twice
    changes nothing.
    """
    listed = tuple(decisions)
    excluded = excluded_by_decisions(listed, today)
    withdrawn = withdrawn_addresses(listed)
    given = new_addresses(listed)
    confirmed = confirmed_pages(listed)
    people = tuple(employees)
    owners = {_slug(one.profile_url): one.employee_id for one in people if one.profile_url}

    def heeded(employee: Employee) -> Employee:
        if employee.roster_state in NEVER_OPENED:
            return employee
        if employee.employee_id in excluded:
            return replace(
                employee, roster_state=RosterState.EXCLUDED, profile_url=None, address_note=NO_PROFILE
            )
        employee = _with_given(employee, given.get(employee.employee_id), owners)
        mine = {_slug(address) for address in withdrawn.get(employee.employee_id, ())}
        if employee.profile_url and _slug(employee.profile_url) in mine:
            return replace(employee, profile_url=None, address_note=WITHDRAWN)
        pages = confirmed.get(employee.employee_id, ())
        names = {name for address, name in pages if _slug(address) == _slug(employee.profile_url)}
        shown = tuple(sorted(names))
        return employee if shown == employee.confirmed_names else replace(employee, confirmed_names=shown)

    return tuple(heeded(employee) for employee in people)


def _with_given(employee: Employee, given: Decision | None, owners: dict[str, str]) -> Employee:
    """An address that HR gave counts while the roster still has the one it was to replace, and while
    nobody else of the roster has it."""
    if given is None or _slug(employee.profile_url) != _slug(given.replaces):
        return employee
    if owners.get(_slug(given.address), employee.employee_id) != employee.employee_id:
        return employee
    return replace(employee, profile_url=given.address, address_note="")


def _slug(address: str | None) -> str:
    return (profile_slug(address) or address) if address else ""
