"""From the workbooks that HR sent back to decisions in the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from auditor.app.eligibility import register_of
from auditor.app.offboard import people_with_letters
from auditor.app.passwords import unlocker_of
from auditor.app.paths import log_of, state_folder
from auditor.app.pseudonyms import Pseudonyms
from auditor.app.read_back import must_be_there
from auditor.app.take_checklists import StepsTaken
from auditor.app.take_days import take_days
from auditor.feedback import RefusedWorkbook, file_name, read_file
from auditor.feedback.answers import KnownReport, decide, edited
from auditor.findings.decisions import heed, newly_said, settle, withdrawn_addresses
from auditor.language.words import words_of
from auditor.model.address import profile_slug
from auditor.model.case import CaseEvent, CaseEventKind, StepNote
from auditor.model.dates import period_of
from auditor.model.decision import Decision, DecisionWord
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import asked_name
from auditor.model.policy import Policy
from auditor.model.returned import ReturnedRow, ReturnedWorkbook
from auditor.reports import checklist_words, key_words, shown
from auditor.store.cases import StepNoteStore
from auditor.store.decisions import DecisionStore
from auditor.store.history import asked_about, roster_of
from auditor.store.objections import Marks, marks_of
from auditor.store.runs import RunStore, StoredRun

#: a file without its hidden keys may come from one of so many newest runs
_RECENT_RUNS = 13


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What became of one returned file. `trouble` says why nothing was read; `known` that the
    very same file was read before; `repeated` counts answers that were known from a copy.

    `steps` are the notes of a checklist, `events` the looks and letters that are new; `checklist` and
    `workbook` tell what the file holds.
    """

    file_name: str
    decisions: tuple[Decision, ...] = ()
    seen_rows: int = 0
    repeated: int = 0
    notes: tuple[str, ...] = ()
    trouble: str = ""
    known: bool = False
    steps: tuple[StepNote, ...] = ()
    checklist: bool = False
    workbook: bool = False
    events: tuple[CaseEvent, ...] = ()
    sha256: str = ""


def take_decisions(
    files: Sequence[Path], policy: Policy, store: RunStore, today: date, by: str = ""
) -> tuple[FileTaken, ...]:
    """Read returned workbooks and checklists and keep what HR decided and noted; what is beyond doubt is
    applied.

    `by` names who decided, else the file's last author. Trouble with a file is told in its
    `FileTaken`, and the others are read. Raises StoreError.
    """
    before = DecisionStore(store.engine).all()
    read: list[Decision] = []
    steps = StepsTaken(store, today, by)
    taken = []
    for path in files:
        one = _take(path, policy, store, (*before, *read), steps, today, by)
        read.extend(one.decisions)
        taken.append(one)
    settled = keep_decisions(read, policy, store, today)
    if settled:
        counts = {
            "files": len(files),
            "read": len(settled),
            "applied": sum(one.applied for one in settled),
        }
        log_of(policy, store.engine).append("decisions_read", **counts)
    noted = steps.keep()
    if noted:
        must_be_there(policy, "What was noted", lambda anew: set(noted) <= set(StepNoteStore(anew).all()))
        counts = {"read": len(noted), "applied": sum(one.applied for one in noted)}
        log_of(policy, store.engine).append("checklists_read", **counts)
    return _with_noted(_with_settled(taken, settled), noted)


def keep_decisions(
    read: Sequence[Decision], policy: Policy, store: RunStore, today: date
) -> tuple[Decision, ...]:
    """Settle new decisions with those in the store and keep them; returns the new ones as they stand now.

    Who objected is in the register of objections before anything else happens. Raises StoreError.
    """
    if not read:
        return ()
    kept = DecisionStore(store.engine)
    before = kept.all()
    _register_objections(settle([*before, *read])[len(before) :], policy, store, today)
    _, settled = kept.add(lambda _: list(map(_without_objector, read)), settle, forget=_wrong_people)
    marks = {_mark(one) for one in settled}
    must_be_there(
        policy, "What was decided", lambda anew: marks <= {_mark(one) for one in DecisionStore(anew).all()}
    )
    return tuple(
        replace(one, employee_id=said.employee_id, remark=said.remark)
        for one, said in zip(settled, read, strict=True)
    )


def _wrong_people(settled: Iterable[Decision]) -> set[str]:
    return {one.employee_id for one in settled if one.applied and one.word is DecisionWord.WRONG_PERSON}


def _mark(one: Decision) -> tuple[object, ...]:
    """A decision without what becomes of it when others come."""
    return (one.report_id, one.subject, one.answer, one.read_on, one.file_sha256, one.place)


def _take(
    path: Path,
    policy: Policy,
    store: RunStore,
    known: Sequence[Decision],
    steps: StepsTaken,
    today: date,
    by: str,
) -> FileTaken:
    try:
        found = read_file(path, key_words(), checklist_words(), unlocker_of(policy))
    except RefusedWorkbook as trouble:
        return FileTaken(file_name(path), trouble=str(trouble))
    book, checklist = found.workbook, found.checklist
    sha256 = book.sha256 if book else checklist.sha256 if checklist else ""
    if steps.is_known(sha256) or any(one.file_sha256 == sha256 for one in known):
        return FileTaken(file_name(path), known=True)
    taken = _take_decisions(book, policy, store, known, today, by) if book else FileTaken(file_name(path))
    if checklist is None:
        return taken
    said, notes = steps.read(checklist)
    return replace(
        taken,
        seen_rows=taken.seen_rows + checklist.seen_rows,
        repeated=taken.repeated + said,  # until it is known which of them are new
        notes=(*taken.notes, *notes),
        checklist=True,
        sha256=sha256,
    )


def _take_decisions(
    book: ReturnedWorkbook, policy: Policy, store: RunStore, known: Sequence[Decision], today: date, by: str
) -> FileTaken:
    newest = store.latest(None)
    wanted = book.rows or book.letters or book.days
    reports = _reports(book, policy, store, newest, known) if newest and wanted else []
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
    words = words_of(policy.language)
    headings = {
        CaseEventKind.LOOKED: words.say("Looked on"),
        CaseEventKind.SENT: words.say("Sent on"),
    }
    days = take_days(book.days, reports, headings, store, today)
    said += [
        replace(
            one,
            decided_by=by or book.modified_by,
            file_name=book.file_name[:255],
            file_sha256=book.sha256,
            after_run=newest.facts.id if newest else "",
        )
        for one in days.rejected
    ]
    new = newly_said(said, known)
    repeated = len(said) - len(new)
    notes = (*book.notes, *_letters_not_recorded(book, reports, store))
    return FileTaken(book.file_name, new, book.seen_rows, repeated, notes, workbook=True, events=days.events)


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
        earlier = store.earlier(newest.number, _RECENT_RUNS - 1)
        runs = [newest, *(store.run(one.facts.id) for one in reversed(earlier))]
    asks = any(row.code == DecisionWord.SAME_PERSON for row in book.rows)
    return [_known_report(run, newest, policy, store, known, asks=asks) for run in runs]


def _known_report(
    run: StoredRun,
    newest: StoredRun,
    policy: Policy,
    store: RunStore,
    known: Sequence[Decision],
    *,
    asks: bool,
) -> KnownReport:
    """A run's report as the store remembers it; whose page it asked about only if a row `asks` for that."""
    asked = asked_about(store.engine, run.facts.id) if asks else ()
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
        asked_names={one.employee.employee_id: asked_name(one) or "" for one in asked},
    )


def _letters_not_recorded(
    book: ReturnedWorkbook, reports: Sequence[KnownReport], store: RunStore
) -> list[str]:
    """A letter typed on the leavers' sheet has no day and no look, so it is reported but not applied."""
    people = {
        one: report.findings[one] for report in reports for one in book.letters if one in report.findings
    }
    written_to = people_with_letters(store) if people else set()
    return [
        f"finding {finding}: Letter says sent, but none is recorded; enter its day in Sent on, or on the "
        "checklist (step O21)"
        for finding, person in sorted(people.items())
        if person not in written_to
    ]


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
    """People who objected are stored in the register of objections only, as keyed hashes."""
    if one.word is not DecisionWord.OBJECTED or not one.applied:
        return one
    return replace(one, employee_id="", remark="")


def _register_objections(settled: Sequence[Decision], policy: Policy, store: RunStore, today: date) -> None:
    """First of all, and harmless when done twice: whatever happens afterwards, nobody is opened again."""
    for one in settled:
        if one.applied and one.word is DecisionWord.OBJECTED and one.employee_id:
            address = roster_of(store, one.report_id)[one.employee_id].profile_url
            marks = marks_of((one.employee_id,), address)
            new = register_of(policy, store.engine).record(marks, today)
            must_be_there(policy, "The objection", partial(_holds, policy, marks))
            if new:
                person = Pseudonyms(state_folder(policy.path)).of(one.employee_id)
                log_of(policy, store.engine).append("objection_recorded", person=person, new=True)


def _holds(policy: Policy, marks: Marks, engine: sa.Engine) -> bool:
    return register_of(policy, engine).holds(marks)


def _with_settled(taken: Sequence[FileTaken], settled: Sequence[Decision]) -> tuple[FileTaken, ...]:
    told = iter(settled)
    return tuple(replace(one, decisions=tuple(next(told) for _ in one.decisions)) for one in taken)


def _with_noted(taken: Sequence[FileTaken], noted: Sequence[StepNote]) -> tuple[FileTaken, ...]:
    """The files with what was noted in them, and with how much of it was known already."""
    told = []
    for one in taken:
        own = tuple(note for note in noted if one.checklist and note.file_sha256 == one.sha256)
        told.append(replace(one, steps=own, repeated=one.repeated - len(own)))
    return tuple(told)
