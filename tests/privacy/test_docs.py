"""docs/duties.md ticks every requirement, and what it names exists (G34)."""

import csv
import re

import pytest

from tests.whole import ROOT

SHARED = ROOT.parent / "shared" / "hr" / "gdpr_requirements.tsv"
#: a line of the duties has five cells, one of the proofs two
LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "duties.md").read_text("utf-8").splitlines()
    if re.match(r"\| G\d\d ", line)
]
DUTIES = [line for line in LINES if len(line) == 5]
PROOFS = {line[0]: line[1] for line in LINES if len(line) == 2}
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^\s*(?:async )?def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
}


def test_every_requirement_stands_there_once():
    assert [line[0] for line in DUTIES] == [f"G{number:02d}" for number in range(1, 36)]


def test_the_requirements_are_those_agreed_with_hr():
    if not SHARED.exists():
        pytest.skip("the shared folder is not here")
    with SHARED.open(encoding="utf-8") as file:
        agreed = [row["id"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert [line[0] for line in DUTIES] == agreed


@pytest.mark.parametrize("line", DUTIES, ids=[line[0] for line in DUTIES])
def test_each_names_tests_that_exist_or_your_duty(line):
    named = re.findall(r"`(test_\w+)`", PROOFS[line[0]])
    assert named or line[-1]
    assert not set(named) - TESTS
    assert len(line[2]) > 20, "what the program does"


def test_the_breach_card_says_what_to_do():
    card = (ROOT / "docs" / "privacy-breach-card.md").read_text("utf-8")
    for words in (
        "72 hours",
        "data protection officer",
        "What a lost file would reveal",
        "Art. 33",
        "Art. 34",
    ):
        assert words in card
