"""A new installation is written whole; what lies there already is never touched."""

import pytest

from auditor.app.start import BRAND_NOTE, start_installation
from auditor.errors import UsageError


def test_what_exists_is_named_and_nothing_is_written(tmp_path):
    (tmp_path / "config").mkdir()
    roster = tmp_path / "config" / "roster-sample.csv"
    roster.write_text("mine", "utf-8")
    with pytest.raises(UsageError) as trouble:
        start_installation(tmp_path)
    assert str(roster) in trouble.value.message
    assert [path.name for path in (tmp_path / "config").iterdir()] == ["roster-sample.csv"]
    assert roster.read_text("utf-8") == "mine"


def test_a_note_of_one_s_own_beside_the_banners_stays(tmp_path):
    note = tmp_path / "config" / "brand" / "README.txt"
    written = start_installation(tmp_path / "new")
    assert written[-1].read_text("utf-8") == BRAND_NOTE
    note.parent.mkdir(parents=True)
    note.write_text("ours", "utf-8")
    start_installation(tmp_path)
    assert note.read_text("utf-8") == "ours"
