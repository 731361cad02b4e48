"""The accuracy of a proof as a table and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.proof.score import ANSWERS, Answer, Miss, Score, Tally, bounds, summed

PROGRAM = "program"
_MOST_SITUATIONS = 40


@dataclass(frozen=True, slots=True)
class Proof:
    """A finished proof: by who judged (the program and the baselines) the score, every verdict of the
    program that was not right, how many people and different banner pictures there were, and the doors that
    could not be used, each with why. `version` is the program's. `rare`: one person of each kind."""

    seed: int
    people: int
    pictures: int
    version: str
    scores: Mapping[str, Score]
    misses: tuple[Miss, ...]
    closed: tuple[str, ...] = ()
    rare: bool = False

    def all_of(self, who: str) -> Tally:
        """The sum over rules and doors."""
        return summed(tally for doors in self.scores[who].values() for tally in doors.values())

    @property
    def wrong_accusations(self) -> int:
        """How many verdicts of the program accuse somebody wrongly."""
        return self.all_of(PROGRAM).answers[Answer.WRONG_ACCUSATION]


def as_json(proof: Proof) -> dict[str, Any]:
    """Everything in accuracy.json."""
    return {
        "version": proof.version,
        "seed": proof.seed,
        "people": proof.people,
        "banner_pictures": proof.pictures,
        "one_of_each_situation": proof.rare,
        "doors_closed": list(proof.closed),
        "judges": {
            who: {
                "all": _counts(proof.all_of(who)),
                "rules": {
                    rule: {
                        "all": _counts(summed(doors.values())),
                        "doors": {door: _counts(tally) for door, tally in doors.items()},
                    }
                    for rule, doors in score.items()
                },
            }
            for who, score in proof.scores.items()
        },
        "not_right": [
            {
                "rule": one.rule,
                "answer": one.answer,
                "code": one.code,
                "situation": one.situation,
                "person": one.number,
            }
            for one in proof.misses
        ],
    }


def _counts(tally: Tally) -> dict[str, Any]:
    counts: dict[str, Any] = {str(answer): tally.answers[answer] for answer in Answer}
    return {
        **counts,
        "verdicts": tally.asked,
        "decidable": tally.decidable,
        "decided rightly": tally.decided,
        "decided rightly, 95 % bounds": [round(one, 5) for one in bounds(tally.decided, tally.decidable)],
        "wrong accusations, 95 % bounds": [
            round(one, 6) for one in bounds(tally.answers[Answer.WRONG_ACCUSATION], tally.asked)
        ],
    }


def tables(proof: Proof) -> str:
    """The text of accuracy.md without its heading: the sums, the doors, the baselines, what was not right."""
    parts = [
        _table(("rule", *_HEADS), _by_rule(proof)),
        "\nBy kind of evidence:\n",
        _table(("rule", "evidence", *_HEADS), _by_door(proof)),
        "\nBeside two simpler audits, to which the evidence is told without any reading:\n",
        _table(("audit", *_HEADS), _by_judge(proof)),
    ]
    if proof.misses:
        heads = ("rule", "answer", "code", "how often", "a situation")
        parts += ["\nNot right:\n", _table(heads, _not_right(proof.misses))]
    parts += [f"\nNot looked at: {trouble}" for trouble in proof.closed]
    return "\n".join(parts) + "\n"


_HEADS = ("verdicts", *map(str, ANSWERS), "decidable verdicts decided rightly (95% bounds)")


def _cells(tally: Tally) -> tuple[str, ...]:
    low, high = bounds(tally.decided, tally.decidable)
    share = tally.decided / tally.decidable if tally.decidable else 1.0
    rate = f"{share:.2%} ({low:.2%} to {high:.2%})" if tally.decidable else "none was decidable"
    return (f"{tally.asked:,}", *(f"{tally.answers[answer]:,}" for answer in ANSWERS), rate)


def _by_rule(proof: Proof) -> Iterator[tuple[str, ...]]:
    for rule, doors in sorted(proof.scores[PROGRAM].items()):
        yield (rule, *_cells(summed(doors.values())))
    yield ("all", *_cells(proof.all_of(PROGRAM)))


def _by_door(proof: Proof) -> Iterator[tuple[str, ...]]:
    for rule, doors in sorted(proof.scores[PROGRAM].items()):
        for door, tally in doors.items():
            if tally.asked:
                yield (rule, door, *_cells(tally))


def _by_judge(proof: Proof) -> Iterator[tuple[str, ...]]:
    """The sums over the doors that every judge was shown."""
    common = [
        door for door in _doors(proof, PROGRAM) if all(door in _doors(proof, one) for one in proof.scores)
    ]
    for who, score in proof.scores.items():
        yield (
            who,
            *_cells(
                summed(tally for doors in score.values() for door, tally in doors.items() if door in common)
            ),
        )


def _doors(proof: Proof, who: str) -> list[str]:
    return list(dict.fromkeys(door for doors in proof.scores[who].values() for door in doors))


def _not_right(misses: Iterable[Miss]) -> Iterator[tuple[str, ...]]:
    counted = Counter((one.rule, one.answer, one.code) for one in misses)
    examples = {(one.rule, one.answer, one.code): one.situation for one in misses}
    for key, count in counted.most_common(_MOST_SITUATIONS):
        rule, answer, code = key
        yield rule, answer, code, str(count), examples[key]


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    words = sum(head not in _HEADS for head in heads)  # the others are figures, and stand on the right
    lines = ["| " + " | ".join(heads) + " |", "|---" * words + "|---:" * (len(heads) - words) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
