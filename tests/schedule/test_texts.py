"""Each scheduler reads back exactly the words that it was given, whatever signs are in the paths."""

import os
import plistlib
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import ScheduleError, UsageError
from auditor.schedule.call import Call, Programs, call_name
from auditor.schedule.cron import Cron, block, with_block, without_block
from auditor.schedule.launchd import Launchd, property_list
from auditor.schedule.systemd import Systemd, command_line, units
from auditor.schedule.windows_task import SPACE, WindowsTask, task_xml

NAME = "profile-audit-0a1b2c3d"
FOLDER = Path('/srv/HR 100% "sure" $HOME it\'s/ü')
WORDS = ("/opt/my python/bin/python3", str(FOLDER / "audit.py"), "--roster", "a b%d;#.csv", "", "back\\slash")
SIGNS = st.text(
    st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=["Cs"]), max_size=20
)


def call(words=WORDS, folder=FOLDER, environment=(), **more):
    facts = {"log": FOLDER / "state" / "schedule.log", "hour": 6, "minute": 50, **more}
    return Call(NAME, tuple(words), folder, environment=environment, **facts)


def systemd_words(line):
    """The argument vector as systemd.service(5) and systemd.syntax(7) describe it."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    plain = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]
    return [plain[0], *(word.replace("$$", "$") for word in plain[1:])]


PROGRAMS = SIGNS.map(lambda text: "/" + re.sub(r"[\"'\\]", "", text))


@given(PROGRAMS, st.lists(SIGNS, max_size=5))
def test_systemd_gets_every_word(program, arguments):
    line = command_line((program, *arguments))
    assert systemd_words(line) == [program, *arguments]
    assert not re.search(r"(?<!%)(?:%%)*%(?!%)", line), "a single % would be a specifier"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_finds_nothing_wrong(tmp_path):
    folder = tmp_path / 'HR 100% "sure" $HOME'
    folder.mkdir()
    program = tmp_path / "python 3% $x"
    program.write_text("#!/bin/sh\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    texts = units(call([str(program), *WORDS[1:]], folder, (("AUDITOR_BROWSER", "/a b/%h"),)))
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in texts)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    told = [line for line in (verified.stdout + verified.stderr).splitlines() if NAME in line]
    assert (verified.returncode, told) == (0, [])


@pytest.mark.parametrize("sign", ["'", '"', "\\"])
def test_a_program_that_systemd_would_not_call_is_refused(sign):
    with pytest.raises(UsageError, match="systemd does not accept"):
        command_line((f"/opt/{sign}/python", "x"))


def test_the_units_hold_what_a_lonely_audit_needs():
    texts = units(call())
    service, timer = texts[f"{NAME}.service"].splitlines(), texts[f"{NAME}.timer"].splitlines()
    assert {"KillMode=mixed", "UMask=0077", "TimeoutStartSec=infinity", "Type=oneshot"} <= set(service)
    assert {"Persistent=true", "RandomizedDelaySec=30min", "OnCalendar=*-*-* 06:50:00"} <= set(timer)


def cron_runs(line):
    """What cron hands to the shell: up to the first bare %, each \\% as %."""
    command = line.split(" ", 5)[5]
    assert not re.search(r"(?<!\\)%", command), "a bare % would be a new line"
    return command.replace("\\%", "%")


@pytest.mark.skipif(sys.platform == "win32", reason="cron is a Unix matter")
def test_cron_and_the_shell_hand_every_word_over(tmp_path):
    folder = tmp_path / 'HR 100% "sure" $HOME it\'s ü'
    folder.mkdir()
    script = "import os, sys; print(os.getcwd(), os.environ['X'], *sys.argv[1:], sep='\\x1f')"
    words = [sys.executable, "-c", script.replace("\\x1f", "|"), "a b%d;#", "", "it's", "$HOME `x`"]
    made = call(words, folder, (("X", "a %b $c"),), log=folder / "log%")
    line = block(made, "host").splitlines()[1]
    subprocess.run(["/bin/sh", "-c", cron_runs(line)], check=True, timeout=60)
    said = (folder / "log%").read_text("utf-8").rstrip("\n").split("|")
    assert said == [str(folder), "a %b $c", *words[3:]]
    assert (folder / "log%").stat().st_mode & 0o077 == 0


def test_each_installation_has_its_own_minute_and_keeps_it():
    minutes = {call().spread(f"host{number}") for number in range(60)}
    assert len(minutes) > 15
    assert minutes <= {(6, minute) for minute in range(50, 60)} | {(7, minute) for minute in range(20)}
    assert call().spread("a") == call().spread("a")
    late = call(hour=23, minute=59)
    assert all(0 <= hour < 24 for hour, _ in (late.spread(str(n)) for n in range(50)))


OTHERS = """\
# mine
5 4 * * * backup
# >>> profile-audit-ffffffff: written by `auditor schedule install`
x
# <<< profile-audit-ffffffff
"""


@pytest.mark.parametrize("before", ["", OTHERS, "no newline at its end", "\n\n"])
def test_a_crontab_holds_one_block_and_gets_everything_back(before):
    plain = call(words=WORDS[:-1])
    once = with_block(before, plain, "host")
    assert with_block(once, plain, "host") == once
    other_day = with_block(once, call(words=WORDS[:-1], hour=9), "host")
    assert other_day.count(f"# >>> {NAME}") == 1
    assert without_block(other_day, NAME).rstrip("\n") == before.rstrip("\n")


def test_a_block_without_its_end_is_not_guessed_at():
    begun = block(call(words=WORDS[:-1]), "host").splitlines()[0]
    with pytest.raises(ScheduleError, match="has no end mark"):
        without_block(f"{begun}\nx\n{OTHERS}", NAME)


def test_launchd_gets_every_word():
    content = plistlib.loads(property_list(call(environment=(("X", "<&>"),)), "host"))
    assert content["ProgramArguments"] == list(WORDS)
    assert content["WorkingDirectory"] == str(FOLDER)
    assert content["EnvironmentVariables"] == {"X": "<&>"}
    assert set(content["StartCalendarInterval"]) == {"Hour", "Minute"}
    assert content["Umask"] == 0o077


def windows_words(line):
    """CommandLineToArgvW, as documented: backslashes count only before a quote."""
    words, word, quoted, begun, place = [], "", False, False, 0
    while place < len(line):
        slashes = len(line[place:]) - len(line[place:].lstrip("\\"))
        if slashes and line[place + slashes : place + slashes + 1] == '"':
            word, begun = word + "\\" * (slashes // 2), True
            place += slashes
            if slashes % 2:
                word, place = word + '"', place + 1
            continue
        sign = line[place]
        place += 1
        if sign == '"':
            quoted, begun = not quoted, True
        elif sign in " \t" and not quoted:
            if begun:
                words.append(word)
            word, begun = "", False
        else:
            word, begun = word + sign, True
    return [*words, word] if begun else words


@given(st.lists(SIGNS.filter(lambda text: "%" not in text and "$(" not in text), max_size=5))
def test_windows_gets_every_word(arguments):
    body = task_xml(call(["C:\\Program Files\\python.exe", *arguments], Path("C:/HR & Co")))
    root = ElementTree.fromstring(body.decode("utf-16"))
    run = root.find(f".//{{{SPACE}}}Exec")
    assert run.findtext(f"{{{SPACE}}}Command") == "C:\\Program Files\\python.exe"
    assert windows_words(run.findtext(f"{{{SPACE}}}Arguments") or "") == arguments
    assert run.findtext(f"{{{SPACE}}}WorkingDirectory") == str(Path("C:/HR & Co"))


def test_windows_makes_up_for_a_missed_call_and_never_starts_a_second():
    root = ElementTree.fromstring(task_xml(call(words=WORDS[:1])).decode("utf-16"))
    settings = {element.tag.split("}")[1]: element.text for element in root.find(f"{{{SPACE}}}Settings")}
    assert settings["StartWhenAvailable"] == "true"
    assert settings["MultipleInstancesPolicy"] == "IgnoreNew"
    assert settings["ExecutionTimeLimit"] == "PT0S"


@pytest.mark.parametrize("text", ["%TEMP%", "$(Arg0)"])
def test_what_task_scheduler_would_replace_is_refused(text):
    with pytest.raises(UsageError, match="variable"):
        task_xml(call(words=["python", text]))


def test_no_scheduler_is_given_control_signs():
    with pytest.raises(UsageError, match="control character"):
        call(words=["python", "a\nb"])


def test_each_policy_has_an_entry_of_its_own(tmp_path):
    assert call_name(tmp_path / "a.yaml") != call_name(tmp_path / "b.yaml")
    assert call_name(tmp_path / "x" / ".." / "a.yaml") == call_name(tmp_path / "a.yaml")


CRONTAB = """\
case "$1" in
-l) cat "$STORE" 2>/dev/null || { echo "no crontab for you" >&2; exit 1; } ;;
-r) rm "$STORE" ;;
-) cat > "$STORE" ;;
esac
"""
SCHTASKS = """\
case "$1" in
/Create) cp "$5" "$STORE" ;;
/Query) [ -f "$STORE" ] && iconv -f UTF-16 -t UTF-8 "$STORE" ;;
/Delete) rm "$STORE" ;;
esac
"""
NOTED = 'echo "$*" >> "$NOTED"\n'


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Programs of the system that only note how they were called, or keep what they are given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, script in {"crontab": CRONTAB, "schtasks": SCHTASKS, "systemctl": "", "launchctl": ""}.items():
        (folder / name).write_text(f"#!/bin/sh\n{NOTED}{script}")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("STORE", str(tmp_path / "kept"))
    monkeypatch.setenv("NOTED", str(tmp_path / "noted"))
    return tmp_path


def systems(folder):
    return {
        "systemd": Systemd(Programs(), folder / "units", folder / "stamps", system=False),
        "cron": Cron(Programs(), "host"),
        "launchd": Launchd(Programs(), "host", folder / "agents", "gui/501"),
        "windows": WindowsTask(Programs()),
    }


def left_over(folder):
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != "noted" and path.parent.name != "bin"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
@pytest.mark.parametrize("kind", ["systemd", "cron", "launchd", "windows"])
def test_installed_twice_it_stands_once_and_leaves_nothing_behind(machine, kind):
    system = systems(machine)[kind]
    plain = call(words=["/usr/bin/python3", "audit.py", "run"])
    assert system.show(NAME) == ""
    assert system.remove(NAME) is False
    assert left_over(machine) == []
    system.preview(plain)
    assert left_over(machine) == [], "showing writes nothing"
    system.install(plain)
    once = system.show(NAME)
    assert "audit.py" in once
    system.install(plain)
    assert system.show(NAME) == once
    assert system.remove(NAME) is True
    assert (system.show(NAME), left_over(machine)) == ("", [])


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
@pytest.mark.parametrize(("kind", "program"), [("systemd", "systemctl"), ("launchd", "launchctl")])
def test_a_scheduler_that_refuses_leaves_nothing_half_done(machine, kind, program):
    (machine / "bin" / program).write_text("#!/bin/sh\necho 'no bus' >&2\nexit 1\n")
    with pytest.raises(ScheduleError, match="no bus"):
        systems(machine)[kind].install(call(words=["/usr/bin/python3"]))
    assert left_over(machine) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
def test_a_crontab_that_cannot_be_read_is_not_taken_for_an_empty_one(machine):
    (machine / "kept").write_text(OTHERS)
    (machine / "bin" / "crontab").write_text(
        "#!/bin/sh\n[ $1 = -l ] && { echo 'not allowed' >&2; exit 1; }\ncat > $STORE\n"
    )
    with pytest.raises(ScheduleError, match="not allowed"):
        systems(machine)["cron"].install(call(words=["/usr/bin/python3"]))
    assert (machine / "kept").read_text() == OTHERS


def test_a_machine_without_the_scheduler_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ScheduleError, match="crontab is not available"):
        Cron(Programs(), "host").install(call(words=["/usr/bin/python3"]))
