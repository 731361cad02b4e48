"""People of whom nothing was looked at are stored together; who was looked at is stored at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from auditor.app.store_people import PeopleStored
from auditor.errors import StoreError
from auditor.model.capture import CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination, Trial

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Kept:
    """A store that notes what comes in one transaction, and a register of objections."""

    def __init__(self):
        self.transactions = []
        self.objected = set()
        self.lost = False

    def save(self, run_id, people, on):
        self.transactions.append([(one.place, one.examination.employee.roster_state) for one in people])

    def refuses_each(self, people, rules):
        return [Examination(one, (), ()) if one.employee_id in self.objected else None for one in people]

    def held(self):
        if self.lost:
            raise StoreError("the lock is gone", "", code="STORE_CONNECTION_LOST")


def examined(number, status=None):
    trials = () if status is None else (Trial("saved_pages", status, None, NOW, from_file=True),)
    return Examination(Employee(str(number), "Quilla Ostrander", RosterState.ACTIVE), trials, ())


def stored_in(kept, told):
    return PeopleStored(kept, "2026-11-22-01", date(2026, 11, 22), kept, (), kept.held, told.append)


def test_who_was_looked_at_is_stored_at_once_with_those_before_of_whom_there_was_nothing():
    kept, told = Kept(), []
    stored = stored_in(kept, told)
    for place, status in enumerate([CaptureStatus.NOT_ATTEMPTED, None, CaptureStatus.OK, None]):
        stored.take(place, examined(place, status))
    assert [[place for place, _ in one] for one in kept.transactions] == [[0, 1, 2]]
    stored.finish()
    stored.finish()
    assert [[place for place, _ in one] for one in kept.transactions] == [[0, 1, 2], [3]]
    assert [one.place for one in told] == [0, 1, 2, 3]


def test_no_more_than_fifty_wait():
    kept = Kept()
    stored = stored_in(kept, [])
    for place in range(120):
        stored.take(place, examined(place))
    assert [len(one) for one in kept.transactions] == [50, 50]


def test_an_objection_that_comes_while_they_wait_counts():
    kept, told = Kept(), []
    stored = stored_in(kept, told)
    stored.take(0, examined(0, CaptureStatus.NO_URL))
    stored.take(1, examined(1, CaptureStatus.NO_URL))
    kept.objected.add("0")
    stored.finish()
    assert [len(one.examination.trials) for one in told] == [0, 1]


def test_nobody_is_stored_once_the_lock_is_lost():
    kept = Kept()
    kept.lost = True
    with pytest.raises(StoreError):
        stored_in(kept, []).take(0, examined(0, CaptureStatus.OK))
    assert kept.transactions == []
