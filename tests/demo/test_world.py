import time
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from ruamel.yaml import YAML

from auditor.demo.cases import Address
from auditor.demo.firms import FIRMS
from auditor.demo.people import Person, invent
from auditor.demo.world import World, build_world, write_files
from auditor.model.address import AddressKind, read_profile_address
from auditor.model.employee import RosterState

HOST = "127.0.0.1:8123"


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_with_one_seed_are_the_same_to_the_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_files(tmp_path / name, invent(80, 9), HOST)
    one, two = _files(tmp_path / "one"), _files(tmp_path / "two")
    assert one == two
    assert len(one) == 2 + 2 * len(FIRMS)


def _rows(path: Path) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    header = [cell.value for cell in sheet[4]]
    rows = []
    for cells in sheet.iter_rows(min_row=5):
        row = dict(zip(header, [cell.value for cell in cells], strict=True))
        last = cells[-1]
        row["address"] = last.hyperlink.target if last.hyperlink else last.value
        rows.append(row)
    return rows


def test_the_roster_holds_each_contract_and_each_address(tmp_path: Path, people: tuple[Person, ...]) -> None:
    files = write_files(tmp_path, people, HOST)
    rows = _rows(files.roster)
    spells = Counter({person.number: len(person.spells) for person in people})
    assert Counter(row["Employee number"] for row in rows) == spells
    by_number = {str(row["Employee number"]): row for row in rows}
    shown = set()
    for person in people:
        address = read_profile_address(str(by_number[person.number]["address"] or ""), frozenset({HOST}))
        if person.case.address in (Address.GIVEN, Address.COPIED):
            assert (address.kind, address.slug) == (AddressKind.PROFILE, person.slug)
            shown.add(by_number[person.number]["LinkedIn profile"] == "Profile")
        else:
            assert address.kind in (AddressKind.EMPTY, AddressKind.NO_PROFILE)
    assert shown == {True, False}


def test_the_policy_is_yaml_and_names_files_that_exist(tmp_path: Path, people: tuple[Person, ...]) -> None:
    files = write_files(tmp_path, people, HOST)
    policy = YAML(typ="safe").load(files.policy.read_text(encoding="utf-8"))
    assert policy["sources"]["public_page"]["allowed_hosts"] == [HOST]
    assert [entity["name"] for entity in policy["entities"]] == [firm.entity for firm in FIRMS]
    for entity in policy["entities"]:
        for banner in entity["banners"]:
            assert (files.policy.parent / banner["file"]).read_bytes().startswith(b"\x89PNG")


def test_a_letter_of_the_demo_would_leave_nothing_to_fill_in(
    tmp_path: Path, people: tuple[Person, ...]
) -> None:
    files = write_files(tmp_path, people, HOST)
    policy = YAML(typ="safe").load(files.policy.read_text(encoding="utf-8"))
    for entity in policy["entities"]:
        told = {key for key, value in entity["letters"].items() if str(value).strip()}
        assert {"hr_name", "hr_phone", "howto_url", "recovery_url"} <= told


def test_the_truth_has_one_entry_per_person(world: World) -> None:
    assert len(world.truth) == len(world.people) == 64
    states = {expected.roster_state for expected in world.truth}
    missing = {RosterState.VANISHED, RosterState.RELATED, RosterState.NOT_IN_ROSTER}
    assert states == set(RosterState) - missing
    opened = [person for person in world.people if person.is_asked_for]
    wanting = [
        person for person in opened if any(said.is_finding for said in person.expected().outcomes.values())
    ]
    assert len(wanting) / len(opened) < 0.4


@pytest.mark.parametrize("count", [4_000, pytest.param(20_000, marks=pytest.mark.long)])
def test_thousands_of_people_are_built_in_seconds(tmp_path: Path, count: int) -> None:
    started = time.process_time()
    with build_world(tmp_path, people=count) as world:
        assert len(world.truth) == count
    assert time.process_time() - started < 1.5 * count / 1_000


def test_a_port_that_is_taken_is_given_up(tmp_path: Path) -> None:
    with build_world(tmp_path) as first, build_world(tmp_path) as second:
        assert first.site.host != second.site.host
