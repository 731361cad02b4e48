"""Leavers: both sides of a departure, steps ticked, looks and letters noted, drafts downloaded."""

from datetime import timedelta

import pytest

from auditor.model.case import StepState, case_id, step_id
from auditor.offboarding.step_notes import answers_of
from auditor.store.cases import CaseEventStore, StepNoteStore
from auditor.web.desk import DeskSettings
from tests.feedback.leaving import LAST_DAY, STILL, LeavingFirm
from tests.web.serving import served

CASE = case_id("0201", LAST_DAY)
PAGE = f"/leavers/one?case={CASE}"


@pytest.fixture
def own(tmp_path):
    firm = LeavingFirm(tmp_path)
    firm.month(0, n0201=STILL)
    with served(DeskSettings(firm.policy.path, tmp_path / "reports", "Els", tmp_path / "people.csv")) as made:
        made.firm = firm
        yield made


def test_the_list_names_who_has_left_and_what_is_due(own):
    page = own.browser().get("/leavers")
    assert "Erik Vertrokken" in page.words
    assert "Fatima" not in page.words
    assert PAGE in page.links("/leavers/one")


def test_a_tick_is_noted_with_who_and_can_be_taken_back(own):
    browser = own.browser()
    step = step_id(CASE, "O05")
    fields = browser.get(PAGE).form("/leavers/tick", step=step)
    noted = browser.post(
        "/leavers/tick", {**fields, "state": "done", "evidence": "admins listed", "done_on": ""}
    )
    assert "admins listed" in noted.words
    (note,) = StepNoteStore(own.firm.store.engine).all()
    assert (note.step_id, note.noted_by, note.answer.state) == (step, "Els", StepState.DONE)
    browser.post("/leavers/tick", {**fields, "state": "open"})
    assert answers_of(StepNoteStore(own.firm.store.engine).all())[step].state is StepState.OPEN


def test_a_look_today_makes_the_letter_ready_and_its_sending_is_noted(own):
    browser = own.browser()
    assert "A person must look at the profile first" in browser.get(PAGE).words
    looked = browser.post("/leavers/looked", browser.get(PAGE).form("/leavers/looked"))
    assert "A letter can be sent" in looked.words
    draft = next(one for one in looked.links("/leavers/paper") if "letter.docx" in one)
    paper = browser.get(draft)
    assert paper.body.startswith(b"PK")
    assert "attachment" in paper.headers["content-disposition"]
    sent = browser.post("/leavers/sent", {**looked.form("/leavers/sent"), "on": own.desk.today.isoformat()})
    assert "A letter was sent on" in sent.words
    assert [str(one.kind) for one in CaseEventStore(own.firm.store.engine).all()] == ["looked", "sent"]


def test_a_letter_of_tomorrow_is_refused(own):
    browser = own.browser()
    browser.post("/leavers/looked", browser.get(PAGE).form("/leavers/looked"))
    fields = browser.get(PAGE).form("/leavers/sent")
    late = (own.desk.today + timedelta(days=1)).isoformat()
    assert browser.post("/leavers/sent", {**fields, "on": late}).status == 409
    assert browser.post("/leavers/sent", {**fields, "on": "31.12.2026"}).status == 409


@pytest.mark.parametrize("name", ["../../config/policy.yaml", "letter.docx/..", "nothing.docx", ""])
def test_only_the_papers_of_the_case_can_be_asked_for(own, name):
    assert own.browser().get(f"/leavers/paper?case={CASE}&name={name}").status == 404
