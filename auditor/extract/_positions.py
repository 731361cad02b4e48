"""The experience list: one position per role, groups taken apart, current or ended by the dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from selectolax.lexbor import LexborNode

from auditor.extract._document import (
    Document,
    ancestors,
    classes,
    is_blurred,
    is_damaged,
    is_masked,
    read_page_link,
    readable,
    shown_text,
)
from auditor.extract._page_kind import FULL_SECTIONS
from auditor.language.written_dates import UNREADABLE_END, read_period_end
from auditor.model.observed import Observed, Present, Unseen
from auditor.model.profile import PageLink, Position

_ROW_CLASSES = frozenset({"experience-item", "experience-group", "experience-group-position"})
_MOST_ROWS = 1000
_TITLE = ".experience-item__title, .profile-section-card__title, .result-card__title"
_COMPANY = ".experience-item__subtitle, .profile-section-card__subtitle, .result-card__subtitle"
_GROUP_COMPANY = ".experience-group-header__company"
_OWN_LINKS = (
    'a[data-tracking-control-name*="subtitle-click"]',
    "h4 a[href]",
    "a.profile-section-card__image-link, a.result-card__image-link, a.result-card",
)
_GROUP_LINK = 'a.experience-group-header__url, a[data-tracking-control-name*="experience-group-header"]'
_OLD_TIMES = "time.date-range__start-date, time.date-range__end-date"


def experience_section(page: Document) -> LexborNode | None:
    """The section of the full shape, or None."""
    return next(filter(None, map(page.first, FULL_SECTIONS)), None)


def read_full(page: Document, section: LexborNode | None, seen_on: date) -> Observed[tuple[Position, ...]]:
    """All roles of the experience list, in page order, as they stood on the day `seen_on`.

    A member can hide the section and a page can be trimmed, so without rows nothing is concluded.
    """
    if section is None:
        return Unseen("the page shows no experience section")
    if not page.finished(section):
        return Unseen("the page breaks off inside the experience section")
    rows = list(islice(_rows(section), _MOST_ROWS + 1))
    if len(rows) > _MOST_ROWS:
        return Unseen("the experience section has more rows than can be right")
    positions = tuple(
        found for row, group in rows if (found := _position(page, row, group, seen_on)) is not None
    )
    return Present(positions) if positions else Unseen("no row of the experience section could be read")


def shows_all(section: LexborNode | None, positions: Observed[tuple[Position, ...]]) -> bool:
    """False where rows are masked: one of them may be the position that is looked for."""
    if section is None or not isinstance(positions, Present):
        return True
    return len(list(islice(_rows(section), _MOST_ROWS + 1))) == len(positions.value)


def read_masked(page: Document) -> Observed[tuple[Position, ...]]:
    """The readable rows of the masked shape: the most recent employer's name and nothing else."""
    listed = page.first("ul.visible-list")
    if listed is None or not page.finished(listed):
        return Unseen("the page hides the experience from visitors")
    rows = (row for row in islice(listed.iter(), 20) if row.tag == "li")
    positions = tuple(found for row in rows if (found := _masked_position(row)) is not None)
    return Present(positions) if positions else Unseen("the page hides the experience from visitors")


def _rows(section: LexborNode) -> Iterator[tuple[LexborNode, LexborNode | None]]:
    """The innermost rows with the group round each; a group with roles is itself no row."""
    marked = [node for node in section.css("li")[: 4 * _MOST_ROWS] if _is_row(node)]
    groups = {}
    for node in marked:
        around = next((one for one in islice(ancestors(node, section), 12) if _is_row(one)), None)
        if around is not None:
            groups[node.mem_id] = around
    holding = {group.mem_id for group in groups.values()}
    yield from ((node, groups.get(node.mem_id)) for node in marked if node.mem_id not in holding)


def _is_row(node: LexborNode) -> bool:
    if _ROW_CLASSES & classes(node):
        return True
    parent = node.parent
    return node.tag == "li" and parent is not None and "experience__list" in classes(parent)


def _position(page: Document, row: LexborNode, group: LexborNode | None, seen_on: date) -> Position | None:
    """One role, or None where all of it is masked."""
    company = shown_text(row.css_first(_COMPANY) or row.css_first("h4"))
    if not company and group is not None:
        company = shown_text(group.css_first(_GROUP_COMPANY))
    title = readable(shown_text(row.css_first(_TITLE) or row.css_first("h3")), "title")
    hidden = is_masked(company)
    if hidden and not isinstance(title, Present):
        return None
    current, started, ended = _dates(row, seen_on)
    return Position(
        title=title,
        company_name="" if hidden or is_damaged(company) else company,
        company_page=Unseen("the employer is masked or blank") if hidden else _company_page(page, row, group),
        current=current,
        started=started,
        ended=ended,
    )


def _company_page(page: Document, row: LexborNode, group: LexborNode | None) -> Observed[PageLink]:
    own = [row.css_first(selector) for selector in _OWN_LINKS]
    header = group.css_first(_GROUP_LINK) if group is not None else None
    return read_page_link(page, [*own, header])


def _dates(row: LexborNode, seen_on: date) -> tuple[Observed[bool], str | None, str | None]:
    """Ongoing where the row shows one date, ended where it shows two.

    The words are looked at only for an end that had not come when the page was seen.
    """
    place = row.css_first(".date-range")
    times = place.css("time") if place is not None else row.css(_OLD_TIMES)
    texts = [shown_text(one) for one in times[:3]]
    if len(texts) not in (1, 2) or any(is_masked(text) for text in texts):
        return Unseen("the row shows no dates"), None, None
    if len(texts) == 1 and "date-range__end-date" in classes(times[0]):
        return Unseen("the row shows no start"), None, None
    if len(texts) == 1:
        return Present(True), texts[0], None
    by_words = read_period_end(texts[1], seen_on)
    over = (isinstance(by_words, Unseen) and by_words.reason == UNREADABLE_END) or by_words == Present(False)
    return Present(False) if over else by_words, texts[0], texts[1]


def _masked_position(row: LexborNode) -> Position | None:
    name, place = row.css_first("h3"), row.css_first("h4")
    company = shown_text(name)
    # years stand on schools only: the masked shape shows no dates of employers
    if is_masked(company) or (name is not None and is_blurred(name)) or row.css_first("time") is not None:
        return None
    blurred = place is None or place.css_first(".blur") is not None or is_blurred(place)
    title = "" if blurred else shown_text(place)
    hidden = Unseen("the page masks this for visitors")
    return Position(hidden if is_masked(title) else Present(title), company, hidden, hidden)
