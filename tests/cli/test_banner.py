"""The company's reference banners by command: adding, warning, judging, calibrating."""

from __future__ import annotations

import json
import shutil

import pytest
from PIL import ImageDraw
from ruamel.yaml import YAML

from auditor.app.registry import policy_of
from auditor.banner.alterations import JOURNEYS, NEAR_MISSES
from tests.calling import call
from tests.rules.subjects import PICTURES


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    assert call("init", str(folder)).returncode == 0
    for name, picture in PICTURES.items():
        picture.save(folder / f"{name.replace(' ', '-')}.png")
    return folder


@pytest.fixture
def firm(made, tmp_path):
    return shutil.copytree(made, tmp_path, dirs_exist_ok=True)


def banner(firm, command, *more):
    return call("banner", command, *map(str, more), "--policy", str(firm / "config" / "policy.yaml"))


def add(firm, file, name, *more):
    return banner(firm, "add", firm / file, "--name", name, *more)


def test_adding_keeps_the_comments_and_draws_what_will_be_served(firm):
    before = (firm / "config" / "policy.yaml").read_text("utf-8")
    done = add(firm, "current.png", "Autumn", "--valid-from", "2026-09-01", "--grace-days", "30")
    assert done.returncode == 0, done.stderr
    text = (firm / "config" / "policy.yaml").read_text("utf-8")
    comments = [line for line in before.splitlines() if line.strip().startswith("#")]
    assert [line for line in text.splitlines() if line.strip().startswith("#")] == comments
    held = policy_of(firm / "config" / "policy.yaml", unfinished=True).company_of("").banners
    assert [(one.name, str(one.valid_from), one.grace_days) for one in held] == [("Autumn", "2026-09-01", 30)]
    assert {path.name for path in (firm / "config" / "brand" / "served").iterdir()} == {
        "current-1400.jpg",
        "current-800.jpg",
    }


def test_what_cannot_be_added_changes_nothing(firm):
    add(firm, "current.png", "Autumn")
    before = (firm / "config" / "policy.yaml").read_text("utf-8")
    (firm / "page.png").write_text("<html>no picture</html>", "utf-8")
    for wrong in (
        ("current.png", "Autumn"),
        ("page.png", "Page"),
        ("gone.png", "Gone"),
        ("current.png", "Twice"),
    ):
        assert add(firm, *wrong).returncode == 2, wrong
    assert (firm / "config" / "policy.yaml").read_text("utf-8") == before


def test_two_banners_that_cannot_be_told_apart_are_shown(firm):
    alike = PICTURES["current"].copy()
    ImageDraw.Draw(alike).rectangle((700, 20, 703, 22), fill="#0d3f68")
    alike.save(firm / "alike.png")
    add(firm, "current.png", "Autumn")
    done = add(firm, "alike.png", "Spring", "--role", "previous")
    assert "BANNER_ALIKE" in done.stderr
    assert "alike-" in done.stdout
    checked = banner(firm, "check")
    assert checked.returncode == 1
    assert "Autumn" in checked.stdout
    assert "Spring" in checked.stdout


def test_judging_against_the_whole_library(firm):
    add(firm, "current.png", "Autumn")
    add(firm, "previous.png", "Spring", "--role", "previous")
    done = banner(
        firm, "judge", firm / "config" / "brand" / "served", firm / "own-photo.png", "--format", "json"
    )
    told = {
        json.loads(line)["candidate"].rsplit("/", 1)[-1]: json.loads(line)
        for line in done.stdout.splitlines()
    }
    assert {name: (facts["verdict"], facts["name"]) for name, facts in told.items() if "own" not in name} == {
        "current-1400.jpg": ("match", "Autumn"),
        "current-800.jpg": ("match", "Autumn"),
        "previous-1400.jpg": ("differs", "Spring"),
        "previous-800.jpg": ("differs", "Spring"),
    }
    assert told["own-photo.png"]["verdict"] == "differs"


def test_what_a_folder_holds_and_cannot_be_read_has_its_own_line(firm):
    add(firm, "current.png", "Autumn")
    folder = firm / "month"
    (folder / "not-a-file.jpg").mkdir(parents=True)
    (folder / "page.jpg").write_bytes(b"<html>sign in</html>")
    (folder / "again.png").write_bytes((firm / "current.png").read_bytes())
    done = banner(firm, "judge", folder, firm / "current.png", "--format", "json")
    verdicts = [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    assert (done.returncode, verdicts) == (0, ["match", "undetermined", "undetermined", "match"])
    assert banner(firm, "judge", firm / "nowhere").returncode == 2


def test_labelled_examples_are_the_policys_test(firm):
    add(firm, "current.png", "Autumn")
    for label, file in (("match", "current-800.jpg"), ("differs", "current-1400.jpg")):
        (firm / "examples" / label).mkdir(parents=True)
        source = firm / "config" / "brand" / "served" / file
        (firm / "examples" / label / file).write_bytes(source.read_bytes())
    done = banner(firm, "test", firm / "examples")
    assert done.returncode == 1
    assert "expected differs, given match" in done.stdout
    assert "1 of 2 as expected" in done.stdout
    (firm / "table.tsv").write_text("file\texpected\ncurrent.png\tmatch\n", "utf-8")
    assert banner(firm, "test", firm / "table.tsv").returncode == 0


def test_calibration_is_printed_and_written_with_its_day(firm, monkeypatch):
    # tests/banner/test_calibrate.py tries them all
    few = {"served at 800", "WebP", "mirrored", "greyscale"}
    for every in (JOURNEYS, NEAR_MISSES):
        for name in every.keys() - few:
            monkeypatch.delitem(every, name)
    add(firm, "current.png", "Autumn")
    add(firm, "previous.png", "Spring", "--role", "previous")
    policy = firm / "config" / "policy.yaml"
    former = "rules:\n  BNR001: {match_below: 1.1, enabled: true}\n"
    policy.write_text(policy.read_text("utf-8").replace("rules:\n", former, 1), "utf-8")
    done = banner(firm, "calibrate", "--today", "2026-11-22")
    assert done.returncode == 0, done.stderr
    assert "served at 800" in done.stdout
    written = YAML(typ="safe").load(policy)
    bands = policy_of(policy, unfinished=True).company_of("").banner_bands
    assert str(written["banner"]["calibrated_on"]) == "2026-11-22"
    assert written["rules"]["BNR001"] == {"enabled": True}, "the former place of the bands is emptied"
    assert 0 < bands.match_below <= bands.differs_above
    assert f"match below {bands.match_below}, differs above {bands.differs_above}" in done.stdout


def season(firm):
    held = policy_of(firm / "config" / "policy.yaml", unfinished=True).company_of("").banners
    return {one.name: (str(one.valid_from), str(one.valid_to), one.grace_days) for one in held}


WINTER = ("current.png", "Winter", "--valid-from", "2026-11-01")


def test_a_new_season_asks_what_becomes_of_the_old_one(firm):
    add(firm, "previous.png", "Summer 2026", "--valid-from", "2026-06-01")
    asked = add(firm, *WINTER)
    assert asked.returncode == 2
    assert all(word in asked.stderr for word in ("--replaces 'Summer 2026'", "--beside", "2026-11-01"))
    assert list(season(firm)) == ["Summer 2026"]
    assert not (firm / "config" / "brand" / "current.png").exists()


@pytest.mark.parametrize(
    ("before", "more", "summer", "winter"),
    [
        ((), (), ("2026-06-01", "2026-10-31", 0), ("2026-11-01", "None", 0)),
        (("--grace-days", "10"), (), ("2026-06-01", "2026-10-31", 10), ("2026-11-01", "None", 0)),
        (
            ("--grace-days", "10"),
            ("--grace-days", "30"),
            ("2026-06-01", "2026-10-31", 30),
            ("2026-11-01", "None", 30),
        ),
        (
            ("--valid-to", "2026-12-31"),
            ("--grace-days", "0"),
            ("2026-06-01", "2026-10-31", 0),
            ("2026-11-01", "None", 0),
        ),
    ],
)
def test_what_is_replaced_ends_on_the_day_before_with_its_days_of_grace(firm, before, more, summer, winter):
    add(firm, "previous.png", "Summer", "--valid-from", "2026-06-01", *before)
    done = add(firm, *WINTER, "--replaces", "Summer", *more)
    assert done.returncode == 0, done.stderr
    assert "Summer ends on 2026-10-31" in done.stderr
    assert season(firm) == {"Summer": summer, "Winter": winter}
    assert "WITHOUT_END" not in banner(firm, "check").stdout


def test_both_may_stay_valid_and_the_check_says_so(firm):
    add(firm, "previous.png", "Summer")
    assert add(firm, *WINTER, "--beside").returncode == 0
    checked = banner(firm, "check")
    assert checked.returncode == 1
    (line,) = (one for one in checked.stdout.splitlines() if "BANNER_WITHOUT_END" in one)
    assert "Summer, Winter" in line


def test_nothing_is_asked_where_nothing_else_holds_on_the_first_day(firm):
    add(firm, "previous.png", "Summer", "--valid-to", "2026-10-31", "--grace-days", "30")
    assert add(firm, "sister.png", "Sister", "--role", "sister").returncode == 0
    assert add(firm, *WINTER).returncode == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ("--replaces", "Spring", "--valid-from", "2026-11-01"),
        ("--replaces", "Summer"),
        ("--replaces", "Summer", "--valid-from", "2026-06-01"),
        ("--replaces", "Summer", "--beside", "--valid-from", "2026-11-01"),
        ("--replaces", "Summer", "--valid-from", "2026-11-01", "--role", "previous"),
    ],
)
def test_a_replacement_that_cannot_be_meant_is_refused(firm, wrong):
    add(firm, "previous.png", "Summer", "--valid-from", "2026-06-01")
    before = (firm / "config" / "policy.yaml").read_text("utf-8")
    assert add(firm, "current.png", "Winter", *wrong).returncode == 2
    assert (firm / "config" / "policy.yaml").read_text("utf-8") == before
