"""`tests/` mirrors `auditor/`, so that the test of a module is found by the module's name."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
#: folders that hold promises which no single module keeps
PROMISES = {"privacy", "faults", "pages"}
#: what is asked of a whole room, or from outside of it
OF_THE_ROOM = {
    "banner": {"benchmark"},
    "cli": {"commands"},
    "demo": {"pages"},
    "feedback": {"guide_rules", "whose_page"},
    "headline": {"kinds", "presence", "unseen"},
    "reports": {"new_rule", "sheets", "terminology", "words"},
    "roster": {
        *("containers", "damaged_bytes", "generated_world", "properties", "shared_cases"),
        *("shared_tables", "systems"),
    },
    "rules": {"cases", "bands"},
    "schedule": {"texts"},
    "sources": {"contract", "fuzz"},
    "store": {"postgresql", "whole_run"},
    "writers": {"csv_and_json", "drafts"},
}
#: modules of `app/` that are tested where they are seen: by the command, the returned file or the promise
OF_APP_ELSEWHERE = {
    "brand": "cli/test_banner.py",
    "data_rights": "privacy/test_rights.py",
    "decide": "feedback/test_workbook.py",
    "explain": "cli/test_explain.py",
    "facts": "roster/test_states.py",
    "gdpr_documents": "privacy/test_rights.py",
    "registry": "config/test_load.py",
    "take_checklists": "feedback/test_checklist.py",
}
ROOMS = sorted({path.parent.name for path in TESTS.glob("*/test_*.py")} - PROMISES)


@pytest.mark.parametrize("room", ROOMS)
def test_every_test_bears_the_name_of_a_module_of_its_room(room):
    assert (ROOT / "auditor" / room).is_dir()
    modules = {path.stem.lstrip("_") for path in (ROOT / "auditor" / room).rglob("*.py")} - {"_init__"}
    names = {path.stem.removeprefix("test_") for path in (TESTS / room).glob("test_*.py")}
    of_a_module = {
        name for name in names if any(name == module or name.startswith(f"{module}_") for module in modules)
    }
    assert names - of_a_module == OF_THE_ROOM.get(room, set())


def test_every_module_of_app_has_a_test_of_its_name():
    names = {path.stem.removeprefix("test_") for path in (TESTS / "app").glob("test_*.py")}
    modules = {path.stem for path in (ROOT / "auditor" / "app").glob("*.py")} - {"__init__"}
    untested = {
        module for module in modules if not any(n == module or n.startswith(f"{module}_") for n in names)
    }
    assert untested == set(OF_APP_ELSEWHERE)
    assert [place for place in OF_APP_ELSEWHERE.values() if not (TESTS / place).is_file()] == []
