from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from auditor.language.written_dates import PRESENT_WORDS, DateOrder, read_moment, read_period_end
from auditor.model.observed import Observed, Present

SEEN_ON = date(2026, 11, 28)


def day(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-01-15", day(2024, 1, 15)),
        ("2024-01-15T10:20:30.456Z", day(2024, 1, 15, 10, 20, 30)),
        ("2024-01-15 10:20:30+0200", day(2024, 1, 15, 8, 20, 30)),
        ("20240115", day(2024, 1, 15)),
        (1705276800, day(2024, 1, 15)),
        ("1705276800", day(2024, 1, 15)),
        (1705276800000.0, day(2024, 1, 15)),
        ("1705276800000000", day(2024, 1, 15)),
        ("Jan 15, 2024", day(2024, 1, 15)),
        ("15. März 2024", day(2024, 3, 15)),
        ("15 janv. 2024", day(2024, 1, 15)),
        ("15 de enero de 2024", day(2024, 1, 15)),
        ("2024年1月15日", day(2024, 1, 15)),
        ("Mon, 15 Jan 2024 10:00:00 +0100", day(2024, 1, 15, 9)),
        ("Mon Jan 15 2024 10:00:00 GMT+0100 (Midden-Europese standaardtijd)", day(2024, 1, 15, 9)),
        ("8/30/2024 4:38 PM", day(2024, 8, 30, 16, 38)),
        ("15/01/2024", day(2024, 1, 15)),
        ("01-15-2024", day(2024, 1, 15)),
        ("05.05.2024", day(2024, 5, 5)),
        ("Jan 2024", day(2024, 1, 1)),
    ],
)
def test_a_date_with_one_reading_is_read(written: object, moment: datetime) -> None:
    assert read_moment(written) == moment


@pytest.mark.parametrize(
    "written",
    ["03/04/2024", "3-4-2024", "15/01/24", "yesterday", "", "2024", "45306", "2024-02-30", "0000-00-00",
     "1970-01-01", "2024-01-15 - 2026-01-01", None, True, [2024], float("nan"), float("inf"), 1e30,
     "9" * 400],
)  # fmt: skip
def test_a_date_with_two_readings_or_none_is_not_read(written: object) -> None:
    assert read_moment(written) is None


def test_a_stated_order_settles_what_is_ambiguous() -> None:
    assert read_moment("03/04/2024", DateOrder.DAY_FIRST) == day(2024, 4, 3)
    assert read_moment("03/04/2024", DateOrder.MONTH_FIRST) == day(2024, 3, 4)
    assert read_moment("15/01/2024", DateOrder.MONTH_FIRST) is None


def current(text: str) -> bool | None:
    found: Observed[bool] = read_period_end(text, SEEN_ON)
    return found.value if isinstance(found, Present) else None


@pytest.mark.parametrize("word", [word for words in PRESENT_WORDS.values() for word in words])
def test_every_present_word_alone_and_in_a_range(word: str) -> None:
    assert current(word) is current(word.upper()) is True
    assert current(f"2021 - {word}") is current(f"{word} · 5 yrs 8 mos") is True


@pytest.mark.parametrize(
    "text",
    ["Present · 5 yrs 8 mos", "Mar 2021 - Present", "Mar 2021 – heden (5 jaar 8 mnd)", "bis heute",
     "2021 to now",
     "März 2021 bis heute", "mars 2021 à aujourd’hui", "tot op heden", "2021年3月 - 現在", "hasta hoy",
     "do současnosti"],
)  # fmt: skip
def test_a_present_word_inside_the_text_means_ongoing(text: str) -> None:
    assert current(text) is True


@pytest.mark.parametrize(
    "text",
    ["Aug 2026", "2026-08-31", "31/08/2026", "03/04/2021", "08/2026", "2021", "Mar 2021 - Aug 2026",
     "2019-2024",
     "Aug 2026 · 5 yrs 6 mos", "août 2026", "2026年8月", "1724976000", "Nov 2026"],
)  # fmt: skip
def test_a_past_date_means_over(text: str) -> None:
    assert current(text) is False


@pytest.mark.parametrize(
    "text",
    ["", "Dec 2026", "2027", "9999-12-31", "2026-11-29", "12/11/2026", "sometime", "5 yrs 8 mos",
     "not present",
     "Presented", "since 2021", "1970-01-01", "0", "*** 2020", "2019 2020 2021"],
)  # fmt: skip
def test_everything_else_is_unseen(text: str) -> None:
    assert current(text) is None


@pytest.mark.parametrize(
    "text", ["Mrz 2023", "Jan. 2020–Mrz. 2023", "Mar '23", "Jan '20 - mrt. ’23", "juin '98"]
)
def test_short_months_and_short_years_are_ends(text: str) -> None:
    assert current(text) is False


@pytest.mark.parametrize("text", ["'23", "Mar '99 yrs", "Dec '49", "5 '23"])
def test_a_short_year_counts_behind_a_month_only(text: str) -> None:
    assert current(text) is None
