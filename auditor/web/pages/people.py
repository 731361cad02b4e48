"""The page People: somebody's months, what was seen in each and why it was judged so."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auditor.app.explain import explain, months_of
from auditor.language.words import mark
from auditor.reports.decision_words import STATUSES
from auditor.reports.people import STATES, open_profile, shown
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
    facts = explain(desk.store, number, request.query_params.get("run", ""), zone)
    employee = facts["employee"]
    scope = scope_in(reported, words)
    found = scope.people.get(employee["employee_id"])
    results = [_result(one, scope, words) for one in facts["results"]]
    months = [
        {**month, "states": [words.say(STATUSES[state]) for state in month["states"]]}
        for month in months_of(desk.store, employee["employee_id"])
    ]
    return show(
        request,
        "person.html",
        facts=facts,
        employee=employee,
        state=words.say(STATES[next(one for one in STATES if str(one) == employee["roster_state"])]),
        results=results,
        months=months,
        profile=open_profile(found, words) if found else "",
    )


def _result(facts: dict[str, Any], scope: Any, words: Any) -> dict[str, Any]:
    state = next((one for one in STATUSES if str(one) == facts["state"]), None)
    word = OUTCOMES[facts["outcome"]]
    return {
        **facts,
        "criterion": scope.book.criterion(facts["rule"], words),
        "word": words.say(word),
        "status": words.say(STATUSES[state]) if state else "",
        "observed": shown(facts["observed"]),
        "expected": shown(facts["expected"]),
        "reason": shown(facts["reason"]),
    }


PAGE = DeskPage(50, "/people", mark("People"), "p", (Route("/people", people), Route("/people/one", person)))
