"""Leavers are looked at only inside the window and until they were seen clean twice (G04)."""

from dataclasses import replace

import pytest

from tests.privacy.firm import PEOPLE

LEAVER = PEOPLE[3]


def test_who_left_longer_ago_than_the_window_is_never_opened(firm):
    old = replace(
        LEAVER, number="0999", name="Gerbrand Langweg", slug="gerbrand-langweg-x9", end="2025-11-21"
    )
    edge = replace(
        LEAVER, number="0998", name="Maaike Randgeval", slug="maaike-randgeval-x9", end="2025-11-22"
    )
    firm.write_roster([*PEOPLE, old, edge])
    firm.save_all((*PEOPLE, old, edge))
    firm.run()
    assert "0999" not in firm.looked_at()
    assert {"0998", LEAVER.number} <= firm.looked_at()


def clean(firm, row=LEAVER):
    firm.save_page(row, "Keeps bees", company="Kwelderveen Papier", slug="kwelderveen")


def verdict(firm):
    person = next(one for one in firm.findings()["employees"] if one["employee_id"] == LEAVER.number)
    return next((one["outcome"], one["code"]) for one in person["results"] if one["rule"] == "LVR001")


def test_seen_clean_on_two_days_nobody_looks_any_more(firm):
    firm.save_all()
    clean(firm)
    for today in ("2026-10-20", "2026-10-20", "2026-11-20"):
        firm.run("--fresh", today=today)
        assert LEAVER.number in firm.looked_at(), "the same day twice is one day"
    firm.save_page(LEAVER, "Back at Noordlicht Energie")
    for today in ("2026-12-20", "2027-01-20"):
        done = firm.run("--fresh", today=today)
        assert LEAVER.number not in firm.looked_at()
        assert verdict(firm) == ("not_applicable", "SEEN_CLEAN_TWICE")
        assert done.returncode == 1, "the others are looked at as before"
    content = firm.findings()
    open_people = [
        one["employee_id"]
        for one in content["employees"]
        if any(result["outcome"] == "undetermined" for result in one["results"])
    ]
    assert content["run"]["counts"]["could_not_verify"] == len(open_people)
    assert LEAVER.number not in open_people, "not looking any more is not a failure to see"


@pytest.mark.parametrize("between", ["seen", "away"])
def test_a_sighting_in_between_starts_the_count_again(firm, between):
    firm.save_all()
    clean(firm)
    firm.run(today="2026-09-20")
    if between == "seen":
        firm.save_page(LEAVER, "Grid Planner at Noordlicht Energie")
    else:
        (firm.folder / "saved" / f"{LEAVER.slug}.html").unlink()
    firm.run(today="2026-10-20")
    clean(firm)
    firm.run(today="2026-11-20")
    firm.run(today="2026-12-20")
    looked = LEAVER.number in firm.looked_at()
    assert looked is (between == "seen")


def test_a_second_departure_starts_anew(firm):
    firm.save_all()
    clean(firm)
    firm.run(today="2026-09-20")
    firm.run(today="2026-10-20")
    firm.write_roster([*PEOPLE[:3], replace(LEAVER, end="2026-10-30")])
    firm.run("--fresh", today="2026-11-20")
    assert LEAVER.number in firm.looked_at()
