"""Which of the known page layouts this is, so that a change can be noticed."""

from __future__ import annotations

from auditor.extract._document import Document

_FAMILIES = (
    ("2024", ".experience-item__title, .blurred-overlay, .profile-info-subheader"),
    ("2022", ".profile-section-card__title, .profile-section-card__contents"),
    ("2021", ".result-card__title"),
)


def layout_of(page: Document) -> str:
    """`desktop 2024`, `mobile 2022` and the like; `unknown` where no known class is there."""
    device = "mobile" if page.page_key().endswith("mobile") else "desktop"
    family = next((year for year, selector in _FAMILIES if page.first(selector) is not None), "unknown")
    return f"{device} {family}"
