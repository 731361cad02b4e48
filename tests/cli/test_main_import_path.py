"""Nothing is imported from the current folder, in whatever way the program is called."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.app import schedule as scheduling

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (
    "click", "json", "yaml", "runpy", "pathlib", "subprocess", "importlib", "structlog", "sqlalchemy",
    "_setup", "pip", "venv", "pytest", "__future__", "encodings", "sitecustomize", "usercustomize",
)  # fmt: skip
AUDIT, TEST = str(ROOT / "scripts" / "audit.py"), str(ROOT / "scripts" / "test.py")
#: an empty entry is the current folder
EMPTY = os.pathsep


@pytest.fixture
def folder(tmp_path):
    firm = tmp_path / "firm"
    (firm / "config").mkdir(parents=True)
    (firm / "people.csv").write_text("x", "utf-8")
    return firm


def fill(folder, names):
    for name in names:
        (folder / f"{name}.py").write_text(f"open({str(folder / name)!r} + '.was-run', 'w').close()", "utf-8")


def call(folder, words, **environment):
    # where coverage is measured, each process would import it first, with the caller's PYTHONPATH
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))}
    done = subprocess.run(
        words,
        cwd=folder,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in folder.glob("*.was-run")) == []
    return done.stdout


@pytest.mark.parametrize(
    "script", [(AUDIT, "run", "--help"), (TEST, "--", "--version")], ids=["audit", "test"]
)
@pytest.mark.parametrize("more", [{}, {"PYTHONPATH": ""}], ids=["plain", "empty"])
def test_the_scripts(folder, script, more):
    fill(folder, [*HOSTILE, "auditor"])
    call(folder, [sys.executable, *script], **more)


@pytest.mark.parametrize(
    "script", [(AUDIT, "run", "--help"), (TEST, "--", "--version")], ids=["audit", "test"]
)
def test_the_scripts_with_an_empty_entry(folder, script):
    # what Python itself imports before the first line of ours is out of our reach: -I keeps it out
    fill(folder, set(HOSTILE) - {"sitecustomize", "usercustomize", "encodings", "importlib"} | {"auditor"})
    call(folder, [sys.executable, *script], PYTHONPATH=EMPTY)
    fill(folder, HOSTILE)
    call(folder, [sys.executable, "-I", *script], PYTHONPATH=EMPTY)


def test_the_module(folder):
    fill(folder, set(HOSTILE) - {"importlib"})  # Python's own start needs that one; -P keeps it out
    assert "--dry-run" in call(
        folder, [sys.executable, "-m", "auditor", "run", "--help"], PYTHONPATH=str(ROOT)
    )
    fill(folder, ["auditor"])
    call(folder, [sys.executable, "-P", "-m", "auditor", "run", "--help"], PYTHONPATH=str(ROOT))


@pytest.mark.parametrize("before", ["", EMPTY, f".{EMPTY}"], ids=["plain", "empty", "dot"])
def test_the_installed_command(folder, tmp_path, before):
    command = tmp_path / "bin" / "auditor"
    command.parent.mkdir()
    command.write_text("import sys\nfrom auditor.cli import main\nsys.exit(main())\n", "utf-8")
    out_of_reach = {"sitecustomize", "usercustomize", "encodings", "importlib"} if before else set()
    fill(folder, set(HOSTILE) - out_of_reach)
    call(folder, [sys.executable, str(command), "run", "--help"], PYTHONPATH=f"{before}{ROOT}")


def test_a_scheduled_call(folder, monkeypatch):
    fill(folder, [*HOSTILE, "auditor"])
    at = datetime.strptime("06:00", "%H:%M").replace(tzinfo=UTC).time()
    policy = folder / "config" / "policy.yaml"
    run = scheduling.ScheduledRun(folder / "people.csv", policy, folder / "out", None, "", 1, at)
    made = scheduling.call_of(run)
    assert made.folder == folder
    call(made.folder, [*made.words, "--help"], PYTHONPATH=EMPTY)
    monkeypatch.setattr(scheduling.auditor, "__file__", str(folder / "nowhere" / "auditor" / "__init__.py"))
    installed = scheduling.program()
    call(made.folder, [*installed, "schedule", "run", "--help"], PYTHONPATH=str(ROOT))


def test_another_program_that_imports_us_keeps_its_path(folder):
    words = [
        sys.executable,
        "-c",
        "import sys; before = list(sys.path); import auditor; print(before == sys.path)",
    ]
    assert call(folder, words, PYTHONPATH=str(ROOT)).strip() == "True"
