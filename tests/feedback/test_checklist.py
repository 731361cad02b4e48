"""Any copy of a leaver's checklist is read by step id and by the meaning of its headings."""

import os
import random
import shutil
import time
import zipfile
from contextlib import suppress
from datetime import date, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from auditor.app.decide import take_decisions
from auditor.feedback import RefusedWorkbook, read_file
from auditor.model.case import StepAnswer, StepReason, StepState
from auditor.reports import checklist_words, key_words
from tests.feedback.firm import MONTHS, WRONG, Firm, damaged_copies, saved_by_libreoffice
from tests.feedback.leaving import STAFF, STILL, YES, LeavingFirm

READ_ON = MONTHS[0] + timedelta(days=5)
DAY = MONTHS[0] + timedelta(days=2)
DONE = StepAnswer(StepState.DONE, "admin list of 22 September", DAY, "Piet")


@pytest.fixture(scope="module")
def leaving(tmp_path_factory):
    firm = LeavingFirm(tmp_path_factory.mktemp("made") / "firm")
    firm.month(0, n0201=STILL, n0202=STILL)
    return firm


@pytest.fixture
def firm(leaving, tmp_path):
    return leaving.copied_to(tmp_path / "firm")


def answered(sheet, word="Yes", step="O05"):
    sheet.put(step, done=word, evidence=DONE.evidence, done_on=DONE.done_on, done_by=DONE.done_by)


def is_the_answer(firm, taken):
    assert (taken.trouble, taken.checklist) == ("", True)
    (said,) = taken.steps
    assert (said.applied, said.reason, said.employee_id) == (True, None, "0201")
    assert said.answer == DONE
    assert firm.answer("0201", "O05") == DONE
    return True


#: the language of the headings and that of the answers: each once, never the same
MIXED = (("en", "fr"), ("nl", "de"), ("fr", "nl"), ("de", "en"))


@pytest.mark.parametrize(("language", "answered_in"), MIXED)
def test_headings_and_words_of_any_language(tmp_path, language, answered_in):
    firm = LeavingFirm(tmp_path / "firm", language)
    firm.month(0, n0201=STILL)
    path = firm.filled("0201", lambda sheet: answered(sheet, YES[answered_in]))
    assert is_the_answer(firm, firm.take(path, READ_ON))


def rebuilt(firm, path, change):
    """The filled-in checklist copied cell by cell into a fresh workbook, the way people do."""
    book = load_workbook(firm.filled("0201", answered))
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    keys = [list(row) for row in book["_keys"].iter_rows(values_only=True)]
    rows, keys = change(rows, keys)
    made = Workbook()
    made.active.title = "Blad1"
    if keys:  # in front, where it was not
        hidden = made.create_sheet("verborgen", 0)
        for row in keys:
            hidden.append(row)
    for row in rows:
        made["Blad1"].append(row)
    made.create_sheet("Notities", 0).append(["Marga", "call IT", 3])
    made.save(path)
    return path


def at(rows, heading):
    return next((n, row.index(heading)) for n, row in enumerate(rows) if heading in row)


def shuffled(rows, keys):
    top, _ = at(rows, "Step id")
    order = list(range(len(rows[0])))
    random.Random(5).shuffle(order)
    lead, head, data = rows[:top], rows[top], rows[top + 1 :]
    random.Random(6).shuffle(data)
    return [*lead, *([row[place] for place in order] for row in (head, *data))], keys


def padded(rows, keys):
    top, done = at(rows, "Done")
    rows[top] = [f"  {str(cell).upper()}\u200b " for cell in rows[top]]
    for row in rows[top + 1 :]:
        row[done] = row[done] and f"\u00a0 {row[done].upper()} "
        row[-1] = f" {row[-1].upper()}\u200b"
    return rows, keys


def own_notes(rows, keys):
    extra = [[*row, "mine", None, f"own note {n}"] for n, row in enumerate(rows)]
    return [["please read"], [], *extra, [], ["Total", len(rows)]], keys


def translated(rows, keys):
    top, _ = at(rows, "Done")
    renamed = {"Done": "Klaar", "Done on": "Fait le", "Done by": "Erledigt von", "Step id": "STAP-ID"}
    rows[top] = [renamed.get(cell, cell) for cell in rows[top]]
    return rows, keys


def only_what_counts(rows, keys):
    """The lines above are gone, and all columns but five."""
    top, _ = at(rows, "Done")
    kept = [rows[top].index(one) for one in ("Done", "Confirmation", "Done on", "Done by", "Step id")]
    return [[row[place] for place in kept] for row in rows[top:]], keys


def without_keys(rows, keys):
    return rows, []


CHANGES = [shuffled, padded, own_notes, translated, only_what_counts, without_keys]


@pytest.mark.parametrize("change", CHANGES)
def test_order_looks_and_sheet_names_do_not_matter(firm, tmp_path, change):
    assert is_the_answer(firm, firm.take(rebuilt(firm, tmp_path / "back.xlsx", change), READ_ON))


def test_two_checklists_in_one_file_are_both_read(firm, tmp_path):
    book = load_workbook(firm.filled("0201", answered))
    other = load_workbook(firm.filled("0202", lambda sheet: sheet.tick("O11", word="Not needed"), "b.xlsx"))
    for name in ("Checklist", "_keys"):
        sheet = book.create_sheet(f"{name} 0202")
        for row in other[name].iter_rows(values_only=True):
            sheet.append(row)
    book.save(tmp_path / "both.xlsx")
    taken = firm.take(tmp_path / "both.xlsx", READ_ON)
    assert {(one.employee_id, one.answer.state) for one in taken.steps} == {
        ("0201", StepState.DONE), ("0202", StepState.NOT_NEEDED),
    }  # fmt: skip
    assert all(one.applied for one in taken.steps)


def say(firm, name="back.xlsx", read_on=READ_ON, **cells):
    """What comes of one step of 0201, filled in like this."""
    path = firm.filled("0201", lambda sheet: sheet.put("O05", **cells), name)
    taken = firm.take(path, read_on)
    assert len(taken.steps) == 1, taken
    return taken.steps[0]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"done": "perhaps"}, StepReason.UNKNOWN_WORD),
        ({"done": "Yes", "done_on": "some day"}, StepReason.DATE_UNREADABLE),
        ({"done": "Yes", "done_on": "3/4/2026"}, StepReason.DATE_UNREADABLE),
        ({"done": "Yes", "done_on": READ_ON + timedelta(days=1)}, StepReason.DATE_IN_FUTURE),
    ],
)
def test_what_is_doubtful_is_listed_and_changes_nothing(firm, cells, reason):
    said = say(firm, **cells)
    assert (said.applied, said.reason) == (False, reason)
    assert firm.answers() == {}


@pytest.mark.parametrize(
    ("cells", "state", "day"),
    [
        ({"done": "x", "evidence": None}, None, None),
        ({"done": "done"}, StepState.DONE, None),
        ({"done": "not needed", "done_on": DAY}, StepState.NOT_NEEDED, DAY),
        ({"done": "No", "evidence": "still admin"}, StepState.OPEN, None),
        ({"evidence": "asked Marketing"}, StepState.OPEN, None),
        ({"done": "Yes", "done_on": 46287}, StepState.DONE, date(2026, 9, 22)),
        ({"done": "Yes", "done_on": "22.09.2026"}, StepState.DONE, date(2026, 9, 22)),
    ],
)
def test_words_and_days_as_people_write_them(firm, cells, state, day):
    said = say(firm, **cells)
    assert said.applied is (state is not None)
    if state is not None:
        assert (said.answer.state, said.answer.done_on) == (state, day)


def test_unknown_steps_and_other_companies_are_listed_and_nothing_of_them_is_kept(firm, tmp_path):
    def foreign_step(sheet):
        answered(sheet)
        sheet.sheet.cell(sheet.row("O05"), sheet.column("step_id")).value = "0123456789ab-O05"

    (said,) = firm.take(firm.filled("0201", foreign_step), READ_ON).steps
    assert (said.reason, said.employee_id) == (StepReason.UNKNOWN_STEP, "")
    assert said.answer == StepAnswer(StepState.DONE)

    other = LeavingFirm(tmp_path / "other", "nl")  # the same numbers and days, another policy
    other.month(0, n0201=STILL)
    (said,) = firm.take(other.filled("0201", lambda sheet: answered(sheet, "Ja")), READ_ON).steps
    assert (said.applied, said.reason, said.employee_id) == (False, StepReason.UNKNOWN_REPORT, "")
    assert said.answer == StepAnswer(StepState.DONE)
    assert firm.answers() == {}


def test_two_columns_of_one_meaning_are_no_answer(firm, tmp_path):
    def change(rows, keys):
        top, _ = at(rows, "Done")
        doubled = [[*row, "Not needed" if str(row[-1]).endswith("O05") else None] for row in rows]
        doubled[top][-1] = "Erledigt"
        return doubled, keys

    (said,) = firm.take(rebuilt(firm, tmp_path / "back.xlsx", change), READ_ON).steps
    assert (said.applied, said.reason) == (False, StepReason.TWO_COLUMNS)


def test_rows_without_an_id_and_sheets_without_a_column_are_told_of(firm, tmp_path):
    def without_ids(rows, keys):
        top, _ = at(rows, "Step id")
        return [*rows[: top + 1], *([*row[:-1], None] for row in rows[top + 1 :])], keys

    taken = firm.take(rebuilt(firm, tmp_path / "a.xlsx", without_ids), READ_ON)
    assert (taken.steps, taken.seen_rows) == ((), 0)
    assert "2 filled-in rows of sheet 'Blad1' have no step id" in taken.notes
    taken = firm.take(
        rebuilt(firm, tmp_path / "b.xlsx", lambda rows, keys: ([row[:-1] for row in rows], keys)), READ_ON
    )
    assert taken.steps == ()
    assert "sheet 'Blad1' has no column Step id, so it was not read" in taken.notes


class TestOnce:
    def test_the_same_file_is_read_once_under_any_name(self, firm, tmp_path):
        path = firm.filled("0201", answered)
        assert firm.take(path, READ_ON).steps
        copy = shutil.copy(path, tmp_path / "Kopie van back.xlsx")
        for again in (path, copy):
            taken = firm.take(again, READ_ON)
            assert (taken.known, taken.steps) == (True, ())

    def test_a_copy_with_the_same_answer_is_counted_as_repeated(self, firm):
        firm.take(firm.filled("0201", answered), READ_ON)

        def copied(sheet):
            answered(sheet)
            sheet.sheet["Z1"] = "Piet's copy"

        taken = firm.take(firm.filled("0201", copied, "copy.xlsx"), READ_ON)
        assert (taken.steps, taken.repeated) == ((), 2), "the answer, and the program's own first look"

    def test_two_files_of_one_call_that_contradict_each_other(self, firm):
        files = [
            firm.filled("0201", answered, "a.xlsx"),
            firm.filled("0201", lambda sheet: sheet.put("O05", done="Not needed"), "b.xlsx"),
        ]
        taken = take_decisions(files, firm.policy, firm.store, READ_ON)
        listed = [(one.file_name, said.reason) for one in taken for said in one.steps]
        assert listed == [("a.xlsx", StepReason.TWO_ANSWERS), ("b.xlsx", StepReason.TWO_ANSWERS)]
        assert firm.answers() == {}

    def test_a_row_twice_in_one_file_with_two_answers(self, firm, tmp_path):
        def doubled(rows, keys):
            top, done = at(rows, "Done")
            row = next(row for row in rows[top + 1 :] if row[done])
            return [*rows, [*row[:done], "Not needed", *row[done + 1 :]]], keys

        taken = firm.take(rebuilt(firm, tmp_path / "back.xlsx", doubled), READ_ON)
        assert [one.reason for one in taken.steps] == [StepReason.TWO_ANSWERS] * 2

    def test_next_months_checklist_holds_the_answers_and_sending_it_back_says_nothing(self, firm):
        firm.take(firm.filled("0201", answered), READ_ON)
        firm.month(1, n0201=STILL, n0202=STILL)
        taken = firm.take(firm.filled("0201", lambda sheet: None, "second.xlsx"), MONTHS[1])
        assert (taken.steps, taken.repeated) == ((), 2)

    def test_answers_about_a_departure_that_was_moved_are_told_of(self, firm):
        path = firm.filled("0201", answered)
        firm.ends["0201"] -= timedelta(days=1)
        firm.month(1, n0201=STILL, n0202=STILL)
        taken = firm.take(path, MONTHS[1])
        assert taken.steps[0].applied
        assert any("another last day for 0201" in note for note in taken.notes)

    def test_an_older_copy_changes_nothing_that_was_answered_since(self, firm):
        first = firm.filled("0201", answered, "first.xlsx")
        stale = firm.filled(
            "0201", lambda sheet: (answered(sheet), sheet.put("O11", done="Yes")), "stale.xlsx"
        )
        firm.take(first, READ_ON)
        firm.month(1, n0201=STILL, n0202=STILL)
        printed = firm.filled("0201", lambda sheet: sheet.put("O09", done="Yes"), "printed.xlsx")
        firm.take(firm.filled("0201", lambda sheet: sheet.put("O05", done=None), "open.xlsx"), MONTHS[1])
        assert firm.answer("0201", "O05").state is StepState.OPEN
        for late, step in ((stale, "O11"), (printed, "O09")):
            taken = firm.take(late, MONTHS[1])
            assert [one.step_id[-3:] for one in taken.steps] == [step], "only what nobody said before"
            assert firm.answer("0201", step).state is StepState.DONE
        assert firm.answer("0201", "O05").state is StepState.OPEN

    def test_back_to_open_and_done_again(self, firm):
        firm.take(firm.filled("0201", answered), READ_ON)
        firm.month(1, n0201=STILL, n0202=STILL)
        reopen = firm.filled("0201", lambda sheet: sheet.put("O05", done=None), "reopen.xlsx")
        assert firm.take(reopen, MONTHS[1]).steps[0].answer.state is StepState.OPEN
        firm.month(2, n0201=STILL, n0202=STILL)
        again = firm.filled("0201", lambda sheet: sheet.put("O05", done="Yes"), "again.xlsx")
        assert firm.take(again, MONTHS[2]).steps[0].applied
        assert firm.answer("0201", "O05") == DONE

    def test_an_empty_or_missing_row_opens_nothing(self, firm):
        firm.take(firm.filled("0201", answered), READ_ON)
        firm.month(1, n0201=STILL, n0202=STILL)

        def emptied(sheet):
            sheet.put("O05", done=None, evidence=None, done_on=None, done_by=None)

        assert firm.take(firm.filled("0201", emptied, "empty.xlsx"), MONTHS[1]).steps == ()

        def deleted(sheet):
            sheet.sheet.delete_rows(sheet.row("O05"))

        assert firm.take(firm.filled("0201", deleted, "gone.xlsx"), MONTHS[1]).steps == ()
        assert firm.answer("0201", "O05") == DONE


def test_a_workbook_and_a_checklist_in_one_call(firm, tmp_path):
    book_firm = Firm(tmp_path / "x")
    book_firm.audit(MONTHS[0], {"0101": WRONG})
    firm.audit(MONTHS[0] + timedelta(days=1), {**STAFF, "0101": WRONG, "0201": STILL, "0202": STILL})
    files = [
        firm.returned(lambda sheet: sheet.answer("0101", decision="Fixed"), "workbook.xlsx"),
        firm.filled("0201", answered, "checklist.xlsx"),
    ]
    for order in (files, files[::-1]):
        taken = take_decisions(order, firm.policy, firm.store, READ_ON)
        kinds = {one.file_name: (one.workbook, one.checklist, one.trouble) for one in taken}
        if order is files:
            assert kinds == {"workbook.xlsx": (True, False, ""), "checklist.xlsx": (False, True, "")}
            assert [len(one.decisions) + len(one.steps) for one in taken] == [1, 1]
        else:
            assert all(one.known for one in taken)


def test_a_file_that_is_neither_is_told_so(firm, tmp_path):
    book = Workbook()
    book.active.append(["Name", "Done", "Evidence"])
    book.active.append(["Piet", "Yes", "seen"])
    book.save(tmp_path / "list.xlsx")
    taken = firm.take(tmp_path / "list.xlsx", READ_ON)
    assert "neither an exception workbook nor a leaver's checklist" in taken.trouble
    assert (taken.steps, taken.decisions) == ((), ())


class TestBadFiles:
    def test_damage_anywhere_gives_a_plain_word_and_nothing_else(self, firm):
        for path in damaged_copies(firm.filled("0201", answered)):
            with suppress(RefusedWorkbook):
                read = read_file(path, key_words(), checklist_words()).checklist
                assert read is None or {row.state for row in read.rows} <= {StepState.DONE, None}

    @pytest.mark.parametrize(
        ("spoil", "words"),
        [
            (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "password"),
            (lambda path: path.write_bytes(path.read_bytes()[:3000]), "damaged"),
            (lambda path: zipfile.ZipFile(path, "a").writestr("xl/vbaProject.bin", b"x"), "macros"),
        ],
    )
    def test_what_is_no_plain_workbook_is_refused(self, firm, spoil, words):
        path = firm.filled("0201", answered)
        spoil(path)
        taken = firm.take(path, READ_ON)
        assert words in taken.trouble or (words == "damaged" and "ZIP" in taken.trouble)
        assert firm.answers() == {}

    def test_a_name_that_is_no_text_is_no_trouble(self, firm):
        path = firm.folder / os.fsdecode(b"back\xff.xlsx")
        shutil.copy(firm.filled("0201", answered), path)
        assert is_the_answer(firm, firm.take(path, READ_ON))

    def test_hostile_texts_are_kept_as_texts(self, firm):
        evil = "=cmd|' /C calc'!A0\n_xD800_ _x0000_ _xFFFE_ \u202e" + "é" * 40_000
        said = say(firm, done="Yes", evidence=evil, done_by="@" + "n" * 900)
        assert said.applied
        assert len(said.answer.evidence) <= 500
        assert len(said.answer.done_by) <= 100
        firm.month(1, n0201=STILL, n0202=STILL)
        sheet = load_workbook(firm.checklist("0201")).worksheets[0]
        assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
        taken = firm.take(firm.filled("0201", lambda sheet: None, "second.xlsx"), MONTHS[1])
        assert taken.steps == (), "what was printed of it is no new answer"


@pytest.mark.parametrize("count", [3_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_many_rows(firm, tmp_path, count):
    def long(rows, keys):
        return [*rows, *([["Yes", *[None] * 10, f"{n:012x}-O05"] for n in range(count)])], keys

    path = rebuilt(firm, tmp_path / "big.xlsx", long)
    begun = time.process_time()
    taken = firm.take(path, READ_ON)
    assert time.process_time() - begun < 60 * count / 100_000
    assert [one.answer for one in taken.steps if one.applied] == [DONE]
    assert len(taken.steps) == 51
    assert f"{count - 50} more rows are about no case of ours" in taken.notes


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("typed_first", [True, False])
def test_a_round_trip_through_libreoffice(firm, tmp_path, typed_first):
    given = firm.filled("0201", answered, "typed.xlsx") if typed_first else firm.checklist("0201")
    saved = saved_by_libreoffice(given, tmp_path)
    if not typed_first:
        from tests.feedback.leaving import LAST_DAY, Checklist

        book = load_workbook(saved)
        answered(Checklist(book.worksheets[0], "0201", "en", LAST_DAY))
        book.save(saved)
    assert is_the_answer(firm, firm.take(saved, READ_ON))
