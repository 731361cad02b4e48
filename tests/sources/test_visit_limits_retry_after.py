"""The header that asks for a wait: read strictly, capped, never a reason to stumble."""

from datetime import UTC, datetime

import pytest

from auditor.sources._visit_limits import LONGEST_WAIT, wait_asked_for

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAYS_30 = 2_592_000


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 120\t", 120),
        ("000120", 120),
        ("0", 0),
        ("2592001", DAYS_30),
        ("300000000000", DAYS_30),
        ("9" * 400, DAYS_30),
        ("9" * 5000, DAYS_30),
        ("Sun, 22 Nov 2026 12:02:00 GMT", 120),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", DAYS_30),
    ],
)
def test_a_wait_is_read_and_capped(header, seconds):
    assert wait_asked_for(header, NOW) == seconds


@pytest.mark.parametrize(
    "header",
    [
        "", " ", "²",
        "١٢٠", "-5", "+5", "1.5", "1e3", "0x10", "1_000", "120, 300", "nan", "inf", "soon", "\x00",
        "Sun, 99 Nov 2026 12:02:00 GMT", "Sun, 22 Foo 2026 12:02:00 GMT",
        "Sun, 22 Nov 2026 12:02:00 +9999", "2026-11-22T12:02:00Z",
    ],
)  # fmt: skip
def test_what_cannot_be_read_asks_for_a_day(header):
    assert wait_asked_for(header, NOW) == 86_400


def test_the_cap_is_thirty_days():
    assert LONGEST_WAIT == DAYS_30
