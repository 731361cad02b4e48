"""A look at a store or a copy of it never makes one."""

from types import SimpleNamespace

import pytest

from auditor.app.maintain_store import back_up_store, check_store, schema_words
from auditor.app.run_plan import open_store
from auditor.errors import StoreError
from auditor.store.database import newest_revision


@pytest.fixture
def policy(tmp_path):
    return SimpleNamespace(path=tmp_path / "config" / "policy.yaml", store_address="")


def test_without_a_store_both_say_so_and_leave_none(policy, tmp_path):
    for use in (check_store, lambda one: back_up_store(one, tmp_path / "copy")):
        with pytest.raises(StoreError, match="There is no store yet"):
            use(policy)
    assert not (tmp_path / "state" / "auditor.sqlite3").exists()
    assert not (tmp_path / "copy").exists()


def test_a_new_store_is_sound_and_of_the_newest_schema(policy):
    open_store(policy)
    state = check_store(policy)
    assert (list(state.faults), schema_words(state)) == ([], newest_revision())
