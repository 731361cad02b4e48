"""The profile in a member's own data, from an export or the portability API."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from auditor.extract._banner import banner_kind
from auditor.extract._document import is_damaged, undamaged
from auditor.language.written_dates import read_period_end
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import Banner, BannerKind, PageKind, Position, Profile

Row = Mapping[str, str]
NO_LINKS = Unseen("an export has no company links")
NO_TOP_CARD = Unseen("an export has no top card")
_UPLOADED = re.compile(r"/(1\d{12})(?:[/?]|$)")
_NO_PICTURE = "the export holds an address, not the picture"


def profile_of(
    person: Row,
    positions: Observed[tuple[Position, ...]],
    banner: Observed[Banner],
    layout: str,
) -> Profile:
    """The profile that the member's own row of PROFILE and the other two tables give."""
    return Profile(
        page_kind=PageKind.RECORD,
        slug=None,
        full_name=_full_name(person),
        headline=_headline(person),
        banner=banner,
        topcard_company=NO_TOP_CARD,
        positions=positions,
        layout=layout,
        notes=_notes(banner),
    )


def read_positions(rows: Sequence[Row], seen_on: date) -> Observed[tuple[Position, ...]]:
    """Roles as the member entered them; an empty end is an ongoing role on the day of the export.

    Unseen where a row names no company: it may be the one that is looked for.
    """
    names = [row.get("Company Name", "").strip() for row in rows]
    if any(not name or is_damaged(name) for name in names):
        return Unseen("a role in the export names no company that can be read")
    return Present(tuple(_position(row, seen_on) for row in rows))


def read_banner(rows: Sequence[Row]) -> Observed[Banner]:
    """The background uploaded last; rows that only point elsewhere name no picture."""
    addresses = [value.strip() for row in rows for value in row.values()]
    backgrounds = [address for address in addresses if _is_background(address)]
    if not backgrounds:
        return Unseen("the export names no banner picture")
    # of one upload, the size that pages show is the better evidence than the original
    latest = max(backgrounds, key=lambda address: (_uploaded_at(address), "displaybackground" in address))
    return Present(Banner(BannerKind.CUSTOM, latest, trouble=_NO_PICTURE))


def _is_background(text: str) -> bool:
    return "://" in text and banner_kind(text) is BannerKind.CUSTOM


def _uploaded_at(address: str) -> int:
    """Milliseconds since 1970 as the address tells them; 0 where it does not."""
    found = _UPLOADED.search(address)
    return int(found.group(1)) if found else 0


def _full_name(person: Row) -> Observed[str]:
    name = " ".join(" ".join((person.get("First Name", ""), person.get("Last Name", ""))).split())
    return undamaged(name, "name") if name else Unseen("the export gives no name")


def _headline(person: Row) -> Observed[str]:
    if "Headline" not in person:
        return Unseen("the export has no column Headline")
    headline = " ".join(person["Headline"].split())
    return undamaged(headline, "headline") if headline else Absent()


def _position(row: Row, seen_on: date) -> Position:
    title = " ".join(row.get("Title", "").split())
    started, ended = row.get("Started On", "").strip(), row.get("Finished On", "").strip()
    return Position(
        title=undamaged(title, "title") if title else Unseen("the export gives no title"),
        company_name=" ".join(row.get("Company Name", "").split()),
        company_page=NO_LINKS,
        current=_current(row, ended, seen_on),
        started=started or None,
        ended=ended or None,
    )


def _current(row: Row, ended: str, seen_on: date) -> Observed[bool]:
    if "Finished On" not in row:
        return Unseen("the export gives no end dates")
    return read_period_end(ended, seen_on) if ended else Present(True)


def _notes(banner: Observed[Banner]) -> tuple[str, ...]:
    if isinstance(banner, Present):
        return ("the banner is the one uploaded last; the export does not tell whether it still stands",)
    return ()
