"""From the workbooks that HR sent back to decisions in the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor.domain.address import profile_slug
from auditor.domain.decision import (
    Decision,
    DecisionWord,
    newly_said,
    settle,
    withdrawn_addresses,
)
from auditor.domain.employee import Employee, RosterState
from auditor.domain.heeding import heed
from auditor.domain.period import period_of
from auditor.domain.policy import Policy
from auditor.domain.returned import ReturnedRow, ReturnedWorkbook
from auditor.domain.returned_answers import KnownReport, decide, edited
from auditor.reporters import key_words, shown
from auditor.returned import RefusedWorkbook, read_returned
from auditor.store.decisions import DecisionStore
from auditor.store.objections import marks_of
from auditor.store.runs import RunStore, StoredRun
from auditor.wiring.decided import people_of
from auditor.wiring.gate import register_of
from auditor.wiring.log_book import log_of
from auditor.wiring.passwords import unlocker_of
from auditor.wiring.places import state_folder
from auditor.wiring.pseudonyms import Pseudonyms

#: a file without its hidden keys may come from one of so many newest runs
_RECENT_RUNS = 13


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What became of one returned file. `trouble` says why nothing at all was read; `known` that the
    very same file was read before; `repeated` counts answers that were known from a copy."""

    file_name: str
    decisions: tuple[Decision, ...] = ()
    seen_rows: int = 0
    repeated: int = 0
    notes: tuple[str, ...] = ()
    trouble: str = ""
    known: bool = False


def today_of(policy: Policy, today: date | None) -> date:
    """The day given, else today where the company is."""
    return today or datetime.now(ZoneInfo(policy.roster.time_zone)).date()


def take_decisions(
    files: Sequence[Path], policy: Policy, store: RunStore, today: date, by: str = ""
) -> tuple[FileTaken, ...]:
    """Read returned workbooks and keep what HR decided; what is beyond doubt is applied.

    `by` names who decided, else the file's last author. Trouble with a file is told in its
    `FileTaken`, and the others are read. Raises StoreError.
    """
    kept = DecisionStore(store.engine)
    before = kept.all()
    read: list[Decision] = []
    taken = []
    for path in files:
        one = _take(path, policy, store, (*before, *read), today, by)
        read.extend(one.decisions)
        taken.append(one)
    settled = settle([*before, *read])[len(before) :]
    _register_objections(settled, policy, store, today)
    wrong = {one.employee_id for one in settled if one.applied and one.word is DecisionWord.WRONG_PERSON}
    kept.keep(before, settle([*before, *map(_without_objector, read)]), forget=wrong)
    if read:
        applied = sum(one.applied for one in settled)
        counts = {"files": len(files), "read": len(read), "applied": applied}
        log_of(policy, store.engine).append("decisions_read", **counts)
    return _with_settled(taken, settled)


def _take(
    path: Path, policy: Policy, store: RunStore, known: Sequence[Decision], today: date, by: str
) -> FileTaken:
    try:
        book = read_returned(path, key_words(), unlocker_of(policy))
    except RefusedWorkbook as trouble:
        return FileTaken(path.name, trouble=str(trouble))
    if any(one.file_sha256 == book.sha256 for one in known):
        return FileTaken(path.name, seen_rows=book.seen_rows, known=True)
    newest = store.latest(None)
    reports = _reports(book, policy, store, newest, known) if newest and book.rows else []
    said = [
        replace(
            decide(row, _report_of(row, reports, book), today),
            decided_by=by or book.modified_by,
            file_name=book.file_name[:255],
            file_sha256=book.sha256,
            after_run=newest.facts.id if newest else "",
        )
        for row in book.rows
    ]
    new = newly_said(said, known)
    return FileTaken(path.name, new, book.seen_rows, len(said) - len(new), book.notes)


def _reports(
    book: ReturnedWorkbook, policy: Policy, store: RunStore, newest: StoredRun, known: Sequence[Decision]
) -> list[KnownReport]:
    """The reports the file can come from: its own by its hidden keys; without them every recent one."""
    if book.run_id:
        try:
            run = store.run(book.run_id)
        except LookupError:
            return []
        runs = [run] if run.facts.policy_sha256 == book.policy_sha256 else []
    else:
        runs = [newest, *reversed(store.earlier(newest.number, _RECENT_RUNS - 1))]
    return [_known_report(run, newest, policy, store, known) for run in runs]


def _known_report(
    run: StoredRun, newest: StoredRun, policy: Policy, store: RunStore, known: Sequence[Decision]
) -> KnownReport:
    people = run.roster.employees
    earlier = [one for one in known if one.read_on <= run.facts.today]
    looked_at = heed(people, earlier, run.facts.today)
    present = [one for one in newest.roster.employees if one.roster_state is not RosterState.VANISHED]
    return KnownReport(
        run_id=run.facts.id,
        policy_sha256=run.facts.policy_sha256,
        findings={one.finding.fingerprint: one.finding.employee_id for one in store.findings(run.facts.id)},
        people=_numbers(people),
        names={one.employee_id: shown(one.full_name) for one in people},
        addresses={one.employee_id: one.profile_url for one in looked_at if one.profile_url},
        roster_addresses={one.employee_id: one.profile_url for one in people if one.profile_url},
        older=period_of(run.facts.today) < period_of(newest.facts.today),
        in_roster=frozenset(one.employee_id for one in present),
        taken={profile_slug(one.profile_url) or "": one.employee_id for one in present if one.profile_url},
        withdrawn=withdrawn_addresses(known),
        hosts=policy.allowed_hosts,
    )


def _numbers(people: Iterable[Employee]) -> dict[str, str]:
    """Employee numbers as the report shows them, those left out that fit two people."""
    found: dict[str, list[str]] = {}
    for one in people:
        found.setdefault(shown(one.employee_id), []).append(one.employee_id)
    return {number: keys[0] for number, keys in found.items() if len(keys) == 1}


def _report_of(
    row: ReturnedRow, reports: Sequence[KnownReport], book: ReturnedWorkbook
) -> KnownReport | None:
    """The report of a row: the file's own, else the one whose key fits the row's check."""
    if book.run_id:
        return reports[0] if reports else None
    return next((one for one in reports if row.finding and not edited(row, one)), None)


def _without_objector(one: Decision) -> Decision:
    """Who objected stands in the register of objections only, as keyed hashes."""
    if one.word is not DecisionWord.OBJECTED or not one.applied:
        return one
    return replace(one, employee_id="", remark="")


def _register_objections(settled: Sequence[Decision], policy: Policy, store: RunStore, today: date) -> None:
    """First of all, and harmless when done twice: whatever happens afterwards, nobody is opened again."""
    for one in settled:
        if one.applied and one.word is DecisionWord.OBJECTED and one.employee_id:
            address = people_of(store, one.report_id)[one.employee_id].profile_url
            marks = marks_of((one.employee_id,), address)
            if register_of(policy, store.engine).record(marks, today):
                person = Pseudonyms(state_folder(policy.path)).of(one.employee_id)
                log_of(policy, store.engine).append("objection_recorded", person=person, new=True)


def _with_settled(taken: Sequence[FileTaken], settled: Sequence[Decision]) -> tuple[FileTaken, ...]:
    told = iter(settled)
    return tuple(replace(one, decisions=tuple(next(told) for _ in one.decisions)) for one in taken)
