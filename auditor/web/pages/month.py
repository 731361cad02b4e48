"""The page Month: whether the run can be trusted, what to do next, the figures, and a run in progress."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator
from typing import Any

import anyio
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from auditor.app.latest_report import Reported
from auditor.language.words import Words, mark
from auditor.model.health import HealthVerdict
from auditor.reports.month import parts, picture
from auditor.reports.overview import subtitle, title
from auditor.reports.scope import Scope
from auditor.web.desk import Desk, Progress
from auditor.web.page import DeskPage, desk_of, lead_to, posted, show, words_for
from auditor.web.pages.review import scope_in
from auditor.web.warnings import Task, roster_tasks

#: seconds between two messages about a run
TELL_EVERY = 1.0


def month(request: Request) -> Response:
    """The page."""
    desk, words = desk_of(request), words_for(request)
    reported = desk.latest()
    shown = {}
    if reported:
        scope = scope_in(reported, words)
        shown = _parts(reported, scope, words)
    return show(
        request,
        "month.html",
        reported=reported,
        shown=shown,
        tasks=tasks(desk, reported, words),
        sound=not reported or reported.scope.report.health.verdict is HealthVerdict.SOUND,
        progress=desk.progress,
        progress_text=progress_text(desk.progress, words),
        can_run=desk.request() is not None,
        blocked=bool(desk.policy.to_fill_in),
    )


#: by language: the people of the report, which are others once it is read anew, and its parts
_made: dict[str, tuple[object, dict[str, Any]]] = {}
_lock = threading.Lock()


def _parts(reported: Reported, scope: Scope, words: Words) -> dict[str, Any]:
    """The parts of the month's own page; made once for each report and language."""
    people = reported.scope.examinations
    with _lock:
        known = _made.get(words.language)
        if known is None or known[0] is not people:
            known = _made[words.language] = (
                people,
                {
                    "title": title(scope),
                    "subtitle": subtitle(scope),
                    "notices": Markup(parts.notices(scope)),
                    "figures": Markup(picture.figures(scope)),
                    "adoption": Markup(picture.adoption(scope)),
                    "trend": Markup(picture.trend(scope)),
                    "rules": Markup(parts.rules(scope)),
                    "entities": Markup(parts.per_entity(scope)),
                    "unverified": Markup(parts.unverified(scope) + parts.left_unassessed(scope)),
                },
            )
        return known[1]


def tasks(desk: Desk, reported: Reported | None, words: Words) -> list[Task]:
    """What to do next, the most urgent first."""
    found = []
    open_points = len(desk.policy.to_fill_in)
    if open_points:
        text = words.count(
            "Complete the policy: {n} decision is still open.",
            "Complete the policy: {n} decisions are still open.",
            open_points,
        )
        found.append(Task(text, "/settings", grave=True))
    if reported is None:
        found.append(
            Task(words.say("No run has ended yet. Collect the pages, then start the run."), "/collect")
        )
        return found
    found += roster_tasks(scope_in(reported, words))
    conflicts = sum(one.contradicts for one in reported.answered.values())
    if conflicts:
        text = words.count(
            "{n} finding has two different answers; neither was applied.",
            "{n} findings have two different answers; neither was applied.",
            conflicts,
        )
        found.append(Task(text, "/review?show=conflicts", grave=True))
    rejected = sum(bool(one.rejected) and not one.contradicts for one in reported.answered.values())
    if rejected:
        text = words.count(
            "{n} answer was not applied; see why.", "{n} answers were not applied; see why.", rejected
        )
        found.append(Task(text, "/review?show=rejected", grave=True))
    unanswered = [
        one for one in reported.questions() if not _is_answered(reported, (one.finding.fingerprint, ""))
    ]
    asked = [one for one in reported.known.asked_names if not _is_answered(reported, ("", one))]
    looks = len(unanswered) + len(asked)
    if looks:
        text = words.count("Look at {n} unclear case.", "Look at {n} unclear cases.", looks)
        found.append(Task(text, "/review"))
    going_on = [case for case in reported.cases if not case.closed_on and not case.leaving]
    if going_on:
        text = words.count("{n} departure is still open.", "{n} departures are still open.", len(going_on))
        found.append(Task(text, "/leavers"))
    missing = reported.run.facts.counts.get("could_not_verify", 0)
    if missing:
        text = words.count(
            "{n} person could not be verified: a page is missing or shows too little.",
            "{n} people could not be verified: a page is missing or shows too little.",
            missing,
        )
        found.append(Task(text, "/collect"))
    return found


def _is_answered(reported: Reported, subject: tuple[str, str]) -> bool:
    return reported.answer_to(subject).holds is not None


def progress_text(progress: Progress, words: Words) -> str:
    """How far the run is, in words."""
    if not progress.running:
        if progress.text:
            return progress.text
        if progress.end is None:
            return ""
        if progress.end.left:
            return words.say(
                "The run was paused. People not reached yet: {n}", n=words.number(progress.end.left)
            )
        return words.say("The run has ended; the reports are in {folder}.", folder=str(progress.end.folder))
    if not progress.total:
        return words.say("The run is reading the roster and the evidence …")
    text = words.say(
        "{done} of {all} people", done=words.number(progress.done), all=words.number(progress.total)
    )
    left = progress.seconds_left
    if left is None:
        return text
    minutes = max(1, round(left / 60))
    rest = words.count("about {n} minute left", "about {n} minutes left", minutes)
    return f"{text} · {rest}"


def start(request: Request, _form: FormData) -> Response:
    """Start the run, or go on with it."""
    return lead_to("/", "started" if desk_of(request).start_run() else "busy")


def pause(request: Request, _form: FormData) -> Response:
    """Stop after the present person."""
    desk_of(request).pause_run()
    return lead_to("/")


async def events(request: Request) -> Response:
    """How far the run is, as server-sent events until it ends."""
    desk, words = desk_of(request), words_for(request)

    async def lines() -> AsyncIterator[str]:
        while not desk.ended.is_set():
            progress = desk.progress
            facts = {
                "done": progress.done,
                "total": progress.total,
                "text": progress_text(progress, words),
                "running": progress.running,
            }
            yield f"data: {json.dumps(facts)}\n\n"
            if not progress.running or await request.is_disconnected():
                return
            await anyio.sleep(TELL_EVERY)

    return StreamingResponse(lines(), media_type="text/event-stream")


PAGE = DeskPage(
    10,
    "/",
    mark("Month"),
    "m",
    (
        Route("/", month),
        Route("/run/start", posted(start), methods=["POST"]),
        Route("/run/pause", posted(pause), methods=["POST"]),
        Route("/run/events", events),
    ),
)
