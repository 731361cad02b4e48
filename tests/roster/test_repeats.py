"""What comes several times among many."""

from __future__ import annotations

from auditor.roster.repeats import repeated


def test_only_what_comes_several_times_is_found_also_where_two_keys_share_a_hash() -> None:
    assert hash(-1) == hash(-2)
    assert repeated(lambda: iter([-1, 5, -2, 7, 5, 5])) == {5}
    assert repeated(lambda: iter(["a", "b"])) == set()
