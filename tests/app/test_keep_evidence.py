"""Only the audited part of an export is kept, under a name of ours that keeps its day."""

import os
import time
import zipfile

import pytest

from auditor.app.keep_evidence import keep_export, remove_left_over
from tests.sources.invented import zipped

TABLES = {
    "Profile.csv": b"First Name,Last Name,Headline,Birth Date\nAnna,Verzonnen,Planner,3 May\n",
    "Positions.csv": b"Company Name,Title,Started On,Finished On,Description\nTessel,Planner,2021,,secret\n",
    "messages.csv": b"FROM,CONTENT\nsomebody,secret\n",
}


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("Complete_LinkedInDataExport_11-27-2026.zip.zip", "Complete_LinkedInDataExport_11-27-2026.zip"),
        ("Basic_LinkedInDataExport_11-27-2026 (1).zip", "Basic_LinkedInDataExport_11-27-2026.zip"),
        ("Anna Verzonnen.zip", "export.zip"),
    ],
)
def test_an_export_keeps_its_day_and_three_tables(tmp_path, came, kept):
    archive = tmp_path / "upload"
    archive.write_bytes(zipped(TABLES))
    target = keep_export(archive, came, tmp_path)
    assert target.name == kept
    with zipfile.ZipFile(target) as written:
        bodies = {name: written.read(name).decode() for name in written.namelist()}
    assert sorted(bodies) == ["Positions.csv", "Profile.csv"]
    assert "Planner" in bodies["Profile.csv"]
    assert not any(word in body for body in bodies.values() for word in ("secret", "3 May"))


def test_the_same_archive_gives_the_same_bytes(tmp_path):
    archive = tmp_path / "upload"
    archive.write_bytes(zipped(TABLES))
    first, second = (keep_export(archive, f"{place}.zip", tmp_path).read_bytes() for place in "ab")
    assert first == second


def test_what_a_killed_process_left_half_arrived_goes_and_what_arrives_now_stays(tmp_path):
    for name, hours in ((".arriving-old", 2), (".arriving-new", 0), ("NL-1", 2)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "upload").write_text("a page", "utf-8")
        moment = time.time() - hours * 3600
        os.utime(tmp_path / name, (moment, moment))
    remove_left_over(tmp_path, tmp_path / "nowhere", None)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".arriving-new", "NL-1"]


def test_what_is_no_export_leaves_nothing(tmp_path):
    archive = tmp_path / "upload"
    archive.write_bytes(b"PK\x03\x04 nothing")
    assert keep_export(archive, "x.zip", tmp_path) is None
    assert list(tmp_path.iterdir()) == [archive]
