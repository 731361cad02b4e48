"""Who objects is not looked at any more: at once, and whatever the next roster looks like (G17)."""

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
import sqlalchemy as sa

from auditor.app import eligibility as gate
from auditor.app import run_audit as audit
from auditor.store import tables
from tests.privacy.firm import PEOPLE, Row


def test_an_objection_holds_at_once_and_for_later_rosters(firm):
    firm.save_all()
    firm.run()
    assert "0412" in firm.looked_at()
    assert firm.privacy("object", "0412").stdout == "Recorded.\n"
    firm.run("--fresh")
    assert firm.looked_at() == {"0413", "0414", "0415"}
    person = next(one for one in firm.findings()["employees"] if one["employee_id"] == "0412")
    assert (person["roster_state"], person["results"]) == ("excluded", [])


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "412"},
        {"number": "N-7"},
        {"number": "N-7", "slug": "tjeerd-other-address"},
        {"number": "N-7", "slug": "", "name": "Tjeerd Verzinsel-Anders"},
        {"slug": "tjeerd-other-address", "mail": ""},
        {"slug": "TJEERD-verzinsel-x1", "number": "N-7", "mail": ""},
    ],
    ids=lambda changed: ",".join(changed),
)
def test_it_survives_an_import_with_other_marks(firm, changed):
    firm.save_all()
    firm.privacy("object", "https://nl.linkedin.com/in/tjeerd-verzinsel-x1/?trk=x")
    firm.run()
    assert firm.looked_at() == {"0413", "0414", "0415"}
    again = replace(PEOPLE[0], **changed)
    firm.write_roster([again, *PEOPLE[1:]])
    firm.save_all((again, *PEOPLE[1:]))
    done = firm.run("--fresh", "--accept-shrink")
    assert done.returncode == 1, done.stderr
    assert firm.looked_at() == {"0413", "0414", "0415"}


def test_it_may_be_given_before_any_roster_is_known(firm):
    firm.save_all()
    done = firm.privacy("object", "413")
    assert "Nobody in the store" in done.stderr
    firm.run()
    assert firm.looked_at() == {"0412", "0414", "0415"}


def test_a_shared_address_spreads_an_objection_to_nobody_for_good(firm):
    """Two people were given one address by mistake: both are left alone while they share it."""
    twin = replace(PEOPLE[1], slug=PEOPLE[0].slug)
    firm.write_roster([PEOPLE[0], twin, *PEOPLE[2:]])
    firm.save_all()
    firm.privacy("object", f"https://www.linkedin.com/in/{PEOPLE[0].slug}")
    firm.run()
    assert firm.looked_at().isdisjoint({"0412", "0413"})
    firm.write_roster(PEOPLE)
    firm.run("--fresh")
    assert firm.looked_at() == {"0413", "0414", "0415"}


def test_it_is_read_before_anything_is_opened_and_again_before_each_person(firm, monkeypatch):
    firm.save_all()
    opened: list[str] = []
    whole = audit._examine

    def watched(employee, *rest):
        opened.append(employee.employee_id)
        if employee.employee_id == "0412":
            assert firm.privacy("object", "0414").returncode == 0
        return whole(employee, *rest)

    monkeypatch.setattr(audit, "_examine", watched)
    done = firm.run()
    assert done.returncode == 1, done.stderr
    assert opened == ["0412", "0413", "0415"]
    person = next(one for one in firm.findings()["employees"] if one["employee_id"] == "0414")
    assert person["roster_state"] == "excluded"


def test_a_check_without_a_store_and_a_trial_run_keep_to_it_too(firm):
    from tests.calling import call
    from tests.privacy.firm import TODAY

    firm.save_all()
    firm.privacy("object", "0413")
    given = ("--roster", firm.folder / "people.csv", "--policy", firm.policy, "--today", TODAY)
    done = call("check", *given, "--captures", firm.folder / "saved", "--output", firm.reports)
    assert done.returncode == 1, done.stderr
    assert firm.looked_at() == {"0412", "0414", "0415"}
    lines = {line.split("\t")[0]: line.split("\t") for line in firm.run("--dry-run").stdout.splitlines()}
    assert lines["0413"][1:6] == ["", "excluded", lines["0413"][3], "no", ""], "counted, never named"
    assert lines["0412"][1] == "Tjeerd Verzinsel"
    assert lines["0412"][-2] == "saved_pages"


def test_the_register_holds_hashes_and_days_only(firm):
    firm.save_all()
    firm.run()
    firm.privacy("object", "Tjeerd Verzinsel")
    with firm.engine().connect() as connection:
        rows = [tuple(row) for row in connection.execute(sa.select(tables.objections))]
    assert len(rows) == 2
    hashes = [cell for row in rows for cell in row if not isinstance(cell, date)]
    assert all(re.fullmatch(r"[0-9a-f]{8,64}", cell) for cell in hashes), hashes
    assert sha256(b"0412").hexdigest() not in hashes
    listed = firm.privacy("objections")
    assert "1 objections" in listed.stderr
    assert "erzinsel" not in listed.stdout
    assert (firm.state / gate.KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_taking_it_back_ends_it(firm):
    firm.save_all()
    firm.privacy("object", "0412")
    firm.run()
    assert "0412" not in firm.looked_at()
    assert firm.privacy("withdraw-objection", "0412").stdout == "Withdrawn.\n"
    assert firm.privacy("withdraw-objection", "0412").stdout == "There was no objection.\n"
    firm.run("--fresh")
    assert "0412" in firm.looked_at()


def test_without_its_key_the_register_cannot_be_read_so_nothing_is_opened(firm):
    firm.save_all()
    firm.run()
    firm.privacy("object", "0412")
    key = (firm.state / gate.KEY_FILE).read_bytes()
    (firm.state / gate.KEY_FILE).unlink()
    for done in (firm.run("--fresh"), firm.privacy("object", "0413")):
        assert done.returncode == 4
        assert "recorded with another key" in done.stderr
    assert not (firm.state / gate.KEY_FILE).exists(), "no new key is made over the old objections"
    (firm.state / gate.KEY_FILE).write_bytes(key)
    firm.run("--fresh")
    assert firm.looked_at() == {"0413", "0414", "0415"}


def test_a_name_that_fits_two_or_nobody_is_asked_back(firm):
    namesake = Row("0600", "Tjeerd Verzinsel", "another-tjeerd-x7", entity="Zuiderzon")
    firm.write_roster([*PEOPLE, namesake])
    firm.save_all()
    firm.run()
    done = firm.privacy("object", "Tjeerd Verzinsel")
    assert (done.returncode, "fits several people: 0412, 0600" in done.stderr) == (2, True), done.stderr
    assert firm.privacy("object", "Nobody Known Here").returncode == 2
    assert firm.privacy("erase", "Nobody Known Here", "--yes").returncode == 2


def test_the_deceased_and_people_outside_the_scope_are_never_opened(firm):
    """G33: the roster's own word for it leaves them out like an objection."""
    gone = Row("0700", "Berend Wijlen", "berend-wijlen-x8", status="overleden")
    firm.write_roster([*PEOPLE, gone])
    firm.save_all((*PEOPLE, gone))
    firm.run()
    assert "0700" not in firm.looked_at()
