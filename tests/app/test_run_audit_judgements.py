"""A picture that was judged before is not judged again, and nothing else is remembered."""

from __future__ import annotations

import json
import re
import shutil
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image

from auditor.app import run_audit
from auditor.rules import _evidence
from auditor.store import tables
from auditor.store.database import open_database, sqlite_address
from scripts.benchmarks._firm import TODAY, make_firm
from tests.calling import call
from tests.whole import findings, timeless

PEOPLE = 12


class Month:
    """A dozen people whose banners all differ in their bytes, and a clock at the examining."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.policy = folder / "config" / "policy.yaml"
        self.judged = 0
        self.seconds = 0.0
        judge, examine = _evidence.judge, run_audit._examine_everybody

        def counted(*arguments, **named):
            self.judged += 1
            return judge(*arguments, **named)

        def clocked(*arguments):
            begun = time.process_time()
            examine(*arguments)
            self.seconds = time.process_time() - begun

        monkeypatch.setattr(_evidence, "judge", counted)
        monkeypatch.setattr(run_audit, "_examine_everybody", clocked)

    def run(self, today: str = TODAY) -> dict:
        """A fresh run as by a new process; returns what it found."""
        _evidence._judged.cache_clear()
        _evidence._rests_on.cache_clear()
        self.judged = 0
        reports = self.folder / f"reports-{time.monotonic_ns()}"
        done = call(
            "run", "--fresh", "--quiet", "--no-progress", "--roster", self.folder / "people.csv", "--policy",
            self.policy, "--output", reports, "--today", today, "--workers", "1",
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        return timeless(findings(reports))["employees"]

    def privacy(self, *words: str):
        return call("privacy", *words, "--policy", self.policy)

    def kept(self) -> dict[str, dict]:
        """What the store remembers, by employee id."""
        engine = open_database(sqlite_address(self.folder / "state" / "auditor.sqlite3"))
        with engine.connect() as connection:
            rows = connection.execute(sa.select(tables.judgements)).mappings()
            return {row["employee_id"]: dict(row) for row in rows}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    make_firm(folder, PEOPLE, PEOPLE, distinct=True)
    # the first of them carries a plain colour, so that one judgement has its pictures
    page = (folder / "saved" / "0000000.html").read_text("utf-8")
    (shown,) = set(re.findall(r"pictures/1\d+\.jpg", page))
    Image.new("RGB", (1584, 396), (200, 30, 30)).save(folder / "saved" / shown)
    return folder


@pytest.fixture
def month(made, tmp_path, monkeypatch):
    return Month(shutil.copytree(made, tmp_path, dirs_exist_ok=True), monkeypatch)


def verdicts(people: list[dict]) -> list:
    """What was found of everybody, without what a second month itself changes."""
    of_time = ("state", "first_seen")
    return [
        {**one, "results": [{k: v for k, v in r.items() if k not in of_time} for r in one["results"]]}
        for one in people
    ]


def test_an_unchanged_month_judges_no_picture_again_and_says_the_same(month):
    first = month.run()
    judged, seconds = month.judged, month.seconds
    assert judged > PEOPLE / 2
    again = month.run()
    assert month.judged == 0
    assert verdicts(again) == verdicts(first)
    # what is left is reading the pages
    assert month.seconds * 3 < seconds
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_audit, "judge_version", lambda: "")
        uncached = month.run()
    assert month.judged == judged
    assert verdicts(uncached) == verdicts(first)


def test_whatever_a_judgement_rests_on_makes_it_anew(month, monkeypatch):
    month.run()
    judged = month.judged
    # one picture with one byte more
    page = next(page for page in (month.folder / "saved").glob("*.html") if "pictures/1" in page.read_text())
    name = page.read_text().partition('src="pictures/')[2].partition('"')[0]
    picture = month.folder / "saved" / "pictures" / name
    picture.write_bytes(picture.read_bytes() + b"\0")
    month.run()
    assert month.judged == 1
    text = month.policy.read_text("utf-8")
    # the bands
    month.policy.write_text(text + "banner: {match_below: 1.3}\n", "utf-8")
    month.run()
    assert month.judged == judged
    # what a banner of the library is to the company
    month.policy.write_text(text.replace("role: previous", "role: sister"), "utf-8")
    month.run()
    assert month.judged == judged
    # another day that changes nothing for any banner
    tomorrow = (date.fromisoformat(TODAY) + timedelta(days=1)).isoformat()
    month.run(tomorrow)
    assert month.judged == 0
    # the program
    monkeypatch.setattr(run_audit, "judge_version", lambda: "another")
    month.run(tomorrow)
    assert month.judged == judged


def test_what_is_remembered_belongs_to_the_person(month):
    month.run()
    kept = month.kept()
    assert len(kept) > PEOPLE / 2
    somebody = min(key for key, row in kept.items() if row["pictured"])
    told = month.folder / "theirs.json"
    assert month.privacy("export", somebody, "--output", told).returncode == 0
    (row,) = json.loads(told.read_text("utf-8"))["judgements"]
    assert row["content"] == kept[somebody]["content"]
    done = month.privacy("erase", somebody, "--yes")
    assert done.returncode == 0, done.stderr
    assert set(month.kept()) == set(kept) - {somebody}
    # evidence pictures go after thirty days; the rest as long as the examinations
    month.privacy("purge", "--today", (date.fromisoformat(TODAY) + timedelta(days=31)).isoformat())
    left = month.kept()
    assert left
    assert not any(row["pictured"] for row in left.values())
