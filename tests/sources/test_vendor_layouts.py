"""Records of each known vendor's shape, of invented people,
are read without a mapping; what went wrong once stays right."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from auditor.extract.vendor_record import EXTRACTOR
from auditor.language.written_dates import DateOrder
from auditor.model.capture import Capture, CaptureStatus
from auditor.model.company import Company, CompanyName
from auditor.model.employee import Employee
from auditor.model.observed import Present, Unseen, value_or_none
from auditor.model.profile import PageLink, PageLinkKind, Profile
from auditor.position.reading import PositionState, read_position
from auditor.sources._vendor_layouts import FIELDS, LAYOUTS
from auditor.sources.vendor_file import SOURCE, VendorFileSettings

from .invented import NOBODY, ODA, context, person, written

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "vendor"
HOME = "https://www.linkedin.com/in/oda-vintermark"
FIRM, OLD = "https://www.linkedin.com/company/vintergloed", "https://www.linkedin.com/company/lunabrava"

#: one record a vendor; each says: planner at Vintergloed since 2020, trainee at Lunabrava until December 2019
RECORDS: dict[str, tuple[str, dict[str, Any]]] = {
    "bright_data": ("2026-02-03", {
        "id": "oda-vintermark", "linkedin_id": "oda-vintermark", "url": HOME, "name": "Oda Vintermark",
        "position": "Planner", "timestamp": "2026-02-03T00:00:00.000Z",
        "experience": [
            {"title": "Planner", "company": "Vintergloed", "url": FIRM, "start_date": "Jan 2020",
             "end_date": "Present"},
            {"title": "Trainee", "company": "Lunabrava", "url": OLD, "start_date": "2017",
             "end_date": "Dec 2019"},
        ],
    }),
    "proxycurl": ("2026-02-03", {
        "public_identifier": "oda-vintermark", "first_name": "Oda", "last_name": "Vintermark",
        "headline": "Planner",
        "background_cover_image_url": None, "last_updated": "2026-02-03T00:00:00Z",
        "experiences": [
            {"title": "Planner", "company": "Vintergloed", "company_linkedin_profile_url": FIRM,
             "starts_at": {"day": 1, "month": 1, "year": 2020}, "ends_at": None},
            {"title": "Trainee", "company": "Lunabrava", "company_linkedin_profile_url": OLD,
             "starts_at": {"day": 1, "month": 1, "year": 2017}, "ends_at": {"day": 31, "month": 12,
                 "year": 2019}},
        ],
    }),
    "people_data_labs": ("2026-02-03", {
        "full_name": "oda vintermark", "linkedin_url": "linkedin.com/in/oda-vintermark",
        "linkedin_username": "oda-vintermark", "headline": "Planner", "job_company_name": "vintergloed",
        "job_company_linkedin_url": "linkedin.com/company/vintergloed", "job_last_verified": "2026-02-03",
        "experience": [
            {"company": {"name": "vintergloed", "linkedin_url": "linkedin.com/company/vintergloed"},
             "title": {"name": "planner"}, "start_date": "2020-01", "end_date": None, "is_primary": True},
            {"company": {"name": "lunabrava", "linkedin_url": "linkedin.com/company/lunabrava"},
             "title": {"name": "trainee"}, "start_date": "2017", "end_date": "2019-12", "is_primary": False},
        ],
    }),
    "coresignal": ("2026-02-03", {
        "id": 7, "name": "Oda Vintermark", "title": "Planner", "url": HOME,
        "last_updated": "2026-02-03 00:00:00",
        "deleted": 0,
        "member_experience_collection": [
            {"title": "Planner", "company_name": "Vintergloed", "company_url": FIRM,
             "date_from": "January 2020",
             "date_to": None, "deleted": 0},
            {"title": "Trainee", "company_name": "Lunabrava", "company_url": OLD, "date_from": "2017",
             "date_to": "December 2019", "deleted": 0},
            {"title": "Trainee", "company_name": "Lunabrava", "company_url": OLD, "date_from": "2017",
             "date_to": None, "deleted": 1},
        ],
    }),
    "scrapin": ("2026-02-03", {
        "publicIdentifier": "oda-vintermark", "linkedInUrl": HOME, "firstName": "Oda",
        "lastName": "Vintermark",
        "headline": "Planner", "lastUpdated": "2026-02-03",
        "positions": {"positionsCount": 2, "positionHistory": [
            {"title": "Planner", "companyName": "Vintergloed", "linkedInUrl": FIRM,
             "startEndDate": {"start": {"month": 1, "year": 2020}, "end": None}},
            {"title": "Trainee", "companyName": "Lunabrava", "linkedInUrl": OLD,
             "startEndDate": {"start": {"month": 1, "year": 2017}, "end": {"month": 12, "year": 2019}}},
        ]},
    }),
    "apify_apimaestro": ("2026-02-03", {
        "basic_info": {"fullname": "Oda Vintermark", "headline": "Planner",
            "public_identifier": "oda-vintermark",
                       "profile_url": HOME, "last_updated": 1770076800000},
        "experience": [
            {"title": "Planner", "company": "Vintergloed", "company_linkedin_url": FIRM,
             "start_date": {"year": 2020, "month": "Jan"}, "is_current": True},
            {"title": "Trainee", "company": "Lunabrava", "company_linkedin_url": OLD,
             "start_date": {"year": 2017},
             "end_date": {"year": 2019, "month": "Dec"}, "is_current": False},
        ],
    }),
    "apify_dev_fusion": ("2026-02-03", {
        "linkedinUrl": HOME, "linkedinPublicUrl": HOME, "publicIdentifier": "oda-vintermark",
        "fullName": "Oda Vintermark", "headline": "Planner", "companyName": "Vintergloed",
        "scrapedAt": "2026-02-03",
        "experiences": [
            {"title": "Planner", "subtitle": "Vintergloed · Full-time", "companyLink1": FIRM,
             "caption": "Jan 2020 - Present · 6 yrs 2 mos"},
            {"title": "Trainee", "companyName": "Lunabrava", "companyLink1": OLD, "jobStartedOn": "2017",
             "jobEndedOn": "12-2019", "jobStillWorking": False},
        ],
    }),
    "apify_harvest": ("2026-02-03", {
        "publicIdentifier": "oda-vintermark", "linkedinUrl": HOME, "firstName": "Oda",
        "lastName": "Vintermark",
        "headline": "Planner", "scrapedAt": "2026-02-03", "currentPosition": [{"companyName": "Vintergloed"}],
        "experience": [
            {"position": "Planner", "companyName": "Vintergloed", "companyLinkedinUrl": FIRM,
             "startDate": {"month": "Jan", "year": 2020, "text": "Jan 2020"}, "endDate": {"text": "Present"}},
            {"position": "Trainee", "companyName": "Lunabrava", "companyLinkedinUrl": OLD,
             "startDate": {"year": 2017, "text": "2017"},
             "endDate": {"month": "Dec", "year": 2019, "text": "Dec 2019"}},
        ],
    }),
    "apify_voyager": ("2026-02-03", {
        "publicIdentifier": "oda-vintermark", "inputUrl": HOME, "firstName": "Oda", "lastName": "Vintermark",
        "headline": "Planner", "scrapedAt": "2026-02-03",
        "positions": [
            {"title": "Planner", "company": {"name": "Vintergloed", "url": FIRM},
             "timePeriod": {"startDate": {"month": 1, "year": 2020}}},
            {"title": "Trainee", "companyName": "Lunabrava", "companyUrl": OLD,
             "timePeriod": {"startDate": {"year": 2017}, "endDate": {"month": 12, "year": 2019}}},
        ],
    }),
    "lix": ("2026-02-03", {
        "name": "Oda Vintermark", "link": HOME, "description": "Planner", "salesNavLink": "",
        "updatedAt": "2026-02-03",
        "experience": [
            {"title": "Planner", "dateStarted": "Jan 2020", "dateEnded": "Present",
             "organisation": {"name": "Vintergloed", "link": FIRM}},
            {"title": "Trainee", "dateStarted": "2017", "dateEnded": "Dec 2019",
             "organisation": {"name": "Lunabrava", "salesNavLink": "https://www.linkedin.com/sales/company/707"}},
        ],
    }),
}  # fmt: skip


def fetch(
    folder: Path, content: object, *people: Employee, name: str = "p.json", **settings: Any
) -> list[Capture]:
    written(folder / name, content)
    with SOURCE.open(VendorFileSettings(file=name, **settings), context(folder, people)) as source:
        return [source.fetch(employee) for employee in people]


def rows_of(profile: Profile) -> list[tuple[str, bool | None]]:
    assert isinstance(profile.positions, Present)
    return [(row.company_name, value_or_none(row.current)) for row in profile.positions.value]


def test_every_layout_has_its_record() -> None:
    assert set(RECORDS) == set(LAYOUTS)


@pytest.mark.parametrize("vendor", RECORDS)
def test_a_known_vendors_record_needs_no_mapping(tmp_path: Path, vendor: str) -> None:
    seen_on, record = RECORDS[vendor]
    (oda,) = fetch(tmp_path, [record], ODA)
    assert (oda.status, str(oda.trouble)) == (CaptureStatus.OK, "")
    assert oda.captured_at.date() == date.fromisoformat(seen_on)
    profile = EXTRACTOR.read(oda)
    assert isinstance(profile.full_name, Present)
    assert profile.full_name.value.title() == "Oda Vintermark"
    assert profile.headline == Present("Planner")
    assert [(name.title(), current) for name, current in rows_of(profile)] == [
        ("Vintergloed", True),
        ("Lunabrava", False),
    ]
    assert isinstance(profile.positions, Present)
    assert profile.positions.value[0].company_page == Present(PageLink(PageLinkKind.COMPANY, "vintergloed"))


@pytest.mark.parametrize(
    "wrap",
    [
        lambda record: {"object": "list", "items": [record], "cursor": None},
        lambda record: {"status": 200, "data": [record]},
        lambda record: {"results": [{"linkedin_profile_url": HOME, "profile": record}]},
        lambda record: {"success": True, "person": record, "company": {"name": "Vintergloed"}},
        lambda record: [{"status": 200, "data": record}],
        lambda record: {"data": {"items": [record]}},
        lambda record: {"hits": {"total": 1, "hits": [{"_id": "1", "_source": record}]}},
        lambda record: [[record]],
        lambda record: f"{json.dumps({'data': record})}\n{json.dumps([record])}\n",
        lambda record: "﻿" + json.dumps(record),
        lambda record: record,
    ],
)
@pytest.mark.parametrize("vendor", ["bright_data", "people_data_labs", "scrapin"])
def test_wrappings_are_taken_off(tmp_path: Path, wrap: Any, vendor: str) -> None:
    (oda,) = fetch(tmp_path, wrap(RECORDS[vendor][1]), ODA)
    assert (oda.status, str(oda.trouble)) == (CaptureStatus.OK, "")
    assert isinstance(EXTRACTOR.read(oda).positions, Present)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("linkedin.com/in/oda-vintermark", True),
        ("www.linkedin.com/in/oda-vintermark/", True),
        ("http://be.linkedin.com/in/Oda-Vintermark/nl?trk=x", True),
        ("https://www.linkedin.com.evil.example/in/oda-vintermark", False),
        ("https://www.linkedin.com@evil.example/in/oda-vintermark", False),
        ("javascript:alert(1)//www.linkedin.com/in/oda-vintermark", False),
        ("data:text/html,//www.linkedin.com/in/oda-vintermark", False),
        ("https://evil.example\\@www.linkedin.com/in/oda-vintermark", False),
    ],
)
def test_only_a_linkedin_address_ties_a_record(tmp_path: Path, address: str, found: bool) -> None:
    record = {**RECORDS["bright_data"][1], "id": 1, "linkedin_id": None, "url": address}
    (oda,) = fetch(tmp_path, [record], ODA)
    assert (oda.status is CaptureStatus.OK) is found


def test_a_file_of_which_nothing_can_be_tied_says_where_it_looked(tmp_path: Path) -> None:
    (oda,) = fetch(tmp_path, [{"who": "Oda", "where": HOME}, {"who": "Bas"}], ODA)
    assert str(oda.trouble) == (
        "2 records, none with a profile address at the mapped place (slug: linkedin_id | id; url: url)"
    )
    (oda,) = fetch(tmp_path, [], ODA)
    assert str(oda.trouble) == "the data file holds no records"
    (nobody,) = fetch(tmp_path, [RECORDS["bright_data"][1]], NOBODY)
    assert str(nobody.trouble) == "no record of this person in the data file"


@pytest.mark.parametrize(
    "mark",
    [{"deleted": 1}, {"deleted": True}, {"deleted": "true"}, {"is_deleted": "1"}, {"isDeleted": "yes"},
     {"hidden": True},
     {"deleted_at": "2026-01-04"}, {"removed": 1.0}, {"status": "deleted"}, {"removed_at": 1767484800}],
)  # fmt: skip
def test_what_the_vendor_marks_as_deleted_is_not_on_the_profile(tmp_path: Path, mark: dict[str, Any]) -> None:
    first, second = RECORDS["bright_data"][1]["experience"]
    record = {**RECORDS["bright_data"][1], "experience": [{**first, **mark}, second]}
    (oda,) = fetch(tmp_path, [record], ODA)
    assert rows_of(EXTRACTOR.read(oda)) == [("Lunabrava", False)]


@pytest.mark.parametrize(
    "mark", [{"deleted": 0}, {"deleted": "false"}, {"deleted_at": None}, {"hidden": ""}, {"status": "active"}]
)
def test_what_is_not_deleted_stays(tmp_path: Path, mark: dict[str, Any]) -> None:
    first, second = RECORDS["bright_data"][1]["experience"]
    (oda,) = fetch(tmp_path, [{**RECORDS["bright_data"][1], "experience": [{**first, **mark}, second]}], ODA)
    assert rows_of(EXTRACTOR.read(oda)) == [("Vintergloed", True), ("Lunabrava", False)]


def test_a_deleted_record_and_a_group_of_deleted_roles(tmp_path: Path) -> None:
    record = RECORDS["bright_data"][1]
    (oda,) = fetch(tmp_path, [{**record, "is_deleted": 1}], ODA)
    assert (oda.status, str(oda.trouble)) == (
        CaptureStatus.UNREADABLE,
        "the vendor says: this record is deleted",
    )
    group = {
        "company": "Vintergloed",
        "positions": [{"title": "Planner", "end_date": "Present", "deleted": 1}],
    }
    (oda,) = fetch(tmp_path, [{**record, "experience": [group, record["experience"][1]]}], ODA)
    assert rows_of(EXTRACTOR.read(oda)) == [("Lunabrava", False)]


@pytest.mark.parametrize(
    ("ended", "stated", "current"),
    [
        (None, "yes", True),
        (None, "no", False),
        ("Present", True, True),
        ("Aug 2025", False, False),
        ("Aug 2025", True, None),
        ("Present", 0, None),
        ("Aug 2030", None, None),
        ("Present · 5 yrs 8 mos", None, True),
    ],
)
def test_a_yes_or_no_column_and_the_end_must_agree(
    tmp_path: Path, ended: object, stated: object, current: bool | None
) -> None:
    row = {"title": "Planner", "company": "Vintergloed", "end_date": ended, "is_current": stated}
    (oda,) = fetch(tmp_path, [{**RECORDS["bright_data"][1], "experience": [row]}], ODA)
    assert rows_of(EXTRACTOR.read(oda)) == [("Vintergloed", current)]


@pytest.mark.parametrize(
    ("stamp", "seen_on"),
    [("15/01/2026", date(2026, 1, 15)), (1768435200, date(2026, 1, 15)), ("1768435200000", date(2026, 1, 15)),
     ("Jan 15, 2026", date(2026, 1, 15)), ("03/02/2026", None), ("soon", None), ("2031-01-01", None)],
)  # fmt: skip
@pytest.mark.parametrize("name", ["timestamp", "Scraped At", "last_updated"])
def test_a_record_is_as_old_as_it_says_and_never_as_fresh_as_the_file(
    tmp_path: Path, name: str, stamp: object, seen_on: date | None
) -> None:
    record = {key: value for key, value in RECORDS["bright_data"][1].items() if key != "timestamp"}
    (oda,) = fetch(tmp_path, [{**record, name: stamp}], ODA)
    if seen_on is None:
        assert (oda.status, oda.artifacts) == (CaptureStatus.UNREADABLE, ())
        assert str(oda.trouble) == f"the record's date cannot be read: '{stamp}'"
    else:
        assert (oda.status, oda.captured_at.date()) == (CaptureStatus.OK, seen_on)


def test_a_stated_order_of_dates_and_a_record_that_cannot_be_dated(tmp_path: Path) -> None:
    bad = {**RECORDS["bright_data"][1], "timestamp": "03/02/2026", "position": "Undatable"}
    (oda,) = fetch(tmp_path, [bad], ODA, date_order=DateOrder.DAY_FIRST)
    assert oda.captured_at == datetime(2026, 2, 3, tzinfo=UTC)
    (oda,) = fetch(tmp_path, [bad, RECORDS["bright_data"][1]], ODA)
    assert EXTRACTOR.read(oda).headline == Present("Planner")
    assert "a record of this person whose date cannot be read was passed over" in map(str, oda.notes)


LEADS = {
    "url": "Profile URL", "full_name": "First Name + Last Name", "headline": "Headline",
    "captured_at": "Scraped At",
    "position_title": "Job Title", "position_company": "Company", "position_link": "Company LinkedIn",
    "position_started": "From", "position_ended": "To",
}  # fmt: skip


def leads(**cells: str) -> str:
    row = {"Profile URL": HOME, "First Name": "Oda", "Last Name": "Vintermark", "Headline": "Planner",
           "Company": "Vintergloed", "Company LinkedIn": FIRM, "Job Title": "Planner", "From": "2020-01",
           "To": "Present", "Scraped At": "28/02/2026", **cells}  # fmt: skip
    held = io.StringIO()
    csv.writer(held).writerows([list(row), list(row.values())])
    return held.getvalue()


VINTERGLOED = Company(
    "Vintergloed", (CompanyName("Vintergloed"),), (PageLink(PageLinkKind.COMPANY, "vintergloed"),)
)


@pytest.mark.parametrize(
    ("cells", "rows", "state"),
    [
        ({}, [("Vintergloed", True)], PositionState.LINKED),
        ({"To": "Aug 2025"}, [("Vintergloed", False)], PositionState.UNDATED),
        (
            {"Company": "Lunabrava", "Company LinkedIn": OLD},
            [("Lunabrava", True)],
            PositionState.NONE_VISIBLE,
        ),
    ],
)
def test_one_position_in_flat_columns_is_read_and_proves_no_absence(
    tmp_path: Path, cells: dict[str, str], rows: list[Any], state: PositionState
) -> None:
    (oda,) = fetch(tmp_path, leads(**cells), ODA, name="leads.csv", mapping=LEADS)
    profile = EXTRACTOR.read(oda)
    assert profile.full_name == Present("Oda Vintermark")
    assert oda.captured_at.date() == date(2026, 2, 28)
    assert rows_of(profile) == rows
    reading = read_position(profile, VINTERGLOED)
    assert reading.state is state
    assert reading.sure is (state is PositionState.LINKED)


def test_numbered_columns_are_a_list_again(tmp_path: Path) -> None:
    table = (
        "publicIdentifier,linkedinUrl,scrapedAt,experiences/0/companyName,experiences/0/caption,"
        "experiences/1/companyName,experiences/1/jobEndedOn\n"
        f"oda-vintermark,{HOME},2026-02-03,Vintergloed,2020 - heden,Lunabrava,12-2019\n"
    )
    (oda,) = fetch(tmp_path, table, ODA, name="p.csv")
    assert rows_of(EXTRACTOR.read(oda)) == [("Vintergloed", True), ("Lunabrava", False)]


@pytest.mark.parametrize(
    "text", ["J\ufffdrg at Vintergloed", "JÃ¶rg at Vintergloed", "Vintergloedâ€™s planner"]
)
def test_damaged_text_is_not_judged(tmp_path: Path, text: str) -> None:
    (oda,) = fetch(tmp_path, [{**RECORDS["bright_data"][1], "position": text, "name": text}], ODA)
    profile = EXTRACTOR.read(oda)
    assert isinstance(profile.headline, Unseen)
    assert isinstance(profile.full_name, Unseen)


ANNA, QUILLA = person("E-1", "anna-peeters"), person("E-2", "quilla-ostrander")
OURS = Company(
    "Noordlicht", (CompanyName("Noordlicht"),), (PageLink(PageLinkKind.COMPANY, "noordlicht-invented"),)
)


def shared(tmp_path: Path, name: str, employee: Employee, **settings: Any) -> Capture:
    if not (CASES / name).is_file():
        pytest.skip("the shared cases are not beside this repository")
    people = context(tmp_path, (employee,))
    late = type(people)(people.policy, people.employees, CASES, people.stopping, date(2026, 11, 28))
    with SOURCE.open(VendorFileSettings(file=name, **settings), late) as source:
        return source.fetch(employee)


@pytest.mark.parametrize(
    ("name", "settings", "state"),
    [
        ("coresignal_deleted.json", {}, PositionState.PAST_ONLY),
        ("leaver_end_a.json", {"mapping": {"position_ended": "end_date"}}, PositionState.LINKED),
        ("items_wrapper.json", {}, PositionState.NAMED),
        ("pdl.json", {}, PositionState.LINKED),
    ],
)
def test_shared_case(tmp_path: Path, name: str, settings: dict[str, Any], state: PositionState) -> None:
    capture = shared(tmp_path, name, ANNA, **settings)
    assert (capture.status, str(capture.trouble)) == (CaptureStatus.OK, "")
    assert read_position(EXTRACTOR.read(capture), OURS).state is state


def test_shared_company_page_and_old_date_and_leads(tmp_path: Path) -> None:
    shown = value_or_none(EXTRACTOR.read(shared(tmp_path, "pdl.json", ANNA)).topcard_company)
    assert shown is not None
    assert shown.page == Present(PageLink(PageLinkKind.COMPANY, "noordlicht-invented"))
    old = shared(tmp_path, "olddate.jsonl", QUILLA)
    assert old.captured_at == datetime(2024, 1, 15, tzinfo=UTC)
    capture = shared(tmp_path, "otherleads.csv", QUILLA, mapping=LEADS)
    assert capture.captured_at == datetime(2026, 11, 28, tzinfo=UTC)
    profile = EXTRACTOR.read(capture)
    assert profile.full_name == Present("Quilla Ostrander")
    assert rows_of(profile) == [("Vlinderbouw", True)]


def test_every_field_of_the_mapping_is_documented() -> None:
    docs = (Path(__file__).resolve().parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
    assert [name for name in FIELDS if f"| `{name}` |" not in docs] == []
    assert [name for name in LAYOUTS if f"`{name}`" not in docs] == []
