from __future__ import annotations

import pytest

from auditor.model.employee import number_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0042", "0042"),
        ("42", "0042"),
        (" 042 ", "0042"),
        ("7", None),  # 07 and 007 are two people
        ("07", "07"),
        ("42a", None),
        ("", None),
        ("0", None),
        ("00", None),
    ],
)
def test_a_number_is_found_without_its_zeros_where_only_one_person_can_be_meant(
    typed: str, meant: str | None
) -> None:
    assert number_meant(typed, ["0042", "07", "007", "KV-7"]) == meant
