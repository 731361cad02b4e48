"""Small commands start quickly: the list of commands imports none of them."""

import subprocess
import sys

import pytest
from click import Context

from auditor.cli.main import program

#: libraries that take a tenth of a second and more
HEAVY = {
    "structlog",
    "sqlalchemy",
    "pydantic",
    "numpy",
    "cv2",
    "scipy",
    "lxml",
    "PIL",
    "apprise",
    "ruamel.yaml",
}


def loaded_by(*words):
    """The modules that a call imports."""
    script = (
        "import sys; from auditor.cli.main import run_program; "
        f"run_program({list(words)!r}); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("word", ["--help", "--version", "no-such-command"])
def test_what_only_prints_imports_no_command_and_no_large_library(word):
    loaded = loaded_by(word)
    assert "auditor.cli.console" in loaded
    assert not loaded & (HEAVY | {"auditor.cli.run", "auditor.app", "auditor.config"})


@pytest.mark.parametrize("command", ["run", "check", "report"])
def test_the_help_of_the_monthly_commands_imports_nothing_of_the_audit(command):
    loaded = loaded_by(command, "--help")
    assert "auditor.cli.run" in loaded
    assert not loaded & (HEAVY | {"auditor.app", "auditor.config", "auditor.store", "auditor.reports"})


def test_the_list_says_of_each_command_what_its_own_help_says():
    context = Context(program, **program.context_settings)
    listed = program.get_help(context)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        # as `get_help` cuts it: the width of 78 less the columns before the sentence
        says = command.get_short_help_str(78 - 6 - len("offboarding"))
        assert f"  {name:<11}  {says}\n" in listed, name
