"""The top card: name, headline and the one current employer it names."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from auditor.extract._document import (
    Document,
    ancestors,
    attribute,
    classes,
    is_damaged,
    is_masked,
    read_text,
    shown_text,
)
from auditor.extract._identity import read_page_link
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import CompanyShown

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
