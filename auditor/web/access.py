"""Who may talk to the desk: a browser on this machine that its one-time link opened, from its own pages.

Refused and noted, without names: requests for another host (DNS rebinding), from another page (CSRF), without
the session's cookie or its form token, with a one-time link that was used, and bodies larger than agreed.
"""

from __future__ import annotations

import hmac
import queue
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from auditor.web import answers
from auditor.web.answers import READING, is_foreign, limited, with_headers

#: bytes of a request's body at most, where its page takes no files; where it does
SMALL_BODY, LARGEST_UPLOAD = 100_000, 50_000_000
#: where files may be dropped
UPLOADS = frozenset({"/collect/drop", "/settings/judge", "/settings/banner"})
OPEN_PATH = "/open"
HEADERS = {
    **answers.HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
_OPENED = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Desk</title>'
    '<meta http-equiv="refresh" content="0; url=/"></head><body><p><a href="/">Desk</a></p></body></html>'
)


@dataclass(slots=True)
class Session:
    """A browser that was let in. `form_token` stands in every form; `language` is the one chosen there;
    `shortcuts` whether single keys do something."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    language: str = ""
    shortcuts: bool = True


#: so many refusals of a kind are noted one by one; afterwards each time their number has doubled
_SINGLY = 20


class Refusals:
    """Notes refusals in a thread of its own: no answer waits for the log, and whoever asks a thousand times
    does not fill it. `note` is told why, and how often so far (0 = this once)."""

    def __init__(self, note: Callable[[str, int], None]) -> None:
        self._note = note
        self._counts: Counter[str] = Counter()
        self._waiting: queue.Queue[tuple[str, int]] = queue.Queue()
        threading.Thread(target=self._write, daemon=True).start()

    def add(self, why: str) -> None:
        """One more."""
        self._counts[why] += 1
        times = self._counts[why]
        if times <= _SINGLY:
            self._waiting.put((why, 0))
        elif times.bit_count() == 1:
            self._waiting.put((why, times))

    def wait(self) -> None:
        """Until everything so far is noted."""
        self._waiting.join()

    def _write(self) -> None:
        while True:
            why, times = self._waiting.get()
            try:
                self._note(why, times)
            finally:
                self._waiting.task_done()


class Access:
    """The sessions of one desk, and the one-time links that begin them. `refused` is told of refusals."""

    def __init__(self, port: int, refused: Callable[[str, int], None]) -> None:
        self.hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"})
        self.cookie = f"desk-{port}"
        #: what was refused; nothing of the requests themselves is kept
        self.refusals = Refusals(refused)
        self._lock = threading.Lock()
        self._links: set[str] = set()
        self._sessions: dict[str, Session] = {}
        #: when somebody last asked for something, in seconds of the monotonic clock
        self.last_asked = time.monotonic()

    def new_link(self) -> str:
        """A path that lets one browser in, once."""
        link = secrets.token_urlsafe(32)
        with self._lock:
            self._links.add(link)
        return f"{OPEN_PATH}?link={link}"

    def let_in(self, link: str) -> Session | None:
        """A new session for a link that was not used yet."""
        with self._lock:
            given = link.encode("utf-8", "replace")
            known = next((one for one in self._links if hmac.compare_digest(one.encode(), given)), None)
            if known is None:
                return None
            self._links.discard(known)
            session = Session()
            self._sessions[session.key] = session
            return session

    def session_of(self, key: str) -> Session | None:
        """The session of a cookie."""
        with self._lock:
            return self._sessions.get(key)


class Gate:
    """Stands before the pages: lets in whom `Access` allows, and answers all others itself."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        if headers.get("host", "") not in self._access.hosts:
            await self._refuse("host", scope, receive, send)
            return
        session = self._access.session_of(
            cookie_parser(headers.get("cookie", "")).get(self._access.cookie, "")
        )
        if path == OPEN_PATH and method == "GET":
            await self._open(session, scope, receive, send)
            return
        if session is None:
            await self._refuse("session", scope, receive, send)
            return
        why = "" if method in READING else self._foreign(headers, path)
        if why:
            await self._refuse(why, scope, receive, send)
            return
        self._access.last_asked = time.monotonic()
        scope["state"] = {**scope.get("state", {}), "session": session}
        limit = LARGEST_UPLOAD if path in UPLOADS else SMALL_BODY
        await self._app(scope, limited(receive, limit), with_headers(send, HEADERS))

    def _foreign(self, headers: Headers, path: str) -> str:
        """Why a request that changes something is refused; empty where it comes from a page of ours."""
        if is_foreign(headers, {f"http://{host}" for host in self._access.hosts}):
            return "origin"
        try:
            length = int(headers.get("content-length", "0"))
        except ValueError:
            return "size"
        return "size" if length > (LARGEST_UPLOAD if path in UPLOADS else SMALL_BODY) else ""

    async def _open(self, session: Session | None, scope: Scope, receive: Receive, send: Send) -> None:
        query = dict(part.partition("=")[::2] for part in scope["query_string"].decode("latin-1").split("&"))
        let_in = self._access.let_in(query.get("link", ""))
        if let_in is None and session is None:
            await self._refuse("link", scope, receive, send)
            return
        # a page that leads on, not a redirect: browsers keep a strict cookie from redirects of foreign pages
        answer = HTMLResponse(_OPENED)
        if let_in is not None:
            answer.set_cookie(self._access.cookie, let_in.key, httponly=True, samesite="strict", path="/")
        await answer(scope, receive, with_headers(send, HEADERS))

    async def _refuse(self, why: str, scope: Scope, receive: Receive, send: Send) -> None:
        self._access.refusals.add(why)
        text = {
            "host": "This address is not the desk's.",
            "origin": "This request came from another page.",
            "size": "This is larger than the desk takes.",
        }.get(why, "Open the desk again with: auditor desk")
        status = 413 if why == "size" else 403
        await PlainTextResponse(f"{text}\n", status)(scope, receive, with_headers(send, HEADERS))
