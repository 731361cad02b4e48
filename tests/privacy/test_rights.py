"""Access, erasure, and the two papers (G08, G10, G18, G22)."""

import json

import sqlalchemy as sa

from auditor.store import tables
from auditor.store.persons import person_tables
from tests.privacy.everything import places_of
from tests.privacy.firm import PEOPLE, UNMISTAKABLE, Row

BOSS = Row("WZ-0600", "Roelof Bedenkman", "roelof-bedenkman-x5", manager="")


def test_the_export_holds_everything_that_a_search_in_the_store_finds(firm):
    firm.write_roster([*UNMISTAKABLE, BOSS])
    firm.save_all((*UNMISTAKABLE, BOSS))
    firm.run()
    firm.run("--fresh")
    person = UNMISTAKABLE[1]
    done = firm.privacy("export", person.name, "--output", str(firm.folder / "theirs.json"))
    assert done.returncode == 0, done.stderr
    told = json.loads((firm.folder / "theirs.json").read_text("utf-8"))
    text = (firm.folder / "theirs.txt").read_text("utf-8")
    assert person.name in text
    assert "HDL001" in text
    hits = 0
    with firm.engine().connect() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(sa.select(table)).mappings():
                content = json.dumps({name: str(value) for name, value in row.items()}, ensure_ascii=False)
                if not any(mark in content for mark in (person.name, person.number, person.slug)):
                    continue
                hits += 1
                if table is tables.rosters:
                    assert row["run_id"] in [one["run"] for one in told["roster"]]
                else:
                    keys = [column.name for column in table.primary_key]
                    places = [[one[key] for key in keys] for one in told[table.name]]
                    assert [row[key] for key in keys] in places, table.name
    assert hits >= 6
    for other in (UNMISTAKABLE[0], UNMISTAKABLE[2], UNMISTAKABLE[3]):
        assert other.name not in json.dumps(told, ensure_ascii=False), "of the person only"


def test_erasing_leaves_nothing_in_the_store_but_the_hashes_of_an_objection(firm):
    firm.write_roster([*PEOPLE, BOSS])
    firm.save_all((*PEOPLE, BOSS))
    firm.run()
    firm.privacy("object", BOSS.number)
    done = firm.privacy("erase", f"https://www.linkedin.com/in/{BOSS.slug}", "--yes")
    assert done.returncode == 0, done.stderr
    receipt = json.loads(done.stdout)
    assert receipt["deleted"]["examinations"] == 1
    assert receipt["deleted"]["manager_names"] == len(PEOPLE), "also where they stood as a manager"
    for mark in (BOSS.name, BOSS.slug, BOSS.number):
        assert places_of(mark, firm.state) == [], mark
    assert places_of(PEOPLE[0].name, firm.state)
    assert "1 objections" in firm.privacy("objections").stderr
    assert firm.log("verify").returncode == 0
    assert firm.privacy("export", BOSS.number).returncode == 2
    firm.run("--fresh")
    assert BOSS.number not in firm.looked_at()


def test_erasing_names_the_reports_and_deletes_them_on_request(firm):
    firm.save_all()
    firm.run()
    where = ("--reports", str(firm.reports), "--yes")
    done = firm.privacy("erase", "0413", *where)
    assert "2026-11-22-01" in done.stderr
    assert places_of("Femke Schijnbaar", firm.reports)
    firm.run("--fresh")
    done = firm.privacy("erase", "0413", *where, "--delete-reports")
    assert done.returncode == 0
    assert not places_of("Femke Schijnbaar", firm.reports, firm.state)


def test_erasing_one_of_two_whose_numbers_differ_by_a_zero(firm):
    firm.write_roster([PEOPLE[0], Row("412", "Sanne Bedacht", "sanne-bedacht-x6")])
    firm.run()
    done = firm.privacy("erase", "0412", "--reports", str(firm.reports), "--yes", "--delete-reports")
    assert done.returncode == 0, done.stderr
    assert not places_of(PEOPLE[0].name, firm.reports, firm.state)
    assert places_of("Sanne Bedacht", firm.state)
    assert "erased" in firm.log("show").stdout


def test_every_table_of_the_store_is_searched_or_names_nobody():
    """A new table must have a column employee_id, or be listed here because it names nobody. The pieces of
    the rosters, of many people each, are searched apart: the tests above read every table."""
    nameless = {"runs", "objections", "outbox", "log", "cool_downs", "throttles"}
    assert {table.name for table in tables.metadata.sorted_tables} == nameless | {"rosters"} | {
        table.name for table in person_tables()
    }


def test_the_export_is_for_the_person_not_for_a_file_on_them(firm):
    """G08: what a dispute would want is not offered; the sentence says so."""
    firm.save_all()
    firm.run()
    firm.privacy("export", "0412", "--output", str(firm.folder / "theirs.json"))
    for name in ("theirs.json", "theirs.txt"):
        path = firm.folder / name
        assert "it is not for use in a dispute" in path.read_text("utf-8")
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_record_follows_the_settings(firm):
    before = firm.privacy("record").stdout
    assert "privacy@noordlicht.example" in before
    assert "correct presentation of Zuiderzon (ground: legitimate interest)" in before
    assert "findings and examinations: 12 months" in before
    assert "password on the workbooks: none" in before
    assert "contacts no host" in before
    assert "off; no permission is on record" in before
    firm.write_policy(
        tail="""retention: {findings_months: 6, leavers_months: 3}
roster: {retention_months: 9}
reports: {password_env: SOME_SECRET}
permission: {decided_by: the board, basis: letter 7, decided_on: 2026-10-01, ends_on: 2027-09-30}
rules: {BNR001: {enabled: false}}""",
        more="      notice_version: 2026-3",
    )
    after = firm.privacy("record").stdout
    for words in (
        "findings and examinations: 6 months",
        "leavers: 3 months",
        "leavers within 9 months",
        "a password from the variable SOME_SECRET",
        "permitted by the board on 2026-10-01 until 2027-09-30; basis: letter 7",
        "text 2026-3",
    ):
        assert words in after, words
    assert "BNR001" in before
    assert "BNR001" not in after


def test_the_impact_assessment_is_filled_in_and_says_what_is_open(firm):
    text = firm.privacy("dpia").stdout
    for words in ("Noordlicht: D-1; Zuiderzon: D-2", "balancing note of 2026-01-15", "**to fill in**"):
        assert words in text
    assert "works council: 2026-01-20; consultation: nothing on record" in text
    assert "{" not in text
