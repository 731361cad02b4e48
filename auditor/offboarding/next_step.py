"""The one next step for a person: what somebody does now, why, and by when. Pure.

Everything that shows a step (workbook, page, checklist, desk) asks here, so that all say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from auditor.findings.assessment import UNSETTLED, why_not_assessed
from auditor.findings.assessment import Why as NotAssessedWhy
from auditor.findings.counting import STANDING, could_not_verify
from auditor.findings.decisions import ASKED_DAYS
from auditor.findings.duty_to_inform import Told
from auditor.language.locality import working_day
from auditor.model.employee import GONE, RosterState
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.health import HealthVerdict
from auditor.model.report import AuditReport
from auditor.model.rule import CodeWords, Confidence, Severity
from auditor.offboarding.letter_stage import (
    OPTIONAL_LETTERS,
    LetterStage,
    Stage,
    is_answered,
    letter_kind,
    letter_stage,
)
from auditor.offboarding.unverified_step import Act, Why, unverified_step

__all__ = ["DAYS_TO_ACT", "Act", "NextStep", "Why", "due_day", "next_step"]

#: what reports say of a finding's code
WordsOf = Callable[[TrackedFinding], CodeWords]
#: days to act by severity, counted from the day the finding was first seen or last opened again; None = no
#: hurry
DAYS_TO_ACT: Mapping[Severity, int | None] = {
    Severity.HIGH: 14,
    Severity.MEDIUM: 30,
    Severity.LOW: 60,
    Severity.INFO: None,
}
#: days to act on what became due by waiting: a reminder, a decision
_DAYS_AFTER_WAITING = 14
#: a person is asked so many times at most
_MOST_ASKED = 2
_CASE_STEPS: Mapping[Why, str] = {
    Why.LOOK_THEN_WRITE: "O21",
    Why.LETTER: "O21",
    Why.LOOK_THEN_REMIND: "O22",
    Why.REMINDER: "O22",
    Why.LOOK_THEN_DECIDE: "O23",
    Why.TWO_LETTERS: "O23",
}
_MAY_NOT = frozenset(set(Told) - {Told.YES})


@dataclass(frozen=True, slots=True)
class NextStep:
    """What somebody does now about a person. `on`: until when to wait; `due`: the day by which it should be
    done, None = no hurry; `before`: when the person was last written to or asked; `rests_on`: the finding
    whose own words say what to do, where `why` is Why.OWN_WORDS."""

    act: Act
    why: Why
    on: date | None = None
    due: date | None = None
    before: date | None = None
    rests_on: TrackedFinding | None = None
    #: what a page does not show visitors, as rule ids, with Why.HIDDEN
    hidden: tuple[str, ...] = ()

    @property
    def case_step(self) -> str:
        """The number of the checklist's step that it is about; empty for none."""
        return _CASE_STEPS.get(self.why, "")

    @property
    def asks_now(self) -> bool:
        """Whether somebody has something to do now."""
        return self.act not in (Act.WAIT, Act.NOTHING)


def due_day(tracked: TrackedFinding, own: CodeWords) -> date | None:
    """The day by which something should have been done: by the code's own days, else by the severity; later
    where the person was asked. None = no hurry."""
    days = DAYS_TO_ACT[tracked.finding.severity] if own.days is None else own.days
    return None if days is None else tracked.counts_from + timedelta(days=days + tracked.more_days)


def next_step(
    report: AuditReport, person: Examination, findings: Iterable[TrackedFinding], words_of: WordsOf
) -> NextStep:
    """The next step for a person with these findings; those that ask for nothing any more do not count."""
    step = _before_findings(report, person)
    if step:
        return step
    gone = person.employee.roster_state in GONE
    standing = sorted(
        (one for one in findings if one.state in STANDING),
        key=lambda one: (one.finding.severity.rank, one.finding.fingerprint),
    )
    seen = [one for one in standing if one.state is not FindingState.UNVERIFIED]
    if seen and gone:
        return _on_working_day(report, person, _of_leaver(report, person, seen, words_of))
    if seen:
        return _in_service(report, person, seen, words_of)
    wait = _wait_unseen(report, person, standing)
    if wait:
        return _on_working_day(report, person, wait)
    if standing or could_not_verify(person):
        act, why, hidden = unverified_step(person)
        return NextStep(act, why, hidden=hidden)
    return NextStep(Act.NOTHING, Why.NOTHING_OPEN)


def _before_findings(report: AuditReport, person: Examination) -> NextStep | None:
    """The step that stands whatever was found: nobody may look, the roster is in doubt, or it is early."""
    if any(result.outcome.code in _MAY_NOT for result in person.results):
        return NextStep(Act.NOTHING, Why.MAY_NOT_CHECK)
    state = person.employee.roster_state
    if state is RosterState.LEAVING_SOON:
        return NextStep(Act.PREPARE, Why.LEAVES_SOON, due=person.employee.last_day)
    not_assessed = why_not_assessed(person)
    if not_assessed in UNSETTLED | {NotAssessedWhy.VANISHED}:
        in_policy = not_assessed in (NotAssessedWhy.UNKNOWN_ENTITY, NotAssessedWhy.NO_RULE)
        return NextStep(Act.COMPLETE_POLICY if in_policy else Act.CORRECT_ROSTER, Why.NOT_ASSESSED)
    if state is RosterState.EXCLUDED:
        return NextStep(Act.NOTHING, Why.NOTHING_OPEN)
    settled = _settled_on(report, person)
    if settled and report.run.today < settled:
        return NextStep(Act.WAIT, Why.SETTLING_IN, on=settled, due=settled)
    return None


def _settled_on(report: AuditReport, person: Examination) -> date | None:
    """The first day on which somebody hired is asked anything; None where the start is not known."""
    start = person.employee.start_day
    in_service = person.employee.roster_state is RosterState.ACTIVE
    return start + timedelta(days=report.settling_in_days) if start and in_service else None


def _asked_since(report: AuditReport, day: date) -> date:
    """The day of the first report on or after a day: only from then on could anybody know what is asked."""
    days = [month.today for month in report.trend if month.today < report.run.today]
    return min((one for one in days if one >= day), default=report.run.today)


def _of_leaver(
    report: AuditReport, person: Examination, seen: Sequence[TrackedFinding], words_of: WordsOf
) -> NextStep:
    tracked = seen[0]
    stage = letter_stage(report, person.employee, tracked)
    due = due_day(tracked, words_of(tracked))
    if stage.again_on:
        return _wait_for_answer(stage)
    if stage.stage is Stage.NOT_SOUND:
        return NextStep(Act.WAIT, Why.NOT_SOUND)
    if stage.stage is Stage.ANSWERED:
        wrong = tracked.roster_wrong_on
        if wrong:
            return NextStep(Act.CORRECT_ROSTER, Why.ROSTER_WRONG, due=due, before=wrong, rests_on=tracked)
        return NextStep(Act.WAIT, Why.ANSWERED)
    if stage.stage in (Stage.NO_ENTITY, Stage.NO_LANGUAGE):
        why = Why.NO_ENTITY if stage.stage is Stage.NO_ENTITY else Why.NO_LANGUAGE
        return NextStep(Act.COMPLETE_POLICY, why, due=due)
    if stage.stage is Stage.NOT_ALLOWED:
        return NextStep(_act_of(tracked, words_of(tracked)), Why.OWN_WORDS, due=due, rests_on=tracked)
    if stage.sent:
        due = _asked_since(report, stage.sent[-1] + timedelta(days=ASKED_DAYS)) + timedelta(
            days=_DAYS_AFTER_WAITING
        )
    elif letter_kind(tracked) in OPTIONAL_LETTERS and stage.stage is not Stage.LETTER:
        return NextStep(Act.DECIDE, Why.OWN_WORDS, due=due, rests_on=tracked)
    before = stage.sent[-1] if stage.sent else None
    if stage.stage in (Stage.LOOK_FIRST, Stage.LOOK_AGAIN):
        why = (Why.LOOK_THEN_WRITE, Why.LOOK_THEN_REMIND, Why.LOOK_THEN_DECIDE)[min(len(stage.sent), 2)]
        return NextStep(Act.LOOK, why, due=due, before=before)
    act, why = {
        Stage.LETTER: (Act.WRITE, Why.LETTER),
        Stage.REMINDER: (Act.REMIND, Why.REMINDER),
        Stage.DECIDE: (Act.DECIDE, Why.TWO_LETTERS),
    }[stage.stage]
    return NextStep(act, why, due=due, before=before)


def _on_working_day(report: AuditReport, person: Examination, step: NextStep) -> NextStep:
    """Due like the steps of the checklist: on a working day of the entity's country."""
    company = report.company_of(person.employee)
    country = company.country if company else ""
    return replace(step, due=working_day(step.due, country)) if step.due else step


def _wait_for_answer(stage: LetterStage) -> NextStep:
    return NextStep(Act.WAIT, Why.LETTER_SENT, on=stage.again_on, due=stage.again_on, before=stage.sent[-1])


def _wait_unseen(
    report: AuditReport, person: Examination, standing: Sequence[TrackedFinding]
) -> NextStep | None:
    """Waiting for an answer about what could not be seen again; None where nobody was asked lately."""
    if standing and person.employee.roster_state in GONE:
        stage = letter_stage(report, person.employee, replace(standing[0], state=FindingState.OPEN))
        return _wait_for_answer(stage) if stage.again_on else None
    before = max((one.asked_on for one in standing if one.asked_on), default=None)
    until = before + timedelta(days=ASKED_DAYS) if before else None
    if until is None or until <= report.run.today:
        return None
    return NextStep(Act.WAIT, Why.ASKED, on=until, due=until, before=before)


#: the acts by what a code's words name as the step
_ACTS: Mapping[str, Act] = {
    "roster": Act.CORRECT_ROSTER,
    "policy": Act.COMPLETE_POLICY,
    "look": Act.LOOK,
    "write": Act.WRITE,
    "nothing": Act.NOTHING,
}


def _act_of(tracked: TrackedFinding, own: CodeWords) -> Act:
    """What the finding alone would ask for."""
    if tracked.roster_wrong_on:
        return Act.CORRECT_ROSTER
    if own.step in _ACTS:
        return _ACTS[own.step]
    if tracked.finding.confidence is Confidence.REVIEW:
        return Act.LOOK
    if own.owner in ("employee", "contract_owner"):
        return Act.WRITE
    return Act.NOTHING if tracked.finding.severity is Severity.INFO else Act.LOOK


#: of several findings of one person the earlier act comes first: nobody is asked while the roster is in doubt
_ORDER = (Act.CORRECT_ROSTER, Act.LOOK, Act.WRITE, Act.COMPLETE_POLICY, Act.NOTHING)


def _in_service(
    report: AuditReport, person: Examination, seen: Sequence[TrackedFinding], words_of: WordsOf
) -> NextStep:
    acts: dict[Act, list[TrackedFinding]] = {}
    seen = [one for one in seen if one.roster_wrong_on or not is_answered(report, one)]
    if not seen:
        return NextStep(Act.WAIT, Why.ANSWERED)
    for one in seen:
        acts.setdefault(_act_of(one, words_of(one)), []).append(one)
    act = min(acts, key=_ORDER.index)
    chosen = acts[act]
    due = min((day for one in chosen if (day := due_day(one, words_of(one)))), default=None)
    settled = _settled_on(report, person)
    if due and settled:  # nothing was asked before they had settled in, so nothing can be late since then
        days = due - min(one.counts_from for one in chosen)
        due = max(due, _asked_since(report, settled) + days)
    if act is not Act.WRITE:
        wrong = chosen[0].roster_wrong_on
        why = Why.ROSTER_WRONG if wrong else Why.OWN_WORDS
        return NextStep(act, why, due=due, before=wrong, rests_on=chosen[0])
    if report.health.verdict is not HealthVerdict.SOUND:
        return NextStep(Act.WAIT, Why.NOT_SOUND)
    return _to_write(report, chosen, due)


def _to_write(report: AuditReport, findings: Sequence[TrackedFinding], due: date | None) -> NextStep:
    """One message about everything; after it was sent a wait, one reminder, then a decision."""
    days = [one.asked_on for one in findings if one.asked_on]
    if not days:
        return NextStep(Act.WRITE, Why.KIT, due=due)
    before = max(days)
    until = before + timedelta(days=ASKED_DAYS)
    if report.run.today < until:
        return NextStep(Act.WAIT, Why.ASKED, on=until, due=until, before=before)
    if len(days) < len(findings):  # something new came: one message about all of it
        return NextStep(Act.WRITE, Why.KIT_AGAIN, due=due, before=before)
    due = _asked_since(report, until) + timedelta(days=_DAYS_AFTER_WAITING)
    if max(one.more_days for one in findings) >= _MOST_ASKED * ASKED_DAYS:
        return NextStep(Act.DECIDE, Why.ASKED_TWICE, due=due, before=before)
    return NextStep(Act.REMIND, Why.ASKED_ONCE, due=due, before=before)
