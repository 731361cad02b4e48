"""What every page of the desk needs: its words, its template, forms that come from it, a trouble in words."""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from auditor.language.words import LANGUAGES, Words, mark, words_of
from auditor.model.message import say
from auditor.web.access import Session
from auditor.web.desk import Desk
from auditor.web.serving import make_templates

#: rows of a list on one page
PAGE_ROWS = 50
LANGUAGE_NAMES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the desk, declared as `PAGE` in one file of `web/pages/`: its place and name in the menu, the
    key that opens it, and its routes."""

    order: int
    path: str
    name: str
    key: str
    routes: tuple[Route, ...]


@lru_cache
def _templates() -> Environment:
    made = make_templates("auditor.web")
    # a file's name may hold what no form and no page brings back as it was
    made.filters["file_key"] = lambda name: quote(os.fsencode(name), safe=" ")
    return made


def desk_of(request: Request) -> Desk:
    """The desk that the request is for."""
    desk: Desk = request.app.state.desk
    return desk


def session_of(request: Request) -> Session:
    """The browser's session."""
    session: Session = request.state.session
    return session


def words_for(request: Request) -> Words:
    """The words of the language that was chosen in this browser, else of the policy's."""
    session = session_of(request)
    return words_of(session.language or _policy_language(desk_of(request)))


def _policy_language(desk: Desk) -> str:
    from auditor.errors import AuditorError

    try:
        return desk.policy.language
    except AuditorError:
        return "en"


def show(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template. Texts from outside are escaped by the template."""
    words = words_for(request)
    desk = desk_of(request)
    text = (
        _templates()
        .get_template(template)
        .render(
            words=words,
            say=words.say,
            count=words.count,
            labelled=words.labelled,
            day=words.day,
            number=words.number,
            token=session_of(request).form_token,
            shortcuts=session_of(request).shortcuts,
            pages=request.app.state.pages,
            path=request.url.path,
            here=str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
            by=desk.by,
            languages=[(one, LANGUAGE_NAMES[one]) for one in LANGUAGES],
            notice=request.query_params.get("notice", ""),
            notices=NOTICES,
            **values,
        )
    )
    return HTMLResponse(text, status)


#: what is said after something was done, by the code in the address
NOTICES: Mapping[str, str] = {
    "kept": mark("Kept."),
    "listed": mark("Kept, but not applied: the reason stands below."),
    "back": mark("The answer was taken back."),
    "started": mark("The run has started."),
    "busy": mark("A run is going on already."),
    "noted": mark("Noted."),
    "deleted": mark("The file was deleted."),
    "gone": mark("The file is no longer there."),
    "taken": mark("The files were taken."),
    "added": mark("The banner was added."),
    "name": mark("Your name was kept."),
}


def lead_to(path: str, notice: str = "", **query: str) -> RedirectResponse:
    """The answer to a form: the browser opens this page of the desk."""
    wanted = {name: value for name, value in {**query, "notice": notice}.items() if value}
    return RedirectResponse(f"{path}?{urlencode(wanted)}" if wanted else path, 303)


#: what no text holds and not every database takes
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
Take = Callable[[Request, FormData], Response]


def posted(take: Take) -> Callable[[Request], Any]:
    """An endpoint for a form of the desk's own pages: its token is checked, then `take` runs in a thread."""

    async def endpoint(request: Request) -> Response:
        form = await request.form(max_files=1_000, max_fields=200)
        given = str(form.get("token", ""))
        if not hmac.compare_digest(given.encode(), session_of(request).form_token.encode()):
            request.app.state.access.refusals.add("token")
            return HTMLResponse("403", 403)
        return await run_in_threadpool(take, request, form)

    return endpoint


def text_of(form: FormData, name: str, most: int = 500) -> str:
    """A field's text, at most so many characters."""
    value = form.get(name, "")
    return _NO_TEXT.sub("", value).strip()[:most] if isinstance(value, str) else ""


def day_of(form: FormData, name: str) -> date | None:
    """A field's day; None where it is empty. Raises UsageError."""
    from auditor.errors import UsageError

    text = text_of(form, name, 20)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(
            say("{written} is not a date; write it as 2026-11-30", written=repr(text)), code="DAY_UNREADABLE"
        ) from None


def own_path(path: str, otherwise: str) -> str:
    """A path of the desk to go back to; never another site."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if plain and path.isprintable() else otherwise


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a longer list, from 1."""

    rows: tuple[Any, ...]
    number: int
    pages: int
    all: int


def slice_of(rows: Any, wanted: str) -> Slice:
    """The page of a list that the address asks for; the nearest there is."""
    listed = tuple(rows)
    pages = max(1, -(-len(listed) // PAGE_ROWS))
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    number = min(max(number, 1), pages)
    start = (number - 1) * PAGE_ROWS
    return Slice(listed[start : start + PAGE_ROWS], number, pages, len(listed))


def static_file(name: str) -> bytes:
    """A file of the desk's own, such as its style; what it shows like the month's page is kept there."""
    if name == "parts.css":
        return resources.files("auditor.reports").joinpath("month", name).read_bytes()
    return resources.files("auditor.web").joinpath("static", name).read_bytes()
