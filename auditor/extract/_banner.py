"""The banner of a profile page: custom or LinkedIn's default, by the picture's address alone."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from auditor.extract._document import Document, ancestors, attribute, unescape_again
from auditor.model.capture import Artifact, ArtifactKind, Capture
from auditor.model.observed import Observed, Present, Unseen
from auditor.model.profile import Banner, BannerKind

DEFAULT_PICTURE = "5q92mjc5c51bjlwaj3rs9aa82"
#: placeholders for portraits and logos on the same hosts
_GHOSTS = frozenset(
    {
        "9c8pery4andzj6ohjkjp54ma2",
        "244xhbkr7g40x6bsu4gi6q4ry",
        "bnxyo1tqcm61152dwec76x63i",
        "13m4dq9c31s1sl7p7h82gh1vh",
        "cs8pjfgyw96g44ln9r7tct85f",
        "3dtfvv2esz58o2zimai1h3v2d",
        "6qpnald1ddva78jx4bnnl3vw",
    }
)
_MEDIA_HOST = re.compile(r"media[\w-]*\.licdn\.com")
_STATIC_HOST = re.compile(r"static[\w-]*\.licdn\.com")
#: a path of the site itself, not of a folder of saved files
_SITE_PATH = re.compile(r"/sc/h/|/dms/")
_STATIC_PICTURE = re.compile(r"/sc/h/(\w+)$")
_BACKGROUND = re.compile(r"/profile-\w*backgroundimage", re.IGNORECASE)
#: an asset id tells by its fourth and fifth sign what the picture is: 16 = background
_BACKGROUND_ASSET = re.compile(r"/dms/image/(?:v2/)?\w{3}16A[\w-]+/")
#: a saved copy is named by its upload time in ms, the default one by its own name; browsers and savers
#: put a number, an ending or the rest of the address behind either
_SAVED_UPLOAD = re.compile(r"1\d{12}(?!\d)")
_SAVED_DEFAULT = re.compile(rf"{DEFAULT_PICTURE}(?![a-z0-9])", re.IGNORECASE)


def read_banner(page: Document, capture: Capture) -> Observed[Banner]:
    """The banner element's picture; Unseen where the page has no such element for a person."""
    image = _cover_image(page)
    if image is None:
        return Unseen("the page has no place for a banner")
    embedded = embedded_banner(image, capture)
    if embedded is not None:
        return Present(embedded)
    source = source_of(image)
    if not source:
        return Unseen("the banner's picture was not loaded when the page was taken")
    kind = banner_kind(source, page.address)
    if kind is None:
        return Unseen("the banner's address is of an unknown form")
    picture, trouble = picture_of(source, capture)
    return Present(Banner(kind, source, picture, trouble))


def banner_kind(source: str, page_address: str = "") -> BannerKind | None:
    """Custom or default by the address of the picture; None where it tells neither."""
    try:
        parts = urlsplit(source)
        if parts.scheme in ("", "file") and not parts.netloc and not _SITE_PATH.search(parts.path):
            return _kind_of_saved_copy(parts.path)
        whole = urlsplit(urljoin(page_address, source))
        own = bool(whole.netloc) and whole.netloc == urlsplit(page_address).netloc
    except ValueError:
        return None
    host = (whole.hostname or "").rstrip(".")
    if (own or _MEDIA_HOST.fullmatch(host)) and _is_background(whole.path):
        return BannerKind.CUSTOM
    if own or _STATIC_HOST.fullmatch(host):
        return _kind_of_static(whole.path, own=own)
    return None


def _is_background(path: str) -> bool:
    return bool(_BACKGROUND.search(path) or _BACKGROUND_ASSET.search(path))


def _kind_of_static(path: str, *, own: bool) -> BannerKind | None:
    found = _STATIC_PICTURE.search(path)
    name = found.group(1) if found else ""
    # elsewhere than on the picture hosts only the known name proves it
    known = name == DEFAULT_PICTURE if own else bool(name) and name not in _GHOSTS
    return BannerKind.DEFAULT if known else None


def _kind_of_saved_copy(path: str) -> BannerKind | None:
    name = unquote(path).rsplit("/", 1)[-1]
    if _SAVED_DEFAULT.match(name):
        return BannerKind.DEFAULT
    return BannerKind.CUSTOM if _SAVED_UPLOAD.match(name) else None


def _cover_image(page: Document) -> LexborNode | None:
    for figure in page.tree.css("figure.cover-img")[:5]:
        image = figure.css_first('img.cover-img__image, img[data-embed-id="cover-image"]')
        if image is not None and not any(around.tag == "aside" for around in ancestors(figure)):
            return image
    return None


def embedded_banner(image: LexborNode, capture: Capture) -> Banner | None:
    """The banner that stands in the page's own element as `data:`; None where it refers to a picture."""
    if not attribute(image, "src").startswith("data:"):
        return None
    found = (one for one in _candidates(capture) if one.address.startswith("data:") and one.body)
    return next((Banner(BannerKind.CUSTOM, one.address, one.body) for one in found), None)


def source_of(image: LexborNode) -> str:
    """`src`, else the address that the page's script would have put there; never the ghost's."""
    for name in ("src", "data-delayed-url"):
        address = unescape_again(attribute(image, name).strip())
        if address and not address.startswith("data:"):
            return address
    return ""


def picture_of(source: str, capture: Capture) -> tuple[bytes | None, str]:
    """The bytes that the capture brought for an address, or why there are none."""
    wanted = {_comparable(source), _comparable(urljoin(capture.final_url or capture.url, source))}
    for artifact in _candidates(capture):
        if _comparable(artifact.address) in wanted:
            return artifact.body or None, artifact.trouble
    return None, ""


def _candidates(capture: Capture) -> list[Artifact]:
    """Pieces that may be the banner, those brought as such first."""
    kinds = (ArtifactKind.BANNER, ArtifactKind.PART)
    return sorted((a for a in capture.artifacts if a.kind in kinds), key=lambda a: kinds.index(a.kind))


def _comparable(address: str) -> str:
    return unquote(unescape_again(address)).removeprefix("./")
