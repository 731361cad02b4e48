"""A person's profile as a file that somebody saved: the page, and the picture that belongs to it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from itertools import groupby

from auditor.demo.pages.refusals import not_found_page, wall_page
from auditor.proof.banners import DEFAULT
from auditor.proof.careers import Job
from auditor.proof.doors import Door, Places
from auditor.proof.pages import signed_in
from auditor.proof.pages.languages import LANGUAGES
from auditor.proof.pages.people import BannerForm, Group, Language, Link, Role
from auditor.proof.pages.people import Person as PageOwner
from auditor.proof.pages.visitor import LAYOUTS, full_page, masked_page
from auditor.proof.people import TODAY, Person

_SITE = "https://www.linkedin.com"
_DEFAULT = "https://static.licdn.com/aero-v1/sc/h/5q92mjc5c51bjlwaj3rs9aa82"
_UNLOADED = "https://media.licdn.com/dms/image/v2/D4D16AQx/profile-displaybackgroundimage-shrink_200_800/x/0/1690000000000"
_MONTHS = {1: 0, 5: 1, 9: 2}
_FORMS = ("folder", "folder", "folder", "folder", "folder", "single file", "single file", "mhtml")


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file and the picture that lies in the folder beside it ("" = none)."""

    name: str
    body: bytes
    picture: str = ""


def saved_page(person: Person, saved_on: datetime) -> SavedFile | None:
    """The file of a person who comes through a saved page; None where nobody saved one."""
    if person.sight.condition == "no file":
        return None
    form = _FORMS[int(person.key("form"), 16) % len(_FORMS)]
    if person.sight.condition == "banner's folder lost":
        form = "folder"
    name = f"{person.number} _ LinkedIn"
    reference = _reference(person, name, form)
    page = _PAGES.get(person.sight.condition, _full)(person, reference)
    if form == "mhtml" and person.sight.readable:
        return SavedFile(f"{name}.mhtml", _mhtml(person, page, reference, saved_on))
    beside = person.carried.file if person.carried and form == "folder" else ""
    if person.sight.condition == "banner's folder lost":
        beside = ""
    return SavedFile(f"{name}.html", page.encode(), beside)


def _reference(person: Person, name: str, form: str) -> str:
    """What stands as the banner's address: a file beside the page, the picture itself, or its own address."""
    if person.banner is DEFAULT:
        return _DEFAULT
    if person.carried is None:
        return _UNLOADED
    if form == "single file":
        return f"data:image/jpeg;base64,{base64.b64encode(person.carried.body).decode()}"
    if form == "mhtml":
        return _UNLOADED.replace("1690000000000", person.carried.file.removesuffix(".jpg"))
    return f"./{name}_files/{person.carried.file}"


def _mhtml(person: Person, page: str, reference: str, saved_on: datetime) -> bytes:
    """As Chromium saves a page in one file."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = f"{_SITE}/in/{person.slug}"
    message["Date"] = saved_on
    message["MIME-Version"] = "1.0"
    message.add_related(
        page.encode(), "text", "html", headers=[f"Content-Location: {_SITE}/in/{person.slug}"]
    )
    if person.carried:
        where = [f"Content-Location: {reference}"]
        message.add_related(person.carried.body, "image", "jpeg", headers=where)
    return message.as_bytes()


def _language(person: Person) -> Language:
    return LANGUAGES[int(person.key("language"), 16) % len(LANGUAGES)]


def _layout(person: Person) -> str:
    # on a telephone the top card has no link, so that it settles nothing
    by_list = person.sight.places is Places.LINKED and not person.career.pages_only
    layouts = [one for one in LAYOUTS if one != "2022m" or by_list]
    return layouts[int(person.key("layout"), 16) % len(layouts)]


def _written(moment: tuple[int, int], language: Language) -> str:
    return f"{language.months[_MONTHS[moment[1]]]} {moment[0]}"


def _link(job: Job, person: Person) -> Link | None:
    """By the page's name, or by its number, as pages do now and then; on a host of some country."""
    if not job.page:
        return None
    draw = int(person.key("link"), 16)
    host = ("www", "nl", "uk", "www")[draw % 4]
    page = job.number if draw % 11 == 0 and job.part.at != "elsewhere" else job.page
    return Link(f"https://{host}.linkedin.com/company/{page}?trk=public_profile_experience-item")


def _owner(person: Person, reference: str) -> PageOwner:
    language = _language(person)
    roles = [
        Role(
            job.title,
            job.employer,
            _link(job, person),
            _written(job.started, language) if job.part.dated else None,
            _written(job.ended, language) if job.ended else None,
        )
        for job in person.jobs
    ]
    numbered = zip(person.jobs, roles, strict=True)
    parts: list[Role | Group] = []
    for group, members in groupby(numbered, key=lambda one: one[0].part.group):
        own = [role for _, role in members]
        linked = int(person.key("group"), 16) % 3 > 0
        parts.extend([Group(tuple(own), linked_rows=linked)] if group else own)
    first = person.career.shown_first
    card = roles[person.career.parts.index(first)] if first else None
    frame = '<figure class="cover-img"><div class="cover-img__image-frame">'
    banner = f'{frame}<img class="cover-img__image" src="{reference}"'
    ours = Link(f"{_SITE}/company/{person.firm.slug}?trk=public_profile_volunteering")
    return PageOwner(
        slug=person.slug,
        name=person.shown,
        headline=person.headline,
        banner=BannerForm(f'{banner} alt="" data-embed-id="cover-image"></div></figure>'),
        experience=tuple(parts),
        language=language,
        shown_employer=card,
        host=f"{('www', 'nl', 'fr', 'de')[int(person.key('host'), 16) % 4]}.linkedin.com",
        strangers=(ours,) if person.career.volunteers else (),
    )


def _full(person: Person, reference: str) -> str:
    return full_page(_owner(person, reference), _layout(person))


def _hidden(person: Person, reference: str) -> str:
    return full_page(_owner(person, reference), _layout(person), parts=frozenset({"experience"}))


def _half(person: Person, reference: str) -> str:
    page = _full(person, reference)
    return page[: page.index('pp-section experience"') - 30]


def _masked(person: Person, reference: str) -> str:
    owner = _owner(person, reference)
    layout = ("2024", "2026")[int(person.key("layout"), 16) % 2]
    return masked_page(owner, layout, listed=owner.shown_employer.company if owner.shown_employer else None)


def _masked_bare(person: Person, reference: str) -> str:
    return masked_page(replace(_owner(person, reference), shown_employer=None), "2026", listed=None)


def _wall(person: Person, _reference: str) -> str:
    back = f"https%3A%2F%2Fwww.linkedin.com%2Fin%2F{person.slug}"
    address = f"{_SITE}/authwall?trk=bf&amp;sessionRedirect={back}"
    return f"<!-- saved from url=({len(address):04}){address} -->\n{wall_page(_SITE)}"


def _not_found(person: Person, _reference: str) -> str:
    return not_found_page(person.slug, _SITE)


def _member(person: Person, reference: str) -> signed_in.Member:
    language = _language(person)
    jobs = [
        signed_in.Job(
            job.title,
            job.employer,
            job.number,
            _written(job.started, language),
            _written(job.ended, language) if job.ended else None,
            length=_length(job),
        )
        for job in person.jobs
    ]
    numbered = zip(person.jobs, jobs, strict=True)
    groups: list[tuple[signed_in.Job, ...]] = []
    for group, members in groupby(numbered, key=lambda one: one[0].part.group):
        own = [job for _, job in members]
        groups.extend([tuple(own)] if group else [(job,) for job in own])
    first = person.career.shown_first
    banner = {_DEFAULT: "default", _UNLOADED: ""}.get(reference, reference)
    return signed_in.Member(
        slug=person.slug,
        name=person.shown,
        headline=person.headline,
        jobs=tuple(groups),
        company=person.jobs[person.career.parts.index(first)].employer if first else "",
        banner=banner,
        present=language.present,
    )


def _length(job: Job) -> str:
    """How long a job lasts or lasted, as the page counts it."""
    end = job.ended or (TODAY.year, TODAY.month)
    months = (end[0] - job.started[0]) * 12 + end[1] - job.started[1] + 1
    parts = [(months // 12, "yr"), (months % 12, "mo")]
    return " ".join(f"{count} {word}{'s' if count > 1 else ''}" for count, word in parts if count)


def _generation(name: str) -> Callable[[Person, str], str]:
    return lambda person, reference: signed_in.page_of(_member(person, reference), name)


def _cut(person: Person, reference: str) -> str:
    member = _member(person, reference)
    return signed_in.mercado(replace(member, jobs=member.jobs[:1], cut=True))


def _not_listed(person: Person, reference: str) -> str:
    return signed_in.mercado(replace(_member(person, reference), listed=False))


def _stale(person: Person, reference: str) -> str:
    make = _full if person.sight.door is Door.VISITOR else _generation("mercado")
    return make(person, reference)


_PAGES: dict[str, Callable[[Person, str], str]] = {
    "full": _full,
    "banner's folder lost": _full,
    "masked": _masked,
    "masked, no employer": _masked_bare,
    "experience hidden": _hidden,
    "half loaded": _half,
    "wall saved by mistake": _wall,
    "not found": _not_found,
    "saved signed in": _generation("mercado"),
    "stale": _stale,
    "2018": _generation("ember"),
    "2024 and 2025": _generation("mercado"),
    "2026": _generation("sdui"),
    "list cut": _cut,
    "list not loaded": _not_listed,
}
