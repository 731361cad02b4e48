from __future__ import annotations

import pytest

from auditor.extract.vendor_record import EXTRACTOR
from auditor.model.capture import CaptureFormat
from auditor.model.observed import Present, Unseen
from auditor.model.profile import Banner, BannerKind, CompanyShown, PageKind, PageLink, PageLinkKind, Profile

from .own_files import capture_of, piece

VINTERGLOED = Present(PageLink(PageLinkKind.COMPANY, "vintergloed"))
LINK = "https://be.linkedin.com/company/Vintergloed?trk=public_profile_experience-group-header"


def read(**record: object) -> Profile:
    return EXTRACTOR.read(capture_of(CaptureFormat.VENDOR_RECORD, piece(record)))


def role(started: object = None, ended: object = None, title: object = "Planner") -> dict[str, object]:
    return {"title": title, "started": started, "ended": ended}


def row(*roles: dict[str, object], company: object = "Vintergloed", **own: object) -> dict[str, object]:
    return {"company": company, "link": LINK, "roles": list(roles), **role(), **own}


def currents(*rows: dict[str, object], **record: object) -> list[object]:
    positions = read(positions=list(rows), **record).positions
    assert isinstance(positions, Present)
    return [p.current.value if isinstance(p.current, Present) else None for p in positions.value]


def test_a_group_gives_its_roles_with_the_groups_company_and_page() -> None:
    positions = read(
        positions=[row(role("Jan 2020", "Present"), role("2018", "Dec 2019", "Trainee"))]
    ).positions
    assert isinstance(positions, Present)
    first, second = positions.value
    assert (first.company_name, first.company_page, first.current) == (
        "Vintergloed",
        VINTERGLOED,
        Present(True),
    )
    assert (first.started, first.ended) == ("Jan 2020", None)
    assert (second.title, second.current, second.ended) == (Present("Trainee"), Present(False), "Dec 2019")


@pytest.mark.parametrize(
    ("started", "ended", "current"),
    [
        ("2020", "Present", True),
        ("2020", "heden", True),
        ("2020", "Aujourd’hui", True),
        ("2020", "2021", False),
        ("2020", None, None),
        (None, None, None),
        ("2020", "sometime", None),
        ("2020", "*** ****", None),
    ],
)
def test_what_is_current(started: str | None, ended: str | None, current: bool | None) -> None:
    assert currents(row(started=started, ended=ended)) == [current]


def test_an_empty_end_is_ongoing_only_where_the_policy_says_so() -> None:
    rows = (row(started="2020"), row(), row(started="2019", ended="2020"))
    assert currents(*rows, empty_end_is_current=True) == [True, None, False]


@pytest.mark.parametrize("value", [None, "", "--", "*** ** ****", "****** undefined **", 7, ["x"]])
def test_masked_and_empty_values_are_unseen(value: object) -> None:
    profile = read(headline=value, full_name=value, company=value, banner=value, positions=value)
    assert [type(field) for field in profile.fields().values()] == [Unseen] * 5


def test_a_headline_with_a_star_in_it_is_a_headline() -> None:
    assert read(headline="*Planner* at Vintergloed").headline == Present("*Planner* at Vintergloed")


@pytest.mark.parametrize("positions", [[], None, [row(), row(company="***** **")], [row(company=None)]])
def test_a_list_with_masked_or_missing_employers_is_unseen(positions: object) -> None:
    assert isinstance(read(positions=positions).positions, Unseen)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://media.licdn.com/dms/image/D4/profile-displaybackgroundimage/0/1", BannerKind.CUSTOM),
        ("https://static.licdn.com/aero-v1/sc/h/5q92mjc5c51bjlwaj3rs9aa82", BannerKind.DEFAULT),
        ("https://static-exp1.licdn.com/sc/h/5q92mjc5c51bjlwaj3rs9aa82", BannerKind.DEFAULT),
    ],
)  # fmt: skip
def test_banner_by_its_address(address: str, kind: BannerKind) -> None:
    trouble = "the record holds an address, not the picture"
    assert read(banner=address).banner == Present(Banner(kind, address, trouble=trouble))


@pytest.mark.parametrize(
    "address",
    ["https://media.licdn.com/dms/image/C4/profile-displayphoto/0/1", "https://static.licdn.com.evil.invalid/x",
     "1754413013917", "https://["],
)  # fmt: skip
def test_other_pictures_are_no_banner(address: str) -> None:
    assert isinstance(read(banner=address).banner, Unseen)


def test_no_link_in_the_record_does_not_mean_no_link_on_the_page() -> None:
    for link in (
        None,
        "",
        "https://www.linkedin.com/in/somebody",
        "https://linkedin.com.evil.invalid/company/x",
        "https://[",
    ):
        profile = read(company="Vintergloed", company_link=link, positions=[row(link=link)])
        assert profile.topcard_company == Present(
            CompanyShown("Vintergloed", Unseen("the record gives no company page"))
        )
        assert isinstance(profile.positions, Present)
        assert isinstance(profile.positions.value[0].company_page, Unseen)


def test_slug_and_damage() -> None:
    assert read(slug="ODA-vinter", url="https://be.linkedin.com/in/od%C3%A1/nl").slug == "odá"
    assert read(slug="ODA-vinter", url="https://[").slug == "oda-vinter"
    for body in (b"", b"[1]", b"{", b"\xff"):
        profile = EXTRACTOR.read(capture_of(CaptureFormat.VENDOR_RECORD, piece(body)))
        assert profile.page_kind is PageKind.UNREADABLE
