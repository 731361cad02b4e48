"""Builds a subject from the few words of a YAML case; what a case leaves out is unseen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from auditor.model.address import page_link, profile_slug
from auditor.model.capture import Capture, CaptureFormat, CaptureStatus
from auditor.model.company import BannerRole, Company, CompanyName, HeadlineTemplate, ReferenceBanner
from auditor.model.employee import Employee, PersonName, RosterState
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import Banner, BannerKind, CompanyShown, PageKind, Position, Profile
from auditor.model.rule import Subject

UNSEEN = Unseen("not visible to a visitor")
OURS, SISTER = "https://www.linkedin.com/company/vlinderbouw", "https://www.linkedin.com/company/egelwerk"


def drawing(colours: tuple[str, str, str], shift: int = 0) -> Image.Image:
    """An invented banner: a sky, hills and a sun, at the advised size."""
    picture = Image.new("RGB", (1584, 396), colours[0])
    draw = ImageDraw.Draw(picture)
    draw.ellipse((1200 + shift, 40, 1400 + shift, 240), fill=colours[2])
    for hill in range(7):
        left = hill * 260 - 200 + shift * (hill % 3)
        draw.ellipse(
            (left, 210 + 31 * (hill % 3), left + 520, 700), fill=colours[1], outline=colours[2], width=5
        )
    for post in range(30, 1584, 97):
        draw.rectangle((post, 300 - post % 83, post + 18, 396), fill=colours[2])
    return picture


PICTURES = {
    "current": drawing(("#0b3d66", "#1f7a5c", "#f2c14e")),
    "previous": drawing(("#7b1e3b", "#c06c2b", "#f7efe2"), shift=-330),
    "sister": drawing(("#2e2a4f", "#5d8aa8", "#e4572e"), shift=150).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    ),
    "own photo": Image.effect_noise((1584, 396), 90).convert("RGB"),
}


def served(name: str) -> bytes:
    """The picture as the site serves it: 800 x 200, progressive JPEG."""
    body = BytesIO()
    small = PICTURES[name].resize((800, 200), Image.Resampling.LANCZOS)
    small.save(body, "JPEG", quality=90, progressive=True, subsampling="4:2:0")
    return body.getvalue()


def original(name: str) -> bytes:
    """The picture as it lies in the brand folder."""
    body = BytesIO()
    PICTURES[name].save(body, "PNG")
    return body.getvalue()


COMPANY = Company(
    entity="Vlinderbouw",
    names=(CompanyName("Vlinderbouw"), CompanyName("Vlinderbouw Groep")),
    pages=(page_link(OURS), page_link("https://www.linkedin.com/company/778899")),
    page_address=OURS,
    sister_pages=(page_link(SISTER),),
    sister_names=(CompanyName("Egelwerk"),),
    banners=(
        ReferenceBanner("Autumn", BannerRole.CURRENT, original("current")),
        ReferenceBanner("Spring", BannerRole.PREVIOUS, original("previous")),
        ReferenceBanner("Egelwerk: Autumn", BannerRole.SISTER, original("sister")),
    ),
    templates=(
        HeadlineTemplate("{job title} at {company}"),
        HeadlineTemplate("{functie} bij {bedrijf}", "nl"),
    ),
    language="en",
)


def subject(case: dict[str, Any]) -> Subject:
    """The subject of a case."""
    page = case.get("page", {})
    status = CaptureStatus(case.get("status", "ok"))
    state = RosterState(case.get("state", "active"))
    address = case.get("address", "https://www.linkedin.com/in/quilla/")
    employee = Employee(
        "7", "Quilla Ostrander", state, address,
        case.get("title", "Site Engineer"), "Vlinderbouw",
        language=case.get("language", "en"), name=PersonName("Quilla Ostrander"),
        grace_until=case.get("grace until"),
    )  # fmt: skip
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    capture = Capture("7", "u", "u", status, now, "saved_pages", CaptureFormat.PAGE)
    return Subject(employee, capture, _profile(page, address), COMPANY, date(2026, 11, 22))


def _profile(page: dict[str, Any], address: str | None) -> Profile:
    rows = page.get("positions")
    return Profile(
        page_kind=PageKind(page.get("kind", "profile_full")),
        slug=page.get("slug", profile_slug(address or "") or ""),
        full_name=Present(page["name"]) if "name" in page else UNSEEN,
        headline=Present(page["headline"]) if "headline" in page else UNSEEN,
        banner=_banner(page.get("banner")),
        topcard_company=_shown(page.get("top card")),
        positions=UNSEEN if rows is None else Present(tuple(_position(row) for row in rows)),
    )


def _banner(word: str | None) -> Observed[Banner]:
    if word is None:
        return UNSEEN
    if word == "default":
        return Present(Banner(BannerKind.DEFAULT, "static"))
    if word == "not loaded":
        return Present(Banner(BannerKind.CUSTOM, "u", None, "the banner's picture: answered 404"))
    body = b"<html>no picture</html>" if word == "broken" else served(word)
    return Present(Banner(BannerKind.CUSTOM, "u", body))


def _shown(row: dict[str, Any] | str | None) -> Observed[CompanyShown]:
    if row is None:
        return UNSEEN
    if row == "absent":
        return Absent()
    return Present(CompanyShown(row.get("at", ""), _page(row)))


def _page(row: dict[str, Any]) -> Observed[Any]:
    link = page_link(row["link"]) if "link" in row else None
    return Present(link) if link else Absent()


def _position(row: dict[str, Any]) -> Position:
    current = {"yes": Present(True), "no": Present(False)}.get(str(row.get("current", "")), UNSEEN)
    title = Present(row["title"]) if "title" in row else UNSEEN
    return Position(title, row["at"], _page(row), current)
