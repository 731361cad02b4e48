"""Everything the browser asks for during one visit: judged before it is sent, counted, and bounded."""

from __future__ import annotations

import asyncio
import base64
import math
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Error, Frame, Page, Request, Response

from auditor.model.address import profile_slug
from auditor.model.capture import Artifact, CaptureStatus
from auditor.sources._visit_limits import wait_asked_for

LARGEST_PAGE = 25_000_000
#: of a whole visit
MOST_REQUESTS = 200
MOST_BYTES = 60_000_000
#: a page that sends the browser on more often than this is a loop
MOST_DOCUMENTS = 4
#: redirects in a row
MOST_HOPS = 5
REFUSING = frozenset({401, 403, 429, 451, 999})
#: what a visitor needs to see the page; nothing else is asked for
_WANTED = frozenset({"Image", "Stylesheet", "Script"})
#: headers that no longer fit the decoded body, or that make the browser fetch pages ahead
_DROPPED = frozenset({"content-encoding", "content-length", "transfer-encoding", "speculation-rules"})
#: added to every page: no second window, no frame, no form, no worker, no connection of a script's own
_POLICY = (
    "sandbox allow-scripts allow-same-origin; connect-src 'none'; frame-src 'none'; child-src 'none'; "
    "worker-src 'none'; object-src 'none'; form-action 'none'; manifest-src 'none'; media-src 'none'; "
    "font-src 'none'; webrtc 'block'"
)
#: added too where a page tells the browser which pages to fetch ahead (an inline script does)
_NO_INLINE = "; script-src * 'unsafe-eval' blob: data:"
_CHUNK = 65_536


@dataclass(slots=True)
class Visit:
    """What a visit gave. `status` is OK when a page came, whatever the page turns out to be. `final`: where
    nothing was opened, trying again within the run would not change that."""

    status: CaptureStatus
    final_url: str = ""
    http_status: int | None = None
    trouble: str = ""
    retry_after: float | None = None
    artifacts: list[Artifact] = field(default_factory=list)
    final: bool = False


def authority(address: str) -> str:
    """`host` or `host:port` of an address, lower case; empty where it has none."""
    try:
        return urlsplit(address).netloc.rsplit("@", 1)[-1].casefold()
    except ValueError:
        return ""


@dataclass  # without slots: Playwright marks the object whose methods it calls
class Traffic:
    """The requests of one visit. `reaches` says which addresses may be asked for.

    `ended` is set as soon as nothing more can come of the visit, and outranks whatever comes later: a
    refusal is known from the first bytes of the answer. `body` is the last document as it arrived.
    """

    address: str
    reaches: Callable[[str], bool]
    largest: int = LARGEST_PAGE
    pictures: dict[str, Response] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    navigations: int = 0
    ended: Visit | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    broken: asyncio.Event = field(default_factory=asyncio.Event)
    status: int | None = None
    body: bytes = b""
    _session: CDPSession | None = None
    _frame: str = ""
    _requests: int = 0
    _bytes: int = 0
    _documents: int = 0
    _hops: int = 0
    _profile_asked: bool = False
    _profile_before: bool = False
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def watch(self, page: Page, session: CDPSession) -> None:
        """Stand between the page and the network; to be called before anything is opened."""
        self._session = session
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_failure)
        page.on("framenavigated", self._on_navigation)
        session.on("Fetch.requestPaused", self._on_paused)
        session.on("Network.dataReceived", self._on_data)
        session.on("Network.requestWillBeSent", self._on_prefetch)
        tree = await session.send("Page.getFrameTree")
        self._frame = tree["frameTree"]["frame"]["id"]
        await session.send("Network.enable")
        await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})

    def end(self, status: CaptureStatus, trouble: str, **more: Any) -> None:
        """End this visit without a result; the first reason is kept."""
        if self.ended is None:
            self.ended = Visit(status, self.address, trouble=trouble, **more)
        self.over.set()

    def _on_response(self, response: Response) -> None:
        if response.request.resource_type == "image":
            self.pictures[response.url] = response

    def _on_failure(self, request: Request) -> None:
        self.failed[request.url] = request.failure or "failed"
        # a navigation that a script replaced by another one is aborted, not broken
        if _is_the_page(request) and "ERR_ABORTED" not in self.failed[request.url]:
            self.broken.set()

    def _on_navigation(self, frame: Frame) -> None:
        if frame.parent_frame is None:
            self.navigations += 1

    def _on_data(self, event: Mapping[str, Any]) -> None:
        self._bytes += int(event.get("dataLength") or 0)
        if self._bytes > MOST_BYTES:
            self.end(CaptureStatus.UNREADABLE, f"the page sends more than {MOST_BYTES // 1_000_000} MB")

    def _on_prefetch(self, event: Mapping[str, Any]) -> None:
        if event.get("type") == "Prefetch":  # the browser asks before we are asked: end it at the first
            self.end(CaptureStatus.UNREADABLE, "the page makes the browser fetch other pages ahead")

    def _on_paused(self, event: Mapping[str, Any]) -> None:
        task = asyncio.ensure_future(self._settle(event))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _settle(self, event: Mapping[str, Any]) -> None:
        try:
            if "responseStatusCode" in event or "responseErrorReason" in event:
                await self._judge_answer(event)
            elif self._may_be_sent(event):
                document = event["resourceType"] == "Document"
                await self._send("Fetch.continueRequest", event, interceptResponse=document)
            else:
                await self._send("Fetch.failRequest", event, errorReason="BlockedByClient")
        except (Error, ConnectionError):
            pass  # the page, or the browser, is gone, or asks for something else by now: the visit finds out
        except Exception as trouble:
            self.end(CaptureStatus.UNREADABLE, f"the answer could not be handled ({type(trouble).__name__})")

    def _send(self, method: str, event: Mapping[str, Any], **more: Any) -> Coroutine[Any, Any, Any]:
        assert self._session is not None
        return self._session.send(method, {"requestId": event["requestId"], **more})

    def _may_be_sent(self, event: Mapping[str, Any]) -> bool:
        request = event["request"]
        address: str = request["url"]
        if address.startswith(("data:", "blob:")):
            return True
        self._requests += 1
        if self.ended or self._requests > MOST_REQUESTS or request["method"] != "GET":
            return False
        if not self.reaches(address):
            return False
        if event["resourceType"] == "Document":
            return self._document_may_be_sent(event, address)
        return event["resourceType"] in _WANTED and not _is_profile(address)

    def _document_may_be_sent(self, event: Mapping[str, Any], address: str) -> bool:
        """One profile a visit; a redirect before it came does not make a second one."""
        if event.get("frameId") != self._frame:
            return False
        if event.get("redirectedRequestId"):
            self._hops += 1
            if self._hops > MOST_HOPS:
                return False
        else:
            self._documents += 1
            self._hops = 0
            self._profile_before = self._profile_asked
        if self._documents > MOST_DOCUMENTS:
            self.end(CaptureStatus.UNREADABLE, "the page keeps reloading itself")
            return False
        if _is_profile(address):
            if self._profile_before:
                self.end(CaptureStatus.UNREADABLE, "the page sends the browser to a profile once more")
                return False
            self._profile_asked = True
        return True

    async def _judge_answer(self, event: Mapping[str, Any]) -> None:
        status = event.get("responseStatusCode")
        headers: Sequence[Mapping[str, str]] = event.get("responseHeaders") or ()
        if not isinstance(status, int):
            await self._send("Fetch.continueRequest", event)
            return
        self.status = status
        trouble = f"the site answered {status}"
        asks_to_wait = any(one["name"].casefold() == "retry-after" for one in headers)
        wait = wait_asked_for(_header(headers, "retry-after"), datetime.now(UTC)) if asks_to_wait else None
        if status in REFUSING or (status == 503 and wait is not None):
            self.end(CaptureStatus.RATE_LIMITED, trouble, http_status=status, retry_after=wait)
        elif status >= 500:
            self.end(CaptureStatus.NETWORK_ERROR, trouble, http_status=status)
        elif 300 <= status < 400:
            await self._send("Fetch.continueRequest", event)
            return
        if self.ended is None:
            await self._deliver(event, status, headers)
        else:
            await self._send("Fetch.failRequest", event, errorReason="Aborted")

    async def _deliver(
        self, event: Mapping[str, Any], status: int, headers: Sequence[Mapping[str, str]]
    ) -> None:
        """Hand the page to the browser with the policy that keeps it from opening anything else."""
        complete = await self._read_body(event)
        if not complete:
            self.end(CaptureStatus.UNREADABLE, f"the page is larger than {self.largest // 1_000_000} MB")
        elif len(self.body) < _length_told(headers):
            self.end(CaptureStatus.NETWORK_ERROR, "the page broke off", http_status=status)
        if self.ended:
            await self._send("Fetch.failRequest", event, errorReason="Aborted")
            return
        ahead = b"speculationrules" in self.body.lower()
        own = [dict(one) for one in headers if one["name"].casefold() not in _DROPPED]
        policy = {"name": "Content-Security-Policy", "value": _POLICY + (_NO_INLINE if ahead else "")}
        await self._send(
            "Fetch.fulfillRequest",
            event,
            responseCode=status,
            responsePhrase=event.get("responseStatusText") or "-",
            responseHeaders=[*own, policy],
            body=base64.b64encode(self.body).decode(),
        )

    async def _read_body(self, event: Mapping[str, Any]) -> bool:
        """Read the body into `body`, at most `largest` bytes; whether that was all."""
        assert self._session is not None
        stream = (await self._send("Fetch.takeResponseBodyAsStream", event))["stream"]
        body = bytearray()
        self.body = b""
        while len(body) <= self.largest:
            chunk = await self._session.send("IO.read", {"handle": stream, "size": _CHUNK})
            data = chunk.get("data", "")
            body += base64.b64decode(data) if chunk.get("base64Encoded") else data.encode("utf-8", "replace")
            if chunk.get("eof"):
                break
        self.body = bytes(body[: self.largest])
        await self._session.send("IO.close", {"handle": stream})
        return len(body) <= self.largest


def _header(headers: Sequence[Mapping[str, str]], name: str) -> str:
    """The value of a header, several joined by commas; empty where it is not there."""
    return ", ".join(one["value"] for one in headers if one["name"].casefold() == name)


def _length_told(headers: Sequence[Mapping[str, str]]) -> float:
    """The bytes that the answer was to have; 0 where nobody can tell (a packed body has another length)."""
    length = _header(headers, "content-length")
    if _header(headers, "content-encoding") or not (length.isascii() and length.isdigit()):
        return 0
    return int(length) if len(length) < 16 else math.inf


def _is_profile(address: str) -> bool:
    try:
        return profile_slug(address) is not None
    except ValueError:
        return True


def _is_the_page(request: Request) -> bool:
    """True for the page itself, not for a frame inside it."""
    if not request.is_navigation_request():
        return False
    try:
        return request.frame.parent_frame is None
    except Error:  # the frame is not there yet: so the page is just beginning
        return True
