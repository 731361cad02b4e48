import csv
from itertools import product
from pathlib import Path

import pytest

from auditor.headline.mention import HeadlineMention
from auditor.model.employee import RosterState
from auditor.model.rule import Confidence, Severity
from auditor.position.decision_table import BannerSight, decide, decision_rows, matching_rows
from auditor.position.reading import PositionState

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "hr" / "leaver_decision_table.tsv"
ALL_STATES = list(product(RosterState, PositionState, HeadlineMention, BannerSight))


def test_there_are_2184_combinations_and_each_is_matched_by_exactly_one_row():
    assert len(ALL_STATES) == 2184
    wrong = {states: rows for states in ALL_STATES if len(rows := matching_rows(states)) != 1}
    assert wrong == {}


def test_every_combination_is_decided_by_the_row_that_matches_it():
    for states in ALL_STATES:
        decision = decide(*states)
        (row,) = matching_rows(states)
        assert (decision.rule, decision.finding_code) == (row["rule"], row["finding_code"])
        assert decision.text


def test_each_finding_code_has_one_severity():
    severities = {}
    for row in decision_rows():
        severities.setdefault(row["finding_code"], set()).add(row["severity"])
    assert {code: words for code, words in severities.items() if len(words) > 1} == {}


def test_a_letter_needs_a_leaver_and_a_positive_sighting():
    sighted = {"linked", "linked_plus_other", "named", "alumni_role", "freelance_for"}
    for states in ALL_STATES:
        roster, position, headline, banner = states
        if decide(*states).letter_allowed:
            assert roster in (RosterState.LEAVER_OVERDUE, RosterState.CONTRACTOR_ENDED)
            assert position in sighted or headline == "present" or banner == "ours"


def test_nothing_unseen_becomes_a_finding_against_a_leaver():
    for banner in (BannerSight.NOTOURS, BannerSight.UNKNOWN):
        decision = decide(
            RosterState.LEAVER_OVERDUE, PositionState.NONE_VISIBLE, HeadlineMention.UNKNOWN, banner
        )
        assert (decision.severity, decision.level) == ("unverified", None)


def test_severity_words_are_taken_apart():
    linked = decide(
        RosterState.LEAVER_OVERDUE, PositionState.LINKED, HeadlineMention.NONE, BannerSight.NOTOURS
    )
    review = decide(RosterState.ACTIVE, PositionState.PAST_ONLY, HeadlineMention.PAST, BannerSight.OURS)
    conflict = decide(RosterState.CONFLICT, PositionState.NO_URL, HeadlineMention.NONE, BannerSight.OURS)
    assert (linked.level, linked.confidence, linked.letter) == (
        Severity.HIGH,
        Confidence.SURE,
        "leaver letter",
    )
    assert (review.level, review.confidence) == (Severity.MEDIUM, Confidence.REVIEW)
    assert (conflict.level, conflict.about_data) == (Severity.HIGH, True)


def test_a_weak_sighting_is_only_probable():
    states = (RosterState.LEAVER_OVERDUE, PositionState.LINKED, HeadlineMention.UNKNOWN, BannerSight.UNKNOWN)
    assert decide(*states, sure=False).confidence is Confidence.PROBABLE


def test_a_source_without_links_does_not_accuse_anybody_of_a_missing_link():
    states = (RosterState.ACTIVE, PositionState.NAMED, HeadlineMention.UNKNOWN, BannerSight.UNKNOWN)
    assert decide(*states).finding_code == "ACT_NOT_LINKED"
    assert decide(*states, link_seen=False).finding_code == "ACT_UNDATED"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is not beside the repository")
def test_the_carried_table_decides_as_the_specification():
    with SHARED.open(encoding="utf-8", newline="") as file:
        specified = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert specified == [dict(row) for row in decision_rows()]


@pytest.mark.parametrize("state", [PositionState.NAMESAKE, PositionState.SISTER])
def test_a_top_card_that_leads_elsewhere_hides_a_second_position(state):
    of_active = (RosterState.ACTIVE, state, HeadlineMention.UNKNOWN, BannerSight.UNKNOWN)
    assert decide(*of_active, sure=False).finding_code == "UNV_HIDDEN"
    assert decide(*of_active).finding_code in ("ACT_WRONG_PAGE", "ACT_SISTER_PAGE")


def test_a_leavers_top_card_of_a_sister_is_asked_about_and_of_a_namesake_closes_nothing():
    """A sister's page is a positive sighting: perhaps a transfer. A namesake's may hide ours behind it."""
    for sure in (True, False):
        states = (RosterState.LEAVER_OVERDUE, PositionState.SISTER, HeadlineMention.NONE, BannerSight.NOTOURS)
        asked = decide(*states, sure=sure)
        assert (asked.finding_code, asked.confidence) == ("LEAVER_AT_SISTER", Confidence.REVIEW)
    namesake = (
        RosterState.LEAVER_OVERDUE, PositionState.NAMESAKE, HeadlineMention.NONE, BannerSight.NOTOURS,
    )  # fmt: skip
    assert decide(*namesake).finding_code == "OK_NAMESAKE"
    assert decide(*namesake, sure=False).finding_code == "LEAVER_NOT_SEEN"
