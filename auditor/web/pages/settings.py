"""The page Settings: what the policy says, what blocks a run, which doors are open, and the banners."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auditor.app.brand import NewBanner, add_banner, judge_files, notes
from auditor.app.review import picture_to_show
from auditor.errors import UsageError
from auditor.language.words import mark
from auditor.model.company import BannerRole
from auditor.model.message import say
from auditor.model.policy import Policy
from auditor.reports.people import shown
from auditor.reports.policy_text import ground_text
from auditor.web.page import (
    DeskPage,
    day_of,
    desk_of,
    lead_to,
    posted,
    show,
    text_of,
    words_for,
)
from auditor.web.pages.collect import safe_name
from auditor.web.pages.doors import door_state

VERDICTS: Mapping[str, str] = {
    "match": mark("This is the banner."),
    "differs": mark("This is another picture."),
    "review": mark("A person must look."),
    "undetermined": mark("This cannot be judged."),
}
ROLES: Mapping[BannerRole, str] = {
    BannerRole.CURRENT: mark("current banner"),
    BannerRole.PREVIOUS: mark("earlier banner"),
    BannerRole.SISTER: mark("banner of a sister company"),
    BannerRole.LINKEDIN_DEFAULT: mark("LinkedIn's default picture"),
    BannerRole.OTHER: mark("other picture"),
}
_noted: dict[str, list[tuple[str, str]]] = {}
_lock = threading.Lock()


def settings(request: Request) -> Response:
    """The page."""
    return _page(request)


def _page(request: Request, **more: Any) -> Response:
    desk, words = desk_of(request), words_for(request)
    policy = desk.policy
    return show(
        request,
        "settings.html",
        policy=policy,
        to_fill=[(one.key, one.message) for one in policy.to_fill_in],
        doors=[door_state(name, desk, words) for name in policy.ladder],
        banners=[
            (entity, [(one, words.say(ROLES[one.role])) for one in company.banners])
            for entity, company in policy.companies.items()
        ],
        notes=_library_notes(policy),
        entities=list(policy.companies),
        roles=[(str(role), words.say(name)) for role, name in ROLES.items()],
        privacy=policy.privacy,
        ground=lambda privacy: ground_text(privacy, words.language),
        store=policy.store_address or words.say("a file in the folder state"),
        inbox=desk.inbox,
        roster=desk.settings.roster,
        output=desk.settings.output,
        **{"judged": None, **more},
    )


def _library_notes(policy: Policy) -> list[tuple[str, str]]:
    """What should be known of the banners; worked out once for each state of the policy."""
    with _lock:
        if policy.sha256 not in _noted:
            _noted.clear()
            _noted[policy.sha256] = [(entity, note.message) for entity, note in notes(policy)]
        return _noted[policy.sha256]


def banner(request: Request) -> Response:
    """A reference banner as a picture."""
    company = desk_of(request).policy.companies.get(request.query_params.get("entity", ""))
    name = request.query_params.get("name", "")
    found = next((one for one in company.banners if one.name == name), None) if company else None
    body = picture_to_show(found.body) if found else b""
    return Response(body, media_type="image/jpeg") if body else Response(status_code=404)


def judge(request: Request, form: FormData) -> Response:
    """Judge a picture that somebody dropped against an entity's banners."""
    desk, words = desk_of(request), words_for(request)
    file = form.get("picture")
    if not isinstance(file, UploadFile) or not file.filename:
        raise UsageError(say("Choose a picture first."), code="NO_PICTURE_CHOSEN")
    entity = text_of(form, "entity", 200)
    with TemporaryDirectory(prefix="auditor-desk-") as folder:
        path = Path(folder) / safe_name(file.filename)
        path.write_bytes(file.file.read())
        (verdict,) = judge_files(desk.policy, entity, [path], desk.today)
    text = VERDICTS[verdict["verdict"]]
    verdict = {**verdict, "said": words.say(text), "file": shown(file.filename, 100)}
    return _page(request, judged=verdict)


def add(request: Request, form: FormData) -> Response:
    """Add a banner, as `auditor banner add` does."""
    desk = desk_of(request)
    file = form.get("picture")
    if not isinstance(file, UploadFile) or not file.filename:
        raise UsageError(say("Choose a picture first."), code="NO_PICTURE_CHOSEN")
    replaces = text_of(form, "replaces", 200)
    with TemporaryDirectory(prefix="auditor-desk-") as folder:
        path = Path(folder) / safe_name(file.filename)
        path.write_bytes(file.file.read())
        new = NewBanner(
            picture=path,
            entity=text_of(form, "entity", 200),
            name=text_of(form, "name", 200),
            role=text_of(form, "role", 40) or "current",
            valid_from=day_of(form, "valid_from"),
            valid_to=day_of(form, "valid_to"),
            replaces=(replaces,) if replaces else (),
            beside=bool(form.get("beside")),
        )
        add_banner(desk.settings.policy, new, desk.today)
    return lead_to("/settings", "added")


PAGE = DeskPage(
    60,
    "/settings",
    mark("Settings"),
    "s",
    (
        Route("/settings", settings),
        Route("/settings/judge", posted(judge), methods=["POST"]),
        Route("/settings/banner", posted(add), methods=["POST"]),
        Route("/settings/picture", banner),
    ),
)
