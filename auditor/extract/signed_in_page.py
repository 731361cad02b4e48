"""Reads a page that somebody saved while signed in, where the policy accepts such pages.

Only the audited facts of the profile's owner are read, from what the page shows; the data embedded in it
belongs to whoever was signed in, or to somebody looked at before. What is not in the file is Unseen: the
site loads the rest of a page late and cuts long lists. Pages that nobody was signed in to are read as usual.
"""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborNode

from auditor.extract import _ember, _mercado, _sdui
from auditor.extract._document import Document, attribute
from auditor.extract._sdui_rows import reference
from auditor.extract._signed_in import Generation
from auditor.extract.page import ANOTHER_PERSON, read_page
from auditor.identity.page_identity import slug_of
from auditor.model.address import comparable_slug, is_member_id
from auditor.model.capture import Capture, CaptureFormat
from auditor.model.profile import PageKind, Profile, nothing_seen
from auditor.ports import Extractor

_GENERATIONS = (_ember.GENERATION, _mercado.GENERATION, _sdui.GENERATION)
NOBODYS = (
    "the page was saved while signed in and does not tell whose profile it is; a name alone is not enough"
)
_SHELL = "the page was saved while signed in, before it showed a profile"
_TWO_OWNERS = "the page was saved while signed in and shows the profiles of two people"
_BREAKS_OFF = "the page breaks off inside the top card"
_OWN_VIEW = "saved by the member: it shows what the member entered, which others may not see"
_CUT = "the page breaks off before its end"


def read(capture: Capture) -> Profile:
    """What a page shows of the profile's owner, whoever was signed in; never raises."""
    return read_page(capture, _read_signed_in)


def _read_signed_in(capture: Capture, page: Document) -> Profile:
    found = [(generation, card) for generation in _GENERATIONS for card in generation.cards(page)]
    if len(found) != 1:
        return _refused(page, PageKind.LOGGED_IN, _TWO_OWNERS if found else _SHELL)
    generation, card = found[0]
    if not page.finished(card):
        return _refused(page, PageKind.UNREADABLE, _BREAKS_OFF)
    owners = _slugs(page, card, generation.owner_links) | _named(card)
    if len(owners) > 1:
        return _refused(page, PageKind.LOGGED_IN, _TWO_OWNERS)
    slugs = owners | _slugs(page, card, "a[href]")
    slug = next(iter(slugs)) if len(slugs) == 1 else None
    asked = slug_of(capture.url)
    if asked is not None and slug != asked:
        return _refused(page, PageKind.WRONG_PAGE, ANOTHER_PERSON if slug else NOBODYS)
    return _profile(capture, page, generation, card, slug)


def _slugs(page: Document, card: LexborNode, selector: str) -> set[str]:
    """The slugs in a card's links to profiles; ids of members count as none."""
    hosts = frozenset({page.own_host} - {""})
    return {found for link in card.css(selector) if (found := slug_of(attribute(link, "href"), hosts))}


def _named(card: LexborNode) -> set[str]:
    """The slug in the card's own key, where it is one."""
    named = reference(attribute(card, "componentkey"))
    return {comparable_slug(named)} if named and not is_member_id(named) else set()


def _profile(
    capture: Capture, page: Document, generation: Generation, card: LexborNode, slug: str | None
) -> Profile:
    experience = generation.read_experience(page, card, capture.captured_at.date())
    own = generation.is_own(card)
    notes = ((_OWN_VIEW,) if own else ()) + (() if page.whole else (_CUT,)) + (() if slug else (NOBODYS,))
    return Profile(
        page_kind=PageKind.PROFILE_SIGNED_IN,
        slug=slug,
        full_name=generation.read_name(page, card),
        headline=generation.read_headline(page, card),
        banner=generation.read_banner(page, card, capture),
        topcard_company=generation.read_company(card, experience),
        positions=experience.positions,
        layout=generation.name,
        notes=notes,
        positions_whole=experience.whole,
        own_profile=own,
        saved_until=experience.saved_until,
    )


def _refused(page: Document, kind: PageKind, reason: str) -> Profile:
    layout = "mercado" if page.first("html.theme--mercado") is not None else ""
    return replace(nothing_seen(kind, reason), layout=layout, notes=(reason,), own_profile=False)


EXTRACTOR = Extractor(CaptureFormat.SIGNED_IN_PAGE, read)
