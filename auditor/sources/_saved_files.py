"""One page that a person saved by hand, as a capture: the file's container is read, the page is not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from auditor.files.decoding import decode_text
from auditor.files.reading import MEGABYTE, FileBytes, try_to_read
from auditor.identity.page_identity import page_identity, saved_date, saved_from
from auditor.language.written_dates import read_moment
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.message import Message, Text, say
from auditor.sources._mhtml import Mhtml, is_mhtml, is_webarchive, read_mhtml, read_webarchive
from auditor.sources._saved_pictures import (
    cover_references,
    embedded_picture,
    missing_picture,
    picture_artifact,
    picture_beside,
)

NAME = "saved_pages"
PAGE_LIMIT = 25 * MEGABYTE
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The content of a saved file: the page's own bytes and type, its text, where it was saved from, when.
    `find` gives a picture that the page refers to; `trouble` says why there is no page. `file_sha256` is the
    digest of the file's bytes."""

    body: bytes
    text: str
    origin: str
    saved_at: datetime | None
    find: Callable[[str], Artifact]
    media_type: str = "text/html"
    trouble: Text = ""
    file_sha256: str = ""

    @property
    def address(self) -> str:
        """Where the page was saved from; a page that does not tell gives its own address."""
        address = self.origin or saved_from(self.text)
        if address:
            return address
        identity = page_identity(self.text)
        return identity.address if identity and "://" in identity.address else ""

    def banners(self) -> tuple[Artifact, ...]:
        """The page's banner: from the page itself, or from a file next to it."""
        references = cover_references(self.text.encode("utf-8", "replace"))
        embedded = [embedded_picture(one) for one in references if one.startswith("data:")]
        beside = (self.find(one) for one in references if not one.startswith("data:"))
        return tuple(one for one in embedded if one is not None) or tuple(beside)


def read_saved_file(path: Path) -> SavedPage:
    """Read `.html` (alone or with its folder), MHTML or a web archive. Content never makes it raise."""
    found = try_to_read(path, PAGE_LIMIT)
    if found.trouble:
        return _no_page(found.trouble, found.modified_at)
    return replace(_page_in(path, found), file_sha256=hashlib.sha256(found.body).hexdigest())


def _page_in(path: Path, found: FileBytes) -> SavedPage:
    if is_webarchive(found.body):
        return _of_parts(read_webarchive(found.body), found.modified_at, say("web archive"))
    if is_mhtml(found.body):
        return _of_parts(read_mhtml(found.body), found.modified_at, say("MHTML file"))
    trouble = _not_a_page(found.body)
    if trouble:
        return _no_page(trouble, found.modified_at)
    text = decode_text(found.body)
    saved_at, trouble = _moment(saved_date(text), found.modified_at)
    return SavedPage(found.body, text, "", saved_at, picture_beside(path), trouble=trouble)


def capture_saved_file(
    path: Path,
    employee_id: str = "",
    asked_url: str = "",
    http_status: int | None = None,
    final_url: str = "",
    *,
    signed_in: bool = False,
) -> Capture:
    """A saved file as a capture; whatever is wrong with the file is the capture's status.

    `signed_in`: a page that was saved while signed in may be read.
    """
    page_format = CaptureFormat.SIGNED_IN_PAGE if signed_in else CaptureFormat.PAGE
    page = read_saved_file(path)
    trouble = page.trouble or ("" if page.saved_at else say("the file's date cannot be told"))
    address = page.address
    main = Artifact(ArtifactKind.MAIN, page.body, final_url or address or asked_url, page.media_type)
    return Capture(
        employee_id=employee_id,
        url=asked_url,
        final_url=final_url or address,
        status=CaptureStatus.UNREADABLE if trouble else CaptureStatus.OK,
        captured_at=page.saved_at or datetime.now(UTC),
        source=NAME,
        format=CaptureFormat.NOTHING if trouble else page_format,
        http_status=http_status,
        artifacts=() if trouble else (main, *page.banners()),
        trouble=trouble,
        file_sha256=page.file_sha256,
    )


def _of_parts(file: Mhtml, modified_at: datetime | None, what: Message) -> SavedPage:
    saved_at, bad_date = _moment(file.date, modified_at)
    page = file.page()
    body = page.body() if page else b""
    if file.is_mail:
        return _no_page(say("it is an e-mail, not a saved page"), saved_at)
    if page is None or not body.strip():
        return _no_page(say("the {what} holds no page", what=what), saved_at, file.address)

    def find(reference: str) -> Artifact:
        part = file.part_at(reference)
        if part is not None:
            return picture_artifact(part.body(), reference, part.media_type)
        return missing_picture(reference, f"the {what} does not hold the picture")

    media_type = f"text/html; charset={page.charset}" if page.charset else "text/html"
    origin = file.address if file.address.lower().startswith(("http://", "https://")) else ""
    return SavedPage(body, decode_text(body, media_type), origin, saved_at, find, media_type, bad_date)


def _moment(written: str, modified_at: datetime | None) -> tuple[datetime | None, Text]:
    """When the page was saved, by its own date where it has one, and why that cannot be told.

    A date that cannot be read may mean any day: the file's own date does not stand in for it.
    """
    if not written:
        return modified_at, ""
    moment = read_moment(written)
    return moment, "" if moment else say(
        "the date of saving cannot be read: {written}", written=repr(written[:60])
    )


def _no_page(trouble: Text, saved_at: datetime | None, origin: str = "") -> SavedPage:
    return SavedPage(
        b"", "", origin, saved_at, lambda name: missing_picture(name, str(trouble)), trouble=trouble
    )


def _not_a_page(body: bytes) -> Text:
    head = body[:8192]
    if head.startswith(_UTF16) or b"<\0" in head[:200] or b"\0<" in head[:200]:
        return ""
    if b"\0" in head or head.startswith(
        (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"bplist00")
    ):
        return say("it is not a page but a binary file")
    return "" if b"<" in body else say("it is not a page but plain text")
