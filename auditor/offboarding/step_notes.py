"""What was noted about the steps of departures on returned checklists, and which of it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from auditor.model.case import CasePerson, StepAnswer, StepNote, StepReason, StepState, step_id
from auditor.model.returned import Doubt, ReturnedStep
from auditor.offboarding.steps import LETTER_STEPS

_DOUBTS = {
    Doubt.DATE_UNREADABLE: StepReason.DATE_UNREADABLE,
    Doubt.TWO_COLUMNS: StepReason.TWO_COLUMNS,
}
#: of a row that is not about one of our cases nothing about people is kept
NOT_OURS = frozenset({StepReason.UNKNOWN_STEP, StepReason.UNKNOWN_REPORT})


def note_of(
    row: ReturnedStep,
    case: str,
    person: CasePerson | None,
    steps: Collection[str],
    read_on: date,
    *,
    foreign: bool = False,
) -> StepNote:
    """What a row says, without where it was read. Never raises; the note tells what is wrong.

    `person` is whose case it is, None where the case is not known; `steps` are the known numbers of
    steps; `foreign`: the file is of another company's audit.
    """
    answer = StepAnswer(row.state or StepState.OPEN, row.evidence, row.done_on, row.done_by)
    known = row.step_id in {step_id(case, number) for number in steps}
    ours = person if known and not foreign else None
    note = StepNote(
        step_id=row.step_id,
        case=case,
        employee_id=ours.employee_id if ours else "",
        last_day=ours.last_day if ours else None,
        answer=answer,
        read_on=read_on,
        typed=row.typed,
        place=row.place,
    )
    reason = StepReason.UNKNOWN_REPORT if foreign else None if ours else StepReason.UNKNOWN_STEP
    letters = {step_id(case, number) for number in LETTER_STEPS}
    last_day = ours.last_day if ours and row.step_id in letters else None
    reason = reason or _trouble(row, read_on, last_day)
    if reason in NOT_OURS:
        note = replace(note, answer=StepAnswer(answer.state))
    return replace(note, applied=False, reason=reason) if reason else note


def _trouble(row: ReturnedStep, read_on: date, last_day: date | None) -> StepReason | None:
    """What stands against a row; a letter goes out after `last_day` only."""
    if row.doubt in _DOUBTS:
        return _DOUBTS[row.doubt]
    if row.state is None:
        return StepReason.UNKNOWN_WORD
    if row.done_on is not None and row.done_on > read_on:
        return StepReason.DATE_IN_FUTURE
    early = row.done_on is not None and last_day is not None and row.done_on <= last_day
    return StepReason.BEFORE_LAST_DAY if early else None


def newly_noted(read: Iterable[StepNote], known: Iterable[StepNote]) -> tuple[StepNote, ...]:
    """What of the answers read in one call is new, in order, told whether it holds.

    What repeats the answer that holds, or what a copy of the same month's checklist said before, is left
    out. Of two different answers to one step in one call none holds. Different are another state or
    another day; of equal ones with other words of evidence the last one holds.
    """
    before = tuple(known)
    fresh = [note for note in read if not _is_told(note, before)]
    answers: dict[str, list[StepAnswer]] = {}
    for note in fresh:
        if note.applied:
            answers.setdefault(note.step_id, []).append(note.answer)
    found: list[StepNote] = []
    for note in fresh:
        if note.applied and _contradict(answers[note.step_id]):
            note = replace(note, applied=False, reason=StepReason.TWO_ANSWERS)
        if not any(_same(note, one) for one in found):
            found.append(note)
    return tuple(found)


def _is_told(note: StepNote, known: tuple[StepNote, ...]) -> bool:
    if not note.applied:
        return any(_same(note, one) and note.of_one_checklist(one) for one in known)
    own = [one for one in known if one.applied and one.step_id == note.step_id]
    if own and own[-1].answer == note.answer:
        return True
    return any(one.says_what(note) and one.of_one_checklist(note) for one in own)


def _same(note: StepNote, other: StepNote) -> bool:
    told = (note.applied, note.reason, note.typed) == (other.applied, other.reason, other.typed)
    return note.says_what(other) if note.applied and other.applied else told and note.says_what(other)


def _contradict(answers: list[StepAnswer]) -> bool:
    states = {one.state for one in answers}
    days = {one.done_on for one in answers if one.done_on}
    return len(states) > 1 or len(days) > 1


def answers_of(notes: Iterable[StepNote]) -> dict[str, StepAnswer]:
    """The answer that holds for each step, by its id: the one applied last."""
    return {note.step_id: replace(note.answer, noted_on=note.read_on) for note in notes if note.applied}


def open_doubts(notes: Iterable[StepNote]) -> tuple[StepNote, ...]:
    """What was not taken over, in order, without that of steps about which an answer was taken over later."""
    listed = tuple(notes)
    settled = {note.step_id: n for n, note in enumerate(listed) if note.applied}
    return tuple(
        note for n, note in enumerate(listed) if not note.applied and n > settled.get(note.step_id, -1)
    )
