from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from auditor.extract.attestation import EXTRACTOR, NOTE
from auditor.model.capture import Capture, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.observed import Present, Unseen
from auditor.model.profile import Banner, BannerKind, CompanyShown, PageLink, PageLinkKind
from auditor.sources.attestation import SOURCE, AttestationSettings

from .invented import NOBODY, ODA, context, person, picture, written, zipped

LINK = "https://www.linkedin.com/company/vintergloed/"


def fetch(folder: Path, employee: Employee = ODA, **settings: object) -> Capture:
    given = AttestationSettings(**{"file": "answers.csv", **settings})  # type: ignore[arg-type]
    with SOURCE.open(given, context(folder)) as source:
        return source.fetch(employee)


def test_a_workbook_as_forms_export_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Answers of the form"])
    sheet.append(["ID", "Completion time", "Personeelsnummer", "Kopregel", "Bedrijfspagina", "Omslagfoto"])
    link = "https://firm.sharepoint.invalid/sites/x/my%20banner_Oda.jpg?web=1"
    sheet.append(
        [
            1,
            datetime(2026, 2, 3, 9, 30, tzinfo=UTC).replace(tzinfo=None),
            1042,
            "Planner bij Vintergloed",
            LINK,
            link,
        ]
    )
    book.save(tmp_path / "answers.xlsx")
    written(tmp_path / "banners" / "my banner_Oda.jpg", picture())
    employee = person("1042", "oda-vintermark")
    capture = fetch(tmp_path, employee, file="answers.xlsx", pictures="banners")
    assert capture.captured_at == datetime(2026, 2, 3, 9, 30, tzinfo=UTC)
    profile = EXTRACTOR.read(capture)
    assert profile.headline == Present("Planner bij Vintergloed")
    assert profile.topcard_company == Present(
        CompanyShown("", Present(PageLink(PageLinkKind.COMPANY, "vintergloed")))
    )
    assert profile.banner == Present(Banner(BannerKind.CUSTOM, "my banner_Oda.jpg", picture()))
    assert isinstance(profile.positions, Unseen)
    assert profile.notes == (NOTE,)


@pytest.mark.parametrize(
    "heading", ["Matricule;Titre du profil", "Personalnummer;Profil-Slogan", '"Employee number";"Headline"']
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_headings_and_encodings(tmp_path: Path, heading: str, encoding: str) -> None:
    written(tmp_path / "answers.csv", f"{heading}\r\nE-101;Née planificatrice\r\n".encode(encoding))
    assert EXTRACTOR.read(fetch(tmp_path)).headline == Present("Née planificatrice")


def test_headings_of_the_policy(tmp_path: Path) -> None:
    written(tmp_path / "answers.csv", "Wer?,Was steht oben?\nE-101,Planner\n")
    columns = {"employee_id": "Wer?", "headline": "was steht oben"}
    assert EXTRACTOR.read(fetch(tmp_path, columns=columns)).headline == Present("Planner")


@pytest.mark.parametrize("later", ["2026-02-04", "04/02/2026 08:00", "4.2.2026", "2026-02-04T10:00:00Z"])
def test_the_newest_answer_wins(tmp_path: Path, later: str) -> None:
    rows = f"Employee ID;Headline;Date\nE-101;New;{later}\nE-101;Old;03-02-2026\nE-1010;Other;2027-01-01\n"
    written(tmp_path / "answers.csv", rows)
    capture = fetch(tmp_path)
    assert capture.captured_at.date().isoformat() == "2026-02-04"
    assert EXTRACTOR.read(capture).headline == Present("New")
    assert "several answers of this person; the newest was read" in map(str, capture.notes)


def test_open_questions_are_unseen(tmp_path: Path) -> None:
    written(tmp_path / "answers.csv", "Employee ID,Headline,Company link,Banner\nE-101,,no idea,\n")
    profile = EXTRACTOR.read(fetch(tmp_path))
    assert [type(value) for value in profile.fields().values()] == [Unseen] * 5


@pytest.mark.parametrize("name", ["../secret.jpg", "/etc/hostname", "..", "none.jpg", "a\x01b", "https://["])
def test_only_pictures_of_the_folder_are_taken(tmp_path: Path, name: str) -> None:
    written(tmp_path / "secret.jpg", picture())
    written(tmp_path / "form" / "answers.csv", f"Employee ID,Banner\nE-101,{name}\n")
    capture = fetch(tmp_path / "form")
    assert capture.artifacts[1].trouble
    assert isinstance(EXTRACTOR.read(capture).banner, Unseen)


def test_a_picture_that_is_a_link_to_itself_costs_only_the_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to(tmp_path / "a.png")
    written(tmp_path / "answers.csv", "Employee ID,Headline,Banner\nE-101,Planner at Velora,a.png\n")
    profile = EXTRACTOR.read(fetch(tmp_path))
    assert profile.headline == Present("Planner at Velora")
    assert isinstance(profile.banner, Unseen)


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("answers.csv", b"Name,Headline\nOda,x\n", "no column with the employee id"),
        ("answers.csv", b"", "the file is empty"),
        ("answers.csv", b'Employee ID\n"E-101', "damaged or cut off"),
        ("answers.csv", b"Employee ID\n\0\n", "neither a workbook nor a CSV file"),
        ("answers.xlsx", b"Employee ID\nE-101\n", "not a ZIP archive"),
        ("answers.xlsx", zipped({"x.txt": "no workbook"}), "the workbook is damaged"),
        ("answers.xlsx", zipped({"xl/worksheets/sheet1.xml": b"0" * 30_000_000}), "200 times its size"),
    ],
)
def test_a_form_that_cannot_be_read_is_a_status_of_everybody(
    tmp_path: Path, name: str, body: bytes, words: str
) -> None:
    written(tmp_path / name, body)
    for employee in (ODA, NOBODY):
        capture = fetch(tmp_path, employee, file=name)
        assert capture.status is CaptureStatus.UNREADABLE
        assert words in str(capture.trouble)


def test_nobody_is_found_by_half_an_id(tmp_path: Path) -> None:
    written(tmp_path / "answers.csv", "Employee ID,Headline\nE-1,x\n,y\n")
    assert fetch(tmp_path).status is CaptureStatus.NOT_ATTEMPTED
    assert fetch(tmp_path, person("", None)).status is CaptureStatus.NOT_ATTEMPTED
    assert fetch(tmp_path, NOBODY).status is CaptureStatus.NOT_ATTEMPTED
