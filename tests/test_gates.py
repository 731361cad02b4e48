"""The gates are the same by hand, before a commit and on a host that runs them."""

import runpy
import shlex
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent


def read(name):
    return YAML(typ="safe").load((ROOT / name).read_text("utf-8"))


@pytest.fixture
def gates(monkeypatch):
    """The gates of scripts/test.py: name to arguments of Python."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    return dict(runpy.run_path(str(ROOT / "scripts" / "test.py"))["GATES"])


def test_the_hooks_before_a_commit_are_the_gates(gates):
    repositories = read(".pre-commit-config.yaml")["repos"]
    assert [one["repo"] for one in repositories] == ["local"], "nothing is fetched"
    hooks = {hook["name"]: shlex.split(hook["entry"]) for hook in repositories[0]["hooks"]}
    assert hooks == {name: [".venv/bin/python", "-P", *command] for name, command in gates.items()}
    assert not any(hook["pass_filenames"] for hook in repositories[0]["hooks"])


def test_the_workflow_runs_the_readmes_command_on_three_systems():
    job = read(".github/workflows/ci.yml")["jobs"]["test"]
    systems = [one.partition("-")[0] for one in job["strategy"]["matrix"]["system"]]
    assert systems == ["ubuntu", "macos", "windows"]
    assert "python scripts/test.py" in [step.get("run") for step in job["steps"]]
