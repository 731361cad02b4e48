"""A termination ends the program with a word and its status, never with a traceback."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from auditor.cli.main import run_program
from tests.whole import ROOT

WAITS = """
import sys, threading
from auditor.cli import rules
from auditor.cli.main import run_program

def waits(*arguments, **more):
    print("ready", flush=True)
    threading.Event().wait(60)

rules.rules.callback = waits
rules.rules.invoke_without_command = True
sys.exit(run_program(["rules"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a Unix matter")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_any_command_ends_at_once_when_told_to(number):
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS], env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # a shell that runs the tests in the background lets them ignore Ctrl-C, and a child inherits that
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    lines = ["Interrupted.", "More about it: auditor messages INTERRUPTED"]
    assert (process.returncode, said.strip().splitlines()) == (130, lines)


def test_the_handlers_are_put_back_and_another_thread_needs_none():
    before = signal.getsignal(signal.SIGTERM)
    assert run_program(["--version"]) == 0
    assert signal.getsignal(signal.SIGTERM) is before
    ended = []
    thread = threading.Thread(target=lambda: ended.append(run_program(["--version"])))
    thread.start()
    thread.join()
    assert ended == [0]
