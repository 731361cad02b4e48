"""Whatever stands in a setting: either exit 2 with line and column, or a dry run that works."""

from __future__ import annotations

import json
import re

import pytest

from auditor.config.schema import RosterSection
from auditor.language.roster_messages import intake_codes
from auditor.language.words import words_of
from tests.calling import call
from tests.config.settings import WHOLE, Keys, Setting, all_settings, make_files, policy_with

SETTINGS = all_settings()
GROUPS = [one for one in SETTINGS if one.has("object", "array")]
LEAVES = [one for one in SETTINGS if one not in GROUPS]

NUMBERS = (
    *(".nan", ".inf", "-.inf", "-1", "-1000", "-1e308", "0", "-0.0", "1.5", "1e308", "1e999", "9" * 30),
    *("9" * 5000, "0x" + "f" * 999, "1_000"),
)
KINDS = ("true", "null", "[]", "{}", "[1]", "{a: 1}", "[[]]", '""', "'45'", "12345")
DAYS = (
    *("2026-01-01", "'2026-01-01'", "2026-01-01T10:00:00", "2026-01-01T10:00:00Z", "0001-01-01"),
    *("9999-12-31", "2026-02-30", "'2026-02-30'", "20260101", "1999-12-31"),
)
TEXTS = (
    *('"\\0"', '"a\\nb"', '"\\x1b[31m"', '"\\u202Egpj.exe"', '"\\uD800"', '"\\uDC00x"', '"\\uFFFF"'),
    *('"=1+1"', '"+cmd|calc"', '"@SUM(A1)"', '"%s%n%x"', '"{0.__class__}"', '"${HOME}"', '"{unknown} at"'),
    *('"../../../../etc/passwd"', '"/dev/zero"', '"/"', '"."', '"C:/con"', '"~"', '"*"', '"env:"'),
    *('"sqlite://"', '"sqlite:///:memory:"', '"http://[::1"', '" "', '"[x"', '"a/b"'),
    '"\\u0645\\u0631\\u062d\\u0628\\u0627"',
    json.dumps("x" * 5_000),
)
VALUES = (*NUMBERS, *KINDS, *DAYS, *TEXTS)

_PLACE = re.compile(r"policy\.yaml:(\d+):(\d+): (?:([^ ]+): )?\S")


def keys_named(said: str) -> set[str]:
    """The settings that the mistakes name; each of them has line and column."""
    lines = [line for line in said.splitlines() if "policy.yaml:" in line]
    found = [_PLACE.search(line) for line in lines]
    assert lines, said
    assert all(one and int(one[1]) and int(one[2]) for one in found), said
    return {one[3] or "" for one in found}


def is_about(setting: Setting, named: set[str]) -> bool:
    return any(setting.name.startswith(one) or one.startswith(setting.name) for one in named)


def dry_run(folder, values: dict[Keys, str]):
    policy, roster = make_files(folder)
    policy.write_text(policy_with(values), encoding="utf-8")
    done = call("run", "--policy", str(policy), "--roster", str(roster), "--dry-run", "--today", "2026-06-01")
    told = {keys: value[:60] for keys, value in values.items()}
    assert done.returncode in (0, 2, 3), (done.returncode, done.stderr[:2000], told)
    assert "Traceback" not in done.stderr, told
    return done


def test_the_whole_policy_works(tmp_path):
    done = dry_run(tmp_path, {})
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [(row[0], row[2]) for row in rows[1:]] == [("7", "active")]
    assert json.loads(policy_with({})) == WHOLE


def test_the_walk_finds_settings_of_every_kind():
    assert {one.name for one in SETTINGS} >= {
        "entities[0].banners[0].valid_to",
        "health.smallest_readable_share",
        "roster.status_words.saved_pages",
        "banner.match_below",
        "rules.HDL001.title_aliases[0][0]",
        "sources.evidence_days.saved_pages",
        "sources.public_page.allowed_hosts[0]",
    }


def test_every_number_has_a_least_and_a_most():
    for setting in LEAVES:
        if setting.has("number", "integer") and "const" not in setting.schema:
            limits = [setting.schema, *setting.schema.get("anyOf", ())]
            assert any("minimum" in one and "maximum" in one for one in limits), setting.name


def refuse_or_work(folder, settings, value):
    """All of them at once: those that the mistakes name are refused, the rest must work together."""
    left = list(settings)
    while left:
        done = dry_run(folder, {one.keys: value for one in left})
        named = keys_named(done.stderr) if done.returncode == 2 else {""}
        if named == {""}:  # it works, or no file may hold this value at all
            return
        rest = [one for one in left if not is_about(one, named)]
        assert len(rest) < len(left), done.stderr
        left = rest


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value[:20])
def test_a_value_in_every_setting_is_refused_with_its_place_or_works(tmp_path, value):
    refuse_or_work(tmp_path, LEAVES, value)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("value", ["null", "true", "[]", "[null]", "{}", "{a: 1}", "x"])
def test_a_wrong_kind_in_every_group_is_refused_with_its_place_or_works(tmp_path, value, depth):
    refuse_or_work(tmp_path, [one for one in GROUPS if len(one.keys) == depth], value)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("sources", "public_page", "seconds_between"), ".nan"),
        (("sources", "public_page", "seconds_between"), "-1000"),
        (("sources", "public_page", "cool_down_hours"), ".inf"),
        (("sources", "public_page", "daily_cap"), "true"),
        (("sources", "public_page", "quiet_hours"), "'25:00-26:00'"),
        (("sources", "evidence_days", "saved_pages"), "0"),
        (("banner", "match_below"), "100"),
        (("rules", "BNR001", "differs_above"), ".nan"),
        (("banner", "calibrated_on"), "20260901"),
        (("health", "smallest_readable_share"), "50"),
        (("roster", "time_zone"), "../../etc/localtime"),
        (("roster", "time_zone"), "Europe"),
        (("roster", "time_zone"), "2"),
        (("roster", "grace_days"), "3660"),
        (("version",), "true"),
        (("version",), "1.0"),
        (("entities", 0, "banners", 0, "valid_from"), "20260901"),
        (("entities", 0, "banners", 0, "valid_to"), "9999-12-31"),
        (("entities", 0, "privacy", "notice_date"), "2026-02-01T00:00:00"),
        (("entities", 0, "country"), "Netherlands"),
    ],
)
def test_what_was_taken_and_went_wrong_later_is_refused(tmp_path, keys, value):
    done = dry_run(tmp_path, {keys: value})
    assert done.returncode == 2
    assert Setting(keys, {}).name in keys_named(done.stderr)


@pytest.mark.long
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.name)
def test_each_setting_alone_is_refused_with_its_place_or_works(tmp_path, setting):
    for value in VALUES:
        done = dry_run(tmp_path, {setting.keys: value})
        assert done.returncode in (0, 3) or keys_named(done.stderr)


@pytest.mark.parametrize("word", ["not_started", "not yet started", "Nog niet gestart", "pas encore entré"])
def test_a_status_class_may_be_written_as_messages_name_it(word: str) -> None:
    assert RosterSection(status_words={"Tekent": word}).status_words == {"Tekent": "not_started"}


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_every_class_that_the_message_on_an_unknown_word_names_may_be_written(language: str) -> None:
    said = words_of(language).say(intake_codes()["P10"].messages["en"], v="x").rstrip(".")
    _, _, listed = said.partition(
        {"en": "choose ", "nl": "kies ", "fr": "choisissez ", "de": "wählen Sie "}[language]
    )
    named = re.split(r", | (?:or|of|ou|oder) ", listed)
    read = RosterSection(status_words={word: word.title() for word in named}).status_words
    assert list(read.values()) == ["active", "absent", "leaving", "left", "not_started", "ignore"]


@pytest.mark.parametrize(
    ("keys", "value", "said"),
    [
        (("roster", "everyone_is"), "Actief", "must be active, or empty"),
        (
            ("entities", 0, "letters", "region"),
            "antwerp",
            "must be one of flanders, wallonia, german_speaking",
        ),
        (("entities", 0, "letters", "region"), "antwerp", "brussels, or empty"),
        (("entities", 0, "headline", 0, "language"), "es", "must be one of en, nl, fr, de, or empty"),
        (("language",), "es", "must be one of en, nl, fr, de\n"),
        (("entities", 0, "names", 0), "1895", "names[0].text: must be a text (put it in quotation marks)"),
        (("entities", 0, "names"), "1895", "names[0].text: must be a text (put it in quotation marks)"),
        (
            ("entities", 0, "headline", 0),
            "12.5",
            "headline[0].text: must be a text (put it in quotation marks)",
        ),
        (("entities", 0, "pages", 0), '"https:// www.linkedin.com/company/v"', "; there is a space in it"),
        (("entities", 0, "pages", 0), '"company/vlinder bouw"', "; there is a space in it"),
        (("entities", 0, "pages", 0), "linkedin.com/in/vlinderbouw", "is no page address such as https://"),
    ],
)
def test_a_value_that_is_refused_says_what_is_right(tmp_path, keys, value, said):
    done = dry_run(tmp_path, {keys: value})
    assert done.returncode == 2
    assert said in done.stderr
