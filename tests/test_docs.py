"""The generated parts of the documentation are current."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from auditor.app.start import FILES, starter_file
from auditor.cli.main import program
from tests.config.settings import all_settings

ROOT = Path(__file__).resolve().parent.parent


def test_generated_docs_are_current():
    """In a process of its own: other tests have asked the commands for their help in other ways."""
    script = [sys.executable, str(ROOT / "scripts" / "docs.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), "run: python3 scripts/docs.py"


def test_the_sample_configuration_is_what_init_writes():
    for name, place in FILES.items():
        assert (ROOT / place).read_bytes() == starter_file(name), f"write {place} anew with auditor init"


def commands(command, name="auditor"):
    yield name, command
    if isinstance(command, click.Group):
        for child in command.list_commands(context := click.Context(command)):
            yield from commands(command.get_command(context, child), f"{name} {child}")


@pytest.mark.parametrize("command", [pytest.param(one, id=name) for name, one in commands(program)])
def test_every_option_says_what_it_does(command):
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert command.help
    assert not [one.name for one in options if not one.help]


def test_every_setting_says_what_it_means():
    leaves = [
        one for one in all_settings() if not one.has("object", "array") and isinstance(one.keys[-1], str)
    ]
    silent = [one.name for one in leaves if not one.schema.get("description")]
    assert not [name for name in silent if not name.endswith("saved_pages")]
