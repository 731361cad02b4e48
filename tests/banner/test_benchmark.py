"""The short form of the benchmark: on drawn banners nothing is judged wrongly, and the truth is the truth."""

import json
import shutil

import numpy as np
import pytest
from PIL import Image

from auditor.proof.editor import Edit, Words, words_on
from auditor.proof.score import bounds
from scripts.benchmarks import banner as benchmark
from scripts.benchmarks import real_banners
from scripts.benchmarks.banner_scores import place_shares
from scripts.benchmarks.banner_trials import Group, changed_boxes
from tests.banner.test_calibrate import wrong_ones


def test_short_form_has_no_wrong_verdict(tmp_path, monkeypatch):
    """The command itself: judged in a worker, written, and taken up again without judging anew."""
    monkeypatch.setattr(benchmark, "measure", lambda seed: {})  # a measurement, and a slow one
    command = ["--comparisons", "60", "--seed", "7", "--workers", "1", "--out", str(tmp_path)]
    assert benchmark.main(command) == 0
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    genuine, others = figures["tables"]["all"][-2:]
    assert genuine["wrong"] == others["wrong"] == 0
    assert genuine["outcomes"]["match"] >= 0.7 * genuine["count"]
    assert others["phash_wrong"] > 0
    kept = (tmp_path / "judged.jsonl").read_text("utf-8")
    assert benchmark.main(command) == 0
    assert (tmp_path / "judged.jsonl").read_text("utf-8") == kept
    page = (tmp_path / "figures.md").read_text("utf-8")
    assert "one picture file against one library" in page
    with pytest.raises(ValueError, match="another judge, seed or set of banners"):
        benchmark.main([*command, "--seed", "8"])


def test_artwork_that_cannot_be_drawn_here_is_refused_and_not_left_out(tmp_path, monkeypatch):
    """Debian's own banners are SVG: once left out, they stayed left out, and nobody noticed."""
    theme = tmp_path / "Debian" / "usr" / "share" / "desktop-base" / "calm-theme" / "wallpaper"
    (theme / "contents" / "images").mkdir(parents=True)
    (theme / "contents" / "images" / "1920x1080.svg").write_text("<svg/>", "utf-8")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="librsvg2-bin"):
        real_banners.bands(tmp_path, "Debian", 5, 1)
    assert not list((tmp_path / "bands").rglob("*.png"))


@pytest.mark.long
def test_long_form_has_no_wrong_verdict():
    judged = benchmark.run(benchmark.HELD_OUT_SEED, range(24))
    assert wrong_ones(judged) == []
    assert {one.group for one in judged} == set(Group)


def test_wilson_bounds():
    low, high = bounds(0, 100)
    assert low == 0.0
    assert high == pytest.approx(0.037, abs=0.001)


@pytest.mark.parametrize(
    ("edit", "said", "words"),
    [
        ({"turn": 1.2}, "ours, turned by 1.3°; zoom 1.04, 90 % of it in sight", Words.RIGHT),
        ({"turn": 1.2}, "ours, turned by 2.0°", Words.WRONG),
        ({"turn": 0.3}, "fits all over", Words.SILENT),
        ({"wider": 1.05}, "ours, stretched 5 % wider", Words.RIGHT),
        ({"wider": 1 / 1.05}, "ours, stretched 5 % wider", Words.WRONG),
        ({"visible": 0.48}, "ours, only 49 % in sight: standard", Words.RIGHT),
        ({"visible": 0.48}, "ours, only 60 % in sight: standard", Words.WRONG),
        ({"filtered": True}, "ours, with a filter", Words.RIGHT),
        ({"turn": 1.2}, "ours, turned by 1.2°, with a filter", Words.WRONG),
    ],
)
def test_words_on_an_edit_are_held_against_what_was_done(edit, said, words):
    assert words_on(Edit(Image.new("RGB", (1, 1)), **edit), said) is words


def test_named_place_is_held_against_the_change():
    away = np.zeros((396, 1584), dtype=bool)
    away[100:120, 400:440] = True
    away[300:310, 1000:1010] = True
    first, second = changed_boxes(away, 792)
    assert first == (194, 44, 226, 66)
    assert second == (494, 144, 511, 161)
    assert place_shares((194, 44, 225, 65), (first, second)) == (1.0, 1.0)
    assert place_shares((194, 44, 257, 65), (first, second)) == (0.5, 0.5)
    assert place_shares((0, 0, 50, 50), (first, second)) == (0.0, 0.0)
