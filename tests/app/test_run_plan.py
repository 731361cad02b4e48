"""Where the store is, which sources are asked, and which day it is where the company is."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from auditor.app import run_plan
from auditor.app.run_plan import RunRequest, ladders_of, store_address, today_of
from auditor.errors import StoreError, UsageError


def policy(**more):
    own = {"Noord": SimpleNamespace(ladder=("saved_pages",)), "Zuid": SimpleNamespace(ladder=())}
    return SimpleNamespace(ladder=("public_page",), companies=own, path=Path("/firm/config/p.yaml"), **more)


def request(source=""):
    return RunRequest(Path("r.csv"), Path("p.yaml"), Path("reports"), source=source)


def test_an_entity_without_a_ladder_takes_everybody_s():
    assert ladders_of(request(), policy()) == {"": ("public_page",), "Noord": ("saved_pages",)}


def test_a_source_of_the_call_replaces_every_ladder_and_must_be_known():
    assert ladders_of(request("saved_pages"), policy()) == {"": ("saved_pages",)}
    with pytest.raises(UsageError, match="'elsewhere'"):
        ladders_of(request("elsewhere"), policy())


def test_an_address_from_a_variable_that_is_not_set_is_no_store(monkeypatch):
    monkeypatch.delenv("AUDIT_STORE", raising=False)
    with pytest.raises(StoreError, match="AUDIT_STORE is not set"):
        store_address(policy(store_address="env:AUDIT_STORE"))


def test_today_is_the_company_s_own_day(monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 11, 22, 23, 30, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(run_plan, "datetime", Clock)
    there = SimpleNamespace(roster=SimpleNamespace(time_zone="Europe/Amsterdam"))
    assert today_of(there) == date(2026, 11, 23)
    assert today_of(there, date(2026, 1, 2)) == date(2026, 1, 2)
