"""The cover picture of a signed-in page: a picture in the cover's own place is the member's own."""

from __future__ import annotations

from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from auditor.extract._banner import DEFAULT_PICTURE, banner_kind, embedded_banner, picture_of, source_of
from auditor.extract._document import Document
from auditor.model.capture import Capture
from auditor.model.observed import Observed, Present, Unseen
from auditor.model.profile import Banner, BannerKind


def read_cover(page: Document, picture: LexborNode | None, capture: Capture) -> Observed[Banner]:
    """The picture that stands where the cover stands.

    A page saved with its folder lost the picture's address: then its place is the only sign. The default
    cover is no picture on these pages, so that no picture is ever taken for it.
    """
    if picture is None:
        return Unseen("the page shows no banner; it may not have been loaded when the page was saved")
    embedded = embedded_banner(picture, capture)
    if embedded is not None:
        return Present(embedded)
    source = source_of(picture)
    if not source:
        return Unseen("the banner's picture was not loaded when the page was taken")
    if not (_is_saved_copy(source) or banner_kind(source, page.address) is BannerKind.CUSTOM):
        return Unseen("the banner's address is of an unknown form")
    body, trouble = picture_of(source, capture)
    return Present(Banner(BannerKind.CUSTOM, source, body, trouble))


def _is_saved_copy(source: str) -> bool:
    """True for a file in the folder that was saved with the page."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    local = parts.scheme in ("", "file") and not parts.netloc and not parts.path.startswith(("/dms/", "/sc/"))
    return local and bool(parts.path) and DEFAULT_PICTURE not in parts.path
