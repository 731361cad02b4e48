# ruff: noqa: E501 - rows of exports are wide
"""Each row of the intake table that one text file can show: its code, and what became of the people."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import RosterError
from auditor.language.roster_messages import notice, row_ranges, told_once, wording
from auditor.model.policy import RosterPolicy
from auditor.model.roster import rows_add_up
from tests.roster.making import (
    ANN,
    BOB,
    CEM,
    HEADER,
    THREE,
    codes,
    fates,
    judged,
    state_of_row,
    states,
    text_of,
    told_of,
)

TRIO = {"101": "active", "102": "leaver_overdue", "103": "active"}


def with_cell(row: str, column: int, text: str) -> str:
    cells = row.split(";")
    cells[column] = text
    return ";".join(cells)


def changed(column: int, text: str) -> str:
    return text_of(with_cell(ANN, column, text), BOB, CEM)


STATUS, START, END, LINK, NAME, MAIL, NUMBER = 5, 6, 7, 8, 2, 3, 0
CASES: dict[str, tuple[str | bytes, dict[str, str]]] = {
    "F07": (text_of(ANN, CEM), {"101": "active", "103": "active"}),
    "E01": ("\ufeff" + text_of(*THREE), TRIO),
    "E05": (text_of(*THREE), TRIO),
    "E06": (text_of(ANN, BOB, CEM, "104;Dee;Bedenksel;x"), TRIO),
    "E07": (text_of(*(row + ";" for row in THREE)), TRIO),
    "E08": (changed(1, '"Ann'), TRIO),
    "E11": (text_of(*THREE, with_cell(ANN, NUMBER, "1,23457E+11")), TRIO),
    "H01": ("Medewerkerslijst Acme BV\nPeildatum 01-11-2026\n\n" + text_of(*THREE), TRIO),
    "H02": (text_of("Employee ID;Nickname;Last name;Email;Company;Status;Hire date;End date;LinkedIn;Title", *THREE), TRIO),
    "H05": (text_of(*(row + ";x@acme.example" for row in THREE), header=HEADER + ";Werk e-mail"), TRIO),
    "H08": (text_of(*THREE, "Totaal: 3;;;;;;;;;", "Afdeling: Sales;;;;;;;;;"), TRIO),
    "H09": (text_of(*(row + ";999900001" for row in THREE), header=HEADER + ";BSN"), TRIO),
    "D02": (text_of(*(with_cell(row, START, "03-04-2020") for row in THREE)).replace("30-09-2026", "05-06-2026"), TRIO),
    "D03": (changed(END, "04/25/2026"), {**TRIO, "101": "conflict"}),
    "D04": (changed(START, "43831"), TRIO),
    "D05": (changed(END, "31/12/9999"), TRIO),
    "D07": (changed(END, "31-11-2026"), {**TRIO, "101": "conflict"}),
    "D08": (changed(END, "31-08-2019"), {**TRIO, "101": "conflict"}),
    "P01": (text_of(*THREE, ANN), TRIO),
    "P02": (text_of(*THREE, with_cell(ANN, 9, "Architect")), TRIO),
    "P03": (text_of(*THREE, with_cell(with_cell(BOB, NUMBER, "202"), END, "").replace("Uit dienst", "Actief")),
            {"101": "active", "103": "active", "202": "active"}),
    "P04": (text_of(*THREE, with_cell(with_cell(BOB, START, "01-11-2026"), END, "").replace("Uit dienst", "Actief")),
            {**TRIO, "102": "active"}),
    "P05": (changed(START, "04-01-2027"), {**TRIO, "101": "future_starter"}),
    "P06": (changed(END, "31-12-2026"), {**TRIO, "101": "leaving_soon"}),
    "P07": (text_of(*THREE, with_cell(with_cell(BOB, END, ""), 4, "Globex").replace("Uit dienst", "Actief")),
            {**TRIO, "102": "active"}),
    "P08": (changed(STATUS, "Uit dienst"), {**TRIO, "101": "conflict"}),
    "P09": (changed(END, "31-05-2026"), {**TRIO, "101": "conflict"}),
    "P10": (changed(STATUS, "Schemerzone"), {**TRIO, "101": "conflict"}),
    "P11": (changed(STATUS, "Langdurig ziek"), {**TRIO, "101": "long_leave"}),
    "P12": (changed(STATUS, "Overleden"), {**TRIO, "101": "excluded"}),
    "P13": (text_of(*(row + (";Extern" if row is ANN else ";Bediende") for row in THREE),
                    header=HEADER + ";Type medewerker"), {**TRIO, "101": "contractor_active"}),
    "P14": (text_of(*THREE, ";;Vergaderzaal 2;zaal2@acme.example;Acme;Actief;;;;"), TRIO),
    "P16": (text_of(*THREE, "104;Ann;Verzonnen;ann2@acme.example;Acme;Actief;13-01-2020;;;x"), {**TRIO, "104": "active"}),
    "P17": (text_of(with_cell(with_cell(ANN, 1, ""), 2, ""), BOB, CEM), TRIO),
    "E04": (changed(1, "ZoÃ«"), TRIO),
    "U01": (changed(LINK, "n.v.t."), TRIO),
    "U02": (changed(LINK, "geen LinkedIn"), TRIO),
    "U04": (changed(LINK, "linkedin.com/company/acme"), TRIO),
    "U05": (changed(LINK, "https://linkedin.com.evil.example/in/ann"), TRIO),
    "U06": (changed(LINK, "linkedin.com/in/cem-fictief"), TRIO),
    "U07": (text_of(*THREE, with_cell(ANN, LINK, "linkedin.com/in/other")), TRIO),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_situation_has_its_code_and_nobody_is_lost(tmp_path: Path, code: str) -> None:
    body, expected = CASES[code]
    people = judged(tmp_path, body)
    assert code in codes(people)
    assert states(people) == expected
    assert rows_add_up(people.reading)


def test_clean_roster_tells_no_trouble(tmp_path: Path) -> None:
    people = judged(tmp_path, text_of(*THREE))
    assert fates(people) == [(1, "header", ""), (2, "person", ""), (3, "person", ""), (4, "person", "")]
    assert codes(people) <= {"", "E05"}
    (found,) = (one for one in people.reading.notices if one.code == "E05")
    assert dict(found.facts)["d"] == ";", "a sign is understood in every language"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "F03"),
        ("\n\n", "F03"),
        (text_of(), "F03"),
        ("Personeelsnummer;Status;Datum uit dienst\n1;Actief;\n", "H06"),
        ("Naam;Status\nAnn Verzonnen;Actief\n", "H06"),
        ("Naam;Personeelsnummer\nAnn Verzonnen;1\n", "H06"),
        ("kleur;maat\nrood;3\nblauw;4\n", "H06"),
        (b"%PDF-1.7 nothing", "F10"),
        (bytes(range(256)) * 40, "F10"),
        (b"PK\x03\x04 broken", "F10"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "F10"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_with_its_code(
    tmp_path: Path, body: str | bytes, code: str
) -> None:
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, body)
    assert caught.value.code == code


def test_missing_column_is_named_and_a_near_miss_proposed(tmp_path: Path) -> None:
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, "Persnoneelsnummer;Naam;Status\n1;Ann Verzonnen;Actief\n2;Bob Bedacht;Actief\n")
    assert "employee number" in caught.value.message
    assert "Persnoneelsnummer = employee_id?" in caught.value.hint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_dialect_gives_the_same_people(
    tmp_path: Path, encoding: str, delimiter: str, ending: str
) -> None:
    body = (
        text_of(ANN.replace("Verzonnen", "Verzónnen"), BOB, CEM).replace(";", delimiter).replace("\n", ending)
    )
    people = judged(tmp_path, body.encode(encoding))
    assert states(people) == TRIO
    assert people.employees[0].full_name == "Ann Verzónnen"
    assert ("E03" in codes(people)) == (encoding == "cp1252")


def test_separator_line_is_honoured_and_counted(tmp_path: Path) -> None:
    people = judged(tmp_path, "sep=|\n" + text_of(*THREE).replace(";", "|"))
    assert states(people) == TRIO
    assert fates(people)[0][:2] == (1, "header")


def test_four_people_stay_four_with_one_stray_quote(tmp_path: Path) -> None:
    rows = ['1;"Ann;Dev;Actief', "2;Bob;Ops;Actief", "3;Cem;Dev;Actief", '4;Dee";Ops;Actief']
    people = judged(
        tmp_path, text_of(*rows, header="Nr.;Naam;Functie;Status").replace("Nr.", "Personeelsnr.")
    )
    assert [one.employee_id for one in people.employees] == ["1", "2", "3", "4"]
    assert [one.title for one in people.employees] == ["Dev", "Ops", "Dev", "Ops"]
    assert [row for row, _, code in fates(people) if code == "E08"] == [2, 5]


def test_a_quoted_line_break_is_one_row(tmp_path: Path) -> None:
    people = judged(tmp_path, text_of(with_cell(ANN, 9, '"Lead\nDeveloper"'), BOB, CEM))
    assert states(people) == TRIO
    assert [row for row, fate, _ in fates(people) if fate == "person"] == [2, 4, 5]
    assert people.employees[0].title == "Lead Developer"


def test_words_that_libraries_read_as_empty_are_names(tmp_path: Path) -> None:
    names = ["Null", "None", "NaN", "NA", "True", "001"]
    rows = [f"00{i};Ann;{name};;Acme;Actief;13-01-2020;;;" for i, name in enumerate(names)]
    people = judged(tmp_path, text_of(*rows))
    assert [one.full_name for one in people.employees] == [f"Ann {name}" for name in names]
    assert people.employees[1].employee_id == "001"


def test_microsoft_template_rows_are_no_people(tmp_path: Path) -> None:
    body = (
        "version:v1.0\n"
        "Name [displayName] Required,User name [userPrincipalName] Required,Block sign in (Yes/No) [accountEnabled] Required\n"
        "Example: Chris Green,chris@contoso.example,No\n"
        "Ann Verzonnen,ann@acme.example,No\n"
        "Bob Bedacht,bob@acme.example,Yes\n"
    )
    people = judged(tmp_path, body)
    assert [fate for _, fate, _ in fates(people)] == ["header", "header", "header", "person", "person"]
    assert sorted(states(people).values()) == ["active", "conflict"]
    assert "H03" in codes(people)


@pytest.mark.parametrize(
    "value", ["=1+1", "@SUM(A1)", "+31", "-x", "\x00\x07Ann", "a\u202eb", "😀" * 50, "x" * 40_000]
)
def test_hostile_text_survives(tmp_path: Path, value: str) -> None:
    people = judged(tmp_path, text_of(with_cell(ANN, NAME, value), BOB, CEM))
    assert set(states(people)) == set(TRIO)
    assert rows_add_up(people.reading)


def test_numbers_that_differ_in_zeros_are_two_people_and_told(tmp_path: Path) -> None:
    people = judged(
        tmp_path, text_of(*THREE, with_cell(with_cell(CEM, NUMBER, "0101"), MAIL, "").replace("cem-f", "x-f"))
    )
    assert set(states(people)) == {"101", "102", "103", "0101"}
    assert "E10" in codes(people)


def test_end_date_can_be_the_first_day_out(tmp_path: Path) -> None:
    body = changed(END, "22-11-2026")
    assert states(judged(tmp_path, body))["101"] == "leaving_soon"
    out = judged(
        tmp_path,
        changed(END, "22-11-2026").replace("Actief;13", ";13"),
        policy=RosterPolicy(end_date_is_last_day=False),
    )
    assert states(out)["101"] == "leaver_grace"


def test_policy_names_a_column_and_a_status_word(tmp_path: Path) -> None:
    policy = RosterPolicy(
        columns={"Wie": "full_name", "Kengetal": "employee_id"}, status_words={"schemerzone": "absent"}
    )
    people = judged(tmp_path, "Kengetal;Wie;Status\n7;Ann Verzonnen;Schemerzone\n", policy=policy)
    assert states(people) == {"7": "long_leave"}


def test_policy_cannot_open_a_national_number(tmp_path: Path) -> None:
    with pytest.raises(RosterError) as caught:
        judged(
            tmp_path,
            "BSN;Naam;Status\n999900001;Ann Verzonnen;Actief\n",
            policy=RosterPolicy(columns={"BSN": "employee_id"}),
        )
    assert caught.value.code == "H06"


def test_unknown_health_word_is_never_repeated(tmp_path: Path) -> None:
    people = judged(tmp_path, changed(STATUS, "Burn-out sinds maart"))
    assert states(people)["101"] == "conflict"
    assert "urn-out" not in repr(people)


def test_a_number_alone_is_neither_lost_nor_a_person(tmp_path: Path) -> None:
    people = judged(tmp_path, text_of(*THREE, "104;;;;;;;;;"))
    assert states(people) == TRIO
    assert fates(people)[-1] == (5, "rejected", "P17")


def test_a_kind_of_worker_in_the_status_column_is_no_unknown_status(tmp_path: Path) -> None:
    assert states(judged(tmp_path, changed(STATUS, "Uitzendkracht"))) == {**TRIO, "101": "contractor_active"}


def test_one_number_with_two_names_is_two_people_and_a_conflict(tmp_path: Path) -> None:
    people = judged(tmp_path, text_of(*THREE, "101;Dee;Anders;dee@acme.example;Acme;Actief;13-01-2020;;;x"))
    assert sorted(one.full_name for one in people.employees if one.roster_state == "conflict") == [
        "Ann Verzonnen",
        "Dee Anders",
    ]
    assert rows_add_up(people.reading)


def test_an_unsound_roster_is_told_in_dutch_too(tmp_path: Path) -> None:
    people = judged(tmp_path, text_of(ANN, CEM))
    told = next(one for one in people.notices if one.code == "F07")
    assert wording(told.code, told.facts, "nl").startswith("Er staan geen oud-medewerkers")
    assert wording(told.code, told.facts, "en") == told.message


def test_torn_rows_show_no_forbidden_value(tmp_path: Path) -> None:
    header = "Personeelsnummer;BSN;Naam;Status"
    people = judged(
        tmp_path,
        f"{header}\n1;999900001;Ann Verzonnen;Actief\n2;999900002;Bob;Bedacht;Actief\n3;999900003;Cem\n",
    )
    assert [fate for _, fate, _ in fates(people)] == ["header", "person", "rejected", "rejected"]
    assert "9999000" not in repr(people)
    assert people.reading.rows[2].raw == "2"


def test_every_contradiction_is_told_in_a_notice_of_its_row(tmp_path: Path) -> None:
    rows = (with_cell(ANN, STATUS, "Gepensioneerd"), BOB, with_cell(CEM, STATUS, "Uit dienst"))
    people = judged(tmp_path, text_of(*rows, "102;Dee;Anders;dee@acme.example;Acme;Actief;13-01-2020;;;x"))
    told = {(one.row, one.code) for one in people.notices if one.row}
    assert {(2, "P10"), (3, "P18"), (4, "P08"), (5, "P18")} <= told
    assert set(states(people).values()) == {"conflict"}


@pytest.mark.parametrize(
    ("word", "end", "code", "kept"),
    [
        ("Schemerzone", "", "P10", "Schemerzone"),
        ("Gepensioneerd", "", "P10", "Gepensioneerd"),
        ("Uit dienst", "", "P08", "Uit dienst"),
        ("Actief", "31-05-2026", "P09", "Actief"),
        ("Nog niet gestart", "31-05-2026", "P09", "Nog niet gestart"),
        ("Nog niet gestart", "", "P19", "Nog niet gestart"),
        ("Ouderschapsverlof", "31-05-2026", "P09", ""),
        ("Burn-out sinds maart", "", "P10", ""),
        ("Overleden", "", "", ""),
        ("Langdurig ziek", "", "", ""),
        ("Actief", "", "", ""),
    ],
)
def test_the_word_that_hr_must_settle_is_named_unless_it_tells_of_health(
    tmp_path: Path, word: str, end: str, code: str, kept: str
) -> None:
    people = judged(tmp_path, text_of(with_cell(with_cell(ANN, STATUS, word), END, end), BOB, CEM))
    ann = people.employees[0]
    assert (ann.state_code, ann.state_word) == (code, kept)
    told = [one.message for one in people.notices if one.row == 2 and one.code == code]
    assert [("(not shown)" if not kept else f"'{kept}'") in one for one in told] == [True] * bool(code)
    if not kept and word != "Actief":
        assert word not in repr(people.employees) + repr(people.notices) + repr(people.reading)


@pytest.mark.parametrize(("word", "told"), [("Actief", True), ("Uit dienst", False), ("Overleden", False)])
def test_who_is_said_to_be_here_is_named_though_the_end_is_older_than_the_retention(
    tmp_path: Path, word: str, told: bool
) -> None:
    people = judged(tmp_path, text_of(with_cell(with_cell(ANN, STATUS, word), END, "31-05-2021"), BOB, CEM))
    assert people.employees[0].roster_state == "excluded"
    assert [one.row for one in people.notices if one.code == "P09"] == [2] * told


def test_a_status_that_is_left_empty_is_no_sign_of_service_where_no_column_tells_the_end(
    tmp_path: Path,
) -> None:
    people = judged(tmp_path, "Nr;Naam;Status\n1;Ann Verzonnen;Actief\n2;Bob Bedacht;\n3;Cem Fictief;n/a\n")
    assert [one.state_word for one in people.employees] == ["", "(empty)", "(empty)"]
    assert states(people) == {"1": "active", "2": "conflict", "3": "conflict"}
    assert states(judged(tmp_path, changed(STATUS, ""))) == TRIO


NAMES_ONLY = "Nr;Naam;LinkedIn\n1;Ann Verzonnen;linkedin.com/in/ann-verzonnen\n2;Bob Bedacht;\n"


def test_names_and_addresses_alone_are_refused_with_the_choice_named(tmp_path: Path) -> None:
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, NAMES_ONLY)
    assert caught.value.code == "H06"
    assert "everyone_is: active" in caught.value.hint
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, "Naam\nAnn Verzonnen\n")
    assert "everyone_is" not in caught.value.hint


def test_the_policy_may_say_that_everyone_is_in_service(tmp_path: Path) -> None:
    policy = RosterPolicy(everyone_is="active")
    people = judged(tmp_path, NAMES_ONLY, policy=policy)
    assert states(people) == {"1": "active", "2": "active"}
    assert [one.code for one in people.notices if one.code in ("F07", "F12")] == ["F12"]
    told = judged(tmp_path, text_of(*THREE), policy=policy)
    assert states(told) == TRIO
    assert "F12" not in codes(told)
    later = judged(tmp_path, "Nr;Naam;Startdatum\n1;Ann Verzonnen;04-01-2027\n", policy=policy)
    assert states(later) == {"1": "future_starter"}


def test_columns_that_speak_against_each_other_are_both_named(tmp_path: Path) -> None:
    people = judged(tmp_path, "Nr;Naam;Status;Is actief\n1;Ann Verzonnen;Uit dienst;Ja\n")
    assert states(people) == {"1": "conflict"}
    assert people.employees[0].state_word == "Uit dienst; Is actief: Ja"


def test_equal_notices_are_told_once_with_their_rows(tmp_path: Path) -> None:
    rows = [f"{n};Person{n} Bedacht;{'Schemer' if n < 300 else 'Zone'}" for n in range(304)]
    people = judged(tmp_path, "\n".join(("Nr;Naam;Status", *rows)))
    told = [one.message for one in told_once(people.notices) if one.code == "P10"]
    assert len(told) == 2
    assert told[0].startswith("Status 'Schemer'")
    assert told[0].endswith("(300 rows: 2-301)")
    assert told[1].endswith("(4 rows: 302-305)")
    assert row_ranges([9, 2, 3, 4, 3]) == "2-4, 9"
    rooms = told_once([notice("P14", row=row, sheet="A") for row in (9, 2, 3)])
    assert [one.message for one in rooms] == [
        "Row 2-3, 9 looks like a mailbox, room or service account. (3 rows)"
    ]
    once = judged(tmp_path, changed(STATUS, "Schemer"))
    assert next(one.message for one in told_once(once.notices) if one.code == "P10").endswith("(row 2)")


@pytest.mark.parametrize(
    ("start", "end", "again", "state"),
    [
        ("", "31-05-2026", "01-08-2026", "active"),
        ("n.v.t.", "31-05-2026", "01-08-2026", "active"),
        ("13-01-2020", "31-05-2026", "31-05-2026", "active"),
        ("01-08-2026", "31-05-2026", "01-08-2026", "active"),
        ("13-01-2020", "31-05-2026", "volgt nog", "conflict"),
        ("13-01-2020", "31-05-2026", "", "leaver_overdue"),
        ("13-01-2020", "31-05-2026", "01-03-2021", "leaver_overdue"),
        ("01-07-2026", "31-05-2026", "01-08-2026", "conflict"),
        ("13-01-2020", "", "volgt nog", "active"),
    ],
)
def test_who_came_back_is_no_leaver(tmp_path: Path, start: str, end: str, again: str, state: str) -> None:
    header = "Nr;Naam;Datum in dienst;Datum uit dienst;Opnieuw in dienst"
    rows = (f"1;Fay Verzonnen;{start};{end};{again}", "2;Gus Bedacht;13-01-2020;;")
    assert states(judged(tmp_path, text_of(*rows, header=header))) == {"1": state, "2": "active"}


NUMBERED = "Entiteit;Nr;Naam;E-mail;In dienst;Uit dienst;LinkedIn"


def named(folder: Path, *rows: str, header: str = NUMBERED) -> list[tuple[str, str]]:
    people = judged(folder, text_of(*rows, header=header))
    assert rows_add_up(people.reading)
    return sorted((one.full_name, str(one.roster_state)) for one in people.employees)


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("Acme;0031;Fay Verzonnen;;01-02-2019;31-05-2026;linkedin.com/in/fay", "Acme;31;Fay Verzonnen;;01-06-2026;;", "conflict"),
        ("Acme;31;Fay Verzonnen;;01-02-2019;31-05-2026;", "Acme;977;VERZONNEN Fay;;01-06-2026;;", "conflict"),
        ("Acme;31;Fay Verzonnen;;01-02-2019;31-05-2026;", "Globex;8;Fay Verzonnen;;01-06-2026;;", "conflict"),
        ("Acme;31;Fay Ver Zonnen;;01-02-2019;31-05-2026;", "Acme;977;Fay Verzonnen;;01-06-2026;;", "conflict"),
        ("Acme;31;Fay Bedacht;f@a.example;01-02-2019;31-05-2026;", "Acme;977;Fay Kok;f@a.example;01-06-2026;;", "conflict"),
        ("Acme;31;Fay Verzonnen;f@a.example;01-02-2019;31-05-2026;", "Acme;977;Fay Verzonnen;f2@a.example;01-06-2026;;", "conflict"),
        ("Acme;31;Fay Verzonnen;f@a.example;01-02-2019;31-05-2026;", "Acme;977;Fay Verzonnen;f2@a.example;01-06-2018;;", "leaver_overdue"),
        ("Acme;31;Fay Verzonnen;;01-02-2019;31-05-2026;linkedin.com/in/f1", "Acme;977;Fay Verzonnen;;01-06-2026;;linkedin.com/in/f2", "leaver_overdue"),
        ("Acme;31;Fay Verzonnen;;01-02-2019;31-05-2026;", "Acme;977;Fay Anders;;01-06-2026;;", "leaver_overdue"),
    ],
)  # fmt: skip
def test_who_may_be_in_service_under_another_number_is_no_leaver(
    tmp_path: Path, old: str, new: str, state: str
) -> None:
    people = judged(tmp_path, text_of(old, new, header=NUMBERED))
    assert [str(one.roster_state) for one in people.employees] == [state, "active"]
    assert ((2, "P20") in {(one.row, one.code) for one in people.notices}) == (state == "conflict")


def test_colleagues_with_one_mailbox_stay_themselves(tmp_path: Path) -> None:
    shop = "shop.gent@acme.example"
    rows = (f";1;Mertens Ine;{shop};01-02-2019;;", f";2;Mertens Odd;{shop};01-02-2019;31-05-2026;")
    assert named(tmp_path, *rows) == [("Mertens Ine", "active"), ("Mertens Odd", "conflict")]
    third = f";3;Bedacht Ine;{shop};01-02-2019;;"
    assert dict(named(tmp_path, *rows, third))["Mertens Odd"] == "leaver_overdue"
    numberless = [row.replace(";1;", ";;").replace(";2;", ";;") for row in (*rows, third)]
    assert len(named(tmp_path, *numberless)) == 3


def test_a_number_given_out_again_is_two_people(tmp_path: Path) -> None:
    rows = (
        ";7;Fay Mertens;fay.mertens@a.example;01-02-2015;31-05-2026;",
        ";7;Fay Kok;fay.kok@a.example;01-06-2026;;",
    )
    assert named(tmp_path, *rows) == [("Fay Kok", "conflict"), ("Fay Mertens", "conflict")]
    married = [row.replace("fay.mertens@", "fay.kok@") for row in rows]
    assert named(tmp_path, *married) == [("Fay Kok", "active")]
    initials = (rows[0], ";7;F. Mertens;f.mertens@a.example;01-06-2026;;")
    assert named(tmp_path, *initials) == [("F. Mertens", "active")]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("Actief;;07-08-2026", "active"),
        ("Langdurig ziek;31-12-9999;07-08-2026", "long_leave"),
        (";;07-08-2026", "conflict P21"),
        (";onbepaald;07-08-2026", "conflict P21"),
        (";;07-12-2026", "active"),
        ("Uit dienst;;07-08-2026", "conflict P08"),
        (";31-08-2026;07-08-2026", "leaver_overdue"),
        (";31-08-2026;07-12-2026", "conflict P21"),
        (";31-12-2026;07-08-2026", "leaving_soon"),
    ],
)
def test_the_last_day_worked_is_no_end_where_a_column_tells_the_end(
    tmp_path: Path, row: str, state: str
) -> None:
    assert state_of_row(tmp_path, "Nr;Naam;Status;Datum uit dienst;Laatste werkdag", row) == state


def test_the_last_day_worked_is_the_end_where_no_column_tells_it(tmp_path: Path) -> None:
    assert state_of_row(tmp_path, "Nr;Naam;Laatste werkdag", "07-08-2026") == "leaver_overdue"


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (";31-08-2026;", "conflict P09"),
        (";31-08-2024;", "conflict P09"),
        ("Actief;31-08-2026;", "conflict P09"),
        ("Uit dienst;31-08-2026;", "leaver_overdue"),
        (";31-12-2026;", "leaving_soon"),
        (";31-08-2026;31-08-2027", "active"),
        ("Actief;31-08-2026;31-08-2027", "active"),
        (";31-08-2026;31-12-2026", "leaving_soon"),
        (";31-08-2026;onbepaalde duur", "active"),
        (";31-08-2026;31-08-2025", "conflict P09"),
        ("Uit dienst;31-08-2026;nee", "leaver_overdue"),
        ("Uit dienst;31-08-2026;n.v.t.", "leaver_overdue"),
        ("Uit dienst;31-08-2026;ja", "conflict D07"),
        ("Uit dienst;31-08-2026;31-08-2027", "conflict P23"),
    ],
)
def test_the_planned_end_of_a_contract_alone_makes_no_leaver(tmp_path: Path, row: str, state: str) -> None:
    assert state_of_row(tmp_path, "Nr;Naam;Status;Einde contract;Verlengd tot", row) == state


def test_a_policy_may_say_that_the_end_of_the_contract_is_that_of_employment(tmp_path: Path) -> None:
    body = "Nr;Naam;Einde contract\n1;Fay Verzonnen;31-08-2026\n2;Gus Bedacht;\n"
    people = judged(tmp_path, body)
    assert states(people) == {"1": "conflict", "2": "active"}
    (told,) = (one for one in people.notices if one.code == "H11")
    assert told.message.startswith("Column Einde contract holds planned ends")
    policy = RosterPolicy(columns={"Einde contract": "end_date"})
    mapped = judged(tmp_path, body, policy=policy)
    assert states(mapped) == {"1": "leaver_overdue", "2": "active"}
    assert "H11" not in codes(mapped)


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (";31-08-2026;", "leaver_overdue"),
        (";;31-08-2026", "conflict P21"),
        ("Actief;;31-08-2026", "conflict P21"),
        ("Uit dienst;;31-08-2026", "leaver_overdue"),
        (";31-08-2026;31-12-2027", "conflict P21"),
        (";31-12-2027;31-08-2026", "conflict P21"),
        (";31-08-2026;31-07-2026", "leaver_overdue"),
        (";31-08-2024;31-12-2027", "conflict P21"),
        (";;31-12-2027", "active"),
        (";;volgt nog", "conflict D07"),
    ],
)
def test_two_columns_of_end_dates_must_agree(tmp_path: Path, row: str, state: str) -> None:
    assert state_of_row(tmp_path, "Nr;Naam;Status;Datum uit dienst;Einddatum", row) == state


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("Actief;Actief;", "active"),
        (";Actief;", "active"),
        ("Actief;;", "active"),
        ("Actief;gehuwd;", "active"),  # a word that is none of a status says nothing there
        (";Uit dienst;31-08-2026", "leaver_overdue"),
        ("Uit dienst;;31-08-2026", "leaver_overdue"),
        ("Uit dienst;Actief;31-08-2026", "conflict"),
        ("Actief;Uit dienst;31-08-2026", "conflict"),
        (";Actief;31-08-2026", "conflict P09"),
        (";Langdurig ziek;", "long_leave"),
    ],
)
def test_a_second_column_of_status_fills_gaps_and_contradicts(tmp_path: Path, row: str, state: str) -> None:
    header = "Nr;Naam;Status;Status medewerker;Datum uit dienst"
    assert state_of_row(tmp_path, header, row).startswith(state)


@pytest.mark.parametrize(
    ("rows", "row", "code"),
    [
        (("Raar;13-02-2020;", "Actief;13-02-2021;"), 2, "P10"),
        (("Actief;13-02-2020;31-02-2021", "Actief;13-03-2021;"), 2, "D07"),
        (("Actief;13-02-2020;31-12-2024", "Uit dienst;01-01-2025;31-12-2025"), 2, "P09"),
        (("Actief;01-01-2025;", "Uit dienst;13-02-2020;"), 3, "P08"),
        (("Uit dienst;13-02-2020;31-12-2026",), 2, "P23"),
    ],
)
def test_the_row_that_is_named_is_the_one_to_correct(
    tmp_path: Path, rows: tuple[str, ...], row: int, code: str
) -> None:
    header = "Nr;Naam;Status;Datum in dienst;Datum uit dienst"
    people = judged(tmp_path, text_of(*(f"1;Ann Verzonnen;{one}" for one in rows), header=header))
    (ann,) = people.employees
    assert (ann.state_code, ann.roster_row) == (code, row)
    assert [one.row for one in people.notices if one.code == code] == [row]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            ("Globex;Actief;13-04-2026;", "Acme;Uit dienst;01-02-2020;12-04-2026"),
            "1 moved from Acme to Globex.",
        ),
        (
            ("Acme;Uit dienst;01-02-2020;12-04-2026", "Globex;Actief;13-04-2026;"),
            "1 moved from Acme to Globex.",
        ),
        (("Acme;Actief;01-02-2020;", "Globex;Actief;13-04-2026;"), "2 contracts merged for 1."),
        (("Acme;Actief;13-04-2026;", ";Uit dienst;01-02-2020;12-04-2026"), "2 contracts merged for 1."),
        (
            ("Acme;Uit dienst;01-02-2020;30-06-2021", "Acme;Uit dienst;01-02-2024;30-06-2026"),
            "2 contracts merged for 1.",
        ),
    ],
)
def test_what_became_of_several_contracts_is_told_as_it_was(
    tmp_path: Path, rows: tuple[str, ...], told: str
) -> None:
    header = "Nr;Naam;Entiteit;Status;Datum in dienst;Datum uit dienst"
    people = judged(tmp_path, text_of(*(f"1;Ann Verzonnen;{one}" for one in rows), header=header))
    found = [one.message for one in people.notices if one.code in ("P02", "P04", "P07")]
    assert found == [told]
    assert {code for _, _, code in fates(people)} & {"P04", "P07"} == ({"P07"} if "moved" in told else set())


def test_somebody_with_a_profile_is_no_mailbox(tmp_path: Path) -> None:
    """In a small firm several people share info@; who has a profile of their own is not left out in silence."""
    profile = "https://www.linkedin.com/in/uwe-bedacht"
    rows = (f"Uwe Bedacht;info@acme.example;aktiv;{profile}", "Info;info@acme.example;aktiv;")
    people = judged(tmp_path, text_of(*rows, header="Name;E-Mail;Status;LinkedIn"))
    assert [one.full_name for one in people.employees] == ["Uwe Bedacht"]
    assert [fate for _, fate, _ in fates(people)][-2:] == ["person", "not_a_person"]


def test_a_date_that_fits_both_orders_is_sure_only_where_its_column_has_one(tmp_path: Path) -> None:
    ends = ("17/09/2026", "28/08/2026", "09/29/2026", "09/10/2026", "09-10-2026", "17-09-2026")
    rows = [f"{n};Person{n} Bedacht;{end}" for n, end in enumerate(ends, 1)]
    people = judged(tmp_path, text_of(*rows, header="Nr;Naam;Datum uit dienst"))
    assert [one.state_code for one in people.employees] == ["", "", "D03", "D03", "", ""]
    alone = judged(
        tmp_path, text_of(*(row for row in rows if "09/29" not in row), header="Nr;Naam;Uit dienst")
    )
    assert {one.state_code for one in alone.employees} == {""}


@pytest.mark.parametrize(
    "name", ["Salle Odette", "ZAAL Wim", "Room Iris", "Beamer Tom", "Bot-Kuyper Ine", "Sa-bin Park"]
)
def test_a_number_or_a_start_date_speaks_for_a_person(tmp_path: Path, name: str) -> None:
    assert len(named(tmp_path, f";7;{name};;;;")) == 1
    assert len(named(tmp_path, f";;{name};x1@a.example;01-02-2019;;")) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Vergaderzaal Wit",
        "Salle de conférence",
        "Salle des Fêtes",
        "Zaal 3",
        "Salle B12",
        "Room 2.14",
        "Svc-opslag",
        "Gedeelde mailbox HR",
    ],
)
def test_what_no_person_is_called_stays_a_room_or_an_account(tmp_path: Path, name: str) -> None:
    rows = (f";7;{name};;01-02-2019;;", ";8;Fay Verzonnen;;;;")
    assert named(tmp_path, *rows) == [("Fay Verzonnen", "active")]


def test_two_names_speak_for_a_person_whatever_the_address_begins_with(tmp_path: Path) -> None:
    header = "E-mail;Voornaam;Achternaam;Status"
    rows = [
        "sa.kuiper@a.example;Sara;Kuiper;Actief",
        "job@a.example;Job;Verzonnen;Actief",
        "room.k@a.example;Kim;Room;Actief",
        "contact@a.example;;Contact;Actief",
        "gent@a.example;Zaal;Gent;Actief",
        "service@a.example;Support;Helpdesk;Actief",
        "svc.opslag@a.example;svc;opslag;Actief",
    ]
    people = [name for name, _ in named(tmp_path, *rows, header=header)]
    assert people == ["Job Verzonnen", "Kim Room", "Sara Kuiper"]


def test_a_row_without_the_delimiters_of_its_last_empty_cells_is_a_person(tmp_path: Path) -> None:
    header = "Nr;Naam;Status;Datum in dienst;Datum uit dienst;LinkedIn"
    rows = [
        "1;Fay Verzonnen;Actief",
        "2;Gus Bedacht;Actief;01-02-2019",
        "3;Ine Kok;Uit dienst;01-02-2019;31-08-2026",
    ]
    people = judged(tmp_path, text_of(*rows, header=header))
    assert states(people) == {"1": "active", "2": "active", "3": "leaver_overdue"}
    assert rows_add_up(people.reading)
    without = judged(
        tmp_path, text_of("1;Fay Verzonnen;01-02-2019", header="Nr;Naam;In dienst;Uit dienst;LinkedIn")
    )
    assert states(without) == {"1": "active"}


@pytest.mark.parametrize(
    "row",
    [
        "4;Fay Verzonnen",
        "4;Fay Verzonnen;01-02-2019;31-08-2026",
        "4;Fay Verzonnen;Schemerzone;01-02-2019",
        "4;Fay Verzonnen;Actief;Planner",
        "4;Fay;Verzonnen;Actief",
        "4;Fay Verzonnen;;01-02-2019",
        "4;Fay Verzonnen;Actief;01-02-2019;eerst\nvervolg;31-08-2026;",
    ],
)
def test_a_torn_row_is_no_short_one(tmp_path: Path, row: str) -> None:
    header = "Nr;Naam;Status;Datum in dienst;Opmerking;Datum uit dienst;LinkedIn"
    people = judged(tmp_path, text_of("1;Gus Bedacht;Actief;01-02-2019;;;", row, header=header))
    assert states(people) == {"1": "active"}
    assert {code for _, fate, code in fates(people) if fate == "rejected"} == {"E06"}


@pytest.mark.parametrize(
    ("end", "state"),
    [
        ("31.12.99", "active"),
        ("1970-01-01", "active"),
        ("01-01-1904 00:00", "active"),
        ("0001-01-01", "active"),
        ("01-01-1753", "active"),
        ("1-9-0226", "conflict D07"),
        ("0226-09-01", "conflict D07"),
        ("01-09-2226", "conflict D07"),
        ("10926", "conflict D07"),
        ("31126", "conflict D07"),
        ("30926", "conflict D07"),
        ("28226", "conflict D07"),
        ("46266", "leaver_overdue"),
    ],
)
def test_an_end_outside_our_time_is_a_mark_or_a_mistake(tmp_path: Path, end: str, state: str) -> None:
    assert state_of_row(tmp_path, "Nr;Naam;Datum uit dienst", end) == state


def test_people_called_total_or_som_are_no_total_rows(tmp_path: Path) -> None:
    rows = [";Total;Odile;Actief", ";Som;Ine;Actief", ";Sum Fay;;Actief", ";Totaal;;3", ";Som;4;"]
    people = judged(tmp_path, text_of("7;Kok;Gus;Actief", *rows, header="Nr;Achternaam;Voornaam;Status"))
    assert [one.full_name for one in people.employees] == ["Gus Kok", "Odile Total", "Ine Som", "Sum Fay"]
    assert rows_add_up(people.reading)


def test_a_worker_type_that_may_be_an_occupation_leaves_nobody_out_in_silence(tmp_path: Path) -> None:
    rows = ("1;Fay Kok;Actief;Bestuurder", "2;Gus Kok;Actief;Bestuurder", "3;Ine Kok;Actief;Vrijwilliger")
    body = text_of(*rows, header="Nr;Naam;Status;Personeelscategorie")
    told = [one.message for one in judged(tmp_path, body).notices if one.code == "P22"]
    assert [("'Bestuurder'" in one, "not assessed: 2" in one) for one in told] == [(True, True)]
    policy = RosterPolicy(columns={"Personeelscategorie": "ignore"})
    assert set(states(judged(tmp_path, body, policy=policy)).values()) == {"active"}


@pytest.mark.parametrize(
    ("line", "fate"),
    [
        ("* voorlopige cijfers", "not_a_person"),
        ("(1) geschat", "not_a_person"),
        ("¹ sous réserve", "not_a_person"),
        ("Afgedrukt op 30-11-2026 door HR", "not_a_person"),
        ("\x1a", "blank"),
        ("\x00", "blank"),
        ("104", "rejected"),
        ("Van den Berg Dee", "rejected"),
        ("dee.van.den.berg@acme.example", "rejected"),
    ],
)
def test_a_remark_below_a_list_is_no_row_that_was_lost(tmp_path: Path, line: str, fate: str) -> None:
    """Only what may be the beginning of a person's row counts as not read."""
    found = judged(tmp_path, text_of(*THREE) + line + "\n")
    assert states(found) == TRIO
    assert fates(found)[4][1] == fate


def test_a_second_column_of_profile_addresses_is_told_and_fills_a_gap(tmp_path: Path) -> None:
    header = "Nr;Naam;Status;LinkedIn;Profile URL"
    rows = (
        "1;Fay Kok;Actief;;linkedin.com/in/fay-kok",
        "2;Gus Kok;Actief;linkedin.com/in/gus-kok;linkedin.com/in/other",
        "3;Ine Kok;Actief;;https://hr.example/people/3",
    )
    people = judged(tmp_path, text_of(*rows, header=header))
    shown = [(one.profile_url or "").rsplit("/", 2)[-2:-1] for one in people.employees]
    assert shown == [["fay-kok"], ["gus-kok"], []]
    assert told_of(people, "H05") == [
        "Both LinkedIn and Profile URL could be linkedin_url; LinkedIn was used."
    ]
    assert "U05" not in codes(people)


@pytest.mark.parametrize(
    ("other", "slug", "states"),
    [
        ("Kok, Piet", "piet-kok", ["conflict", "conflict"]),
        ("Kok, Piet", "", ["active"]),  # nothing but the first name tells: it may be the calling name
        ("Kok, Johannes", "johannes-kok", ["active"]),
        ("Bos, Jan", "jan-bos", ["active"]),
    ],
)
def test_a_father_and_a_son_under_one_number_are_two_people(tmp_path: Path, other, slug, states) -> None:
    header = "Nr;Naam;Status;In dienst;Uit dienst;LinkedIn"
    rows = (
        "1;Kok, Jan;Uit dienst;01-02-1999;31-05-2026;linkedin.com/in/jan-kok",
        f"1;{other};Actief;01-02-2019;;{slug and 'linkedin.com/in/' + slug}",
    )
    people = judged(tmp_path, text_of(*rows, header=header))
    assert [one.roster_state for one in people.employees] == states
    assert ("P18" in codes(people)) is (len(states) == 2)


def test_profile_addresses_under_a_heading_that_is_not_read_are_told(tmp_path: Path) -> None:
    rows = ("1;Fay Kok;Actief;https://www.linkedin.com/in/fay-kok", "2;Gus Kok;Actief;")
    for heading in ("Social media", "Adresse", "Opmerking"):
        body = text_of(*rows, header=f"Nr;Naam;Status;{heading}")
        (told,) = told_of(judged(tmp_path, body), "H13")
        assert (heading in told, "linkedin_url" in told) == (True, True)
        for field in ("linkedin_url", "ignore"):
            mapped = judged(tmp_path, body, policy=RosterPolicy(columns={heading: field}))
            assert not told_of(mapped, "H13")


def test_days_under_a_heading_that_is_not_read_are_told_where_nothing_says_who_left(tmp_path: Path) -> None:
    rows = ("1;Fay Kok;Actief;01-02-2019;", "2;Gus Kok;;01-02-2019;31-05-2026")
    for heading in ("Bis", "Tot", "Bijzonderheid"):
        body = text_of(*rows, header=f"Nr;Naam;Status;In dienst;{heading}")
        (told,) = told_of(judged(tmp_path, body), "H16")
        assert (heading in told, "end_date" in told) == (True, True)
        for field in ("end_date", "ignore"):
            mapped = judged(tmp_path, body, policy=RosterPolicy(columns={heading: field}))
            assert not told_of(mapped, "H16")
    with_end = text_of(
        "1;Fay Kok;01-02-2019;31-05-2026;02-03-2020", header="Nr;Naam;In dienst;Uit dienst;Gesprek"
    )
    assert not told_of(judged(tmp_path, with_end), "H16")


def test_a_column_that_the_policy_names_in_vain_is_told(tmp_path: Path) -> None:
    columns = {"Rijksregisternummer": "employee_id", "Einde werk": "end_date", "Afwezig": "ignore"}
    body = "Rijksregisternummer;Naam;E-mail;Status\n999900001;Fay Kok;fay@acme.example;Actief\n"
    people = judged(tmp_path, body, policy=RosterPolicy(columns=columns))
    (never,) = told_of(people, "H14")
    (missing,) = told_of(people, "H15")
    assert ("Rijksregisternummer" in never, "Einde werk" in missing) == (True, True)
    assert "Afwezig" not in missing
    assert "999900001" not in repr(people)


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Statut", "ouvrier employé indépendant étudiant cadre"),
        ("Statut", "Ouvrier Employé Indépendante Apprenti Non-cadre"),
        ("Statuut", "arbeider bediende zelfstandige student kaderlid"),
        ("Status", "Angestellter Arbeiter Freiberufler Werkstudent Beamter"),
    ],
)
def test_a_kind_of_worker_under_the_heading_status_tells_nothing_of_service(
    tmp_path: Path, heading: str, kinds: str
) -> None:
    people = [f"{n};Person{n} Kok;{kind}" for n, kind in enumerate(kinds.split(), 1)]
    expected = dict(zip("12345", ["active"] * 2 + ["contractor_active"] * 2 + ["active"], strict=True))
    rows = [f"{row};" for row in people]
    dated = judged(tmp_path, text_of(*rows, "6;Gus Kok;;30-09-2026", header=f"Nr;Nom;{heading};Uit dienst"))
    assert states(dated) == {**expected, "6": "leaver_overdue"}
    assert dict(dated.reading.mapping)[heading] == "worker_type"
    rows = [f"{row};Actif" for row in people]
    beside = judged(tmp_path, text_of(*rows, "6;Gus Kok;;Sorti", header=f"Nr;Nom;{heading};Situation"))
    assert states(beside) == {**expected, "6": "conflict"}
    with pytest.raises(RosterError) as caught:
        judged(tmp_path, text_of(*people, header=f"Nr;Nom;{heading}"))
    assert caught.value.code == "H06"
    assert (f"Column {heading} taken as worker_type" in caught.value.hint) == (heading != "Statuut")


def test_a_dutch_statuut_may_tell_of_service_all_the_same(tmp_path: Path) -> None:
    rows = ("1;Fay Kok;Actief", "2;Gus Kok;Uit dienst", "3;Ine Kok;Bediende")
    people = judged(tmp_path, text_of(*rows, header="Nr;Naam;Statuut"))
    assert states(people) == {"1": "active", "2": "conflict", "3": "active"}


def test_a_departure_far_down_a_column_of_kinds_of_workers_is_seen(tmp_path: Path) -> None:
    rows = [f"{n};Person{n} Kok;Ouvrier;" for n in range(1, 210)]
    body = text_of(*rows, "999;Fay Kok;Sorti;", header="Nr;Nom;Statut;Date de sortie")
    assert states(judged(tmp_path, body))["999"] == "conflict"


def test_a_status_that_names_kinds_of_workers_too_stays_a_status(tmp_path: Path) -> None:
    rows = ("1;Fay Kok;Ouvrier", "2;Gus Kok;Employé", "3;Ine Kok;Sorti")
    people = judged(tmp_path, text_of(*rows, header="Nr;Nom;Statut"))
    assert states(people) == {"1": "active", "2": "active", "3": "conflict"}
    policy = RosterPolicy(columns={"Statut": "status"})
    assert states(judged(tmp_path, text_of(*rows[:2], header="Nr;Nom;Statut"), policy=policy))
