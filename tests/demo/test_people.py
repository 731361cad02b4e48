from collections import Counter

import pytest

from auditor.cli.main import run_program
from auditor.demo.cases import CAST, Address, Banner, Headline, Shape, Work
from auditor.demo.firms import FIRMS
from auditor.demo.pages.profile import shown_name
from auditor.demo.people import LARGEST, SMALLEST, Person, invent
from auditor.demo.truth import BANNER, COMPANY, HEADLINE, LEAVER
from auditor.model.employee import GONE, NEVER_OPENED, RosterState


def test_the_smallest_company_shows_every_situation() -> None:
    people = invent(SMALLEST, 1)
    assert len(people) == SMALLEST
    assert {person.case.name for person in people} == {case.name for case in CAST}
    assert {person.firm for person in people} == set(FIRMS)
    assert {person.language for person in people} == {"en", "nl", "fr", "de"}
    for kind, attribute in (
        (Shape, "shape"),
        (Banner, "banner"),
        (Headline, "headline"),
        (Work, "work"),
        (Address, "address"),
    ):
        assert {getattr(person.case, attribute) for person in people} == set(kind)
    full = [person for person in people if person.case.shape is Shape.FULL]
    assert Counter(person.new_layout for person in full)[True] > 10
    assert Counter(person.new_layout for person in full)[False] > 10


@pytest.mark.parametrize("count", [0, 12, SMALLEST - 1, LARGEST + 1])
def test_there_are_neither_too_few_people_for_the_situations_nor_too_many_to_look_at(count) -> None:
    with pytest.raises(ValueError, match="has 60 to 20000 people"):
        invent(count, 1)


@pytest.mark.parametrize("count", ["0", "12", str(SMALLEST - 1), str(LARGEST + 1)])
def test_the_command_and_its_help_name_the_same_bounds(count, capsys) -> None:
    assert run_program(["demo", "--people", count]) == 2
    assert "60<=x<=20000" in capsys.readouterr().err
    run_program(["demo", "--help"])
    assert "60<=x<=20000" in capsys.readouterr().out


def test_the_truth_speaks_only_of_rules_that_concern_the_person() -> None:
    for case in CAST:
        said = {rule for rule, expected in case.truth.items() if expected.outcome != "not_applicable"}
        if case.state is RosterState.ACTIVE:
            assert said == {BANNER, HEADLINE, COMPANY}
        elif case.state in GONE:
            assert said <= {LEAVER}
        else:
            assert said == set()


def test_nobody_who_is_not_asked_for_is_found_wanting() -> None:
    for case in CAST:
        unseen = (
            case.state in NEVER_OPENED or case.shape is Shape.NOT_FOUND or case.address is not Address.GIVEN
        )
        if unseen:
            assert not any(expected.is_finding for expected in case.truth.values()), case.name


def test_headlines_nobody_sees_are_never_judged() -> None:
    for case in CAST:
        if case.shape in (Shape.MASKED, Shape.MASKED_BARE) and case.state is RosterState.ACTIVE:
            assert case.truth[HEADLINE].outcome == "undetermined"


def test_the_same_seed_invents_the_same_people_and_another_seed_others() -> None:
    assert invent(200, 5) == invent(200, 5)
    assert [p.name for p in invent(200, 5)] != [p.name for p in invent(200, 6)]


def test_twenty_thousand_people_differ_in_number_name_and_mail() -> None:
    people = invent(LARGEST, 3)
    for attribute in ("number", "name", "mail"):
        assert len({getattr(person, attribute) for person in people}) == 20_000
    copies = [person for person in people if person.case.address is Address.COPIED]
    assert len({person.slug for person in people}) == 20_000 - len(copies)
    assert sum(person.case.slow for person in people) == 1


def test_the_shared_address_is_shared_by_exactly_two(people: tuple[Person, ...]) -> None:
    shared = [slug for slug, count in Counter(person.slug for person in people).items() if count > 1]
    pair = [person.case.name for person in people if person.slug in shared]
    assert pair == ["shared_address", "shared_address_copy"]


def test_a_strangers_page_bears_no_part_of_the_persons_name(people: tuple[Person, ...]) -> None:
    strangers = [person for person in people if person.case.stranger]
    assert strangers
    for person in strangers:
        words = set(person.name.casefold().replace("-", " ").split())
        assert not words & set(shown_name(person).casefold().replace("-", " ").split())
