"""Whatever bytes people hand over: a status, no crash, never slow, and nothing unseen called absent."""

from __future__ import annotations

import json
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import auditor.extract
import auditor.sources
from auditor.discovery import discover
from auditor.errors import SourceUnavailable
from auditor.extract.dma_snapshot import EXTRACTOR as DMA
from auditor.extract.member_export import EXTRACTOR as EXPORT
from auditor.extract.vendor_record import EXTRACTOR as VENDOR
from auditor.model.capture import Artifact, ArtifactKind, CaptureFormat, CaptureStatus
from auditor.model.observed import Absent
from auditor.ports import Extractor, OpenSource, Source
from auditor.sources._saved_files import capture_saved_file
from auditor.sources.saved_pages import SavedPages

from ..extract.own_files import capture_of
from .invented import BANNER, EVERYBODY, context, page, picture, written
from .scenario import Scenario
from .scenarios import attestation, dma_snapshot, member_export, saved_pages, vendor_file
from .test_saved_pages import mhtml

SCENARIOS = (attestation, dma_snapshot, member_export, saved_pages, vendor_file)
SOURCES = {source.name: source for source in discover(auditor.sources, "SOURCE", Source)}
READERS = {
    extractor.format: extractor.read for extractor in discover(auditor.extract, "EXTRACTOR", Extractor)
}
CHUNKS = (
    b"",
    b"\0",
    b'"',
    b"\n",
    b"<",
    b"<!--",
    b"--",
    b"\xff\xfe",
    b"=",
    b"9" * 40,
    b"[" * 200,
    b"PK\x05\x06",
    b"\xf0\x9f",
)


def mutated(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(4):
            case 0:
                changed[at : at + chance.randint(0, 30)] = chance.choice(CHUNKS)
            case 1:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 2:
                del changed[at : at + chance.randint(1, 200)]
            case _:
                changed[at:at] = changed[max(0, at - chance.randint(1, 500)) : at]
    return bytes(changed[: chance.randrange(len(changed) + 1)] if chance.random() < 0.1 else changed)


def fetch_all(scenario: Scenario, name: str) -> None:
    with suppress(SourceUnavailable), SOURCES[name].open(scenario.settings, scenario.context) as source:
        read_all(source)


def read_all(source: OpenSource) -> None:
    for employee in EVERYBODY:
        capture = source.fetch(employee)
        assert capture.employee_id == employee.employee_id
        if capture.status is CaptureStatus.OK:
            READERS[capture.format](capture)
        else:
            assert str(capture.trouble)


@pytest.mark.parametrize("module", SCENARIOS, ids=lambda module: module.__name__.rpartition(".")[2])
@pytest.mark.parametrize("rounds", [60, pytest.param(2_000, marks=pytest.mark.long)])
def test_mutated_files(module: object, rounds: int, tmp_path: Path) -> None:
    chance = random.Random(20_260_302)
    scenario: Scenario = module.build(tmp_path)  # type: ignore[attr-defined]
    name = module.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    originals = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for _ in range(rounds):
        for path, body in originals.items():
            path.write_bytes(mutated(body, chance))
        begin = time.process_time()
        fetch_all(scenario, name)
        assert time.process_time() - begin < 2


@pytest.mark.parametrize("rounds", [100, pytest.param(3_000, marks=pytest.mark.long)])
def test_mutated_mhtml_and_pages(rounds: int, tmp_path: Path) -> None:
    chance = random.Random(7)
    text = page(
        "oda-vintermark", banner=BANNER.format(ms=1), origin="https://www.linkedin.com/in/oda-vintermark"
    )
    for number in range(rounds):
        body = mhtml("oda-vintermark", text, image=picture()) if number % 2 else text.encode()
        path = written(tmp_path / "x.html", mutated(body, chance))
        begin = time.process_time()
        assert capture_saved_file(path).status in (CaptureStatus.OK, CaptureStatus.UNREADABLE)
        read_all(SavedPages(tmp_path, context(tmp_path)))
        assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    "unit",
    [b"<meta ", b"<!-- saved from url=(1)", b'<img class="cover-img__image ', b"cover-img__image", b"<", b" ",
     b"<link rel=canonical href=x>", b"--x\r\n\r\n",
     b"boundary=", b"\r\n", b"<img cover-image a=\"", b"=?utf-8?Q?", b"&#"],
)  # fmt: skip
@pytest.mark.parametrize("head", [b"<html>", b"MIME-Version: 1.0\r\nContent-Type: x; boundary=x\r\n\r\n"])
def test_ten_hostile_megabytes_are_not_slow(unit: bytes, head: bytes, tmp_path: Path) -> None:
    """They take about ten times as long as one on any machine; what grows with the square takes a hundred."""

    def cost(megabytes: int) -> float:
        path = written(tmp_path / "x.html", head + unit * (megabytes * 1_000_000 // len(unit)))
        begin = time.process_time()
        capture_saved_file(path)
        SavedPages(tmp_path, context(tmp_path))
        return time.process_time() - begin

    ten = cost(10)
    assert ten < 20 * cost(1) + 0.2
    assert ten < 5, "slow from the first byte on is slow as well"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["elements", "snapshotDomain", "snapshotData", "paging", "start", "links", "message", "positions",
             "roles", "company", "link", "url", "slug", "banner", "headline", "started", "ended",
             "First Name", "Headline"]
        ) | st.text(max_size=5),
        inner,
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_any_json_is_read_without_a_crash(value: object) -> None:
    body = json.dumps(value).encode()
    for extractor in (DMA, VENDOR):
        extractor.read(capture_of(extractor.format, Artifact(ArtifactKind.MAIN, body)))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_are_read_without_a_crash(first: bytes, second: bytes, third: bytes) -> None:
    parts = (
        Artifact(ArtifactKind.MAIN, first, "Profile.csv"),
        Artifact(ArtifactKind.PART, second, "Positions.csv"),
        Artifact(ArtifactKind.PART, third, "Rich Media.csv"),
    )
    profile = EXPORT.read(capture_of(CaptureFormat.MEMBER_EXPORT, *parts))
    assert not isinstance(profile.banner, Absent)
    for extractor in (DMA, VENDOR):
        extractor.read(capture_of(extractor.format, *parts))
