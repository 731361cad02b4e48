"""Reads the pages of a member snapshot (PROFILE, POSITIONS, RICH_MEDIA)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.extract._own_data import Row, profile_of, read_banner, read_positions
from auditor.model.capture import Capture, CaptureFormat
from auditor.model.observed import Unseen
from auditor.model.profile import PageKind, Profile, nothing_seen
from auditor.ports import Extractor


@dataclass(frozen=True, slots=True)
class _Page:
    """One answer: the file it came in, its domain, its index (None = not told), whether it announces
    another (None = not told), and its rows (None = damaged)."""

    file: str
    domain: str
    start: int | None
    more: bool | None
    rows: tuple[Row, ...] | None


def read(capture: Capture) -> Profile:
    """The profile of one snapshot; pages that are missing or damaged leave their fields unseen."""
    bodies = [(artifact.address, body) for artifact in capture.artifacts for body in _bodies(artifact.body)]
    pages = [page for file, body in bodies for page in _pages(file, body)]
    people = _rows_of(pages, "PROFILE")
    if not pages or len({(p.get("First Name"), p.get("Last Name")) for p in people}) > 1:
        return nothing_seen(PageKind.UNREADABLE, "the snapshot does not describe one person")
    ended = {str(body.get("snapshotDomain")) for _, body in bodies if "message" in body}
    trouble = next((artifact.trouble for artifact in capture.artifacts if artifact.trouble), "")
    own = [page for page in pages if page.domain == "POSITIONS"]
    doubt = _doubt(own, trouble, ended="POSITIONS" in ended)
    rows = _rows_of(sorted(own, key=lambda page: page.start or 0), "POSITIONS")
    return profile_of(
        people[0] if people else {},
        Unseen(doubt) if doubt else read_positions(rows, capture.captured_at.date()),
        read_banner(_rows_of(pages, "RICH_MEDIA")),
        "dma-snapshot",
    )


def _doubt(own: Sequence[_Page], trouble: str, *, ended: bool) -> str:
    """Why the handed-over POSITIONS may not be the whole list: what is missing may be the employer."""
    if not any(page.rows for page in own):
        return "the snapshot lacks POSITIONS"
    if trouble or any(page.rows is None for page in own):
        return f"a page of the snapshot is missing: {trouble or 'it is damaged'}"
    numbered = sorted((page for page in own if page.start is not None), key=lambda page: page.start or 0)
    if not numbered:
        several = len({page.file for page in own}) > 1
        return "the snapshot's POSITIONS come in several files without an order" if several else ""
    return _doubt_of_order(own, numbered, ended=ended)


def _doubt_of_order(own: Sequence[_Page], numbered: Sequence[_Page], *, ended: bool) -> str:
    if [page.start for page in numbered] != list(range(len(own))):
        return "a page of the snapshot's POSITIONS is missing or there twice"
    if any(page.more is False for page in numbered[:-1]):
        return "the snapshot's POSITIONS are pages of two snapshots"
    if numbered[-1].more and not ended:
        return "the snapshot's POSITIONS go on after the last page that was handed over"
    return ""


def _rows_of(pages: Sequence[_Page], domain: str) -> list[Row]:
    return [row for page in pages if page.domain == domain for row in page.rows or ()]


def _bodies(raw: bytes) -> list[dict[str, Any]]:
    try:
        value = json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        return []
    bodies = value if isinstance(value, list) else [value]
    return [body for body in bodies if isinstance(body, dict)]


def _pages(file: str, body: Mapping[str, Any]) -> list[_Page]:
    elements = body.get("elements")
    start, more = _paging(body.get("paging"))
    return [
        _Page(file, str(element.get("snapshotDomain")), start, more, _rows(element.get("snapshotData")))
        for element in (elements if isinstance(elements, list) else ())
        if isinstance(element, dict)
    ]


def _paging(paging: Any) -> tuple[int | None, bool | None]:
    """The page's index and whether it announces another; None = not told."""
    if not isinstance(paging, dict):
        return None, None
    start, links = paging.get("start"), paging.get("links")
    more = None
    if isinstance(links, list):
        more = any(isinstance(link, dict) and link.get("rel") == "next" for link in links)
    return (start if isinstance(start, int) and not isinstance(start, bool) else None), more


def _rows(data: Any) -> tuple[Row, ...] | None:
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        return None
    return tuple(
        {str(name): "" if value is None else str(value) for name, value in row.items()} for row in data
    )


EXTRACTOR = Extractor(CaptureFormat.DMA_SNAPSHOT, read)
