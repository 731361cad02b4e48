"""The papers of a departure that somebody asks for at the desk."""

import io
from datetime import timedelta

import docx
import pytest

from auditor.app.latest_report import LatestReport
from auditor.app.letters import letter_files
from auditor.app.offboard import record
from auditor.model.case import CaseEventKind
from tests.feedback.firm import MONTHS
from tests.feedback.leaving import STILL, LeavingFirm


@pytest.fixture
def firm(tmp_path):
    made = LeavingFirm(tmp_path)
    made.month(0, n0201=STILL)
    return made


def papers(firm, number="0201"):
    reported = LatestReport(firm.policy.path)()
    (case,) = [one for one in reported.cases if one.employee.employee_id == number]
    return dict(letter_files(reported.scope, case))


def test_before_a_look_the_page_says_that_somebody_must_look(firm):
    found = papers(firm)
    assert list(found) == ["letter-not-ready.html"]


def test_after_a_look_today_the_letter_is_drafted(firm, monkeypatch):
    day = MONTHS[0] + timedelta(days=2)
    monkeypatch.setattr("auditor.app.latest_report.today_of", lambda policy, today: day)
    record(firm.store, "0201", CaseEventKind.LOOKED, day, day)
    found = papers(firm)
    assert {"letter.docx", "letter.eml", "before-sending.html"} <= set(found)
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(found["letter.docx"])).paragraphs)
    assert "Erik" in text
