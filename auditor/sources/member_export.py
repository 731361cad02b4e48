"""The archive a member gets from "Get a copy of your data", tied to the person by its name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from auditor.files.archives import ENTRY_LIMIT, BadArchive, Unpacked, unpack
from auditor.files.decoding import decode_text
from auditor.files.reading import modified_at, try_to_read
from auditor.language.words import mark
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.message import Message, say
from auditor.model.profile import BANNER_PICTURE, COMPANY_LINK
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._folder import evidence_folder, files_in, left_out_notice, tie, without_evidence

NAME = "member_export"
_NAMED_DATE = re.compile(r"_LinkedInDataExport_(\d{2})-(\d{2})-(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MemberExportSettings:
    """`folder`: where the archives are (`<employee id>.zip`, `<employee id>/...`), relative to the
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

    def __init__(self, folder: Path, employees: Sequence[Employee]) -> None:
        self._folder = folder
        self._tied = tie(_export_paths(folder), folder, employees)
        self.notices = left_out_notice(self._tied.of_left_out(employees), folder)

    def fetch(self, employee: Employee) -> Capture:
        """The person's newest export: only its three needed tables, and of these the needed columns."""
        if employee.employee_id in self._tied.contested:
            trouble = say("the name of an export holds the ids of two people")
            return without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, trouble)
        exports = [_export(path) for path in self._tied.by_id.get(employee.employee_id, ())]
        if not exports:
            trouble = say("no export bears the person's employee id")
            return without_evidence(employee, NAME, CaptureStatus.NOT_ATTEMPTED, trouble)
        export = max(exports, key=lambda export: export.age_key)
        several = (say("several exports of this person; the newest was read"),)
        return _capture(employee, export, several if len(exports) > 1 else ())

    def files(self, employee: Employee) -> list[Path]:
        """Every file of this person's exports; of one that was unpacked, all that came with it."""
        found: list[Path] = []
        for path in self._tied.by_id.get(employee.employee_id, ()):
            unpacked = path.suffix.lower() != ".zip" and path.parent != self._folder
            found += [one for one in path.parent.rglob("*") if one.is_file()] if unpacked else [path]
        return found


def capture_export(path: Path, employee: Employee) -> Capture:
    """One archive as this person's capture, whatever its name; trouble with it is the capture's status."""
    return _capture(employee, _export(path), ())


def _export_paths(folder: Path) -> Iterator[Path]:
    for path in files_in(folder, frozenset({".zip", ".csv"})):
        if path.suffix.lower() == ".zip" or table_of(path.name) == PROFILE:
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


def _capture(employee: Employee, export: _Export, notes: tuple[Message, ...]) -> Capture:
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
        undated = say("the date of the export cannot be read")
        return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, undated, notes=notes)
    if export.named_at is None:
        notes = (*notes, say("the export's name holds no date; the file's own date was taken"))
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
            found = try_to_read(path, ENTRY_LIMIT)
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
    """Index the folder; raises SourceUnavailable if there is none."""
    yield MemberExports(evidence_folder(NAME, settings.folder, context), context.employees)


SOURCE = Source(
    name=NAME,
    summary="the member's own data export (ZIP, Basic or Complete)",
    settings=MemberExportSettings,
    reach=frozenset({"full_name", "headline", "banner", "positions"}),
    open=open_member_exports,
    evidence_days=90,
    title=mark("The member's own export"),
    needs=mark("each member's own export; it has no link to the company page"),
    takes=mark("a few minutes of the member, then up to a day of waiting"),
    lacks=frozenset({COMPANY_LINK, BANNER_PICTURE}),
    voluntary=True,
)
MOST_ROWS = 20_000
PROFILE = "Profile.csv"
POSITIONS = "Positions.csv"
RICH_MEDIA = "Rich_Media.csv"
#: the columns of each table that the audit needs
COLUMNS = {
    PROFILE: ("First Name", "Last Name", "Maiden Name", "Headline"),
    POSITIONS: ("Company Name", "Title", "Started On", "Finished On"),
    RICH_MEDIA: ("Date/Time", "Media Link", "Type", "Link"),
}
_BACKGROUND = re.compile(r"backgroundimage|background photo", re.IGNORECASE)


class BadTable(Exception):
    """The table cannot be read; the text says why, in plain words."""


def table_of(name: str) -> str | None:
    """Which of the three tables a file inside an export is, or None."""
    plain = PurePosixPath(name.replace("\\", "/")).name.casefold().replace(" ", "_")
    return next((table for table in COLUMNS if table.casefold() == plain), None)


def choose_tables(names: Sequence[str]) -> list[str]:
    """The names of the three tables, nearest to the top; macOS shadows are passed over."""
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (name.count("/"), name)):
        table = table_of(name)
        if table and not name.startswith("__MACOSX"):
            found.setdefault(table, name)
    top = found.get(PROFILE, "").rpartition("/")[0]
    return [name for name in found.values() if name.rpartition("/")[0] == top]


def trimmed(table: str, body: bytes) -> bytes:
    """The needed columns of a table, as CSV in UTF-8. Raises BadTable."""
    rows = _rows(table, decode_text(body))
    heading = [name.strip().casefold() for name in rows[0]] if rows else []
    columns = [
        (name, heading.index(name.casefold())) for name in COLUMNS[table] if name.casefold() in heading
    ]
    if not columns:
        raise BadTable(f"{table} has none of the columns {', '.join(COLUMNS[table])}")
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([name for name, _ in columns])
    for row in rows[1:]:
        if len(row) != len(heading) and table != RICH_MEDIA:
            raise BadTable(f"{table} has a row that does not fit its columns")
        if table != RICH_MEDIA or names_background(row):
            writer.writerow([row[place] if place < len(row) else "" for _, place in columns])
    return written.getvalue().encode("utf-8", "replace")


def _rows(table: str, text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=table != RICH_MEDIA):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) > MOST_ROWS:
                raise BadTable(f"{table} holds more than {MOST_ROWS} rows")
    except csv.Error as trouble:
        raise BadTable(f"{table} is damaged or cut off") from trouble
    return rows


def names_background(row: Sequence[str]) -> bool:
    """True for a row about a profile background; portraits and posts stay behind."""
    return any(_BACKGROUND.search(cell) for cell in row)
