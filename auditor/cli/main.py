"""The `auditor` command, and the message and exit status of every error."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import traceback

import click

import auditor
from auditor.cli.console import Console, end_on_signals, more_about
from auditor.errors import AuditorError, ExitStatus

EPILOG = """\b
Exit status: 0 clean; 1 findings at or above --fail-on; 2 wrong usage, policy or roster;
3 the run is not sound (refused, nothing read, people not reached or not assessed);
4 internal error; 130 interrupted. If several apply, 4 outranks 3, and 3 outranks 1."""
#: the modules of commands that are not named after their command
_ELSEWHERE = {"check": "run", "report": "run"}
#: each command with the first sentence of its help, so that the list of them imports none
_COMMANDS = {
    "banner": "Manage the reference banners, and judge pictures against them.",
    "check": "Judge saved pages without using a browser or the store.",
    "consent": "List, remind, withdraw and forget the consents of members.",
    "decisions": "Read HR's decisions from returned workbooks, and list them.",
    "desk": "Open the desk in your browser: collect pages, answer findings, settle departures.",
    "demo": "Audit an invented company in a real headless browser.",
    "doctor": "Say what blocks the next run, in the order in which to mend it.",
    "doors": "Show which source of evidence could decide which rule, and for how many people.",
    "explain": "Explain the verdicts on one person.",
    "identity": "Say whose page it is where the name on it may be the person's or somebody else's.",
    "init": "Write a commented policy and a sample roster into DIR (default: here).",
    "inspect": "Show how a roster, page, picture, headline or name is read and judged.",
    "log": "Show or verify the audit log: what the program did and when, without names.",
    "member": "Invite people to see the result before HR does, on a page of their own.",
    "messages": "Say what a message means and what to do, by the code printed with it.",
    "offboarding": "Record what people did about leavers.",
    "policy": "Write the policy as a text for the code of conduct, and review it every year.",
    "privacy": "Handle objections, access, erasure, retention and legal documents.",
    "proof": "Measure how often the audit is right: it is run on an invented company whose truth is known.",
    "report": "Write the reports of a stored run again (default: the latest).",
    "rules": "List the rules, explain one in full, and export their cases.",
    "run": "Audit everybody in the roster and write the reports.",
    "schedule": "Run the audit automatically every month.",
    "store": "Check, back up and restore the store of results.",
    "verify": "Say what of a run's files, inputs and log is unchanged, years later.",
    "worklist": "Write a list of everybody whose page is still wanted, with links to click.",
}


class Commands(click.Group):
    """The commands. Each is imported only when it is used, so that small ones start quickly."""

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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help."""
        limit = formatter.width - 6 - max(map(len, _COMMANDS))
        rows = [
            (name, click.Command(name, help=says).get_short_help_str(limit))
            for name, says in _COMMANDS.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(
    cls=Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(auditor.__version__, prog_name="auditor", message="%(prog)s %(version)s")
def program() -> None:
    """Check once a month whether the company's LinkedIn profiles are consistent.

    Compares each person's banner, headline and company link with the policy, finds leavers who
    still present themselves as employees, and writes an Excel report. What could not be seen is
    never reported as missing.

    \b
    First steps:
      auditor demo                       audit an invented company and look at the report
      auditor init my-company            write a policy to fill in and a sample roster
      auditor inspect roster FILE        see how your roster is read
      auditor run --roster FILE          the monthly audit
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit status."""
    # what is loaded at the start stays: to look through it for garbage again and again takes a tenth of it
    gc.set_threshold(20_000)
    sys.exit(run_program(sys.argv[1:] if arguments is None else arguments))


def run_program(arguments: list[str]) -> int:
    """Run the command line and return the exit status. Tracebacks appear only with -v."""
    _speak_utf8()
    # without this, Windows looks for programs in the current folder first
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")
    os.umask(0o077)  # only the owner may read what the program writes
    console = Console(verbose="-v" in arguments or "--verbose" in arguments)
    try:
        with end_on_signals():
            result = program.main(args=arguments, prog_name="auditor", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.Abort, KeyboardInterrupt):
        console.say("Interrupted.")
        console.say(more_about("INTERRUPTED"))
        return ExitStatus.INTERRUPTED
    except click.ClickException as trouble:
        trouble.show()
        console.say(more_about("COMMAND_LINE"))
        return ExitStatus.USAGE
    except AuditorError as trouble:
        console.say(f"auditor: {trouble.message}")
        if trouble.hint:
            console.say(trouble.hint)
        console.say(more_about(trouble.code))
        return trouble.exit_status
    except BrokenPipeError:
        return ExitStatus.INTERNAL
    except Exception as trouble:
        console.say(f"auditor: internal error: {type(trouble).__name__}: {str(trouble)[:300]}")
        console.say("What was stored is kept. Run again with -v to see where it happened.")
        console.say(more_about("INTERNAL_ERROR"))
        if console.verbose:
            traceback.print_exc()
        return ExitStatus.INTERNAL
    return int(result) if isinstance(result, int) else ExitStatus.CLEAN


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
