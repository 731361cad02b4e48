"""A licensed data file of a vendor, matched to people by the profile's address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from auditor.errors import SourceUnavailable
from auditor.files.reading import modified_at
from auditor.language.words import mark
from auditor.language.written_dates import DateOrder, read_moment
from auditor.model.address import comparable_slug, profile_slug, with_scheme
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.message import Message, say
from auditor.model.profile import BANNER_PICTURE
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._folder import evidence_file, without_evidence
from auditor.sources._vendor_layouts import DEFAULT_LAYOUT, FIELDS, LAYOUTS, Layout
from auditor.sources._vendor_records import (
    DataFile,
    dates_of,
    is_marked_deleted,
    mapped_record,
    shape_of,
    text_at,
)

NAME = "vendor_file"
_GONE = re.compile(
    r"\b(?:404|dead[ _]page|not[ _-]?found|does ?n[o']t exist|no longer exists|private)\b", re.IGNORECASE
)
#: further than this after the day of the run, a record's date is a mistake
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class VendorFileSettings:
    """`file`: the data file, in the evidence folder or next to the policy. `layout`: the built-in mapping
    to start from; empty = chosen by the structure of each record. `mapping`: dotted paths that replace
    some of it. `empty_end_is_current`: in this file a position with a start and no end goes on
    (None = as the layout says). `date_order`: how the file writes 03/04/2026."""

    file: str = ""
    layout: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    empty_end_is_current: bool | None = None
    date_order: DateOrder = DateOrder.NOT_STATED


@dataclass(frozen=True, slots=True)
class _Record:
    """`captured_at` is None if the record has no date; `bad_date` is an unreadable one."""

    content: Mapping[str, Any]
    trouble: str
    captured_at: datetime | None
    bad_date: str = ""


class VendorRecords:
    """The records of the audited people, taken out of the file once; all others are left there."""

    def __init__(self, settings: VendorFileSettings, path: Path, context: SourceContext) -> None:
        self._settings = settings
        self._layouts = _layouts(settings)
        self._hosts = context.policy.allowed_hosts
        self._modified_at = modified_at(path)
        self._latest = (
            datetime.combine(max(context.today, context.judged_on or context.today), time.max, UTC)
            + _CLOCKS_DIFFER
        )
        wanted = {profile_slug(employee.profile_url or "") for employee in context.employees} - {None}
        self._records: dict[str, list[_Record]] = {}
        file = DataFile(path, lambda record: bool(self._slugs(record)))
        read = addressed = 0
        for record in file.records():
            read += 1
            slugs = self._slugs(record)
            addressed += bool(slugs)
            slug = next((slug for slug in slugs if slug in wanted), None)
            if slug is not None:
                self._records.setdefault(slug, []).append(self._read(record))
        self._file_trouble = "; ".join(dict.fromkeys(file.troubles))
        self._missing = _missing(read, addressed, self._layouts[settings.layout or DEFAULT_LAYOUT])
        troubles = (self._file_trouble, self._missing if not addressed else "")
        self.notices = tuple(say("the data file: {why}", why=trouble) for trouble in troubles if trouble)

    def fetch(self, employee: Employee) -> Capture:
        """The newest record of the person."""
        slug = profile_slug(employee.profile_url or "")
        if slug is None:
            return without_evidence(
                employee, NAME, CaptureStatus.NO_URL, say("the roster gives no profile address")
            )
        found = self._records.get(slug, [])
        if not found and self._file_trouble:
            trouble = say(
                "no record of this person could be read; the data file: {why}", why=self._file_trouble
            )
            return without_evidence(
                employee, NAME, CaptureStatus.UNREADABLE, trouble, captured_at=self._modified_at
            )
        if not found:
            return without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, self._missing)
        # a record whose date cannot be read may be of any age: it counts only where there is no other
        usable = [record for record in found if not record.bad_date] or found
        oldest = datetime.min.replace(tzinfo=UTC)
        newest = max(reversed(usable), key=lambda record: (record.captured_at or oldest, not record.trouble))
        notes = [say("several records of this person; the newest was read")] if len(found) > 1 else []
        if len(usable) < len(found):
            notes.append(say("a record of this person whose date cannot be read was passed over"))
        return self._capture(employee, newest, tuple(notes))

    def _capture(self, employee: Employee, record: _Record, notes: tuple[Message, ...]) -> Capture:
        if record.bad_date:
            trouble = say("the record's date cannot be read: {written}", written=repr(record.bad_date[:60]))
            return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, trouble, notes=notes)
        captured_at = record.captured_at or self._modified_at
        if captured_at is None:
            trouble = say("neither the record nor the data file tells its date")
            return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, trouble, notes=notes)
        if record.captured_at is None:
            notes = (*notes, say("the record holds no date; the file's own date was taken"))
        if record.trouble:
            status = CaptureStatus.NOT_FOUND if _GONE.search(record.trouble) else CaptureStatus.UNREADABLE
            trouble = say("the vendor says: {said}", said=record.trouble[:200])
            return without_evidence(employee, NAME, status, trouble, captured_at=captured_at, notes=notes)
        body = json.dumps(dict(record.content)).encode("ascii")
        address = str(record.content.get("url") or "")
        return Capture(
            employee_id=employee.employee_id,
            url=employee.profile_url or "",
            final_url=address,
            status=CaptureStatus.OK,
            captured_at=captured_at,
            source=NAME,
            format=CaptureFormat.VENDOR_RECORD,
            artifacts=(Artifact(ArtifactKind.MAIN, body, address, "application/json"),),
            notes=notes,
        )

    def _layout_name(self, record: Mapping[str, Any]) -> str:
        return self._settings.layout or shape_of(record) or DEFAULT_LAYOUT

    def _slugs(self, record: Mapping[str, Any]) -> list[str]:
        """The profiles that the record may be about: its own, then the one that was asked for."""
        mapping = self._layouts[self._layout_name(record)].mapping
        slug = text_at(record, mapping["slug"])
        plain = comparable_slug(slug) if slug and not slug.isdigit() and "/" not in slug else None
        addresses = (text_at(record, mapping[name]) for name in ("slug", "url", "asked_url"))
        found = (profile_slug(with_scheme(address or ""), self._hosts) for address in addresses)
        return [one for one in (plain, *found) if one]

    def _read(self, record: Mapping[str, Any]) -> _Record:
        layout = self._layouts[self._layout_name(record)]
        content = mapped_record(record, layout, one_position="position_company" in self._settings.mapping)
        content["empty_end_is_current"] = layout.empty_end_is_current
        shows = any(content[name] for name in ("headline", "company", "positions", "full_name"))
        trouble = "" if shows else text_at(record, layout.mapping["trouble"]) or "an empty record"
        if is_marked_deleted(record, layout.mapping["deleted"]):
            trouble = "this record is deleted"
        dates = dates_of(record, layout.mapping["captured_at"])
        moments = [read_moment(date, self._settings.date_order) for date in dates]
        read = [moment for moment in moments if moment is not None and moment <= self._latest]
        if len(read) < len(dates):
            bad = next(date for date, moment in zip(dates, moments, strict=True) if moment not in read)
            return _Record(content, trouble, None, str(bad))
        return _Record(content, trouble, min(read, default=None))


def _missing(read: int, addressed: int, layout: Layout) -> Message:
    """Why there is no record of somebody: of this person, or of anybody at all."""
    if addressed:
        return say("no record of this person in the data file")
    if not read:
        return say("the data file holds no records")
    places = "; ".join(f"{name}: {layout.mapping[name]}" for name in ("slug", "url") if layout.mapping[name])
    return say(
        "{n} records, none with a profile address at the mapped place ({places})", n=read, places=places
    )


def _layouts(settings: VendorFileSettings) -> dict[str, Layout]:
    """All layouts with what the policy's mapping replaces in them."""
    if settings.layout and settings.layout not in LAYOUTS:
        raise SourceUnavailable(
            f"{NAME}: there is no layout {settings.layout!r}.",
            f"Known layouts: {', '.join(sorted(LAYOUTS))}.",
            code="VENDOR_LAYOUT",
        )
    unknown = sorted(set(settings.mapping) - set(FIELDS))
    if unknown:
        raise SourceUnavailable(
            f"{NAME}: the mapping names unknown fields: {', '.join(unknown)}.",
            f"Known fields: {', '.join(FIELDS)}.",
            code="VENDOR_LAYOUT",
        )
    stated = settings.empty_end_is_current
    return {
        name: replace(
            layout,
            mapping={**layout.mapping, **settings.mapping},
            empty_end_is_current=layout.empty_end_is_current if stated is None else stated,
        )
        for name, layout in LAYOUTS.items()
    }


@contextmanager
def open_vendor_file(settings: VendorFileSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Take the audited people's records out of the file; raises SourceUnavailable without one."""
    yield VendorRecords(settings, evidence_file(NAME, settings.file, context), context)


SOURCE = Source(
    name=NAME,
    summary="a licensed vendor's data file (JSON, JSON Lines or CSV)",
    settings=VendorFileSettings,
    reach=frozenset({"full_name", "headline", "banner", "topcard_company", "positions"}),
    open=open_vendor_file,
    evidence_days=45,
    title=mark("Licensed data file"),
    needs=mark("a licence for the data, and a lawful ground for it"),
    takes=mark("no time of the people"),
    lacks=frozenset({BANNER_PICTURE}),
)
