"""A kept reading gives the very profile that was read off the page, and a damaged one gives nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.app.registry import read_capture
from auditor.extract.page_reading import DAMAGED, facts_to_keep
from auditor.model.capture import CaptureStatus
from auditor.model.observed import Absent, Present, Unseen
from auditor.model.profile import Banner, BannerKind, PageKind
from auditor.proof.pages.signed_in import STRANGER, Job, Member, ember, mercado, sdui
from auditor.sources.saved_pages import capture_reading, capture_saved_file, reading_text

CAPTURES = Path(__file__).resolve().parents[2].parent / "shared"
PAGES = sorted((*CAPTURES.glob("signed_in_captures/*.html"), *CAPTURES.glob("captures/*.html")))
OURS = Job("Planner", "Tessel Stroom", "18364207", "Mar 2021", None)
ENDED = replace(OURS, title="Trainee", company="Lindhof", number="", ended="Feb 2024")
MEMBER = Member(jobs=((OURS, replace(OURS, title="Senior planner")), (ENDED,)), own=True, cut=True)


def read_and_kept(page: Path, folder: Path):
    capture = capture_saved_file(page, "NL-1", signed_in=True)
    if capture.status is not CaptureStatus.OK:
        return None, None
    profile = read_capture(capture)
    kept = folder / "page.reading"
    kept.write_text(reading_text(capture, facts_to_keep(profile), "wiebe", signed_in=True), "utf-8")
    again = capture_reading(kept, "NL-1")
    assert again.captured_at == capture.captured_at
    assert STRANGER not in kept.read_text("utf-8")
    return profile, read_capture(again)


@pytest.mark.parametrize("build", [ember, mercado, sdui])
@pytest.mark.parametrize("member", [MEMBER, replace(MEMBER, banner="default", listed=False, company="")])
def test_what_is_kept_of_a_page_is_what_was_read_of_it(tmp_path, build, member):
    page = tmp_path / "page.html"
    page.write_text(build(member), "utf-8")
    read, kept = read_and_kept(page, tmp_path)
    assert read.page_kind is PageKind.PROFILE_SIGNED_IN
    assert kept == read


@pytest.mark.skipif(not PAGES, reason="the shared captures are not beside this repository")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_so_it_is_with_every_capture(tmp_path, page):
    read, kept = read_and_kept(page, tmp_path)
    assert kept == read


def test_a_picture_an_absence_and_a_reason_come_back(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(mercado(MEMBER), "utf-8")
    capture = capture_saved_file(page, signed_in=True)
    profile = replace(
        read_capture(capture),
        banner=Present(Banner(BannerKind.CUSTOM, "cover", b"\x89PNG\x00\xff")),
        headline=Absent(),
        topcard_company=Unseen("it breaks off"),
    )
    kept = tmp_path / "page.reading"
    kept.write_text(reading_text(capture, facts_to_keep(profile), "wiebe", signed_in=True), "utf-8")
    assert read_capture(capture_reading(kept)) == profile


def test_values_of_another_kind_break_nothing(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(mercado(MEMBER), "utf-8")
    capture = capture_saved_file(page, signed_in=True)
    facts = facts_to_keep(read_capture(capture))
    kept = tmp_path / "page.reading"
    for key in facts:
        for value in (None, 7, [], {}, "x", [1], {"present": 7}, {"present": [7]}, {"unseen": []}):
            text = reading_text(capture, {**facts, key: value}, "wiebe", signed_in=True)
            kept.write_text(text, "utf-8")
            hash(read_capture(capture_reading(kept)))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", CaptureStatus.UNREADABLE),
        ("[" * 5000, CaptureStatus.UNREADABLE),
        ('{"slug": "a", "seen_at": "2026-11-01T10:00:00", "signed_in": false}', CaptureStatus.UNREADABLE),
        ('{"slug": "a", "seen_at": "2026-11-01T10:00:00Z", "signed_in": false}', CaptureStatus.OK),
        ('{"slug": "a", "seen_at": "2026-11-01T10:00:00Z", "signed_in": 1, "profile": []}', CaptureStatus.OK),
    ],
)
def test_a_damaged_reading_shows_nothing(tmp_path, text, status):
    kept = tmp_path / "page.reading"
    kept.write_text(text, "utf-8")
    capture = capture_reading(kept)
    assert capture.status is status
    if status is CaptureStatus.OK:
        profile = read_capture(capture)
        assert (profile.page_kind, profile.headline) == (PageKind.UNREADABLE, Unseen(DAMAGED))
        assert capture.captured_at == datetime(2026, 11, 1, 10, tzinfo=UTC)
