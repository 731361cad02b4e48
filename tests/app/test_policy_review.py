"""The policy is reviewed every year: who signed, what changed since, and a line where it is overdue."""

from __future__ import annotations

import json

import pytest

from auditor.app.policy_review import FILE_NAME, reviews_of
from auditor.app.registry import policy_of
from auditor.errors import StoreError
from tests.calling import call
from tests.privacy.firm import TODAY, Firm


@pytest.fixture(scope="module")
def audited(tmp_path_factory) -> Firm:
    firm = Firm(tmp_path_factory.mktemp("firm"))
    firm.save_all()
    firm.run()  # 2026-11-22: the first review is due on 2027-11-22
    return firm


@pytest.fixture
def firm(audited, tmp_path) -> Firm:
    return audited.copied_to(tmp_path)


def review(firm: Firm, *more: str, today: str = "2026-12-01"):
    return call("policy", "review", "--policy", str(firm.policy), "--today", today, *more)


def page(firm: Firm, run: str) -> str:
    return (firm.reports / run / "index.html").read_text("utf-8")


def test_the_first_review_is_due_a_year_after_the_first_run(firm):
    found = review(firm)
    assert found.returncode == 0
    assert found.stdout.splitlines() == [
        "The policy was never reviewed.",
        "The next review is due on 2027-11-22.",
    ]
    late = review(firm, today="2027-11-23")
    assert (late.returncode, late.stdout.splitlines()[-1]) == (
        1,
        "The review has been overdue since 2027-11-22.",
    )


def test_a_signed_review_shows_later_what_changed_without_secrets(firm):
    signed = review(firm, "--sign", "  An  Peeters, HR ", today="2026-12-01")
    assert signed.stdout.splitlines() == [
        "Last reviewed on 2026-12-01 by An Peeters, HR.",
        "Nothing was changed since.",
        "The next review is due on 2027-12-01.",
    ]
    firm.write_policy(
        notice="2026-03-01",
        tail='roster: {grace_days: 30}\nnotices: {urls: ["mailto://hr:geheim@mail.example"]}',
    )
    lines = review(firm).stdout.splitlines()
    assert lines[1:5] == [
        "Changed since: 3",
        "  entities[Noordlicht].privacy.notice_date: 2026-02-01 -> 2026-03-01",
        lines[3],
        "  roster.grace_days: added, 30",
    ]
    assert lines[3].startswith("  notices.urls[1]: added, not shown (")
    kept = (firm.state / FILE_NAME).read_text("utf-8")
    review(firm, "--sign", "An Peeters, HR")
    assert "geheim" not in (firm.state / FILE_NAME).read_text("utf-8") + kept
    assert "Peeters" not in firm.log("show").stdout
    assert firm.log("verify").returncode == 0


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2027-10-22", None),
        ("2027-10-23", "The yearly review of the policy is due on 22 November 2027"),
        ("2027-11-22", "The yearly review of the policy is due on 22 November 2027"),
        ("2027-11-23", "The yearly review of the policy has been overdue since 22 November 2027"),
    ],
)
def test_the_first_page_says_so_from_thirty_days_before(firm, today, words):
    firm.run(today=today)
    text = page(firm, f"{today}-01")
    assert ("yearly review" in text) is (words is not None)
    assert (words or "") in text


def test_a_review_that_cannot_be_read_is_not_taken_for_none(firm):
    (firm.state / FILE_NAME).write_text("[{}]", "utf-8")
    with pytest.raises(StoreError):
        reviews_of(policy_of(firm.policy))
    assert review(firm).returncode == 4


def test_nobody_signs_without_a_name_or_before_the_last_review(firm):
    assert review(firm, "--sign", " ").returncode == 2
    review(firm, "--sign", "An", today="2026-12-01")
    assert review(firm, "--sign", "An", today="2026-11-30").returncode == 2
    assert [one["day"] for one in json.loads((firm.state / FILE_NAME).read_text("utf-8"))] == ["2026-12-01"]


def test_a_signed_policy_is_no_altered_one(firm):
    firm.write_policy(tail="roster: {grace_days: 30}")
    verify = ("verify", f"{TODAY}-01", "--policy", str(firm.policy), "--output", str(firm.reports))
    assert call(*verify).returncode == 1
    review(firm, "--sign", "An Peeters")
    assert call(*verify).returncode == 0
