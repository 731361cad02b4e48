"""Who is left out because of the roster is seen: unknown entities, leavers that nobody names."""

from dataclasses import replace

import openpyxl
import pytest

from tests.calling import call
from tests.privacy.firm import PEOPLE, TODAY

NAMES_ONLY = "Employee number;Full name;LinkedIn\n0412;Tjeerd Verzinsel;https://www.linkedin.com/in/tjeerd-verzinsel-x1\n"


def test_an_entity_in_another_spelling_is_looked_at(firm):
    firm.save_all()
    firm.write_roster([replace(one, entity=f"{one.entity.upper()} B.V.") for one in PEOPLE])
    lines = [line.split("\t") for line in firm.run("--dry-run").stdout.splitlines()]
    assert lines[0][0] == "employee"
    assert {line[3] for line in lines[1:]} == {"Noordlicht", "Zuiderzon"}
    firm.run()
    assert firm.looked_at() == {"0412", "0413", "0414", "0415"}


def test_an_unknown_entity_is_named_and_its_people_are_not_looked_at(firm):
    firm.save_all()
    firm.write_roster(
        [replace(PEOPLE[0], entity="Nordlicht"), replace(PEOPLE[1], entity="Westwind"), *PEOPLE[2:]]
    )
    planned = firm.run("--dry-run")
    first, _, *people = planned.stdout.splitlines()
    assert planned.returncode == 3
    assert "'Nordlicht' (people: 1; did you mean 'Noordlicht'?)" in first
    assert "'Westwind' (people: 1)" in first
    assert {line.split("\t")[0]: line.split("\t")[4] for line in people} == {
        "0412": "no, unknown entity",
        "0413": "no, unknown entity",
        "0414": "yes",
        "0415": "yes",
    }
    listed = call(
        "inspect", "roster", str(firm.folder / "people.csv"), "--policy", str(firm.policy), "--today", TODAY
    )
    assert "Did you mean 'Noordlicht'?" in listed.stdout
    done = firm.run()
    assert "no entity 'Westwind'" in done.stderr
    told = {one["code"]: one["message"] for one in firm.findings()["run"]["notices"]}
    assert {"F13", "F14"} <= set(told)
    assert firm.looked_at() == {"0414", "0415"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "oud-medewerkers kunnen niet worden gevonden"),
        ("fr", "ne peuvent pas être trouvés"),
        ("de", "können nicht gefunden werden"),
        ("en", "leavers cannot be found"),
    ],
)
def test_names_and_addresses_only_is_a_stated_choice_that_every_first_page_repeats(firm, language, words):
    (firm.folder / "people.csv").write_text(NAMES_ONLY, encoding="utf-8")
    firm.save_all()
    refused = firm.run()
    assert (refused.returncode, "everyone_is: active" in refused.stderr) == (2, True), refused.stderr
    firm.write_policy(tail=f"roster: {{everyone_is: active}}\nlanguage: {language}")
    done = firm.run()
    assert "leavers cannot be found" in done.stderr
    assert [one["code"] for one in firm.findings()["run"]["notices"] if one["code"] in ("F07", "F12")] == [
        "F12"
    ]
    book = openpyxl.load_workbook(next(firm.reports.glob("*/linkedin-audit_all_*.xlsx")), read_only=True)
    cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert words in " ".join(cells)
