"""Signed-in profile pages of the first generation (seen 2018): sections and links with names of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from selectolax.lexbor import LexborNode

from auditor.extract._document import Document, attribute, shown_text
from auditor.extract._period import NO_PERIOD, first_period
from auditor.extract._signed_in import (
    MOST_ROWS,
    NO_EMPLOYER,
    Experience,
    Generation,
    Role,
    employer_page,
    experience_of,
    only_text,
    outermost,
    role_of,
    shown_company,
    stands_apart,
    visible_text,
)
from auditor.model.capture import Capture
from auditor.model.observed import Observed, Present, Unseen
from auditor.model.profile import Banner, CompanyShown

_SECTION = "section#experience-section"
_ROW = "a[data-control-name=background_details_company]"
_SEE_MORE = (
    '.pv-experience-section__see-more button[aria-expanded="false"], '
    "button.pv-profile-section__see-more-inline"
)
_MOST_MARKED = 4 * MOST_ROWS
_NAME = "h1.pv-top-card-section__name"
_HEADLINE = "h2.pv-top-card-section__headline"
_COMPANY = "button[data-control-name=position_see_more] .pv-top-card-v2-section__company-name"


def _cards(page: Document) -> list[LexborNode]:
    found = [one for one in page.tree.css("section.pv-top-card-section") if one.css_first(_NAME) is not None]
    return outermost(one for one in found if not stands_apart(one))


def _is_own(card: LexborNode) -> bool | None:
    return True if card.css_first("a[data-control-name=edit_top_card]") is not None else None


def _read_name(_page: Document, card: LexborNode) -> Observed[str]:
    return only_text(card.css(_NAME), "name")


def _read_headline(_page: Document, card: LexborNode) -> Observed[str]:
    return only_text(card.css(_HEADLINE), "headline")


def _read_company(card: LexborNode, _experience: Experience) -> Observed[CompanyShown]:
    name = only_text(card.css(_COMPANY), "current employer")
    return shown_company(name.value) if isinstance(name, Present) else NO_EMPLOYER


def _read_banner(_page: Document, _card: LexborNode, _capture: Capture) -> Observed[Banner]:
    return Unseen("this form of the page holds no banner")


def _read_experience(page: Document, _card: LexborNode, seen_on: date) -> Experience:
    """The rows from the section's beginning to that of the next one.

    List items lie in one another as these pages are saved, and a parser moves what follows out of the
    section: only the order in the file is relied on.
    """
    if len(page.tree.css(_SECTION)) != 1:
        return Experience(Unseen("the page shows no experience section"))
    rows, ended, cut = [], False, False
    marked = page.tree.css(f"section, {_ROW}, {_SEE_MORE}")
    if len(marked) > _MOST_MARKED:
        return Experience(Unseen("the page has more sections than can be right"))
    for node in _after_start(marked):
        if node.tag == "section":
            ended = True
        elif ended and node.tag == "a":
            cut = True  # a row behind a section that may belong to the list
        elif not ended and node.tag == "button":
            cut = True
        elif not ended:
            rows.append(_role(page, node, seen_on))
    if not ended and not page.whole:
        return Experience(Unseen("the page breaks off inside the experience section"))
    found = [row for row in rows if row is not None]
    return experience_of(found, whole=not cut and len(found) == len(rows))


def _after_start(marked: list[LexborNode]) -> Iterator[LexborNode]:
    """Sections, rows and closed "see more" buttons behind the section's beginning, in the file's order."""
    started = False
    for node in marked:
        if started and not stands_apart(node):
            yield node
        started = started or attribute(node, "id") == "experience-section"


def _role(page: Document, row: LexborNode, seen_on: date) -> Role | None:
    """One role; None for a form of row that is not known, such as a group."""
    company = row.css_first(".pv-entity__secondary-title")
    if company is None:
        return None
    dates = row.css("h4.pv-entity__date-range > span:not(.visually-hidden)")
    length = shown_text(row.css_first(".pv-entity__bullet-item-v2"))
    texts = [f"{shown_text(one)} · {length}" for one in dates[:5]]
    period = first_period(texts, seen_on) or NO_PERIOD
    title = visible_text(row.css_first("h3"))
    return role_of(title, visible_text(company), employer_page(page, [row]), period)


GENERATION = Generation(
    name="ember",
    cards=_cards,
    owner_links='a[data-control-name=edit_top_card], a[href*="/contact-info"]',
    is_own=_is_own,
    read_name=_read_name,
    read_headline=_read_headline,
    read_company=_read_company,
    read_banner=_read_banner,
    read_experience=_read_experience,
)
