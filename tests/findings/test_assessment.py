"""Everybody is in exactly one group; who was not assessed is never silent."""

# ruff: noqa: E501 - a table reads best one row a line

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from auditor.errors import AuditorError
from auditor.findings.assessment import (
    Group,
    Why,
    group_of,
    not_assessed,
    unsettled_reasons,
    why_not_assessed,
)
from auditor.findings.counting import count_entities, count_run, require_people_sum
from auditor.findings.health import judge_health
from auditor.findings.leaving_words import reads_like_leaving
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination, Trial
from auditor.model.health import HealthLimits, HealthVerdict
from auditor.model.roster import RowFate, RowRecord
from auditor.model.rule import CheckResult, NotApplicable, Passed, Severity, Undetermined

NOW = datetime(2026, 11, 22, tzinfo=UTC)
State = RosterState
PASSED, OPEN = Passed("OK", "", "", ""), Undetermined("BANNER_UNSEEN", "not seen")
NOT_FOR = NotApplicable("STATE_X", "does not concern them")


def person(state=State.ACTIVE, *outcomes, status=CaptureStatus.OK, number="1", **more):
    employee = Employee(number, "Quilla Ostrander", state, entity=more.pop("entity", "Noord"), **more)
    results = tuple(CheckResult(f"R{n}", outcome, Severity.LOW) for n, outcome in enumerate(outcomes))
    trials = (Trial("saved_pages", status, None, NOW, from_file=True),) if status else ()
    return Examination(employee, trials, results)


@pytest.mark.parametrize(
    ("examination", "group", "why"),
    [
        (person(State.ACTIVE, PASSED), Group.ASSESSED, None),
        (person(State.ACTIVE, PASSED, OPEN), Group.COULD_NOT_VERIFY, None),
        (person(State.ACTIVE, OPEN, status=CaptureStatus.NO_URL), Group.COULD_NOT_VERIFY, None),
        (person(State.ACTIVE, OPEN, status=CaptureStatus.AUTH_WALL), Group.COULD_NOT_VERIFY, None),
        (person(State.ACTIVE, Undetermined("NOT_TOLD", ""), status=None), Group.COULD_NOT_VERIFY, None),
        (person(State.ACTIVE, Undetermined("WORKS_COUNCIL_OPEN", ""), status=None), Group.COULD_NOT_VERIFY, None),
        (person(State.LEAVER_OVERDUE, NOT_FOR, PASSED), Group.ASSESSED, None),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="P10"), Group.NOT_ASSESSED, Why.UNKNOWN_WORD),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="P08"), Group.NOT_ASSESSED, Why.DATE_MISSING),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="D07"), Group.NOT_ASSESSED, Why.DATE_UNREADABLE),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="P09"), Group.NOT_ASSESSED, Why.CONTRADICTION),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="P19", state_word="Hired"), Group.NOT_ASSESSED, Why.CONTRADICTION),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="P23", state_word="Left"), Group.NOT_ASSESSED, Why.CONTRADICTION),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="P21", state_word="Active"), Group.NOT_ASSESSED, Why.ENDS_DISAGREE),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="P18"), Group.NOT_ASSESSED, Why.SHARED_NUMBER),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="P20"), Group.NOT_ASSESSED, Why.NAMESAKE),
        (person(State.CONFLICT, NOT_FOR, status=None, state_code="P08", state_word="Left"), Group.NOT_ASSESSED, Why.DATE_MISSING),
        (person(State.CONFLICT, NOT_FOR, status=None, state_word="Zzz"), Group.NOT_ASSESSED, Why.UNKNOWN_WORD),
        (person(State.CONFLICT, status=None), Group.NOT_ASSESSED, Why.CONTRADICTION),
        (person(State.ACTIVE, Undetermined("NO_ENTITY", ""), status=None), Group.NOT_ASSESSED, Why.UNKNOWN_ENTITY),
        (person(State.ACTIVE, NOT_FOR, status=None), Group.NOT_ASSESSED, Why.NO_RULE),
        (person(State.LEAVER_OVERDUE, NOT_FOR, status=None), Group.NOT_ASSESSED, Why.NO_RULE),
        (person(State.FUTURE_STARTER, NOT_FOR, status=None), Group.NOT_ASSESSED, Why.STARTS_LATER),
        (person(State.LEAVER_GRACE, NOT_FOR, status=None), Group.NOT_ASSESSED, Why.WAITING_TIME),
        (person(State.CONTRACTOR_ACTIVE, NOT_FOR, status=None), Group.NOT_ASSESSED, Why.CONTRACTOR),
        (person(State.VANISHED, NOT_FOR, status=None), Group.NOT_ASSESSED, Why.VANISHED),
        (person(State.LONG_LEAVE, NOT_FOR, status=None), Group.NOT_ASSESSED, Why.LONG_LEAVE),
        (person(State.LEAVING_SOON, NOT_FOR, status=None), Group.NOT_ASSESSED, Why.LEAVING_SOON),
        (person(State.RELATED, NOT_FOR, status=None), Group.NOT_ASSESSED, Why.RELATED),
        (person(State.EXCLUDED, status=None), Group.NOT_ASSESSED, Why.EXCLUDED),
        (
            person(State.LEAVER_OVERDUE, NotApplicable("SEEN_CLEAN_TWICE", ""), NOT_FOR, status=None),
            Group.NOT_ASSESSED,
            Why.SEEN_CLEAN,
        ),
    ],
)  # fmt: skip
def test_everybody_is_in_one_group_and_has_a_reason(examination, group, why):
    assert (group_of(examination), why_not_assessed(examination)) == (group, why)


def conflict(number, word="", code="P10"):
    return person(State.CONFLICT, NOT_FOR, status=None, number=str(number), state_word=word, state_code=code)


def test_equal_reasons_stand_together_those_to_settle_first():
    people = [
        person(State.LONG_LEAVE, NOT_FOR, status=None),
        conflict(1, "Sabbatical 3"),
        conflict(2, "Zzz"),
        conflict(3, "Zzz"),
        person(State.ACTIVE, Undetermined("NO_ENTITY", ""), status=None, entity="Noord B.V."),
    ]
    found = [(one.why, one.word, len(one.people), one.unsettled) for one in not_assessed(people)]
    assert found == [
        (Why.UNKNOWN_WORD, "Zzz", 2, True),
        (Why.UNKNOWN_WORD, "Sabbatical 3", 1, True),
        (Why.UNKNOWN_ENTITY, "Noord B.V.", 1, True),
        (Why.LONG_LEAVE, "", 1, False),
    ]


KNOWN = [person(State.ACTIVE, PASSED, number=str(n)) for n in range(100, 120)]


@pytest.mark.parametrize(
    ("people", "limit", "sound"),
    [
        (KNOWN, 0.05, True),
        ([*KNOWN[:19], conflict(1, "Zzz")], 0.05, True),  # exactly a twentieth
        ([*KNOWN[:18], conflict(1, "Zzz")], 0.05, False),
        ([*KNOWN[:18], conflict(1, "Zzz")], 0.06, True),
        ([*KNOWN, conflict(1, "Terminated for Cause")], 0.05, False),
        ([*KNOWN, conflict(1, "Terminated for Cause")], 1.0, False),  # never a matter of shares
        (
            [*KNOWN, conflict(1, "Left", code="P08")],
            0.05,
            True,
        ),  # the word is known, and told on the first page
        ([*KNOWN, conflict(1, "Left", code="P21")], 0.05, False),  # but the roster disputes it
        ([person(State.LONG_LEAVE, NOT_FOR, status=None)] * 30, 0.0, True),
        ([conflict(1, code="P09"), *KNOWN[:9]], 0.05, False),
        ([conflict(1, "Zzz")], 0.05, False),
        ([], 0.0, True),
    ],
)
def test_a_run_that_leaves_out_too_many_or_a_leaver_is_not_sound_and_says_so_first(people, limit, sound):
    health = judge_health(people, 0, HealthLimits(largest_not_assessed_share=limit))
    assert (health.verdict is HealthVerdict.SOUND) is sound
    assert sound or "not assessed" in str(health.reasons[0])
    assert unsettled_reasons(not_assessed(people), len(people), limit) == health.reasons


@pytest.mark.parametrize(
    ("people", "fates", "sound"),
    [
        (KNOWN, [RowFate.PERSON] * 19 + [RowFate.REJECTED], True),  # exactly a twentieth
        (KNOWN, [RowFate.PERSON] * 18 + [RowFate.REJECTED], False),
        (KNOWN, [RowFate.PERSON] * 18 + [RowFate.NOT_A_PERSON, RowFate.BLANK, RowFate.MERGED], True),
        ([*KNOWN, conflict(1, "Zzz")], [RowFate.PERSON] * 21 + [RowFate.REJECTED], False),  # both together
        (KNOWN[:2], [RowFate.PERSON] * 20 + [RowFate.REJECTED], True),  # only two were chosen
        ([], [RowFate.REJECTED], False),
    ],
)
def test_rows_that_were_rejected_count_like_people_who_were_not_assessed(people, fates, sound):
    rows = [RowRecord(row, fate) for row, fate in enumerate(fates, 2)]
    health = judge_health(people, 0, HealthLimits(), rows=rows)
    assert (health.verdict is HealthVerdict.SOUND) is sound
    assert sound or "whoever stands in it was not assessed" in health.reasons[-1].counted[0]


def test_the_word_that_reads_like_leaving_is_named():
    words = ["Contrat rompu, sorti", "Zzz", "Sorti le 3"]
    people = [*(person(State.ACTIVE, PASSED) for _ in range(97)), *map(conflict, range(3), words)]
    (reason,) = judge_health(people, 0, HealthLimits()).reasons
    assert str(reason) == (
        "2 people were not assessed although their status reads like leaving: "
        "Contrat rompu, sorti, Sorti le 3"
    )


def test_the_groups_add_up_to_the_people_in_all_and_per_entity():
    people = [*KNOWN, conflict(1), person(State.ACTIVE, OPEN, entity="Zuid"), conflict(2)]
    counts = count_run(people, ())
    assert [counts[name] for name in ("people", *Group)] == [23, 20, 1, 2]
    require_people_sum(counts, 23)
    assert {name: counts["people"] for name, counts in count_entities(people, ()).items()} == {
        "Noord": 22,
        "Zuid": 1,
    }


@pytest.mark.parametrize("change", [{"assessed": 19}, {"people": 24}, {"not_assessed": 3}])
def test_people_who_do_not_add_up_are_loud(change):
    counts = {"people": 23, "assessed": 20, "could_not_verify": 1, "not_assessed": 2}
    with pytest.raises(AuditorError, match="S02") as trouble:
        require_people_sum(counts | change)
    assert trouble.value.exit_status == 4
    with pytest.raises(AuditorError, match="S02"):
        require_people_sum(counts, 22)


def test_a_saved_copy_of_a_refusal_is_no_refusal():
    saved = person(State.ACTIVE, OPEN, status=CaptureStatus.AUTH_WALL)
    live = replace(saved, trials=(replace(saved.trials[0], from_file=False),))
    assert judge_health([*KNOWN, saved], 0, HealthLimits()).verdict is HealthVerdict.SOUND
    (reason,) = judge_health([*KNOWN, live], 0, HealthLimits()).reasons
    assert str(reason) == "the site refused 1 visit(s)"


@pytest.mark.parametrize(
    "word",
    [
        "Terminated for Cause", "Voluntarily Terminated", "TERM", "Laid off", "layoff", "Resigned", "Quit",
        "Dismissed", "Made redundant", "Left the company", "Leaver", "Retired", "Exit", "Separated", "Former",
        "end_of_contract", "No longer employed", "Uit dienst", "uit-dienst", "Ontslagen", "ontslag op eigen verzoek",
        "Contract beëindigd", "Vertrokken", "Gepensioneerd", "oud-medewerker", "Sorti", "Sortie définitive",
        "Licencié économique", "Démissionnaire", "Parti", "Fin de contrat", "Rupture conventionnelle",
        "Retraité", "Ausgeschieden", "gekündigt", "GEKÜNDIGT", "Entlassen", "Austritt 30.06.", "Vertragsende",
        "im Ruhestand", "nicht mehr beschäftigt",
    ],
)  # fmt: skip
def test_what_reads_like_leaving(word):
    assert reads_like_leaving(word)


@pytest.mark.parametrize(
    "word",
    [
        "", "Active", "On leave", "Parental Leave", "(not shown)", "Undetermined", "CDI, durée indéterminée",
        "Temps partiel", "Département nord", "Ungekündigt", "Elternzeit", "In dienst", "Verlof", "Congé parental",
        "Long-term absence", "Zzz", "Suspended", "Équipe 3",
    ],
)  # fmt: skip
def test_what_does_not_read_like_leaving(word):
    assert not reads_like_leaving(word)
