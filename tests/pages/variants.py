"""A seeded generator of pages with known truth: shape x layout x positions x links x banner x locale.

The truth comes from the choices, never from reading the page that was built.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from auditor.proof.pages.languages import LANGUAGES
from auditor.proof.pages.visitor import LAYOUTS, full_page, masked_page
from tests.pages import other_html as other
from tests.pages.people import (
    ABSENT_EMPLOYER,
    ABSENT_TEXT,
    NO_FACTS,
    UNSEEN_EMPLOYER,
    BannerForm,
    Group,
    Language,
    Link,
    Person,
    Role,
    company_lists,
    employer_facts,
    position_facts,
    seen,
)

_COMPANIES = (
    "Brinkveld Stroom",
    "Lindhof & Zonen",
    "Köster Wärme - Ostwerk",
    "Zonnehaven.nl",
    "Ministère des Digues",
    "O'Hazel Networks <Nord>",
    "虹橋灯台",
    "*Star Vessel",
)
_TITLES = (
    "Planner",
    "Head of Heat - North",
    "C++ & R Tinkerer",
    "Adviseur (0.8 fte)",
    "Présidente",
    "現場監督",
)
_HEADLINES = (
    "Planner at Brinkveld Stroom | Trainer",
    "Heat & Power – “quiet”  things   *soon*",
    "👷🏼‍♀️ Building dikes @ Zonnehaven.nl 🔭",
    "Director - Lindhof & Zonen - North",
    "AT&amp;T fan? No: R&D",
)
_NAMES = ("Jorrit Veldhamer", "Maj-Ottilia Brandtörp", "Siân O'Hazel", "Abílio S.", "灯 太郎")
_SLUGS = (
    ("jorrit-veldhamer-7c41e9b2", "jorrit-veldhamer-7c41e9b2"),
    ("bj%C3%B6rn-veldhamer", "björn-veldhamer"),
    ("MajBrandtorp", "majbrandtorp"),
    ("%E7%81%AF-%E5%A4%AA%E9%83%8E", "灯-太郎"),
)
_HOSTS = ("www.linkedin.com", "nl.linkedin.com", "uk.linkedin.com", "br.linkedin.com")
_STRANGERS = (
    Link("https://www.linkedin.com/company/vreemdwerk?trk=x", slug="vreemdwerk"),
    Link("https://nl.linkedin.com/company/brinkveld-stroom", slug="brinkveld-stroom"),
)
_ASSET = "https://media.licdn.com/dms/image"
_SIGNED = "e=2147483647&amp;v=beta&amp;t=abc_DEF-1"
_RECIPE = "profile-displaybackgroundimage-shrink_200_800"
_DEFAULT = "5q92mjc5c51bjlwaj3rs9aa82"


@dataclass(frozen=True)
class Variant:
    """One built page, the circumstances it came under, and the facts a right reading gives.

    `cut` marks a page that breaks off: each field may be read rightly or be unseen.
    """

    name: str
    html: str
    facts: dict[str, object]
    asked: str = ""
    final: str = ""
    status: int | None = 200
    cut: bool = False


def variants(seed: int, count: int) -> list[Variant]:
    """`count` variants; the same seed gives the same pages."""
    chance = random.Random(seed)
    return [_SHAPES[index % len(_SHAPES)](chance) for index in range(count)]


def some_person(chance: random.Random) -> Person:
    """A person with an employer in the card and a list of roles."""
    language = chance.choice(LANGUAGES)
    experience = _experience(chance, language)
    person = Person(
        slug=chance.choice(_SLUGS)[0],
        name=chance.choice(_NAMES),
        headline=chance.choice(_HEADLINES),
        banner=some_banner(chance),
        experience=experience,
        language=language,
        host=chance.choice(_HOSTS),
        strangers=_STRANGERS,
    )
    current = next((role for role in person.roles if role.current), None)
    return replace(person, shown_employer=current)


def some_banner(chance: random.Random) -> BannerForm:
    """A banner element in one of the forms seen, with the state its address proves."""
    custom = (
        f"{_ASSET}/C4D16AQ1x/{_RECIPE}/0/1565973516950?{_SIGNED}",
        f"https://media-exp1.licdn.com/dms/image/C5616AQx/{_RECIPE}/0/1565973516950?{_SIGNED}",
        f"{_ASSET}/v2/D4D16AQx/{_RECIPE}/{_RECIPE}/0/1705429386049?{_SIGNED}",
        f"{_ASSET}/v2/D5616AQx/{_RECIPE}/B56ZPeIEyHT0aT-/0/1694556353301?{_SIGNED}",
        "./Jorrit Veldhamer _ LinkedIn_files/1754413013917",
        "Jorrit%20Veldhamer%20_%20LinkedIn_files/1754413013917(1).jpg",
    )
    default = (
        f"https://static.licdn.com/aero-v1/sc/h/{_DEFAULT}",
        f"https://static-exp1.licdn.com/sc/h/{_DEFAULT}",
        f"https://static.licdn.com/sc/h/{_DEFAULT}",
        f"./Jorrit Veldhamer _ LinkedIn_files/{_DEFAULT}",
    )
    unknown = (
        f"https://static.licdn.com.vreemd.example/sc/h/{_DEFAULT}",
        f"https://vreemd.example/{_RECIPE}/0/1565973516950",
        f"{_ASSET}/v2/D4D03AQx/profile-displayphoto-shrink_200_200/0/1616483289887?{_SIGNED}",
        f"{_ASSET}/v2/D4D3DAQx/image-scale_191_1128/image-scale_191_1128/0/1642471190000/x_cover",
        "https://static.licdn.com/aero-v1/sc/h/9c8pery4andzj6ohjkjp54ma2",
        "./x_files/picture",
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
        "",
    )
    state, source = chance.choice(
        [("custom", one) for one in custom]
        + [("default", one) for one in default]
        + [("unseen", one) for one in unknown]
    )
    if chance.random() < 0.1:
        return BannerForm(None)
    delayed = chance.random() < 0.2 and source != "" and not source.startswith("data:")
    attributes = (
        f'data-delayed-url="{source}" src="data:image/gif;base64,R0lG"' if delayed else f'src="{source}"'
    )
    ghost = 'data-ghost-url="https://static.licdn.com/aero-v1/sc/h/5q92mjc5c51bjlwaj3rs9aa82"'
    html = f"""<figure class="cover-img min-h-[87px] -z-1"><!----><div class="cover-img__image-frame">
<div class="cover-img__image-position"><img class="cover-img__image relative" {attributes} {ghost} alt=""
 data-embed-id="cover-image"></div></div></figure>"""
    return BannerForm(html, state, None if state == "unseen" else source.replace("&amp;", "&"))


def _some_link(chance: random.Random, company: str) -> Link | None:
    slug = "-".join(company.casefold().replace("<", "").replace(">", "").replace("'", "").split())
    written, host = quote(slug, safe="&.-"), chance.choice(("www", "nl", "lk", "uk"))
    trk = "?trk=public_profile_experience-item"
    return chance.choice(
        (
            None,
            Link(f"https://{host}.linkedin.com/company/{written}{trk}", slug=slug),
            Link(f"https://{host}.linkedin.com/company/{written}/", slug=slug),
            Link(f"https://linkedin.com/company/{written.upper() if slug.isascii() else written}", slug=slug),
            Link("https://www.linkedin.com/company/10464352/", slug="10464352"),
            Link(f"https://{host}.linkedin.com/school/{written}/?trk=x", "school", slug),
            Link(f"https://www.linkedin.com/showcase/{written}{trk}&originalSubdomain=nl", "showcase", slug),
            Link("/company/eigen-pad?trk=x", slug="eigen-pad"),
            Link("https://www.linkedin.com.vreemd.example/company/brinkveld-stroom", slug=None),
            Link("https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fx.example", slug=None),
        )
    )


def _experience(chance: random.Random, language: Language) -> tuple[Role | Group, ...]:
    parts = [_part(chance, language) for _ in range(chance.choice((1, 1, 2, 4, 9)))]
    chance.shuffle(parts)
    return tuple(parts)


def _part(chance: random.Random, language: Language) -> Role | Group:
    company = chance.choice(_COMPANIES)
    link = _some_link(chance, company)
    if chance.random() < 0.7:
        return _role(chance, language, company, link)
    roles = tuple(_role(chance, language, company, link) for _ in range(chance.choice((2, 3))))
    return Group(roles, linked_rows=chance.random() < 0.7)


def _role(chance: random.Random, language: Language, company: str, link: Link | None) -> Role:
    start, end = (
        chance.choice((str(year), f"{chance.choice(language.months)} {year}"))
        for year in (chance.randint(1984, 2015), chance.randint(2016, 2025))
    )
    dates = chance.choice(((start, None), (start, end), (start, end), (None, None)))
    return Role(chance.choice(_TITLES), company, link, *dates)


def _full(chance: random.Random) -> Variant:
    person, layout = some_person(chance), chance.choice(LAYOUTS)
    return Variant("full", full_page(person, layout), full_facts(person, layout), _asked(person, chance))


def full_facts(person: Person, layout: str) -> dict[str, object]:
    """What a right reading gives of a full page."""
    employer: dict[str, object] = dict(ABSENT_EMPLOYER)
    if person.shown_employer:
        employer = employer_facts(person.shown_employer)
        if layout == "2022m":
            employer["page"] = None
    headline = " ".join((person.headline or "").split()).replace("&amp;", "&")
    return {
        "page_kind": "profile_full",
        "slug": dict(_SLUGS)[person.slug],
        "locale": person.language.locale,
        "banner": {"state": person.banner.state, "url": person.banner.url},
        "headline": seen(headline) if headline else ABSENT_TEXT,
        "topcard_company": employer,
        "positions": [position_facts(role) for role in person.roles],
        **company_lists(person.roles),
    }


def _full_without_headline(chance: random.Random) -> Variant:
    person, layout = replace(some_person(chance), headline=None), chance.choice(LAYOUTS)
    return Variant("no headline", full_page(person, layout), full_facts(person, layout))


def _full_with_hidden_experience(chance: random.Random) -> Variant:
    """The list is missing, which proves nothing about it; the rest of the page is as it was."""
    person, layout = some_person(chance), chance.choice(LAYOUTS)
    person = replace(person, headline=chance.choice((person.headline, None)))
    facts = full_facts(person, layout) | {"positions": [], "current_companies": None, "past_companies": None}
    page = full_page(person, layout, parts=frozenset({"experience"}))
    return Variant("hidden experience", page, facts)


def _of_unknown_shape(chance: random.Random) -> Variant:
    """Neither headline nor experience nor education: full or masked cannot be told."""
    person = replace(some_person(chance), headline=None)
    facts = full_facts(person, "2026") | {"positions": [], "current_companies": None, "past_companies": None}
    facts["headline"] = seen(None)
    if person.shown_employer is None:
        facts["topcard_company"] = UNSEEN_EMPLOYER
    page = full_page(person, "2026", parts=frozenset({"experience", "education"}))
    return Variant("unknown shape", page, facts)


def _trimmed(chance: random.Random) -> Variant:
    person, layout = some_person(chance), chance.choice(LAYOUTS)
    facts = full_facts(person, layout) | {
        "locale": None,
        "banner": NO_FACTS["banner"],
        "headline": seen(None),
        "topcard_company": UNSEEN_EMPLOYER,
    }
    return Variant("trimmed", full_page(person, layout, parts=frozenset({"head", "card"})), facts)


def _masked(chance: random.Random) -> Variant:
    person, layout = some_person(chance), chance.choice(("2024", "2026"))
    listed = chance.choice((person.roles[0].company, person.roles[0].company, None))
    if chance.random() < 0.4:
        person = replace(person, shown_employer=None)
    employer = employer_facts(person.shown_employer) if person.shown_employer else UNSEEN_EMPLOYER
    row = {
        "company": listed,
        "company_page": None,
        "title": None,
        "current": None,
        "started": None,
        "ended": None,
    }
    facts = {
        "page_kind": "profile_masked",
        "slug": dict(_SLUGS)[person.slug],
        "locale": person.language.locale,
        "banner": {"state": person.banner.state, "url": person.banner.url},
        "headline": seen(None),
        "topcard_company": employer,
        "positions": [row] if listed else [],
        "current_companies": None,
        "past_companies": None,
    }
    return Variant("masked", masked_page(person, layout, listed=listed), facts, _asked(person, chance))


def _cut(chance: random.Random) -> Variant:
    whole = chance.choice((_full, _full_without_headline, _masked, _full_with_hidden_experience))(chance)
    length = chance.randrange(0, len(whole.html) - len("</html>"))
    return replace(whole, name=f"cut {whole.name} at {length}", html=whole.html[:length], cut=True)


def _wrong_person(chance: random.Random) -> Variant:
    person = some_person(chance)
    page = chance.choice(
        (
            full_page(person, chance.choice(LAYOUTS)),
            masked_page(person, "2026", listed=person.roles[0].company),
            other.not_found(person.slug),
        )
    )
    facts = {"page_kind": "wrong_page", "slug": None, "locale": None, **NO_FACTS}
    return Variant("wrong person", page, facts, asked="https://www.linkedin.com/in/somebody-else-1/")


def _signed_in(chance: random.Random) -> Variant:
    person = some_person(chance)
    page = full_page(person, "2024")
    pages = (
        page.replace('data-member-id="0"', 'data-member-id="912345"'),
        page.replace("<html ", '<html class="theme theme--mercado" '),
        other.signed_in_theme(person.name),
        other.signed_in_rewrite(person.name),
        other.signed_in_data(person.name),
    )
    facts = {"page_kind": "logged_in", "slug": None, "locale": None, **NO_FACTS}
    return Variant("signed in", chance.choice(pages), facts)


def _elsewhere(chance: random.Random) -> Variant:
    """A page in the profile's place, by its structure, its final address or its status."""
    asked = "https://nl.linkedin.com/in/jorrit-veldhamer-7c41e9b2?trk=x"
    page = full_page(some_person(chance), "2024")
    kind, html, slug, locale, final, status = chance.choice(
        (
            (
                "not_found",
                other.not_found("Jorrit-Veldhamer-7c41e9b2"),
                "jorrit-veldhamer-7c41e9b2",
                "nl_NL",
                "",
                404,
            ),
            ("not_found", "", None, None, "", 404),
            ("unreadable", "", None, None, "https://www.linkedin.com/feed/", 404),
            ("auth_wall", other.auth_wall(), None, "en_US", "", 200),
            ("auth_wall", other.proxy_page(), None, None, "https://www.linkedin.com/authwall?trk=bf", 200),
            ("throttled_999", other.script_stub(), None, None, "", 200),
            ("throttled_999", other.refresh_stub(), None, None, "", None),
            ("throttled_999", other.script_stub(), None, None, "", 999),
            ("throttled_999", "", None, None, "", 429),
            ("unreadable", other.proxy_page(), None, None, "", 503),
            ("unreadable", "", None, None, "", 200),
            ("wrong_page", other.guest_home(), None, "en_US", "", 200),
            ("wrong_page", other.job_page(), None, None, "", 200),
            ("wrong_page", other.proxy_page(), None, None, "", 200),
            (
                "wrong_page",
                page,
                None,
                None,
                "https://portal.vreemd.example/in/jorrit-veldhamer-7c41e9b2",
                200,
            ),
            (
                "company_page",
                other.organisation("company", "brinkveld-stroom", "Brink"),
                "brinkveld-stroom",
                "en_US",
                "",
                200,
            ),
            ("company_page", other.organisation("school", "lindhof", "Lindhof"), "lindhof", "en_US", "", 200),
            ("login", other.sign_in(), None, None, "", 200),
            (
                "login",
                other.proxy_page(),
                None,
                None,
                "https://www.linkedin.com/uas/login?session_redirect=x",
                200,
            ),
            ("challenge", other.checkpoint(), None, None, "", 200),
            (
                "challenge",
                other.proxy_page(),
                None,
                None,
                "https://www.linkedin.com/checkpoint/challenge/A",
                200,
            ),
        )
    )
    facts = {"page_kind": kind, "slug": slug, "locale": locale, **NO_FACTS}
    if "portal" in final:
        del facts["locale"]
    return Variant(f"elsewhere: {kind}", html, facts, asked, final, status)


def _asked(person: Person, chance: random.Random) -> str:
    written, slug = person.slug, dict(_SLUGS)[person.slug]
    forms = (
        "",
        f"https://www.linkedin.com/in/{written}",
        f"http://fr.linkedin.com/in/{quote(slug)}/?originalSubdomain=fr",
        f"https://www.linkedin.com/in/{written.lower()}/en",
        f"https://www.linkedin.com/in/{slug.upper() if slug.isascii() else slug}/",
        f"https://www.linkedin.com/authwall?trk=bf&sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fin%2F{quote(written)}",
        "https://www.linkedin.com/in/ACoAAAbcdefghijk",
    )
    return chance.choice(forms)


_SHAPES: tuple[Callable[[random.Random], Variant], ...] = (
    _full,
    _masked,
    _full,
    _cut,
    _full_without_headline,
    _masked,
    _full_with_hidden_experience,
    _of_unknown_shape,
    _trimmed,
    _cut,
    _wrong_person,
    _signed_in,
    _elsewhere,
)
