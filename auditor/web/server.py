"""Serves the desk on loopback until it is no longer used."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
import webbrowser
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import auditor.web.pages
from auditor.app.latest_report import StillReading
from auditor.discovery import discover
from auditor.errors import AuditorError
from auditor.model.message import Message
from auditor.web.access import Access, Gate
from auditor.web.answers import TooLarge, broken_off
from auditor.web.desk import Desk, DeskSettings
from auditor.web.page import (
    DeskPage,
    lead_to,
    own_path,
    posted,
    session_of,
    show,
    static_file,
    text_of,
    words_for,
)
from auditor.web.serving import bound_port, note_fault, quiet_server

HOST = "127.0.0.1"
#: seconds without a request after which the desk ends, unless a run is going on
IDLE_SECONDS = 4 * 3600
_STATIC = {"parts.css": "text/css", "desk.css": "text/css", "desk.js": "text/javascript"}


def make_app(desk: Desk, access: Access) -> Gate:
    """The discovered pages behind the gate."""
    pages = sorted(discover(auditor.web.pages, "PAGE", DeskPage), key=lambda page: page.order)
    routes = [route for page in pages for route in page.routes]
    routes += [
        Route("/static/{name}", _static),
        Route("/language", posted(_choose_language), methods=["POST"]),
        Route("/shortcuts", posted(_choose_shortcuts), methods=["POST"]),
        Route("/name", posted(_choose_name), methods=["POST"]),
    ]
    handlers = {
        AuditorError: _trouble,
        ClientDisconnect: broken_off,
        TooLarge: _too_large,
        404: _not_found,
        Exception: _internal,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.state.desk, app.state.pages, app.state.access = desk, pages, access
    return Gate(app, access)


def make_server(desk: Desk, access: Access) -> uvicorn.Server:
    """A server of the pages; it logs no address and says nothing of itself."""
    return quiet_server(make_app(desk, access), end_within=2)


def serve(settings: DeskSettings, port: int, tell: Callable[[str], None], *, browser: bool) -> None:
    """Serve until idle or interrupted; `tell` is told the one-time link. `port` 0 = any that is free.

    Raises UsageError where the port is taken, AuditorError for a policy or store that cannot be used.
    """
    desk = Desk(settings)
    _ = desk.policy, desk.store  # trouble with them is said before anything is served
    hint = "Another desk may be open. Choose another port with --port, or leave it out."
    with bound_port(HOST, port, hint) as bound:
        number = bound.getsockname()[1]
        access = Access(number, desk.note_refusal)
        server = make_server(desk, access)
        address = f"http://{HOST}:{number}{access.new_link()}"
        tell(f"The desk is open at (the link works once): {address}")
        tell("End it with Ctrl-C.")
        threading.Thread(target=desk.watch, daemon=True).start()
        threading.Thread(target=desk.read_ahead, daemon=True).start()
        threading.Thread(target=_end_when_idle, args=(desk, access, server), daemon=True).start()
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        try:
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(server.serve(sockets=[bound]))
        finally:
            if desk.progress.running:
                tell("The run stops after the person whose turn it is. Ctrl-C again ends at once.")
            with contextlib.suppress(KeyboardInterrupt):
                desk.end()


def _end_when_idle(desk: Desk, access: Access, server: uvicorn.Server) -> None:
    while not desk.ended.wait(5):
        if not desk.progress.running and time.monotonic() - access.last_asked > IDLE_SECONDS:
            server.should_exit = True
            return


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        return PlainTextResponse("404", 404)
    return Response(static_file(name), media_type=_STATIC[name])


def _choose_language(request: Request, form: FormData) -> Response:
    session_of(request).language = text_of(form, "language", 5)
    return lead_to(own_path(text_of(form, "here"), "/"))


def _choose_shortcuts(request: Request, form: FormData) -> Response:
    session_of(request).shortcuts = text_of(form, "shortcuts", 5) == "on"
    return lead_to(own_path(text_of(form, "here"), "/"))


def _choose_name(request: Request, form: FormData) -> Response:
    name = " ".join(text_of(form, "by", 60).split())
    request.app.state.desk.by = name or request.app.state.desk.settings.by
    return lead_to("/settings", "name")


def _trouble(request: Request, trouble: Exception) -> Response:
    assert isinstance(trouble, AuditorError)
    if isinstance(trouble, StillReading):
        answer = show(request, "trouble.html", 503, **_in_words(request, trouble), code=trouble.code)
        if request.method == "GET":
            answer.headers["Refresh"] = "3"  # the page opens itself again
        return answer
    return show(request, "trouble.html", 409, **_in_words(request, trouble), code=trouble.code)


def _in_words(request: Request, trouble: AuditorError) -> dict[str, str]:
    """What is in the way, in the reader's language where that is known."""
    words = words_for(request)
    said = [words.render(one) if isinstance(one, Message) else str(one) for one in trouble.said]
    return {"message": said[0], "hint": said[1]}


def _not_found(request: Request, _trouble: Exception) -> Response:
    return show(request, "trouble.html", 404, message=None, hint="", code="")


def _internal(request: Request, trouble: Exception) -> Response:
    """A fault of ours: said by its kind and place."""
    place = note_fault("desk_failed", trouble)
    return show(request, "trouble.html", 500, message=None, hint=place, code="INTERNAL_ERROR")


def _too_large(request: Request, _trouble: Exception) -> Response:
    return PlainTextResponse("413", 413)
