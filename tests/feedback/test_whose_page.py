"""Whole runs on pages that may be somebody else's: nothing is said of the person until HR has answered."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from auditor.app import confirm_identity as identity
from auditor.errors import UsageError
from auditor.model.capture import CaptureStatus
from auditor.model.decision import DecisionReason, DecisionWord
from auditor.model.examination import asked_name
from auditor.model.rule import NotApplicable, Undetermined
from auditor.proof.pages.visitor import full_page
from auditor.reports import LANGUAGES
from auditor.reports.scope import whole
from auditor.reports.sheets.unverified import unverified_table
from auditor.store import persons
from auditor.store.cases import CaseStore
from auditor.store.database import writing
from auditor.store.decisions import DecisionStore
from tests.feedback.firm import _LANGUAGE, _LINK, MONTHS, NAMES, WRONG, Firm, Sheet
from tests.feedback.leaving import LAST_DAY
from tests.pages.people import BannerForm, Person, Role

STRANGERS = {
    "0301": ("Pieter Vermeulen", "Karel Vermeulen"),
    "0302": ("Jean-Baptiste Lambert", "Jean-Marc Lambert"),
    "0303": ("Peter Hofmann", "Petra Hofmann"),
    "0304": ("Tom Barlow", "Tim Barlow"),
    "0305": ("Anne-Marie Colson", "Anne-Sophie Colson"),
    "0306": ("Jan Willem Bakker", "Jan Pieter Bakker"),
}
#: number -> the roster's name, the page's name
ASKED = {
    "0401": ("Inge Baert", "Inge Lammertyn"),
    "0402": ("Yara Wouters", "Yarah-Lou Wouters"),
    "0403": ("Ivan Petrov", "Иван Петров"),
}
KNOWN = {"0501": ("Robert Hadley", "Bob Hadley"), "0502": ("Guillaume Adam", "𝗪𝗶𝗹𝗹𝗲𝗺 𝗔𝗱𝗮𝗺")}
NAMELESS = {"0601": ("Anna Claes", "Membre de LinkedIn")}
EVERYBODY = {**STRANGERS, **ASKED, **KNOWN, **NAMELESS}
#: somebody else's page at the address of people who left: it still lists the company
GONE = {"0701": ("Karel Vertrokken", "Pieter Vertrokken"), "0702": ("Els Verderop", "Els Daarna")}


@dataclass
class NamesFirm(Firm):
    """People whose pages bear the names given here; all show what would be findings."""

    pairs: dict[str, tuple[str, str]] = field(default_factory=lambda: {**EVERYBODY, **GONE})

    def page(self, number: str, headline: str, shown: str) -> str:
        role = Role("Planner", "Noordlicht Energie", _LINK, "2020-01")
        name = self.pairs[number][1]
        person = Person(shown, name, headline, BannerForm(None), (role,), _LANGUAGE, shown_employer=role)
        return full_page(person, "2024")

    def more_rows(self) -> list[str]:
        return [
            f"{number};{name};;2020-01-01;{LAST_DAY if number in GONE else ''};Planner;"
            f"{self.address(number)}\n"
            for number, (name, _) in self.pairs.items()
        ]

    def month(self, today: date):
        self.audit(today, dict.fromkeys(self.pairs, WRONG))
        return {one.employee.employee_id: one for one in self.report.examinations}

    def store_cases(self):
        return CaseStore(self.store.engine).all().values()

    def codes(self, number: str) -> set[str]:
        found = (one.finding for one in self.report.findings if one.finding.employee_id == number)
        return {one.code for one in found}


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    firm = NamesFirm(tmp_path_factory.mktemp("names") / "firm", left_out=set(NAMES))
    return firm, firm.month(MONTHS[0])


def test_a_stranger_s_page_says_nothing_of_the_person(month):
    firm, examinations = month
    for number in (*STRANGERS, "0701"):
        assert examinations[number].status is CaptureStatus.WRONG_PERSON
        assert firm.codes(number) == {"WRONG_PERSON"}
        assert all(one.severity == "info" for one in _findings(firm, number))


def test_a_page_that_may_be_the_person_s_is_asked_about_and_never_judged(month):
    firm, examinations = month
    for number in (*ASKED, "0702"):
        examination = examinations[number]
        assert examination.status is CaptureStatus.WHO_IS_THIS
        assert asked_name(examination) == firm.pairs[number][1]
        assert not firm.codes(number)
        outcomes = [one.outcome for one in examination.results]
        undecided = [one for one in outcomes if not isinstance(one, NotApplicable)]
        assert undecided
        assert all(isinstance(one, Undetermined) and one.code == "WHO_IS_THIS" for one in undecided)


def test_neither_starts_a_departure(month):
    firm, _ = month
    assert not departures(firm)


def departures(firm):
    return {one.employee_id for one in firm.store_cases() if one.employee_id in GONE}


def test_short_forms_and_translations_are_judged_and_so_is_a_page_without_a_name(month):
    firm, _ = month
    for number in (*KNOWN, *NAMELESS):
        assert "HDL001" in {one.rule_id for one in _findings(firm, number)}


def _findings(firm, number):
    return [one.finding for one in firm.report.findings if one.finding.employee_id == number]


@pytest.mark.parametrize("language", LANGUAGES)
def test_could_not_verify_names_both_in_every_language(month, language):
    firm, _ = month
    table = unverified_table(whole(replace(firm.report, language=language)))
    keys = [column.key for column in table.columns]
    reasons = {row[keys.index("employee_no")]: row[keys.index("reason")] for row in table.rows}
    for number, names in ASKED.items():
        assert all(name in reasons[number] for name in names)


@pytest.fixture
def firm(tmp_path):
    pairs = {"0401": ASKED["0401"], "0501": KNOWN["0501"], "0702": GONE["0702"]}
    firm = NamesFirm(tmp_path / "firm", left_out=set(NAMES), pairs=pairs)
    firm.month(MONTHS[0])
    return firm


def answered(firm, number, answer):
    """HR answers on the sheet Could not verify, and the file is read."""
    book = load_workbook(firm.workbook())
    sheet = Sheet(book["Could not verify"])
    who = sheet.column("Employee no.")
    row = next(row for row in range(2, sheet.sheet.max_row + 1) if sheet.sheet.cell(row, who).value == number)
    sheet.sheet.cell(row, sheet.column("Decision")).value = answer
    book.save(firm.folder / "back.xlsx")
    return firm.take(firm.folder / "back.xlsx", MONTHS[0] + timedelta(days=2)).decisions


def test_hr_s_yes_in_the_workbook_lets_the_next_run_judge(firm):
    (said,) = answered(firm, "0401", "Yes, this is the person")
    assert (said.applied, said.page_name) == (True, "Inge Lammertyn")
    examinations = firm.month(MONTHS[1])
    assert examinations["0401"].status is CaptureStatus.OK
    assert {"HDL001"} <= {one.rule_id for one in _findings(firm, "0401")}
    passed = {one.rule_id: one.outcome.code for one in examinations["0401"].results}
    assert passed["PRF001"] == "OK_CONFIRMED"


@pytest.mark.parametrize("change", ["name", "address"])
def test_another_name_or_address_is_asked_about_anew(firm, change):
    identity.answer(firm.store, firm.policy, "0401", DecisionWord.SAME_PERSON, MONTHS[0])
    if change == "name":
        firm.pairs["0401"] = ("Inge Baert", "Inge Vandamme")
    else:
        firm.addresses["0401"] = "https://www.linkedin.com/in/invented-elsewhere"
    assert firm.month(MONTHS[1])["0401"].status is CaptureStatus.WHO_IS_THIS


def test_hr_s_no_withdraws_the_address_and_forgets_the_name(firm):
    (said,) = answered(firm, "0401", "Wrong person")
    assert said.applied
    with writing(firm.store.engine) as connection:
        (person,) = persons.find(persons.people_known(connection).values(), "0401")
        assert "Lammertyn" not in repr(persons.records_of(connection, person))
    assert firm.month(MONTHS[1])["0401"].status is CaptureStatus.NO_URL


def test_a_yes_about_somebody_who_was_not_asked_about_is_only_listed(firm):
    firm.audit(MONTHS[0] + timedelta(days=1), {})
    (said,) = answered(firm, "0501", "Yes, this is the person")
    assert (said.applied, said.reason) == (False, DecisionReason.NO_QUESTION)


def test_on_the_command_line(firm):
    assert [one.employee_id for one in identity.questions(firm.store)] == ["0401", "0702"]
    with pytest.raises(UsageError):
        identity.answer(firm.store, firm.policy, "0501", DecisionWord.SAME_PERSON, MONTHS[0])
    said = identity.answer(firm.store, firm.policy, "0702", DecisionWord.SAME_PERSON, MONTHS[0], "Els")
    assert (said.applied, said.decided_by) == (True, "Els")
    again = identity.answer(firm.store, firm.policy, "0702", DecisionWord.SAME_PERSON, MONTHS[0])
    assert replace(again, decided_by="Els") == said
    assert len(DecisionStore(firm.store.engine).all()) == 1
    firm.month(MONTHS[1])
    assert departures(firm) == {"0702"}
    with pytest.raises(UsageError):  # the run asks nothing of her any more
        identity.answer(firm.store, firm.policy, "0702", DecisionWord.WRONG_PERSON, MONTHS[1])


def test_erasing_the_person_erases_the_answer(firm):
    identity.answer(firm.store, firm.policy, "0401", DecisionWord.SAME_PERSON, MONTHS[0])
    with writing(firm.store.engine) as connection:
        (person,) = persons.find(persons.people_known(connection).values(), "0401")
        assert "Lammertyn" in repr(persons.records_of(connection, person))
        persons.erase(connection, [person])
    assert not DecisionStore(firm.store.engine).all()
