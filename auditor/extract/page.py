"""Reads a profile page, as a browser showed it or as it was saved, of the layouts 2021 to 2026.

What a visitor could not see is Unseen. Absent is said only where a whole page of the full shape
was read and the place where the thing would stand was seen.
"""

from __future__ import annotations

from dataclasses import replace

from auditor.extract._banner import read_banner
from auditor.extract._document import Document, parse, shown_text, too_costly
from auditor.extract._identity import organisation, organisation_id
from auditor.extract._own_data import is_surely_full
from auditor.extract._page_kind import (
    Verdict,
    is_signed_in,
    kind_by_circumstances,
    kind_by_structure,
    layout_of,
)
from auditor.extract._positions import experience_section, read_full, read_masked, shows_all
from auditor.extract._top_card import find_top_card, read_company, read_headline, read_name
from auditor.files.decoding import decode_page
from auditor.identity.page_identity import page_identity, slug_of
from auditor.model.capture import ArtifactKind, Capture, CaptureFormat
from auditor.model.profile import PageKind, Profile, nothing_seen
from auditor.ports import Extractor

_PROFILES = frozenset({PageKind.PROFILE_FULL, PageKind.PROFILE_MASKED})
_ABOUT_A_PERSON = _PROFILES | {PageKind.NOT_FOUND}
ANOTHER_PERSON = "the page is another person's than the one asked for"


def read_page(capture: Capture) -> Profile:
    """What a visitor could see of the person; never raises, whatever the bytes are."""
    main = capture.first(ArtifactKind.MAIN)
    body = main.body if main is not None else b""
    early = kind_by_circumstances(capture, empty=not body.strip())
    text = decode_page(body, main.media_type if main is not None else "")
    trouble = "the bytes are no text" if text is None else too_costly(text)
    if text is None or trouble or not body.strip():
        return _nothing(early or Verdict(PageKind.UNREADABLE, trouble))
    page = parse(text, capture.final_url or capture.url)
    return _read(capture, page, text, early)


def _read(capture: Capture, page: Document, text: str, early: Verdict | None) -> Profile:
    verdict = early or kind_by_structure(page, text)
    if early is not None and is_signed_in(page, text):
        verdict = Verdict(PageKind.LOGGED_IN, "the page was saved while signed in; nothing of it is used")
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
    notes: tuple[str, ...] = (verdict.reason,)
    if verdict.kind is PageKind.COMPANY_PAGE:
        name = shown_text(page.first("h1.top-card-layout__title") or page.first("h1"))
        notes += (f"company name: {name}", f"company id: {organisation_id(page)}")
    return replace(profile, locale=page.meta("locale") or None, notes=notes)


def _nothing(verdict: Verdict) -> Profile:
    return replace(nothing_seen(verdict.kind, verdict.reason), notes=(verdict.reason,))


EXTRACTOR = Extractor(CaptureFormat.PAGE, read_page)
