"""The invented firm with people who leave, and colleagues who fill in the checklists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor.language.words import words_of
from auditor.model.case import CaseRecord, StepAnswer, case_id, step_id
from auditor.model.document import Workbook
from auditor.model.report import AuditReport
from auditor.offboarding.step_notes import answers_of
from auditor.offboarding.steps import steps
from auditor.proof.pages.visitor import full_page, masked_page
from auditor.reports import LANGUAGES
from auditor.reports.documents.checklist import checklist_columns, offboarding_checklists
from auditor.store.cases import CaseStore, StepNoteStore
from auditor.writers.xlsx import write_xlsx
from tests.feedback.firm import _LANGUAGE, _LINK, MASKED, MONTHS, RIGHT, Firm, page
from tests.pages.people import BannerForm, Link, Person, Role

#: who leaves: number -> name; both left on this day, and are past the days of grace in the first month
LEAVERS = {"0201": "Erik Vertrokken", "0202": "Fatima Verderop"}
LAST_DAY = date(2026, 8, 31)
#: what a leaver's page shows
STILL, GONE = "still at the firm", "gone"
STAFF = {"0101": RIGHT, "0102": RIGHT, "0103": RIGHT, "0104": RIGHT}
_ELSEWHERE = Link("https://www.linkedin.com/company/zuidzon-papier", slug="zuidzon-papier")


def leaver_page(number: str, shows: str, slug: str) -> str:
    here = Role("Planner", "Noordlicht Energie", _LINK, "2020-01", None if shows == STILL else "2026-08")
    there = Role("Beekeeper", "Zuidzon Papier", _ELSEWHERE, "2026-09")
    roles = (here,) if shows == STILL else (there, here)
    headline = RIGHT if shows == STILL else "Keeps bees"
    person = Person(
        slug, LEAVERS[number], headline, BannerForm(None), roles, _LANGUAGE, shown_employer=roles[0]
    )
    return masked_page(person, "2024", listed=None) if shows == MASKED else full_page(person, "2024")


@dataclass
class LeavingFirm(Firm):
    """`ends` are the last days in the roster, by number; who is not there is not in the roster."""

    ends: dict[str, date] = field(default_factory=lambda: dict.fromkeys(LEAVERS, LAST_DAY))

    def page(self, number: str, headline: str, shown: str) -> str:
        if number in LEAVERS:
            return leaver_page(number, headline, shown)
        return page(number, headline, shown)

    def more_rows(self) -> list[str]:
        return [
            f"{number};{LEAVERS[number]};;2020-01-01;{day};Planner;{self.address(number)}\n"
            for number, day in self.ends.items()
        ]

    def month(self, number: int, **leavers: str | None) -> AuditReport:
        """Audit one month; `leavers` by number with an n before it: what their pages show (default: gone)."""
        shown = {one: leavers.get(f"n{one}", GONE) for one in self.ends}
        return self.audit(MONTHS[number], {**STAFF, **shown})

    def books(self) -> dict[str, Workbook]:
        """The checklists of the last run, by employee number."""
        assert self.report is not None
        made = [one for one in offboarding_checklists(self.report) if isinstance(one, Workbook)]
        return {one.file_name.split("_")[1]: one for one in made}

    def lead(self, number: str) -> str:
        """What stands above the table of somebody's checklist."""
        return "\n".join(self.books()[number].tables[0].lead)

    def checklist(self, number: str) -> Path:
        """The checklist of a case as a file."""
        return write_xlsx(self.books()[number], self.folder / "sent")[0]

    def filled(self, number: str, edit: Callable[[Checklist], None], name: str = "back.xlsx") -> Path:
        """A copy of somebody's checklist after people worked on it."""
        book = load_workbook(self.checklist(number))
        edit(Checklist(book.worksheets[0], number, self.language, self.ends.get(number, LAST_DAY)))
        book.properties.lastModifiedBy = "Marga Verzonnen"
        path = self.folder / name
        book.save(path)
        return path

    def answers(self) -> dict[str, StepAnswer]:
        """What holds now, by step id."""
        return answers_of(StepNoteStore(self.store.engine).all())

    def answer(self, number: str, step: str) -> StepAnswer | None:
        return self.answers().get(step_id(case_id(number, self.ends.get(number, LAST_DAY)), step))

    def record(self, number: str) -> CaseRecord | None:
        return CaseStore(self.store.engine).all().get(case_id(number, self.ends.get(number, LAST_DAY)))


class TornFirm(LeavingFirm):
    """Two rows are torn in the middle of a name, so that nobody can tell who stands there."""

    def more_rows(self) -> list[str]:
        return ["0301;Gerda van\n", "Torenburcht;active;2020-01-01\n", *super().more_rows()]


@dataclass
class Checklist:
    """A checklist as somebody looks at it: by step and by column, whatever its language."""

    sheet: Worksheet
    number: str
    language: str
    last_day: date

    @cached_property
    def head(self) -> int:
        wanted = self.heading("step_id")
        return next(row for row in range(1, 40) if any(cell.value == wanted for cell in self.sheet[row]))

    @cached_property
    def headings(self) -> dict[str, str]:
        return {column.key: column.heading for column in checklist_columns(words_of(self.language))}

    @cached_property
    def columns(self) -> dict[object, int]:
        """By heading; of two alike, the first."""
        return {cell.value: cell.column for cell in reversed(self.sheet[self.head])}

    def heading(self, key: str) -> str:
        return self.headings[key]

    def column(self, key: str) -> int:
        return self.columns[self.heading(key)]

    def row(self, step: str) -> int:
        wanted = step_id(case_id(self.number, self.last_day), step)
        rows = range(self.head + 1, self.sheet.max_row + 1)
        return next(row for row in rows if self.sheet.cell(row, self.column("step_id")).value == wanted)

    def put(self, step: str, **cells: object) -> None:
        """Type into `done`, `evidence`, `done_on`, `done_by` of a step."""
        for key, value in cells.items():
            self.sheet.cell(self.row(step), self.column(key)).value = value

    def tick(self, *chosen: str, word: str = "Yes") -> None:
        """The same answer for several steps; those that are not listed are left alone."""
        listed = {
            self.sheet.cell(row, self.column("step")).value
            for row in range(self.head + 1, self.sheet.max_row + 1)
        }
        for step in chosen:
            if step in listed:
                self.put(step, done=word)


COMPANY = tuple(step.id for step in steps() if step.side == "company" and step.owner != "Program")
LEAVER = tuple(step.id for step in steps() if step.side == "leaver" and step.owner != "Program")
YES = dict(zip(LANGUAGES, ("Yes", "Ja", "Oui", "Ja"), strict=True))
