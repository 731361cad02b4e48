"""Reads one record of a vendor's data file, already in the program's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from auditor.extract._banner import banner_kind
from auditor.extract._document import undamaged
from auditor.extract._record import main_object
from auditor.language.written_dates import read_period_end
from auditor.model.address import comparable_slug, page_link, profile_slug, with_scheme
from auditor.model.capture import Capture, CaptureFormat
from auditor.model.observed import Observed, Present, Unseen
from auditor.model.profile import Banner, CompanyShown, PageKind, PageLink, Position, Profile, nothing_seen
from auditor.ports import Extractor

_MASK = re.compile(r"(?=.*\*)(?:[\W_]|undefined)+", re.DOTALL)
_NOTHING = re.compile(r"[-–—\s]*")
_NO_PICTURE = "the record holds an address, not the picture"


def read(capture: Capture) -> Profile:
    """The profile of one record; what is masked, empty or not recorded is unseen, never absent."""
    record = main_object(capture)
    if record is None:
        return nothing_seen(PageKind.UNREADABLE, "the record is damaged")
    return Profile(
        page_kind=PageKind.RECORD,
        slug=_slug(record),
        full_name=_shown(record.get("full_name"), "name"),
        headline=_shown(record.get("headline"), "headline"),
        banner=_banner(record.get("banner")),
        topcard_company=_company(record),
        positions=_positions(record, capture.captured_at.date()),
        positions_whole=record.get("positions_whole") is not False,
        layout="vendor-record",
    )


def _slug(record: Mapping[str, Any]) -> str | None:
    address, slug = record.get("url"), record.get("slug")
    found = profile_slug(with_scheme(address)) if isinstance(address, str) else None
    return found or (comparable_slug(slug) if isinstance(slug, str) and slug else None)


def _text(value: Any) -> str | None:
    """The text, or None if it is masked or a placeholder ("--")."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return None if _NOTHING.fullmatch(text) or _MASK.fullmatch(text) else text


def _shown(value: Any, what: str) -> Observed[str]:
    text = _text(value)
    if text is None:
        return Unseen(f"the record gives no {what}; it may be masked")
    return undamaged(text, what)


def _banner(value: Any) -> Observed[Banner]:
    address = value.strip() if isinstance(value, str) else ""
    kind = banner_kind(address) if "://" in address else None
    if kind is None:
        return Unseen("the record gives no banner address")
    return Present(Banner(kind, address, trouble=_NO_PICTURE))


def _company(record: Mapping[str, Any]) -> Observed[CompanyShown]:
    name = _shown(record.get("company"), "current company")
    if not isinstance(name, Present):
        return name if isinstance(name, Unseen) else Unseen("the record gives no current company")
    return Present(CompanyShown(name.value, _page(record.get("company_link"))))


def _page(address: Any) -> Observed[PageLink]:
    link = page_link(with_scheme(address)) if isinstance(address, str) else None
    return Present(link) if link else Unseen("the record gives no company page")


def _positions(record: Mapping[str, Any], seen_on: date) -> Observed[tuple[Position, ...]]:
    rows = record.get("positions")
    if not isinstance(rows, list) or not rows:
        return Unseen("the record lists no positions; they may be masked")
    if any(not isinstance(row, dict) or not isinstance(_employer(row), Present) for row in rows):
        return Unseen("the record masks or lacks some of the employers")
    open_end = record.get("empty_end_is_current") is True
    return Present(
        tuple(_position(row, role, open_end, seen_on) for row in rows for role in row.get("roles") or [row])
    )


def _employer(row: Mapping[str, Any]) -> Observed[str]:
    """The employer's name, without the kind of contract that some vendors put behind it."""
    company = row.get("company")
    return _shown(company.partition(" · ")[0] if isinstance(company, str) else company, "employer")


def _position(row: Mapping[str, Any], role: Mapping[str, Any], open_end: bool, seen_on: date) -> Position:
    """One role of a group, with its own dates; a row without roles is a role itself."""
    started, ended = _text(role.get("started")), _text(role.get("ended"))
    current = _current(started, ended, role.get("current"), open_end, seen_on)
    employer = _employer(row)
    return Position(
        title=_shown(role.get("title"), "title"),
        company_name=employer.value if isinstance(employer, Present) else "",
        company_page=_page(row.get("link")),
        current=current,
        started=started,
        ended=None if current == Present(True) else ended,
    )


def _current(
    started: str | None, ended: str | None, stated: object, open_end: bool, seen_on: date
) -> Observed[bool]:
    """Whether a role is current: by its end, or the vendor's yes or no; unseen if the two disagree."""
    by_end = read_period_end(ended, seen_on) if ended is not None else None
    if isinstance(stated, bool):
        if isinstance(by_end, Present) and by_end.value is not stated:
            return Unseen("the record says both that the role goes on and that it is over")
        return Present(stated)
    if by_end is not None:
        return by_end
    if open_end and started:
        return Present(True)
    return Unseen("the record gives no end date" if started else "the record gives no dates")


EXTRACTOR = Extractor(CaptureFormat.VENDOR_RECORD, read)
