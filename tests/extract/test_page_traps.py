"""Each known trap of the pages, as one small page with the facts a right reading gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.extract.page import read_page
from auditor.proof.pages.visitor import LAYOUTS, full_page, masked_page
from tests.pages import other_html as other
from tests.pages.people import BannerForm, Group, Link, Person, Role
from tests.pages.reading import facts_of, page_capture
from tests.pages.variants import LANGUAGES

OWN = Link(
    "https://nl.linkedin.com/company/brinkveld-stroom?trk=public_profile_topcard", slug="brinkveld-stroom"
)
SCHOOL = Link("https://www.linkedin.com/school/lindhof/?trk=x", "school", "lindhof")
STRANGER = Link("https://www.linkedin.com/company/vreemdwerk", slug="vreemdwerk")
NOW = Role("Planner", "Brinkveld Stroom", OWN, "Sep 2020")
ENDED = Role("Trainee", "Brinkveld Stroom", OWN, "2018", "Aug 2020")
DEFAULT_ID = "5q92mjc5c51bjlwaj3rs9aa82"


def cover(source: str) -> BannerForm:
    image = f'<img class="cover-img__image" data-embed-id="cover-image" src="{source}">'
    return BannerForm(f'<figure class="cover-img">{image}</figure>')


PERSON = Person(
    slug="jorrit-veldhamer-7c41e9b2",
    name="Jorrit Veldhamer",
    headline="Heat & power for towns",
    banner=cover(f"https://static.licdn.com/aero-v1/sc/h/{DEFAULT_ID}"),
    experience=(NOW,),
    language=LANGUAGES[0],
    shown_employer=NOW,
)


def read(person: Person, layout: str = "2024") -> dict:
    return facts_of(full_page(person, layout))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_section_name_of_a_row_does_not_make_it_current(layout: str):
    facts = read(replace(PERSON, experience=(ENDED,)), layout)
    assert [(row["current"], row["started"], row["ended"]) for row in facts["positions"]] == [
        (False, "2018", "Aug 2020")
    ]
    assert facts["current_companies"] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_group_gives_its_roles_and_not_its_header(layout: str):
    facts = read(
        replace(PERSON, experience=(Group((ENDED, NOW)), Group((ENDED,), linked_rows=False))), layout
    )
    assert [row["current"] for row in facts["positions"]] == [False, True, False]
    assert {row["company_page"]["slug"] for row in facts["positions"]} == {"brinkveld-stroom"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_employer_without_a_page_is_plain_text(layout: str):
    alone = replace(NOW, link=None)
    profile = read_page(
        page_capture(full_page(replace(PERSON, experience=(alone,), shown_employer=alone), layout))
    )
    assert type(profile.positions.value[0].company_page).__name__ == "Absent"
    assert profile.topcard_company.value.name == "Brinkveld Stroom"
    # on a telephone the card carries no links at all, which proves nothing
    wanted = "Unseen" if layout == "2022m" else "Absent"
    assert type(profile.topcard_company.value.page).__name__ == wanted


def test_links_of_strangers_do_not_count():
    facts = read(
        replace(PERSON, experience=(replace(NOW, link=None),), shown_employer=None, strangers=(STRANGER, OWN))
    )
    assert facts["topcard_company"] == {"state": "absent", "name": None, "page": None}
    assert facts["current_companies"] == [{"name": "Brinkveld Stroom", "page": None}]


def test_a_full_page_without_headline_has_none_and_its_title_is_no_headline():
    page = full_page(replace(PERSON, headline=None), "2024")
    assert "Jorrit Veldhamer - Brinkveld Stroom" in page
    assert facts_of(page)["headline"] == {"state": "absent", "text": None}


def test_a_renamed_headline_element_is_not_a_missing_headline():
    page = full_page(PERSON, "2024").replace("top-card-layout__headline", "top-card-layout__tagline")
    assert facts_of(page)["headline"] == {"state": "unseen", "text": None}


def test_a_masked_page_shows_no_headline_no_titles_and_no_dates():
    masked_person = replace(PERSON, experience=(NOW, ENDED, replace(ENDED, company="Geheimwerk")))
    facts = facts_of(masked_page(masked_person, "2026", listed="Brinkveld Stroom"))
    assert facts["page_kind"] == "profile_masked"
    assert facts["headline"] == {"state": "unseen", "text": None}
    assert facts["positions"] == [
        {
            "company": "Brinkveld Stroom",
            "company_page": None,
            "title": None,
            "current": None,
            "started": None,
            "ended": None,
        }
    ]
    assert (facts["current_companies"], facts["past_companies"]) == (None, None)
    assert facts["topcard_company"]["page"] == {"kind": "company", "slug": "brinkveld-stroom"}


def test_a_masked_page_without_a_link_in_the_card_proves_nothing():
    facts = facts_of(masked_page(replace(PERSON, shown_employer=None), "2024", listed="Brinkveld Stroom"))
    assert facts["topcard_company"]["state"] == "unseen"


@pytest.mark.parametrize("mask", ["***** ****", "undefined *** *****", "** - ***, *****", "undefined", "   "])
def test_a_mask_is_not_a_name(mask: str):
    hidden = replace(NOW, company=mask, title=mask)
    facts = read(
        replace(PERSON, experience=(hidden, ENDED), shown_employer=hidden, headline=mask.strip() or "**")
    )
    assert facts["topcard_company"] == {"state": "unseen", "name": None, "page": None}
    assert facts["headline"]["state"] == "unseen"
    assert [row["company"] for row in facts["positions"]] == ["Brinkveld Stroom"]


@pytest.mark.parametrize(
    "text", ["C* developer * trainer", "* Brinkveld *", "👷🏼‍♀️🔭", "undefined behaviour hunter"]
)
def test_real_text_may_hold_single_asterisks(text: str):
    assert read(replace(PERSON, headline=text))["headline"] == {"state": "present", "text": text}


def test_rows_without_dates_are_neither_current_nor_past():
    facts = read(replace(PERSON, experience=(replace(NOW, started=None),)))
    assert facts["positions"][0]["current"] is None
    assert (facts["current_companies"], facts["past_companies"]) == (None, None)


@pytest.mark.parametrize(
    ("source", "state"),
    [
        (f"https://static-exp1.licdn.com/sc/h/{DEFAULT_ID}", "default"),
        (f"https://static.licdn.com/sc/h/{DEFAULT_ID}", "default"),
        (f"https://static.licdn.com.vreemd.example/sc/h/{DEFAULT_ID}", "unseen"),
        (f"./Jorrit Veldhamer _ LinkedIn_files/{DEFAULT_ID}(1)", "default"),
        ("./Jorrit Veldhamer _ LinkedIn_files/1754413013917", "custom"),
        ("./Jorrit Veldhamer _ LinkedIn_files/saved_resource", "unseen"),
        (
            "https://media.licdn.com/dms/image/C4D16AQx/profile-displaybackgroundimage-shrink_200_800/0/1?e=1",
            "custom",
        ),
        ("https://media.licdn.com/dms/image/D4D03AQx/profile-displayphoto-shrink_200_200/0/1?e=1", "unseen"),
        ("", "unseen"),
    ],
)
def test_the_banner_is_told_by_its_address(source: str, state: str):
    assert read(replace(PERSON, banner=cover(source)))["banner"]["state"] == state


def test_no_place_for_a_banner_is_not_the_default_banner():
    assert read(replace(PERSON, banner=BannerForm(None)))["banner"] == {"state": "unseen", "url": None}


def test_an_escaped_address_is_given_plain():
    source = "https://media.licdn.com/dms/image/v2/D4D16AQx/profile-displaybackgroundimage-shrink_200_800/B56Z/0/1?e=2"
    banner = read(replace(PERSON, banner=cover(source + "&amp;v=beta&amp;amp;t=x")))["banner"]
    assert banner["url"] == source + "&v=beta&t=x"


def test_a_cut_family_name_is_read_as_shown():
    assert (
        read_page(page_capture(full_page(replace(PERSON, name="Jorrit V."), "2026"))).full_name.value
        == "Jorrit V."
    )


def test_a_trimmed_page_proves_nothing_about_what_was_trimmed():
    facts = facts_of(full_page(PERSON, "2026", parts=frozenset({"head", "card"})))
    assert [facts[key]["state"] for key in ("banner", "headline", "topcard_company")] == ["unseen"] * 3
    assert facts["slug"] == PERSON.slug


def test_a_page_that_hides_a_part_proves_no_absence():
    section = '<section class="experience-education"><ul class="blurred-list"></ul></section></main>'
    page = full_page(replace(PERSON, headline=None, shown_employer=None), "2026").replace("</main>", section)
    facts = facts_of(page)
    assert (facts["headline"]["state"], facts["topcard_company"]["state"]) == ("unseen", "unseen")


@pytest.mark.parametrize(("layout", "state"), [("2022", "absent"), ("2024", "unseen"), ("2026", "unseen")])
def test_a_page_without_sections_proves_absence_only_before_masks_existed(layout: str, state: str):
    empty = frozenset({"experience", "education"})
    facts = facts_of(full_page(replace(PERSON, headline=None, shown_employer=None), layout, parts=empty))
    assert (facts["headline"]["state"], facts["topcard_company"]["state"]) == (state, state)
    assert (facts["positions"], facts["current_companies"]) == ([], None)


def test_a_separate_education_section_belongs_to_the_full_shape_only():
    bare = replace(PERSON, headline=None, shown_employer=None)
    facts = facts_of(full_page(bare, "2026", parts=frozenset({"experience"})))
    assert (facts["headline"]["state"], facts["topcard_company"]["state"]) == ("absent", "absent")


def test_a_page_that_names_nobody_is_judged_by_its_final_address():
    page = full_page(PERSON, "2026", parts=frozenset({"head", "card", "scripts"}))
    asked, other_address = (f"https://www.linkedin.com/in/{slug}/" for slug in (PERSON.slug, "vreemde-buur"))
    assert facts_of(page, asked, asked)["page_kind"] == "profile_full"
    assert facts_of(page, asked, other_address)["page_kind"] == "wrong_page"
    unnamed = read_page(page_capture(page, asked))
    assert (unnamed.slug, unnamed.notes) == (None, ("the page does not say whose it is",))


def test_linked_data_of_two_people_names_nobody():
    page = full_page(PERSON, "2026", parts=frozenset({"head", "card"}))
    second = (
        '{"@type": "Person", "url": "https://www.linkedin.com/in/vreemde-buur"}, {"@type": "Person", "name"'
    )
    assert facts_of(page)["slug"] == PERSON.slug
    assert facts_of(page.replace('{"@type": "Person", "name": "Jorrit', f'{second}: "Jorrit'))["slug"] is None


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (other.not_found("jorrit-veldhamer-7c41e9b2"), "not_found"),
        (other.script_stub(), "throttled_999"),
        (other.refresh_stub(), "throttled_999"),
        (other.guest_home(), "wrong_page"),
        (other.job_page(), "wrong_page"),
        (other.auth_wall(), "auth_wall"),
        (other.sign_in(), "login"),
        (other.checkpoint(), "challenge"),
        (other.organisation("showcase", "brinkveld-labs", "Brinkveld Labs"), "company_page"),
        (other.proxy_page(), "wrong_page"),
        ("", "unreadable"),
        ("\x89PNG\r\n\x1a\n" + "\0\x01" * 900, "unreadable"),
    ],
)
def test_a_page_in_the_profiles_place_shows_nothing_of_the_person(page: str, kind: str):
    facts = facts_of(page, asked="https://www.linkedin.com/in/jorrit-veldhamer-7c41e9b2/", status=200)
    assert facts["page_kind"] == kind
    assert [facts[key]["state"] for key in ("banner", "headline", "topcard_company")] == ["unseen"] * 3
    assert (facts["positions"], facts["current_companies"]) == ([], None)


@pytest.mark.parametrize(
    "page",
    [
        full_page(PERSON, "2024").replace('data-member-id="0"', 'data-member-id="77123"'),
        other.signed_in_theme("Jorrit Veldhamer"),
        other.signed_in_rewrite("Jorrit Veldhamer"),
        other.signed_in_data("Jorrit Veldhamer"),
    ],
)
def test_nothing_of_a_signed_in_page_is_kept(page: str):
    profile = read_page(page_capture(page))
    assert profile.page_kind == "logged_in"
    assert "Veldhamer" not in repr(profile)
    assert "Heat" not in repr(profile)


def test_the_final_address_decides_before_the_status_and_the_page():
    page = full_page(PERSON, "2024")
    wall = facts_of(page, final="https://www.linkedin.com/authwall?trk=bf&sessionRedirect=x", status=999)
    assert wall["page_kind"] == "auth_wall"
    assert facts_of(page, status=999)["page_kind"] == "throttled_999"
    assert facts_of(page, status=500)["page_kind"] == "unreadable"


@pytest.mark.parametrize(("status", "kind"), [(404, "not_found"), (410, "not_found"), (403, "unreadable")])
def test_a_bare_answer(status: int, kind: str):
    asked = "https://www.linkedin.com/in/jorrit-veldhamer-7c41e9b2/"
    assert facts_of("", asked, asked, status)["page_kind"] == kind
    assert facts_of("", asked, "https://www.linkedin.com/feed/", status)["page_kind"] == "unreadable"


@pytest.mark.parametrize(
    "asked",
    [
        "https://uk.linkedin.com/in/Jorrit-Veldhamer-7C41E9B2/en?trk=x",
        "http://linkedin.com/in/jorrit%2Dveldhamer-7c41e9b2#about",
        "https://www.linkedin.com/in/jorrit%252Dveldhamer-7c41e9b2/",
        "https://www.linkedin.com/in/ACoAAAbcdefghijk/",
        "",
        "http://[broken",
    ],
)
def test_the_same_person_under_another_address(asked: str):
    assert facts_of(full_page(PERSON, "2024"), asked)["page_kind"] == "profile_full"
