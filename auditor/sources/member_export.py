"""The archive a member gets from "Get a copy of your data", tied to the person by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from auditor.domain.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.domain.employee import Employee
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._export_tables import PROFILE, BadTable, choose_tables, table_of, trimmed
from auditor.sources._file_bytes import modified_at, read_bytes
from auditor.sources._folder import evidence_folder, files_in
from auditor.sources._person_files import tie
from auditor.sources._without_evidence import without_evidence
from auditor.zip_limits import ENTRY_LIMIT, BadArchive, Unpacked, unpack

NAME = "member_export"
_NAMED_DATE = re.compile(r"_LinkedInDataExport_(\d{2})-(\d{2})-(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MemberExportSettings:
    """`folder`: where the archives lie (`<employee id>.zip`, `<employee id>/...`), relative to the
    policy file."""

    folder: str = ""


@dataclass(frozen=True, slots=True)
class _Export:
    """An archive, or the folder somebody unpacked it into."""

    path: Path
    named_at: datetime | None
    written_at: datetime | None
    #: the name holds a date that the calendar does not have
    bad_date: bool = False

    @property
    def age_key(self) -> tuple[datetime, bool, str]:
        """Sorts by age; of the same day the Complete one is the better."""
        oldest = datetime.min.replace(tzinfo=UTC)
        return (
            self.named_at or self.written_at or oldest,
            "complete" in self.path.name.lower(),
            str(self.path),
        )


class MemberExports:
    """A folder of exports, indexed once by employee id."""

    def __init__(self, folder: Path, employees: Iterable[Employee]) -> None:
        self._tied = tie(_export_paths(folder), folder, employees)

    def bring(self, employee: Employee) -> Capture:
        """The person's newest export: only its three needed tables, and of these the needed columns."""
        if employee.employee_id in self._tied.contested:
            trouble = "the name of an export holds the ids of two people"
            return without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, trouble)
        exports = [_export(path) for path in self._tied.by_id.get(employee.employee_id, ())]
        if not exports:
            trouble = "no export bears the person's employee id"
            return without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, trouble)
        export = max(exports, key=lambda export: export.age_key)
        notes = ("several exports of this person; the newest was read",) if len(exports) > 1 else ()
        return _capture(employee, export, notes)


def _export_paths(folder: Path) -> Iterator[Path]:
    yield from files_in(folder, frozenset({".zip"}))
    for path in files_in(folder, frozenset({".csv"})):
        if table_of(path.name) == PROFILE:
            yield path


def _export(path: Path) -> _Export:
    named = path.name if path.suffix.lower() == ".zip" else path.parent.name
    named_at = _named_date(named)
    return _Export(path, named_at, modified_at(path), bool(_NAMED_DATE.search(named)) and named_at is None)


def _named_date(name: str) -> datetime | None:
    found = _NAMED_DATE.search(name)
    try:
        return datetime(int(found[3]), int(found[1]), int(found[2]), tzinfo=UTC) if found else None
    except ValueError:
        return None


def _capture(employee: Employee, export: _Export, notes: tuple[str, ...]) -> Capture:
    try:
        files = _files(export.path)
        artifacts = tuple(_artifact(file) for file in files)
    except (BadArchive, BadTable) as trouble:
        written = export.named_at or export.written_at
        return without_evidence(
            employee, NAME, CaptureStatus.UNREADABLE, str(trouble), captured_at=written, notes=notes
        )
    written = next((file.written_at for file in files if table_of(file.name) == PROFILE), None)
    captured_at = export.named_at or written or export.written_at
    if captured_at is None or export.bad_date:
        undated = "the date of the export cannot be read"
        return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, undated, notes=notes)
    if export.named_at is None:
        notes = (*notes, "the export's name holds no date; the file's own date was taken")
    return Capture(
        employee_id=employee.employee_id,
        url=employee.profile_url or "",
        final_url="",
        status=CaptureStatus.OK,
        captured_at=captured_at,
        source=NAME,
        format=CaptureFormat.MEMBER_EXPORT,
        artifacts=tuple(sorted(artifacts, key=lambda artifact: artifact.kind is not ArtifactKind.MAIN)),
        notes=notes,
    )


def _files(path: Path) -> list[Unpacked]:
    files = unpack(path, choose_tables) if path.suffix.lower() == ".zip" else _unpacked(path.parent)
    if not any(table_of(file.name) == PROFILE for file in files):
        raise BadArchive(f"the archive lacks {PROFILE}")
    return files


def _unpacked(folder: Path) -> list[Unpacked]:
    files = []
    for path in files_in(folder, frozenset({".csv"})):
        if path.parent == folder and table_of(path.name):
            found = read_bytes(path, ENTRY_LIMIT)
            if found.trouble:
                raise BadArchive(f"{path.name}: {found.trouble}")
            files.append(Unpacked(path.name, found.body, found.modified_at))
    return files


def _artifact(file: Unpacked) -> Artifact:
    """A table as an artifact. Raises BadTable for the profile; another's trouble stays with it."""
    table = table_of(file.name) or file.name
    kind = ArtifactKind.MAIN if table == PROFILE else ArtifactKind.PART
    try:
        return Artifact(kind, trimmed(table, file.body), table, "text/csv")
    except BadTable as trouble:
        if kind is ArtifactKind.MAIN:
            raise
        return Artifact(kind, b"", table, "text/csv", trouble=str(trouble))


@contextmanager
def open_member_exports(settings: MemberExportSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Index the folder; raises SourceUnavailable where there is none."""
    yield MemberExports(evidence_folder(NAME, settings.folder, context), context.employees)


SOURCE = Source(
    name=NAME,
    summary="the member's own data export (ZIP, Basic or Complete)",
    settings=MemberExportSettings,
    reach=frozenset({"full_name", "headline", "banner", "positions"}),
    open=open_member_exports,
    evidence_days=90,
)
