"""The version of the judges changes by itself."""

import subprocess
import sys
from pathlib import Path

import auditor
from auditor.app import judge_version as versions
from auditor.app.judge_version import EXAMINING_LIBRARIES, EXAMINING_ROOMS, ROOMS


def test_the_version_covers_all_that_the_judging_imports():
    script = "import sys, auditor.banner; print(*(m for m in sys.modules if m.startswith('auditor.')))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    rooms = {name.split(".")[1] for name in found.stdout.split()}
    assert rooms <= {room.partition(".")[0] for room in ROOMS}


def test_the_version_of_the_examining_covers_all_that_it_imports():
    script = """
import sys
from auditor.app import evidence, examine, unchanged
from auditor.discovery import modules_of
import auditor.extract, auditor.rules, auditor.sources
from importlib.metadata import packages_distributions
for room in (auditor.extract, auditor.rules):
    modules_of(room)
import auditor.sources.saved_pages
tops = {name.split(".")[0] for name in sys.modules}
known = packages_distributions()
print(*(m for m in sys.modules if m.startswith("auditor.")))
print(*{name for top in tops for name in known.get(top, ())})
"""
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules, libraries = (line.split() for line in found.stdout.splitlines())
    rooms = {name.split(".")[1] for name in modules}
    assert rooms <= {room.partition(".")[0].partition("/")[0] for room in EXAMINING_ROOMS}
    used = {name.lower().replace("_", "-") for name in libraries}
    assert used - {"setuptools"} <= set(EXAMINING_LIBRARIES)


def test_a_changed_file_of_the_judges_is_another_version(tmp_path, monkeypatch):
    base = Path(auditor.__file__).parent
    for room in ROOMS:
        for file in versions._files(base / room):
            copy = tmp_path / file.relative_to(base)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    fresh = versions.judge_version.__wrapped__
    monkeypatch.setattr(auditor, "__file__", str(tmp_path / "__init__.py"))
    before = fresh()
    assert before
    assert fresh() == before
    bands = tmp_path / "banner" / "bands.py"
    bands.write_bytes(bands.read_bytes() + b"\n")
    assert fresh() not in ("", before)
    (tmp_path / "errors.py").unlink()
    monkeypatch.setattr(versions, "ROOMS", ("errors.py",))
    assert fresh() == ""
