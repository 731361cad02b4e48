"""What employees themselves state in a form: the weakest rung of the ladder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from auditor.domain.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.domain.employee import Employee
from auditor.domain.written_dates import DateOrder, read_moment
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._file_bytes import modified_at, read_bytes
from auditor.sources._folder import evidence_file
from auditor.sources._form_answers import BadForm, cell_text, form_rows
from auditor.sources._saved_pictures import PICTURE_LIMIT, missing_picture, picture_artifact
from auditor.sources._without_evidence import without_evidence

NAME = "attestation"


@dataclass(frozen=True, slots=True)
class AttestationSettings:
    """`file`: the answers (xlsx or csv), in the evidence folder or beside the policy. `pictures`: the
    folder of handed-in banners, relative to that file. `columns`: the form's own headings for
    employee_id, headline, company_link, banner, answered_on where they are not recognised."""

    file: str = ""
    pictures: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Answer:
    content: Mapping[str, str]
    answered_at: datetime | None
    row: int
    #: a date that cannot be read, as it stands in the form
    bad_date: str = ""

    @property
    def age_key(self) -> tuple[datetime, int]:
        return (self.answered_at or datetime.min.replace(tzinfo=UTC), self.row)


class Attestations:
    """The answers of one form, by employee id."""

    def __init__(self, settings: AttestationSettings, path: Path, *, day_first: bool) -> None:
        self._pictures = path.parent / settings.pictures
        self._modified_at = modified_at(path)
        self._answers: dict[str, list[_Answer]] = {}
        self._trouble = ""
        rows: list[dict[str, Any]] = []
        try:
            rows = form_rows(path, settings.columns)
        except BadForm as trouble:
            self._trouble = f"the form's answers cannot be read: {trouble}"
        self.notices = (self._trouble,) if self._trouble else ()
        order = DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
        for number, row in enumerate(rows):
            moment, written = _moment(row.get("answered_on"), order), cell_text(row.get("answered_on"))
            answer = _Answer(
                {name: cell_text(row.get(name)) for name in ("headline", "company_link", "banner")},
                moment,
                number,
                "" if moment else written,
            )
            self._answers.setdefault(cell_text(row.get("employee_id")).casefold(), []).append(answer)

    def bring(self, employee: Employee) -> Capture:
        """The person's newest answer, with the picture they handed in."""
        if self._trouble:
            return without_evidence(
                employee, NAME, CaptureStatus.UNREADABLE, self._trouble, captured_at=self._modified_at
            )
        found = self._answers.get(employee.employee_id.strip().casefold(), [])
        if not found or not employee.employee_id.strip():
            return without_evidence(
                employee, NAME, CaptureStatus.NOT_ATTEMPTED, "no answer of this person in the form"
            )
        # an answer whose date cannot be read may be of any age: it counts only where there is no other
        usable = [answer for answer in found if not answer.bad_date] or found
        answer = max(usable, key=lambda answer: answer.age_key)
        captured_at = answer.answered_at or self._modified_at
        if answer.bad_date or captured_at is None:
            trouble = f"the answer's date cannot be read: {answer.bad_date[:60]!r}"
            return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, trouble)
        notes = ["stated by the employee, not seen"]
        if len(found) > 1:
            notes.append("several answers of this person; the newest was read")
        if answer.answered_at is None:
            notes.append("the answer holds no date; the file's own date was taken")
        body = json.dumps(dict(answer.content)).encode("ascii")
        main = Artifact(ArtifactKind.MAIN, body, f"answer {answer.row + 1}", "application/json")
        return Capture(
            employee_id=employee.employee_id,
            url=employee.profile_url or "",
            final_url="",
            status=CaptureStatus.OK,
            captured_at=captured_at,
            source=NAME,
            format=CaptureFormat.ATTESTATION,
            artifacts=(main, *self._banner(answer.content["banner"])),
            notes=tuple(notes),
        )

    def _banner(self, reference: str) -> tuple[Artifact, ...]:
        """The handed-in picture; only the last part of what the form holds is used as a file name."""
        if not reference:
            return ()
        name = _file_name(reference)
        place = self._pictures / name
        try:
            inside = bool(name) and place.resolve().is_relative_to(self._pictures.resolve())
        except (OSError, ValueError):
            inside = False
        if not inside:
            return (missing_picture(name, "the answer names no picture file"),)
        found = read_bytes(place, PICTURE_LIMIT)
        if found.trouble:
            return (missing_picture(name, found.trouble.replace("the file", "the picture")),)
        return (picture_artifact(found.body, name),)


def _file_name(reference: str) -> str:
    try:
        path = urlsplit(reference).path if "://" in reference else reference
    except ValueError:
        return ""
    name = unquote(path).replace("\\", "/").rstrip("/").rpartition("/")[2]
    return "" if name in (".", "..") or "\0" in name else name


def _moment(cell: Any, order: DateOrder) -> datetime | None:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=UTC) if cell.tzinfo is None else cell.astimezone(UTC)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
    return read_moment(cell_text(cell), order)


@contextmanager
def open_attestations(settings: AttestationSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Read the form; raises SourceUnavailable where there is none."""
    path = evidence_file(NAME, settings.file, "file", context)
    yield Attestations(settings, path, day_first=context.policy.roster.day_first)


SOURCE = Source(
    name=NAME,
    summary="a form in which employees state headline, link and banner; weakest evidence",
    settings=AttestationSettings,
    reach=frozenset({"headline", "banner", "topcard_company"}),
    open=open_attestations,
    evidence_days=30,
)
