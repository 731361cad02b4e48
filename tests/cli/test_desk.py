"""`auditor desk`: an optional extra that opens a page on loopback and nothing else."""

import re
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest

from auditor.web.access import OPEN_PATH
from tests.calling import call
from tests.feedback.firm import Firm
from tests.whole import start

PACKAGES = ("starlette", "uvicorn", "jinja2")


def test_without_its_packages_the_desk_says_how_to_get_them(tmp_path):
    firm = Firm(tmp_path)
    code = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({PACKAGES}))\n"
        "from auditor.cli.main import run_program\n"
        f"sys.exit(run_program(['desk', '--policy', {str(firm.policy.path)!r}, '--no-open']))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "FILE.whl[desk]" in ended.stderr


def test_no_other_command_imports_the_desks_packages():
    code = (
        "import sys, importlib, pkgutil, auditor.cli\n"
        "names = [m.name for m in pkgutil.iter_modules(auditor.cli.__path__)]\n"
        "[importlib.import_module('auditor.cli.' + name) for name in names]\n"
        f"print([m for m in {PACKAGES} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture
def running(tmp_path):
    firm = Firm(tmp_path)
    firm._write_roster()
    process = start(
        "desk", "--policy", str(firm.policy.path), "--roster", str(tmp_path / "people.csv"), "--no-open"
    )
    line = process.stderr.readline()
    yield process, line
    process.terminate()
    process.communicate(timeout=30)


def test_the_printed_link_opens_the_desk_once_on_loopback(running):
    _, line = running
    host, port, path = re.search(r"http://([\d.]+):(\d+)(/\S+)", line).groups()
    assert host == "127.0.0.1"
    assert path.startswith(OPEN_PATH)
    statuses = []
    for _ in range(2):
        connection = HTTPConnection(host, int(port), timeout=30)
        connection.request("GET", path)
        statuses.append(connection.getresponse().status)
    assert statuses == [200, 403]


def test_a_port_that_is_taken_and_a_second_desk(running):
    process, line = running
    port = re.search(r":(\d+)/", line)[1]
    folder = process.args[process.args.index("--policy") + 1]
    ended = call("desk", "--policy", folder, "--port", port, "--no-open")
    assert (ended.returncode, "Another desk may be open" in ended.stderr) == (2, True)
    second = start("desk", "--policy", folder, "--no-open")
    assert "The desk is open at" in second.stderr.readline(), "on a port of its own"
    second.terminate()
    assert second.wait(timeout=30) is not None


def test_it_ends_when_it_is_interrupted(running):
    process, _ = running
    process.terminate()
    until = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    assert process.poll() is not None
