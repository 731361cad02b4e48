"""A first policy from a dozen answers: what is asked, what is proposed, and what only a person decides."""

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from auditor.app.doctor import Verdict, examine_installation
from auditor.app.first_policy import (
    QUESTIONS,
    answers_workbook,
    keys_for,
    propose,
    read_answers,
    write_policy,
)
from auditor.app.registry import policy_of
from auditor.cli.init import init
from auditor.errors import ConfigError, UsageError
from auditor.language.words import LANGUAGES

ROSTER = (
    "Employee number;Full name;Entity;Status;Start date;Job title;LinkedIn\n"
    "1;Anneke Voorbeeld;Noordlicht NV;active;2020-01-01;Planner;https://www.linkedin.com/in/invented-1\n"
    "2;Bram Verzonnen;Noordlicht NV;active;2020-01-01;Planner;https://www.linkedin.com/in/invented-2\n"
    "3;Chloë Bedacht;Zuidwind BV;active;2020-01-01;Planner;https://www.linkedin.com/in/invented-3\n"
)
DECIDED = {
    "purpose": "Correct presentation of the company",
    "ground": "legitimate interest",
    "balancing_note_date": "2026-01-15",
    "contact": "privacy@noordlicht.example",
    "notice_date": "2026-02-01",
}


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(ROSTER, "utf-8")
    return path


def answers_for(entities):
    found = dict(DECIDED)
    for key, question, entity in keys_for(entities):
        if question.each:
            found[key] = {
                "page": f"https://www.linkedin.com/company/{entity.split()[0].lower()}-invented",
                "names": "",
                "country": "nl" if "BV" in entity else "be",
                "headline": "{functie} bij {bedrijf}",
            }[question.key]
    return {**found, "language": "nl", "letter_form": "formal"}


def test_the_entities_are_proposed_from_the_roster_most_people_first(roster):
    found = propose(roster)
    assert (found.entities, found.people) == (("Noordlicht NV", "Zuidwind BV"), 3)
    with pytest.raises(UsageError):
        propose(roster.with_name("nothing.csv"))


def test_the_policy_holds_the_answers_and_nothing_blocks_the_run(roster, tmp_path):
    entities = propose(roster).entities
    write_policy(tmp_path / "firm", entities, answers_for(entities))
    path = tmp_path / "firm/config/policy.yaml"
    policy = policy_of(path)
    assert (policy.language, list(policy.companies)) == ("nl", list(entities))
    assert policy.companies["Zuidwind BV"].country == "NL"
    assert policy.privacy["Zuidwind BV"].contact == DECIDED["contact"]
    assert "# The policy: what your company expects" in path.read_text("utf-8"), "the comments stay"
    (tmp_path / "firm/saved").mkdir()
    checks = examine_installation(path, roster, tmp_path / "firm/reports")
    assert [one.text for one in checks if one.verdict is Verdict.BLOCKS] == []


@pytest.mark.parametrize("key", sorted(DECIDED))
def test_what_stays_empty_is_marked_and_blocks_the_run(roster, tmp_path, key):
    answers = {**answers_for(("Noordlicht NV",)), key: ""}
    write_policy(tmp_path / "firm", ("Noordlicht NV",), answers)
    loaded = policy_of(tmp_path / "firm/config/policy.yaml", unfinished=True)
    assert [one.key for one in loaded.to_fill_in] == [f"entities[0].privacy.{key}"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("notice_date", "31-12-2026"),
        ("page\x1fNoordlicht NV", "ftp://x"),
        ("country\x1fNoordlicht NV", "Belgium"),
    ],
)
def test_an_answer_that_the_policy_refuses_leaves_nothing_behind(tmp_path, key, value):
    answers = {**answers_for(("Noordlicht NV",)), key: value}
    with pytest.raises(ConfigError):
        write_policy(tmp_path / "firm", ("Noordlicht NV",), answers)
    assert not (tmp_path / "firm/config/policy.yaml").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_that_hr_filled_in_gives_the_same(roster, tmp_path, language):
    entities = propose(roster).entities
    path = answers_workbook(entities, language, tmp_path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    wanted = answers_for(entities)
    for row in sheet.iter_rows():
        code = str(row[0].value or "").replace("@", "\x1f")
        if code in wanted:
            row[4].value = wanted[code]
    book.save(path)
    assert read_answers(path) == (entities, wanted)


def test_without_a_roster_the_workbook_asks_for_the_name(tmp_path):
    path = answers_workbook((), "en", tmp_path)
    book = load_workbook(path)
    cells = {row[0].value: row[4] for row in book.worksheets[0].iter_rows() if row[0].value}
    cells["company"].value = "Noordlicht NV"
    cells["page@"].value = "https://www.linkedin.com/company/noordlicht-invented"
    book.save(path)
    entities, answers = read_answers(path)
    assert entities == ("Noordlicht NV",)
    assert answers["page\x1fNoordlicht NV"] == "https://www.linkedin.com/company/noordlicht-invented"


def test_another_file_is_refused(roster, tmp_path):
    with pytest.raises(UsageError):
        read_answers(roster)
    with pytest.raises(UsageError):
        read_answers(tmp_path / "nothing.xlsx")


def test_what_only_a_person_decides_is_never_proposed():
    for question in QUESTIONS:
        if question.key in DECIDED or question.key == "page":
            assert question.decide, question.key


def test_the_conversation_asks_a_dozen_questions_and_writes_the_policy(roster, tmp_path):
    """One entity: eleven questions, of which six have a proposal that Enter accepts."""
    typed = [
        "", "https://www.linkedin.com/company/noordlicht-invented", "Noordlicht", "", "", DECIDED["purpose"],
        DECIDED["ground"], DECIDED["balancing_note_date"], DECIDED["contact"], DECIDED["notice_date"], "",
    ]  # fmt: skip
    roster.write_text(ROSTER.replace("Zuidwind BV", "Noordlicht NV"), "utf-8")
    assert len(typed) == len(list(keys_for(("Noordlicht NV",)))) <= 12
    ended = CliRunner().invoke(
        init, [str(tmp_path / "firm"), "--ask", "--roster", str(roster), "--language", "nl"],
        input="\n".join(typed) + "\n", standalone_mode=False,
    )  # fmt: skip
    assert ended.exception is None, ended.output
    policy = policy_of(tmp_path / "firm/config/policy.yaml")
    (company,) = policy.companies.values()
    assert company.country == "BE"
    assert policy.language == "nl"
