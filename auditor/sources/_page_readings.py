"""The small files that stand for saved pages which are not kept: what was read of them, and of when it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor.files.reading import MEGABYTE, try_to_read
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.message import Text, say
from auditor.sources._saved_files import NAME

#: how the name of such a file ends
READING = ".reading"
#: a page of 25 MB whose banner is most of it, as text
READING_LIMIT = 40 * MEGABYTE
_WHAT = "What was read of a LinkedIn page; the page itself is not kept."


@dataclass(frozen=True, slots=True)
class PageReading:
    """A kept reading: whose page it was, when that was saved, whether by somebody signed in. `trouble` says
    why there is none. `page_sha256` is the digest of the page's file."""

    body: bytes = b""
    slug: str = ""
    seen_at: datetime | None = None
    signed_in: bool = False
    page_sha256: str = ""
    trouble: Text = ""


def reading_text(capture: Capture, facts: dict[str, Any], slug: str, *, signed_in: bool) -> str:
    """The file for a page: its facts, the slug of whose it was, and when it was saved."""
    content = {
        "about": _WHAT,
        "slug": slug,
        "seen_at": capture.captured_at.isoformat(),
        "signed_in": signed_in,
        "page_sha256": capture.file_sha256,
        "profile": facts,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_reading(path: Path) -> PageReading:
    """Read such a file. Content never makes it raise."""
    found = try_to_read(path, READING_LIMIT)
    if found.trouble:
        return PageReading(trouble=found.trouble)
    try:
        content = json.loads(found.body)
        seen_at = datetime.fromisoformat(content["seen_at"])
        slug = str(content["slug"])
        signed_in = content["signed_in"] is not False
        page = str(content.get("page_sha256", ""))
    except (ValueError, KeyError, TypeError, RecursionError):
        return PageReading(trouble=say("the file is damaged"))
    if seen_at.tzinfo is None:
        return PageReading(trouble=say("the file is damaged"))
    return PageReading(found.body, slug, seen_at.astimezone(UTC), signed_in, page)


def capture_reading(path: Path, employee_id: str = "", asked_url: str = "") -> Capture:
    """Such a file as a capture; whatever is wrong with it is the capture's status."""
    found = read_reading(path)
    main = Artifact(ArtifactKind.MAIN, found.body, asked_url, "application/json")
    return Capture(
        employee_id=employee_id,
        url=asked_url,
        final_url=asked_url,
        status=CaptureStatus.UNREADABLE if found.trouble else CaptureStatus.OK,
        captured_at=found.seen_at or datetime.now(UTC),
        source=NAME,
        format=CaptureFormat.NOTHING if found.trouble else CaptureFormat.PAGE_READING,
        artifacts=() if found.trouble else (main,),
        trouble=found.trouble,
        file_sha256=hashlib.sha256(found.body).hexdigest() if found.body else "",
    )
