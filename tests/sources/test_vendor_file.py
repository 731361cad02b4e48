from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.errors import SourceUnavailable
from auditor.extract.vendor_record import EXTRACTOR
from auditor.model.capture import Capture, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.observed import Present
from auditor.sources.vendor_file import SOURCE, VendorFileSettings

from .invented import BAS, CLEO, NOBODY, ODA, context, vendor_record, written


def fetch(folder: Path, name: str, *people: Employee, **settings: object) -> list[Capture]:
    with SOURCE.open(VendorFileSettings(file=name, **settings), context(folder)) as source:  # type: ignore[arg-type]
        return [source.fetch(employee) for employee in people]


def as_csv(records: list[dict[str, object]]) -> str:
    held = io.StringIO()
    writer = csv.DictWriter(held, list(records[0]))
    writer.writeheader()
    for record in records:
        writer.writerow({k: json.dumps(v) if isinstance(v, dict | list) else v for k, v in record.items()})
    return held.getvalue()


FORMS: dict[str, Callable[[list[dict[str, object]]], str]] = {
    "people.json": json.dumps,
    "pretty.json": lambda records: json.dumps(records, indent=2),
    "wrapped.json": lambda records: json.dumps({"total": 2, "data": records}),
    "people.jsonl": lambda records: "\n".join(map(json.dumps, records)),
    "lines.json": lambda records: "\n".join(map(json.dumps, records)) + "\n",
    "people.csv": as_csv,
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_the_file_gives_the_same(tmp_path: Path, name: str) -> None:
    written(tmp_path / name, FORMS[name]([vendor_record("stranger"), vendor_record("Oda-Vintermark")]))
    oda, nobody = fetch(tmp_path, name, ODA, NOBODY)
    assert oda.status is CaptureStatus.OK
    assert oda.captured_at == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    profile = EXTRACTOR.read(oda)
    assert profile.headline == Present("Grid planner at Vintergloed")
    assert isinstance(profile.positions, Present)
    assert len(profile.positions.value) == 3
    assert nobody.status is CaptureStatus.NOT_ATTEMPTED
    body = oda.artifacts[0].body
    assert b"portrait" not in body
    assert b"Stranger" not in body


def test_the_newest_record_wins(tmp_path: Path) -> None:
    new = vendor_record("oda-vintermark", position="New", timestamp="2026-03-01")
    old = vendor_record("oda-vintermark", position="Old", timestamp="2025-03-01")
    written(tmp_path / "p.json", [new, old])
    (oda,) = fetch(tmp_path, "p.json", ODA)
    assert EXTRACTOR.read(oda).headline == Present("New")
    assert tuple(map(str, oda.notes)) == ("several records of this person; the newest was read",)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Page not found (404)", CaptureStatus.NOT_FOUND),
        ("dead_page", CaptureStatus.NOT_FOUND),
        ("This profile is private", CaptureStatus.NOT_FOUND),
        ("crawl_failed: blocked after 4040 ms", CaptureStatus.UNREADABLE),
        ("timeout", CaptureStatus.UNREADABLE),
    ],
)
def test_refused_rows_are_told_apart(tmp_path: Path, words: str, status: CaptureStatus) -> None:
    written(
        tmp_path / "p.json",
        [{"input": {"url": "https://www.linkedin.com/in/oda-vintermark"}, "error": words}],
    )
    (oda,) = fetch(tmp_path, "p.json", ODA)
    assert (oda.status, str(oda.trouble)) == (status, f"the vendor says: {words}")


def test_a_cut_file_gives_what_stands_before_the_cut_and_is_honest_about_the_rest(tmp_path: Path) -> None:
    whole = json.dumps([vendor_record("oda-vintermark"), vendor_record("bas-quillepot")])
    written(tmp_path / "p.json", whole[:-200])
    oda, bas, cleo = fetch(tmp_path, "p.json", ODA, BAS, CLEO)
    assert oda.status is CaptureStatus.OK
    for capture in (bas, cleo):
        assert capture.status is CaptureStatus.UNREADABLE
        assert "the JSON is damaged or cut off" in str(capture.trouble)


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    lines = [
        json.dumps(vendor_record("bas-quillepot")),
        "{broken",
        json.dumps(vendor_record("oda-vintermark")),
    ]
    written(tmp_path / "p.jsonl", "\n".join(lines))
    oda, bas = fetch(tmp_path, "p.jsonl", ODA, BAS)
    assert oda.status is bas.status is CaptureStatus.OK


def test_a_mapping_of_the_policy_reads_another_vendors_file(tmp_path: Path) -> None:
    record = {
        "public_identifier": "oda-vintermark",
        "headline": "Planner",
        "experiences": [
            {"company": "Vintergloed", "company_linkedin_profile_url": "https://www.linkedin.com/company/vintergloed",
             "title": "Planner", "starts_at": {"day": 1, "month": 2, "year": 2020}, "ends_at": None},
            {"company": "Lunabrava", "title": "Trainee", "starts_at": {"year": 2017},
             "ends_at": {"month": 12, "year": 2019}},
        ],
    }  # fmt: skip
    written(tmp_path / "p.json", [record])
    mapping = {
        "slug": "public_identifier",
        "headline": "headline",
        "positions": "experiences",
        "position_link": "company_linkedin_profile_url",
        "position_started": "starts_at",
        "position_ended": "ends_at",
    }
    (oda,) = fetch(tmp_path, "p.json", ODA, mapping=mapping, empty_end_is_current=True)
    profile = EXTRACTOR.read(oda)
    assert profile.headline == Present("Planner")
    assert isinstance(profile.positions, Present)
    rows = [(p.company_name, p.current, p.started, p.ended) for p in profile.positions.value]
    assert rows == [
        ("Vintergloed", Present(True), "2020-02-01", None),
        ("Lunabrava", Present(False), "2017", "2019-12"),
    ]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"layout": "nobody"}, "there is no layout 'nobody'"),
        ({"mapping": {"head_line": "x"}}, "unknown fields: head_line"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, settings: dict[str, object], words: str) -> None:
    written(tmp_path / "p.json", [])
    with pytest.raises(SourceUnavailable, match=words):
        fetch(tmp_path, "p.json", **settings)
    with pytest.raises(SourceUnavailable, match="neither in the evidence folder nor next to the policy"):
        fetch(tmp_path, "other.json")
    with pytest.raises(SourceUnavailable, match="no file is set"):
        fetch(tmp_path, "")
