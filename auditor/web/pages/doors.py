"""The page Doors: which source of evidence could decide what, for whom it is open, what it never shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auditor.app.doors import Door, doors_of
from auditor.app.evidence_places import evidence_place
from auditor.app.hand_over import FORM, places_of
from auditor.app.member_page import rule_book
from auditor.app.registry import sources
from auditor.app.run_plan import RunPlan
from auditor.language.words import Words, mark
from auditor.model.profile import BANNER_PICTURE, COMPANY_LINK
from auditor.ports import Source
from auditor.reports.people import shown
from auditor.web.desk import Desk
from auditor.web.page import DeskPage, desk_of, show, words_for

#: the fields and parts of a profile that a source may never show
_HIDDEN: Mapping[str, str] = {
    "full_name": mark("the name"),
    "headline": mark("the headline"),
    "positions": mark("the list of positions with their dates"),
    COMPANY_LINK: mark("the link to the company page"),
    "banner": mark("the banner"),
    BANNER_PICTURE: mark("the picture of the banner"),
}


@dataclass(frozen=True, slots=True)
class DoorState:
    """A source by its name for people: whether a run can use it, and why not."""

    name: str
    open: bool
    text: str


def doors(request: Request) -> Response:
    """The page."""
    desk, words = desk_of(request), words_for(request)
    plan = desk.plan()
    found = doors_of(plan)
    criteria = [(rule, rule_book().criterion(rule, words)) for rule in found.concerned]
    return show(
        request,
        "doors.html",
        found=found,
        criteria=criteria,
        rows=[_row(one, desk, plan, words) for one in found.doors],
    )


def door_state(name: str, desk: Desk, words: Words) -> DoorState:
    """Whether what a source needs is set up."""
    policy, say = desk.policy, words.say
    source = sources()[name]
    title = say(source.title) if source.title else shown(name)
    setting = policy.source_settings[name]
    if hasattr(setting, "client_id"):
        if setting.client_id:
            return DoorState(title, True, say("Open: through the company's app at LinkedIn."))
        return DoorState(title, False, say("Closed: the company has no app at LinkedIn yet."))
    if source.touches_network:
        if policy.permission is None and any("linkedin" in host for host in policy.allowed_hosts):
            return DoorState(title, False, say("Closed: no permission is recorded in the policy."))
        if not policy.allowed_hosts:
            return DoorState(title, False, say("Closed: the policy allows no site."))
        return DoorState(title, True, say("Open for: {hosts}", hosts=", ".join(sorted(policy.allowed_hosts))))
    if hasattr(setting, "folder"):
        place = evidence_place(policy, name, desk.settings.captures)
        if place is None:
            return DoorState(title, False, say("Closed: the policy names no folder."))
        return DoorState(title, True, say("Open: the folder {folder}", folder=str(place)))
    if not setting.file:
        return DoorState(title, False, say("Closed: the policy names no file."))
    form = places_of(policy, desk.settings.captures).form if name == FORM else None
    there = form.is_file() if form else (policy.path.parent / setting.file).exists()
    if there:
        return DoorState(title, True, say("Open: {place}", place=setting.file))
    return DoorState(title, False, say("Closed: {place} is not there.", place=setting.file))


@dataclass(frozen=True, slots=True)
class _Row:
    """A source with everything that the page says of it."""

    door: Door
    state: DoorState
    needs: str
    takes: str
    hidden: str
    entities: str


def _row(door: Door, desk: Desk, plan: RunPlan, words: Words) -> _Row:
    source = door.source
    needs = words.say(source.needs) if source.needs else source.summary
    takes = words.say(source.takes) if source.takes else ""
    state = door_state(source.name, desk, words)
    return _Row(door, state, needs, takes, _hidden(source, words), _entities(source, desk, plan, words))


def _hidden(source: Source, words: Words) -> str:
    """What a source never shows."""
    fields = set(_HIDDEN) - {COMPANY_LINK, BANNER_PICTURE} - source.reach
    if "banner" not in fields and BANNER_PICTURE in source.lacks:
        fields.add(BANNER_PICTURE)
    if COMPANY_LINK in source.lacks:
        fields.add(COMPANY_LINK)
    return ", ".join(words.say(text) for key, text in _HIDDEN.items() if key in fields)


def _entities(source: Source, desk: Desk, plan: RunPlan, words: Words) -> str:
    """The entities on whose list of sources it stands; empty where it stands on none."""
    entities = list(desk.policy.companies)
    using = [one for one in entities if source.name in plan.ladders.get(one, plan.ladders[""])]
    if using and len(using) == len(entities):
        return words.say("all entities")
    return ", ".join(shown(one) for one in using)


PAGE = DeskPage(55, "/doors", mark("Doors"), "d", (Route("/doors", doors),))
