"""What employees themselves state in a form: the weakest step of the ladder."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import openpyxl

from auditor.files.archives import BadArchive, check_archive
from auditor.files.decoding import decode_text
from auditor.files.reading import MEGABYTE, modified_at, try_to_read
from auditor.files.tables import delimiter_of
from auditor.language.words import mark
from auditor.language.written_dates import DateOrder, read_moment
from auditor.model.accents import without_accents
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.limits import Checked
from auditor.model.message import Text, say
from auditor.ports import OpenSource, Source, SourceContext
from auditor.sources._folder import evidence_file, without_evidence
from auditor.sources._saved_pictures import missing_picture, picture_at, stays_in

NAME = "attestation"


def _known_field(name: str) -> str:
    if name not in HEADINGS:
        raise ValueError(
            f"there is no field {name!r} in the form; the field stands first and your heading after it, as "
            f'{{headline: "Your heading"}}; known: {", ".join(HEADINGS)}'
        )
    return name


@dataclass(frozen=True, slots=True)
class AttestationSettings:
    """`file`: the answers (xlsx or csv), in the evidence folder or next to the policy. `pictures`: the
    folder of handed-in banners, relative to that file. `columns`: the form's own headings for
    employee_id, headline, company_link, banner, answered_on if they are not recognised."""

    file: str = ""
    pictures: str = ""
    columns: Mapping[Annotated[str, Checked(_known_field, "a field of the form")], str] = field(
        default_factory=dict
    )


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
        self._trouble: Text = ""
        rows: list[dict[str, Any]] = []
        try:
            rows = form_rows(path, settings.columns)
        except BadForm as trouble:
            self._trouble = say("the form's answers cannot be read: {why}", why=trouble)
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

    def fetch(self, employee: Employee) -> Capture:
        """The person's newest answer, with the picture they handed in."""
        if self._trouble:
            return without_evidence(
                employee, NAME, CaptureStatus.UNREADABLE, self._trouble, captured_at=self._modified_at
            )
        found = self._answers.get(employee.employee_id.strip().casefold(), [])
        if not found or not employee.employee_id.strip():
            return without_evidence(
                employee, NAME, CaptureStatus.NOT_ATTEMPTED, say("no answer of this person in the form")
            )
        # an answer whose date cannot be read may be of any age: it counts only where there is no other
        usable = [answer for answer in found if not answer.bad_date] or found
        answer = max(usable, key=lambda answer: answer.age_key)
        captured_at = answer.answered_at or self._modified_at
        if answer.bad_date or captured_at is None:
            undated = say("the answer's date cannot be read: {written}", written=repr(answer.bad_date[:60]))
            return without_evidence(employee, NAME, CaptureStatus.UNREADABLE, undated)
        notes = [say("stated by the employee, not seen")]
        if len(found) > 1:
            notes.append(say("several answers of this person; the newest was read"))
        if answer.answered_at is None:
            notes.append(say("the answer holds no date; the file's own date was taken"))
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

    def files(self, employee: Employee) -> list[Path]:
        """The pictures that this person handed in; the form itself is everybody's."""
        answers = self._answers.get(employee.employee_id.strip().casefold(), ())
        names = [_file_name(answer.content["banner"]) for answer in answers if answer.content["banner"]]
        places = [self._pictures / name for name in names if name]
        return [one for one in places if stays_in(one, self._pictures) and one.is_file()]

    def _banner(self, reference: str) -> tuple[Artifact, ...]:
        """The handed-in picture; only the last part of what the form holds is used as a file name."""
        if not reference:
            return ()
        name = _file_name(reference)
        place = self._pictures / name
        if not name or not stays_in(place, self._pictures):
            return (missing_picture(name, "the answer names no picture file"),)
        return (picture_at(place, name),)


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
    """Read the form; raises SourceUnavailable if there is none."""
    path = evidence_file(NAME, settings.file, context)
    yield Attestations(settings, path, day_first=context.policy.roster.day_first)


SOURCE = Source(
    name=NAME,
    summary="a form in which employees state headline, link and banner; weakest evidence",
    settings=AttestationSettings,
    reach=frozenset({"headline", "banner", "topcard_company"}),
    open=open_attestations,
    evidence_days=30,
    title=mark("The employee's own statement"),
    needs=mark("each person's own statement; the weakest evidence"),
    takes=mark("a minute of the person"),
    voluntary=True,
)
FORM_LIMIT = 20 * MEGABYTE
MOST_ROWS = 100_000
_MOST_HEADING_ROWS = 10
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "employee_id": (
        "employee id", "employee number", "employee no", "personnel number", "staff id",
        "personeelsnummer", "medewerkernummer", "werknemersnummer",
        "matricule", "numero de personnel", "numero d employe", "id employe",
        "personalnummer", "mitarbeiternummer", "personalnr",
    ),
    "headline": (
        "headline", "linkedin headline", "your headline", "kopregel", "profielkop", "linkedin kopregel",
        "titre du profil", "titre linkedin", "accroche", "slogan", "profilslogan", "profil slogan",
    ),
    "company_link": (
        "company link", "company page", "link to company page", "company page link", "linkedin company page",
        "bedrijfspagina", "link bedrijfspagina", "link naar bedrijfspagina",
        "page entreprise", "lien page entreprise", "page de l entreprise", "lien de la page entreprise",
        "unternehmensseite", "link unternehmensseite", "link zur unternehmensseite", "firmenseite",
    ),
    "banner": (
        "banner", "banner picture", "banner picture file", "banner file", "banner image", "your banner",
        "bannerfoto", "bannerafbeelding", "omslagfoto", "banniere", "image de banniere",
        "photo de couverture",
        "bannerbild", "titelbild", "hintergrundbild",
    ),
    "answered_on": (
        "date", "answered on", "completion time", "timestamp", "submitted at", "submitted on",
        "datum", "tijd van voltooiing", "voltooid op", "tijdstempel", "ingevuld op",
        "heure de fin", "horodateur", "date de reponse", "rempli le",
        "fertigstellungszeit", "zeitstempel", "abgeschlossen am", "ausgefullt am",
    ),
}  # fmt: skip


class BadForm(Exception):
    """The file cannot be used as a form's answers; the text says why, in plain words."""


def form_rows(path: Path, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    """The answers, each as field -> cell. `columns` names headings of the form's own. Raises BadForm."""
    rows = _workbook_rows(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv_rows(path)
    names = {_plain(heading): name for name, known in HEADINGS.items() for heading in known}
    names.update({_plain(heading): name for name, heading in columns.items()})
    places: dict[str, int] | None = None
    answers = []
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise BadForm(f"the form holds more than {MOST_ROWS} rows")
        if places is None:
            places = _heading(row, names)
            if places is None and number >= _MOST_HEADING_ROWS:
                break
        elif any(cell not in (None, "") for cell in row):
            answers.append({name: row[at] for name, at in places.items() if at < len(row)})
    if places is None:
        raise BadForm("the form has no column with the employee id")
    return answers


def cell_text(cell: Any) -> str:
    """A cell as text: whole numbers without a decimal point, dates as ISO."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return " ".join(str(cell)[:20_000].split())


def _heading(row: Sequence[Any], names: Mapping[str, str]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = names.get(_plain(cell_text(cell)))
        if name:
            found.setdefault(name, place)
    return found if "employee_id" in found else None


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", without_accents(heading.casefold())))


def _csv_rows(path: Path) -> Iterator[Sequence[Any]]:
    found = try_to_read(path, FORM_LIMIT)
    if found.trouble:
        raise BadForm(found.trouble)
    text = decode_text(found.body)
    if "\0" in text:
        raise BadForm("it is neither a workbook nor a CSV file")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    except csv.Error as trouble:
        raise BadForm("the CSV is damaged or cut off") from trouble


def _workbook_rows(path: Path) -> Iterable[Sequence[Any]]:
    try:
        check_archive(path, FORM_LIMIT)
    except BadArchive as trouble:
        raise BadForm(str(trouble)) from trouble
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=200, values_only=True)
            return [tuple(row) for row in rows if any(cell is not None for cell in row)]
        finally:
            book.close()
    except Exception as trouble:  # openpyxl raises whatever the XML library meets in a broken file
        raise BadForm("the workbook is damaged") from trouble
