"""The text for the code of conduct says what the settings say, in four languages, as Word and Markdown."""

from __future__ import annotations

from datetime import date

import docx
import pytest

from auditor.app.policy_text import write_policy_text
from auditor.app.registry import policy_of
from auditor.errors import UsageError
from tests.calling import call as command
from tests.privacy.firm import Firm
from tests.rules.subjects import original

DAY = date(2026, 11, 28)
BANNERS = """    banners:
      - {name: Autumn, file: brand/a.png, role: current, valid_from: 2026-09-01, valid_to: 2026-11-30}
      - {name: Winter, file: brand/b.png, role: current, valid_from: 2026-12-01}
"""


@pytest.fixture
def firm(tmp_path) -> Firm:
    firm = Firm(tmp_path)
    (firm.policy.parent / "brand").mkdir()
    (firm.policy.parent / "brand" / "a.png").write_bytes(original("current"))
    (firm.policy.parent / "brand" / "b.png").write_bytes(original("previous"))
    firm.write_policy(more=BANNERS)
    return firm


def text_of(firm: Firm, language: str = "en", day: date = DAY) -> str:
    files = write_policy_text(policy_of(firm.policy), firm.folder / "text", ["Noordlicht"], [language], day)
    assert [path.suffix for path in files] == [".docx", ".md"]
    word = "\n".join(line.text for line in docx.Document(str(files[0])).paragraphs)
    return word + files[1].read_text("utf-8")


def test_it_names_banner_headline_page_contact_and_the_lawyer(firm):
    text = text_of(firm)
    for said_twice in (
        "Have it read by a lawyer",
        "(at present: “Autumn”)",
        "“[job title] at Noordlicht Energie”",
        "https://www.linkedin.com/company/noordlicht-energie",
        "a message to privacy@noordlicht.example is enough",
        "grace period (14 days)",
        "legitimate interest (Article 6(1)(f) GDPR)",
    ):
        assert text.count(said_twice) == 2, said_twice
    assert "(at present: “Winter”)" in text_of(firm, day=date(2026, 12, 2))


@pytest.mark.parametrize(
    ("language", "lawyer", "leaver"),
    [
        ("nl", "door een jurist nalezen", "niet langer als huidige werkgever"),
        ("fr", "par un juriste", "ne présente plus Noordlicht Energie comme employeur actuel"),
        ("de", "juristisch prüfen", "nicht mehr als aktuellen Arbeitgeber"),
    ],
)
def test_it_is_written_in_the_other_languages_and_says_what_is_still_to_translate(
    firm, language, lawyer, leaver
):
    text = text_of(firm, language)
    assert text.count(lawyer) == text.count(leaver) == 2
    # the purpose was typed in English: it stands in the line on top and where it belongs
    assert text.count("correct presentation]") == 4
    assert "{" not in text


def test_a_rule_that_is_off_asks_nothing(firm):
    firm.write_policy(
        more=BANNERS,
        tail="rules: {BNR001: {enabled: false}, LVR001: {enabled: false}, HDL001: {strictness: mention}}\n"
        "roster: {grace_days: 1}",
    )
    text = text_of(firm)
    assert "Banner:" not in text
    assert "When somebody leaves" not in text
    assert "former employees it checks" not in text
    assert "mentions the company as the employer" in text


def test_what_people_typed_is_text_and_no_markup(firm):
    policy = firm.policy.read_text("utf-8").replace(
        "purpose: correct presentation\n", 'purpose: "see [this](javascript:x) <b>now</b> {company} *so*"\n'
    )
    firm.policy.write_text(policy, "utf-8")
    assert "see \\[this](javascript:x) \\<b\\>now\\</b\\> {company} \\*so\\*" in text_of(firm)


def test_the_command_writes_all_entities_and_languages_and_refuses_an_unknown_entity(firm, tmp_path):
    call = ("policy", "text", "--policy", str(firm.policy), "--output", str(tmp_path / "out"))
    found = command(*call)
    assert (found.returncode, len(found.stdout.splitlines())) == (0, 2 * 4 * 2)
    assert command(*call, "--entity", "Zuid").returncode == 2
    with pytest.raises(UsageError):
        write_policy_text(policy_of(firm.policy), tmp_path, ["Zuid"], [], DAY)
