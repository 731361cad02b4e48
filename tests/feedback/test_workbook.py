"""Any copy is read by the meaning of its headings and words; what is doubtful is never guessed."""

import random
import shutil
import time
from contextlib import suppress
from datetime import date, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from auditor.feedback import RefusedWorkbook, read_file
from auditor.model.decision import DecisionReason, DecisionWord
from auditor.model.finding import FindingState
from auditor.reports import LANGUAGES, key_words
from tests.feedback.firm import MONTHS, RIGHT, WRONG, Firm, Sheet, damaged_copies, page, saved_by_libreoffice

READ_ON = MONTHS[0] + timedelta(days=5)
UNTIL = MONTHS[0] + timedelta(days=90)
SAME = {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": None}
SPOKEN = {(str(key.kind), key.code): dict(zip(LANGUAGES, key.words, strict=True)) for key in key_words()}


def heading(code, language):
    return SPOKEN["column", code][language]


def fill(sheet, row, columns, language, remark="agreed"):
    cells = {"decision": SPOKEN["decision", "waived"][language], "waived_until": UNTIL, "remark": remark}
    for code, value in cells.items():
        sheet.cell(row, columns[code]).value = value


def is_the_waiver(taken):
    (said,) = taken.decisions
    assert (said.word, said.until, said.remark, said.employee_id) == (
        DecisionWord.WAIVED, UNTIL, "agreed", "0101",
    )  # fmt: skip
    assert said.applied, said.reason
    return True


#: the language of the headings and that of the answers: each once, never the same
MIXED = (("en", "fr"), ("nl", "de"), ("fr", "nl"), ("de", "en"))


@pytest.mark.parametrize(("language", "answered_in"), MIXED)
def test_headings_and_words_of_any_language(tmp_path, language, answered_in):
    firm = Firm(tmp_path / "firm", language)
    firm.audit(MONTHS[0], SAME)
    book = load_workbook(firm.workbook())
    sheet = book.worksheets[1]
    columns = {
        code: next(cell.column for cell in sheet[1] if cell.value == heading(code, language))
        for code in ("finding", "employee_no", "decision", "waived_until", "remark")
    }
    row = next(r for r in range(2, 9) if sheet.cell(r, columns["employee_no"]).value == "0101")
    fill(sheet, row, columns, answered_in)
    book.save(tmp_path / "back.xlsx")
    assert is_the_waiver(firm.take(tmp_path / "back.xlsx", READ_ON))


def rebuilt(firm, path, change):
    """The filled-in Findings sheet copied cell by cell into a fresh workbook, the way people do."""
    sheet = Sheet(load_workbook(firm.workbook()).worksheets[1])
    sheet.answer("0101", decision="Waived until", until=UNTIL, remark="agreed")
    rows = [list(row) for row in sheet.sheet.iter_rows(values_only=True)]
    keys = [list(row) for row in load_workbook(firm.workbook())["_keys"].iter_rows(values_only=True)]
    rows, keys = change(rows, keys)
    book = Workbook()
    book.active.title = "Blad1"
    for row in rows:
        book.active.append(row)
    if keys:
        hidden = book.create_sheet("verborgen")
        for row in keys:
            hidden.append(row)
    book.save(path)
    return path


def shuffled(rows, keys):
    order = list(range(len(rows[0])))
    random.Random(5).shuffle(order)
    head, *data = [[row[place] for place in order] for row in rows]
    random.Random(6).shuffle(data)
    return [head, *data], keys


def padded(rows, keys):
    head, *data = rows
    head = [f"  {str(cell).upper()}\u200b " for cell in head]
    at = next(n for n, cell in enumerate(rows[0]) if cell == "Decision")
    for row in data:
        row[at] = row[at] and f"\u00a0 {row[at].upper()}  "
    return [head, *data], keys


def own_notes(rows, keys):
    extra = [[*row, "mine", None, f"own note {n}"] for n, row in enumerate(rows)]
    return [["HR, please read"], [], *extra, [], ["Total", len(rows)]], keys


def renamed(rows, keys):
    """The specification's own headings, in two languages at once."""
    wanted = {
        "Finding": "Bevinding",
        "Waived until": "Dérogation jusqu'au",
        "Remark (no health data)": "Opmerking",
    }
    return [[wanted.get(cell, cell) for cell in rows[0]], *rows[1:]], keys


def without_keys(rows, keys):
    return rows, []


@pytest.mark.parametrize("change", [shuffled, padded, own_notes, renamed, without_keys])
def test_order_looks_and_sheet_names_do_not_matter(firm, tmp_path, change):
    assert is_the_waiver(firm.take(rebuilt(firm, tmp_path / "back.xlsx", change), READ_ON))


def test_without_keys_a_changed_row_is_not_believed(firm, tmp_path):
    def change(rows, keys):
        at = next(n for n, cell in enumerate(rows[0]) if cell == "Name")
        return [[*row[:at], "Somebody", *row[at + 1 :]] if n else row for n, row in enumerate(rows)], []

    (said,) = firm.take(rebuilt(firm, tmp_path / "back.xlsx", change), READ_ON).decisions
    assert (said.applied, said.reason) == (False, DecisionReason.UNKNOWN_REPORT)


def test_a_column_that_is_gone_is_named(firm, tmp_path):
    def change(rows, keys):
        return [["What HR thinks" if cell == "Decision" else cell for cell in rows[0]], *rows[1:]], keys

    taken = firm.take(rebuilt(firm, tmp_path / "back.xlsx", change), READ_ON)
    assert taken.decisions == ()
    assert taken.notes == ("sheet 'Blad1' has no column Decision, so it was not read",)


def test_two_columns_of_one_meaning_that_disagree(firm, tmp_path):
    def change(rows, keys):
        at = next(n for n, cell in enumerate(rows[0]) if cell == "Decision")
        return [[*row, "Beslissing" if not n else row[at] and "Fixed"] for n, row in enumerate(rows)], keys

    (said,) = firm.take(rebuilt(firm, tmp_path / "back.xlsx", change), READ_ON).decisions
    assert (said.applied, said.reason) == (False, DecisionReason.TWO_COLUMNS)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("1.12.2026", date(2026, 12, 1)),
        ("31/12/2026", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        (46357, date(2026, 12, 1)),
    ],
)
def test_dates_as_people_type_them(firm, typed, day):
    said = firm.decide("0101", READ_ON, decision="Waived until", until=typed, remark="agreed")
    assert (said.until, said.applied) == (day, True)


def test_the_sheet_decisions_is_never_read_as_decisions(firm):
    firm.decide("0101", READ_ON, decision="Waived until", until=UNTIL, remark="agreed")
    firm.audit(MONTHS[1], SAME)
    assert firm.state("0101") is FindingState.WAIVED
    taken = firm.take(firm.returned(lambda sheet: None, "untouched.xlsx"), MONTHS[1])
    assert (taken.decisions, taken.notes, taken.seen_rows > 0) == ((), (), True)


class TestCouldNotVerify:
    def answer(self, firm, **cells):
        book = load_workbook(firm.workbook())
        sheet = Sheet(book["Could not verify"])
        numbers = [cell.value for cell in sheet.sheet["A"]]
        for title, value in cells.items():
            column = sheet.column(title.replace("_", " "))
            sheet.sheet.cell(numbers.index("0104") + 1, column).value = value
        book.save(firm.folder / "back.xlsx")
        (said,) = firm.take(firm.folder / "back.xlsx", READ_ON).decisions
        return said

    def person(self, firm):
        firm.audit(MONTHS[1], SAME)
        return next(e.employee for e in firm.report.examinations if e.employee.employee_id == "0104")

    def test_a_new_address_is_used_until_the_roster_changes(self, firm):
        said = self.answer(
            firm, Decision="New address", New_address="nl.linkedin.com/in/dirk-fictief-2?trk=x"
        )
        assert (said.word, said.applied) == (DecisionWord.NEW_ADDRESS, True)
        assert self.person(firm).profile_url == "https://www.linkedin.com/in/dirk-fictief-2/"
        firm.addresses["0104"] = "https://www.linkedin.com/in/dirk-in-the-roster"
        assert self.person(firm).profile_url == "https://www.linkedin.com/in/dirk-in-the-roster/"

    def test_a_number_beside_another_name_is_not_believed(self, firm):
        """The column of numbers was sorted alone: `wrong person` would delete somebody else's data."""
        said = self.answer(firm, Name="Somebody Else", Decision="Wrong person")
        assert (said.applied, said.reason) == (False, DecisionReason.MIXED_ROW)

    def test_the_page_saved_at_a_new_address_is_found(self, firm):
        self.answer(firm, Decision="New address", New_address="https://www.linkedin.com/in/dirk-fictief-2")
        slugs = {"0104": "dirk-fictief-2"}
        firm.page = lambda number, headline, shown: page(number, headline, slugs.get(number, shown))
        firm.audit(MONTHS[1], {**SAME, "0104": WRONG})
        assert firm.state("0104") is FindingState.NEW

    @pytest.mark.parametrize(
        ("address", "reason"),
        [
            ("https://linkedin.com.invented.example/in/dirk", DecisionReason.BAD_ADDRESS),
            ("https://www.linkedin.com/company/noordlicht-energie", DecisionReason.BAD_ADDRESS),
            ("https://www.linkedin.com/in/invented-0103", DecisionReason.ADDRESS_TAKEN),
        ],
    )
    def test_a_new_address_is_checked(self, firm, address, reason):
        said = self.answer(firm, New_address=address)
        assert (said.applied, said.reason) == (False, reason)
        assert self.person(firm).profile_url == "https://www.linkedin.com/in/invented-0104/"

    def test_no_profile(self, firm):
        assert self.answer(firm, Decision="Geen profiel").word is DecisionWord.NO_PROFILE
        assert str(self.person(firm).roster_state) == "excluded"

    def test_an_address_beside_another_answer_is_doubtful(self, firm):
        said = self.answer(firm, Decision="No profile", New_address="https://www.linkedin.com/in/dirk-2")
        assert not said.applied


class TestBadFiles:
    def trouble(self, firm, path):
        taken = firm.take(path, READ_ON)
        assert taken.decisions == ()
        return taken.trouble

    def good(self, firm, name="back.xlsx"):
        return firm.returned(lambda sheet: sheet.answer("0101", decision="Fixed"), name)

    def test_an_open_workbook_is_said(self, firm):
        path = self.good(firm)
        for lock in ("~$back.xlsx", ".~lock.back.xlsx#"):
            (firm.folder / lock).write_bytes(b"Els")
            assert "open in a spreadsheet program" in self.trouble(firm, path)
            (firm.folder / lock).unlink()
        assert firm.take(path, READ_ON).decisions

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("none.xlsx", None, "no such file"),
            ("empty.xlsx", b"", "not a ZIP archive"),
            ("text.xlsx", b"finding;decision\n", "not a ZIP archive"),
            ("back.csv", b"finding;decision\n", "only .xlsx"),
            ("back.xlsm", b"PK", "macros"),
            ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
            ("~$back.xlsx", b"Els", "lock file"),
        ],
    )
    def test_what_is_no_plain_workbook_is_refused(self, firm, name, content, words):
        path = firm.folder / name
        if content is not None:
            path.write_bytes(content)
        assert words in self.trouble(firm, path)

    def test_macros_are_refused_whatever_the_name(self, firm):
        import zipfile

        path = self.good(firm)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"x")
        assert "macros" in self.trouble(firm, path)

    def test_a_bomb_is_refused_before_it_is_unpacked(self, firm):
        import zipfile

        path = self.good(firm)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet99.xml", bytes(60_000_000))
        begun = time.process_time()
        assert "unpacks to more than" in self.trouble(firm, path)
        assert time.process_time() - begun < 1

    def test_damage_anywhere_gives_a_plain_word_and_nothing_else(self, firm):
        for path in damaged_copies(self.good(firm)):
            with suppress(RefusedWorkbook):
                read = read_file(path, key_words(), ()).workbook
                assert {row.code for row in read.rows} <= {"fixed", ""}

    def test_hr_s_file_is_only_read(self, firm):
        path = self.good(firm)
        path.chmod(0o400)
        before = path.read_bytes(), path.stat().st_mtime_ns
        firm.take(path, READ_ON)
        assert (path.read_bytes(), path.stat().st_mtime_ns) == before
        assert {one.name for one in firm.folder.iterdir()} >= {"back.xlsx"}
        assert not list(firm.folder.glob("*.part"))

    def test_one_bad_file_does_not_stop_the_others(self, firm):
        from auditor.app.decide import take_decisions

        (firm.folder / "bad.xlsx").write_bytes(b"PK")
        files = [firm.folder / "bad.xlsx", self.good(firm)]
        bad, good = take_decisions(files, firm.policy, firm.store, READ_ON)
        assert bad.trouble
        assert good.decisions[0].applied


@pytest.mark.parametrize("count", [20_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_many_rows(firm, tmp_path, count):
    sheet = Sheet(load_workbook(firm.workbook()).worksheets[1])
    sheet.answer("0101", decision="Waived until", until=UNTIL, remark="agreed")
    head, *rows = [list(row) for row in sheet.sheet.iter_rows(values_only=True)]
    book = Workbook(write_only=True)
    big = book.create_sheet("Blad1")
    big.append(head)
    for number in range(count):
        big.append([f"{number:012x}"])
    for row in rows:
        big.append(row)
    hidden = book.create_sheet("k")
    for row in load_workbook(firm.workbook())["_keys"].iter_rows(values_only=True):
        hidden.append(list(row))
    book.save(tmp_path / "big.xlsx")
    begun = time.process_time()
    assert is_the_waiver(firm.take(tmp_path / "big.xlsx", READ_ON))
    assert time.process_time() - begun < 60 * count / 100_000


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("typed_first", [True, False])
def test_a_round_trip_through_libreoffice(firm, tmp_path, typed_first):
    def answer(sheet):
        sheet.answer("0101", decision="Waived until", until=UNTIL, remark="agreed")

    given = firm.returned(answer, "typed.xlsx") if typed_first else firm.workbook()
    saved = saved_by_libreoffice(given, tmp_path)
    if not typed_first:
        book = load_workbook(saved)
        answer(Sheet(book.worksheets[1]))
        book.save(saved)
    taken = firm.take(saved, READ_ON)
    assert is_the_waiver(taken)
    assert taken.decisions[0].reason is None, "LibreOffice's saving is no change of the row"
