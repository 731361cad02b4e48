"""A departure over the months: it goes on until both sides are done, also when the roster forgets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from auditor.app.eligibility import register_of
from auditor.app.offboard import drop_stale, record
from auditor.app.paths import log_of
from auditor.app.publish import stored_report, write_reports
from auditor.errors import UsageError
from auditor.model.case import CaseEvent, CaseEventKind, StepState
from auditor.model.document import Calendar, CsvFile
from auditor.model.finding import FindingState
from auditor.reports.documents.audit_workbook import exception_workbooks
from auditor.reports.documents.calendar import calendar_files
from auditor.reports.documents.letters import letters
from auditor.reports.documents.task_exports import task_exports
from auditor.reports.offboarding.cases import cases
from auditor.reports.scope import whole
from auditor.store.cases import CaseEventStore
from auditor.store.history import load_history
from auditor.store.log import AuditLog
from auditor.store.objections import marks_of
from tests.feedback.firm import MASKED, MONTHS, Sheet
from tests.feedback.leaving import COMPANY, LAST_DAY, LEAVER, STAFF, STILL, LeavingFirm
from tests.reports.invented import DEGRADED

WHO = "0201"


@pytest.fixture(scope="module")
def first_month(tmp_path_factory):
    firm = LeavingFirm(tmp_path_factory.mktemp("made") / "firm")
    firm.month(0, n0201=STILL)
    return firm


@pytest.fixture
def firm(first_month, tmp_path):
    return first_month.copied_to(tmp_path / "firm")


def tick(firm, *chosen, month=0, name="back.xlsx", word="Yes"):
    path = firm.filled(WHO, lambda sheet: sheet.tick(*chosen, word=word), name)
    return firm.take(path, MONTHS[month] + timedelta(days=3))


def due(firm):
    """The open case's steps that are handed out, by number."""
    (case,) = [one for one in cases(whole(firm.report)) if one.employee.employee_id == WHO]
    return {one.step.id for one in case.to_hand_out()}


def test_only_who_is_flagged_gets_a_case(firm):
    assert set(firm.books()) == {WHO}
    assert firm.record(WHO).opened_on == MONTHS[0]
    assert firm.record("0202") is None


def test_put_right_while_the_company_is_not_done_the_case_goes_on(firm):
    firm.month(1)
    assert firm.finding(WHO, "LVR001").state is FindingState.RESOLVED
    assert "The company: open · The person: done · Seen without the company on 20 October 2026" in firm.lead(
        WHO
    )
    table = firm.books()[WHO].tables[0]
    asked = {row[1] for row in table.rows if row[0] is None and row[5] is not None}
    passed = {"O04", "O12"}  # 21 and 28 August: the departure was seen on 20 September only
    assert asked == {*COMPANY, "O26"} - {"O28"} - passed, "nothing falls due any more on a side that is done"
    firm.month(2)
    assert firm.record(WHO).closed_on is None
    firm.month(3)
    assert "The person: done" in firm.lead(WHO), "nobody looks any more, and what was seen still holds"
    tick(firm, *COMPANY, month=3)
    firm.month(4)
    assert firm.record(WHO).closed_on == MONTHS[4]


def test_it_closes_by_itself_is_told_once_and_opens_again_when_seen_again(firm):
    tick(firm, *COMPANY)
    firm.month(1)
    assert "The company: done · The person: done" in firm.lead(WHO)
    assert "Closed on 20 October 2026." in firm.lead(WHO)
    again = stored_report(firm.store, firm.store.run(firm.report.run.id), firm.policy)
    assert [case.closed_on for case in cases(whole(again))] == [MONTHS[1]], "the report written once more"
    firm.month(2, n0201=MASKED)
    assert firm.books() == {}
    before = firm.record(WHO)
    firm.month(3, n0201=STILL)
    now = firm.record(WHO)
    assert (now.id, now.closed_on, now.reopened_on) == (before.id, None, MONTHS[3])
    assert "opened again on 20 December 2026" in firm.lead(WHO)
    assert "The company: done · The person: open" in firm.lead(WHO), "what was answered still holds"
    firm.month(4)
    assert firm.record(WHO).closed_on == MONTHS[4]


def test_while_the_profile_still_shows_it_ticks_do_not_close_the_leavers_side(firm):
    tick(firm, *COMPANY, *LEAVER)
    firm.month(1, n0201=STILL)
    assert firm.record(WHO).closed_on is None
    assert "The company: done · The person: open" in firm.lead(WHO)
    assert "All steps that concern the person are ticked, but according to the profile" in firm.lead(WHO)
    assert due(firm) == set()


def test_ticks_close_it_where_the_program_cannot_see(firm):
    tick(firm, *COMPANY, *LEAVER)
    firm.month(1, n0201=MASKED)
    assert firm.finding(WHO, "LVR001").state is FindingState.UNVERIFIED
    assert firm.record(WHO).closed_on == MONTHS[1]


def test_the_case_outlives_the_roster(firm):
    firm.month(1)
    del firm.ends[WHO]
    firm.month(2)
    assert "Erik Vertrokken (0201)" in firm.lead(WHO)
    assert "is no longer in the roster" in firm.lead(WHO)
    tick(firm, *COMPANY, month=2)
    firm.month(3)
    assert firm.record(WHO).closed_on == MONTHS[3]
    assert "Closed on" in firm.lead(WHO)
    firm.month(4)
    assert firm.books() == {}


def test_after_an_objection_only_the_company_side_goes_on(firm):
    employee = next(one for one in firm.store.run().roster.employees if one.employee_id == WHO)
    marks = marks_of((WHO,), employee.profile_url)
    register_of(firm.policy, firm.store.engine).record(marks, MONTHS[0])
    firm.month(1, n0201=STILL)
    assert "The company: open · The person: done" in firm.lead(WHO)
    assert "The profile is not looked at any more" in firm.lead(WHO)
    tick(firm, *COMPANY, month=1)
    firm.month(2, n0201=STILL)
    assert firm.record(WHO).closed_on == MONTHS[2]


def test_another_last_day_is_another_case(firm):
    first = firm.record(WHO)
    tick(firm, *COMPANY)
    firm.ends[WHO] = LAST_DAY - timedelta(days=1)
    firm.month(1, n0201=STILL)
    assert list(firm.books()) == [WHO]
    assert firm.record(WHO).id != first.id
    assert "The company: done" not in firm.lead(WHO)


def test_a_step_put_back_to_open_opens_a_closed_case_again(firm):
    tick(firm, *COMPANY)
    firm.month(1)
    assert firm.record(WHO).closed_on

    def back(sheet):
        sheet.put("O05", done="No", evidence="still admin of the showcase page")

    firm.take(firm.filled(WHO, back, "oops.xlsx"), MONTHS[1] + timedelta(days=3))
    firm.month(2)
    assert (firm.record(WHO).closed_on, firm.record(WHO).reopened_on) == (None, MONTHS[2])
    assert due(firm) == {"O05"}


def test_a_run_that_is_not_sound_closes_nothing(firm, monkeypatch):
    tick(firm, *COMPANY)
    with monkeypatch.context() as trouble:
        trouble.setattr("auditor.app.conclude.judge_health", lambda *given, **more: DEGRADED)
        report = firm.month(1)
    assert str(report.health.verdict) == "degraded"
    assert (firm.record(WHO).closed_on, firm.record(WHO).clean_on) == (None, None)
    firm.month(2)
    assert firm.record(WHO).closed_on == MONTHS[2]


def test_somebody_who_leaves_soon_has_a_case_that_does_not_close_before_the_last_day(tmp_path):
    firm = LeavingFirm(tmp_path / "firm", ends={WHO: MONTHS[1] - timedelta(days=5)})
    firm.month(0)
    assert firm.record(WHO).opened_on == MONTHS[0]
    tick(firm, *COMPANY, *LEAVER)
    firm.audit(MONTHS[0] + timedelta(days=4), {**STAFF, WHO: None})
    assert firm.record(WHO).closed_on is None
    firm.month(1, n0201=MASKED)
    assert firm.record(WHO).closed_on == MONTHS[1]


def test_a_recorded_letter_stands_on_its_step(firm):
    sent = MONTHS[0] + timedelta(days=4)
    CaseEventStore(firm.store.engine).add(CaseEvent(WHO, LAST_DAY, CaseEventKind.SENT, sent))
    firm.month(1, n0201=STILL)
    (case,) = cases(whole(firm.report))
    steps = {one.step.id: one.answer for one in case.steps}
    assert (steps["O21"].state, steps["O21"].done_on) == (StepState.DONE, sent)
    assert steps["O22"].state is StepState.OPEN
    assert {"O21", "O22"} & due(firm) == {"O22"}
    taken = firm.take(firm.filled(WHO, lambda sheet: None), MONTHS[1])
    assert taken.steps == (), "nobody said what the program wrote"


def test_a_letter_told_of_on_the_checklist_counts_as_one_that_went_out(firm):
    sent, again = MONTHS[0] + timedelta(days=1), MONTHS[0] + timedelta(days=35)

    def letter(sheet):
        sheet.put("O21", done="Yes", evidence="letter in the file", done_on=sent)

    firm.take(firm.filled(WHO, letter), MONTHS[0] + timedelta(days=3))
    firm.month(1, n0201=STILL)
    assert firm.report.letters_sent == {WHO: (sent,)}
    firm.take(
        firm.filled(WHO, lambda sheet: sheet.put("O22", done="Yes", done_on=again), "second.xlsx"), MONTHS[2]
    )
    firm.month(2, n0201=STILL)
    assert firm.report.letters_sent == {WHO: (sent, again)}
    record(firm.store, WHO, CaseEventKind.LOOKED, MONTHS[2], MONTHS[2])
    with pytest.raises(UsageError, match="no third"):
        record(firm.store, WHO, CaseEventKind.SENT, MONTHS[2], MONTHS[2])


def test_a_letter_told_of_without_its_day_went_out_by_the_day_on_which_that_was_read(firm):
    read_on = MONTHS[0] + timedelta(days=3)
    firm.take(firm.filled(WHO, lambda sheet: sheet.put("O21", done="Yes")), read_on)
    firm.month(1, n0201=STILL)
    assert firm.report.letters_sent == {WHO: (read_on,)}


def test_what_is_done_is_not_handed_out_again(firm):
    tick(firm, "O05", "O11")
    now = stored_report(firm.store, firm.store.run(firm.report.run.id), firm.policy)
    calendars = [one for one in calendar_files(now) if isinstance(one, Calendar)]
    assert {one.file_name for one in calendars} == {"offboarding.ics", "all-departures.ics"}
    for calendar in calendars:
        uids = [event.uid for event in calendar.events]
        assert len(set(uids)) == len(uids)
        assert not {uid.split("@")[0][-3:] for uid in uids} & {"O05", "O11", "O04", "O12", "O22"}
        assert min(event.day for event in calendar.events) >= MONTHS[0]
    firm.month(1)
    assert list(calendar_files(firm.report)) == [], "all of it is past: caught up on by 28 September"
    handed = {one.file_name: one for one in task_exports(firm.report) if isinstance(one, CsvFile)}
    # the moment of O04 and O12 had passed on 20 September, when the departure was seen
    open_steps = set(COMPANY) - {"O05", "O11", "O28", "O04", "O12"}
    assert {row[0].split(" ")[1] for row in handed["jira.csv"].rows} == open_steps
    assert {row[0].split(" ")[1] for row in handed["asana.csv"].rows} == open_steps
    tick(firm, *COMPANY, month=1, name="all.xlsx")
    firm.month(2)
    assert [*task_exports(firm.report), *calendar_files(firm.report)] == []


def test_writing_the_same_report_again_takes_away_tasks_that_are_done_meanwhile(firm):
    firm.month(1)
    folder, run = firm.folder / "out", firm.report.run.id
    pack = folder / "leavers" / f"{WHO}_{LAST_DAY}"
    write_reports(firm.report, folder)
    own = {"jira.csv", "asana.csv"}
    assert own <= {path.name for path in pack.iterdir()}
    (pack / "my notes.csv").write_text("mine", "utf-8")
    tick(firm, *COMPANY, month=1)
    write_reports(stored_report(firm.store, firm.store.run(run), firm.policy), folder)
    assert [path.name for path in pack.iterdir()] == ["my notes.csv"]
    assert not (folder / "leavers" / "all-departures.ics").exists()


def test_nobody_is_written_to_when_nothing_is_found_any_more(firm):
    firm.month(1)
    assert list(letters(firm.report)) == []


def test_the_leavers_sheet_tells_which_side_is_open(firm):
    def told():
        book = exception_workbooks(firm.report)[0]
        table = next(one for one in book.tables if one.key == "leavers")
        at = [column.key for column in table.columns].index("checklist")
        return [row[at] for row in table.rows]

    name = f"checklist_{WHO}_{LAST_DAY}.xlsx"
    assert told() == [f"Open: company and person\n{name}"]
    tick(firm, *COMPANY)
    firm.month(1, n0201=STILL)
    assert told() == [f"Open: person\n{name}"]


def test_what_was_not_taken_over_stands_in_red_on_the_next_checklist_once(firm):
    word = {"O05": "perhaps", "O11": "Yes"}

    def doubtful(sheet):
        for step, typed in word.items():
            sheet.put(step, done=typed)

    taken = firm.take(firm.filled(WHO, doubtful), MONTHS[0] + timedelta(days=3))
    assert [one.applied for one in taken.steps] == [False, True]
    firm.month(1, n0201=STILL)
    (line,) = firm.books()[WHO].tables[0].alerts
    assert line.startswith(
        "Step O05 was not taken over: This word is no known answer. (back.xlsx, Checklist!"
    )
    firm.month(2, n0201=STILL)
    assert firm.books()[WHO].tables[0].alerts == ()


def test_an_earlier_report_written_again_tells_what_was_known_then(firm):
    first = firm.report.run.id
    tick(firm, *COMPANY)
    firm.month(1)
    made = stored_report(firm.store, firm.store.run(first), firm.policy)
    (case,) = cases(whole(made))
    assert (case.closed_on, case.clean_on) == (None, None)
    assert case.findings


def test_a_run_about_a_few_chosen_people_leaves_the_others_alone(firm):
    firm.month(1)
    run = firm.store.run(firm.report.run.id)
    few = replace(run, facts=replace(run.facts, partial=True))
    departed = load_history(firm.store, few, ("LVR001",)).departed
    assert cases(whole(replace(firm.report, examinations=(), departed=departed))) == []


def test_what_happened_to_cases_is_in_the_log_as_counts(firm):
    tick(firm, *COMPANY)
    firm.month(1)
    book: AuditLog = log_of(firm.policy, firm.store.engine)
    told = [line.content["cases"] for line in book.lines() if line.event == "run_ended"]
    assert told == [{"open": 1, "closed": 0}, {"open": 0, "closed": 1}]
    (read,) = [dict(line.content) for line in book.lines() if line.event == "checklists_read"]
    assert read["applied"] == read["read"] > 10


def test_what_an_answer_without_a_case_record_belongs_to_is_known_from_the_roster(firm):
    """A checklist written by a version of the program that kept no cases."""
    import sqlalchemy as sa

    path = firm.filled(WHO, lambda sheet: sheet.tick("O05"))
    with firm.store.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM cases"))
    (said,) = firm.take(path, MONTHS[0]).steps
    assert (said.applied, said.employee_id, said.last_day) == (True, WHO, LAST_DAY)
    firm.month(1)
    assert firm.record(WHO).opened_on == MONTHS[1], "it came back, so it goes on"
    assert "The company: open · The person: done" in firm.lead(WHO)


def test_a_letter_typed_on_the_leavers_sheet_is_told_and_not_applied(firm):
    def filled(name, word):
        book = load_workbook(firm.workbook())
        sheet = Sheet(book["Leavers"])
        row = 2
        assert sheet.sheet.cell(row, sheet.column("Letter")).value in ("None", "Sent")
        sheet.sheet.cell(row, sheet.column("Letter")).value = word
        book.save(firm.folder / name)
        return firm.folder / name

    taken = firm.take(filled("none.xlsx", "Ready"), MONTHS[0])
    assert taken.notes == ()
    taken = firm.take(filled("sent.xlsx", "verstuurd"), MONTHS[0])
    assert len(taken.notes) == 1
    assert "Letter says sent, but none is recorded" in taken.notes[0]
    assert CaseEventStore(firm.store.engine).all() == []
    CaseEventStore(firm.store.engine).add(CaseEvent(WHO, LAST_DAY, CaseEventKind.SENT, MONTHS[0]))
    firm.month(1, n0201=STILL)
    assert firm.take(filled("again.xlsx", "Sent"), MONTHS[1]).notes == ()


def test_only_lists_of_which_nothing_was_written_are_dropped_and_only_in_their_own_folder(tmp_path):
    names = (
        "0201/jira.csv",
        "0201/asana.csv",
        "0202/jira.csv",
        "0202/letter-not-ready.html",
        "0202/letter.docx",
    )
    lying = [tmp_path / "leavers" / name for name in names]
    for path in lying:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    # the list of 0201 became two, that of 0202 is written no more
    written = [tmp_path / "leavers/0201/jira.csv", tmp_path / "leavers/0201/jira-2.csv"]
    drop_stale(tmp_path, written)
    left = {str(path.relative_to(tmp_path / "leavers")) for path in lying if path.exists()}
    assert left == {"0201/jira.csv", "0202/letter.docx"}


def test_what_is_stale_is_found_without_comparing_every_file_with_every_other(tmp_path):
    class Counted(type(tmp_path)):
        compared = 0

        def __eq__(self, other):
            Counted.compared += 1
            return super().__eq__(other)

        __hash__ = type(tmp_path).__hash__

    written = [Counted(tmp_path / f"leavers/{n:04}/jira.csv") for n in range(60)]
    for path in written:
        path.parent.mkdir(parents=True)
        path.touch()
    drop_stale(tmp_path, written)
    assert Counted.compared < 4 * len(written)
    assert all(path.exists() for path in written)
