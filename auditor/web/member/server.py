"""Serves the member's page: its addresses, what each does, and the server."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from auditor.app.connect_member import come_back, consent_address, look_again
from auditor.app.consent import has_objected, revoke_links, withdraw_consent
from auditor.app.hand_over import FormAnswer, make_places, places_of, remove_handed_over, take_file, take_form
from auditor.app.keep_evidence import ARRIVING, remove_left_over
from auditor.app.member_page import (
    MemberPageSettings,
    MemberPeople,
    object_here,
    take_objection_back,
)
from auditor.app.paths import state_folder
from auditor.errors import SourceUnavailable
from auditor.language.words import LANGUAGES
from auditor.model.employee import RosterState
from auditor.web.answers import TooLarge, broken_off
from auditor.web.member.gate import Gate, PublicAddress, Visit
from auditor.web.member.member_page import (
    Closed,
    Member,
    address_of,
    banner_file,
    lead_to,
    member_of,
    show_closed,
    show_leaving,
    show_page,
)
from auditor.web.serving import bound_port, note_fault, quiet_server

#: files, forms and visits to LinkedIn of one person within an hour
MOST_TRIES = 30


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the page listens, where people reach it, and the name of a proxy that runs elsewhere."""

    public: PublicAddress
    host: str
    port: int
    proxy: str = ""


def make_app(people: MemberPeople, address: PublicAddress, proxy: str = "") -> Gate:
    """The page behind its gate."""
    routes = [
        Route("/", home),
        Route("/m/{purpose}/{text}", open_page),
        Route("/return", returned),
        Route("/banner", banner),
        Route("/static/member.css", style),
        Route("/robots.txt", robots),
        *(Route(f"/{name}", _posted(take), methods=["POST"]) for name, take in _FORMS.items()),
    ]
    handlers: dict[Any, Any] = {
        Closed: _closed,
        ClientDisconnect: broken_off,
        TooLarge: _too_large,
        404: _not_found,
        Exception: _fault,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.state.people, app.state.address, app.state.proxy = people, address, proxy
    return Gate(app, address)


def make_server(people: MemberPeople, address: PublicAddress, proxy: str = "") -> uvicorn.Server:
    """A server of the page."""
    return quiet_server(make_app(people, address, proxy), end_within=30, most_at_once=500)


def serve(settings: MemberPageSettings, serving: Serving, tell: Callable[[str], None]) -> None:
    """Serve until interrupted. Raises UsageError where the port is taken, AuditorError for a policy, a roster
    or a store that cannot be used."""
    people = MemberPeople(settings)
    people.person("")  # trouble with policy, store or roster is said before anything is served
    make_places(places_of(people.policy, settings.captures))
    remove_left_over(state_folder(people.policy.path))
    with bound_port(serving.host, serving.port, "Choose another port with --port.") as bound:
        tell(f"The member's page listens on {serving.host} port {bound.getsockname()[1]}.")
        tell(f"People reach it at {serving.public.origin}. End it with Ctrl-C.")
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(make_server(people, serving.public, serving.proxy).serve(sockets=[bound]))


def open_page(request: Request) -> Response:
    """The link of a mail: the browser keeps it in a cookie, and the address loses it."""
    address, before = address_of(request), Visit.of(request, address_of(request))
    purpose, text = request.path_params["purpose"], request.path_params["text"]
    same = before.browser and (before.purpose, before.text) == (purpose, text)
    visit = before if same else Visit.begin(purpose, text)
    member_of(request, visit, count=request.method == "GET")
    return visit.keep(RedirectResponse("/", 303), address)


def home(request: Request) -> Response:
    """The page; `language` chooses another one for this browser."""
    address, visit = address_of(request), Visit.of(request, address_of(request))
    chosen = request.query_params.get("language", "")
    if chosen in LANGUAGES and visit.browser:
        visit = replace(visit, language=chosen)
    member = member_of(request, visit)
    return visit.keep(show_page(member, request.query_params.get("notice", "")), address)


def returned(request: Request) -> Response:
    """The return from LinkedIn's consent page."""
    visit = Visit.of(request, address_of(request))
    member = member_of(request, visit)
    people: MemberPeople = request.app.state.people
    query = {name: value for name, value in request.query_params.items() if len(value) < 5000}
    try:
        look = come_back(member.policy, member.engine, query, visit.browser, people.person, datetime.now(UTC))
    except SourceUnavailable:
        return lead_to("later")
    return lead_to(str(look.answer))


def banner(request: Request) -> Response:
    """The banner as a file."""
    found = banner_file(member_of(request, Visit.of(request, address_of(request))))
    if found is None:
        return lead_to()
    body, name = found
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="application/octet-stream", headers=headers)


def style(request: Request) -> Response:
    """The page's style."""
    body = resources.files("auditor.web.member").joinpath("static", "member.css").read_bytes()
    return Response(body, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


def robots(request: Request) -> Response:
    """Nothing here is for search engines."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


def connect(member: Member, form: FormData) -> Response:
    """On to LinkedIn's consent page."""
    if has_objected(member.policy, member.engine, member.employee):
        return lead_to("objected")
    if not member.may("connect", MOST_TRIES):
        return lead_to("busy")
    try:
        address = consent_address(
            member.policy, member.engine, member.invitation, member.visit.browser, datetime.now(UTC)
        )
    except SourceUnavailable:
        return lead_to("later")
    return show_leaving(member, address)


def look(member: Member, form: FormData) -> Response:
    """Fetch anew and judge."""
    try:
        found = look_again(member.policy, member.engine, member.employee, datetime.now(UTC))
    except SourceUnavailable:
        return lead_to("later")
    return lead_to(str(found.answer))


def file(member: Member, form: FormData) -> Response:
    """A saved page or an export."""
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        return lead_to("not_taken")
    if not member.may("hand over", MOST_TRIES):
        return lead_to("busy")
    private = state_folder(member.policy.path)
    private.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=ARRIVING, dir=private) as folder:
        upload = Path(folder) / "upload"
        with upload.open("wb") as kept:
            shutil.copyfileobj(given.file, kept)
        taken = take_file(
            member.policy, member.engine, member.places, member.employee, given.filename, upload
        )
    return lead_to(str(taken))


def short_form(member: Member, form: FormData) -> Response:
    """What the person states."""
    if not member.may("hand over", MOST_TRIES):
        return lead_to("busy")
    picture = form.get("banner")
    body = picture.file.read() if isinstance(picture, UploadFile) and picture.filename else b""
    texts = [str(form.get(name, ""))[:2000] for name in ("headline", "link")]
    taken = take_form(
        member.policy,
        member.engine,
        member.places,
        member.employee,
        FormAnswer(texts[0], texts[1], body),
        datetime.now(UTC),
    )
    return lead_to(str(taken))


def remove(member: Member, form: FormData) -> Response:
    """Delete what was handed over."""
    remove_handed_over(member.places, member.employee.employee_id)
    return lead_to("removed")


def withdraw(member: Member, form: FormData) -> Response:
    """Take the consent back."""
    withdraw_consent(member.policy, member.engine, member.employee.employee_id, member.today)
    return lead_to("withdrawn")


def object_(member: Member, form: FormData) -> Response:
    """Object to every check."""
    object_here(member.policy, member.engine, member.places, member.employee)
    return lead_to("objected")


def undo(member: Member, form: FormData) -> Response:
    """Take an objection back that was made on this page or elsewhere."""
    take_objection_back(member.policy, member.engine, member.employee)
    if member.employee.roster_state is RosterState.EXCLUDED:  # read without details after the objection
        member.people.read_anew()
    return lead_to("undone")


def close(member: Member, form: FormData) -> Response:
    """Let the link stop working."""
    revoke_links(member.policy, member.engine, member.employee.employee_id, datetime.now(UTC))
    raise Closed("page.closed.closed", status=200)


_Take = Callable[[Member, FormData], Response]
_FORMS: dict[str, _Take] = {
    "connect": connect,
    "look": look,
    "file": file,
    "form": short_form,
    "remove": remove,
    "withdraw": withdraw,
    "object": object_,
    "undo": undo,
    "close": close,
}


def _posted(take: _Take) -> Callable[[Request], Any]:
    """An endpoint for a form of the page: link and token are checked before a file is read."""

    async def endpoint(request: Request) -> Response:
        visit = Visit.of(request, address_of(request))
        member = await run_in_threadpool(member_of, request, visit)
        async with request.form(max_files=1, max_fields=10) as form:
            given = str(form.get("token", ""))
            if not hmac.compare_digest(given.encode("utf-8", "replace"), member.form_token().encode()):
                raise Closed
            return await run_in_threadpool(take, member, form)

    return endpoint


def _closed(request: Request, why: Exception) -> Response:
    assert isinstance(why, Closed)
    return show_closed(request, Visit.of(request, address_of(request)), why)


def _not_found(request: Request, _why: Exception) -> Response:
    return _closed(request, Closed(status=404))


def _too_large(request: Request, _why: Exception) -> Response:
    return PlainTextResponse("This is larger than can be taken.\n", 413)


def _fault(request: Request, trouble: Exception) -> Response:
    """A fault of ours: the log has its kind and place."""
    note_fault("member_page_failed", trouble)
    return _closed(request, Closed("page.closed.fault", status=500))
