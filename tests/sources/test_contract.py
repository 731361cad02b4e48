"""What every source owes the pipeline. A new source is found, and must bring `scenarios/<name>.py`."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

import auditor.extract
import auditor.sources
from auditor.discovery import discover
from auditor.model.capture import ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee
from auditor.ports import Extractor, OpenSource, Source

from .scenario import Scenario

SOURCES = discover(auditor.sources, "SOURCE", Source)
FORMATS = {extractor.format for extractor in discover(auditor.extract, "EXTRACTOR", Extractor)}
FIELDS = {"full_name", "headline", "banner", "topcard_company", "positions"}

MISSING = {
    "watched": "this source reads no folder",
    "with_broken_evidence": "this source has no evidence of one person that could be broken alone",
}

Build = Callable[[Path], "Scenario | AbstractContextManager[Scenario]"]


def builder(source: Source) -> Build:
    name = f"{__package__}.scenarios.{source.name}"
    if importlib.util.find_spec(name) is None:
        pytest.fail(
            f"The source {source.name!r} has no scenario: write tests/sources/scenarios/{source.name}.py "
            "with build(folder) -> Scenario (see tests/sources/scenario.py; attestation.py is a short one)."
        )
    build: Build = importlib.import_module(name).build
    return build


@contextmanager
def opened(source: Source, folder: Path, wanted: str = "") -> Iterator[tuple[Scenario, OpenSource]]:
    """The source over its scenario; the test is skipped, and nothing started, without what is `wanted`."""
    built = builder(source)(folder)
    with nullcontext(built) if isinstance(built, Scenario) else built as scenario:
        if wanted and getattr(scenario, wanted) is None:
            pytest.skip(MISSING[wanted])
        with source.open(scenario.settings, scenario.context) as open_source:
            yield scenario, open_source


@pytest.fixture(params=SOURCES, ids=lambda source: source.name)
def source(request: pytest.FixtureRequest) -> Source:
    found: Source = request.param
    return found


def check_common(capture: Capture, employee: Employee, source: Source) -> None:
    assert isinstance(capture, Capture)
    assert capture.employee_id == employee.employee_id
    assert capture.source == source.name
    assert capture.captured_at.utcoffset() == timedelta(0)
    assert capture.format in FORMATS | {CaptureFormat.NOTHING}
    if capture.status is CaptureStatus.OK:
        main = capture.first(ArtifactKind.MAIN)
        assert main is not None
        assert main.body
        assert capture.format is not CaptureFormat.NOTHING
    else:
        assert str(capture.trouble)
    for artifact in capture.artifacts:
        assert bool(artifact.body) != bool(artifact.trouble)


def test_every_scenario_belongs_to_a_source() -> None:
    names = {path.stem for path in (Path(__file__).parent / "scenarios").glob("[!_]*.py")}
    assert names == {source.name for source in SOURCES}


def test_declares_itself_honestly(source: Source) -> None:
    assert source.summary
    assert source.reach
    assert source.reach <= FIELDS
    assert source.evidence_days > 0


def test_brings_what_there_is(source: Source, tmp_path: Path) -> None:
    with opened(source, tmp_path) as (scenario, open_source):
        capture = open_source.fetch(scenario.with_evidence)
        check_common(capture, scenario.with_evidence, source)
        assert capture.status is CaptureStatus.OK
        again = open_source.fetch(scenario.with_evidence)
        assert again.artifacts == capture.artifacts


def test_names_a_persons_files_where_it_reads_a_folder(source: Source, tmp_path: Path) -> None:
    """Access, erasure and retention ask for them."""
    with opened(source, tmp_path) as (scenario, open_source):
        if not hasattr(scenario.settings, "folder"):
            return
        assert all(path.is_file() for path in open_source.files(scenario.with_evidence))
        assert open_source.files(scenario.with_evidence)
        assert not open_source.files(scenario.without_evidence)


def test_shows_no_field_beyond_its_reach(source: Source, tmp_path: Path) -> None:
    readers = {
        extractor.format: extractor.read for extractor in discover(auditor.extract, "EXTRACTOR", Extractor)
    }
    with opened(source, tmp_path) as (scenario, open_source):
        capture = open_source.fetch(scenario.with_evidence)
    profile = readers[capture.format](capture)
    seen = {name for name, value in profile.fields().items() if type(value).__name__ != "Unseen"}
    assert seen <= source.reach


def test_says_so_where_there_is_nothing(source: Source, tmp_path: Path) -> None:
    with opened(source, tmp_path) as (scenario, open_source):
        for employee in (scenario.without_evidence, scenario.without_address):
            capture = open_source.fetch(employee)
            check_common(capture, employee, source)
            assert capture.status is not CaptureStatus.OK
            assert not capture.artifacts
        assert capture.status in (CaptureStatus.NO_URL, CaptureStatus.NOT_ATTEMPTED)


def test_broken_evidence_is_a_status(source: Source, tmp_path: Path) -> None:
    with opened(source, tmp_path, "with_broken_evidence") as (scenario, open_source):
        employee = scenario.with_broken_evidence
        assert employee is not None
        capture = open_source.fetch(employee)
        check_common(capture, employee, source)
        assert capture.status not in (CaptureStatus.OK, CaptureStatus.NOT_ATTEMPTED, CaptureStatus.NO_URL)


def test_evidence_that_vanishes_meanwhile_is_no_crash(source: Source, tmp_path: Path) -> None:
    with opened(source, tmp_path, "watched") as (scenario, open_source):
        assert scenario.watched is not None
        for path in [path for path in scenario.watched.rglob("*") if path.is_file()]:
            path.unlink()
        check_common(open_source.fetch(scenario.with_evidence), scenario.with_evidence, source)


def test_writes_nothing_into_the_evidence(source: Source, tmp_path: Path) -> None:
    before: dict[Path, tuple[bytes, int]] = {}
    with opened(source, tmp_path, "watched") as (scenario, open_source):
        assert scenario.watched is not None
        before = contents(scenario.watched)
        for employee in scenario.context.employees:
            open_source.fetch(employee)
    assert contents(tmp_path) == before


def test_lets_go_of_its_files(source: Source, tmp_path: Path) -> None:
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        pytest.skip("open files cannot be listed here")
    with opened(source, tmp_path, "watched") as (scenario, open_source):
        open_source.fetch(scenario.with_evidence)
        watched = scenario.watched
    assert watched is not None
    assert not [
        handle for handle in handles.iterdir() if str(handle.resolve()).startswith(str(watched.resolve()))
    ]


def contents(folder: Path) -> dict[Path, tuple[bytes, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
