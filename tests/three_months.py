"""An invented firm of 45 people in two languages, drawn from what each one shows in a month."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image, ImageDraw

from auditor.proof.pages.visitor import full_page, masked_page
from tests.calling import call
from tests.pages import other_html
from tests.pages.people import BannerForm, Link, Person, Role
from tests.pages.variants import LANGUAGES

FIRST_RUN, SECOND_RUN, THIRD_RUN = date(2026, 9, 22), date(2026, 10, 22), date(2026, 11, 24)
RUNS = (FIRST_RUN, SECOND_RUN, THIRD_RUN)
HEAD = "Employee number;Full name;Legal entity;Status;Start date;End date;Job title;LinkedIn\n"
ENTITY = """\
  - name: {name}
    names: [{name}]
    language: {language}
    country: {country}
    pages: [https://www.linkedin.com/company/{slug}]
    headline: "{headline}"
    banners:
      - {{name: Herfst, file: brand/{key}-herfst.png, role: current, valid_from: 2026-06-01}}
    privacy:
      purpose: correct presentation
      balancing_note_date: 2026-01-15
      contact: privacy@noordlicht.example
      notice_date: 2026-02-01
      notice_in_joining_papers: true
      dpia_ref: D-1
{more}"""
TAIL = "sources: {ladder: [saved_pages], evidence_days: {saved_pages: 31}, saved_pages: {folder: ../saved}}\n"


@dataclass(frozen=True)
class Entity:
    """`key` begins the employee numbers of its people; `count` is how many they are."""

    key: str
    name: str
    slug: str
    language: str
    country: str
    title: str
    at: str
    template: str
    count: int
    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    #: line of the policy that says what the works council or the delegates said
    more: str = ""

    @property
    def right(self) -> str:
        """The headline that the policy asks for."""
        return f"{self.title} {self.at} {self.name}"


_DUTCH = ("Aafke", "Berend", "Ciska", "Douwe", "Evelien", "Foppe", "Geesje", "Hidde", "Imke")
_FRENCH = ("Anaïs", "Baptiste", "Clothilde", "Damien", "Élodie", "Fabrice", "Gaëlle", "Hervé", "Inès")
ENTITIES = (
    Entity(
        "A", "Noordlicht Energie", "noordlicht-energie", "nl", "NL", "Netplanner", "bij",
        "{functie} bij {bedrijf}", 20, _DUTCH, ("Verzinsel", "Nergenshuis", "Schijnveld"),
        "      works_council: 2026-01-20\n",
    ),
    Entity(
        "B", "Midi Lumière", "midi-lumiere", "fr", "BE", "Planificateur réseau", "chez",
        "{fonction} chez {entreprise}", 18, _FRENCH, ("Nullepart", "Delafable"),
        "      consultation: 2026-01-20\n",
    ),
    Entity(
        "C", "Waterkant Opslag", "waterkant-opslag", "nl", "NL", "Netplanner", "bij",
        "{functie} bij {bedrijf}", 7, _DUTCH, ("Bedenksel",),
    ),
)  # fmt: skip
WRONG = {"nl": "Houdt bijen en schrijft erover", "fr": "Élève des abeilles"}


@dataclass(frozen=True)
class Shown:
    """What somebody's saved page shows in a month.

    `page`: full, masked, wall (LinkedIn's sign-in page), missing (LinkedIn finds no profile) or none saved.
    `banner`: herfst, winter, own, default, none, or lost: the page was saved without its pictures.
    `work`: linked to the company's page, named without a link, or past: ended, and now elsewhere.
    """

    page: str = "full"
    headline_right: bool = True
    banner: str = "herfst"
    work: str = "linked"


@dataclass(frozen=True)
class Row:
    """A person's line in the roster, where it differs from somebody's who simply works there."""

    status: str = "active"
    start: str = "2019-03-01"
    end: str = ""
    #: "" for none; None for the person's own
    address: str | None = None


def banner(key: str, season: str) -> bytes:
    """An invented banner of an entity and a season; each is another drawing."""
    chance = random.Random(f"{key} {season}")
    picture = Image.new("RGB", (1584, 396), f"hsl({chance.randrange(360)},40%,30%)")
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        left, top = chance.randrange(1500), chance.randrange(380)
        box = (left, top, left + chance.randrange(20, 260), top + chance.randrange(10, 140))
        colour = f"hsl({chance.randrange(360)},{chance.randrange(20, 90)}%,{chance.randrange(20, 90)}%)"
        (draw.ellipse if chance.random() < 0.5 else draw.rectangle)(box, fill=colour)
    body = BytesIO()
    picture.save(body, "PNG")
    return body.getvalue()


def served(picture: bytes) -> bytes:
    """A picture as the site serves it."""
    body = BytesIO()
    small = Image.open(BytesIO(picture)).convert("RGB").resize((800, 200), Image.Resampling.LANCZOS)
    small.save(body, "JPEG", quality=90, progressive=True)
    return body.getvalue()


class ThreeMonths:
    """The firm in a folder; everything is done by the commands, as HR does it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.policy = folder, folder / "config" / "policy.yaml"
        self.reports, self.saved = folder / "reports", folder / "saved"
        self.people = {f"{one.key}{n:02}": one for one in ENTITIES for n in range(1, one.count + 1)}
        (folder / "config" / "brand").mkdir(parents=True)
        self.pictures = {"own": served(banner("X", "holiday"))}
        for one in ENTITIES:
            for season in ("herfst", "winter"):
                drawn = banner(one.key, season)
                place = folder if season == "winter" else folder / "config" / "brand"
                (place / f"{one.key}-{season}.png").write_bytes(drawn)
                self.pictures[f"{one.key} {season}"] = served(drawn)
        text = "version: 1\nlanguage: nl\nentities:\n"
        for one in ENTITIES:
            text += ENTITY.format(
                name=one.name, language=one.language, country=one.country, slug=one.slug,
                headline=one.template, key=one.key, more=one.more,
            )  # fmt: skip
        self.policy.write_text(text + TAIL, "utf-8")

    def name(self, number: str) -> str:
        """A person's invented name."""
        entity, n = self.people[number], int(number[1:]) - 1
        return f"{entity.firsts[n % 9]} {entity.lasts[n // 9]}"

    def address(self, number: str) -> str:
        """A person's true profile address."""
        return f"https://www.linkedin.com/in/invented-{number.lower()}"

    def run(self, today: date, rows: dict[str, Row], shown: dict[str, Shown]) -> dict:
        """Save what the pages show the day before, write the roster, run; gives findings.json."""
        self._save_pages(today, rows, shown)
        lines = [HEAD]
        for number, entity in self.people.items():
            row = rows.get(number, Row())
            address = self.address(number) if row.address is None else row.address
            cells = (number, self.name(number), entity.name, row.status, row.start, row.end, entity.title)
            lines.append(";".join((*cells, address)) + "\n")
        (self.folder / "people.csv").write_text("".join(lines), "utf-8")
        self.done = call(
            "run", "--roster", self.folder / "people.csv", "--policy", self.policy,
            "--output", self.reports, "--today", today, "--no-progress",
        )  # fmt: skip
        assert self.done.returncode in (0, 1), (self.done.stdout, self.done.stderr)
        return json.loads((self.report / "findings.json").read_text("utf-8"))

    @property
    def report(self) -> Path:
        """The newest report's folder."""
        return max(self.reports.glob("*/findings.json"), key=lambda path: path.stat().st_mtime_ns).parent

    @property
    def workbook(self) -> Path:
        """The newest workbook about everybody."""
        return next(self.report.glob("linkedin-audit_all_*.xlsx"))

    def answer(self, sheet: str, number: str, **cells: object) -> None:
        """Type an answer into a person's row of the newest workbook, in its own place, by Dutch headings."""
        path = self.workbook
        book = load_workbook(path)
        page = book[sheet]
        heads = {cell.value: cell.column for cell in page[1]}
        who = heads["Personeelsnr."]
        (row,) = [n for n in range(2, page.max_row + 1) if page.cell(n, who).value == number]
        headings = {
            "decision": "Beslissing", "day": "Datum beslissing", "until": "Uitzondering tot",
            "remark": "Opmerking (geen gezondheidsgegevens)", "address": "Nieuw adres",
        }  # fmt: skip
        for key, value in cells.items():
            page.cell(row, heads[headings[key]]).value = value
        book.save(path)

    def rows_of(self, sheet: str) -> list[dict[str, object]]:
        """The rows of a sheet of the newest workbook by heading."""
        rows = load_workbook(self.workbook)[sheet].iter_rows(values_only=True)
        heads = [str(cell) for cell in next(rows)]
        return [dict(zip(heads, row, strict=True)) for row in rows]

    def text_of(self, sheet: str) -> str:
        """Everything that stands on a sheet, a line a row."""
        rows = load_workbook(self.workbook)[sheet].iter_rows(values_only=True)
        return "\n".join(" | ".join(str(cell) for cell in row if cell is not None) for row in rows)

    def _save_pages(self, today: date, rows: dict[str, Row], shown: dict[str, Shown]) -> None:
        self.saved.mkdir(exist_ok=True)
        for path in sorted(self.saved.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        moment = datetime.combine(today, time(9), UTC).timestamp() - 86400
        for number in self.people:
            given = rows.get(number, Row()).address
            for path in self._files(number, shown.get(number, Shown()), given or ""):
                os.utime(path, (moment, moment))

    def _files(self, number: str, look: Shown, given: str) -> Iterator[Path]:
        slug, path = f"invented-{number.lower()}", self.saved / f"{number}.html"
        if look.page == "none":
            return
        if look.page == "wall":
            wall = f"https://www.linkedin.com/authwall?sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2F{slug}"
            path.write_text(
                f"<!-- saved from url=({len(wall):04}){wall} -->\n{other_html.auth_wall()}", "utf-8"
            )
        elif look.page == "missing":
            path.write_text(other_html.not_found(given.rsplit("/", 1)[-1]), "utf-8")
        else:
            path.write_text(self._profile(number, slug, look), "utf-8")
        yield path
        picture = self.pictures.get(look.banner) or self.pictures.get(f"{number[0]} {look.banner}")
        if picture and look.page in ("full", "masked"):
            place = self.saved / f"{number}_files" / "1754413013917"
            place.parent.mkdir()
            place.write_bytes(picture)
            yield place

    def _profile(self, number: str, slug: str, look: Shown) -> str:
        entity = self.people[number]
        link = Link(f"https://www.linkedin.com/company/{entity.slug}?trk=x", slug=entity.slug)
        ours = Role(entity.title, entity.name, None if look.work == "named" else link, "2019")
        roles = (ours,)
        if look.work == "past":
            ours = Role(entity.title, entity.name, link, "2019", "2026")
            elsewhere = Link("https://www.linkedin.com/company/zuidzon-papier", slug="zuidzon-papier")
            roles = (Role("Imker", "Zuidzon Papier", elsewhere, "2026"), ours)
        source = f"./{number}_files/1754413013917"
        if look.banner == "default":
            source = "https://static.licdn.com/aero-v1/sc/h/5q92mjc5c51bjlwaj3rs9aa82"
        image = f"""<figure class="cover-img"><div class="cover-img__image-frame">
<img class="cover-img__image" src="{source}" alt="" data-embed-id="cover-image"></div></figure>"""
        person = Person(
            slug, self.name(number), entity.right if look.headline_right else WRONG[entity.language],
            BannerForm(None if look.banner == "none" else image), roles,
            LANGUAGES[1] if entity.language == "nl" else LANGUAGES[2], shown_employer=roles[0],
        )  # fmt: skip
        masked = look.page == "masked"
        return masked_page(person, "2024", listed=None) if masked else full_page(person, "2024")
