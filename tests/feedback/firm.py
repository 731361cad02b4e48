"""A small invented firm that is audited month by month on saved pages, and HR who fills in the workbook."""

from __future__ import annotations

import copy
import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor.app.decide import FileTaken, take_decisions
from auditor.app.registry import policy_of
from auditor.app.run_audit import run_audit
from auditor.app.run_plan import RunRequest, open_store, prepare
from auditor.model.decision import Decision
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.policy import Policy
from auditor.model.report import AuditReport
from auditor.proof.pages.visitor import full_page, masked_page
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.store.runs import RunStore
from auditor.writers.xlsx import write_xlsx
from tests.pages.people import BannerForm, Language, Link, Person, Role

POLICY = """\
version: 1
language: {language}
entities:
  - name: Noordlicht Energie
    names: [Noordlicht Energie]
    pages: [https://www.linkedin.com/company/noordlicht-energie]
    headline: "{{job title}} at {{company}}"
    privacy:
      purpose: correct presentation
      balancing_note_date: 2020-01-15
      contact: privacy@noordlicht.example
      notice_date: 2020-02-01
      notice_in_joining_papers: true
sources: {{ladder: [saved_pages], evidence_days: {{saved_pages: 3660}}}}
"""
HEAD = "Employee number;Full name;Status;Start date;End date;Job title;LinkedIn\n"
NAMES = {
    "0101": "Anneke Voorbeeld",
    "0102": "Bram Verzonnen",
    "0103": "Chloë Bedacht",
    "0104": "Dirk Fictief",
}
RIGHT, WRONG = "Planner at Noordlicht Energie", "Cyclist and speaker"
#: the page can be had, but shows visitors no headline
MASKED = "masked"
MONTHS = tuple(date(2026 + (8 + n) // 12, (8 + n) % 12 + 1, 20) for n in range(16))
_LANGUAGE = Language("en_US", "en", "Present", "3 years", "Experience", "View", ("Jan", "May", "Sep", "Dec"))
_LINK = Link("https://www.linkedin.com/company/noordlicht-energie?trk=x", slug="noordlicht-energie")
HEADLINE = "HDL001"


def slug(number: str) -> str:
    return f"invented-{number}"


def page(number: str, headline: str, slug: str) -> str:
    role = Role("Planner", "Noordlicht Energie", _LINK, "2020-01")
    person = Person(slug, NAMES[number], headline, BannerForm(None), (role,), _LANGUAGE, shown_employer=role)
    return masked_page(person, "2024", listed=None) if headline == MASKED else full_page(person, "2024")


@dataclass
class Firm:
    """Everything in one folder; `addresses` are the roster's, `left_out` is not in the roster."""

    folder: Path
    language: str = "en"
    addresses: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        (self.folder / "config").mkdir(parents=True)
        (self.folder / "saved").mkdir()
        path = self.folder / "config" / "policy.yaml"
        path.write_text(POLICY.format(language=self.language), "utf-8")
        self.policy: Policy = policy_of(path)
        self.store: RunStore = open_store(self.policy)
        self.report: AuditReport | None = None

    def copied_to(self, folder: Path) -> Self:
        """The firm as it is now, in a new folder, which is much quicker than to audit it anew."""
        shutil.copytree(self.folder, folder)
        other = copy.copy(self)
        other.folder = folder
        for name in ("addresses", "titles", "left_out", "ends"):
            if hasattr(other, name):
                setattr(other, name, copy.copy(getattr(other, name)))
        other.policy = policy_of(folder / "config" / "policy.yaml")
        other.store = open_store(other.policy)
        return other

    def audit(
        self, today: date, headlines: dict[str, str | None], seen_on: date | None = None
    ) -> AuditReport:
        """Audit these headlines, seen on a day (default: today); None: no page can be had this month."""
        for path in (self.folder / "saved").iterdir():
            path.unlink()
        moment = datetime.combine(seen_on or today, datetime.min.time(), UTC).timestamp() + 3600
        for number, headline in headlines.items():
            if headline is not None:
                shown = self.address(number).rstrip("/").rsplit("/", 1)[-1].lower()
                path = self.folder / "saved" / f"{shown}.html"
                path.write_text(self.page(number, headline, shown), "utf-8")
                os.utime(path, (moment, moment))
        self._write_roster()
        request = RunRequest(
            roster=self.folder / "people.csv",
            policy=self.policy.path,
            output=self.folder / "reports",
            captures=self.folder / "saved",
            today=today,
            accept_shrink=True,
            resume=False,
        )
        end = run_audit(prepare(request, self.policy, self.store), self.store, lambda: False)
        assert end.report is not None
        self.report = end.report
        return end.report

    def page(self, number: str, headline: str, shown: str) -> str:
        """What the site shows of a person."""
        return page(number, headline, shown)

    def address(self, number: str) -> str:
        """A person's profile address in the roster."""
        return self.addresses.get(number, f"https://www.linkedin.com/in/{slug(number)}")

    def _write_roster(self) -> None:
        rows = [
            f"{number};{name};active;2020-01-01;;{self.titles.get(number, 'Planner')};"
            f"{self.address(number)}\n"
            for number, name in NAMES.items()
            if number not in self.left_out
        ]
        rows += self.more_rows()
        rows.append("0199;Zelda Vroeger;left;2015-01-01;2019-01-31;Planner;\n")
        (self.folder / "people.csv").write_text(HEAD + "".join(rows), "utf-8")

    def more_rows(self) -> list[str]:
        """Further lines of the roster."""
        return []

    def finding(self, number: str, rule: str = HEADLINE) -> TrackedFinding | None:
        assert self.report is not None
        found = (f for f in self.report.findings if f.finding.employee_id == number)
        return next((f for f in found if f.finding.rule_id == rule), None)

    def state(self, number: str) -> FindingState | None:
        found = self.finding(number)
        return found.state if found else None

    def workbook(self) -> Path:
        """The exception workbook of the last run, as a file."""
        assert self.report is not None
        return write_xlsx(exception_workbooks(self.report)[0], self.folder / "sent")[0]

    def returned(self, edit: Callable[[Sheet], None], name: str = "back.xlsx") -> Path:
        """A copy of the last workbook after HR worked on it."""
        return self.filled_in(self.workbook(), edit, self.folder / name)

    @staticmethod
    def filled_in(workbook: Path, edit: Callable[[Sheet], None], target: Path) -> Path:
        """`workbook` after HR worked on it, saved as `target`."""
        book = load_workbook(workbook)
        edit(Sheet(book.worksheets[1]))
        book.properties.lastModifiedBy = "Els van HR"
        book.save(target)
        return target

    def decide(self, number: str, today: date, name: str = "back.xlsx", **cells: object) -> Decision:
        """HR answers the headline finding of a person, and the file is read; returns what came of it."""
        taken = self.take(self.returned(lambda sheet: sheet.answer(number, **cells), name), today)
        assert len(taken.decisions) == 1, taken
        return taken.decisions[0]

    def take(self, path: Path, today: date, by: str = "") -> FileTaken:
        return take_decisions([path], self.policy, self.store, today, by)[0]


def damaged_copies(given: Path) -> Iterator[Path]:
    """Forty times the same file beside `given`, with bytes changed by seed; every third is cut off."""
    body, chance = given.read_bytes(), random.Random(11)
    path = given.with_name("damaged.xlsx")
    for attempt in range(40):
        damaged = bytearray(body[: chance.randrange(200, len(body))] if attempt % 3 == 0 else body)
        for _ in range(chance.randrange(1, 60)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        yield path


def saved_by_libreoffice(given: Path, tmp_path: Path) -> Path:
    """A workbook opened in LibreOffice and saved as a new file below `tmp_path`."""
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
            "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved"), str(given),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return tmp_path / "saved" / given.name


@dataclass
class Sheet:
    """A sheet as somebody looks at it: by heading and by person."""

    sheet: Worksheet

    def column(self, heading: str) -> int:
        return next(cell.column for cell in self.sheet[1] if cell.value == heading)

    def row(self, number: str, criterion: str = "Headline") -> int:
        who, what = self.column("Employee no."), self.column("Criterion")
        return next(
            row
            for row in range(2, self.sheet.max_row + 1)
            if self.sheet.cell(row, who).value == number and self.sheet.cell(row, what).value == criterion
        )

    def answer(self, number: str, **cells: object) -> None:
        """`decision`, `date`, `until`, `remark` of a person's headline finding."""
        headings = {
            "decision": "Decision",
            "date": "Decision date",
            "until": "Waived until",
            "remark": "Remark (no health data)",
        }
        for key, value in cells.items():
            self.sheet.cell(self.row(number), self.column(headings[key])).value = value
