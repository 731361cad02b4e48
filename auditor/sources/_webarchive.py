"""Safari's web archive: a property list with the page and its pictures."""

from __future__ import annotations

import plistlib
from typing import Any

from auditor.sources._mhtml import Mhtml, Part


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
        _part(one) for one in (main, *(others if isinstance(others, list) else ())) if isinstance(one, dict)
    ]
    return Mhtml(parts[0].location if isinstance(main, dict) else "", "", tuple(parts))


def _part(resource: dict[str, Any]) -> Part:
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
