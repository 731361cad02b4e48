"""Builds profile pages with the structure of each known layout, for invented people.

Layouts: `2021` and `2022` (old class names), `2022m` (the same on a telephone), `2023`, `2024`, `2026`.
"""

# ruff: noqa: E501 - lines of HTML
from __future__ import annotations

import html
import json

from auditor.proof.pages.people import Group, Person, Role

LAYOUTS = ("2021", "2022", "2022m", "2023", "2024", "2026")
_VERSIONS = {"2021": "1.9.7", "2022": "2.0.904", "2022m": "2.0.904", "2023": "2.0.1067", "2024": "2.0.2300"}
GHOST = "https://static.licdn.com/aero-v1/sc/h/cs8pjfgyw96g44ln9r7tct85f"


def esc(text: str) -> str:
    """The text as it stands in HTML."""
    return html.escape(text, quote=True)


def full_page(person: Person, layout: str, *, parts: frozenset[str] = frozenset()) -> str:
    """A page of the full shape. `parts` may leave out: experience, education, head, card, scripts."""
    card = _bare_card(person) if "card" in parts else top_card(person, layout, masked=False)
    experience = "" if "experience" in parts else experience_section(person, layout)
    education = "" if "education" in parts else _education()
    data = "" if "scripts" in parts else _linked_data(person, masked=False)
    body = f"""<main>{card}{_posts(person)}{experience}{education}{_certificates(person)}
{_volunteering(person)}</main>{_aside(person)}{_footer()}"""
    return _page(person, layout, data, body, bare_head="head" in parts)


def masked_page(person: Person, layout: str, *, listed: str | None, readable_title: bool = False) -> str:
    """A page of the masked shape. `listed` is the one employer in clear, None = masked as well."""
    section = masked_section(person, listed)
    body = f"""<main>{top_card(person, layout, masked=True)}{_posts(person)}{section}
{_volunteering(person)}</main>{_aside(person)}{_footer()}"""
    return _page(person, layout, _linked_data(person, masked=True), body)


def top_card(person: Person, layout: str, *, masked: bool) -> str:
    """The card with banner, name, headline and the one employer it names."""
    name = f'<h1 class="top-card-layout__title font-sans text-lg mb-0">{esc(person.name)}<!----></h1>'
    if layout in ("2024", "2026"):
        modal = _sign_in_modal(person, "public_profile_top-card_title-modal-id")
        name = f'<button data-modal="x" class="text-left">{name}</button>'
        name = f'<div class="contextual-sign-in-modal top-card-layout__title-modal">{name}{modal}</div>'
    headline = ""
    if person.headline is not None and not masked:
        headline = (
            '<h2 class="top-card-layout__headline break-words font-sans text-md">'
            f"\n          {esc(person.headline)}\n  </h2>"
        )
    return f"""<section class="top-card-layout container-lined overflow-hidden babybear:rounded-[0px]">
{person.banner.html or ""}<div class="top-card-layout__card relative p-2">
<div data-section="picture"><img class="top-card__profile-image top-card__profile-image--real-image"
 data-delayed-url="https://media.licdn.com/dms/image/D4D03AQx/profile-displayphoto-shrink_200_200/0/1616483289887"
 data-ghost-url="https://static.licdn.com/aero-v1/sc/h/9c8pery4andzj6ohjkjp54ma2"></div>
<div class="top-card-layout__entity-info-container"><div class="top-card-layout__entity-info">
{name}{headline}<h3 class="top-card-layout__first-subline font-sans">{_subline(person, layout)}</h3></div>
<div class="top-card-layout__entity-info"><div class="top-card__links-container">
{_card_links(person, layout)}</div></div></div></div></section>"""


def _subline(person: Person, layout: str) -> str:
    if layout == "2022m" and person.shown_employer:
        return f"""<span class="top-card__subline-item top-card__position-info"
 data-section="currentPositionsDetails">{esc(person.shown_employer.company)}</span>"""
    if layout in ("2021", "2022", "2022m", "2023"):
        return (
            '<div class="top-card__subline-item">Doornveld</div><span class="top-card__subline-item">9</span>'
        )
    return (
        '<div class="profile-info-subheader"><div class="not-first-middot"><span>Doornveld</span></div></div>'
    )


def _card_links(person: Person, layout: str) -> str:
    new = layout in ("2024", "2026")
    wrapper = "" if new else 'class="top-card__right-column-link top-card__position-info with-transition"'
    school = """<div data-section="educationsDetails"><a href="https://nl.linkedin.com/school/hogeschool-lindhof/?trk=public_profile_topcard-school"
 data-tracking-control-name="public_profile_topcard-school" data-test-id="top-card-link">
<span class="top-card-link__description line-clamp-2">Hogeschool Lindhof</span></a></div>"""
    role = person.shown_employer
    if role is None or layout == "2022m":
        return school
    text = f'<span class="top-card-link__description line-clamp-2">{esc(role.company)}<!----></span>'
    if role.link:
        text = f"""<a href="{esc(role.link.href)}" data-test-id="top-card-link" class="top-card-link"
 data-tracking-control-name="public_profile_topcard-current-company"><img data-ghost-url="{GHOST}">{text}</a>"""
    return f'<div data-section="currentPositionsDetails" {wrapper}>{text}</div>{school}'


def experience_section(person: Person, layout: str) -> str:
    """The experience list; groups carry two classes in 2023."""
    rows = "".join(
        _group(part, person, layout) if isinstance(part, Group) else _row(part, person, layout)
        for part in person.experience
    )
    return f"""<section class="core-section-container my-3 pp-section experience" data-section="experience"><!---->
<h2 class="core-section-container__title section-title">{esc(person.language.experience)}</h2>
<div class="core-section-container__content break-words"><ul class="experience__list">{rows}</ul></div></section>"""


def _group(group: Group, person: Person, layout: str) -> str:
    first = group.roles[0]
    classes = "experience-group experience-item" if layout == "2023" else "experience-group"
    header = f"""<div class="experience-group-header"><div><h4 class="experience-group-header__company">
{esc(first.company)}</h4><p class="experience-group-header__meta-item"><span class="date-range"><!---->
<span>{esc(person.language.duration)}</span></span></p></div></div>"""
    if first.link:
        header = f"""<a class="experience-group-header__url" href="{esc(first.link.href)}"
 data-tracking-control-name="public_profile_experience-group-header">{header}</a>"""
    rows = "".join(
        _row(role, person, layout, "experience-group-position", linked=group.linked_rows)
        for role in group.roles
    )
    return f'<li class="{classes}">{header}<ul class="experience-group__positions">{rows}</ul></li>'


def _row(
    role: Role, person: Person, layout: str, name: str = "experience-item", *, linked: bool = True
) -> str:
    section = "pastPositionsDetails" if layout == "2023" and role.ended else "currentPositionsDetails"
    link = role.link if linked else None
    title, company = _heading(role, layout), _subtitle(role, layout, link.href if link else "")
    logo = f'<img data-ghost-url="{GHOST}">'
    if link:
        logo = f"""<a class="profile-section-card__image-link" href="{esc(link.href)}"
 data-tracking-control-name="public_profile_experience-item_profile-section-card_image-click">{logo}</a>"""
    return f"""<li class="profile-section-card relative {name}" data-section="{section}"><!---->{logo}
<div class="pl-0.5 grow break-words">{title}{company}<div class="meta">{_dates(role, person, layout, name)}
<p class="{name}__location {name}__meta-item">Doornveld</p>
<div class="{name}__meta-item" data-section="currentPositions"><div class="show-more-less-text">
<p class="show-more-less-text__text--less">Plans a quiet morning (2010-2017) - Present</p></div></div></div></div></li>"""


def _heading(role: Role, layout: str) -> str:
    if layout in ("2024", "2026"):
        return f'<h3 class="font-semibold"><span class="experience-item__title">\n {esc(role.title)}\n </span></h3>'
    name = "result-card__title experience-item__title" if layout == "2021" else "profile-section-card__title"
    return f'<h3 class="{name}">\n {esc(role.title)}\n</h3>'


def _subtitle(role: Role, layout: str, href: str) -> str:
    new = layout in ("2024", "2026")
    text = f'<span class="experience-item__subtitle">{esc(role.company)}</span>' if new else esc(role.company)
    if href:
        text = f"""<a class="{"link-styled" if new else "profile-section-card__subtitle-link"}" href="{esc(href)}"
 data-tracking-control-name="public_profile_experience-item_profile-section-card_subtitle-click">{text}</a>"""
    name = {"2021": "result-card__subtitle", "2022": "profile-section-card__subtitle"}.get(layout[:4], "")
    name = "profile-section-card__subtitle" if layout == "2023" else name
    return f'<h4 class="{name or "text-md not-first-middot"}">\n{text}\n</h4>'


def _dates(role: Role, person: Person, layout: str, name: str) -> str:
    if role.started is None:
        return ""
    old = layout == "2021"
    first, second = ("date-range__start-date", "date-range__end-date") if old else ("", "")
    end = f'<time class="{second}">{esc(role.ended)}</time>' if role.ended else esc(person.language.present)
    length = f'<span class="before:middot date-range__duration">{esc(person.language.duration)}</span>'
    dates = f'<time class="{first}">{esc(role.started)}</time> - {end} {length}'
    if not old:
        dates = f'<span class="date-range text-color-text-secondary">{dates}</span>'
    return f'<p class="{name}__duration {name}__meta-item">{dates}</p>'


def masked_section(person: Person, listed: str | None) -> str:
    """Experience and education of the masked shape: one employer in clear at most, no dates."""
    mask = "******* ** ****"
    rows = "".join(
        f'<li class="profile-section-card"><h3>***** ****</h3><h4><p>{text}</p></h4><div>{years}</div></li>'
        for text, years in (
            (mask, ""),
            ("undefined **** *****", ""),
            ("***", '<p><span class="date-range"><time>2001</time> - <time>2004</time></span></p>'),
        )
    )
    first = esc(listed) if listed else "********* ******"
    return f"""<section class="core-section-container pp-section experience-education" data-nosnippet="true">
<h2 class="core-section-container__title">{esc(person.language.experience)}</h2>
<div class="blurred-overlay experience-education__list"><ul class="visible-list"><li class="profile-section-card">
<img data-delayed-url="https://media.licdn.com/dms/image/C4D0BAQ/company-logo_100_100/0/1/geheimwerk_logo">
<div><h3 class="font-semibold">{first}</h3><h4><p class="blur" aria-hidden="true">{mask}</p></h4></div></li></ul>
<div class="blurred-content blur" aria-hidden="true"><ul class="blurred-list" aria-hidden="true">{rows}</ul></div>
<div><h2 class="blurred_overlay__title">{esc(person.language.sign_in)}</h2></div></div></section>"""


def _page(person: Person, layout: str, data: str, body: str, *, bare_head: bool = False) -> str:
    key = "public_profile_v3_mobile" if layout == "2022m" else "public_profile_v3_desktop"
    address = f"https://{person.host}/in/{esc(person.slug)}"
    head = f"""<meta name="pageKey" content="{key}"><meta name="robots" content="noarchive">
<meta name="locale" content="{person.language.locale}"><meta id="config"
 data-app-version="{_VERSIONS.get(layout, "2.0.4565")}" data-member-id="0" data-is-bot="false">
<link rel="canonical" href="{address}"><meta property="og:url" content="{address}">
<meta property="og:type" content="profile">"""
    title = f"<title>{esc(_og_title(person))}</title>"
    return f"""<!DOCTYPE html><html lang="{person.language.lang}"><head>{"" if bare_head else head}{title}
<meta property="og:title" content="{esc(esc(_og_title(person)))}">{data}</head>
<body dir="ltr" class="overflow-hidden"><code id="i18n_username_error_empty" style="display: none"><!--"x"--></code>
{_sign_in_modal(person, "base")}{body}</body></html>"""


def _og_title(person: Person) -> str:
    employer = person.shown_employer.company if person.shown_employer else "Hogeschool Lindhof"
    return f"{person.name} - {employer} | LinkedIn"


def _sign_in_modal(person: Person, name: str) -> str:
    back = f"https%3A%2F%2F{person.host}%2Fin%2F{esc(person.slug)}"
    return f"""<div id="{name}" class="modal modal--contextual-sign-in"><section class="modal__wrapper">
<h2 class="contextual-sign-in-modal__context-screen-title">{esc(person.language.sign_in)}</h2><div class="sign-in-modal">
<form action="https://www.linkedin.com/uas/login-submit"><input name="session_key"><input type="password">
<input type="hidden" name="session_redirect" value="{back}"></form><p>Security verification</p>
<a href="https://www.linkedin.com/uas/login?fromSignIn=true&amp;session_redirect={back}">Sign in</a>
<a href="/signup/cold-join">Join now</a></div></section></div>"""


def _posts(person: Person) -> str:
    links = "".join(f'<a href="{esc(link.href)}">mentioned</a>' for link in person.strangers)
    return (
        f'<section class="activities" data-section="posts"><ul><li><h3>A post</h3>{links}</li></ul></section>'
    )


def _education() -> str:
    return """<section class="core-section-container education" data-section="educationsDetails"><ul class="education__list">
<li class="profile-section-card education__list-item"><h3><a href="https://nl.linkedin.com/school/hogeschool-lindhof/">
Hogeschool Lindhof</a></h3><span class="date-range"><time>1999</time></span></li></ul></section>"""


def _certificates(person: Person) -> str:
    links = "".join(f'<li><h4><a href="{esc(link.href)}">Issuer</a></h4></li>' for link in person.strangers)
    return f'<section class="certifications" data-section="certifications"><ul>{links}</ul></section>'


def _volunteering(person: Person) -> str:
    rows = "".join(
        f"""<li class="profile-section-card"><h3>Helper</h3><h4><a href="{esc(link.href)}"
 data-tracking-control-name="public_profile_volunteering-position_profile-section-card_subtitle-click">Stranger</a></h4>
<span class="date-range"><time>2020</time> - Present</span></li>"""
        for link in person.strangers
    )
    return f'<section class="volunteering" data-section="volunteering"><ul>{rows}</ul></section>'


def _aside(person: Person) -> str:
    """Other people beside the profile: names, headlines and employers that are not the person's."""
    cards = "".join(
        f"""<li><h3 class="base-aside-card__title">Vreemde Buur</h3><p class="base-aside-card__subtitle">
Director at Vreemdwerk</p><a href="{esc(link.href)}">Vreemdwerk</a></li>"""
        for link in person.strangers
    )
    badge = """<div class="badge-card"><h2 class="profile-badge__headline">Head at Vreemdwerk</h2>
<figure class="cover-img"><img class="cover-img__image" src="https://static.licdn.com/sc/h/5q92mjc5c51bjlwaj3rs9aa82">
</figure></div>"""
    return f'<aside class="right-rail"><ul class="browsemap">{cards}</ul>{badge}</aside>'


def _footer() -> str:
    return (
        '<footer class="li-footer"><a href="https://www.linkedin.com/company/vreemdwerk">About</a></footer>'
    )


def _linked_data(person: Person, *, masked: bool) -> str:
    """Person is not the first node; on masked pages past and current employers stand mixed."""
    author = {"@type": "Person", "name": "Vreemde Buur", "url": "https://www.linkedin.com/in/vreemde-buur"}
    employers = [
        {"@type": "Organization", "name": "***** ****" if masked and index else role.company}
        for index, role in enumerate(person.roles)
    ]
    node = {
        "@type": "Person",
        "name": person.name,
        "url": f"https://{person.host}/in/{person.slug}",
        "jobTitle": ["******* ****"] if masked else [role.title for role in person.roles],
        "worksFor": employers,
        "description": "Head at Vreemdwerk",
        "alumniOf": [{"@type": "Organization", "name": "Vreemdwerk"}],
    }
    graph = {"@context": "http://schema.org", "@graph": [{"@type": "Article", "author": author}, node]}
    return f'<script type="application/ld+json">{json.dumps(graph)}</script>'


def _bare_card(person: Person) -> str:
    """What is left of the card on a trimmed page."""
    return f'<section class="top-card"><h1 class="top-card-layout__title">{esc(person.name)}</h1></section>'
