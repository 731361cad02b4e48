from __future__ import annotations

import pytest

from auditor.extract.attestation import EXTRACTOR, NOTE
from auditor.model.capture import ArtifactKind, CaptureFormat
from auditor.model.observed import Present, Unseen
from auditor.model.profile import Banner, BannerKind, CompanyShown, PageKind, PageLink, PageLinkKind, Profile

from .own_files import capture_of, piece


def read(body: object, *others: object) -> Profile:
    return EXTRACTOR.read(capture_of(CaptureFormat.ATTESTATION, piece(body), *others))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/company/vintergloed/",
        "linkedin.com/company/Vintergloed?trk=x",
        "  https://nl.linkedin.com/company/vintergloed ",
    ],
)
def test_a_stated_link_is_what_a_top_card_would_show(link: str) -> None:
    page = Present(PageLink(PageLinkKind.COMPANY, "vintergloed"))
    assert read({"company_link": link}).topcard_company == Present(CompanyShown("", page))


@pytest.mark.parametrize(
    "link",
    ["", "no", "Vintergloed", "https://linkedin.com.evil.invalid/company/vintergloed", "https://[", None, 5],
)
def test_other_answers_prove_nothing(link: object) -> None:
    assert isinstance(read({"company_link": link}).topcard_company, Unseen)


def test_the_handed_in_picture_and_the_mark_of_weakness() -> None:
    profile = read({"headline": " Planner "}, piece(b"\xff\xd8", "oda.jpg", ArtifactKind.BANNER))
    assert profile.headline == Present("Planner")
    assert profile.banner == Present(Banner(BannerKind.CUSTOM, "oda.jpg", b"\xff\xd8"))
    assert profile.notes == (NOTE,)
    assert profile.page_kind is PageKind.RECORD
    missing = read({}, piece(b"", "oda.jpg", ArtifactKind.BANNER, "the picture does not exist"))
    assert missing.banner == Unseen("the picture does not exist")


def test_damage() -> None:
    for body in (b"", b"[]", b"{"):
        assert read(body).page_kind is PageKind.UNREADABLE
