"""The report in memory is read anew exactly when something has changed."""

from datetime import timedelta

import pytest

from auditor.app.answer import Answer, give_answer
from auditor.app.latest_report import LatestReport
from auditor.model.decision import DecisionWord
from tests.feedback.firm import MONTHS, RIGHT, WRONG, Firm


@pytest.fixture
def firm(tmp_path):
    return Firm(tmp_path)


def test_before_the_first_run_there_is_none(firm):
    assert LatestReport(firm.policy.path)() is None


def test_it_is_read_once_and_anew_after_an_answer_or_a_run(firm):
    firm.audit(MONTHS[0], {"0101": WRONG, "0102": RIGHT})
    latest = LatestReport(firm.policy.path)
    first = latest()
    assert latest() is first
    finding = firm.finding("0101").finding.fingerprint
    answer = Answer(DecisionWord.FIXED, "0101", finding)
    give_answer(answer, first, firm.policy, firm.store, MONTHS[0] + timedelta(days=1), "Els", "desk")
    second = latest()
    assert second.answer_to((finding, "")).holds.word is DecisionWord.FIXED
    assert second.scope.examinations is first.scope.examinations, "the people were not read again"
    firm.audit(MONTHS[1], {"0101": WRONG, "0102": RIGHT})
    assert latest().run.facts.today == MONTHS[1]


def test_a_changed_policy_is_noticed(firm):
    firm.audit(MONTHS[0], {"0101": WRONG})
    latest = LatestReport(firm.policy.path)
    assert latest().scope.words.language == "en"
    path = firm.policy.path
    path.write_text(path.read_text("utf-8").replace("language: en", "language: nl"), "utf-8")
    assert latest().scope.words.language == "nl"


def test_pictures_are_left_out(firm):
    firm.audit(MONTHS[0], {"0101": WRONG})
    found = LatestReport(firm.policy.path)()
    assert all(one.finding.pictures == () for one in found.findings)
