# ruff: noqa: E501 - lists of words are wide
"""Status words of real exports, by `status_labels.tsv`. Part `tuned` was looked at while the lists were
written; of `kept` (written before) and `later` (written afterwards) a word may stay unknown, never be wrong."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from auditor.model.roster import StatusClass
from auditor.roster.status_words import status_class

LABELS = Path(__file__).with_name("status_labels.tsv")


def labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("part", ["tuned", "kept", "later"])
def test_a_labelled_word_never_has_a_wrong_class(part: str) -> None:
    rows = [row for row in labels() if row["part"] == part]
    found = {row["word"]: str(status_class(row["word"], {})) for row in rows}
    accepted = {row["word"]: {*row["class"].split("|"), "unknown"} for row in rows}
    assert {word: kind for word, kind in found.items() if kind not in accepted[word]} == {}
    unknown = [row["word"] for row in rows if found[row["word"]] not in row["class"].split("|")]
    assert len(unknown) <= (0 if part == "tuned" else 3), unknown


@pytest.mark.parametrize(
    "left", ["terminated", "uit dienst", "sorti", "ausgeschieden", "Termination", "ontslagen"]
)
@pytest.mark.parametrize(
    "around",
    ["not {}", "Not-{}", "never {}", "NO - {}", "{} - no", "{}: false", "{}?", "non {}", "niet {}", "nog niet {}", "pas {}",
     "nicht {}", "{} rescinded", "{} withdrawn", "{} cancelled", "{} geannuleerd", "{} ingetrokken", "{} annulé",
     "{} zurückgezogen", "{} in error", "{} on hold", "if {}", "{} 2027", "{} / active", "on leave - {}", "leave {}"],
)  # fmt: skip
def test_what_takes_a_departure_back_or_speaks_against_it_is_none(left: str, around: str) -> None:
    assert status_class(around.format(left), {}) in (StatusClass.UNKNOWN, StatusClass.ABSENT)


@pytest.mark.parametrize("left", ["terminated", "uit dienst", "sortie", "Austritt", "resignation", "ontslag"])
@pytest.mark.parametrize(
    "around", ["pending {}", "{} planned", "{} (future)", "to be {}", "{} gepland", "{} prévue", "{} geplant"]
)
def test_a_planned_departure_is_none(left: str, around: str) -> None:
    assert status_class(around.format(left), {}) is StatusClass.LEAVING


@pytest.mark.parametrize(
    "word", ["Term employee", "Leave completed", "Proeftijd beëindigd", "Full time ended", "Leave - death in family",
             "Verlof - overlijden"]
)  # fmt: skip
def test_the_end_of_something_else_is_no_departure(word: str) -> None:
    assert status_class(word, {}) is StatusClass.UNKNOWN


def test_an_account_that_is_shut_tells_nothing_about_the_person() -> None:
    words = [
        "SUSPENDED",
        "DEPROVISIONED",
        "LOCKED_OUT",
        "PASSWORD_EXPIRED",
        "STAGED",
        "Disabled",
        "Blocked",
        "Deleted",
    ]
    assert {status_class(word, {}, account=True) for word in words} == {StatusClass.AMBIGUOUS}
    assert status_class("ACTIVE", {}, account=True) is StatusClass.ACTIVE


NOT_YET = """\
Nog niet in dienst|Nog niet in dienst getreden|Nog niet in functie|Nog niet aangevangen|Not yet started
|not_started|Not yet joined|Not yet hired|Not yet employed|Not yet in service|Pas encore en service
|Pas encore entré(e) en service|Pas encore entrée|Pas encore en fonction|Pas encore embauché|Non commencé
|Noch nicht eingetreten|Noch nicht in Dienst|Noch nicht im Unternehmen|Noch nicht tätig
|Eintritt steht bevor"""


@pytest.mark.parametrize("word", NOT_YET.replace("\n", "").split("|"))
def test_not_yet_in_service_is_neither_in_service_nor_gone(word: str) -> None:
    assert status_class(word, {}) is StatusClass.NOT_STARTED


@pytest.mark.parametrize("word", ["Niet in dienst", "Not in service", "Pas en service", "Nicht im Dienst"])
def test_not_in_service_may_mean_before_or_after(word: str) -> None:
    assert status_class(word, {}) is StatusClass.UNKNOWN


@pytest.mark.parametrize("prefix", ["IN", "DE", "DIS", "EX", "OUT", "OUD", "NON", "NVT", "NA", "Oud", "ex"])
@pytest.mark.parametrize("sign", ["-", "_", "/", ".", " - ", ": "])
@pytest.mark.parametrize("word", ["active", "ACTIEF", "employed", "Tewerkgesteld", "Aktiv", "actif"])
def test_what_turns_a_word_round_is_no_code_before_it(prefix: str, sign: str, word: str) -> None:
    assert status_class(f"{prefix}{sign}{word}", {}) is not StatusClass.ACTIVE


@pytest.mark.parametrize(
    "word",
    ["NVT - uit dienst", "NA - Terminated", "N/A: Left", "n.v.t. (uit dienst)", "IN/UIT DIENST", "In of uit dienst",
     "En/hors service"],
)  # fmt: skip
def test_nothing_and_both_at_once_are_no_departure(word: str) -> None:
    assert status_class(word, {}) in (StatusClass.UNKNOWN, StatusClass.NONE)


@pytest.mark.parametrize(
    "word", ["IN-ACTIEF", "In_active", "IN.ACTIF", "In/aktiv", "DE-ACTIVATED", "Dé-sactivé"]
)
def test_a_word_written_apart_is_the_word(word: str) -> None:
    assert status_class(word, {}) is StatusClass.AMBIGUOUS


@pytest.mark.parametrize(
    "word",
    [
        "A - Actief",
        "IN - In dienst",
        "In-dienst (voltijds)",
        "DIE - In dienst",
        "1 = Active",
        "[ACT] Active",
        "IND: In dienst",
    ],
)
def test_a_code_before_a_word_is_still_set_aside(word: str) -> None:
    assert status_class(word, {}) is StatusClass.ACTIVE
