"""What a page is: by its final address first, then by the answer's status, then by its structure.

Healthy guest pages are full of sign-in forms and joining links, so words never decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from auditor.extract._document import (
    Document,
    attribute,
    canonical,
    is_masked,
    organisation,
    shown_text,
    shows_text,
)
from auditor.identity.page_identity import slug_of
from auditor.model.address import is_linkedin
from auditor.model.capture import Capture
from auditor.model.observed import Observed, Present
from auditor.model.profile import PageKind, Position

_THROTTLING = frozenset({429, 999})
_MISSING = frozenset({404, 410})
_SIGNED_IN = (
    "html.theme--mercado, .global-nav__me, .pv-top-card, .scaffold-layout, h1.text-heading-xlarge, "
    "section.pv-top-card-section, section[data-member-id], "
    '#profile-background-image-target-image, [data-view-name^="profile-c"], '
    'a[data-field^="experience_company"], [componentkey^="com.linkedin.sdui"], '
    'code[id^="bpr-guid"], code[id^="datalet-bpr-guid"]'
)
_SIGNED_IN_WORDS = ("com.linkedin.voyager.", "com.linkedin.sdui.profile")
_SIGNED_IN_KEYS = ("d_flagship3", "p_flagship3", "p_mwlite_profile")
_GUEST_MEMBER_IDS = frozenset({"", "0", "-1"})
_CHALLENGE = "#captcha-challenge, #challenge-form, form.challenge-form, #captcha-internal"
_SIGN_IN = "form.login__form, form.login-form, .cold-join-form"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the page is, and why nothing is read from it (nothing where something is)."""

    kind: PageKind
    reason: str = ""


def kind_by_circumstances(capture: Capture, *, empty: bool) -> Verdict | None:
    """What the final address and the status already decide; None where the page itself must."""
    return _by_address(capture) or _by_status(capture, empty=empty)


def kind_by_structure(page: Document, text: str) -> Verdict:
    """The kind of a page that nobody was signed in to, according to its own structure."""
    return _no_profile(page) or _profile(page) or _elsewhere(page, text)


def is_signed_in(page: Document, text: str) -> bool:
    """True for a page that a signed-in member saw."""
    member = attribute(page.first("meta[data-member-id]"), "data-member-id").strip()
    return (
        member not in _GUEST_MEMBER_IDS
        or page.page_key().startswith(_SIGNED_IN_KEYS)
        or any(word in text for word in _SIGNED_IN_WORDS)
        or page.first(_SIGNED_IN) is not None
    )


def _by_address(capture: Capture) -> Verdict | None:
    try:
        final, asked = urlsplit(capture.final_url), urlsplit(capture.url)
        host, asked_host = final.hostname or "", asked.hostname or ""
    except ValueError:
        return None
    if final.scheme in ("chrome-error", "about"):
        return Verdict(PageKind.UNREADABLE, "the browser showed its own error page")
    if asked_host and host and host != asked_host and not is_linkedin(host):
        return Verdict(PageKind.WRONG_PAGE, "the answer came from another site")
    return _by_path([segment.casefold() for segment in final.path.split("/") if segment])


def _by_path(segments: list[str]) -> Verdict | None:
    head = segments[0] if segments else ""
    if head == "authwall":
        return Verdict(PageKind.AUTH_WALL, "the site asks visitors to join before it shows the page")
    if head == "checkpoint":
        return Verdict(PageKind.CHALLENGE, "the site asks for a security check")
    if head in ("login", "signup") or segments[:2] == ["uas", "login"]:
        return Verdict(PageKind.LOGIN, "the site shows its sign-in page")
    if head == "mwlite":
        return Verdict(PageKind.LOGGED_IN, "the page was opened while signed in; nothing of it is used")
    return None


def _by_status(capture: Capture, *, empty: bool) -> Verdict | None:
    status = capture.http_status
    if status in _THROTTLING:
        return Verdict(PageKind.THROTTLED_999, f"the site answered with status {status}")
    if status is not None and 500 <= status < 600:
        return Verdict(PageKind.UNREADABLE, f"the site answered with status {status}")
    if not empty:
        return None
    moved = capture.final_url and slug_of(capture.final_url) != slug_of(capture.url)
    if status in _MISSING and not moved:
        return Verdict(PageKind.NOT_FOUND, f"the site answered with status {status} and nothing else")
    return Verdict(PageKind.UNREADABLE, "the page is empty")


def _no_profile(page: Document) -> Verdict | None:
    """The pages that the site shows in place of a profile."""
    key = page.page_key()
    if key.startswith(("auth_wall", "authwall")) or page.first("h1.authwall-join-form__title") is not None:
        return Verdict(PageKind.AUTH_WALL, "the site asks visitors to join before it shows the page")
    if _has_profile_title(page):
        return None
    if page.first(".page-not-found, .page-not-found__headline") is not None:
        return Verdict(PageKind.NOT_FOUND, "the profile is not public or does not exist")
    return _sign_in(page, key) or _stub(page, key)


def _sign_in(page: Document, key: str) -> Verdict | None:
    if "login" in key or "cold-join" in key or "cold_join" in key or "reg-cold" in key:
        return Verdict(PageKind.LOGIN, "the site shows its sign-in page")
    if "challenge" in key or "captcha" in key or page.first(_CHALLENGE) is not None:
        return Verdict(PageKind.CHALLENGE, "the site asks for a security check")
    if not key and page.first(_SIGN_IN) is not None:
        return Verdict(PageKind.LOGIN, "the site shows its sign-in page")
    return None


def _stub(page: Document, key: str) -> Verdict | None:
    """A page without content whose script or refresh leads to the wall or to the start page."""
    if key or page.first("h1") is not None or shows_text(page.tree.body):
        return None
    refreshes = [attribute(meta, "content") for meta in page.tree.css("meta[http-equiv][content]")[:10]]
    scripts = "".join(script.text()[:20_000] for script in page.tree.css("script")[:10])
    leads_away = any("url=" in one.casefold() and "linkedin.com" in one.casefold() for one in refreshes)
    if leads_away or ("/authwall" in scripts and "sessionRedirect" in scripts):
        return Verdict(PageKind.THROTTLED_999, "the site sent a script in place of the page")
    return None


def _profile(page: Document) -> Verdict | None:
    key = page.page_key()
    if key and not key.startswith("public_profile"):
        return None
    if not (_has_profile_title(page) or (key and has_profile_section(page))):
        return None
    if not key and not (has_profile_section(page) or slug_of(canonical(page))):
        return None
    shape = shape_of(page)
    return Verdict(shape) if shape else Verdict(PageKind.UNREADABLE, "the page breaks off before its shape")


def _has_profile_title(page: Document) -> bool:
    return page.first("h1.top-card-layout__title") is not None


def _elsewhere(page: Document, text: str) -> Verdict:
    key = page.page_key()
    if "org_guest" in key or (not key.startswith("public_profile") and organisation(page) is not None):
        return Verdict(PageKind.COMPANY_PAGE, "the page belongs to an organisation, not to a person")
    if key and not key.startswith("public_profile"):
        return Verdict(PageKind.WRONG_PAGE, "a healthy page that is not a profile")
    if not key and page.whole and "<body" in text.casefold() and shows_text(page.tree.body):
        return Verdict(PageKind.WRONG_PAGE, "a page that is not a profile")
    return Verdict(PageKind.UNREADABLE, "the page is empty, cut off or of an unknown layout")


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


#: the first one that a page has holds its positions
FULL_SECTIONS = ('section[data-section="experience"]', "section.experience", "ul.experience__list")
FULL_SECTION = ", ".join(FULL_SECTIONS)
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
