"""Files about people: safe and distinct on Windows, macOS and Linux, whatever an employee number is."""

import re
import unicodedata
from datetime import date
from pathlib import PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.files.names import number_part
from auditor.model.employee import Employee, RosterState
from auditor.reports.file_names import case_folder, checklist_name, plain_name

PORTS = [f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"]
DEVICES = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *PORTS]
CASES = (str.upper, str.lower, str.title)
NUMBERS = [
    *(case(name) + end for name in DEVICES for case in CASES for end in ("", ".txt", " ", ".")),
    "a/b", "a\\b", "a:b", "a*b", "a?b", 'a"b', "a<b", "a>b", "a|b", "a b", "a.b", "a_b", "a-b",
    "a--b", "A-B", "A--B",
    "a\x00b", "a\nb", "a\u200bb", "a\u202eb", "a", "A", "a.", "a..", "a ", " a", "a-", "-a", "-",
    "--", ".", "..",
    "...", "~", "$", "%", "nl1001", "NL1001", "Nl1001", "nL1001", "1042", "01042", "1042.0",
    "１０４２", "١٠٤٢",
    "é", "e\u0301", "É", "E\u0301", "ß", "ss", "SS", "ẞ", "ı", "i", "I", "İ", "ﬁ", "fi", "FI", "K",
    "\u212a", "k",
    "Å", "\u212b", "\ud800", "𝟙", "員工", "工員", "x" * 40, "X" * 40, "X" * 41, "X" * 300,
    "X" * 299 + "Y", "X" * 5000,
    "/" * 300, "../../etc/passwd", "C:", "C:\\x", "\\\\host\\share", "checklist_1", "1_2026-01-01",
    "thumbs.db",
    ".DS_Store", "desktop.ini",
]  # fmt: skip
#: what the number's own hash would look like, given as a number
NUMBERS += [form(number_part(number)) for number in NUMBERS for form in (str, str.upper, str.lower)]
NUMBERS = list(dict.fromkeys(NUMBERS))


def as_the_systems_see_it(name):
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def test_there_are_hundreds_of_numbers():
    assert len(NUMBERS) > 400


@pytest.mark.parametrize(
    "name_of",
    [
        number_part,
        lambda number: checklist_name(
            Employee(number, "x", RosterState.ACTIVE, None, last_day=date(2026, 1, 1))
        ),
    ],
    ids=["folder", "checklist"],
)
def test_every_number_has_a_name_of_its_own_that_every_system_takes(name_of):
    names = [name_of(number) for number in NUMBERS]
    for name in names:
        path = PureWindowsPath(name)
        assert path.name == name
        assert not path.is_reserved(), name
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*[A-Za-z0-9]|[A-Za-z0-9]", name), name
        assert len(name) <= 80
    assert len({as_the_systems_see_it(name) for name in names}) == len(names)


def test_an_ordinary_number_is_its_own_name():
    assert [number_part(number) for number in ("1042", "NL1001", "NL-07")] == ["1042", "NL1001", "NL-07"]
    assert number_part("con").startswith("con--")


@given(st.text(max_size=300) | st.sampled_from(NUMBERS), st.none() | st.dates())
@example("con", None)
def test_any_text_gives_names_that_windows_takes_and_keeps_as_they_are(text, last_day):
    employee = Employee(text, "x", RosterState.ACTIVE, None, last_day=last_day)
    # an entity's name only ever stands within a file's name
    within = f"linkedin-audit_{plain_name(text)}_2026-11.xlsx"
    for name in (number_part(text), checklist_name(employee), *case_folder(employee).split("/"), within):
        path = PureWindowsPath(name)
        assert (path.name, path.drive, path.root) == (name, "", "")
        assert not path.is_reserved()
        assert re.fullmatch(r"[\w.-]*\w", name, re.ASCII)
        assert len(name) <= 100
