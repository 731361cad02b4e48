"""Whether a profile page surely has the full shape: only then can it prove that something is absent."""

from __future__ import annotations

import re

from auditor.domain.observed import Observed, Present
from auditor.domain.profile import PageKind, Position
from auditor.extract._document import Document, attribute
from auditor.extract._shown_text import is_masked, shown_text

FULL_SECTION = 'section[data-section="experience"], section.experience, ul.experience__list'
MASKED_SECTION = "section.experience-education, .blurred-overlay, .blurred-list"
#: only the full shape has these elements; the masked one merges education into its own section
_HEADLINE = ".top-card-layout__headline"
_EDUCATION = 'section[data-section="educationsDetails"] h3'

_VERSION = re.compile(r"2\.0\.(\d{1,6})")
#: 1067 stood on pages of 2023-04, 2249 in 2024-03; the first masked page was seen in 2024-04
_BEFORE_MASKS = 1500


def has_profile_section(page: Document) -> bool:
    """True where the page has the experience section of either shape."""
    return page.first(f"{FULL_SECTION}, {MASKED_SECTION}") is not None


def shape_of(page: Document) -> PageKind | None:
    """Full or masked, None where the page breaks off before it can be told."""
    if page.first(FULL_SECTION) is not None:
        return PageKind.PROFILE_FULL
    if page.first(MASKED_SECTION) is not None:
        return PageKind.PROFILE_MASKED
    return PageKind.PROFILE_FULL if page.whole or page.first(_HEADLINE) is not None else None


def is_surely_full(page: Document, positions: Observed[tuple[Position, ...]]) -> bool:
    """True for a whole page without any hidden part that shows what the masked shape never shows."""
    if not page.whole or page.first(MASKED_SECTION) is not None:
        return False
    return (
        _shows_titles(positions)
        or _shows(page, _HEADLINE)
        or _shows(page, _EDUCATION)
        or _is_older_than_masks(page)
    )


def _shows_titles(positions: Observed[tuple[Position, ...]]) -> bool:
    return isinstance(positions, Present) and any(isinstance(row.title, Present) for row in positions.value)


def _shows(page: Document, selector: str) -> bool:
    return not is_masked(shown_text(page.first(selector)))


def _is_older_than_masks(page: Document) -> bool:
    version = _VERSION.fullmatch(attribute(page.first("meta[data-app-version]"), "data-app-version"))
    return version is not None and int(version.group(1)) < _BEFORE_MASKS
