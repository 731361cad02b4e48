"""The page People: somebody's months, what was seen in each and why it was judged so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auditor.app.explain import explain, explain_in, months_of
from auditor.language.words import mark
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee
from auditor.model.examination import Trial
from auditor.model.message import Message
from auditor.model.rule import CheckResult, Failed, NotApplicable
from auditor.reports.decision_words import STATUSES
from auditor.reports.evidence import source_words
from auditor.reports.not_assessed import (
    groups_of,
    lines_of_left_out,
    people_listed,
    reason_of,
    rejected_reasons,
    sheet_of,
    sheets_of,
    to_settle,
)
from auditor.reports.people import REASONS, STATES, open_profile, shown_text
from auditor.reports.scope import Scope
from auditor.store.history import examination_of
from auditor.web.page import DeskPage, desk_of, show, slice_of, words_for
from auditor.web.pages.review import scope_in
from auditor.web.warnings import warnings_of

#: the lists that the page offers
LISTS = {"all": mark("All"), "not_assessed": mark("Not assessed")}
OUTCOMES = {
    "passed": mark("Meets the standard"),
    "failed": mark("Does not meet the standard"),
    "undetermined": mark("Could not verify"),
    "not_applicable": mark("Does not concern the person"),
}


@dataclass(frozen=True, slots=True)
class Unassessed:
    """Somebody who was not assessed, and why; `sheet` of the roster where people stand on several."""

    employee: Employee
    sheet: str
    reason: str
    to_do: str


def people(request: Request) -> Response:
    """The list, searched by name or number: everybody, or who was not assessed."""
    reported, words = desk_of(request).latest(), words_for(request)
    if reported is None:
        return show(request, "nothing_yet.html")
    scope = scope_in(reported, words)
    wanted = request.query_params.get("q", "").strip()[:100]
    page = request.query_params.get("page", "1")
    chosen = request.query_params.get("show", "")
    chosen = chosen if chosen in LISTS else "all"
    lists = [(key, words.say(name)) for key, name in LISTS.items()]
    given: dict[str, Any] = {
        "wanted": wanted,
        "lists": lists,
        "chosen": chosen,
        "warnings": warnings_of(scope),
    }
    if chosen == "not_assessed":
        return show(request, "not_assessed.html", **given, **_not_assessed(scope, wanted, page))
    found = [one.employee for one in scope.examinations if _is_wanted(one.employee, wanted)]
    states = {state: words.say(text) for state, text in STATES.items()}
    return show(request, "people.html", **given, part=slice_of(found, page), states=states)


def _is_wanted(employee: Employee, wanted: str) -> bool:
    plain = wanted.casefold()
    return plain in employee.full_name.casefold() or plain in employee.employee_id.casefold()


def _not_assessed(scope: Scope, wanted: str, page: str) -> dict[str, Any]:
    """The rejected rows of the roster, in every search since nobody knows who stands there, then the people
    as the sheet Not assessed lists them."""
    words, groups = scope.words, groups_of(scope)
    rejected, sheets = rejected_reasons(scope), sheets_of(scope.report.rows)
    found = [
        Unassessed(one, sheet_of(one, sheets), reason_of(group, words), to_settle(group, words))
        for group, one in people_listed(groups)
        if _is_wanted(one, wanted)
    ]
    part = slice_of([*rejected, *found], page)
    return {
        "part": part,
        "people": len(found),
        "rows": [one for one in part.rows if not isinstance(one, Unassessed)],
        "listed": [one for one in part.rows if isinstance(one, Unassessed)],
        "sheets": bool(sheets),
        "left_out": lines_of_left_out(groups, words),
        "everybody": not rejected and not groups,
    }


def person(request: Request) -> Response:
    """One person: the run that the address names, else the latest, and the months before it."""
    desk, words = desk_of(request), words_for(request)
    reported = desk.latest()
    if reported is None:
        return show(request, "nothing_yet.html")
    number = request.query_params.get("person", "")
    zone = desk.policy.roster.time_zone
    runs = desk.store.earlier(reported.run.number + 1)[::-1]
    wanted = request.query_params.get("run", "")
    run = next((one for one in runs if one.facts.id == wanted), None if wanted else reported.run)
    facts = explain_in(desk.store, run, number, zone) if run else explain(desk.store, number, wanted, zone)
    employee = facts["employee"]
    scope = scope_in(reported, words)
    found = scope.people.get(employee["employee_id"])
    examined = examination_of(desk.store.engine, facts["run"]["id"], employee["employee_id"])
    decided = zip(facts["results"], examined.results if examined else (), strict=True)
    months = [
        {**month, "states": [words.say(STATUSES[state]) for state in month["states"]]}
        for month in months_of(desk.store, employee["employee_id"], runs)
    ]
    return show(
        request,
        "person.html",
        facts=facts,
        employee=employee,
        state=words.say(STATES[next(one for one in STATES if str(one) == employee["roster_state"])]),
        results=[_result(one, result, scope) for one, result in decided],
        looks=[
            _look(one, trial, scope)
            for one, trial in zip(facts["rungs"], examined.trials if examined else (), strict=True)
        ],
        months=months,
        profile=open_profile(found, words) if found else "",
    )


def _result(facts: dict[str, Any], result: CheckResult, scope: Scope) -> dict[str, str]:
    """What `explain` says of a rule, in the reader's language."""
    words, outcome = scope.words, result.outcome
    state = next((one for one in STATUSES if str(one) == facts["state"]), None)
    seen = "" if isinstance(outcome, NotApplicable) else shown_text(outcome.observed, words)
    expected = "" if isinstance(outcome, NotApplicable) else shown_text(outcome.expected, words)
    word = OUTCOMES[facts["outcome"]]
    reason = outcome.message if isinstance(outcome, Failed) else outcome.reason
    return {
        "criterion": scope.book.criterion(facts["rule"], words),
        "word": words.say(word),
        "status": words.say(STATUSES[state]) if state else "",
        "observed": seen,
        "expected": expected,
        # why something is in order is a plain English text: the heading says it in the reader's language
        "reason": shown_text(reason, words) if words.language == "en" or not isinstance(reason, str) else "",
        "source": _source(facts, scope),
    }


def _look(facts: dict[str, Any], trial: Trial, scope: Scope) -> dict[str, str]:
    """One source that was looked at, and why it gave nothing, if so."""
    words, trouble = scope.words, trial.trouble
    # what a site answered is a plain English text: the status says it in the reader's language
    readable = words.language == "en" or isinstance(trouble, Message)
    status = next(
        (one for one in REASONS if str(one) == facts["status"] and one is not CaptureStatus.OK), None
    )
    return {
        "source": _source(facts, scope),
        "status": words.say(REASONS[status]) if status else "",
        # what a site answered is a plain English text: the status says it in the reader's language
        "trouble": shown_text(trouble, words) if readable else "",
    }


def _source(facts: dict[str, Any], scope: Scope) -> str:
    """The source and the day of its evidence; empty where nothing was looked at."""
    if not facts["source"]:
        return ""
    day = scope.words.day(date.fromisoformat(facts["seen_at"][:10])) if facts["seen_at"] else ""
    return " · ".join(filter(None, (source_words(facts["source"], scope), day)))


PAGE = DeskPage(50, "/people", mark("People"), "p", (Route("/people", people), Route("/people/one", person)))
