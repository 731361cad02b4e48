"""What must never be kept is looked for in everything a run leaves (G11-G14, G19, G24, G28, G31, G35)."""

import csv
from pathlib import Path

import pytest

from tests.privacy.everything import places_of
from tests.privacy.firm import HEAD, PEOPLE, UNMISTAKABLE, Row

#: headline -> what of it must stand nowhere afterwards
HEADLINES = {
    "Grid Planner at Noordlicht Energie | Advisor at Kwelderveen Papier": ["kwelderveen"],
    "Grid Planner at Noordlicht Energie | Open to work": ["open to work"],
    "#OpenToWork | ex-Noordlicht Energie, now Duinbries Advies": ["opentowork", "duinbries"],
    "Op zoek naar een nieuwe uitdaging | Grid Planner bij Noordlicht Energie": ["nieuwe uitdaging"],
    "À l'écoute du marché | Planner chez Moulinvert": ["à l'écoute", "moulinvert"],
    "Offen für neue Herausforderungen, Planer bei Talbrücke Werke": ["offen für", "talbrücke"],
    "Cancer survivor and grid planner at Noordlicht Energie": ["cancer", "survivor"],
    "Vakbondsafgevaardigde ABVV | Noordlicht Energie": ["vakbond", "abvv"],
    "Grid Planner at Noordlicht Energie, proud Christian and deacon": ["christian"],
    "Gemeenteraadslid GroenLinks · Grid Planner at Noordlicht Energie": ["groenlinks", "gemeenteraad"],
    "Queer grid planner @ Noordlicht Energie": ["queer"],
    "Refugee, planner at Noordlicht Energie and Zeewolde Kunstmatig": ["refugee", "zeewolde"],
    "Betriebsrätin, Planerin bei Noordlicht Energie": ["betriebsr"],
    "Autistic planner; burn-out coach at Stillewater Praktijk": ["autis", "burn-out", "stillewater"],
    "Bereikbaar via wim@prive-adres.example of 0470 12 34 56": ["prive-adres", "0470 12 34"],
}
#: what else stands on the saved pages of tests.pages and is nobody's business
ON_EVERY_PAGE = ["kwelderveen papier", "vreemdwerk", "vreemde buur", "doornveld", "hogeschool lindhof"]
PORTRAIT = "profile-displayphoto"


def crowd() -> list[tuple[Row, str]]:
    return [
        (Row(f"{900 + n}", f"Invented Person{n} Veldnaam{n}", f"invented-person-{n}-zz"), headline)
        for n, headline in enumerate(HEADLINES)
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_other_employer_portrait_availability_or_special_word_is_kept(firm, language):
    people = crowd()
    firm.write_policy(tail=f"language: {language}")
    firm.write_roster([row for row, _ in people])
    for row, headline in people:
        firm.save_page(row, headline)
    done = firm.run("-v", "--format", "json")
    assert done.returncode == 1, done.stderr
    assert all(one["capture_status"] == "ok" for one in firm.findings()["employees"])
    (firm.reports / "said.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    forbidden = [word for words in HEADLINES.values() for word in words] + ON_EVERY_PAGE + [PORTRAIT]
    found = {word: places_of(word, firm.state, firm.reports) for word in forbidden}
    assert {word: places for word, places in found.items() if places} == {}
    kept = [places_of(word, firm.state) for word in ("noordlicht energie", "veldnaam3", "[...]")]
    assert all(kept), "the search finds what is kept, so it would find what is not"


def test_the_portrait_of_a_saved_page_goes_nowhere(firm):
    """The picture beside a page is only kept where it is the banner of a finding."""
    row = PEOPLE[0]
    firm.save_page(row, "Keeps bees")
    folder = firm.folder / "saved" / f"{row.slug}_files"
    folder.mkdir()
    portrait = b"\x89PNG\r\n\x1a\n" + b"PORTRAIT-BYTES" * 40
    (folder / "1616483289887").write_bytes(portrait)
    (folder / "profile-displayphoto-shrink_200_200.jpg").write_bytes(portrait)
    firm.run("-v")
    assert places_of("portrait-bytes", firm.state, firm.reports) == []


FORBIDDEN_COLUMNS = {
    "BSN": "111222333",
    "INSZ": "85.07.30-033.28",
    "Birth date": "1985-07-30",
    "IBAN": "NL91ABNA0417164300",
    "Home address": "Dwaalweg 7, Nergenshuizen",
    "Absence reason": "operatie aan de knie",
    "Gender": "divers-onbekend",
    "Nationality": "Verzinslandse",
    "Salary": "4321,99",
    "Private phone": "0499-987654",
}


def test_forbidden_columns_never_get_in(firm):
    rows = [[*str(row).split(";"), *FORBIDDEN_COLUMNS.values()] for row in PEOPLE]
    with (firm.folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([*HEAD.split(";"), *FORBIDDEN_COLUMNS])
        writer.writerows(rows)
    firm.save_all()
    done = firm.run("-v")
    assert done.returncode == 1, done.stderr
    (firm.reports / "said.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    values = [*FORBIDDEN_COLUMNS.values(), "t.verzinsel@noordlicht.example"]
    found = {value: places_of(value, firm.state, firm.reports) for value in values}
    assert {value: places for value, places in found.items() if places} == {}


def test_why_somebody_is_away_is_never_kept_and_they_are_not_opened(firm):
    away = Row("0800", "Lieve Rustig", "lieve-rustig-x6", status="langdurig ziek")
    firm.write_roster([*PEOPLE, away])
    firm.save_all((*PEOPLE, away))
    done = firm.run("-v")
    (firm.reports / "said.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    assert "0800" not in firm.looked_at()
    for word in ("langdurig ziek", "langdurig"):
        assert places_of(word, firm.state, firm.reports) == []


def test_no_roster_value_in_any_log(firm):
    first, second = UNMISTAKABLE[:2]
    firm.write_roster(UNMISTAKABLE)
    firm.save_all()
    firm.privacy("object", second.number)
    done = firm.run("-v")
    lines = [line for line in done.stderr.splitlines() if line.startswith("{")]
    assert sum('"examined"' in line for line in lines) == len(PEOPLE)
    firm.privacy("export", first.number, "--output", str(firm.folder / "theirs.json"))
    firm.privacy("erase", first.number, "--yes")
    firm.privacy("purge")
    shown = firm.log("show", "--format", "json").stdout
    events = {"run_started", "run_ended", "objection_recorded", "exported", "erased", "purged"}
    assert events <= set(shown.split('"'))
    logs = "\n".join([*lines, shown]).casefold()
    for row in UNMISTAKABLE:
        for value in (row.number, row.name, *row.name.split(), row.slug, row.mail, row.title, row.manager):
            assert not value or value.casefold() not in logs, value


def test_what_one_entity_gets_names_nobody_of_another(firm):
    firm.write_roster(UNMISTAKABLE)
    firm.save_all()
    firm.run()
    firm.write_roster(UNMISTAKABLE[:1] + UNMISTAKABLE[2:3])
    firm.run("--fresh", "--accept-shrink")
    newest = max(firm.reports.glob("*"), key=lambda path: path.stat().st_mtime_ns)
    books = [path for path in newest.glob("*.xlsx") if "zuiderzon" in path.name.casefold()]
    assert books
    for book in books:
        apart = firm.folder / "apart" / book.stem
        apart.mkdir(parents=True)
        (apart / book.name).write_bytes(book.read_bytes())
        for row in UNMISTAKABLE:
            expected = row.entity == "Zuiderzon"
            for value in (row.name, row.number):
                assert bool(places_of(value, apart)) is expected, (book.name, value)


def test_no_test_data_from_real_people_is_needed():
    """G35: the pages and rosters of the privacy tests are made here, of invented names."""
    own = Path(__file__).parent
    assert not [path for path in own.rglob("*") if path.suffix in (".html", ".xlsx", ".csv", ".png", ".jpg")]
