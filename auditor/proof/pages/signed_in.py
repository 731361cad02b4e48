# ruff: noqa: E501 - pages are wide
"""Invented profile pages as a signed-in viewer saw them, in the structure of three generations.

Round the profile stands what such pages show besides: the viewer, other people, followed companies. All of
it bears STRANGER or a number of its own, so that a test can look for it in what was read.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, replace
from html import escape as esc

STRANGER = "Vreemdeling"
#: the audited company's number, which the viewer works for and the owner may follow
NOISE_NUMBER = "18364207"
GENERATIONS = ("ember", "mercado", "sdui")


@dataclass(frozen=True)
class Job:
    """One role. `ended` None: goes on; `number` "": an employer without a page."""

    title: str
    company: str
    number: str
    started: str
    ended: str | None
    kind: str = ""
    length: str = "2 yrs 3 mos"
    path: str = "company"


@dataclass(frozen=True)
class Member:
    """What stands on the page. Several jobs in one tuple of `jobs` are a group."""

    slug: str = "wiebe-halma-7c41"
    name: str = "Wiebe Halma"
    headline: str = "Planner - North | ex-Lindhof, now: Tessel"
    jobs: tuple[tuple[Job, ...], ...] = ()
    #: the top card's employer and school
    company: str = "Tessel Stroom"
    school: str = "Hogeschool Lindhof"
    #: the address of the cover's picture; "default": the sign of none; "": neither
    banner: str = (
        "https://media.licdn.com/dms/image/v2/C4D16AQ/profile-displaybackgroundimage-shrink_350_1400/0/1?e=9"
    )
    own: bool = False
    cut: bool = False
    cut_in_group: bool = False
    listed: bool = True
    present: str = "Present"
    separator: str = " - "
    pronouns: str = ""

    def dates(self, job: Job, separator: str = "") -> str:
        """The dates as the page writes them."""
        return f"{job.started}{separator or self.separator}{job.ended or self.present}"


def page_of(member: Member, generation: str) -> str:
    """The whole page."""
    return {"ember": ember, "mercado": mercado, "sdui": sdui}[generation](member)


def link_of(job: Job, *, relative: bool = False) -> str:
    """Where a row leads: to the organisation's number, or to a search for its name."""
    base = "" if relative else "https://www.linkedin.com"
    if job.number:
        return f"{base}/{job.path}/{job.number}/"
    return f"{base}/search/results/all/?keywords={html.escape(job.company).replace(' ', '+')}"


def _viewer() -> str:
    me = {"plainId": 1, "*miniProfile": "urn:li:x"}
    mini = {
        "firstName": STRANGER,
        "occupation": f"{STRANGER} at Tessel Stroom",
        "publicIdentifier": f"{STRANGER}-viewer",
        "backgroundImage": {"rootUrl": "https://media.licdn.com/x/profile-displaybackgroundimage-shrink_"},
        "$type": "com.linkedin.voyager.identity.shared.MiniProfile",
        "markup": f'<section data-member-id="3"><h1>{STRANGER}</h1></section>',
    }
    body = esc(json.dumps({"data": me, "included": [mini]}), quote=False)
    return f'<code style="display: none" id="bpr-guid-1">{body}</code><code id="clientPageInstance">urn:li:page:d_flagship3_feed</code>'


def mercado(member: Member) -> str:
    """The second generation."""
    others = "" if member.own else " pv-top-card__non-self-photo-wrapper"
    edit = f'<a href="/in/{member.slug}/edit/intro/?x=1"><button>Edit</button></a>' if member.own else ""
    image = f'<img id="profile-background-image-target-image" class="h4sh" alt="Cover" src="{esc(member.banner)}">'
    cover = {"": "<div class='profile-background-image'></div>"}.get(
        member.banner, f'<div class="profile-background-image">{image}</div>'
    )
    if member.banner == "default":
        cover = '<div class="profile-background-image profile-background-image--default"></div>'
    buttons = "".join(
        f'<li class="h4sh"><button aria-label="{esc(f"{label}: {name}. Skip")}" class="x-hash text-align-left"><img src="data:image/gif;base64,R0lG" alt="">'
        f'<span class="k hoverable-link-text"><div>\n {esc(name)}\n </div></span></button></li>'
        for label, name in (("Current company", member.company), ("Education", member.school))
        if name
    )
    head = (
        f'<div class="text-body-medium break-words" data-generated-suggestion-target="urn:li:x">\n{esc(member.headline)}\n</div>'
        if member.headline
        else ""
    )
    card = f"""<section class="artdeco-card q9" data-member-id="77120351">{cover}<div class="photo{others}">
<img alt="{esc(member.name)}, #OPEN_TO_WORK" src="data:image/gif;base64,R0lGODlhAQ"></div>{edit}
<a href="/in/{member.slug}/overlay/about-this-profile/"><h1 class="inline t-24">{esc(member.name)}</h1></a>
<span class="distance-badge"><span class="visually-hidden">2nd degree</span><span aria-hidden="true">2nd</span></span>{head}
<ul class="pv-text-details__right-panel">{buttons}</ul><span class="text-body-small inline">Place {STRANGER}</span>
<a href="/in/{member.slug}/overlay/contact-info/" id="top-card-text-details-contact-info">Contact info</a>
<ul><li class="text-body-small">500+ connections {STRANGER}</li></ul></section>"""
    rows = "".join(
        f'<li class="artdeco-list__item">{_mercado_row(member, group)}</li>' for group in member.jobs
    )
    more = ""
    if member.cut:
        more = f'<a id="navigation-index-see-all-experiences" href="https://www.linkedin.com/in/{member.slug}/details/experience?x">Show all 12</a>'
    elif member.own:
        more = f'<a id="navigation-index-edit-position" href="https://www.linkedin.com/in/{member.slug}/details/experience?x">Edit</a>'
    listed = _card("experience", f"<ul>{rows}</ul>{more}") if member.listed else ""
    stranger = Job(f"{STRANGER} helper", STRANGER, NOISE_NUMBER, "Jan 2020", None)
    other = _mercado_row(member, (stranger,))
    return f"""<!DOCTYPE html><html lang="xx" class="theme theme--mercado"><head><title>(19) {esc(member.name)} | LinkedIn</title></head>
<body><header id="global-nav" class="global-nav"><img class="global-nav__me-photo" alt="{STRANGER}"></header>
<main class="scaffold-layout__main">{card}
{_card("highlights", f"<div>You both worked at Tessel Stroom {STRANGER}</div>")}{listed}
{_card("education", other)}{_card("volunteering_experience", other)}
{_card("interests", f'<a href="https://www.linkedin.com/company/{NOISE_NUMBER}/">{STRANGER}</a>')}
{_card("browsemap_recommendation", other)}</main>
<aside class="scaffold-layout__aside"><section data-view-name="profile-card"><div id="x"></div><a href="/in/{STRANGER}-1/"><h2>{STRANGER}</h2></a>
<div class="text-body-medium break-words">Head at Tessel Stroom {STRANGER}</div></section></aside>{_viewer()}</body></html>"""


def _card(anchor: str, body: str) -> str:
    return f'<section class="artdeco-card" data-view-name="profile-card">\n<div id="{anchor}" class="pv-profile-card__anchor"></div><h2><span aria-hidden="true">Card</span></h2>{body}</section>'


def _twice(text: str) -> str:
    return f'<span aria-hidden="true">{esc(text)}</span><span class="visually-hidden">{esc(text)} {STRANGER}</span>'


def _mercado_row(member: Member, group: tuple[Job, ...]) -> str:
    first = group[0]
    link = f'<a data-field="experience_company_logo" href="{esc(link_of(first))}"><img alt="{esc(first.company)} logo" src="data:,"></a>'
    if len(group) == 1:
        kind = f" · {first.kind}" if first.kind else ""
        return f"""<div data-view-name="profile-component-entity">{link}<div>
<div class="x t-bold">{_twice(first.title)}</div><span class="t-14 t-normal">{_twice(first.company + kind)}</span>
{_caption(f"{member.dates(first)} · {first.length}")}{_caption("Doornveld 1012 AB")}
<div class="pvs-entity__sub-components"><ul><li><div class="t-14 t-normal t-black">{_twice(f"{STRANGER} 2010 - Present · 3 yrs")}</div>
<a href="https://www.linkedin.com/company/{NOISE_NUMBER}/">{STRANGER}</a></li></ul></div></div></div>"""
    roles = "".join(
        f"""<li><div data-view-name="profile-component-entity"><a href="{esc(link_of(job))}"><div class="t-bold">{_twice(job.title)}</div>
{f'<span class="t-14 t-normal">{_twice(job.kind)}</span>' if job.kind else ""}{_caption(f"{member.dates(job)} · {job.length}")}</a>
<div class="pvs-entity__sub-components"><ul><li><div>{_twice(f"{STRANGER} 2011 - Present · 1 yr")}</div></li></ul></div></div></li>"""
        for job in group
    )
    more = f'<a id="navigation-index-see-all-positions-aggregated" href="/in/{member.slug}/details/x">Show all 4</a>'
    return f"""<div data-view-name="profile-component-entity">{link}<a href="{esc(link_of(first))}"><div class="t-bold">{_twice(first.company)}</div>
<span class="t-14 t-normal">{_twice("Full-time · 5 yrs 4 mos")}</span>{_caption("Doornveld")}</a>
<div class="pvs-entity__sub-components"><ul>{roles}</ul>{more if member.cut_in_group else ""}</div></div>"""


def _caption(text: str) -> str:
    return f'<span class="t-14 t-normal t-black--light"><span class="pvs-entity__caption-wrapper" aria-hidden="true">{esc(text)}</span><span class="visually-hidden">{esc(text)} {STRANGER}</span></span>'


def sdui(member: Member) -> str:
    """The third generation."""
    key = "com.linkedin.sdui.profile.card.refACoAAUt3jk8vuWLAuy9lOOH7mL5EaWqTbuZYJPf"
    address = f"https://www.linkedin.com/in/{member.slug}"
    image = f'<img class="_4b" alt="Cover" src="{esc(member.banner)}" data-loaded="true">'
    cover = image if member.banner and member.banner != "default" else ""
    buttons = "".join(
        f'<div role="button"><figure><svg id="{kind}-accent-4"></svg><img src="x" data-loaded="true"></figure><div><p class="_a1">{esc(name)}</p></div></div>'
        for kind, name in (("company", member.company), ("school", member.school))
        if name
    )
    line = " · ".join(one for one in (member.company, member.school) if one)
    paragraphs = "".join(f'<p class="_48">{esc(text)}</p>' for text in (member.headline, line) if text)
    pronouns = f"<p>{esc(member.pronouns)}</p>" if member.pronouns else ""
    own = "" if member.own else "&amp;screenContext=NON_SELF_PROFILE_VIEW"
    card = f"""<div componentkey="{key}Topcard"><div><section componentkey="{key}Topcard"><div>
<a href="{address}/overlay/background-photo/"><figure><svg id="person-medium" aria-label="Cover photo"></svg>{cover}</figure></a>
<a href="{address}/"><figure><img alt="{esc(member.name)}, #OPEN_TO_WORK" src="data:image/gif;base64,R0lG" data-loaded="true"></figure></a></div>
<div><div><div class="name-row"><div aria-expanded="false"><a href="{address}/"><div><h2>{esc(member.name)}</h2></div></a></div>{pronouns}<p>· 1st</p><div><p>· 2nd</p></div></div>
{paragraphs}<div><p>Place {STRANGER}</p><p>·</p><p><a href="{address}/overlay/contact-info/">Contact info</a></p></div></div>
<div>{buttons}</div></div><div><p>500+</p><p>connections</p></div><a href="https://www.linkedin.com/search/results/people/"><p>{STRANGER}</p></a>
<a href="/messaging/compose/?recipient=x{own}"><span>Message</span></a></section></div></div>"""
    rows = "".join(_sdui_row(member, group, number) for number, group in enumerate(member.jobs))
    more = f'<a href="{address}/details/experience/">Show all</a>' if member.cut else ""
    listed = (
        f"""<div componentkey="{key}ExperienceTopLevelSection"><section componentkey="{key}ExperienceTopLevelSection">
<div componentkey="profile_experience_top_anchor_{member.slug}"></div><h2>Experience</h2><div>{rows}</div>{more}</section></div>"""
        if member.listed
        else f'<div componentkey="profileCardsBelowActivityPart1{member.slug}"></div><div componentkey="{key}Experiencefetcher"></div>'
    )
    stranger = replace(member, cut=False)
    other = _sdui_row(stranger, (Job(f"{STRANGER} helper", STRANGER, NOISE_NUMBER, "Jan 2020", None),), 99)
    return f"""<!DOCTYPE html><html lang="xx"><head><title>{esc(member.name)} | LinkedIn</title></head><body><div id="root">
<header><nav componentkey="primaryNavLinksComponentRef"><img alt="{STRANGER}"></nav></header>
<div role="main" data-sdui-screen="com.linkedin.sdui.flagshipnav.profile.Profile"><main>{card}
<div componentkey="sticky"><h2>{STRANGER}</h2><p>Old headline {STRANGER}</p></div>
<div componentkey="profileCardsAboveActivity{member.slug}"><h2>Highlights</h2><p>You both worked at Tessel Stroom {STRANGER}</p>
<a href="https://www.linkedin.com/company/{NOISE_NUMBER}/">{STRANGER}</a></div>{listed}
<div componentkey="{key}VolunteerExperienceTopLevel"><h2>Volunteering</h2>{other}</div>
<div componentkey="{key}Services"></div><div componentkey="{key}Interests"><h2>Interests</h2>{other}</div></main>
<div componentkey="profileAsideBrowsemap{member.slug}"><h2>{STRANGER}</h2><p>Head at Tessel Stroom {STRANGER}</p>{other}</div></div></div></body></html>"""


def _sdui_row(member: Member, group: tuple[Job, ...], number: int) -> str:
    first = group[0]
    href = esc(link_of(first))
    logo = f'<a href="{href}"><figure><svg id="company-accent-4" aria-label="{esc(first.company)} logo"></svg></figure></a>'
    told = f'<div><p><span data-testid="expandable-text-box">{STRANGER} 2010 - Present · 3 yrs<button>more</button></span></p></div>'
    if len(group) == 1:
        kind = f" · {first.kind}" if first.kind else ""
        return f"""<div componentkey="entity-collection-item-{number}">{logo}<div><a href="{href}"><div><p>{esc(first.title)}</p><p>{esc(first.company + kind)}</p></div>
<p>{esc(member.dates(first))} · {esc(first.length)}</p><p>Doornveld</p></a>{told}</div></div>"""
    roles = "".join(
        f"""<li><div><a href="{esc(link_of(job))}"><div><p>{esc(job.title)}</p>{f"<p>{esc(job.kind)}</p>" if job.kind else ""}
<p>{esc(member.dates(job))} · {esc(job.length)}</p></div></a>{told}</div></li>"""
        for job in group
    )
    return f"""<div componentkey="entity-collection-item--{number}">{logo}<a href="{href}"><div><p>{esc(first.company)}</p><p>9 yrs 2 mos</p></div><p>Emden</p></a><ul>{roles}</ul></div>"""


def ember(member: Member) -> str:
    """The first generation; a group is written as rows of their own, since none was seen."""
    edit = (
        f'<a data-control-name="edit_top_card" href="/in/{member.slug}/edit/topcard/"></a>'
        if member.own
        else ""
    )
    company = (
        f'<button data-control-name="position_see_more"><span class="pv-top-card-v2-section__company-name">  {esc(member.company)}\n</span></button>'
        if member.company
        else ""
    )
    headline = (
        f'<h2 class="pv-top-card-section__headline mt1">\n{esc(member.headline)}\n</h2>'
        if member.headline
        else ""
    )
    jobs = [job for group in member.jobs for job in group]
    rows = "".join(
        f"""<li><div><li id="{number}"><a data-control-name="background_details_company" href="{esc(link_of(job, relative=True))}">
<img alt="{esc(job.company)}"><h3 class="t-16">{esc(job.title)} </h3><h4><span class="visually-hidden">Company Name {STRANGER}</span>
<span class="pv-entity__secondary-title">{esc(job.company)}</span></h4><h4 class="pv-entity__date-range"><span class="visually-hidden">Dates {STRANGER}</span>
<span>{esc(member.dates(job, " – "))}</span></h4><h4><span class="pv-entity__bullet-item-v2">{esc(job.length)}</span></h4></a>
<p class="pv-entity__description">{STRANGER} 2010 – Present</p></li></div>{"</li></ul>" if number == 0 else "</li>"}"""
        for number, job in enumerate(jobs)
    )
    expanded = "false" if member.cut else "true"
    more = (
        f'<div class="pv-experience-section__see-more"><button aria-expanded="{expanded}">More</button></div>'
    )
    listed = (
        f'<section id="experience-section"><h2>Experience</h2><ul>{rows}{more}</section>'
        if member.listed
        else ""
    )
    return f"""<!DOCTYPE html><html lang="xx"><head><title>{esc(member.name)} | LinkedIn</title></head><body><nav id="extended-nav"><img alt="{STRANGER}"></nav>
<div id="profile-wrapper"><div class="profile-background-image profile-background-image--loading"></div><section class="pv-profile-section pv-top-card-section">
{edit}<h1 class="pv-top-card-section__name">\n{esc(member.name)}\n</h1>{headline}{company}
<button data-control-name="education_see_more"><span class="pv-top-card-v2-section__school-name">{esc(member.school)}</span></button>
<a data-control-name="contact_see_more" href="/in/{member.slug}/detail/contact-info/">See</a></section>
<h1 class="pds-ge-entry-card__headline">{STRANGER}</h1><div id="oc-background-section"><span><section>{listed}
<section id="education-section"><h2>Education</h2><a data-control-name="background_details_school" href="/school/1/"><h3>{STRANGER}</h3></a></section>
<section class="volunteering-section"><a href="/company/{NOISE_NUMBER}/">{STRANGER}</a></section></section></span></div>
<section class="pv-browsemap-section"><a data-control-name="browsemap_profile" href="/in/{STRANGER}/">{STRANGER}</a></section></div>{_viewer()}</body></html>"""
