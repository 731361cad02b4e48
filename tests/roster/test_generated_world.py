"""5,000 generated people in four languages: nobody lost, nobody invented, nobody in a wrong state."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model.roster import rows_add_up
from tests.roster.making import judged
from tests.roster.world import make_world


@pytest.mark.parametrize(("language", "seed"), [("nl", 11), ("fr", 12), ("de", 13), ("en", 14)])
def test_everybody_is_found_with_name_and_state(tmp_path: Path, language: str, seed: int) -> None:
    world = make_world(seed, 1_250, language)
    people = judged(tmp_path, world.text())
    found = {one.employee_id: (one.full_name, str(one.roster_state)) for one in people.employees}
    wrong = {
        key: (found.get(key), world.truth.get(key))
        for key in found.keys() | world.truth.keys()
        if found.get(key) != world.truth.get(key)
    }
    assert wrong == {}
    assert len(found) == world.people
    assert rows_add_up(people.reading)
    assert people.reading.source_rows == len(world.lines)
    assert "99990000" not in repr(people)
