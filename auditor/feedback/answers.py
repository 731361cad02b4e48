"""From a row that HR filled in to a decision: applied where it is beyond doubt, otherwise listed and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from auditor.model.address import AddressKind, profile_slug, read_profile_address
from auditor.model.dates import months_after
from auditor.model.decision import LONGEST_MONTHS, Decision, DecisionReason, DecisionWord
from auditor.model.employee import number_meant
from auditor.model.returned import Doubt, ReturnedRow, row_check


@dataclass(frozen=True, slots=True)
class KnownReport:
    """The report a row was written in, as the store remembers it.

    `findings` maps fingerprint to employee id; `people` employee id (as the report shows it) to the
    real one; `names` and the addresses go by employee id: `addresses` are those that were looked at,
    `roster_addresses` those of the roster. `older`: a later month was audited since.
    `in_roster` are the people of the newest roster, `taken` the slugs of its addresses and their owner.
    """

    run_id: str
    policy_sha256: str
    findings: Mapping[str, str]
    people: Mapping[str, str]
    names: Mapping[str, str]
    addresses: Mapping[str, str]
    roster_addresses: Mapping[str, str]
    older: bool = False
    in_roster: Collection[str] = frozenset()
    taken: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()
    #: the name on the page of each person about whom the report asked whose page it is
    asked_names: Mapping[str, str] = field(default_factory=dict)


_DOUBTS = {
    Doubt.DATE_UNREADABLE: DecisionReason.DATE_UNREADABLE,
    Doubt.TWO_COLUMNS: DecisionReason.TWO_COLUMNS,
    Doubt.NO_WORD: DecisionReason.NO_WORD,
}


def decide(row: ReturnedRow, report: KnownReport | None, read_on: date) -> Decision:
    """What a row says, without where it was read. Never raises; the decision tells what is wrong."""
    decision = Decision(
        fingerprint=row.finding,
        employee_id=_person(row, report),
        word=DecisionWord(row.code) if row.code else None,
        report_id=report.run_id if report else "",
        read_on=read_on,
        decided_on=row.decided_on,
        until=row.until,
        remark=row.remark,
        typed=row.typed,
        place=row.place,
    )
    if report is None:  # nothing about other companies' people is kept
        return _list_only(replace(decision, employee_id="", remark=""), DecisionReason.UNKNOWN_REPORT)
    for look in (_origin_trouble, _doubt, _mixed_row, _day_trouble):
        reason = look(decision, row, report)
        if reason:
            return _list_only(decision, reason)
    return _remark_on_edits(_BY_WORD.get(decision.word, _as_said)(decision, row, report), row, report)


def edited(row: ReturnedRow, report: KnownReport) -> bool:
    """Whether the cells that are not HR's differ from what was sent."""
    cells = {name: text.replace("\r\n", "\n") for name, text in row.cells.items()}
    return row_check(report.run_id, report.policy_sha256, {**cells, "finding": row.finding}) != row.row_check


def _person(row: ReturnedRow, report: KnownReport | None) -> str:
    if report is None:
        return row.employee_id
    meant = number_meant(row.employee_id, report.people) or ""
    return report.findings.get(row.finding) or report.people.get(meant, row.employee_id)


def _list_only(decision: Decision, reason: DecisionReason) -> Decision:
    return replace(decision, applied=False, reason=reason)


def _origin_trouble(decision: Decision, row: ReturnedRow, report: KnownReport) -> DecisionReason | None:
    if row.finding and row.finding not in report.findings:
        return DecisionReason.UNKNOWN_FINDING
    if not row.finding and number_meant(row.employee_id, report.people) is None:
        return DecisionReason.UNKNOWN_PERSON
    return DecisionReason.OLDER_REPORT if report.older else None


def _doubt(decision: Decision, row: ReturnedRow, report: KnownReport) -> DecisionReason | None:
    if row.doubt:
        return _DOUBTS[row.doubt]
    return DecisionReason.UNKNOWN_WORD if decision.word is None else None


def _mixed_row(decision: Decision, row: ReturnedRow, report: KnownReport) -> DecisionReason | None:
    """An answer beside another person: part of the sheet was sorted without the rest."""
    if row.finding and not edited(row, report):
        return None
    number, name = row.cells.get("employee_no", ""), row.cells.get("name", "")
    if not row.finding:  # the number alone says whom the row is about, so only the name can speak against it
        number = ""
    mixed = is_another(decision.employee_id, number, name, report.people, report.names)
    return DecisionReason.MIXED_ROW if mixed else None


def is_another(
    owner: str, number: str, name: str, people: Mapping[str, str], names: Mapping[str, str]
) -> bool:
    """Whether the number and the name in a row are those of somebody else than its `owner`; where both stand
    there, both: one alone may have been corrected. `people` maps shown numbers to employee ids, `names`
    employee ids to shown names."""
    told = []
    if number:
        told.append(people.get(number_meant(number, people) or "") != owner)
    if name:
        told.append(_plain(name) != _plain(names.get(owner, "")))
    return bool(told) and all(told)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _day_trouble(decision: Decision, row: ReturnedRow, report: KnownReport) -> DecisionReason | None:
    future = decision.decided_on is not None and decision.decided_on > decision.read_on
    return DecisionReason.DATE_IN_FUTURE if future else None


def _as_said(decision: Decision, row: ReturnedRow, report: KnownReport) -> Decision:
    return decision


def _waived(decision: Decision, row: ReturnedRow, report: KnownReport) -> Decision:
    if decision.until is None:
        return _list_only(decision, DecisionReason.WAIVER_NO_DATE)
    if decision.until < decision.read_on:
        return _list_only(decision, DecisionReason.WAIVER_PAST)
    if decision.until > months_after(decision.read_on, LONGEST_MONTHS):
        return _list_only(decision, DecisionReason.WAIVER_TOO_LONG)
    return decision if decision.remark else _list_only(decision, DecisionReason.WAIVER_NO_REASON)


def _not_our_employee(decision: Decision, row: ReturnedRow, report: KnownReport) -> Decision:
    """Holds once a roster comes without the person; until then nothing is done."""
    reason = DecisionReason.IN_ROSTER if decision.employee_id in report.in_roster else DecisionReason.WAITS
    return replace(decision, reason=reason)


def _wrong_person(decision: Decision, row: ReturnedRow, report: KnownReport) -> Decision:
    address = report.addresses.get(decision.employee_id, "")
    if not address:
        return _list_only(decision, DecisionReason.NO_ADDRESS)
    return replace(decision, address=address)


def _new_address(decision: Decision, row: ReturnedRow, report: KnownReport) -> Decision:
    read = read_profile_address(row.address, report.hosts)
    decision = replace(
        decision,
        address=read.canonical or row.address[:255],
        replaces=report.roster_addresses.get(decision.employee_id, ""),
    )
    if read.kind is not AddressKind.PROFILE or not read.canonical:
        return _list_only(decision, DecisionReason.BAD_ADDRESS)
    slug = profile_slug(read.canonical) or ""
    if report.taken.get(slug, decision.employee_id) != decision.employee_id:
        return _list_only(decision, DecisionReason.ADDRESS_TAKEN)
    withdrawn = {profile_slug(one) for one in report.withdrawn.get(decision.employee_id, ())}
    return _list_only(decision, DecisionReason.BAD_ADDRESS) if slug in withdrawn else decision


def _same_person(decision: Decision, row: ReturnedRow, report: KnownReport) -> Decision:
    name = report.asked_names.get(decision.employee_id, "")
    if not name:
        return _list_only(decision, DecisionReason.NO_QUESTION)
    return replace(decision, address=report.addresses.get(decision.employee_id, ""), page_name=name)


_BY_WORD: Mapping[DecisionWord | None, Callable[[Decision, ReturnedRow, KnownReport], Decision]] = {
    DecisionWord.WAIVED: _waived,
    DecisionWord.NOT_OUR_EMPLOYEE: _not_our_employee,
    DecisionWord.WRONG_PERSON: _wrong_person,
    DecisionWord.NEW_ADDRESS: _new_address,
    DecisionWord.SAME_PERSON: _same_person,
}


def _remark_on_edits(decision: Decision, row: ReturnedRow, report: KnownReport) -> Decision:
    """An applied decision from a row whose other cells were changed keeps holding; it is only noted."""
    if not decision.applied or decision.reason or not row.finding or not edited(row, report):
        return decision
    return replace(decision, reason=DecisionReason.EDITED)
