"""What the scripts need first: a virtual environment with the pinned packages, and a browser.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PACKAGE = "chromium-headless-shell"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def fail(text: str) -> None:
    """End with one line that says what to do."""
    say(text)
    raise SystemExit(2)


def ready(requirements: str) -> None:
    """Make `.venv` and install the pinned packages; at once when that was done before."""
    if sys.version_info < (3, 11):
        version = sys.version.split()[0]
        fail(f"Python 3.11 or newer is needed; this is {version}. Install it and call it by name.")
    path = ROOT / requirements
    wanted = hashlib.sha256(path.read_bytes()).hexdigest()
    marker = VENV / f".installed-{path.stem}"
    if PYTHON.exists() and marker.exists() and marker.read_text(encoding="utf-8") == wanted:
        return
    _make_environment()
    say(f"Installing the pinned packages of {requirements} (once) ...")
    _install(path)
    marker.write_text(wanted, encoding="utf-8")


def _make_environment() -> None:
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-I", "-c", "import pip"], capture_output=True).returncode == 0
    ):
        return
    say("Making the virtual environment .venv ...")
    made = subprocess.run(
        [sys.executable, "-I", "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if made.returncode == 0:
        return
    uv = shutil.which("uv")
    if (
        uv
        and subprocess.run([uv, "venv", "--seed", "--clear", str(VENV)], capture_output=True).returncode == 0
    ):
        return
    fail("Python cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv")


def _install(path: Path) -> None:
    uv = shutil.which("uv")
    if uv:
        command = [uv, "pip", "install", "-q", "--python", str(PYTHON), "--require-hashes", "-r", str(path)]
        if subprocess.run(command).returncode == 0:
            return
    options = ["--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes"]
    command = [str(PYTHON), "-I", "-m", "pip", "install", "-qq", *options, "-r", str(path)]
    if subprocess.run(command).returncode != 0:
        fail(
            "The packages could not be installed. Check the network or your package mirror, then call again."
        )


def browser() -> None:
    """See that a browser really starts; as root on Debian install one. Remembered once it did."""
    marker = VENV / ".browser-starts"
    setting = os.environ.get("AUDITOR_BROWSER", "")
    if marker.exists() and marker.read_text(encoding="utf-8") == setting:
        return
    if not _browser_starts():
        _install_browser()
        if not _browser_starts():
            fail(
                "No browser starts. Install chromium-headless-shell (Debian: apt-get install "
                f"{PACKAGE}), or set AUDITOR_BROWSER to a Chromium, Chrome or Edge."
            )
    marker.write_text(setting, encoding="utf-8")


def _browser_starts() -> bool:
    return run(["-m", "auditor.sources._browser"], quiet=True) == 0


def _install_browser() -> None:
    if _debian_root() and (_debian_package(PACKAGE) or _debian_package("chromium")):
        return
    say("Fetching a browser through Playwright (once) ...")
    run(["-m", "playwright", "install", "--only-shell", "chromium"], quiet=True)


def database() -> None:
    """As root on Debian install PostgreSQL for the tests, once; without it those tests are skipped."""
    marker = VENV / ".postgresql-tried"
    there = shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if there or marker.exists() or not _debian_root():
        return
    marker.touch()
    if _debian_package("postgresql") and shutil.which("systemctl"):
        # the tests start a server of their own; the one that the package starts is not wanted
        subprocess.run(["systemctl", "disable", "--now", "postgresql"], capture_output=True)


def _debian_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _debian_package(name: str) -> bool:
    say(f"Installing the Debian package {name} (once) ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, env=environment)
    command = [*apt, "install", "-y", "--no-install-recommends", name]
    return subprocess.run(command, stdout=subprocess.DEVNULL, env=environment).returncode == 0


def surroundings() -> dict[str, str]:
    """The caller's environment, with this checkout importable and compiled files kept inside `.venv`.

    PYTHONPATH names this checkout alone: an empty or relative entry of the caller's would be the current
    folder, and nothing is ever imported from there.
    """
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(VENV / "pycache")
    environment["PYTHONPATH"] = str(ROOT)
    return environment


def run(arguments: list[str], *, quiet: bool = False) -> int:
    """Run the environment's Python in the caller's folder, with this checkout importable, and nothing
    of that folder (-P)."""
    environment = surroundings()
    output = subprocess.DEVNULL if quiet else None
    command = [str(PYTHON), "-P", *arguments]
    if not quiet and os.name == "posix":
        os.execve(PYTHON, command, environment)
    return subprocess.run(command, env=environment, stdout=output, stderr=output).returncode
