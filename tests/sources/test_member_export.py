from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureStatus
from auditor.sources.member_export import SOURCE, MemberExportSettings

from .invented import (
    BAS,
    CURRENT,
    ODA,
    POINTERS,
    context,
    export_files,
    picture,
    positions_csv,
    profile_csv,
    written,
    zipped,
)

NAMED = "E-101/Complete_LinkedInDataExport_03-14-2025.zip"


def fetch(folder: Path) -> Capture:
    with SOURCE.open(MemberExportSettings(), context(folder)) as source:
        return source.fetch(ODA)


def tables(capture: Capture) -> dict[str, Artifact]:
    return {artifact.address: artifact for artifact in capture.artifacts}


@pytest.mark.parametrize("media", ["Rich_Media.csv", "Rich Media.csv"])
@pytest.mark.parametrize("top", ["", "Complete_LinkedInDataExport_03-14-2025/"])
def test_three_tables_come_out_and_nothing_private(tmp_path: Path, media: str, top: str) -> None:
    files = export_files()
    files[media] = files.pop("Rich_Media.csv")
    hidden = {"__MACOSX/._Profile.csv": b"\0\0"}
    written(tmp_path / NAMED, zipped({**{top + name: body for name, body in files.items()}, **hidden}))
    capture = fetch(tmp_path)
    assert capture.status is CaptureStatus.OK
    assert capture.captured_at == datetime(2025, 3, 14, tzinfo=UTC)
    assert set(tables(capture)) == {"Profile.csv", "Positions.csv", "Rich_Media.csv"}
    assert capture.artifacts[0].kind is ArtifactKind.MAIN
    brought = b"".join(artifact.body for artifact in capture.artifacts)
    for private in (
        b"Kelpstraat",
        b"Jan 31, 1999",
        b"Secret summary",
        b"private words",
        b"second, line",
        b"displayphoto",
    ):
        assert private not in brought
    assert b"Vintermark" in brought


def test_an_unpacked_export_is_read_too(tmp_path: Path) -> None:
    for name, body in export_files().items():
        written(tmp_path / "E-101" / name, body)
    assert set(tables(fetch(tmp_path))) == {"Profile.csv", "Positions.csv", "Rich_Media.csv"}


def test_the_newest_export_by_its_named_date_wins(tmp_path: Path) -> None:
    new = written(tmp_path / "E-101" / "Basic_LinkedInDataExport_02-01-2026.zip", zipped(export_files()))
    old = written(tmp_path / "E-101" / "Complete_LinkedInDataExport_12-31-2025.zip", zipped(export_files()))
    os.utime(new, (1_600_000_000, 1_600_000_000))
    os.utime(old, (1_760_000_000, 1_760_000_000))
    capture = fetch(tmp_path)
    assert capture.captured_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert tuple(map(str, capture.notes)) == ("several exports of this person; the newest was read",)


def test_an_export_without_a_date_in_its_name_says_where_the_date_comes_from(tmp_path: Path) -> None:
    written(tmp_path / "E-101.zip", zipped(export_files()))
    assert tuple(map(str, fetch(tmp_path).notes)) == (
        "the export's name holds no date; the file's own date was taken",
    )


def test_a_file_name_with_two_ids_is_read_for_neither(tmp_path: Path) -> None:
    written(tmp_path / "E-101" / "E-102.zip", zipped(export_files()))
    with SOURCE.open(MemberExportSettings(), context(tmp_path)) as source:
        for employee in (ODA, BAS):
            capture = source.fetch(employee)
            assert capture.status is CaptureStatus.NOT_ATTEMPTED
            assert str(capture.trouble) == "the name of an export holds the ids of two people"


def test_a_basic_export_with_pointers_only_names_no_picture(tmp_path: Path) -> None:
    written(tmp_path / NAMED, zipped(export_files(**{"Rich_Media.csv": POINTERS})))
    assert tables(fetch(tmp_path))["Rich_Media.csv"].body == b"Type,Link\n"


@pytest.mark.parametrize(
    ("positions", "trouble"),
    [
        (positions_csv(CURRENT, 'Lunabrava,"cut off in the mid'), "Positions.csv is damaged or cut off"),
        (positions_csv(CURRENT, "one,two"), "Positions.csv has a row that does not fit its columns"),
        ("Nothing,Known\n1,2\n", "Positions.csv has none of the columns"),
        (positions_csv(*["a,b,c,d,2001,2002"] * 20_001), "Positions.csv holds more than 20000 rows"),
    ],
)
def test_a_bad_side_table_leaves_the_profile_readable(tmp_path: Path, positions: str, trouble: str) -> None:
    written(tmp_path / NAMED, zipped(export_files(**{"Positions.csv": positions})))
    capture = fetch(tmp_path)
    assert capture.status is CaptureStatus.OK
    assert tables(capture)["Positions.csv"].trouble.startswith(trouble)
    assert not tables(capture)["Positions.csv"].body


def lying_size() -> bytes:
    """An archive that gives the size of a large table as 10 bytes."""
    body = bytearray(zipped({"Profile.csv": profile_csv() + "x" * 500_000}))
    place = body.rindex(b"PK\x01\x02")
    body[place + 24 : place + 28] = struct.pack("<L", 10)
    return bytes(body)


def twice() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("Profile.csv", profile_csv("One"))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("Profile.csv", profile_csv("Two"))
    return held.getvalue()


def locked() -> bytes:
    body = bytearray(zipped({"Profile.csv": profile_csv()}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(signature) + offset] |= 1
    return bytes(body)


def long_directory() -> bytes:
    body = bytearray(zipped({"Profile.csv": profile_csv()}))
    place = body.rindex(b"PK\x05\x06")
    body[place + 12 : place + 16] = struct.pack("<L", 900_000_000)
    return bytes(body)


GOOD = zipped(export_files())
LEADS_OUT = "the archive holds a path that leads out of it"
BAD_ARCHIVES = {
    "not a zip": (b"words", "it is not a ZIP archive, or it is cut off"),
    "empty": (b"", "it is not a ZIP archive, or it is cut off"),
    "cut": (GOOD[: len(GOOD) // 2], "it is not a ZIP archive, or it is cut off"),
    "a picture": (picture(), "it is not a ZIP archive, or it is cut off"),
    "path up": (zipped(export_files(**{"../../Profile.csv": "x"})), LEADS_OUT),
    "windows path up": (zipped(export_files(**{"..\\x.csv": "x"})), LEADS_OUT),
    "absolute": (zipped(export_files(**{"/etc/x": "x"})), LEADS_OUT),
    "bomb": (zipped({"Profile.csv": b"0" * 30_000_000}), "unpacks to more than 200 times its size"),
    "bomb beside": (zipped(export_files(**{"x.csv": "0" * 30_000_000})), "more than 200 times its size"),
    "too many": (zipped({f"{n}": "" for n in range(50_001)}), "the archive holds more than 50000 files"),
    "no profile": (zipped({"Positions.csv": positions_csv()}), "the archive lacks Profile.csv"),
    "empty zip": (zipped({}), "the archive lacks Profile.csv"),
    "wrong columns": (zipped({"Profile.csv": "A,B\n1,2\n"}), "Profile.csv has none of the columns"),
    "million rows": (zipped({"Profile.csv": profile_csv() + "a,b\n" * 20_001}), "Profile.csv"),
    "lying size": (lying_size(), "the archive is damaged or cut off"),
    "same name twice": (twice(), "the archive holds two files of the same name"),
    "locked": (locked(), "the archive is locked with a password"),
    "long directory": (long_directory(), "the archive's list of contents is too long"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_ARCHIVES)
def test_bad_archives_get_a_status_and_a_reason(tmp_path: Path, name: str) -> None:
    body, trouble = BAD_ARCHIVES[name]
    written(tmp_path / NAMED, body)
    begin = time.process_time()
    capture = fetch(tmp_path)
    assert time.process_time() - begin < 2
    assert capture.status is CaptureStatus.UNREADABLE
    assert trouble in str(capture.trouble)
    assert not capture.artifacts
