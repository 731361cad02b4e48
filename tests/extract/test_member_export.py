from __future__ import annotations

import pytest

from auditor.extract.member_export import EXTRACTOR
from auditor.model.capture import ArtifactKind, CaptureFormat
from auditor.model.observed import Absent, Present, Unseen
from auditor.model.profile import Banner, BannerKind, PageKind, Position, Profile

from .own_files import capture_of, piece

BACKGROUND = "https://media.licdn.com/dms/image/D4/profile-displaybackgroundimage-shrink_200/0/{}?e=1&v=beta"
ORIGINAL = (
    "https://media.licdn.com/dms/image/v2/D4/profile-originalbackgroundimage-shrink_396_1584/x/0/{}?e=1"
)
SAID = '"You uploaded a profile background photo on August 4, 2024 at 4:38 PM (GMT)"'
COLUMNS_2018 = (
    "First Name,Last Name,Maiden Name,Address,Contact Instructions,Birth Date,Headline,Summary,Industry,"
    "Country,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers"
)
NO_LINKS = Unseen("an export has no company links")


def read(profile: str, positions: str | None = None, media: str | None = None) -> Profile:
    parts = [piece(profile, "Profile.csv")]
    if positions is not None:
        parts.append(piece(positions, "Positions.csv", ArtifactKind.PART))
    if media is not None:
        parts.append(piece(media, "Rich_Media.csv", ArtifactKind.PART))
    return EXTRACTOR.read(capture_of(CaptureFormat.MEMBER_EXPORT, *parts))


ODA = 'First Name,Last Name,Headline\nOda,Vintermark,"Planner,  at\nVintergloed"\n'


def test_a_whole_export() -> None:
    profile = read(
        ODA,
        "Company Name,Title,Description,Location,Started On,Finished On\n"
        'Vintergloed,Planner,"a\nb",Ghent,Jan 2020,\n'
        "Lunabrava,Trainee,,,2017,Dec 2019\n",
        f"Date/Time,Media Description,Media Link\n{SAID}, -,{BACKGROUND.format(1_700_000_000_000)}\n"
        f"{SAID}, -,{BACKGROUND.format(1_600_000_000_000)}\n{SAID}, -,{ORIGINAL.format(1_700_000_000_000)}\n",
    )
    assert profile == Profile(
        page_kind=PageKind.RECORD,
        slug=None,
        full_name=Present("Oda Vintermark"),
        headline=Present("Planner, at Vintergloed"),
        banner=Present(
            Banner(
                BannerKind.CUSTOM,
                BACKGROUND.format(1_700_000_000_000),
                trouble="the export holds an address, not the picture",
            )
        ),
        topcard_company=Unseen("an export has no top card"),
        positions=Present(
            (
                Position(Present("Planner"), "Vintergloed", NO_LINKS, Present(True), "Jan 2020", None),
                Position(Present("Trainee"), "Lunabrava", NO_LINKS, Present(False), "2017", "Dec 2019"),
            )
        ),
        layout="member-export",
        notes=("the banner is the one uploaded last; the export does not tell whether it still stands",),
    )


@pytest.mark.parametrize(
    "columns",
    [
        COLUMNS_2018,
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary",
        "\ufeffHeadline,First Name",
    ],
)
def test_column_sets_of_all_years(columns: str) -> None:
    row = ",".join({"Headline": "Planner"}.get(name.strip("\ufeff"), "x") for name in columns.split(","))
    assert read(f"{columns}\n{row}\n").headline == Present("Planner")


def test_an_empty_headline_is_absent_and_a_missing_column_unseen() -> None:
    assert read("First Name,Headline\nOda,\n").headline == Absent()
    assert read("First Name,Summary\nOda,x\n").headline == Unseen("the export has no column Headline")


def test_a_list_without_rows_was_seen_and_is_empty() -> None:
    assert read(ODA, "Company Name,Title,Started On,Finished On\n").positions == Present(())


@pytest.mark.parametrize(
    "positions",
    [
        None,
        "",
        'Company Name,Title,Started On,Finished On\nVintergloed,"cut',
        "Title,Started On,Finished On\nPlanner,2020,\n",
        "Title,Started On,Finished On\n",
        "Company Name,Title,Started On,Finished On\n,Planner,2020,\n",
        "Company Name,Title,Started On,Finished On\nVintergloed,Planner\n",
    ],
)
def test_a_list_that_may_lack_rows_is_unseen(positions: str | None) -> None:
    assert isinstance(read(ODA, positions).positions, Unseen)


def test_without_end_dates_nothing_is_current_or_past() -> None:
    profile = read(ODA, "Company Name,Title,Started On\nVintergloed,Planner,2020\n")
    assert isinstance(profile.positions, Present)
    assert isinstance(profile.positions.value[0].current, Unseen)


@pytest.mark.parametrize(
    "media",
    [
        None,
        "Type,Link\nPhotos,https://www.linkedin.com/psettings/photos\n",
        "Date/Time,Media Description,Media Link\nx,-,https://media.licdn.com/dms/image/C4/profile-displayphoto-shrink_800/0/1\n",
        "Date/Time,Media Description,Media Link\nx,-,https://evil.invalid/profile-displaybackgroundimage/0/1700000000000\n",
    ],
)
def test_no_background_row_is_no_default_banner(media: str | None) -> None:
    assert isinstance(read(ODA, media=media).banner, Unseen)


@pytest.mark.parametrize(
    "profile", ["", "First Name,Headline\n", "First Name,Headline\na,b\nc,d\n", '"', "\0"]
)
def test_what_describes_no_one_person_is_unreadable(profile: str) -> None:
    assert read(profile).page_kind is PageKind.UNREADABLE
