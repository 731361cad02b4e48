"""Who carries what is asked, of those who could be judged; not seen is never counted as missing."""

from __future__ import annotations

from dataclasses import replace

from auditor.findings.adoption import adoption_answers, count_adoption, count_banners
from auditor.model.employee import RosterState
from auditor.model.report import RunFacts
from auditor.model.rule import Criterion, NotApplicable, Outcome, Passed
from auditor.reports.codes import RuleBook
from auditor.store.codec import decode, encode
from tests.reports.adopting import AUTUMN, OTHER_BANNER, SUMMER, UNSEEN, WALLED, carrying
from tests.reports.invented import RULES, WRONG_HEADLINE, examined, person, report

ABOUT = RuleBook(RULES).about
NO_REFERENCE = NotApplicable("NO_REFERENCE", "the policy holds no banner for this entity and day")


def test_each_of_the_staff_is_judged_or_counted_as_not_seen() -> None:
    people = [
        carrying(1),
        carrying(2, OTHER_BANNER, WRONG_HEADLINE),
        carrying(3, UNSEEN),
        carrying(4, WALLED, WALLED, WALLED, entity="Zuiderzon BV"),
        examined(person("5", RosterState.LONG_LEAVE)),
        examined(person("6", RosterState.LEAVER_OVERDUE)),
        examined(person("7", RosterState.EXCLUDED, entity="")),
    ]
    overall, by_entity = count_adoption(adoption_answers(people, ABOUT))
    assert overall == {
        "banner_people": 5, "banner_judged": 2, "banner_passed": 1,
        "headline_people": 5, "headline_judged": 3, "headline_passed": 2,
        "company_link_people": 5, "company_link_judged": 3, "company_link_passed": 3,
    }  # fmt: skip
    assert by_entity["Zuiderzon BV"]["banner_people"] == 1
    assert by_entity["Zuiderzon BV"]["banner_judged"] == 0
    assert set(by_entity) == {"Noordlicht NV", "Zuiderzon BV"}


def test_people_without_an_entity_are_counted_by_themselves_and_among_all() -> None:
    overall, by_entity = count_adoption(adoption_answers([carrying(1, entity=""), carrying(2)], ABOUT))
    assert (overall["banner_people"], by_entity[""]["banner_people"]) == (2, 1)


def test_what_the_policy_does_not_ask_gives_no_answer() -> None:
    two = [carrying(1, NO_REFERENCE), carrying(2, NO_REFERENCE)]
    asked = {one.criterion for one in adoption_answers(two, ABOUT)}
    assert asked == {Criterion.HEADLINE, Criterion.COMPANY_LINK}
    other = carrying(3, entity="Zuiderzon BV")
    counts = count_adoption(adoption_answers([*two, other], ABOUT))[1]
    assert "banner_people" not in counts["Noordlicht NV"]


def test_of_two_rules_about_one_thing_one_that_fails_is_enough() -> None:
    def about(rule: str) -> Criterion:
        return Criterion.BANNER if rule in ("BNR001", "XYZ001") else Criterion.OTHER

    def outcome(first: Outcome, second: Outcome) -> str:
        one = examined(person(), {"BNR001": first, "XYZ001": second})
        (answer,) = adoption_answers([one], about)
        return answer.outcome

    assert outcome(AUTUMN, OTHER_BANNER) == "failed"
    assert outcome(AUTUMN, UNSEEN) == "undetermined"
    assert outcome(AUTUMN, Passed("OK")) == "passed"


def test_banners_are_counted_by_name() -> None:
    people = [carrying(1), carrying(2), carrying(3, SUMMER), carrying(4, OTHER_BANNER)]
    assert count_banners(adoption_answers(people, ABOUT)) == {
        "Noordlicht NV": {"Autumn 2026": 2, "Summer 2026": 1}
    }


def test_a_stored_run_of_a_version_that_counted_nothing_is_still_read() -> None:
    content = encode(report().run)
    assert content.pop("banner_counts") is None
    assert decode(content, RunFacts).banner_counts is None
    counted = replace(report().run, banner_counts={"A": {"Autumn 2026": 2}})
    assert decode(encode(counted), RunFacts) == counted
