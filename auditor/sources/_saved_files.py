"""One page that a person saved by hand, as a capture: the file's container is read, the page is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from auditor.domain.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.sources._cover_reference import cover_references
from auditor.sources._encoding import as_utf8
from auditor.sources._file_bytes import MEGABYTE, read_bytes
from auditor.sources._mhtml import Mhtml, is_mhtml, read_mhtml
from auditor.sources._page_head import HEAD_LENGTH, page_identity, saved_from
from auditor.sources._saved_pictures import missing_picture, picture_artifact, picture_beside

NAME = "saved_pages"
PAGE_LIMIT = 25 * MEGABYTE
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_META_CHARSET = re.compile(rb"<meta[^<>]{1,200}charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What a saved file holds: the page's own bytes and type, where it was saved from, when, and
    its banner. `trouble` says why there is no page."""

    body: bytes
    address: str
    saved_at: datetime | None
    banners: tuple[Artifact, ...] = ()
    media_type: str = "text/html"
    trouble: str = ""


def read_saved_file(path: Path, limit: int = PAGE_LIMIT) -> SavedPage:
    """Read `.html` (alone or with its folder) or MHTML; `trouble` says why there is no page."""
    found = read_bytes(path, limit)
    if found.trouble:
        return SavedPage(b"", "", found.modified_at, trouble=found.trouble)
    if is_mhtml(found.body):
        return _from_mhtml(read_mhtml(found.body), found.modified_at)
    trouble = _not_a_page(found.body)
    if trouble:
        return SavedPage(b"", "", found.modified_at, trouble=trouble)
    charset = _META_CHARSET.search(found.body[:4096])
    text = as_utf8(found.body, charset.group(1).decode("ascii", "replace") if charset else "")
    return SavedPage(found.body, _address(text), found.modified_at, _banners(text, picture_beside(path)))


def capture_saved_file(
    path: Path,
    employee_id: str = "",
    asked_url: str = "",
    http_status: int | None = None,
    final_url: str = "",
) -> Capture:
    """A saved file as a capture; whatever is wrong with the file is the capture's status."""
    page = read_saved_file(path)
    main = Artifact(ArtifactKind.MAIN, page.body, final_url or page.address or asked_url, page.media_type)
    return Capture(
        employee_id=employee_id,
        url=asked_url,
        final_url=final_url or page.address,
        status=CaptureStatus.UNREADABLE if page.trouble else CaptureStatus.OK,
        captured_at=page.saved_at or datetime.now(UTC),
        source=NAME,
        format=CaptureFormat.NOTHING if page.trouble else CaptureFormat.PAGE,
        http_status=http_status,
        artifacts=() if page.trouble else (main, *page.banners),
        trouble=page.trouble,
    )


def _from_mhtml(file: Mhtml, modified_at: datetime | None) -> SavedPage:
    saved_at = file.saved_at or modified_at
    page = file.page()
    body = page.body() if page else b""
    if page is None or not body.strip():
        return SavedPage(b"", file.address, saved_at, trouble="the MHTML file holds no page")

    def find(reference: str) -> Artifact:
        part = file.part_at(reference)
        if part is not None:
            return picture_artifact(part.body(), reference, part.media_type)
        return missing_picture(reference, "the MHTML file does not hold the picture")

    text = as_utf8(body, page.charset)
    media_type = f"text/html; charset={page.charset}" if page.charset else "text/html"
    return SavedPage(body, _address(text, file.address), saved_at, _banners(text, find), media_type)


def _banners(body: bytes, find: Callable[[str], Artifact]) -> tuple[Artifact, ...]:
    return tuple(find(reference) for reference in cover_references(body))


def _address(body: bytes, origin: str = "") -> str:
    """Where the page was saved from; a page that does not tell gives its own address."""
    head = body[:HEAD_LENGTH]
    identity = page_identity(head, origin)
    own = identity.address if identity and "://" in identity.address else ""
    return origin or saved_from(head) or own


def _not_a_page(body: bytes) -> str:
    head = body[:8192]
    if head.startswith(_UTF16) or b"<\0" in head[:200]:
        return ""
    if b"\0" in head or head.startswith(
        (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")
    ):
        return "it is not a page but a binary file"
    return "" if b"<" in body else "it is not a page but plain text"
