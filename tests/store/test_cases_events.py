from __future__ import annotations

from datetime import date

from auditor.model.case import CaseEvent, CaseEventKind
from auditor.store.cases import CaseEventStore
from auditor.store.database import open_database

DAY = date(2026, 10, 23)


def test_events_are_kept_once_and_in_the_order_of_their_days(address: str) -> None:
    store = CaseEventStore(open_database(address))
    sent = CaseEvent("77", DAY, CaseEventKind.SENT, date(2026, 11, 24))
    looked = CaseEvent("77", DAY, CaseEventKind.LOOKED, date(2026, 11, 23))
    undated = CaseEvent("78", None, CaseEventKind.LOOKED, date(2026, 11, 23))
    assert [store.add(event) for event in (sent, looked, undated, undated, sent)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert CaseEventStore(open_database(address)).all() == [looked, undated, sent]
