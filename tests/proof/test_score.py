import pytest

from auditor.proof.score import Answer, Tally, Verdict, answer_of, bounds
from auditor.proof.truth import Truth


@pytest.mark.parametrize(
    ("truth", "verdict", "answer"),
    [
        (Truth.PASS, Verdict.PASSED, Answer.RIGHT),
        (Truth.PASS, Verdict.FAILED, Answer.WRONG_ACCUSATION),
        (Truth.PASS, Verdict.ASKED, Answer.WRONG_ACCUSATION),
        (Truth.PASS, Verdict.UNDETERMINED, Answer.UNDETERMINED_THOUGH_DECIDABLE),
        (Truth.FAIL, Verdict.FAILED, Answer.RIGHT),
        (Truth.FAIL, Verdict.ASKED, Answer.RIGHT),
        (Truth.FAIL, Verdict.PASSED, Answer.MISSED),
        (Truth.FAIL, Verdict.UNDETERMINED, Answer.UNDETERMINED_THOUGH_DECIDABLE),
        (Truth.OPEN, Verdict.UNDETERMINED, Answer.UNDETERMINED_RIGHTLY),
        (Truth.OPEN, Verdict.ASKED, Answer.UNDETERMINED_RIGHTLY),
        (Truth.OPEN, Verdict.FAILED, Answer.WRONG_ACCUSATION),
        # it looks clean, and nobody knows
        (Truth.OPEN, Verdict.PASSED, Answer.MISSED),
        (Truth.EITHER, Verdict.PASSED, Answer.RIGHT),
        (Truth.EITHER, Verdict.UNDETERMINED, Answer.UNDETERMINED_RIGHTLY),
        (Truth.EITHER, Verdict.FAILED, Answer.WRONG_ACCUSATION),
        (Truth.NOTHING, Verdict.NOT_APPLICABLE, Answer.NOT_ASKED),
        (Truth.NOTHING, Verdict.FAILED, Answer.WRONG_ACCUSATION),
    ],
)
def test_how_a_verdict_stands_to_the_truth(truth, verdict, answer):
    assert answer_of(truth, verdict) is answer


def test_only_what_can_be_told_counts_as_decidable():
    tally = Tally()
    for truth, verdict in (
        (Truth.PASS, Verdict.PASSED),
        (Truth.FAIL, Verdict.PASSED),
        (Truth.OPEN, Verdict.UNDETERMINED),
        (Truth.NOTHING, Verdict.NOT_APPLICABLE),
    ):
        tally.add(truth, answer_of(truth, verdict))
    assert (tally.asked, tally.decidable, tally.decided) == (3, 2, 1)


def test_the_bounds_are_wilsons():
    # Wilson for 0 of 100: z²/(n+z²) = 3.8415/103.8415; for 50 of 100 symmetric about a half
    low, high = bounds(0, 100)
    assert (round(low, 4), round(high, 4)) == (0, 0.037)
    low, high = bounds(50, 100)
    assert (round(low, 4), round(high, 4)) == (0.4038, 0.5962)
    assert bounds(0, 0) == (0, 1)
