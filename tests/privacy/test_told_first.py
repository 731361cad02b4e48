"""Nobody is checked before people were told: G01, G05, G06, G07, G09."""

from datetime import date

import pytest

from auditor.findings.duty_to_inform import Told, told
from auditor.model.policy import Privacy
from tests.privacy.firm import PEOPLE, Row

PRIVACY = Privacy("p", "legitimate interest", date(2026, 1, 15), "c", date(2026, 11, 1))


@pytest.mark.parametrize(
    ("start", "joining", "today", "standing"),
    [
        ("2019-03-01", True, "2026-11-14", Told.TOO_NEW),
        ("2019-03-01", True, "2026-11-15", Told.YES),
        ("2019-03-01", False, "2026-11-15", Told.YES),
        ("2026-11-01", False, "2026-11-30", Told.NOT_PROVEN),
        ("2026-11-20", True, "2026-11-30", Told.YES),
        ("2026-11-20", False, "2027-11-30", Told.NOT_PROVEN),
        ("", False, "2026-11-30", Told.NOT_PROVEN),
        ("", True, "2026-11-30", Told.YES),
        ("2026-11-20", True, "2026-11-01", Told.TOO_NEW),
    ],
)
def test_who_was_told_in_time(start, joining, today, standing):
    privacy = Privacy(*[getattr(PRIVACY, n) for n in list(PRIVACY.__slots__)[:5]], joining)
    day = date.fromisoformat(start) if start else None
    assert told(privacy, day, date.fromisoformat(today)) is standing


@pytest.mark.parametrize("field", ["purpose", "balancing_note_date", "contact", "notice_date"])
def test_no_run_without_the_four_fields(firm, field):
    lines = firm.policy.read_text().splitlines()
    kept = [line for line in lines if not line.strip().startswith(f"{field}:")]
    firm.policy.write_text("\n".join(kept))
    done = firm.run()
    assert done.returncode == 2
    assert f"entities[0].privacy.{field}: is missing" in done.stderr
    assert not firm.state.exists()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("contact: privacy@noordlicht.example", "contact: '   '", "contact: must not be empty"),
        ("contact: p", "ground: Consent of the employee\n      contact: p", "consent is not a valid ground"),
        ("contact: p", "ground: Toestemming\n      contact: p", "consent is not a valid ground"),
    ],
)
def test_an_empty_field_or_consent_is_no_ground(firm, before, after, words):
    firm.policy.write_text(firm.policy.read_text().replace(before, after, 1))
    done = firm.run()
    assert (done.returncode, words in done.stderr) == (2, True), done.stderr


def test_before_fourteen_days_nobody_is_looked_at_and_nothing_looks_clean(firm):
    firm.save_all()
    firm.write_policy(notice="2026-11-09", second_notice="2026-11-09")
    done = firm.run()
    assert done.returncode == 3
    assert "nobody was checked. People were told on 2026-11-09; checks begin on 2026-11-23" in done.stderr
    assert firm.looked_at() == set()
    content = firm.findings()
    outcomes = {result["outcome"] for one in content["employees"] for result in one["results"]}
    assert outcomes <= {"undetermined", "not_applicable"}
    assert content["run"]["health"]["verdict"] == "degraded"
    assert content["run"]["counts"]["read"] == 0
    after = firm.run(today="2026-11-23")
    assert after.returncode == 1, after.stderr
    assert firm.looked_at() == {row.number for row in PEOPLE}


def test_one_entity_waits_while_the_other_is_checked(firm):
    firm.save_all()
    firm.write_policy(second_notice="2026-11-20")
    done = firm.run()
    assert done.returncode == 1, done.stderr
    assert firm.looked_at() == {"0412", "0413", "0415"}
    assert "Zuiderzon: nobody was checked" in done.stderr
    assert firm.findings()["run"]["health"]["verdict"] == "sound"


def test_those_who_started_after_the_notice_were_told_by_the_joining_papers_or_are_left_alone(firm):
    newcomer = Row("0500", "Wubbo Aanwas", "wubbo-aanwas-x9", start="2026-06-01")
    firm.write_roster([*PEOPLE, newcomer])
    firm.save_all((*PEOPLE, newcomer))
    assert firm.run().returncode == 1
    assert "0500" in firm.looked_at()
    firm.write_policy(more="      notice_in_joining_papers: false")
    done = firm.run("--fresh")
    assert "Noordlicht: 1 person was not checked, since they started after the notice" in done.stderr
    assert "0500" not in firm.looked_at()
    assert "0412" in firm.looked_at()


def test_a_new_notice_closes_no_finding(firm):
    firm.save_all()
    firm.run()
    before = states(firm)
    assert "new" in before.values()
    firm.write_policy(notice="2026-11-20", second_notice="2026-11-20")
    firm.run("--fresh")
    assert set(states(firm).values()) == {"unverified"}
    firm.write_policy()
    firm.run("--fresh")
    assert states(firm).keys() == before.keys()
    assert set(states(firm).values()) == {"open"}


def states(firm) -> dict[tuple[str, str], str]:
    return {
        (one["employee_id"], result["rule"]): result["state"]
        for one in firm.findings()["employees"]
        for result in one["results"]
        if result["state"]
    }


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("works_council: 2026-01-20", "Noordlicht: the works council's consent is not on record"),
        ("consultation: 2026-01-20", "Zuiderzon: information and consultation of the delegates"),
        ("dpia_ref: D-2", "Zuiderzon: no data protection impact assessment is on record"),
    ],
)
def test_what_the_law_of_the_country_asks_is_named_until_it_is_on_record(firm, field, words):
    from openpyxl import load_workbook

    firm.save_all()
    assert words not in firm.run().stderr
    firm.policy.write_text(firm.policy.read_text().replace(field, "", 1))
    done = firm.run("--fresh")
    assert words in done.stderr
    entity, other = ("Noordlicht", "Zuiderzon") if "Noordlicht" in words else ("Zuiderzon", "Noordlicht")
    newest = max(firm.reports.glob("*"), key=lambda path: path.stat().st_mtime_ns)
    shown = {}
    for path in newest.glob("*.xlsx"):
        book = load_workbook(path)
        if "Run info" not in book.sheetnames:
            continue
        for sheet in ("Summary", "Run info"):
            cells = [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value]
            shown[path.name, sheet] = any(words in cell for cell in cells)
    mine = [seen for (name, _), seen in shown.items() if other.lower() not in name.lower()]
    others = [seen for (name, _), seen in shown.items() if other.lower() in name.lower()]
    assert len(mine) == 4, (entity, shown)
    assert all(mine), shown
    assert len(others) == 2
    assert not any(others), "one entity's duties are not told to another"


def test_a_trial_run_says_who_would_not_be_looked_at(firm):
    firm.write_policy(notice="2026-11-20")
    done = firm.run("--dry-run")
    lines = {line.split("\t")[0]: line.split("\t")[4] for line in done.stdout.splitlines()[1:]}
    assert lines["0412"] == "not informed yet"
    assert lines["0414"] == "yes"
    assert not firm.state.exists()


def test_why_nobody_was_checked_is_said_in_the_language_of_the_report(firm):
    from openpyxl import load_workbook

    firm.save_all()
    firm.write_policy(notice="2026-11-20", second_notice="2026-11-20", tail="language: nl")
    assert firm.run().returncode == 3
    path = max(firm.reports.rglob("linkedin-audit_*.xlsx"), key=lambda one: one.stat().st_size)
    book = load_workbook(path)
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    for words in (
        "Noordlicht: niemand is gecontroleerd. De mensen zijn ingelicht op 20 november 2026",
        "niemand kon worden gecontroleerd: de mensen zijn niet op tijd ingelicht",
        "de mensen zijn ingelicht op 20 november 2026; de controles beginnen op 4 december 2026",
    ):
        assert any(words in cell for cell in cells), words


def test_without_the_works_council_one_run_is_the_grace(firm):
    firm.save_all()
    firm.policy.write_text(firm.policy.read_text().replace("works_council: 2026-01-20", "", 1))
    first = firm.run()
    assert "The next run checks nobody here until it is." in first.stderr
    assert "0412" in firm.looked_at()
    second = firm.run("--fresh")
    assert "Noordlicht: nobody was checked. The run before warned" in second.stderr
    assert "0412" not in firm.looked_at()
    assert second.returncode in (1, 3)
    assert set(states(firm).values()) <= {"unverified", "open"}
    firm.run("--fresh")
    assert "0412" not in firm.looked_at()
    firm.write_policy()
    firm.run("--fresh")
    assert "0412" in firm.looked_at()
