"""Reads a profile page, as a browser showed it or as it was saved, of the layouts 2021 to 2026.

What a visitor could not see is Unseen. Absent is said only where a whole page of the full shape
was read and the place where the thing would stand was seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from auditor.extract._banner import read_banner
from auditor.extract._document import (
    Document,
    ancestors,
    attribute,
    classes,
    is_damaged,
    is_masked,
    organisation,
    organisation_id,
    parse,
    read_page_link,
    read_text,
    shown_text,
    too_costly,
)
from auditor.extract._page_kind import (
    Verdict,
    is_signed_in,
    is_surely_full,
    kind_by_circumstances,
    kind_by_structure,
    layout_of,
)
from auditor.extract._positions import experience_section, read_full, read_masked, shows_all
from auditor.files.decoding import decode_page
from auditor.identity.page_identity import page_identity, slug_of
from auditor.model.capture import ArtifactKind, Capture, CaptureFormat
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import CompanyShown, Organisation, PageKind, Profile, nothing_seen
from auditor.ports import Extractor

_CURRENT = '[data-section="currentPositionsDetails"]'
_CURRENT_LINK = 'a[data-tracking-control-name*="topcard-current-company"], a[href*="topcard-current-company"]'
_SUBLINE = ".top-card-layout__first-subline, .top-card__subline-item, .profile-info-subheader"


@dataclass(frozen=True, slots=True)
class TopCard:
    """The card and how far it may be trusted.

    `proves_absence` is True only on a whole page whose full shape is certain and whose card was
    seen: then what the card does not hold, the profile does not show.
    """

    node: LexborNode | None
    title: LexborNode | None
    surely_full: bool
    proves_absence: bool


def find_top_card(page: Document, *, surely_full: bool) -> TopCard:
    """The card round the person's name, or an empty one where the page was trimmed."""
    title = page.first("h1.top-card-layout__title")
    card = page.first(".top-card-layout")
    if title is not None and (card is None or not _holds(card, title)):
        card = next((around for around in ancestors(title) if _is_card(around)), None)
    seen = card is not None and card.css_first(_SUBLINE) is not None
    return TopCard(card, title, surely_full, proves_absence=seen and surely_full)


def read_name(page: Document, card: TopCard) -> Observed[str]:
    """The person's name as the card shows it; the family name may be cut to an initial."""
    return Unseen("the page shows no name") if card.title is None else read_text(page, card.title, "name")


def read_headline(page: Document, card: TopCard) -> Observed[str]:
    """The headline, only from its own element: titles and descriptions may hold a company instead."""
    node = card.node.css_first(".top-card-layout__headline") if card.node is not None else None
    if node is not None and (shown_text(node) or not page.finished(node)):
        return read_text(page, node, "headline")
    if card.node is not None and card.proves_absence and not _has_other_heading(card.node):
        return Absent()
    return Unseen("this form of the page does not show the headline")


def read_company(page: Document, card: TopCard) -> Observed[CompanyShown]:
    """The current employer in the card: one at most, the first of several."""
    if card.node is None:
        return Unseen("the page shows no top card")
    place = card.node.css_first(_CURRENT)
    link = (place or card.node).css_first(_CURRENT_LINK)
    if place is None and link is None:
        return _no_company(card, card.node)
    return _company(page, card, place or link, link)


def _no_company(card: TopCard, node: LexborNode) -> Observed[CompanyShown]:
    if not card.proves_absence:
        return Unseen("the page names no current employer, which proves nothing here")
    if node.css_first(".top-card__position-info") is not None:
        return Unseen("the current employer stands in an unknown form")
    return Absent()


def _company(
    page: Document, card: TopCard, place: LexborNode | None, link: LexborNode | None
) -> Observed[CompanyShown]:
    if place is None or not page.finished(place):
        return Unseen("the page breaks off inside the top card")
    described = place.css_first(".top-card-link__description")
    name = shown_text(described) or shown_text(link or place)
    if is_masked(name):
        return Unseen("the current employer is masked or blank")
    if is_damaged(name):
        name = ""
    link = link or place.css_first("a[href]")
    if link is None and (described is None or not card.surely_full):
        return Present(CompanyShown(name, Unseen("this form of the top card carries no links")))
    return Present(CompanyShown(name, read_page_link(page, [link])))


def _holds(card: LexborNode, node: LexborNode) -> bool:
    return any(around.mem_id == card.mem_id for around in ancestors(node))


def _is_card(node: LexborNode) -> bool:
    names = classes(node)
    return "top-card-layout" in names or "top-card" in names or node.tag == "section"


def _has_other_heading(card: LexborNode) -> bool:
    """True if the card has a heading outside its dialogues: perhaps the headline, renamed."""
    return any(
        shown_text(heading)
        and not any("modal" in attribute(one, "class") for one in ancestors(heading, card))
        for heading in card.css("h2")[:40]
    )


_PROFILES = frozenset({PageKind.PROFILE_FULL, PageKind.PROFILE_MASKED})
_ABOUT_A_PERSON = _PROFILES | {PageKind.NOT_FOUND}
ANOTHER_PERSON = "the page is another person's than the one asked for"


#: reads a page that somebody was signed in to, where such pages are accepted
ReadSignedIn = Callable[[Capture, Document], Profile]


def read_page(capture: Capture, read_signed_in: ReadSignedIn | None = None) -> Profile:
    """What a visitor could see of the person; never raises, whatever the bytes are.

    A page that somebody was signed in to is refused, or left to `read_signed_in`.
    """
    main = capture.first(ArtifactKind.MAIN)
    body = main.body if main is not None else b""
    early = kind_by_circumstances(capture, empty=not body.strip())
    text = decode_page(body, main.media_type if main is not None else "")
    trouble = "the bytes are no text" if text is None else too_costly(text)
    if text is None or trouble or not body.strip():
        return _nothing(early or Verdict(PageKind.UNREADABLE, trouble))
    page = parse(text, capture.final_url or capture.url)
    signed_in = is_signed_in(page, text)
    if signed_in and read_signed_in is not None and early is None:
        return read_signed_in(capture, page)
    return _read(capture, page, text, early, signed_in=signed_in)


def _read(capture: Capture, page: Document, text: str, early: Verdict | None, *, signed_in: bool) -> Profile:
    if signed_in:
        verdict = Verdict(PageKind.LOGGED_IN, "the page was saved while signed in; nothing of it is used")
    else:
        verdict = early or kind_by_structure(page, text)
    if verdict.kind in (PageKind.LOGGED_IN, PageKind.UNREADABLE):
        return _nothing(verdict)
    slug = _slug(capture, page, text, verdict.kind)
    if verdict.kind in _ABOUT_A_PERSON and _is_another(capture, slug):
        return _nothing(Verdict(PageKind.WRONG_PAGE, ANOTHER_PERSON))
    if verdict.kind in _PROFILES:
        return _profile(capture, page, verdict.kind, slug)
    return _stated(page, verdict, slug)


def _is_another(capture: Capture, stated: str | None) -> bool:
    """True if the page, or its final address if the page names nobody, names another person."""
    asked, given = slug_of(capture.url), stated or slug_of(capture.final_url)
    return asked is not None and given is not None and asked != given


def _slug(capture: Capture, page: Document, text: str, kind: PageKind) -> str | None:
    """The slug the page states: the person's, or on an organisation's page the organisation's."""
    if kind is PageKind.COMPANY_PAGE:
        link = organisation(page)
        return link.slug_or_id if link else None
    identity = page_identity(text, "", capture.final_url, capture.url) if kind in _ABOUT_A_PERSON else None
    return identity.slug if identity else None


def _profile(capture: Capture, page: Document, kind: PageKind, slug: str | None) -> Profile:
    section = experience_section(page)
    full = kind is PageKind.PROFILE_FULL
    positions = read_full(page, section, capture.captured_at.date()) if full else read_masked(page)
    card = find_top_card(page, surely_full=full and is_surely_full(page, positions))
    return Profile(
        page_kind=kind,
        slug=slug,
        full_name=read_name(page, card),
        headline=read_headline(page, card),
        banner=read_banner(page, capture),
        topcard_company=read_company(page, card),
        positions=positions,
        positions_whole=not full or shows_all(section, positions),
        locale=page.meta("locale") or None,
        layout=layout_of(page),
        notes=_notes(page, slug),
    )


def _notes(page: Document, slug: str | None) -> tuple[str, ...]:
    cut = () if page.whole else ("the page breaks off before its end",)
    return cut if slug else (*cut, "the page does not say whose it is")


def _stated(page: Document, verdict: Verdict, slug: str | None) -> Profile:
    """A page without a person: only what the page states about itself."""
    profile = nothing_seen(verdict.kind, verdict.reason, slug)
    organisation = None
    if verdict.kind is PageKind.COMPANY_PAGE:
        name = shown_text(page.first("h1.top-card-layout__title") or page.first("h1"))
        organisation = Organisation(name, organisation_id(page))
    locale = page.meta("locale") or None
    return replace(profile, locale=locale, notes=(verdict.reason,), organisation=organisation)


def _nothing(verdict: Verdict) -> Profile:
    return replace(nothing_seen(verdict.kind, verdict.reason), notes=(verdict.reason,))


EXTRACTOR = Extractor(CaptureFormat.PAGE, read_page)
