"""The head of a leaver's checklist: what matters now, where it stands, and which answers were not taken."""

from __future__ import annotations

from auditor.language.words import Words, mark
from auditor.model.case import Side, StepReason, StepState
from auditor.model.dates import local
from auditor.model.finding import TrackedFinding
from auditor.model.rule import Confidence
from auditor.offboarding.case import sides_done
from auditor.offboarding.cases import Case
from auditor.offboarding.next_step import Act
from auditor.reports.finding_rows import said
from auditor.reports.offboarding.cases import SEEN_CLEAN
from auditor.reports.offboarding.steps import SIDES
from auditor.reports.people import shown
from auditor.reports.scope import Scope
from auditor.reports.step_words import person_step

_PREPARE = mark(
    "Leaves soon: prepare these steps. Nothing is checked or asked on LinkedIn before the last day."
)
_VOLUNTARY = mark("The leaver's side is a request: the profile belongs to the person.")
_CLOSES = mark("The case closes when both sides are done.")
_CLOSED = mark(
    "Closed on {day}. No further checklist is written unless the person is seen again shown as working here."
)
_REOPENED = mark("It was closed before and was opened again on {day}.")
_STILL_SHOWN = mark(
    "All steps of the leaver's side are ticked, but the profile still shows the person as working here: "
    "the side stays open until a run sees it put right."
)
_OUTDATED = mark(
    "Answered before the profile was last seen with the company, on {day}: {steps}. These answers count no "
    "longer; look again and enter the new date."
)
_LEFT_OUT = mark("The profile is not looked at any more, so nothing is asked of the leaver's side.")
_DEPARTED = mark("The person no longer stands in the roster; the case goes on until both sides are done.")
_DOUBTS = {
    StepReason.UNKNOWN_WORD: mark("This word is no known answer."),
    StepReason.TWO_ANSWERS: mark("There are two different answers; neither was applied."),
    StepReason.TWO_COLUMNS: mark("The row says two different things."),
    StepReason.DATE_UNREADABLE: mark("The date cannot be read for sure."),
    StepReason.DATE_IN_FUTURE: mark("The day lies in the future."),
    StepReason.BEFORE_LAST_DAY: mark("The day is not after the last day of employment."),
}


def head_lines(scope: Scope, case: Case) -> tuple[str, ...]:
    """The lines above the steps: whose departure it is, what matters now, and where the case stands."""
    words, employee, findings = scope.words, case.employee, case.findings
    say = words.say
    lines = [
        say(
            "Offboarding checklist: {name} ({id})",
            name=shown(employee.full_name, 80),
            id=shown(employee.employee_id),
        )
    ]
    facts = (
        (say("Last day"), words.day(employee.last_day)),
        (say("Entity"), shown(employee.entity)),
        (say("Manager"), shown(employee.manager)),
    )
    if next_step := _next_step(scope, case):
        lines.append(next_step)
    lines.append(" · ".join(words.labelled(label, value) for label, value in facts if value))
    for tracked in findings:
        lines.append(_sighting(scope, tracked))
        if tracked.finding.confidence is Confidence.REVIEW:
            lines.append(say("A person looks at the profile before anything is sent."))
    if case.closed_on:
        return (*lines, _progress(case, words), say(_CLOSED, day=words.day(case.closed_on)), "")
    if case.leaving:
        lines.append(say(_PREPARE))
    lines += _standing(case, words)
    if missed := sum(due.missed is not None for due in case.steps):
        lines.append(
            words.count(
                "{n} step before the last day is folded at the end: the moment for it has passed.",
                "{n} steps before the last day are folded at the end: the moment for them has passed.",
                missed,
            )
        )
    return (*lines, f"{say(_VOLUNTARY)} {say(_CLOSES)}", "")


def _next_step(scope: Scope, case: Case) -> str:
    """What matters most now: the one next step about the person, with its day."""
    words, step = scope.words, scope.step(case.employee.employee_id)
    if step is None or not case.present or case.closed_on or step.act is Act.NOTHING:
        return ""
    text = words.labelled(words.say("Now"), person_step(scope, case.employee.employee_id))
    if step.due is None or step.act in (Act.WAIT, Act.PREPARE):
        return text
    return f"{text} ({words.labelled(words.say('Due'), words.day(step.due))})"


def _standing(case: Case, words: Words) -> list[str]:
    """Where a case stands that goes on, and why a side is or is not done."""
    record = case.record
    lines = []
    if record and record.reopened_on:
        lines.append(words.say(_REOPENED, day=words.day(record.reopened_on)))
    if not case.present:
        lines.append(words.say(_DEPARTED))
    answered = any(
        due.answer.state is not StepState.OPEN for due in case.steps if due.step.owner != "Program"
    )
    if answered or case.sides or not (case.findings or case.leaving):
        lines.append(_progress(case, words))
    if case.sight.flagged and Side.LEAVER in sides_done(case.sight.steps):
        lines.append(words.say(_STILL_SHOWN))
    elif case.outdated:
        day = words.day(case.sight.sighted_on)
        lines.append(words.say(_OUTDATED, steps=", ".join(case.outdated), day=day))
    elif case.sight.left_out:
        lines.append(words.say(_LEFT_OUT))
    return lines


def _progress(case: Case, words: Words) -> str:
    states = {True: words.say("done"), False: words.say("open")}
    parts = [words.labelled(words.say(SIDES[side]), states[side in case.sides]) for side in Side]
    if case.clean_on and Side.LEAVER in case.sides:
        parts.append(words.say(SEEN_CLEAN, day=words.day(case.clean_on)))
    return " · ".join(parts)


def _sighting(scope: Scope, tracked: TrackedFinding) -> str:
    result = scope.result(tracked)
    moment = local(result.captured_at, scope.report.time_zone) if result else None
    when = scope.words.moment(moment) if moment else scope.words.day(tracked.last_seen)
    seen = " - ".join(said(tracked, scope.words, scope.book).split("\n"))
    return scope.words.say("Seen on {day}: {what}", day=when, what=seen)


def doubted_answers(scope: Scope, case: Case) -> list[str]:
    """What came back and was not taken over: a line for each step and reason, with the files."""
    say = scope.words.say
    files: dict[tuple[str, StepReason], list[str]] = {}
    for note in scope.report.step_doubts:
        if note.case == case.id and note.reason in _DOUBTS:
            places = files.setdefault((note.step_id.removeprefix(f"{case.id}-"), note.reason), [])
            places.append(f"{shown(note.file_name, 60)}, {shown(note.place, 40)}")
    return [
        say(
            "Step {step} was not taken over: {why}",
            step=step,
            why=f"{say(_DOUBTS[reason])} ({'; '.join(found)})",
        )
        for (step, reason), found in files.items()
    ]
