"""The page Collect: whose page is wanted, what has arrived in the folder, and how many are left."""

from __future__ import annotations

import json
import os
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from urllib.parse import unquote_to_bytes

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from auditor.app.collect import Collector
from auditor.app.evidence_places import PAGES
from auditor.app.file_evidence import Arrival, Fate
from auditor.app.wanted_people import Wanted
from auditor.language.words import Words, mark
from auditor.model.profile import PageKind
from auditor.reports.not_assessed import rejected_lines
from auditor.reports.people import shown, shown_text
from auditor.reports.saving_drawings import saving_drawings
from auditor.web.desk import Desk
from auditor.web.page import DeskPage, desk_of, lead_to, posted, show, slice_of, text_of, words_for

#: arrivals that are shown
_SHOWN = 12
#: a dropped file's name before its kind, in bytes
_LONGEST_STEM = 150
#: arrivals that the pace is worked out from, and how long a break may be that still counts
_PACE, _BREAK = 20, timedelta(minutes=5)
FATES: Mapping[Fate, str] = {
    Fate.READ: mark("Read."),
    Fate.AGAIN: mark("This very file was saved before; the copy was removed."),
    Fate.SAYS_NOTHING: mark("This page does not show the profile."),
    Fate.NOBODYS: mark("Nobody in the roster has this profile address; check the address there."),
    Fate.WHOSE: mark("It is not clear whose file this is."),
    Fate.NOT_WANTED: mark("This person is not to be looked at. The file was not read; delete it."),
    Fate.OTHER_PERSON: mark("The page bears another name than the roster."),
    Fate.UNREADABLE: mark("This file cannot be read as a saved page or an export."),
    Fate.TOO_LARGE: mark("This file is too large for a saved page or an export."),
    Fate.LINK: mark("This is a link to another file; save the page itself here."),
}
KINDS: Mapping[PageKind, str] = {
    PageKind.PROFILE_FULL: mark("full page"),
    PageKind.PROFILE_MASKED: mark("page as visitors see it"),
    PageKind.PROFILE_SIGNED_IN: mark("page saved while signed in"),
    PageKind.RECORD: mark("the member's own export"),
    PageKind.AUTH_WALL: mark("LinkedIn asked to sign in; open the profile again in a private window."),
    PageKind.LOGIN: mark("LinkedIn asked to sign in; open the profile again in a private window."),
    PageKind.CHALLENGE: mark("LinkedIn asked for a security check; try again later."),
    PageKind.THROTTLED_999: mark("LinkedIn refused the visit; try again later."),
    PageKind.NOT_FOUND: mark("LinkedIn says that there is no such profile; check the address in the roster."),
    PageKind.LOGGED_IN: mark("The page was saved while signed in; sign out and save it again."),
    PageKind.COMPANY_PAGE: mark("This is a company page; save the person's profile."),
    PageKind.WRONG_PAGE: mark("This is no profile page; save the person's profile."),
    PageKind.UNREADABLE: mark("The page could not be read; save it again."),
}
_FIELDS = (("headline", mark("Headline")), ("banner", mark("Banner")), ("positions", mark("Positions")))
_STATES = {"present": mark("seen"), "absent": mark("seen: there is none"), "unseen": mark("not shown")}


@dataclass(frozen=True, slots=True)
class Told:
    """An arrival in words: the headline, what was seen of each field, and what to do."""

    arrival: Arrival
    name: str
    text: str
    fields: tuple[tuple[str, str, str], ...]
    advice: str
    good: bool


def collect(request: Request) -> Response:
    """The page."""
    desk, words = desk_of(request), words_for(request)
    collector = desk.collector()
    wanted = collector.wanted()
    at = request.query_params.get("at", "")
    current = next((one for one in wanted if one.employee.employee_id == at), wanted[0] if wanted else None)
    desk.at = current.employee.employee_id if current else ""
    arrivals = collector.arrivals()
    return show(
        request,
        "collect.html",
        collector=collector,
        current=current,
        why=why_wanted(current, desk, words) if current else "",
        upcoming=_after(wanted, current),
        drawings=saving_drawings(words),
        listed=slice_of(wanted, request.query_params.get("page", "1")),
        told=[told(one, words) for one in arrivals[:_SHOWN]],
        left=len(wanted),
        people=collector.people,
        pace=pace_text(arrivals, len(wanted), words),
        newest=arrivals[0].at.isoformat() if arrivals else "",
        waiting=collector.waiting(),
        rejected=rejected_lines(desk.plan().reading.rows, words),
    )


def _after(wanted: Sequence[Wanted], current: Wanted | None) -> str:
    """The number of the person after the present one; of the first where it was the last."""
    if current is None or len(wanted) < 2:
        return ""
    place = wanted.index(current)
    return wanted[(place + 1) % len(wanted)].employee.employee_id


def why_wanted(one: Wanted, desk: Desk, words: Words) -> str:
    """Why the page is wanted."""
    if one.seen_on is None:
        return words.say("No page of this person is there yet.")
    day = words.day(one.seen_on)
    if one.leaver:
        return words.say("Has left; look again: the newest page is of {day}.", day=day)
    return words.say("The newest page is of {day} and too old.", day=day)


def told(arrival: Arrival, words: Words) -> Told:
    """What became of a file, in words."""
    good = arrival.fate in (Fate.READ, Fate.AGAIN)
    text = words.say(FATES[arrival.fate])
    if arrival.fate is Fate.READ and arrival.kind:
        kind = words.say(KINDS[arrival.kind])
        text = f"{text} {kind[:1].upper()}{kind[1:]}."
    fields = tuple(
        (words.say(name), words.say(_STATES[arrival.fields[key]]), arrival.fields[key])
        for key, name in _FIELDS
        if key in arrival.fields
    )
    return Told(
        arrival,
        shown(arrival.person.full_name) if arrival.person else "",
        text,
        fields,
        _advice(arrival, words),
        good,
    )


def _advice(arrival: Arrival, words: Words) -> str:
    if arrival.instead_of and arrival.person and arrival.fate is Fate.READ:
        return words.say(
            "This is the page of {person}, not of {expected}; it was filed under {person}.",
            person=shown(arrival.person.full_name),
            expected=shown(arrival.instead_of.full_name),
        )
    if arrival.fate is Fate.SAYS_NOTHING and arrival.kind:
        return words.say(KINDS[arrival.kind])
    if arrival.fate is Fate.OTHER_PERSON and arrival.source == PAGES:
        return ""  # the trouble says what stands in FATES
    if arrival.fate in (Fate.WHOSE, Fate.OTHER_PERSON) and arrival.trouble:
        return words.say("The name in it: {name}", name=shown(str(arrival.trouble)))
    unseen = arrival.fields.get("headline") == "unseen"
    if arrival.fate is Fate.READ and (arrival.kind is PageKind.PROFILE_MASKED or unseen):
        return words.say("A visitor cannot see everything here; ask the person for the export.")
    if arrival.fate is Fate.READ and arrival.fields.get("banner") == "unseen":
        return words.say("The banner is not in the file: choose “Webpage, complete” or a single file.")
    return shown_text(arrival.trouble, words)


def pace_text(arrivals: Sequence[Arrival], left: int, words: Words) -> str:
    """How long the rest will take at the pace of the last pages; empty while that is not known."""
    times = [one.at for one in arrivals if one.fate is Fate.READ][: _PACE + 1]
    gaps = [later - earlier for later, earlier in pairwise(times)]
    gaps = sorted(gap for gap in gaps if gap < _BREAK)
    if len(gaps) < 2 or not left:
        return ""
    minutes = max(1, round(gaps[len(gaps) // 2].total_seconds() * left / 60))
    return words.count(
        "At this pace about {n} minute is left.", "At this pace about {n} minutes are left.", minutes
    )


def drop(request: Request, form: FormData) -> Response:
    """Files that were dropped onto the page, taken at once."""
    desk = desk_of(request)
    collector = desk.collector()
    for file in form.getlist("files"):
        if isinstance(file, UploadFile) and file.filename:
            collector.drop(safe_name(file.filename), file.file.read(), desk.expected())
    return lead_to("/collect", "taken")


def safe_name(name: str) -> str:
    """A dropped file's name without any folder, as a name that every system takes; its kind stays."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[\x00-\x1f\x7f<>:\"|?*\ud800-\udfff]+", "-", last)
    stem, dot, kind = plain.rpartition(".")
    if not (dot and kind.isascii() and kind.isalnum() and len(kind) < 12):
        stem, dot, kind = plain, "", ""
    stem = stem.strip(" .").removeprefix("~$").encode()[:_LONGEST_STEM].decode(errors="ignore").strip(" .")
    return f"{stem or 'page'}{dot}{kind}" if stem or kind else "page.html"


def file_of(form: FormData) -> str:
    """The name of a file of the folder, as the page's form gave it."""
    return os.fsdecode(unquote_to_bytes(text_of(form, "file", 2_000)))


def assign(request: Request, form: FormData) -> Response:
    """Somebody says whose an export is."""
    desk = desk_of(request)
    collector = desk.collector()
    person = collector.person(text_of(form, "person"))
    path = collector.left_export(file_of(form))
    if person is None or path is None:
        return lead_to("/collect", "gone")
    collector.take(path, owner=person)
    return lead_to("/collect", "taken")


def delete(request: Request, form: FormData) -> Response:
    """Delete a file that is of no use."""
    gone = desk_of(request).collector().delete(file_of(form))
    return lead_to("/collect", "deleted" if gone else "gone")


async def events(request: Request) -> Response:
    """Tells the page, as server-sent events, that something has arrived."""
    desk = desk_of(request)
    since = request.query_params.get("since", "")

    async def lines() -> AsyncIterator[str]:
        collector: Collector = await run_in_threadpool(desk.collector)
        trouble = collector.trouble
        until = datetime.now(UTC) + timedelta(minutes=10)
        while not desk.ended.is_set() and datetime.now(UTC) < until:
            arrivals = collector.arrivals()
            newest = arrivals[0].at.isoformat() if arrivals else ""
            if newest != since or collector.trouble != trouble:
                yield f"data: {json.dumps({'newest': newest})}\n\n"
                return
            if await request.is_disconnected():
                return
            yield ": waiting\n\n"
            await anyio.sleep(0.5)

    return StreamingResponse(lines(), media_type="text/event-stream")


PAGE = DeskPage(
    20,
    "/collect",
    mark("Collect"),
    "c",
    (
        Route("/collect", collect),
        Route("/collect/drop", posted(drop), methods=["POST"]),
        Route("/collect/assign", posted(assign), methods=["POST"]),
        Route("/collect/delete", posted(delete), methods=["POST"]),
        Route("/collect/events", events),
    ),
)
