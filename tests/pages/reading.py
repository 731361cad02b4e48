"""Reads a built page the way the program does."""

from __future__ import annotations

from datetime import UTC, datetime

from auditor.app.facts import profile_facts
from auditor.extract.page import read_page
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus


def page_capture(
    page: str | bytes,
    asked: str = "",
    final: str = "",
    status: int | None = None,
    *,
    parts: tuple[Artifact, ...] = (),
    media_type: str = "",
) -> Capture:
    """A capture that holds one page."""
    body = page.encode() if isinstance(page, str) else page
    return Capture(
        employee_id="e1",
        url=asked,
        final_url=final,
        status=CaptureStatus.OK,
        captured_at=datetime(2026, 9, 1, tzinfo=UTC),
        source="saved_pages",
        format=CaptureFormat.PAGE,
        http_status=status,
        artifacts=(Artifact(ArtifactKind.MAIN, body, media_type=media_type), *parts),
    )


def facts_of(
    page: str | bytes, asked: str = "", final: str = "", status: int | None = None
) -> dict[str, object]:
    """The facts that `inspect page` would print."""
    return profile_facts("page.html", read_page(page_capture(page, asked, final, status)))
