"""What the desk and the member's page do alike with requests and answers: origin, size and headers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Send

#: methods that change nothing
READING = frozenset({"GET", "HEAD"})
#: on every answer; each page adds its own Content-Security-Policy
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not `no-referrer`: browsers then send forms with the origin `null`
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class TooLarge(Exception):
    """A body went on beyond what was agreed."""


def broken_off(_request: Request, _why: Exception) -> Response:
    """For ClientDisconnect, such as an upload that was broken off: nobody's fault, and nobody reads it."""
    return Response(status_code=400)


def is_foreign(headers: Headers, origins: Collection[str]) -> bool:
    """Whether a request says that it comes from a page of none of these origins."""
    origin = headers.get("origin")
    if origin is not None and origin not in origins:
        return True
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def limited(receive: Receive, most: int) -> Receive:
    """`receive`, raising TooLarge once a body has more than `most` bytes."""
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLarge
        return message

    return receive_limited


def with_headers(send: Send, added: Mapping[str, str]) -> Send:
    """`send`, adding these headers to an answer that does not set them itself."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            known = {name.lower() for name, _ in message["headers"]}
            more = [(name.lower().encode(), value.encode()) for name, value in added.items()]
            message["headers"] = [*message["headers"], *(pair for pair in more if pair[0] not in known)]
        await send(message)

    return send_with_headers
