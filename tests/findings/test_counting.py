"""How long findings stood open before they closed: the median, where anything closed."""

from __future__ import annotations

from datetime import timedelta

from auditor.findings.counting import count_entities, count_run
from auditor.model.finding import FindingState
from auditor.reports.scope import whole
from auditor.reports.trend import trend_table
from tests.reports.invented import TODAY, WRONG_HEADLINE, examined, person, report, tracked


def closed(number: str, days: int, state: FindingState = FindingState.RESOLVED):  # type: ignore[no-untyped-def]
    one = examined(person(number), {"HDL001": WRONG_HEADLINE})
    return one, tracked(one, "HDL001", state, TODAY - timedelta(days=days))


def test_the_median_of_what_closed_today_and_nothing_where_nothing_did() -> None:
    people, findings = zip(closed("1", 10), closed("2", 30), closed("3", 400), strict=True)
    assert count_run(people, findings, TODAY)["days_to_close"] == 30
    assert count_entities(people, findings, TODAY)["Noordlicht NV"]["days_to_close"] == 30
    people, findings = zip(closed("1", 10), closed("2", 31), strict=True)
    assert count_run(people, findings, TODAY)["days_to_close"] == 20
    one, standing = closed("4", 60, FindingState.OPEN)
    assert "days_to_close" not in count_run([one], [standing], TODAY)
    assert "days_to_close" not in count_run(people, findings)


def test_the_trend_shows_it_and_leaves_a_month_without_it_empty() -> None:
    people, findings = zip(closed("1", 10), closed("2", 30), strict=True)
    table = trend_table(whole(report(people, findings)))
    at = [column.key for column in table.columns].index("days_to_close")
    assert table.rows[-1][at] == 20
    assert trend_table(whole(report())).rows[-1][at] is None
