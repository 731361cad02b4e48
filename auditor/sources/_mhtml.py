"""A page saved with its parts in one file: MHTML, and the web archive of Safari."""

from __future__ import annotations

import binascii
import plistlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header, make_header
from typing import Any

MOST_PARTS = 5_000
_HEADER_LIMIT = 64 * 1024
_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r")
_FIRST_HEADER = re.compile(
    rb"\s{0,4}(?:From|MIME-Version|Content-Type|Snapshot-Content-Location|Subject|Date|Received|Return-Path|Delivered-To|To):",
    re.I,
)
_BOUNDARY = re.compile(r"boundary\s*=\s*(?:\"([^\"]{1,200})\"|([^\s;]{1,200}))", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]{1,60})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: where it came from, its type, and its undecoded bytes."""

    location: str
    content_id: str
    media_type: str
    charset: str
    coding: str
    raw: memoryview

    def body(self) -> bytes:
        """The decoded bytes; what cannot be decoded is left out."""
        if self.coding == "base64":
            return _base64(bytes(self.raw))
        if self.coding == "quoted-printable":
            return binascii.a2b_qp(bytes(self.raw))
        return bytes(self.raw)


@dataclass(frozen=True, slots=True)
class Mhtml:
    """The parts of a file, the address of the page and the date of saving as the file writes it.

    `is_mail`: it was sent to somebody, so that it is no saved page.
    """

    address: str
    date: str
    parts: tuple[Part, ...]
    is_mail: bool = False

    def page(self) -> Part | None:
        """The part that is the page itself."""
        pages = [part for part in self.parts if part.media_type == "text/html"]
        own = [part for part in pages if self.address and part.location == self.address]
        return next(iter(own or pages), None)

    def part_at(self, reference: str) -> Part | None:
        """The part that a reference in the page leads to."""
        wanted = reference.removeprefix("cid:")
        return next((p for p in self.parts if wanted and wanted in (p.location, p.content_id)), None)


def is_mhtml(body: bytes) -> bool:
    """True for bytes that begin with mail headers rather than with a page."""
    return _FIRST_HEADER.match(body[:100]) is not None


def read_mhtml(body: bytes) -> Mhtml:
    """Take an MHTML file apart; a damaged or cut one gives the parts that are there."""
    end = _BLANK_LINE.search(body, 0, _HEADER_LIMIT)
    headers = _headers(body[: end.start() if end else _HEADER_LIMIT])
    start = end.end() if end else len(body)
    boundary = _BOUNDARY.search(headers.get("content-type", ""))
    view = memoryview(body)
    if boundary is None:
        parts = [_part(headers, view[start:])]
    else:
        line = b"--" + (boundary.group(1) or boundary.group(2)).encode("latin-1", "replace")
        parts = list(_parts(body, view, line, start))
    return Mhtml(
        _decoded(headers.get("snapshot-content-location", headers.get("content-location", ""))),
        headers.get("date", ""),
        tuple(parts),
        is_mail="received" in headers or "to" in headers,
    )


def _parts(body: bytes, view: memoryview, line: bytes, start: int) -> Iterator[Part]:
    here = body.find(line, start)
    for _ in range(MOST_PARTS):
        if here < 0 or body.startswith(b"--", here + len(line)):
            return
        begin = here + len(line)
        here = body.find(b"\n" + line, begin)
        stop = here if here >= 0 else len(body)
        blank = _BLANK_LINE.search(body, begin, min(stop, begin + _HEADER_LIMIT))
        if blank:
            yield _part(_headers(body[begin : blank.start()]), view[blank.end() : stop])
        if here >= 0:
            here += 1


def _part(headers: dict[str, str], raw: memoryview) -> Part:
    content_type = headers.get("content-type", "text/html")
    charset = _CHARSET.search(content_type)
    return Part(
        location=_decoded(headers.get("content-location", "")),
        content_id=headers.get("content-id", "").strip("<>"),
        media_type=content_type.partition(";")[0].strip().lower(),
        charset=charset.group(1) if charset else "",
        coding=headers.get("content-transfer-encoding", "").lower(),
        raw=raw,
    )


def _headers(block: bytes) -> dict[str, str]:
    text = re.sub(r"\r?\n[ \t]+", " ", block.decode("utf-8", "replace"))
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _decoded(value: str) -> str:
    if "=?" not in value:
        return value.replace(" ", "")
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):
        return value


def _base64(raw: bytes) -> bytes:
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    try:
        whole = len(letters) // 4 * 4
        rest = letters[whole:]
        padded = rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""
        return binascii.a2b_base64(letters[:whole] + padded)
    except binascii.Error:
        return b""


def is_webarchive(body: bytes) -> bool:
    """True for a property list that contains a page."""
    is_list = body.startswith(b"bplist00") or b"<plist" in body[:512]
    return is_list and b"WebMainResource" in body


def read_webarchive(body: bytes) -> Mhtml:
    """The parts of a web archive; a damaged one has none."""
    try:
        archive = plistlib.loads(body)
    except Exception:  # plistlib raises whatever a broken list makes of its readers
        return Mhtml("", "", ())
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    others = archive.get("WebSubresources") if isinstance(archive, dict) else None
    parts = [
        _resource_part(one)
        for one in (main, *(others if isinstance(others, list) else ()))
        if isinstance(one, dict)
    ]
    return Mhtml(parts[0].location if isinstance(main, dict) else "", "", tuple(parts))


def _resource_part(resource: dict[str, Any]) -> Part:
    data = resource.get("WebResourceData")
    return Part(
        location=_text(resource, "WebResourceURL"),
        content_id="",
        media_type=_text(resource, "WebResourceMIMEType"),
        charset=_text(resource, "WebResourceTextEncodingName"),
        coding="",
        raw=memoryview(data if isinstance(data, bytes) else b""),
    )


def _text(resource: dict[str, Any], name: str) -> str:
    value = resource.get(name)
    return value if isinstance(value, str) else ""
