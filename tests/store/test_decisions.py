"""Every decision comes back as it was; forgetting what was seen leaves nobody else poorer."""

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.rule import Failed, Undetermined
from auditor.store.decisions import DecisionStore
from auditor.store.runs import Examined, RunStore
from tests.store.test_runs import EXAMINATION, ROSTER, facts, finish

FULL = Decision(
    "f1", "0042", DecisionWord.WAIVED, "2026-11-22-01", date(2026, 11, 25), date(2026, 11, 24),
    date(2027, 1, 1), "=1+1 naïve", "https://a", "https://b", " Wàived ", "Els", "a.xlsx", "0" * 64,
    "Findings!2", "2026-11-22-01", True, DecisionReason.EDITED,
)  # fmt: skip
BARE = Decision("", "", None, "", date(2026, 11, 25), applied=False, reason=DecisionReason.UNKNOWN_WORD)


def put(engine, *added, settle=list, forget=lambda _: ()):
    return DecisionStore(engine).add(lambda _: added, settle, forget=forget)


def test_decisions_come_back_in_order_and_as_they_were(engine):
    put(engine, FULL, BARE)
    assert DecisionStore(engine).all() == [FULL, BARE]


def test_what_settling_changed_is_changed_and_the_new_is_added(engine):
    put(engine, FULL, BARE)
    listed = replace(FULL, applied=False, reason=DecisionReason.TWO_ANSWERS)
    other = replace(listed, place="Findings!3")
    assert put(engine, other, settle=lambda all_: [listed, BARE, all_[2]]) == (
        (listed, BARE, other),
        (other,),
    )
    assert DecisionStore(engine).all() == [listed, BARE, other]


def test_two_who_answer_at_once_both_see_the_other_answer(engine):
    """Each adds what it has while the other is at it: no answer is lost, and the second sees the first."""
    together = Barrier(2)
    seen = []

    def add(place):
        together.wait()
        after, _ = put(engine, replace(FULL, place=place))
        seen.append(len(after))

    threads = [Thread(target=add, args=(place,)) for place in ("Findings!2", "Findings!3")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(seen) == [1, 2]
    assert {one.place for one in DecisionStore(engine).all()} == {"Findings!2", "Findings!3"}


def test_what_was_seen_of_a_wrong_person_is_gone_in_every_run(engine):
    runs = RunStore(engine)
    other = replace(EXAMINATION, employee=replace(EXAMINATION.employee, employee_id="0043"))
    for name, day in (("a", date(2026, 9, 1)), ("b", date(2026, 10, 1))):
        run = runs.begin(facts(name, day), ROSTER, name)
        runs.save(run.facts.id, [Examined(0, EXAMINATION, True)])
        runs.save(run.facts.id, [Examined(1, other, True)])
        finish(runs, run, [EXAMINATION, other], day)
    put(engine, forget=lambda _: ["0042"])
    for name in ("a", "b"):
        mine, others = runs.examinations(name)
        assert others == other
        for result in mine.results:
            outcome = result.outcome
            assert getattr(outcome, "observed", "") == ""
            if isinstance(outcome, Failed | Undetermined):
                assert (outcome.pictures, outcome.facts) == ((), ())
        assert {one.finding.employee_id for one in runs.findings(name)} <= {"0043"}
    assert {one.finding.employee_id for one in runs.history(9).values()} == {"0043"}
