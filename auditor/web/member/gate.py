"""Stands before the member's page: the host, foreign forms, sizes and headers.

There is no session on the server. A cookie holds a secret of the browser and the personal link, which is
signed; whoever has the link may see its page, and nobody else's.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from auditor.errors import UsageError
from auditor.language.words import LANGUAGES
from auditor.web import answers
from auditor.web.answers import READING, is_foreign, limited, with_headers

#: bytes of a request's body at most, where its page takes no files; where it does
SMALL_BODY, LARGEST_UPLOAD = 20_000, 100_000_000
UPLOADS = frozenset({"/file", "/form"})
#: a visit lasts so long; the link in the mail begins another
VISIT_SECONDS = 4 * 3600
_HEADERS = {
    **answers.HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """Where people reach the page: its origin, and whether it is encrypted."""

    origin: str
    host: str
    encrypted: bool

    @classmethod
    def of(cls, address: str) -> PublicAddress:
        """An address such as https://profile.example.com. Raises UsageError."""
        parts = urlsplit(address)
        local = parts.hostname in ("127.0.0.1", "localhost", "::1")
        if not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
            raise UsageError(
                f"{address!r} is no address for the member's page.",
                "Give the name only, such as https://profile.example.com.",
                code="MEMBER_PAGE_ADDRESS",
            )
        if parts.scheme != "https" and not (local and parts.scheme == "http"):
            raise UsageError(
                "The member's page must be reached by https.",
                "Put the company's TLS proxy before it and give its address.",
                code="MEMBER_PAGE_ADDRESS",
            )
        return cls(f"{parts.scheme}://{parts.netloc}", parts.netloc.casefold(), parts.scheme == "https")

    @property
    def cookie(self) -> str:
        """The name of the cookie; encrypted, no other site of the domain can set it."""
        return "__Host-member" if self.encrypted else "member"


@dataclass(frozen=True, slots=True)
class Visit:
    """What the cookie says: a secret of the browser, the chosen language, and the link; all may be empty."""

    browser: str = ""
    language: str = ""
    purpose: str = ""
    text: str = ""

    @classmethod
    def of(cls, request: Request, address: PublicAddress) -> Visit:
        """The visit of a request's cookie; an empty one where there is none or it was made up."""
        parts = request.cookies.get(address.cookie, "").split("~")
        if len(parts) != 4 or len(parts[0]) < 40 or (parts[1] and parts[1] not in LANGUAGES):
            return cls()
        return cls(*parts)

    @classmethod
    def begin(cls, purpose: str, text: str) -> Visit:
        """A visit in a browser that was not here before."""
        return cls(secrets.token_urlsafe(32), "", purpose, text)

    def keep(self, answer: Response, address: PublicAddress) -> Response:
        """The answer with the cookie of this visit."""
        value = "~".join((self.browser, self.language, self.purpose, self.text))
        answer.set_cookie(
            address.cookie,
            value,
            max_age=VISIT_SECONDS,
            httponly=True,
            secure=address.encrypted,
            samesite="lax",  # LinkedIn leads back here
            path="/",
        )
        return answer

    def form_token(self, key: bytes) -> str:
        """Stands in every form of this browser's pages."""
        return hmac.new(key, self.browser.encode(), hashlib.sha256).hexdigest()


class Gate:
    """Answers what must not come through, and puts the headers on all that does."""

    def __init__(self, app: ASGIApp, address: PublicAddress) -> None:
        self._app = app
        self._address = address
        self._headers = dict(_HEADERS)
        if address.encrypted:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, path = Headers(scope=scope), scope["path"]
        limit = LARGEST_UPLOAD if path in UPLOADS else SMALL_BODY
        sent = with_headers(send, self._headers)
        why = self._refusal(headers, scope["method"], limit)
        if why:
            status, text = why
            await PlainTextResponse(f"{text}\n", status)(scope, receive, sent)
            return
        await self._app(scope, limited(receive, limit), sent)

    def _refusal(self, headers: Headers, method: str, limit: int) -> tuple[int, str] | None:
        if headers.get("host", "").casefold() != self._address.host:
            return 421, "This address is not the page's."
        if method in READING:
            return None
        if is_foreign(headers, {self._address.origin}):
            return 403, "This request came from another page."
        length = headers.get("content-length", "0")
        too_large = not (length.isascii() and length.isdigit()) or int(length[:12]) > limit
        return (413, "This is larger than can be taken.") if too_large else None


def caller(request: Request, proxy: str) -> str:
    """Where a request comes from: as a proxy on this machine or at `proxy` says, otherwise as the connection
    says. `proxy` is a name or an address, or empty."""
    host = request.client.host if request.client else ""
    said = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    try:
        behind_proxy = ipaddress.ip_address(host).is_loopback or host in _addresses(proxy)
        return str(ipaddress.ip_address(said)) if behind_proxy and said else host
    except ValueError:
        return host


def _addresses(proxy: str) -> set[str]:
    # asked each time: a container that is made anew has another address
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(proxy, None)} if proxy else set()
    except OSError:
        return set()
