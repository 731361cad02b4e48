"""Builds a subject from the few words of a YAML case; what a case leaves out is unseen."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from PIL import Image

from auditor.app.rule_cases import case_pictures, setting
from auditor.model.address import page_link, profile_slug
from auditor.model.capture import Capture, CaptureFormat, CaptureStatus
from auditor.model.company import BannerRole, Company, CompanyName, HeadlineTemplate, ReferenceBanner
from auditor.model.day import Day
from auditor.model.employee import Employee, PersonName, RosterState
from auditor.model.observed import Absent, Observed, Present, Unseen
from auditor.model.profile import Banner, BannerKind, CompanyShown, PageKind, Position, Profile
from auditor.model.rule import Subject

UNSEEN = Unseen("not visible to a visitor")


PICTURES = case_pictures()


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


def _company(said: dict[str, Any]) -> Company:
    """The company of the cases, as the policy would describe it."""
    return Company(
        entity=said["entity"],
        names=tuple(map(CompanyName, said["names"])),
        pages=tuple(map(page_link, said["pages"])),
        page_address=said["pages"][0],
        sister_pages=tuple(map(page_link, said["sister_pages"])),
        sister_names=tuple(map(CompanyName, said["sister_names"])),
        banners=tuple(
            ReferenceBanner(one["name"], BannerRole(one["role"]), original(one["picture"]))
            for one in said["banners"]
        ),
        templates=tuple(HeadlineTemplate(one["text"], one["language"]) for one in said["headline"]),
        language=said["language"],
    )


COMPANY = _company(setting()["company"])
PERSON = setting()["person"]


def subject(case: dict[str, Any]) -> Subject:
    """The subject of a case."""
    page = case.get("page", {})
    status = CaptureStatus(case.get("status", "ok"))
    said = {**PERSON, **case}
    address = said["address"]
    employee = Employee(
        PERSON["number"], PERSON["name"], RosterState(said["state"]), address, said["title"], COMPANY.entity,
        language=said["language"], name=PersonName(PERSON["name"]), grace_until=case.get("grace until"),
    )  # fmt: skip
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    capture = Capture("7", "u", "u", status, now, "saved_pages", CaptureFormat.PAGE)
    return Subject(employee, capture, _profile(page, address), COMPANY, Day(setting()["day"]))


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
