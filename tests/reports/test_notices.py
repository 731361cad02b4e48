"""Which notices on the roster an entity's workbook may show."""

from dataclasses import replace

import pytest

from auditor.language.roster_messages import facts_wanted, intake_codes, notice
from auditor.language.words import words_of
from auditor.model.employee import RosterState
from auditor.model.roster import RosterNotice, RowFate, RowRecord
from auditor.reports.not_assessed import unsettled_notices
from auditor.reports.notices import notice_words, notices_of
from auditor.reports.roster_words import DATE_ORDERS, FIELDS
from auditor.reports.scope import of_entity, whole
from auditor.reports.sheets.not_assessed import not_assessed_table
from auditor.reports.sheets.roster_check import roster_table
from auditor.roster.dates import DayOrder
from auditor.roster.headings import RosterField
from tests.reports.invented import examined, person, report


class CountedRows(tuple[RowRecord, ...]):
    """Rows that count how often they are gone through."""

    times = 0

    def __iter__(self):
        self.times += 1
        return super().__iter__()


def test_an_entity_sees_no_notice_on_a_row_of_another_and_rows_are_read_once():
    people = [examined(person(n, entity=entity)) for n, entity in (("1", "A"), ("2", "B"))]
    rows = CountedRows(
        [
            RowRecord(2, RowFate.PERSON, sheet="S", person="1"),
            RowRecord(3, RowFate.PERSON, sheet="S", person="2"),
            RowRecord(3, RowFate.PERSON, sheet="T", person="1"),
        ]
    )
    notices = tuple(
        RosterNotice("D02", "said", row, sheet) for row, sheet in ((2, "S"), (3, "S"), (3, "T"), (0, "S"))
    )
    made = report(tuple(people), rows=rows, notices=notices)
    shown = notices_of(of_entity(made, "A"))
    assert [(one.row, one.sheet) for one in shown] == [(2, "S"), (3, "T"), (0, "S")]
    assert rows.times == 1


def test_a_shared_address_that_hr_has_put_right_is_not_called_unchecked() -> None:
    right, other = examined(person("1")), examined(person("2", profile_url=None, address_note="shared"))
    told = (notice("U06", row=2, a="1", b="2"), notice("U06", row=3, a="2", b="1"))
    made = report((right, other), notices=told)
    assert [dict(one.facts)["a"] for one in notices_of(whole(made))] == ["2"]
    table = roster_table(whole(made))
    assert [row[4] for row in table.rows] == ["2 has the same address as 1; 2 was not checked."]


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_every_code_that_a_row_may_show_says_what_it_means(language: str) -> None:
    codes = [one.code for one in intake_codes().values() if one.priority]
    filled = "filled in when read"
    rows = [RowRecord(row, RowFate.PERSON, code, "S", "1", filled) for row, code in enumerate(codes, 2)]
    made = replace(report((examined(person("1")),), rows=tuple(rows)), language=language)
    said = {row[3]: row[4] for row in roster_table(whole(made)).rows}
    assert [code for code in codes if not said[code] or "{" in said[code]] == []
    assert filled not in (said["D04"], said["E07"], said["F05"], said["H10"], said["P11"], said["U01"])


def test_a_repeated_row_names_the_first_in_the_language_of_the_workbook() -> None:
    first = RowRecord(4, RowFate.PERSON, sheet="S", person="1")
    again = RowRecord(9, RowFate.MERGED, "P01", "S", "1", "Row 9 repeats row 4.")
    made = replace(report((examined(person("1")),), rows=(first, again)), language="nl")
    assert [row[4] for row in roster_table(whole(made)).rows] == ["Rij 9 herhaalt rij 4."]


def test_rows_of_which_the_same_is_said_are_one_row_with_the_numbers_of_all() -> None:
    typed = RowRecord(4, RowFate.PERSON, "U02", "S", "1", raw="none")
    plain = [RowRecord(row, RowFate.PERSON, "U01", "S", str(row)) for row in (9, 3, 5, 6, 7)]
    other = RowRecord(8, RowFate.PERSON, "U01", "T", "8")
    made = report((examined(person("1")),), rows=(*plain, typed, other))
    rows = [(row[0], row[1], row[6], row[7]) for row in roster_table(whole(made)).rows]
    assert rows == [(3, "S", 5, "5-7, 9"), (4, "S", None, ""), (8, "T", None, "")]


def test_many_row_numbers_are_cut_short_and_counted() -> None:
    every_second = [RowRecord(row, RowFate.PERSON, "U01", "S", str(row)) for row in range(2, 202, 2)]
    (row,) = roster_table(whole(report((examined(person("1")),), rows=tuple(every_second)))).rows
    assert (row[0], row[6]) == (2, 100)
    assert row[7].endswith("80, 82, 59 more"), "40 of the 99 other rows are listed"


def test_a_person_who_came_back_is_named_in_the_row_of_the_old_contract() -> None:
    old = RowRecord(18, RowFate.MERGED, "P04", "S", "1")
    (row,) = roster_table(whole(report((examined(person("1")),), rows=(old,)))).rows
    assert row[4] == "1 came back: the open contract counts."


@pytest.mark.parametrize(
    ("fate", "code", "said"),
    [
        (RowFate.REJECTED, "E11", "Rejected"),
        (RowFate.NOT_A_PERSON, "P14", "Not a person"),
        (RowFate.HEADER, "H02", "Heading or note"),
        (RowFate.MERGED, "U04", "Read with a remark"),
        (RowFate.PERSON, "U05", "Read with a remark"),
    ],
)
def test_a_row_with_a_notice_says_what_became_of_it(fate, code, said):
    told = notice(code, row=8, sheet="S", v="1E+05")
    made = report((examined(person("1")),), rows=(RowRecord(8, fate, code, "S"),), notices=(told,))
    (row,) = roster_table(whole(made)).rows
    assert (row[0], row[2], row[3]) == (8, said, code)


def test_an_entity_is_told_how_many_rows_were_rejected_and_not_what_stands_there():
    people = tuple(examined(person(n, entity=entity)) for n, entity in (("1", "A"), ("2", "B")))
    rows = (RowRecord(4, RowFate.REJECTED, "E06", "S", raw="9 | Hannes Onleesbaar"),)
    sheet = not_assessed_table(of_entity(report(people, rows=rows), "A"))
    assert sheet.lead[0] == "1 row of the roster was rejected; whoever stands in it was not assessed (row 4)."
    assert sheet.empty == "Nobody else is left out"


def test_people_and_rows_are_told_with_their_sheet_where_the_roster_has_several():
    people = tuple(
        examined(person(number, RosterState.CONFLICT, roster_row=row, state_code="P18"))
        for number, row in (("1", 7), ("2", 3), ("3", 7))
    )
    places = ((7, "In service", "1"), (3, "Left", "2"), (7, "Left", "3"))
    rows = [RowRecord(row, RowFate.PERSON, "P18", sheet, number) for row, sheet, number in places]
    rows += [
        RowRecord(row, RowFate.REJECTED, "E06", sheet)
        for row, sheet in ((4, "Left"), (5, "Left"), (9, "In service"))
    ]
    made = whole(report(people, rows=tuple(rows)))
    told, rejected = (one.text for one in unsettled_notices(made))
    assert told.endswith("(rows In service: 7; Left: 3, 7)")
    assert rejected.endswith("(rows In service: 9; Left: 4-5).")
    table = not_assessed_table(made)
    columns = [one.key for one in table.columns]
    found = [(row[columns.index("sheet")], row[columns.index("row")]) for row in table.rows]
    assert sorted(found) == [("In service", 7), ("Left", 3), ("Left", 7)]
    one_sheet = not_assessed_table(whole(report(people, rows=tuple(rows[1:5]))))
    assert "sheet" not in [one.key for one in one_sheet.columns]


@pytest.mark.parametrize("raw", ["", "Zwart {Els} | 12"])
@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_a_row_of_which_nothing_may_be_shown_is_told_in_the_language_of_the_reader(language, raw):
    words = words_of(language)
    told = notice("E06", row=7, sheet="S", n=1, m=6, raw=raw)
    said = notice_words(told, words)
    template = intake_codes()["E06"].messages["en"]
    whole_text = words.say(template, row=7, n=1, m=6, raw=raw)
    assert said == (whole_text if raw else whole_text.rstrip(": \u00a0"))
    assert said.endswith(raw or "6")
    assert language == "en" or said != told.message


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
@pytest.mark.parametrize("code", [code for code, one in intake_codes().items() if one.messages["en"]])
def test_no_empty_fact_makes_a_message_english(code, language):
    facts = dict.fromkeys(facts_wanted(intake_codes()[code].messages["en"]) - {"row", "raw"}, "")
    told = notice(code, row=3, **facts)
    said = notice_words(told, words_of(language))
    assert said != told.message
    assert "{" not in said


@pytest.mark.parametrize(
    ("language", "orders", "both"),
    [
        ("en", "fit two readings; month-day was used", "could be the last day of work"),
        ("nl", "zijn op twee manieren te lezen; maand-dag is gebruikt", "kan de laatste werkdag zijn"),
        (
            "fr",
            "se lisent de deux façons ; mois-jour a été utilisé",
            "peuvent tous deux être le dernier jour",
        ),
        ("de", "auf zwei Arten lesen; Monat-Tag wurde", "können der letzte Arbeitstag sein"),
    ],
)
def test_a_notice_names_no_key_of_the_program(language, orders, both):
    words = words_of(language)
    said = notice_words(notice("D02", col="Uit", fmt=str(DayOrder.MONTH_FIRST)), words)
    assert orders in said.replace("\u00a0", " ")
    assert both in notice_words(notice("H05", a="Einde", b="Slot", field="last_working_day"), words)
    assert "roster.columns" in notice_words(notice("F04", read="Blad1", skipped="Oud"), words)


def test_every_field_and_every_order_of_dates_has_its_words():
    assert FIELDS.keys() == set(RosterField) - {"ignore"}
    assert DATE_ORDERS.keys() == set(DayOrder)
