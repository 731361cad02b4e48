"""The daily call names every path in full, and secrets from its file never replace what is set."""

import os
from datetime import time
from pathlib import Path

import pytest

from auditor.app.schedule import ScheduledRun, call_of, take_surroundings
from auditor.errors import UsageError


def test_every_path_of_the_call_is_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("config").mkdir()
    Path("people.csv").write_text("x", "utf-8")
    run = ScheduledRun(
        Path("people.csv"), Path("config/policy.yaml"), Path("reports"), None, "", 5, time(6, 30)
    )
    call = call_of(run)
    words = list(call.words)
    assert words[words.index("--roster") + 1] == str(tmp_path / "people.csv")
    assert words[words.index("--policy") + 1] == str(tmp_path / "config" / "policy.yaml")
    assert words[words.index("--monthly-on") + 1] == "5"
    assert (call.folder, call.log) == (tmp_path, tmp_path / "state" / "schedule.log")
    assert (call.hour, call.minute) == (6, 30)


def test_the_file_sets_what_is_not_set_and_refuses_a_line_without_a_value(tmp_path, monkeypatch):
    path = tmp_path / "schedule.env"
    path.write_text("# secrets\n\nFIRM_NEW = one=two\nFIRM_SET=other\n", "utf-8")
    path.chmod(0o600)
    monkeypatch.setenv("FIRM_SET", "kept")
    monkeypatch.setenv("FIRM_NEW", "")
    monkeypatch.delenv("FIRM_NEW")
    take_surroundings(tmp_path / "policy.yaml")
    assert (os.environ["FIRM_NEW"], os.environ["FIRM_SET"]) == ("one=two", "kept")
    path.write_text("FIRM_NEW\n", "utf-8")
    with pytest.raises(UsageError, match=r"schedule\.env:1"):
        take_surroundings(tmp_path / "policy.yaml")
