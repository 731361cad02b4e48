"""Signed-in profile pages of the second generation (seen 2024 and 2025): cards with a member's number."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from itertools import islice

from selectolax.lexbor import LexborNode

from auditor.extract._cover import read_cover
from auditor.extract._document import Document, ancestors, attribute, classes, shown_text
from auditor.extract._period import NO_PERIOD, first_period
from auditor.extract._signed_in import (
    MOST_ROWS,
    NO_EMPLOYER,
    Experience,
    Generation,
    Role,
    agreed,
    described,
    employer_name,
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
from auditor.model.profile import Banner, BannerKind, CompanyShown

_ROW = '[data-view-name="profile-component-entity"]'
_PARTS = "pvs-entity__sub-components"
_SCHOOL = "pv-text-details__right-panel-item-link"


def _cards(page: Document) -> list[LexborNode]:
    found = [one for one in page.tree.css("section[data-member-id]") if one.css_first("h1") is not None]
    return outermost(one for one in found if not stands_apart(one))


def _is_own(card: LexborNode) -> bool | None:
    own = card.css_first('a[href*="/edit/intro/"]') is not None
    others = card.css_first(".pv-top-card__non-self-photo-wrapper") is not None
    return None if own == others else own


def _read_name(_page: Document, card: LexborNode) -> Observed[str]:
    return only_text(card.css("h1"), "name")


def _read_headline(_page: Document, card: LexborNode) -> Observed[str]:
    places = card.css("div[data-generated-suggestion-target]") or card.css("div.text-body-medium.break-words")
    return only_text(places, "headline")


def _read_company(card: LexborNode, experience: Experience) -> Observed[CompanyShown]:
    """The first of the card's buttons; the second is a school.

    A single button may be either: it is taken for an employer only where the list names the same one.
    """
    buttons = [one for one in card.css("li > button")[:20] if one.css_first("img") is not None]
    employers = [one for one in buttons if _SCHOOL not in classes(one)]
    if not employers or not all(map(_names_itself, buttons)):
        return NO_EMPLOYER
    name = visible_text(employers[0])
    if len(buttons) == 1 and name not in experience.employers:
        return Unseen("the top card names one organisation, a school or an employer")
    return shown_company(name)


def _names_itself(button: LexborNode) -> bool:
    text = visible_text(button)
    return bool(text) and text in " ".join(attribute(button, "aria-label").split())


def _read_banner(page: Document, card: LexborNode, capture: Capture) -> Observed[Banner]:
    """LinkedIn's own by the container's sign only: the picture itself is then not in the page."""
    picture = card.css_first("img#profile-background-image-target-image")
    default = card.css_first(".profile-background-image--default")
    if default is None:
        return read_cover(page, picture, capture)
    if picture is not None or not page.finished(default):
        return Unseen("the page shows a banner and the sign of none")
    return Present(Banner(BannerKind.DEFAULT))


def _read_experience(page: Document, _card: LexborNode, seen_on: date) -> Experience:
    """The rows of the card whose first element is the anchor of the experience."""
    cards = [one for one in page.tree.css("section") if _is_experience(one) and not stands_apart(one)]
    if len(cards) != 1:
        return Experience(Unseen("the page shows no experience section"))
    if not page.finished(cards[0]):
        return Experience(Unseen("the page breaks off inside the experience section"))
    rows = cards[0].css(_ROW)
    if len(rows) > MOST_ROWS:
        return Experience(Unseen("the experience section has more rows than can be right"))
    groups = _groups(rows, cards[0])
    found: list[Role] = []
    whole = not (_is_cut(cards[0]) or _has_strays(cards[0], groups))
    for row in rows:
        if groups[row.mem_id] is not None:
            continue
        nested = [one for one in rows if (around := groups[one.mem_id]) and around.mem_id == row.mem_id]
        read = _roles(page, row, nested, seen_on)
        whole = whole and bool(read)
        found += read
    return experience_of(found, whole=whole)


def _is_experience(section: LexborNode) -> bool:
    first = section.child
    while first is not None and first.is_text_node:
        first = first.next
    return first is not None and attribute(first, "id") == "experience"


def _is_cut(card: LexborNode) -> bool:
    """True where a link leads to more rows. The owner's edit button has the same address."""
    return any(
        attribute(link, "id").startswith("navigation-index-see-all-")
        or (
            "/details/experience" in attribute(link, "href")
            and not attribute(link, "id").endswith("edit-position")
        )
        for link in card.css("a")[: 20 * MOST_ROWS]
    )


def _has_strays(card: LexborNode, rows: Container[int]) -> bool:
    """True where dates stand outside all rows: there is a row that was not recognised."""
    captions = card.css("span.pvs-entity__caption-wrapper")
    return any(not any(around.mem_id in rows for around in ancestors(one, card)) for one in captions)


def _groups(rows: list[LexborNode], card: LexborNode) -> dict[int, LexborNode | None]:
    """The row round each row, None for those that lie in no other."""
    known = {row.mem_id: row for row in rows}
    return {
        row.mem_id: next((known[one.mem_id] for one in ancestors(row, card) if one.mem_id in known), None)
        for row in rows
    }


def _roles(page: Document, row: LexborNode, nested: list[LexborNode], seen_on: date) -> list[Role]:
    """The roles of a row: one, or those of a group. A header may show a place where a role has its dates."""
    periods = {one.mem_id: first_period(_captions(one), seen_on) for one in (row, *nested)}
    dated = [one for one in nested if periods[one.mem_id]]
    links = employer_page(page, _own(row, "a[href]"))
    bold = _once(_own(row, ".t-bold"))
    if dated or (nested and not periods[row.mem_id]):
        return [
            role_of(
                _once(_own(one, ".t-bold")),
                bold,
                agreed((links, employer_page(page, _own(one, "a[href]")))),
                periods[one.mem_id] or NO_PERIOD,
            )
            for one in nested
        ]
    second = [one for one in _own(row, "span.t-14") if classes(one) == {"t-14", "t-normal"}]
    proofs = tuple(described(row))
    period = periods[row.mem_id]
    if period is None and any(bold and bold in proof for proof in proofs):
        return []  # the header of a group whose roles are not in the file
    company = employer_name(_once(second), proofs)
    return [role_of(bold, company, links, period or NO_PERIOD)]


def _once(places: list[LexborNode]) -> str:
    """The first place's text as it is seen; beside it stands the same once more for screen readers."""
    return shown_text(places[0].css_first('[aria-hidden="true"]')) if places else ""


def _captions(row: LexborNode) -> list[str]:
    return [visible_text(one) for one in _own(row, "span.pvs-entity__caption-wrapper")]


def _own(row: LexborNode, selector: str) -> list[LexborNode]:
    """A row's own elements, without those of what hangs below it: roles, descriptions, skills."""
    return [
        node
        for node in islice(row.css(selector), MOST_ROWS)
        if not any(_PARTS in classes(one) or _is_row(one) for one in ancestors(node, row))
    ]


def _is_row(node: LexborNode) -> bool:
    return attribute(node, "data-view-name") == "profile-component-entity"


GENERATION = Generation(
    name="mercado",
    cards=_cards,
    owner_links='a[href*="/overlay/about-this-profile"], a[href*="/overlay/contact-info"]',
    is_own=_is_own,
    read_name=_read_name,
    read_headline=_read_headline,
    read_company=_read_company,
    read_banner=_read_banner,
    read_experience=_read_experience,
)
