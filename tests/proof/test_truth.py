"""The truth of whole situations, worked out by hand from the guide to the decisions."""

from dataclasses import replace

import pytest

from auditor.proof.banners import KINDS
from auditor.proof.careers import CAREERS
from auditor.proof.doors import SIGHTS, Door
from auditor.proof.firms import group_of
from auditor.proof.headlines import WORDINGS
from auditor.proof.names import FORMS
from auditor.proof.people import STANDINGS, people_of
from auditor.proof.truth import truth_of

PERSON = people_of(5, 60, group_of(5), ())[0]


def line(lines, name, **more):
    (found,) = (
        one
        for one in lines
        if getattr(one, "condition", getattr(one, "name", "")) == name
        and all(getattr(one, key) == value for key, value in more.items())
    )
    return found


def truths(door, condition, standing, career, wording="exact", banner=KINDS[0].name, form="as in the roster"):
    kind = line(KINDS, banner)
    person = replace(
        PERSON,
        firm=replace(PERSON.firm, told=True),
        sight=line(SIGHTS, condition, door=door),
        standing=line(STANDINGS, standing),
        career=line(CAREERS, career),
        wording=line(WORDINGS, wording),
        banner=kind,
        form=line(FORMS, form),
    )
    return " ".join(f"{rule[:3]}={truth}" for rule, truth in truth_of(person).items())


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        ((Door.VISITOR, "full", "in service", "linked"), "BNR=pass HDL=pass CMP=pass LVR=nothing PRF=pass"),
        # a masked page shows no headline, and only one employer
        (
            (Door.VISITOR, "masked", "in service", "behind a namesake"),
            "BNR=pass HDL=open CMP=open LVR=nothing PRF=pass",
        ),
        # a member's own data hold no picture and no link
        ((Door.EXPORT, "whole", "in service", "linked"), "BNR=open HDL=pass CMP=open LVR=nothing PRF=pass"),
        # nothing of a stranger's page is judged
        (
            (Door.VISITOR, "full", "in service", "linked", "exact", KINDS[0].name, "a stranger"),
            "BNR=open HDL=open CMP=open LVR=nothing PRF=open",
        ),
        ((Door.VISITOR, "stale", "left", "linked"), "BNR=nothing HDL=nothing CMP=nothing LVR=open PRF=open"),
        (
            (Door.VENDOR, "bright_data", "left", "behind a newer employer", "former, en"),
            "BNR=nothing HDL=nothing CMP=nothing LVR=fail PRF=pass",
        ),
        (
            (Door.EXPORT, "whole", "left", "ended here, elsewhere now", "elsewhere"),
            "BNR=nothing HDL=nothing CMP=nothing LVR=pass PRF=pass",
        ),
        # the list is clean, and the banner is still ours
        (
            (Door.VISITOR, "full", "left", "ended here, elsewhere now", "elsewhere"),
            "BNR=nothing HDL=nothing CMP=nothing LVR=fail PRF=pass",
        ),
        # the roster says that the assignment ended: the banner is a sign, whatever the list hides
        (
            (Door.VISITOR, "masked", "assignment ended", "freelance for us since", "former, en"),
            "BNR=nothing HDL=nothing CMP=nothing LVR=fail PRF=pass",
        ),
        (
            (Door.EXPORT, "without positions", "assignment ended", "freelance for us since", "former, en"),
            "BNR=nothing HDL=nothing CMP=nothing LVR=open PRF=pass",
        ),
        # a headline that names the company unclearly may be left to a person
        (
            (Door.EXPORT, "whole", "left", "ended here, elsewhere now", "freelance, en"),
            "BNR=nothing HDL=nothing CMP=nothing LVR=either PRF=pass",
        ),
        # without its link, the namesake in the top card cannot be told from us
        (
            (Door.SIGNED_IN, "list cut", "left", "a namesake's page"),
            "BNR=nothing HDL=nothing CMP=nothing LVR=open PRF=pass",
        ),
        (
            (Door.VISITOR, "full", "on leave", "linked"),
            "BNR=nothing HDL=nothing CMP=nothing LVR=nothing PRF=nothing",
        ),
    ],
)
def test_the_truth_of_a_situation(situation, expected):
    assert truths(*situation) == expected


def test_a_seed_gives_the_same_people_and_another_seed_other_firms():
    again = people_of(5, 60, group_of(5), ())
    assert again == people_of(5, 60, group_of(5), ())
    assert {firm.name for firm in group_of(5)} & {firm.name for firm in group_of(6)} == set()


def test_of_a_kind_of_situation_one_is_kept_where_rare_ones_are_to_count_like_common_ones():
    everybody = people_of(5, 2000, group_of(5), ())
    kept = people_of(5, 2000, group_of(5), (), rare=True)
    assert {one.kind for one in kept} == {one.kind for one in everybody}
    assert len({one.kind for one in kept}) == len(kept) < len(everybody)
