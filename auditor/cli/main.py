"""The `auditor` command and how every trouble ends it."""

from __future__ import annotations

import importlib
import os
import sys
import traceback

import click

import auditor
from auditor.cli.console import Console, end_on_signals
from auditor.errors import AuditorError, ExitStatus

EPILOG = """\b
Exit status: 0 clean; 1 findings at or above --fail-on; 2 usage, policy or roster;
3 the run is not sound (refused, nothing read, people left out); 4 internal trouble;
130 interrupted. Several at once: 4 before 3 before 1."""


#: the module of each command that does not bear its name
_ELSEWHERE = {"check": "run", "report": "run"}
_COMMANDS = (
    "banner",
    "check",
    "decisions",
    "demo",
    "explain",
    "identity",
    "init",
    "inspect",
    "log",
    "offboarding",
    "privacy",
    "report",
    "rules",
    "run",
    "schedule",
    "store",
)


class Commands(click.Group):
    """The commands, each imported when it is asked for: a small one need not wait for the large ones."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"auditor.cli.{_ELSEWHERE.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(
    cls=Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(auditor.__version__, prog_name="auditor", message="%(prog)s %(version)s")
def program() -> None:
    """Check once a month whether the company's LinkedIn profiles are consistent.

    Compares each person's banner, headline and company link with the policy, finds leavers who
    still present as employees, and writes an Excel report. What could not be seen is never called
    missing.

    \b
    First steps:
      auditor demo                       audit an invented company and look at the report
      auditor init my-company            write a policy and a sample roster to fill in
      auditor inspect roster FILE        see how your roster is read
      auditor run --roster FILE          the monthly audit
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit status."""
    sys.exit(run_program(sys.argv[1:] if arguments is None else arguments))


def run_program(arguments: list[str]) -> int:
    """Run the command line; returns the exit status, and never a traceback without -v."""
    _speak_utf8()
    # Windows looks for programs in the current folder first, unless told not to
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")
    os.umask(0o077)  # everything this program writes is for its owner only
    console = Console(verbose="-v" in arguments or "--verbose" in arguments)
    try:
        with end_on_signals():
            result = program.main(args=arguments, prog_name="auditor", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.Abort, KeyboardInterrupt):
        console.say("Interrupted.")
        return ExitStatus.INTERRUPTED
    except click.ClickException as trouble:
        trouble.show()
        return ExitStatus.USAGE
    except AuditorError as trouble:
        console.say(f"auditor: {trouble.message}")
        if trouble.hint:
            console.say(trouble.hint)
        return trouble.exit_status
    except BrokenPipeError:
        return ExitStatus.INTERNAL
    except Exception as trouble:
        console.say(f"auditor: internal trouble: {type(trouble).__name__}: {str(trouble)[:300]}")
        console.say("What is stored stays stored. Run again with -v to see where it happened.")
        if console.verbose:
            traceback.print_exc()
        return ExitStatus.INTERNAL
    return int(result) if isinstance(result, int) else ExitStatus.CLEAN


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
