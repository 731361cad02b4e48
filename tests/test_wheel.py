"""The wheel holds the whole program, and an installation of it works in an empty folder."""

import os
import shutil
import subprocess
import tomllib
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from packaging.utils import canonicalize_name

from auditor import __version__

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "auditor"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = ("browser", "postgres", "notices", "desk", "member", "cluster")


def files_of_the_package():
    return {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_the_wheel_is_told_of_every_kind_of_file_that_the_program_reads():
    told = PROJECT["tool"]["setuptools"]["package-data"]["auditor"]
    data = [PurePosixPath(name) for name in files_of_the_package() if not name.endswith(".py")]
    assert len(data) > 50
    assert [str(one) for one in data if not any(one.match(pattern) for pattern in told)] == []
    assert "auditor/py.typed" in files_of_the_package(), "callers of auditor.load are told its types"


def test_every_folder_with_code_is_a_package():
    # the search for packages passes over a folder without __init__.py, in silence
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [str(one.relative_to(ROOT)) for one in folders if not (one / "__init__.py").exists()] == []


def test_every_extra_is_described_where_installing_is():
    text = (ROOT / "docs" / "install.md").read_text("utf-8")
    assert set(PROJECT["tool"]["setuptools"]["dynamic"]["optional-dependencies"]) == set(EXTRAS)
    assert [one for one in EXTRAS if f"[{one}]" not in text] == []


def named_packages():
    for extra in ("", *(f"-{one}" for one in EXTRAS)):
        for line in (ROOT / f"requirements{extra}.in").read_text("utf-8").split():
            if not line.startswith(("-", "#")):
                yield canonicalize_name(line.partition(">=")[0].partition("[")[0])


def test_the_licence_of_every_named_package_is_listed():
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    listed = {line.split(" | ")[0].removeprefix("| ") for line in page.splitlines() if line.startswith("| ")}
    assert set(named_packages()) - listed == set(), "run: python scripts/dependencies.py"
    assert "see the package" not in page


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel, built from a copy: building leaves folders behind."""
    place = tmp_path_factory.mktemp("wheel")
    source = place / "source"
    source.mkdir()
    for name in (
        "README.md",
        "LICENSE",
        "pyproject.toml",
        *(one.name for one in ROOT.glob("requirements*.in")),
    ):
        shutil.copy2(ROOT / name, source / name)
    shutil.copytree(PACKAGE, source / "auditor", ignore=shutil.ignore_patterns("__pycache__"))
    tools = python_of(place / "tools", "build", "twine")
    called(tools, "-m", "build", "--outdir", str(place / "dist"), str(source))
    called(tools, "-m", "twine", "check", "--strict", *map(str, (place / "dist").iterdir()))
    return next((place / "dist").glob("*.whl"))


def python_of(folder, *packages):
    """The Python of a new environment with these packages; skips where no index can be reached."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = subprocess.run(
        [python, "-I", "-m", "pip", "install", "-q", *packages], capture_output=True, text=True
    )
    if done.returncode != 0:
        pytest.skip(f"packages cannot be installed here: {done.stderr.strip()[-200:]}")
    return python


def called(*command, cwd=None, allowed=(0,)):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(one) for one in command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=280
    )
    assert done.returncode in allowed, done.stderr[-2000:]
    return done.stdout


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_wheel_holds_every_file_of_the_package(wheel):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("auditor/")}
    assert held == files_of_the_package()


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.timeout(900)
def test_an_installed_wheel_works_in_an_empty_folder(wheel, tmp_path):
    python = python_of(tmp_path / "installed", str(wheel))
    auditor = python.with_name("auditor")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert called(auditor, "--version", cwd=empty).split() == ["auditor", __version__]
    called(auditor, "init", "x", cwd=empty)
    written = {path.relative_to(empty).as_posix() for path in empty.rglob("*") if path.is_file()}
    assert {"x/config/policy.yaml", "x/config/roster-sample.csv"} <= written
    # 1: the invented company has findings
    called(auditor, "demo", "--output", "reports", cwd=empty, allowed={1})
    run = next(path.parent for path in (empty / "reports").glob("*/findings.json"))
    assert {"index.html", "adoption.pdf", "manifest.json"} <= {path.name for path in run.iterdir()}
    assert list(run.glob("linkedin-audit_*.xlsx"))
