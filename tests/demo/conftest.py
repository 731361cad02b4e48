from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.demo.people import Person, invent
from auditor.demo.world import PEOPLE, SEED, World, build_world


@pytest.fixture(scope="session")
def people() -> tuple[Person, ...]:
    return invent(PEOPLE, SEED)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with build_world(tmp_path / "world") as built:
        yield built
