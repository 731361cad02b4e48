"""A run that is not there is told of with those that are."""

import pytest

from auditor.app.stored_runs import latest_run, stored_run
from auditor.errors import UsageError
from auditor.store.database import open_database
from auditor.store.runs import RunStore
from tests.store.test_runs import EXAMINATION, ROSTER, facts, finish


@pytest.fixture
def store():
    return RunStore(open_database("sqlite://"))


def test_without_any_run_both_say_so(store):
    with pytest.raises(UsageError) as trouble:
        latest_run(store)
    assert trouble.value.message == "No run has ended yet."
    with pytest.raises(UsageError) as trouble:
        stored_run(store, "")
    assert (trouble.value.message, trouble.value.hint) == (
        "There is no stored run yet.",
        "Stored runs: none.",
    )


def test_the_latest_is_the_one_that_ended_and_an_unknown_one_names_it(store):
    run = store.begin(facts(), ROSTER, "inputs")
    with pytest.raises(UsageError):
        latest_run(store)
    finish(store, run, [EXAMINATION], run.facts.today)
    assert latest_run(store).facts.id == stored_run(store, "").facts.id == "2026-11-22-01"
    with pytest.raises(UsageError) as trouble:
        stored_run(store, "2025-01-01-01")
    assert trouble.value.hint == "Stored runs: 2026-11-22-01."
