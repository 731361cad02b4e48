"""The page Leavers: the departures with both sides, what is due, and where steps and letters are noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auditor.app.latest_report import Reported
from auditor.app.letters import letter_files
from auditor.app.note_step import note_step
from auditor.app.offboard import record
from auditor.app.paths import log_of
from auditor.app.read_back import must_be_there
from auditor.errors import UsageError
from auditor.language.words import mark
from auditor.model.case import CaseEvent, CaseEventKind, Side, StepAnswer, StepState
from auditor.model.message import say
from auditor.offboarding.cases import Case
from auditor.offboarding.letter_stage import LetterStage, Stage, letter_stage
from auditor.offboarding.steps import PROGRAM
from auditor.reports.documents.checklist import ANSWERS
from auditor.reports.finding_rows import said
from auditor.reports.offboarding.cases import answer_of, case_state
from auditor.reports.offboarding.letter_pages import REASONS
from auditor.reports.offboarding.steps import DOERS, SIDES
from auditor.reports.people import open_profile, shown
from auditor.reports.scope import Scope
from auditor.store.cases import CaseEventStore
from auditor.web.desk import Desk
from auditor.web.page import DeskPage, day_of, desk_of, lead_to, posted, show, slice_of, text_of, words_for
from auditor.web.pages.review import scope_in
from auditor.web.warnings import warnings_of

PLACE = "desk"
STATES = {StepState.OPEN: mark("Open"), **ANSWERS}
_LETTERS = {
    Stage.LETTER: mark("A letter can be sent; read the draft first."),
    Stage.REMINDER: mark("A reminder can be sent; read the draft first."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A departure as a row of the list; `due` is the day of the first open step."""

    id: str
    name: str
    number: str
    entity: str
    last_day: date | None
    state: str
    letter: str
    due: date | None
    late: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as a row of a departure."""

    id: str
    number: str
    what: str
    evidence_wanted: str
    doer: str
    due: date | None
    late: bool
    #: the day by which it should have been done, where the moment for it has passed
    missed: date | None
    state: str
    state_word: str
    evidence: str
    done_on: date | None
    done_by: str
    by_program: bool


def leavers(request: Request) -> Response:
    """The list."""
    desk, words = desk_of(request), words_for(request)
    reported = desk.latest()
    if reported is None:
        return show(request, "nothing_yet.html")
    scope = scope_in(reported, words)
    rows = [row_of(case, scope, desk.today) for case in reported.cases]
    rows.sort(key=lambda one: (one.closed, one.due or date.max, one.name.casefold()))
    part = slice_of(rows, request.query_params.get("page", "1"))
    return show(request, "leavers.html", part=part, warnings=warnings_of(scope))


def row_of(case: Case, scope: Scope, today: date) -> Row:
    """One departure in words."""
    due = min((one.due for one in case.to_hand_out() if one.due), default=None)
    return Row(
        case.id,
        shown(case.employee.full_name),
        shown(case.employee.employee_id),
        shown(case.employee.entity),
        case.employee.last_day,
        case_state(case, scope.words),
        letter_text(case, scope),
        due,
        due is not None and due < today,
        case.closed_on is not None,
    )


def stage_of(case: Case, scope: Scope) -> LetterStage | None:
    """Where the correspondence stands; None where nothing is found now."""
    tracked = min(
        case.findings, key=lambda one: (one.finding.severity.rank, one.finding.fingerprint), default=None
    )
    return letter_stage(scope.report, case.employee, tracked) if tracked else None


def letter_text(case: Case, scope: Scope) -> str:
    """Whether a letter may be sent now, or why not."""
    words, stage = scope.words, stage_of(case, scope)
    if stage is None or case.closed_on:
        return ""
    if stage.stage in _LETTERS:
        return words.say(_LETTERS[stage.stage])
    return words.say(
        REASONS[stage.stage],
        sent=words.day(stage.sent[-1]) if stage.sent else "",
        again=words.day(stage.again_on),
        looked=words.day(stage.looked_on),
    )


def one(request: Request) -> Response:
    """A departure with its steps."""
    desk, words = desk_of(request), words_for(request)
    reported = desk.latest()
    if reported is None:
        return show(request, "nothing_yet.html")
    case = case_of(reported, request.query_params.get("case", ""))
    scope = scope_in(reported, words)
    stage = stage_of(case, scope)
    sides = [
        (words.say(SIDES[side]), side in case.sides, _steps(case, side, scope, desk.today)) for side in Side
    ]
    return show(
        request,
        "departure.html",
        case=case,
        row=row_of(case, scope, desk.today),
        sides=sides,
        seen=[said(found, words, scope.book) for found in case.findings],
        profile=open_profile(case.examination, words),
        stage=stage,
        may_send=stage is not None and stage.stage in _LETTERS,
        sent=[words.day(day) for day in stage.sent] if stage else [],
        looked=words.day(stage.looked_on) if stage and stage.looked_on else "",
        papers=[name for name, _ in letter_files(scope, case)] if stage and not case.closed_on else [],
        states=[(str(state), words.say(text)) for state, text in STATES.items()],
        today=desk.today.isoformat(),
    )


def _steps(case: Case, side: Side, scope: Scope, today: date) -> list[StepRow]:
    words = scope.words
    rows = []
    for due in case.steps:
        if Side(due.step.side) is not side:
            continue
        answer = answer_of(due, words)
        is_open = answer.state is StepState.OPEN
        rows.append(
            StepRow(
                due.id,
                due.step.id,
                words.say(due.step.what),
                words.say(due.step.evidence),
                words.say(DOERS[due.step.owner]),
                due.due,
                is_open and due.due is not None and due.due < today,
                due.missed,
                str(answer.state),
                words.say(STATES[answer.state]),
                answer.evidence,
                answer.done_on,
                answer.done_by,
                due.known_by is not None or due.step.owner == PROGRAM,
            )
        )
    return sorted(rows, key=lambda one: one.missed is not None)


def case_of(reported: Reported, number: str) -> Case:
    """The departure of an id. Raises UsageError."""
    for case in reported.cases:
        if case.id == number:
            return case
    raise UsageError(
        say("The latest run has no such departure."), say("Open the list again."), code="ANSWER_OUTDATED"
    )


def tick(request: Request, form: FormData) -> Response:
    """Note a step."""
    desk = desk_of(request)
    reported = _reported(desk)
    state = text_of(form, "state", 20)
    if state not in {str(one) for one in StepState}:
        raise UsageError(say("Choose an answer first."), code="NO_ANSWER_CHOSEN")
    done = StepState(state) is not StepState.OPEN
    answer = StepAnswer(
        StepState(state),
        text_of(form, "evidence", 500) if done else "",
        (day_of(form, "done_on") or desk.today) if done else None,
        desk.by if done else "",
    )
    step = text_of(form, "step", 80)
    note_step(step, answer, reported, desk.policy, desk.store, desk.today, desk.by, PLACE)
    return lead_to("/leavers/one", "noted", case=text_of(form, "case", 80))


def looked(request: Request, form: FormData) -> Response:
    """Somebody has looked at the profile."""
    return _event(request, form, CaseEventKind.LOOKED)


def sent(request: Request, form: FormData) -> Response:
    """A letter went out."""
    return _event(request, form, CaseEventKind.SENT)


def _event(request: Request, form: FormData, kind: CaseEventKind) -> Response:
    desk = desk_of(request)
    case = case_of(_reported(desk), text_of(form, "case", 80))
    on = day_of(form, "on") or desk.today
    person, new = record(desk.store, case.employee.employee_id, kind, on, desk.today)
    event = CaseEvent(person.employee_id, person.last_day, kind, on)
    must_be_there(desk.policy, "What was recorded", lambda anew: event in CaseEventStore(anew).all())
    if new:
        log_of(desk.policy, desk.store.engine).append(f"case_{kind}", on=on.isoformat())
    return lead_to("/leavers/one", "noted", case=case.id)


def paper(request: Request) -> Response:
    """A draft to download."""
    desk, words = desk_of(request), words_for(request)
    reported = _reported(desk)
    case = case_of(reported, request.query_params.get("case", ""))
    wanted = request.query_params.get("name", "")
    for name, body in letter_files(scope_in(reported, words), case):
        if name == wanted:
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return Response(body, media_type="application/octet-stream", headers=headers)
    return Response(status_code=404)


def _reported(desk: Desk) -> Reported:
    reported = desk.latest()
    if reported is None:
        raise UsageError(
            say("No run has ended yet."), say("Run the audit first: auditor run"), code="NO_RUN_YET"
        )
    return reported


PAGE = DeskPage(
    40,
    "/leavers",
    mark("Leavers"),
    "l",
    (
        Route("/leavers", leavers),
        Route("/leavers/one", one),
        Route("/leavers/tick", posted(tick), methods=["POST"]),
        Route("/leavers/looked", posted(looked), methods=["POST"]),
        Route("/leavers/sent", posted(sent), methods=["POST"]),
        Route("/leavers/paper", paper),
    ),
)
