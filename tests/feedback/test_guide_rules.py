"""The guide's table of returned decisions (4.3), row by row, through the store and the next audits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from auditor.app.eligibility import register_of
from auditor.app.registry import rule_texts
from auditor.feedback.answers import is_another
from auditor.model.dates import months_after
from auditor.model.decision import DecisionReason, DecisionWord
from auditor.model.finding import FindingState
from auditor.reports.codes import RuleBook
from tests.feedback.firm import MASKED, MONTHS, RIGHT, WRONG, Sheet

READ_ON = MONTHS[0] + timedelta(days=5)
SAID_ON = MONTHS[0] + timedelta(days=3)
#: as the sheets write it
SAID_ON_WRITTEN = f"{SAID_ON.day} {SAID_ON:%B %Y}"
SAME = {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": None}


def next_month(firm, headline=WRONG, month=1, **more):
    firm.audit(MONTHS[month], {**SAME, "0101": headline}, **more)
    return firm.finding("0101")


def shown(firm, number):
    """What the sheet Decisions says of a person: (status, note)."""
    book = firm.workbook()
    from openpyxl import load_workbook

    sheet = Sheet(load_workbook(book)["Decisions"])
    names = ("Employee no.", "Status", "Reason and history", "HR's answer", "Valid until")
    columns = [sheet.column(name) for name in names]
    rows = [[row[column - 1] for column in columns] for row in sheet.sheet.iter_rows(2, values_only=True)]
    return [tuple(row[1:]) for row in rows if row[0] == number]


class TestFixed:
    def test_seen_right_closes(self, firm):
        firm.decide("0101", READ_ON, decision="Fixed", date=SAID_ON)
        found = next_month(firm, RIGHT)
        assert found.state is FindingState.RESOLVED
        assert str(found.note) == f"said fixed on {SAID_ON}; seen fixed"
        assert shown(firm, "0101")[0][:2] == ("Closed", f"said fixed on {SAID_ON_WRITTEN}; seen fixed")

    def test_still_seen_is_reopened_once_with_the_date(self, firm):
        firm.decide("0101", READ_ON, decision="Fixed", date=SAID_ON)
        found = next_month(firm, WRONG)
        assert (found.state, str(found.note)) == (
            FindingState.REOPENED, f"said fixed on {SAID_ON}, but still seen",
        )  # fmt: skip
        assert next_month(firm, WRONG, 2).state is FindingState.OPEN

    def test_evidence_from_before_the_claim_does_not_refute_it(self, firm):
        firm.decide("0101", READ_ON, decision="Fixed", date=SAID_ON)
        found = next_month(firm, WRONG, seen_on=SAID_ON - timedelta(days=1))
        assert (found.state, str(found.note)) == (
            FindingState.UNVERIFIED, f"said fixed on {SAID_ON}; could not be seen yet",
        )  # fmt: skip

    def test_not_readable_stays_said_fixed_and_closes_after_two_runs(self, firm):
        firm.decide("0101", READ_ON, decision="Fixed", date=SAID_ON)
        assert next_month(firm, MASKED, 1).state is FindingState.UNVERIFIED
        found = next_month(firm, MASKED, 2)
        assert found.state is FindingState.RESOLVED
        assert str(found.note) == f"said fixed on {SAID_ON}; could not be seen in two runs"
        assert next_month(firm, WRONG, 3).state is FindingState.REOPENED

    def test_runs_in_which_nobody_looked_do_not_count(self, firm):
        firm.decide("0101", READ_ON, decision="Fixed", date=SAID_ON)
        for month in (1, 2, 3):
            assert next_month(firm, None, month).state is FindingState.UNVERIFIED
        assert next_month(firm, WRONG, 4).state is FindingState.REOPENED

    def test_a_confirmed_claim_is_not_held_against_the_person_later(self, firm):
        firm.decide("0101", READ_ON, decision="Fixed", date=SAID_ON)
        next_month(firm, RIGHT, 1)
        assert "was closed" in str(next_month(firm, WRONG, 2).note)
        found = next_month(firm, WRONG, 3)
        assert (found.state, str(found.note)) == (FindingState.OPEN, "")


class TestWaived:
    def test_not_shown_until_then_and_listed(self, firm):
        until = months_after(READ_ON, 12)
        said = firm.decide("0101", READ_ON, decision="Waived until", until=until, remark="new name pending")
        assert said.applied
        found = next_month(firm)
        assert (found.state, str(found.note)) == (
            FindingState.WAIVED,
            f"waived until {until}: new name pending",
        )
        (status, note, answer, valid), *more = shown(firm, "0101")
        assert (status, note, answer, valid.date()) == (
            "Waived",
            f"waived until {until.day} {until:%B %Y}: new name pending",
            "Waived until",
            until,
        )
        assert not more
        with pytest.raises(StopIteration):
            firm.returned(lambda sheet: sheet.answer("0101", decision="Fixed"))

    def test_it_ends_and_the_finding_is_reopened(self, firm):
        until = MONTHS[1] + timedelta(days=3)
        firm.decide("0101", READ_ON, decision="Waived until", until=until, remark="agreed")
        assert next_month(firm, WRONG, 1).state is FindingState.WAIVED
        assert next_month(firm, MASKED, 1).state is FindingState.WAIVED
        found = next_month(firm, WRONG, 2)
        assert (found.state, str(found.note)) == (FindingState.REOPENED, f"the waiver ended on {until}")

    def test_seen_right_closes_also_what_is_waived(self, firm):
        firm.decide("0101", READ_ON, decision="Waived until", until=MONTHS[5], remark="agreed")
        assert next_month(firm, RIGHT).state is FindingState.RESOLVED

    @pytest.mark.parametrize(
        ("until", "remark", "reason"),
        [
            (None, "agreed", DecisionReason.WAIVER_NO_DATE),
            (READ_ON - timedelta(days=1), "agreed", DecisionReason.WAIVER_PAST),
            (months_after(READ_ON, 12) + timedelta(days=1), "agreed", DecisionReason.WAIVER_TOO_LONG),
            (MONTHS[3], None, DecisionReason.WAIVER_NO_REASON),
            ("soon", "agreed", DecisionReason.DATE_UNREADABLE),
            ("3/4/2027", "agreed", DecisionReason.DATE_UNREADABLE),
        ],
    )
    def test_without_a_usable_date_or_reason_it_warns_and_stays_open(self, firm, until, remark, reason):
        said = firm.decide("0101", READ_ON, decision="Waived until", until=until, remark=remark)
        assert (said.applied, said.reason) == (False, reason)
        assert next_month(firm).state is FindingState.OPEN
        assert shown(firm, "0101")[0][0] == "Not applied"


def test_asked_moves_the_due_date_by_thirty_days(firm):
    from auditor.offboarding.next_step import due_day

    own = RuleBook(rule_texts()).words_of_finding
    before = due_day(firm.finding("0101"), own(firm.finding("0101")))
    firm.decide("0101", READ_ON, decision="Asked", date=SAID_ON)
    found = next_month(firm)
    assert (found.state, str(found.note)) == (FindingState.OPEN, f"asked on {SAID_ON}")
    assert due_day(found, own(found)) == before + timedelta(days=30)


class TestNotOurEmployee:
    def test_in_the_roster_it_is_a_contradiction_and_nothing_is_applied(self, firm):
        firm.decide("0101", READ_ON, decision="Not our employee")
        assert next_month(firm).state is FindingState.OPEN
        ((status, note, *_),) = shown(firm, "0101")
        assert (status, note) == ("Not applied", "The person stands in the roster; nothing was applied.")
        from openpyxl import load_workbook

        texts = [cell.value for row in load_workbook(firm.workbook())["Roster check"] for cell in row]
        assert "HR says that 0101 is not our employee." in texts

    def test_no_longer_in_the_roster_it_is_closed_as_not_ours(self, firm):
        firm.decide("0101", READ_ON, decision="Not our employee")
        firm.left_out = {"0101"}
        found = next_month(firm)
        assert (found.state, str(found.note)) == (FindingState.RESOLVED, "not our employee, says HR")


class TestWrongPerson:
    def test_the_address_is_withdrawn_until_the_roster_has_another(self, firm):
        firm.decide("0101", READ_ON, decision="Wrong person")
        assert next_month(firm) is None
        person = next(e for e in firm.report.examinations if e.employee.employee_id == "0101")
        assert (person.employee.profile_url, person.employee.address_note) == (None, "withdrawn")
        assert not any(trial.http_status for trial in person.trials)
        firm.addresses["0101"] = "https://www.linkedin.com/in/another-invented"
        firm.audit(MONTHS[2], SAME)
        person = next(e for e in firm.report.examinations if e.employee.employee_id == "0101")
        assert person.employee.profile_url.endswith("/in/another-invented/")

    def test_what_was_seen_of_the_other_person_is_deleted(self, firm):
        first = firm.report.run.id
        firm.decide("0101", READ_ON, decision="Wrong person")
        assert {f.finding.employee_id for f in firm.store.findings(first)} == {"0102"}
        seen = {
            e.employee.employee_id: {getattr(one.outcome, "observed", "") for one in e.results}
            for e in firm.store.examinations(first)
        }
        assert seen["0101"] == {""}
        assert seen["0102"] > {""}

    def test_the_right_profile_starts_anew_and_the_wrong_one_never_comes_back(self, firm):
        firm.decide("0101", READ_ON, decision="Wrong person")
        firm.addresses["0101"] = "https://www.linkedin.com/in/invented-0101-right"
        assert next_month(firm, WRONG, 1).state is FindingState.NEW
        firm.addresses["0101"] = "https://nl.linkedin.com/in/Invented-0101/"
        assert next_month(firm, WRONG, 2).state is FindingState.UNVERIFIED


class TestRosterWrong:
    def test_it_stays_open_until_the_roster_changes(self, firm):
        firm.decide("0101", READ_ON, decision="Roster is wrong", date=SAID_ON)
        found = next_month(firm)
        assert found.state is FindingState.OPEN
        assert str(found.note) == f"on {SAID_ON} HR said that the roster is wrong; it has not changed since"
        firm.titles["0101"] = "Engineer"
        found = next_month(firm, WRONG, 2)
        assert (found.state, str(found.note)) == (FindingState.OPEN, "")

    def test_a_corrected_roster_closes_it_by_itself(self, firm):
        firm.decide("0101", READ_ON, decision="Roster is wrong")
        firm.titles["0101"] = "Cyclist"
        assert next_month(firm, "Cyclist at Noordlicht Energie").state is FindingState.RESOLVED


def test_no_profile_is_not_checked_for_twelve_months(firm):
    firm.decide("0101", READ_ON, decision="No profile", date=SAID_ON)
    found = next_month(firm)
    assert (found.state, str(found.note)) == (FindingState.RESOLVED, "no profile, says HR")
    before_end = next(day for day in reversed(MONTHS) if day < months_after(SAID_ON, 12))
    after_end = next(day for day in MONTHS if day >= months_after(SAID_ON, 12))
    firm.audit(before_end, SAME)
    assert not next(e for e in firm.report.examinations if e.employee.employee_id == "0101").trials
    firm.audit(after_end, SAME)
    assert firm.state("0101") is FindingState.REOPENED


def test_an_objection_goes_to_the_register_and_the_page_is_not_opened_again(firm):
    firm.decide("0101", READ_ON, decision="Objection received", remark="by mail")
    assert len(register_of(firm.policy, firm.store.engine).all()) == 1
    next_month(firm)
    people = [e for e in firm.report.examinations if e.employee.employee_id == "0101"]
    assert not any(e.trials or e.results for e in people)
    from auditor.store.decisions import DecisionStore

    (kept,) = DecisionStore(firm.store.engine).all()
    assert (kept.word, kept.employee_id, kept.remark) == (DecisionWord.OBJECTED, "", "")


@pytest.mark.parametrize(
    "edit", [lambda sheet: None, lambda sheet: sheet.sheet.delete_rows(sheet.row("0101"))]
)
def test_an_empty_or_a_deleted_row_closes_nothing(firm, edit):
    taken = firm.take(firm.returned(edit), READ_ON)
    assert taken.decisions == ()
    assert next_month(firm).state is FindingState.OPEN


class TestTwoAnswers:
    @pytest.mark.parametrize(
        "second", [{"decision": "Asked"}, {"decision": "Waived until", "until": MONTHS[4], "remark": "other"}]
    )
    def test_of_two_files_none_is_applied_and_both_are_shown(self, firm, second):
        first = {"decision": "Waived until", "until": MONTHS[3], "remark": "agreed"}
        assert firm.decide("0101", READ_ON, **first).applied
        assert not firm.decide("0101", READ_ON, "copy.xlsx", **second).applied
        assert next_month(firm).state is FindingState.OPEN
        rows = shown(firm, "0101")
        assert [row[0] for row in rows] == ["Not applied", "Not applied"]
        assert all("two different answers" in row[1] for row in rows)

    def test_in_one_file_too(self, firm):
        def twice(sheet):
            sheet.answer("0101", decision="Fixed")
            row = [cell.value for cell in sheet.sheet[sheet.row("0101")]]
            row[sheet.column("Decision") - 1] = "Asked"
            sheet.sheet.append(row)

        taken = firm.take(firm.returned(twice), READ_ON)
        assert [one.reason for one in taken.decisions] == [DecisionReason.TWO_ANSWERS] * 2

    def test_the_same_answer_from_a_copy_is_one_answer(self, firm):
        firm.decide("0101", READ_ON, decision="Fixed", date=SAID_ON)
        copy = firm.returned(lambda sheet: sheet.answer("0101", decision="FIXED "), "copy.xlsx")
        taken = firm.take(copy, READ_ON)
        assert (taken.decisions, taken.repeated) == ((), 1)


class TestListedOnly:
    @pytest.mark.parametrize(
        ("heading", "value", "reason"),
        [
            ("Decision", "Done, I think", DecisionReason.UNKNOWN_WORD),
            ("Finding", "0123456789ab", DecisionReason.UNKNOWN_FINDING),
            ("Decision date", READ_ON + timedelta(days=1), DecisionReason.DATE_IN_FUTURE),
        ],
    )
    def test_what_is_not_known_is_listed_not_applied(self, firm, heading, value, reason):
        def edit(sheet):
            row = sheet.row("0101")
            sheet.answer("0101", decision="Fixed")
            sheet.sheet.cell(row, sheet.column(heading)).value = value

        (said,) = firm.take(firm.returned(edit), READ_ON).decisions
        assert (said.applied, said.reason) == (False, reason)

    def test_a_remark_without_a_decision(self, firm):
        assert firm.decide("0101", READ_ON, remark="will call").reason is DecisionReason.NO_WORD

    def test_a_file_of_an_older_month(self, firm):
        old = firm.returned(lambda sheet: sheet.answer("0101", decision="Fixed"))
        next_month(firm)
        (said,) = firm.take(old, MONTHS[1]).decisions
        assert (said.applied, said.reason) == (False, DecisionReason.OLDER_REPORT)

    def test_a_file_of_another_company(self, firm, tmp_path):
        from tests.feedback.firm import POLICY, Firm

        other = Firm(tmp_path / "other")
        path = other.folder / "config" / "policy.yaml"
        path.write_text(POLICY.format(language="en").replace("Energie", "Gas"), "utf-8")
        other.__dict__["policy"] = replace(other.policy, sha256="0" * 64)
        other.audit(MONTHS[0], SAME)
        foreign = other.returned(lambda sheet: sheet.answer("0101", decision="Wrong person"))
        (said,) = firm.take(foreign, READ_ON).decisions
        assert (said.applied, said.reason) == (False, DecisionReason.UNKNOWN_REPORT)
        assert next_month(firm).state is FindingState.OPEN


class TestRowCheck:
    def test_a_changed_text_is_ignored_and_noted_and_the_decision_kept(self, firm):
        def edit(sheet):
            sheet.answer("0101", decision="Waived until", until=MONTHS[4], remark="agreed")
            sheet.sheet.cell(sheet.row("0101"), sheet.column("Seen")).value = "all is well"

        (said,) = firm.take(firm.returned(edit), READ_ON).decisions
        assert (said.applied, said.reason) == (True, DecisionReason.EDITED)
        found = next_month(firm)
        assert found.state is FindingState.WAIVED
        assert "all is well" not in found.finding.observed
        assert "changes were ignored" in shown(firm, "0101")[0][1]

    def test_an_untouched_row_is_not_called_changed(self, firm):
        assert firm.decide("0101", READ_ON, decision="Fixed").reason is None

    def test_a_number_beside_somebody_else_is_not_believed(self, firm):
        def sort_one_column(sheet):
            one, other = sheet.row("0101"), sheet.row("0102")
            column = sheet.column("Finding")
            cells = sheet.sheet.cell(one, column), sheet.sheet.cell(other, column)
            cells[0].value, cells[1].value = cells[1].value, cells[0].value
            sheet.answer("0101", decision="Wrong person")

        (said,) = firm.take(firm.returned(sort_one_column), READ_ON).decisions
        assert (said.applied, said.reason) == (False, DecisionReason.MIXED_ROW)


PEOPLE, NAMED = {"0101": "0101", "0102": "0102"}, {"0101": "An Claes", "0102": "Bo Dam"}


@pytest.mark.parametrize(
    ("number", "name", "another"),
    [
        ("0101", "An Claes", False),
        ("0101", "  an   CLAES ", False),
        ("", "", False),
        ("0102", "Bo Dam", True),
        ("0101", "An Claes-Peeters", False),  # HR corrected the name
        ("0107", "An Claes", False),  # or the number
        ("0102", "", True),  # the names were deleted before the numbers were sorted
        ("", "Bo Dam", True),
    ],
)
def test_a_row_is_about_another_where_all_that_stands_there_says_so(number, name, another):
    assert is_another("0101", number, name, PEOPLE, NAMED) is another


def test_everything_is_kept_with_who_when_and_from_which_file(firm):
    said = firm.decide("0101", READ_ON, decision="Asked", date=SAID_ON, remark="by phone")
    from auditor.store.decisions import DecisionStore

    (kept,) = DecisionStore(firm.store.engine).all()
    assert kept == said
    assert (kept.decided_by, kept.decided_on, kept.read_on, kept.remark) == (
        "Els van HR", SAID_ON, READ_ON, "by phone",
    )  # fmt: skip
    assert (kept.file_name, kept.place, len(kept.file_sha256)) == ("back.xlsx", "Findings!2", 64)
    again = firm.take(firm.folder / "back.xlsx", READ_ON)
    assert again.known
    assert len(DecisionStore(firm.store.engine).all()) == 1


def test_a_named_decider_outranks_the_files_author(firm):
    path = firm.returned(lambda sheet: sheet.answer("0101", decision="Asked"))
    assert firm.take(path, date(2026, 9, 26), by="Piet").decisions[0].decided_by == "Piet"
