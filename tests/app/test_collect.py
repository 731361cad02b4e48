"""A folder is watched: files are taken once they are whole, a few at a time, and its troubles are said."""

import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from auditor.app.file_evidence import Fate
from tests.app.collecting import arrive, save
from tests.feedback.firm import RIGHT, Firm, page, slug


@pytest.fixture
def firm(tmp_path):
    return Firm(tmp_path)


def test_a_file_that_is_still_being_written_waits(collector):
    text = page("0101", RIGHT, slug("0101"))
    path = save(collector, text[:2000])
    assert collector.look() == []
    path.write_text(text, "utf-8")
    assert collector.look() == []
    assert [one.fate for one in collector.look()] == [Fate.READ]


def test_a_folder_that_vanishes_is_said_and_tried_again(collector):
    shutil.rmtree(collector.inbox)
    assert collector.look() == []
    assert collector.trouble
    collector.inbox.mkdir()
    assert arrive(collector, page("0101", RIGHT, slug("0101")))[0].fate is Fate.READ
    assert collector.trouble == ""


def test_pages_that_lie_in_their_place_and_no_run_has_read_yet_count(collector, firm):
    place = firm.folder / "evidence/saved_pages/by hand"
    place.mkdir()
    path = place / "one.html"
    path.write_text(page("0101", RIGHT, slug("0101")), "utf-8")
    moment = (datetime.now(UTC) - timedelta(days=1)).timestamp()
    os.utime(path, (moment, moment))
    collector.note_kept()
    assert [one.employee.employee_id for one in collector.wanted()] == ["0102", "0103"]


def test_a_thousand_files_at_once_are_all_taken_a_few_at_a_time(collector):
    for number in range(120):
        save(collector, "not a page", f"n{number}.html")
    collector.look()
    looks = [len(collector.look()) for _ in range(4)]
    assert looks == [50, 50, 20, 0]
