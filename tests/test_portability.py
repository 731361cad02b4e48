"""What only some systems have stands behind a guard. Read only: no other system was at hand."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLACES = sorted([*(ROOT / "auditor").rglob("*.py"), *(ROOT / "scripts").glob("*.py")])
#: modules that Windows lacks
MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
#: attributes of `os` and `signal` that Windows lacks, and os.kill, which there ends whatever it is sent to
CALLS = {
    "os": re.compile(
        "O_(CLOEXEC|DIRECTORY|NOCTTY|NOFOLLOW|NONBLOCK|SYNC)|W[A-Z]+|chown|fch.*|fork.*|get(e?[ug]id|groups|loadavg"
        "|pg.*|priority|sid)|kill(pg)?|lchown|lockf|mk(fifo|nod)|nice|openpty|posix_.*|p(read|write)v?|readv"
        "|sched_.*|sendfile|set.*id|setgroups|setpriority|statvfs|sync|sysconf|ttyname|uname|wait.*|writev"
    ),
    "signal": re.compile(
        "ITIMER_.*|SIG(ALRM|CHLD|CONT|HUP|KILL|PIPE|QUIT|STOP|TSTP|USR[12]|WINCH)|alarm|[gs]etitimer|pause|pthread_.*"
        "|siginterrupt|sigwait"
    ),
}
ARGUMENTS = {"preexec_fn", "pass_fds", "start_new_session", "process_group", "umask"}
#: each place, and the guard in its function
GUARDED = {
    ("auditor/app/parallel.py", "cores", "os.sched_getaffinity"): 'hasattr(os, "sched_getaffinity")',
    ("auditor/app/schedule.py", "hints", "os.geteuid"): 'hasattr(os, "geteuid")',
    ("auditor/schedule/launchd.py", "here", "os.geteuid"): 'hasattr(os, "geteuid")',
    ("auditor/schedule/systemd.py", "here", "os.geteuid"): 'hasattr(os, "geteuid")',
    ("auditor/sources/_browser.py", "_start", "os.geteuid"): 'hasattr(os, "geteuid")',
    ("auditor/sources/_browser.py", "_alive", "os.kill"): 'os.name == "nt"',
    ("scripts/_setup.py", "_debian_root", "os.geteuid"): 'hasattr(os, "geteuid")',
}


def uses(tree):
    """Each use of what only some systems have: (node, what)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, one.name) for one in node.names if one.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in {*MODULES, *CALLS}:
            yield from ((node, f"{node.module}.{one.name}") for one in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in CALLS and CALLS[node.value.id].fullmatch(node.attr):
                yield node, f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Call):
            yield from ((node, f"{one.arg}=") for one in node.keywords if one.arg in ARGUMENTS)


def places(text):
    """Each use with its function's name and source; a use outside of functions bears an empty name."""
    tree = ast.parse(text)
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node, what in uses(tree):
        around = [one for one in functions if one.lineno <= node.lineno <= one.end_lineno]
        inner = max(around, key=lambda one: one.lineno, default=None)
        yield (inner.name, what, ast.get_source_segment(text, inner)) if inner else ("", what, "")


def test_each_call_that_only_some_systems_have_is_known_and_guarded():
    found = {
        (path.relative_to(ROOT).as_posix(), function, what): source
        for path in PLACES
        for function, what, source in places(path.read_text("utf-8"))
    }
    assert set(found) == set(GUARDED)
    assert [place for place, guard in GUARDED.items() if guard not in found[place]] == []


def test_the_search_sees_what_it_should():
    text = (
        "import fcntl\nfrom os import fork\ndef f():\n    os.kill(1, signal.SIGKILL)\n    run(preexec_fn=g)\n"
    )
    seen = [(function, what) for function, what, _ in places(text)]
    assert sorted(seen) == [
        ("", "fcntl"), ("", "os.fork"), ("f", "os.kill"), ("f", "preexec_fn="), ("f", "signal.SIGKILL"),
    ]  # fmt: skip


def test_no_date_is_written_with_codes_that_only_some_systems_know():
    codes = re.compile(r"""strftime\([^)]*%[-_^#EOePskGhnrtCDFRTu]|\{[^{}]*:[^{}]*%[-_^#EOePsk]""")
    assert [path.name for path in PLACES if codes.search(path.read_text("utf-8"))] == []


@pytest.mark.long
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_the_types_hold_on_a_system_that_is_not_here(system, tmp_path):
    command = [sys.executable, "-m", "mypy", "--platform", system, "--cache-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
