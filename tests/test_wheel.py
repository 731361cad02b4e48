"""The wheel holds the whole program, and an installation of it works in an empty folder."""

import os
import re
import runpy
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path, PurePosixPath

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from auditor import __version__
from tests.feedback.firm import WRONG, Firm, page, slug

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


def test_the_page_on_installing_names_this_version():
    wheels = re.findall(
        r"profile_consistency_auditor-([^-]+)-py3", (ROOT / "docs/install.md").read_text("utf-8")
    )
    assert set(wheels) == {__version__}


def test_the_notes_of_a_release_are_its_section_of_the_changelog(monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(ROOT / "scripts")])
    section = runpy.run_path(str(ROOT / "scripts" / "release.py"))["section"]
    changelog = "# Changelog\n\n## [Unreleased]\n\n- new\n\n## [1.0.0] - 2026-12-01\n\n### Added\n- old\n"
    assert section(changelog, "1.0.0") == "### Added\n- old\n"
    assert section(changelog, "1.1.0") == "- new\n"
    assert len(section((ROOT / "CHANGELOG.md").read_text("utf-8"), __version__)) > 1000


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
    """A wheel, built with the tests' packages and checked; from a copy, as building leaves folders behind."""
    if Version(metadata.version("setuptools")) < Version("77"):
        pytest.skip("setuptools is older than the pinned one: python3 scripts/test.py installs that")
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
    dist = place / "dist"
    called(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(dist), str(source))
    called(sys.executable, "-m", "twine", "check", "--strict", *map(str, dist.iterdir()))
    return next(dist.glob("*.whl"))


def called(*command, cwd=None, allowed=(0,)):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment["PYTHONPYCACHEPREFIX"] = str(ROOT / ".venv" / "pycache")
    done = subprocess.run(
        [str(one) for one in command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=280
    )
    assert done.returncode in allowed, done.stderr[-2000:]
    return done.stdout


def program_of(python):
    return python.with_name("auditor.exe" if os.name == "nt" else "auditor")


def new_environment(folder, **more):
    """The Python of a new environment."""
    venv.create(folder, **more)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The command of the wheel, installed beside the packages that the tests have."""
    folder = tmp_path_factory.mktemp("installed")
    python = new_environment(folder / "venv")
    (place,) = (folder / "venv").rglob("site-packages")
    (place / "packages.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    pip = (sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index")
    called(*pip, str(wheel))
    return program_of(python)


def test_the_wheel_holds_every_file_of_the_package(wheel):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("auditor/")}
    assert held == files_of_the_package()


def test_an_installed_wheel_starts_a_company_in_an_empty_folder(installed, tmp_path):
    assert called(installed, "--version", cwd=tmp_path).split() == ["auditor", __version__]
    called(installed, "init", "x", cwd=tmp_path)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"x/config/policy.yaml", "x/config/roster-sample.csv"} <= written


def test_an_installed_wheel_writes_a_report(installed, tmp_path):
    firm = Firm(tmp_path / "firm")
    firm._write_roster()
    (firm.folder / "saved" / "one.html").write_text(page("0101", WRONG, slug("0101")), "utf-8")
    # 1: her headline is not the one that the policy asks for
    called(installed, "run", "--roster", "people.csv", "--captures", "saved", cwd=firm.folder, allowed={1})
    (run,) = (firm.folder / "reports").glob("*/findings.json")
    assert {"index.html", "manifest.json"} <= {path.name for path in run.parent.iterdir()}
    assert list(run.parent.glob("linkedin-audit_*.xlsx"))


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.timeout(900)
def test_the_demo_of_a_wheel_runs_in_an_environment_of_its_own(wheel, tmp_path):
    python = new_environment(tmp_path / "installed", with_pip=True)
    pip = [python, "-I", "-m", "pip", "install", "-q", f"{wheel}[browser]"]
    done = subprocess.run(pip, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"packages cannot be installed here: {done.stderr.strip()[-200:]}")
    empty = tmp_path / "empty"
    empty.mkdir()
    # 1: the invented company has findings
    called(program_of(python), "demo", "--output", "reports", cwd=empty, allowed={1})
    run = next(path.parent for path in (empty / "reports").glob("*/findings.json"))
    assert {"index.html", "adoption.pdf", "manifest.json"} <= {path.name for path in run.iterdir()}
    assert list(run.glob("linkedin-audit_*.xlsx"))
