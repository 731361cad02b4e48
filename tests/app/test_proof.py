"""The proof, small: an invented company through every door but the browser's, which other tests open."""

import json

import pytest

from auditor.app.proof import ProofRequest, prove, write_accuracy
from auditor.proof.report import PROGRAM
from auditor.proof.score import Answer


@pytest.fixture(scope="module")
def proof(tmp_path_factory):
    return prove(ProofRequest(people=60, seed=7, folder=tmp_path_factory.mktemp("proof"), workers=1))


def test_nobody_is_accused_wrongly(proof):
    assert [one for one in proof.misses if one.answer is Answer.WRONG_ACCUSATION] == []
    assert proof.wrong_accusations == 0


def test_every_door_is_used_and_every_verdict_is_counted_once(proof, tmp_path):
    assert proof.closed == ()
    data_file, text_file = write_accuracy(proof, tmp_path / "new")
    data = json.loads(data_file.read_text("utf-8"))
    answers = [str(answer) for answer in Answer]
    for judge in data["judges"].values():
        assert len(judge["rules"]) == 5
        for rule in judge["rules"].values():
            assert len(rule["doors"]) == 7
            assert sum(rule["all"][answer] for answer in answers) == 60
            for answer in (*answers, "verdicts", "decidable", "decided rightly"):
                assert rule["all"][answer] == sum(door[answer] for door in rule["doors"].values())
            assert rule["all"]["decided rightly"] <= rule["all"]["decidable"] <= rule["all"]["verdicts"]
        for answer in answers:
            assert judge["all"][answer] == sum(rule["all"][answer] for rule in judge["rules"].values())
    whole = data["judges"][PROGRAM]["all"]
    line = next(one for one in text_file.read_text("utf-8").splitlines() if one.startswith("| all |"))
    assert f"| {whole['verdicts']:,} | {whole['right']:,} | 0 |" in line


def test_the_program_is_better_than_what_it_replaces(proof):
    shares = {who: proof.all_of(who).decided / proof.all_of(who).decidable for who in proof.scores}
    assert shares[PROGRAM] > shares["careful"]
    assert shares[PROGRAM] > shares["plain"]
    assert proof.all_of("plain").answers[Answer.WRONG_ACCUSATION] > 0
