"""An invented firm in a folder: policy, roster, saved pages; the commands are called inside this process."""

from __future__ import annotations

import copy
import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import CompletedProcess

from auditor.proof.pages.visitor import full_page
from auditor.store.database import open_database, sqlite_address
from tests.calling import call
from tests.pages.people import BannerForm, Link, Person, Role
from tests.pages.variants import LANGUAGES

TODAY = "2026-11-22"
POLICY = """\
version: 1
entities:
  - name: Noordlicht
    names: [Noordlicht Energie]
    country: NL
    pages: [https://www.linkedin.com/company/noordlicht-energie]
    headline: "{{job title}} at {{company}}"
    privacy:
      purpose: correct presentation
      balancing_note_date: 2026-01-15
      contact: privacy@noordlicht.example
      notice_date: {notice}
      works_council: 2026-01-20
      dpia_ref: D-1
{more}
  - name: Zuiderzon
    names: [Zuiderzon Bouw]
    country: BE
    pages: [https://www.linkedin.com/company/zuiderzon-bouw]
    headline: "{{job title}} at {{company}}"
    privacy:
      purpose: correct presentation of Zuiderzon
      balancing_note_date: 2026-01-15
      contact: privacy@zuiderzon.example
      notice_date: {second_notice}
      consultation: 2026-01-20
      dpia_ref: D-2
sources: {{ladder: [saved_pages], evidence_days: {{saved_pages: 3660}}, saved_pages: {{folder: ../saved}}}}
{tail}
"""
HEAD = (
    "Employee number;Full name;Legal entity;Status;Start date;End date;Job title;Manager;Work email;LinkedIn"
)


@dataclass(frozen=True)
class Row:
    """A line of the roster."""

    number: str
    name: str
    slug: str
    entity: str = "Noordlicht"
    status: str = "active"
    start: str = "2019-03-01"
    end: str = ""
    title: str = "Grid Planner"
    manager: str = "Roelof Bedenkman"
    mail: str = ""

    def __str__(self) -> str:
        address = f"https://www.linkedin.com/in/{self.slug}" if self.slug else ""
        cells = (self.number, self.name, self.entity, self.status, self.start, self.end, self.title)
        return ";".join((*cells, self.manager, self.mail, address))


PEOPLE = (
    Row("0412", "Tjeerd Verzinsel", "tjeerd-verzinsel-x1", mail="t.verzinsel@noordlicht.example"),
    Row("0413", "Femke Schijnbaar", "femke-schijnbaar-x2", mail="f.schijnbaar@noordlicht.example"),
    Row("0414", "Ilse Nergens", "ilse-nergens-x3", entity="Zuiderzon", mail="i.nergens@zuiderzon.example"),
    Row("0415", "Oswin Weggegaan", "oswin-weggegaan-x4", status="left", end="2026-08-31"),
)

#: the same people with numbers that no hash and no moment can hold by chance
UNMISTAKABLE = tuple(replace(row, number=f"WZ-{row.number}") for row in PEOPLE)


class Firm:
    """The folder of an installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.reports = folder / "reports"
        (folder / "config").mkdir()
        (folder / "saved").mkdir()
        self.write_policy()
        self.write_roster(PEOPLE)

    def copied_to(self, folder: Path) -> Firm:
        """The firm as it is now, in another folder, which is much quicker than to audit it anew."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        other = copy.copy(self)
        other.folder, other.state, other.reports = folder, folder / "state", folder / "reports"
        return other

    @property
    def policy(self) -> Path:
        return self.folder / "config" / "policy.yaml"

    @property
    def store(self) -> Path:
        return self.state / "auditor.sqlite3"

    def write_policy(
        self,
        notice: str = "2026-02-01",
        second_notice: str = "2026-02-01",
        more: str = "",
        tail: str = "",
    ) -> None:
        text = POLICY.format(notice=notice, second_notice=second_notice, more=more, tail=tail)
        self.policy.write_text(text, encoding="utf-8")

    def write_roster(self, rows: tuple[Row, ...] | list[Row]) -> None:
        (self.folder / "people.csv").write_text("\n".join([HEAD, *map(str, rows)]) + "\n", encoding="utf-8")

    def save_page(self, row: Row, headline: str, company: str = "Noordlicht Energie", slug: str = "") -> None:
        """The person's page, with one present role at a company and a past one elsewhere."""
        link = Link(f"https://www.linkedin.com/company/{slug or 'noordlicht-energie'}", slug=slug or None)
        present = Role(row.title, company, link, "Mar 2019")
        past = Role("Trainee", "Kwelderveen Papier", None, "2011", "2014")
        # the address of no picture at all: nothing can be judged about the banner
        banner = BannerForm(None)
        person = Person(row.slug, row.name, headline, banner, (present, past), LANGUAGES[0], present)
        page = full_page(person, "2024")
        (self.folder / "saved" / f"{row.slug}.html").write_text(page, encoding="utf-8")

    def save_all(self, rows: tuple[Row, ...] = PEOPLE) -> None:
        """A page for everybody that gives a headline finding."""
        for row in rows:
            self.save_page(row, "Keeps bees and writes about them")

    def run(self, *more: str, today: str = TODAY) -> CompletedProcess:
        given = ("--roster", self.folder / "people.csv", "--policy", self.policy, "--output", self.reports)
        return call("run", *given, "--today", today, "--no-progress", *more)

    def privacy(self, *words: str) -> CompletedProcess:
        return call("privacy", *words, "--policy", self.policy)

    def log(self, *words: str) -> CompletedProcess:
        return call("log", *words, "--policy", self.policy)

    def findings(self) -> dict:
        """The newest findings.json."""
        newest = max(self.reports.glob("*/findings.json"), key=lambda path: path.stat().st_mtime_ns)
        return json.loads(newest.read_text("utf-8"))

    def looked_at(self) -> set[str]:
        """Employee numbers whose evidence was asked for in the newest run."""
        return {one["employee_id"] for one in self.findings()["employees"] if one["capture_status"]}

    def engine(self):
        return open_database(sqlite_address(self.store))
