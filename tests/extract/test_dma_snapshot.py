from __future__ import annotations

import pytest

from auditor.extract.dma_snapshot import EXTRACTOR
from auditor.model.capture import CaptureFormat
from auditor.model.observed import Absent, Present, Unseen
from auditor.model.profile import PageKind, Profile

from .own_files import capture_of, piece


def read(*bodies: object) -> Profile:
    return EXTRACTOR.read(capture_of(CaptureFormat.DMA_SNAPSHOT, *(piece(body) for body in bodies)))


def page(domain: str, *rows: dict[str, str], **paging: object) -> dict[str, object]:
    return {"paging": paging, "elements": [{"snapshotDomain": domain, "snapshotData": list(rows)}]}


NEXT = [{"rel": "next", "href": "/rest/memberSnapshotData?start=1"}]
ODA = {"First Name": "Oda", "Last Name": "Vintermark", "Headline": "Planner"}
ROW = {"Company Name": "Vintergloed", "Title": "", "Started On": "2020", "Finished On": ""}


def test_the_three_domains() -> None:
    address = (
        "https://media.licdn.com/dms/image/D4/profile-displaybackgroundimage-shrink_200_800/0/1700000000000"
    )
    profile = read(page("PROFILE", ODA), page("POSITIONS", ROW), page("RICH_MEDIA", {"Media Link": address}))
    assert profile.page_kind is PageKind.RECORD
    assert profile.full_name == Present("Oda Vintermark")
    assert profile.headline == Present("Planner")
    assert isinstance(profile.banner, Present)
    assert profile.banner.value.address == address
    assert isinstance(profile.positions, Present)
    (row,) = profile.positions.value
    assert (row.title, row.current, row.started) == (
        Unseen("the export gives no title"),
        Present(True),
        "2020",
    )


def test_an_empty_headline_is_absent_a_missing_domain_unseen() -> None:
    assert read(page("PROFILE", {**ODA, "Headline": ""})).headline == Absent()
    only_positions = read(page("POSITIONS", ROW))
    assert isinstance(only_positions.headline, Unseen)
    assert isinstance(only_positions.positions, Present)
    assert isinstance(read(page("PROFILE", ODA)).positions, Unseen)


def test_pages_count_only_as_a_whole_list() -> None:
    first, second = page("POSITIONS", ROW, start=0, links=NEXT), page("POSITIONS", ROW, start=1, links=NEXT)
    end = {"message": "No data found", "snapshotDomain": "POSITIONS"}
    assert isinstance(read(first, second).positions, Unseen)
    assert isinstance(read(second, end).positions, Unseen)
    whole = read(second, first, end).positions
    assert isinstance(whole, Present)
    assert len(whole.value) == 2


def test_two_people_in_one_hand_over_are_read_as_neither() -> None:
    assert (
        read(page("PROFILE", ODA), page("PROFILE", {**ODA, "First Name": "Bas"})).page_kind
        is PageKind.UNREADABLE
    )


def test_odd_shapes_are_no_crash() -> None:
    for body in (
        b"",
        b"[",
        b"null",
        b'{"elements": 3}',
        b'{"elements": [7, {"snapshotData": 1}], "paging": []}',
    ):
        assert isinstance(read(body).headline, Unseen)


@pytest.mark.parametrize("data", [None, [], ["x"], [ROW, None], [{}], [{"Title": "Planner"}]])
def test_damaged_or_empty_lists_are_unseen(data: object) -> None:
    body = {"elements": [{"snapshotDomain": "POSITIONS", "snapshotData": data}]}
    assert isinstance(read(page("PROFILE", ODA), body).positions, Unseen)


def test_a_page_that_closes_the_list_with_another_behind_it_is_a_mixture() -> None:
    pages = page("POSITIONS", ROW, start=0, links=[]), page("POSITIONS", ROW, start=1, links=[])
    assert read(*pages).positions == Unseen("the snapshot's POSITIONS are pages of two snapshots")
