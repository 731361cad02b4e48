"""The page People: somebody's months, what was seen in each and why it was judged so."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auditor.app.explain import explain, explain_in, months_of
from auditor.language.words import mark
from auditor.model.capture import CaptureStatus
from auditor.model.examination import Trial
from auditor.model.message import Message
from auditor.model.rule import CheckResult, Failed, NotApplicable
from auditor.reports.decision_words import STATUSES
from auditor.reports.evidence import source_words
from auditor.reports.people import REASONS, STATES, open_profile, shown_text
from auditor.reports.scope import Scope
from auditor.store.history import examination_of
from auditor.web.page import DeskPage, desk_of, show, slice_of, words_for
from auditor.web.pages.review import scope_in

OUTCOMES = {
    "passed": mark("Meets the standard"),
    "failed": mark("Does not meet the standard"),
    "undetermined": mark("Could not verify"),
    "not_applicable": mark("Does not concern the person"),
}


def people(request: Request) -> Response:
    """The list, searched by name or number."""
    reported, words = desk_of(request).latest(), words_for(request)
    if reported is None:
        return show(request, "nothing_yet.html")
    wanted = request.query_params.get("q", "").strip()[:100]
    plain = wanted.casefold()
    found = [
        one.employee
        for one in reported.scope.examinations
        if not plain
        or plain in one.employee.full_name.casefold()
        or plain in one.employee.employee_id.casefold()
    ]
    part = slice_of(found, request.query_params.get("page", "1"))
    states = {state: words.say(text) for state, text in STATES.items()}
    return show(request, "people.html", part=part, wanted=wanted, states=states)


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
