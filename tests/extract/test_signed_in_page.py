"""Signed-in pages of each generation: the owner's facts and nobody else's, nothing unseen called absent."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import date

import pytest

from auditor.app.facts import profile_facts
from auditor.extract.signed_in_page import EXTRACTOR
from auditor.model.capture import CaptureFormat
from auditor.proof.pages.signed_in import GENERATIONS, STRANGER, Job, Member, ember, mercado, page_of, sdui
from tests.pages.reading import page_capture

NOW = Job("Planner: heat - North", "Tessel Stroom", "18364207", "Mar 2021", None, "Full-time")
BEFORE = Job("Adviser (0.8 fte)", "Köster Wärme - Ostwerk", "5512", "Jan 2015", "Feb 2021")
NO_PAGE = Job("Keeper", "Bakkerij Om de Hoek", "", "2011", "2014", length="3 yrs")
GROUP = (
    replace(NOW, title="Head of Heat"),
    replace(NOW, title="Planner", started="Jun 2018", ended="Mar 2021", kind=""),
)
MEMBER = Member(jobs=((NOW,), (BEFORE,), (NO_PAGE,)))


def read(page: str, asked: str = "") -> dict:
    capture = replace(page_capture(page, asked), format=CaptureFormat.SIGNED_IN_PAGE)
    facts = profile_facts("page.html", EXTRACTOR.read(capture))
    assert STRANGER.casefold() not in json.dumps(facts, ensure_ascii=False).casefold()
    return facts


def row(job: Job, current: bool | None = None) -> dict:
    """What a right reading gives of a job."""
    return {
        "company": job.company,
        "company_page": {"kind": job.path, "slug": None, "id": job.number} if job.number else None,
        "title": job.title,
        "current": (job.ended is None) if current is None else current,
        "started": job.started,
        "ended": job.ended,
    }


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_owners_facts_are_read(generation: str):
    facts = read(page_of(MEMBER, generation))
    assert facts["page_kind"] == "profile_signed_in"
    assert (facts["slug"], facts["full_name"], facts["layout"]) == (
        "wiebe-halma-7c41",
        "Wiebe Halma",
        generation,
    )
    assert facts["headline"]["text"] == "Planner - North | ex-Lindhof, now: Tessel"
    assert facts["topcard_company"] == {"state": "present", "name": "Tessel Stroom", "page": None}
    assert facts["positions"] == [row(NOW), row(BEFORE), row(NO_PAGE)]
    assert facts["experience"] == "complete"
    assert facts["locale"] is None
    assert facts["banner"]["state"] == ("unseen" if generation == "ember" else "custom")


@pytest.mark.parametrize("generation", ["mercado", "sdui"])
def test_a_group_is_taken_apart_and_each_role_keeps_its_own_dates(generation: str):
    facts = read(page_of(replace(MEMBER, jobs=(GROUP, (BEFORE,))), generation))
    assert facts["positions"] == [row(GROUP[0]), row(GROUP[1]), row(BEFORE)]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_cut_list_is_partial_and_the_owners_edit_button_cuts_nothing(generation: str):
    assert read(page_of(replace(MEMBER, cut=True), generation))["experience"] == "partial"
    own = read(page_of(replace(MEMBER, own=True), generation))
    assert own["experience"] == "complete"
    assert own["own_profile"] is (None if generation == "sdui" else True)


def test_a_list_cut_within_a_group_is_partial():
    assert read(mercado(replace(MEMBER, jobs=(GROUP,), cut_in_group=True)))["experience"] == "partial"


@pytest.mark.parametrize("generation", GENERATIONS)
def test_what_is_not_in_the_file_is_unseen(generation: str):
    bare = replace(MEMBER, headline="", company="", banner="", listed=False)
    facts = read(page_of(bare, generation))
    assert facts["page_kind"] == "profile_signed_in"
    assert (facts["experience"], facts["positions"]) == ("unseen", [])
    assert (facts["current_companies"], facts["past_companies"]) == (None, None)
    for name in ("headline", "banner", "topcard_company"):
        assert facts[name]["state"] == "unseen"


def test_the_default_banner_is_told_by_the_containers_sign_only():
    assert read(mercado(replace(MEMBER, banner="default")))["banner"]["state"] == "default"
    assert read(sdui(replace(MEMBER, banner="default")))["banner"]["state"] == "unseen"
    for page in (mercado(MEMBER), sdui(MEMBER)):
        for source in (
            "https://static.licdn.com/sc/h/5q92mjc5c51bjlwaj3rs9aa82",
            "data:image/gif;base64,R0lG",
            "https://x.invalid/a.jpg",
        ):
            assert read(page.replace(MEMBER.banner, source))["banner"]["state"] == "unseen"
        saved = read(page.replace(MEMBER.banner, "./W%20_files/1761030018555"))["banner"]
        assert saved == {"state": "custom", "url": None, "file": "./W%20_files/1761030018555"}


def test_a_single_button_may_be_a_school():
    alone = replace(MEMBER, school="")
    assert read(mercado(alone))["topcard_company"]["name"] == "Tessel Stroom"
    assert read(mercado(replace(alone, company="Somewhere")))["topcard_company"]["state"] == "unseen"
    page = mercado(MEMBER).replace('class="x-hash text', 'class="pv-text-details__right-panel-item-link text')
    assert read(page)["topcard_company"]["state"] == "unseen"


@pytest.mark.parametrize("line", ["She/Her", ""])
def test_pronouns_and_degree_are_no_headline(line: str):
    assert read(sdui(replace(MEMBER, pronouns=line)))["headline"]["text"] == MEMBER.headline
    assert read(sdui(replace(MEMBER, pronouns=line, headline="")))["headline"]["state"] == "unseen"


_LOCALES = {
    "nl": ("mrt. 2021", "feb. 2021", "heden", "2 jaar 3 maanden", " - "),
    "fr": ("mars 2021", "févr. 2021", "aujourd’hui", "2 ans 3 mois", " - "),
    "de": ("März 2021", "Feb. 2021", "Heute", "2 Jahre 3 Monate", "–"),
    "es": ("mar. 2021", "feb. 2021", "actualidad", "2 años 3 meses", " - "),
    "it": ("mar 2021", "feb 2021", "Presente", "2 anni 3 mesi", " – "),
    "pt": ("mar de 2021", "fev de 2021", "o momento", "2 anos 3 meses", " - "),
    "pl": ("mar 2021", "lut 2021", "obecnie", "2 lata 3 mies.", " – "),
    "tr": ("Mar 2021", "Şub 2021", "halen", "2 yıl 3 ay", " - "),
    "ru": ("март 2021", "февр. 2021", "настоящее время", "2 г. 3 мес.", " – "),
    "ja": ("2021年3月", "2021年2月", "現在", "2年3ヶ月", " - "),
    "ar": ("مارس ٢٠٢١", "فبراير ٢٠٢١", "حتى الآن", "سنتان و٣ أشهر", " - "),
    "ko": ("2021년 3월", "2021년 2월", "현재", "2년 3개월", " ~ "),
}


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("locale", _LOCALES)
def test_current_and_ended_are_told_in_every_language(generation: str, locale: str):
    started, ended, present, length, separator = _LOCALES[locale]
    jobs = (
        replace(NOW, started=started, length=length, kind="x y"),
        replace(BEFORE, started="2015", ended=ended, length=length),
    )
    member = replace(MEMBER, jobs=tuple((job,) for job in jobs), present=present, separator=separator)
    assert read(page_of(member, generation))["positions"] == [row(job) for job in jobs]


@pytest.mark.parametrize(
    ("dates", "current"),
    [
        ("Mar 2021 - 2031", None),
        ("Mar 2021", None),
        ("", None),
        ("Mar 2021 - ?", None),
        ("Mar 2021 - Q3", None),
    ],
)
def test_dates_that_do_not_tell_leave_it_open(dates: str, current: bool | None):
    for page in (mercado(MEMBER), sdui(MEMBER)):
        shown = read(page.replace("Mar 2021 - Present", dates))["positions"]
        assert [one["current"] for one in shown if one["title"] == NOW.title] == [current]


def test_the_employer_is_told_from_the_kind_of_contract():
    for name, kind in (("Dot · Line", "Contract"), ("Dot · Line", ""), ("Tessel Stroom", "Tempo integral")):
        job = replace(NOW, company=name, kind=kind)
        for page in (mercado(replace(MEMBER, jobs=((job,),))), sdui(replace(MEMBER, jobs=((job,),)))):
            assert [one["company"] for one in read(page)["positions"]] == [name]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_two_profiles_or_two_owners_are_refused(generation: str):
    page = page_of(MEMBER, generation)
    other = page_of(replace(MEMBER, slug="somebody-else", name="Somebody Else"), generation)
    body = other.partition("<body>")[2].partition("</body>")[0]
    assert read(page.replace("</body>", body + "</body>"))["page_kind"] == "logged_in"
    mixed = page_of(replace(MEMBER, own=True), generation)
    contact = next(one for one in ("/overlay/contact-info/", "/detail/contact-info/") if one in mixed)
    facts = read(mixed.replace(f"{MEMBER.slug}{contact}", f"somebody-else{contact}"))
    assert (facts["page_kind"], facts["slug"], facts["full_name"]) == ("logged_in", None, None)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_only_the_owners_slug_ties_a_page_to_a_person(generation: str):
    page = page_of(MEMBER, generation)
    asked = "https://www.linkedin.com/in/Wiebe-Halma-7c41/"
    assert read(page, asked)["page_kind"] == "profile_signed_in"
    assert read(page, "https://www.linkedin.com/in/wiebe-halma/")["page_kind"] == "wrong_page"
    hidden = page.replace(MEMBER.slug, "ACoAAUt3jk8vuWLAuy9lOOH7mL5EaWqTbuZYJPf")
    assert read(hidden)["slug"] is None
    refused = read(hidden, asked)
    assert (refused["page_kind"], refused["full_name"]) == ("wrong_page", None)
    assert "a name alone is not enough" in refused["notes"][0]
    commented = f"<!-- saved from url=(0041){asked} -->{hidden}"
    assert read(commented, asked)["page_kind"] == "wrong_page"


def test_a_link_to_a_second_person_in_the_card_leaves_the_owner_unknown():
    page = mercado(MEMBER).replace("500+ connections", '<a href="/in/somebody-else/">x</a> 500+ connections')
    assert (read(page)["slug"], read(page)["page_kind"]) == (None, "profile_signed_in")


def test_an_experience_under_another_persons_key_is_not_read():
    key = "refACoAAUt3jk8vuWLAuy9lOOH7mL5EaWqTbuZYJPfExperience"
    for stranger in ("refACoAAXXXXXXXXXXXXXXXXXXXXXXXXXXExperience", "refsomebody-elseExperience"):
        assert read(sdui(MEMBER).replace(key, stranger))["experience"] == "unseen"
    assert read(sdui(MEMBER).replace(key, f"ref{MEMBER.slug}Experience"))["experience"] == "complete"


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_shell_a_list_of_its_own_and_a_guest_page_are_no_signed_in_profile(generation: str):
    page = page_of(MEMBER, generation)
    shell = re.sub(r"(<body>).*?(<code|</body>)", r"\1\2", page, flags=re.DOTALL)
    assert read(shell)["page_kind"] in ("logged_in", "wrong_page", "unreadable")
    card = re.compile(r'<section[^>]*(data-member-id|Topcard"|pv-top-card-section).*?</section>', re.DOTALL)
    assert read(card.sub("", page, count=1))["page_kind"] in ("logged_in", "wrong_page")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_hostile_and_long_texts_stay_texts(generation: str):
    texts = ('<b>"x"</b>', "'; DROP TABLE people; --", "a" * 2000, "&lt;script&gt;", "虹橋 灯台 👷🏼", "=1+1")
    for text in texts:
        job = replace(NOW, company=text, title=text)
        facts = read(
            page_of(replace(MEMBER, name=text, headline=text, company=text, jobs=((job,),)), generation)
        )
        shown = text.replace("&lt;", "<").replace("&gt;", ">") if "&lt;" in text else text
        assert facts["full_name"] == shown
        assert facts["headline"]["text"] == shown
        assert [(one["title"], one["company"]) for one in facts["positions"]] == [(shown, shown)]
    damaged = read(page_of(replace(MEMBER, headline="J\ufffdrg", name="J\ufffdrg"), generation))
    assert (damaged["full_name"], damaged["headline"]["state"]) == (None, "unseen")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_a_page_that_breaks_off_shows_less_and_nothing_wrong(generation: str):
    member = replace(MEMBER, jobs=(GROUP, (BEFORE,), (NO_PAGE,)), banner="default")
    page = page_of(member, generation)
    whole = read(page)
    for end in range(100, len(page) - 7, 97):
        facts = read(page[:end])
        if facts["page_kind"] != "profile_signed_in":
            assert (facts["slug"], facts["positions"], facts["headline"]["state"]) == (None, [], "unseen")
            continue
        for name in ("headline", "banner", "topcard_company"):
            assert facts[name] == whole[name] or facts[name]["state"] == "unseen"
        assert facts["positions"] in ([], whole["positions"])
        assert facts["experience"] == ("unseen" if not facts["positions"] else "complete")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_missing_attributes_never_make_a_fact_wrong(generation: str):
    """Any class, key or name may be gone in the next build: then something is unseen, not something else."""
    member = replace(MEMBER, jobs=(GROUP, (NOW,), (BEFORE,)))
    page, chance = page_of(member, generation), random.Random(15)
    whole = read(page)
    marks = sorted(set(re.findall(r'\s(?:class|id|componentkey|data-[\w-]+|role|aria-hidden)="[^"]*"', page)))
    rows = {json.dumps(one, sort_keys=True) for one in whole["positions"]}
    for _ in range(60):
        gone = chance.sample(marks, 2)
        changed = page
        for one in gone:
            changed = changed.replace(one, "")
        capture = replace(page_capture(changed), format=CaptureFormat.SIGNED_IN_PAGE)
        facts = profile_facts("page.html", EXTRACTOR.read(capture))
        if facts["page_kind"] != "profile_signed_in":
            continue
        for name in ("headline", "banner", "topcard_company"):
            assert facts[name] == whole[name] or facts[name]["state"] == "unseen", (gone, facts[name])
        missing = rows - {json.dumps(one, sort_keys=True) for one in facts["positions"]}
        assert not missing or facts["experience"] != "complete" or _says_less(facts, whole), (
            gone,
            facts["positions"],
        )


def _says_less(facts: dict, whole: dict) -> bool:
    """True where each role is one of the page with something of it unseen."""
    return len(facts["positions"]) == len(whole["positions"]) and all(
        seen[key] in (None, "", right[key])
        for seen, right in zip(facts["positions"], whole["positions"], strict=True)
        for key in seen
    )


def test_noise_of_many_megabytes_does_no_harm():
    for page in (mercado(MEMBER), sdui(MEMBER), ember(MEMBER)):
        noise = "<code>" + "x" * 24_000_000 + "</code></body>"
        assert read(page.replace("</body>", noise))["page_kind"] in ("profile_signed_in", "unreadable")
        assert read(page.replace("</body>", "<i>" * 40_000 + "</body>"))["page_kind"] in (
            "profile_signed_in",
            "unreadable",
        )


@pytest.mark.parametrize(
    ("length", "until"),
    [
        ("2 yrs 3 mos", date(2024, 3, 31)),  # begun in December 2021 at the latest
        ("7 mos", date(2029, 11, 30)),  # may be years
        ("سنتان و٣ أشهر", date(2025, 11, 30)),
        ("Less than a year", None),
    ],
)
@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_length_of_an_ongoing_role_tells_how_old_the_page_is(
    generation: str, length: str, until: date | None
):
    jobs = ((replace(NOW, length=length),), (replace(BEFORE, length="1 yr 1 mo"),))
    capture = page_capture(page_of(replace(MEMBER, jobs=jobs), generation))
    profile = EXTRACTOR.read(replace(capture, format=CaptureFormat.SIGNED_IN_PAGE))
    assert profile.saved_until == until


def test_a_card_under_two_keys_is_one_card_and_two_cards_in_one_are_refused():
    key = "com.linkedin.sdui.profile.card.refACoAAUt3jk8vuWLAuy9lOOH7mL5EaWqTbuZYJPfTopcard"
    both = sdui(MEMBER).replace(key, f"com.linkedin.sdui.profile.card.ref{MEMBER.slug}Topcard", 1)
    assert (read(both)["slug"], read(both)["experience"]) == (MEMBER.slug, "complete")
    card = re.search(rf'<section componentkey="{key}">.*?</section>', sdui(MEMBER), re.DOTALL)
    assert card is not None
    other = card.group().replace(MEMBER.slug, "somebody-else")
    assert read(sdui(MEMBER).replace(card.group(), card.group() + other))["page_kind"] == "logged_in"
    named = sdui(MEMBER).replace(key, "com.linkedin.sdui.profile.card.refsomebody-elseTopcard")
    assert (read(named)["page_kind"], read(named)["full_name"]) == ("logged_in", None)


def test_rows_without_a_link_are_read_and_their_employers_page_is_unseen():
    link = r'<a href="https://www.linkedin.com/(?:company/18364207|search/results/all)[^"]*">(.*?)</a>'
    page = re.sub(link, r"<div>\1</div>", sdui(MEMBER), flags=re.DOTALL)
    facts = read(page)
    assert [(one["title"], one["company"]) for one in facts["positions"]] == [
        (job.title, job.company) for job in (NOW, BEFORE, NO_PAGE)
    ]
    assert [one["company_page"] is None for one in facts["positions"]] == [True, False, True]
