"""Reads one record of a vendor's data file, already in the program's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from auditor.domain.address import comparable_slug, page_link, profile_slug
from auditor.domain.capture import ArtifactKind, Capture, CaptureFormat
from auditor.domain.observed import Observed, Present, Unseen
from auditor.domain.profile import (
    Banner,
    CompanyShown,
    PageKind,
    PageLink,
    Position,
    Profile,
    nothing_seen,
)
from auditor.extract._banner import banner_kind
from auditor.ports import Extractor

#: how vendors write an end that has not come, in the words of the page they read
ONGOING = frozenset(
    [
        "present", "now", "current", "heden", "heute", "gegenwart", "aujourd’hui", "aujourd'hui", "présent",
        "actualidad", "presente", "o momento", "obecnie", "nu", "nå", "nykyhetki", "prezent",
        "do současnosti", "halen", "настоящее время", "現在", "至今", "现在", "현재",
    ]
)  # fmt: skip
_MASK = re.compile(r"(?=.*\*)(?:[\W_]|undefined)+", re.DOTALL)
_NOTHING = re.compile(r"[-–—\s]*")
_NO_PICTURE = "the record holds an address, not the picture"


def read(capture: Capture) -> Profile:
    """The profile of one record; what is masked, empty or not recorded is unseen, never absent."""
    main = capture.first(ArtifactKind.MAIN)
    try:
        record = json.loads(main.body) if main else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        return nothing_seen(PageKind.UNREADABLE, "the record is damaged")
    return Profile(
        page_kind=PageKind.RECORD,
        slug=_slug(record),
        full_name=_shown(record.get("full_name"), "name"),
        headline=_shown(record.get("headline"), "headline"),
        banner=_banner(record.get("banner")),
        topcard_company=_company(record),
        positions=_positions(record),
        layout="vendor-record",
    )


def _slug(record: Mapping[str, Any]) -> str | None:
    address, slug = record.get("url"), record.get("slug")
    try:
        found = profile_slug(address) if isinstance(address, str) else None
    except ValueError:
        found = None
    return found or (comparable_slug(slug) if isinstance(slug, str) and slug else None)


def _text(value: Any) -> str | None:
    """The text, or None where it is masked or stands for nothing ("--")."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return None if _NOTHING.fullmatch(text) or _MASK.fullmatch(text) else text


def _shown(value: Any, what: str) -> Observed[str]:
    text = _text(value)
    return Present(text) if text else Unseen(f"the record gives no {what}; it may be masked")


def _banner(value: Any) -> Observed[Banner]:
    address = value.strip() if isinstance(value, str) else ""
    kind = banner_kind(address) if "://" in address else None
    if kind is None:
        return Unseen("the record gives no banner address")
    return Present(Banner(kind, address, trouble=_NO_PICTURE))


def _company(record: Mapping[str, Any]) -> Observed[CompanyShown]:
    name = _text(record.get("company"))
    if name is None:
        return Unseen("the record gives no current company")
    return Present(CompanyShown(name, _page(record.get("company_link"))))


def _page(address: Any) -> Observed[PageLink]:
    try:
        link = page_link(address) if isinstance(address, str) else None
    except ValueError:
        link = None
    return Present(link) if link else Unseen("the record gives no company page")


def _positions(record: Mapping[str, Any]) -> Observed[tuple[Position, ...]]:
    rows = record.get("positions")
    if not isinstance(rows, list) or not rows:
        return Unseen("the record lists no positions; they may be masked")
    if any(not isinstance(row, dict) or _text(row.get("company")) is None for row in rows):
        return Unseen("the record masks or lacks some of the employers")
    open_end = record.get("empty_end_is_current") is True
    return Present(tuple(position for row in rows for position in _roles(row, open_end)))


def _roles(row: Mapping[str, Any], open_end: bool) -> list[Position]:
    """The roles of a group, each with its own dates; a row without roles is a role itself."""
    roles = row.get("roles")
    inner = [role for role in roles if isinstance(role, dict)] if isinstance(roles, list) else []
    own: list[Mapping[str, Any]] = [*inner] or [row]
    return [_position(row, role, open_end) for role in own]


def _position(row: Mapping[str, Any], role: Mapping[str, Any], open_end: bool) -> Position:
    started, ended = _text(role.get("started")), _text(role.get("ended"))
    ongoing = ended is not None and ended.casefold() in ONGOING
    return Position(
        title=_shown(role.get("title"), "title"),
        company_name=_text(row.get("company")) or "",
        company_page=_page(row.get("link")),
        current=_current(started, ended, ongoing or (open_end and bool(started) and ended is None)),
        started=started,
        ended=None if ongoing else ended,
    )


def _current(started: str | None, ended: str | None, ongoing: bool) -> Observed[bool]:
    if ongoing:
        return Present(True)
    if ended is not None and re.search(r"\d", ended):
        return Present(False)
    return Unseen("the record gives no end date" if started else "the record gives no dates")


EXTRACTOR = Extractor(CaptureFormat.VENDOR_RECORD, read)
