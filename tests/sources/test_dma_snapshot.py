from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.extract.dma_snapshot import EXTRACTOR
from auditor.model.capture import ArtifactKind, Capture, CaptureStatus
from auditor.model.observed import Present, Unseen
from auditor.model.profile import Profile
from auditor.sources.dma_snapshot import SOURCE, DmaSnapshotSettings

from .invented import CURRENT_ROW, NO_DATA, ODA, PAST_ROW, PERSON_ROW, context, snapshot, written


def fetch(folder: Path) -> Capture:
    with SOURCE.open(DmaSnapshotSettings(), context(folder)) as source:
        return source.fetch(ODA)


def read(folder: Path) -> Profile:
    return EXTRACTOR.read(fetch(folder))


def test_pages_in_files_of_their_own(tmp_path: Path) -> None:
    written(tmp_path / "E-101" / "PROFILE.json", snapshot("PROFILE", [PERSON_ROW]))
    written(tmp_path / "E-101" / "POSITIONS 0.json", snapshot("POSITIONS", [CURRENT_ROW], more=True))
    written(tmp_path / "E-101" / "POSITIONS 1.json", snapshot("POSITIONS", [PAST_ROW], 1, more=True))
    written(tmp_path / "E-101" / "POSITIONS 2.json", NO_DATA)
    capture = fetch(tmp_path)
    assert [artifact.kind for artifact in capture.artifacts].count(ArtifactKind.MAIN) == 1
    assert b"Jan 31" not in b"".join(artifact.body for artifact in capture.artifacts)
    profile = EXTRACTOR.read(capture)
    assert profile.headline == Present("Grid planner")
    assert isinstance(profile.positions, Present)
    assert [(p.company_name, p.current) for p in profile.positions.value] == [
        ("Vintergloed", Present(True)),
        ("Lunabrava", Present(False)),
    ]


def test_all_pages_in_one_file_with_strangers_left_out(tmp_path: Path) -> None:
    bodies = [
        snapshot("PROFILE", [PERSON_ROW]),
        snapshot("CONNECTIONS", [{"First Name": "Stranger"}]),
        snapshot("POSITIONS", [CURRENT_ROW], more=True),
        NO_DATA,
    ]
    written(tmp_path / "E-101.json", "\n".join(json.dumps(body) for body in bodies))
    capture = fetch(tmp_path)
    assert b"Stranger" not in b"".join(artifact.body for artifact in capture.artifacts)
    assert isinstance(EXTRACTOR.read(capture).positions, Present)


@pytest.mark.parametrize(
    "pages",
    [
        [snapshot("POSITIONS", [CURRENT_ROW], more=True)],
        [snapshot("POSITIONS", [CURRENT_ROW], 1)],
        [snapshot("POSITIONS", [CURRENT_ROW], more=True), snapshot("POSITIONS", [PAST_ROW], 2)],
        [],
    ],
)
def test_a_list_that_may_go_on_is_not_seen_as_whole(tmp_path: Path, pages: list[object]) -> None:
    written(tmp_path / "E-101.json", [snapshot("PROFILE", [PERSON_ROW]), *pages])
    profile = read(tmp_path)
    assert profile.headline == Present("Grid planner")
    assert isinstance(profile.positions, Unseen)


def test_a_damaged_page_leaves_the_positions_unseen(tmp_path: Path) -> None:
    written(tmp_path / "E-101" / "PROFILE.json", snapshot("PROFILE", [PERSON_ROW]))
    written(tmp_path / "E-101" / "POSITIONS.json", snapshot("POSITIONS", [CURRENT_ROW]))
    written(tmp_path / "E-101" / "more.json", json.dumps(snapshot("POSITIONS", [PAST_ROW]))[:-9])
    profile = read(tmp_path)
    assert profile.headline == Present("Grid planner")
    assert profile.positions == Unseen("a page of the snapshot is missing: the JSON is damaged or cut off")


def test_the_newer_of_two_snapshots_wins(tmp_path: Path) -> None:
    old = written(
        tmp_path / "E-101" / "a" / "p.json", snapshot("PROFILE", [{**PERSON_ROW, "Headline": "Old"}])
    )
    written(tmp_path / "E-101" / "b" / "p.json", snapshot("PROFILE", [PERSON_ROW]))
    os.utime(old, (1_700_000_000, 1_700_000_000))
    capture = fetch(tmp_path)
    assert EXTRACTOR.read(capture).headline == Present("Grid planner")
    assert tuple(map(str, capture.notes)) == ("several snapshots of this person; the newest was read",)


def test_a_snapshot_is_as_old_as_its_oldest_page(tmp_path: Path) -> None:
    first = written(tmp_path / "E-101" / "a.json", snapshot("PROFILE", [PERSON_ROW]))
    written(tmp_path / "E-101" / "b.json", snapshot("POSITIONS", [CURRENT_ROW]))
    os.utime(first, (1_700_000_000, 1_700_000_000))
    assert fetch(tmp_path).captured_at == datetime.fromtimestamp(1_700_000_000, UTC)


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        ("", "the file is empty"),
        ('{"elements": [', "the JSON is damaged or cut off"),
        ("[" * 100_000, "the JSON is damaged or cut off"),
        ("[1, null, []]", "the files hold no PROFILE or POSITIONS data"),
        (json.dumps(NO_DATA), "the files hold no PROFILE or POSITIONS data"),
        (json.dumps(snapshot("SKILLS", [{}])), "the files hold no PROFILE or POSITIONS data"),
    ],
)
def test_what_is_no_snapshot(tmp_path: Path, body: str, trouble: str) -> None:
    written(tmp_path / "E-101.json", body)
    capture = fetch(tmp_path)
    assert (capture.status, str(capture.trouble)) == (CaptureStatus.UNREADABLE, trouble)


def test_the_newer_of_two_whole_snapshots_side_by_side_wins(tmp_path: Path) -> None:
    def whole(headline: str, company: str) -> list[object]:
        person = {**PERSON_ROW, "Headline": headline}
        return [
            snapshot("PROFILE", [person]),
            snapshot("POSITIONS", [{**CURRENT_ROW, "Company Name": company}]),
        ]

    old = written(tmp_path / "E-101 2025-01-31.json", whole("Old", "Lunabrava"))
    written(tmp_path / "E-101 2026-01-31.json", whole("New", "Vintergloed"))
    os.utime(old, (1_700_000_000, 1_700_000_000))
    capture = fetch(tmp_path)
    profile = EXTRACTOR.read(capture)
    assert profile.headline == Present("New")
    assert isinstance(profile.positions, Present)
    assert [position.company_name for position in profile.positions.value] == ["Vintergloed"]
    assert tuple(map(str, capture.notes)) == ("several snapshots of this person; the newest was read",)
    assert capture.captured_at > datetime(2024, 1, 1, tzinfo=UTC)
