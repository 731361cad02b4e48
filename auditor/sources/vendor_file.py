"""A licensed data file of a vendor, matched to people by the profile's address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from auditor.domain.address import comparable_slug, profile_slug
from auditor.domain.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.domain.employee import Employee
from auditor.errors import SourceUnavailable
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._data_records import DataFile
from auditor.sources._file_bytes import modified_at
from auditor.sources._folder import evidence_file
from auditor.sources._vendor_mapping import LAYOUTS, mapped_record, text_at
from auditor.sources._without_evidence import without_evidence

NAME = "vendor_file"
_GONE = re.compile(
    r"\b(?:404|dead[ _]page|not[ _-]?found|does ?n[o']t exist|no longer exists|private)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class VendorFileSettings:
    """`file`: the data file, in the evidence folder or beside the policy. `layout`: the ready mapping
    to start from. `mapping`: dotted paths that replace some of it, by the field
    names of `BRIGHT_DATA`. `empty_end_is_current`: in this file a role with a start and no end is ongoing."""

    file: str = ""
    layout: str = "bright_data"
    mapping: Mapping[str, str] = field(default_factory=dict)
    empty_end_is_current: bool = False


@dataclass(frozen=True, slots=True)
class _Record:
    content: Mapping[str, Any]
    trouble: str
    captured_at: datetime | None


class VendorRecords:
    """The records of the audited people, taken out of the file once; all others are left there."""

    def __init__(self, settings: VendorFileSettings, path: Path, employees: Iterable[Employee]) -> None:
        self._settings = settings
        self._mapping = _mapping(settings)
        self._modified_at = modified_at(path) or datetime.now(UTC)
        wanted = {profile_slug(employee.profile_url or "") for employee in employees} - {None}
        self._records: dict[str, list[_Record]] = {}
        file = DataFile(path)
        for record in file.records():
            slug = self._slug(record, wanted)
            if slug is not None:
                self._records.setdefault(slug, []).append(self._read(record))
        self._file_trouble = "; ".join(dict.fromkeys(file.troubles))
        self.notices = (f"the data file: {self._file_trouble}",) if self._file_trouble else ()

    def bring(self, employee: Employee) -> Capture:
        """The newest record of the person."""
        slug = profile_slug(employee.profile_url or "")
        if slug is None:
            return without_evidence(
                employee, NAME, CaptureStatus.NO_URL, "the roster gives no profile address"
            )
        found = self._records.get(slug, [])
        if not found and self._file_trouble:
            trouble = f"no record of this person could be read; the data file: {self._file_trouble}"
            return without_evidence(
                employee, NAME, CaptureStatus.UNREADABLE, trouble, captured_at=self._modified_at
            )
        if not found:
            return without_evidence(
                employee, NAME, CaptureStatus.NOT_ATTEMPTED, "no record of this person in the data file"
            )
        oldest = datetime.min.replace(tzinfo=UTC)
        newest = max(reversed(found), key=lambda record: (record.captured_at or oldest, not record.trouble))
        notes = ("several records of this person; the newest was read",) if len(found) > 1 else ()
        return self._capture(employee, newest, notes)

    def _capture(self, employee: Employee, record: _Record, notes: tuple[str, ...]) -> Capture:
        captured_at = record.captured_at or self._modified_at
        if record.captured_at is None:
            notes = (*notes, "the record holds no date; the file's own date was taken")
        if record.trouble:
            status = CaptureStatus.NOT_FOUND if _GONE.search(record.trouble) else CaptureStatus.UNREADABLE
            trouble = f"the vendor says: {record.trouble[:200]}"
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

    def _slug(self, record: Mapping[str, Any], wanted: set[str | None]) -> str | None:
        """The audited person's slug that the record is about: its own, else the one asked for."""
        slug = text_at(record, self._mapping["slug"])
        addresses = (text_at(record, self._mapping[name]) for name in ("url", "asked_url"))
        slugs = [comparable_slug(slug) if slug else None, *(_slug_of(address) for address in addresses)]
        return next((slug for slug in slugs if slug and slug in wanted), None)

    def _read(self, record: Mapping[str, Any]) -> _Record:
        content = mapped_record(record, self._mapping)
        content["empty_end_is_current"] = self._settings.empty_end_is_current
        shows = any(content[name] for name in ("headline", "company", "positions", "full_name"))
        trouble = "" if shows else text_at(record, self._mapping["trouble"]) or "an empty record"
        return _Record(content, trouble, _moment(text_at(record, self._mapping["captured_at"])))


def _mapping(settings: VendorFileSettings) -> dict[str, str]:
    layout = LAYOUTS.get(settings.layout)
    if layout is None:
        raise SourceUnavailable(
            f"{NAME}: there is no layout {settings.layout!r}.",
            f"Known layouts: {', '.join(sorted(LAYOUTS))}.",
        )
    unknown = sorted(set(settings.mapping) - set(layout))
    if unknown:
        raise SourceUnavailable(
            f"{NAME}: the mapping names unknown fields: {', '.join(unknown)}.",
            f"Known fields: {', '.join(layout)}.",
        )
    return {**layout, **settings.mapping}


def _slug_of(address: str | None) -> str | None:
    try:
        return profile_slug(address or "")
    except ValueError:
        return None


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@contextmanager
def open_vendor_file(settings: VendorFileSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Take the audited people's records out of the file; raises SourceUnavailable without one."""
    yield VendorRecords(settings, evidence_file(NAME, settings.file, "file", context), context.employees)


SOURCE = Source(
    name=NAME,
    summary="a licensed vendor's data file (JSON, JSON Lines or CSV)",
    settings=VendorFileSettings,
    reach=frozenset({"full_name", "headline", "banner", "topcard_company", "positions"}),
    open=open_vendor_file,
    evidence_days=45,
)
