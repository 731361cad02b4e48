"""Finds a browser that really starts, and starts it so that it talks to the allowed hosts only."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Error, Playwright, async_playwright

from auditor.errors import SourceUnavailable
from auditor.model.hosts import COUNTRY_HOSTS, read_host

#: tried in this order on the PATH; the headless shell costs a third of the full browser
NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
CHANNELS = ("chrome", "msedge")
SETTING = "AUDITOR_BROWSER"
START_SECONDS = 30
#: megabytes that the scripts of a page may fill; a page that wants more crashes
MOST_SCRIPT_MB = 512
#: a browser that ends while it starts is started once more
MOST_STARTS = 2
_MISHAPS = ("crashed", "has been closed", "Connection closed")
ADVICE = (
    "Install one: on Debian or Ubuntu `apt-get install chromium-headless-shell`, elsewhere `python -m "
    "playwright install --only-shell chromium`, or set AUDITOR_BROWSER to a Chromium, Chrome or Edge."
)


def candidates(playwright: Playwright, chosen: str) -> Iterator[dict[str, Any]]:
    """Launch options of the browsers to try, best first. A browser chosen by the user is the only one."""
    chosen = chosen or os.environ.get(SETTING, "")
    if chosen:
        yield {"executable_path": shutil.which(chosen) or chosen}
        return
    own = playwright.chromium.executable_path
    if own and Path(own).exists():
        yield {}
    for name in NAMES:
        path = shutil.which(name)
        if path:
            yield {"executable_path": path}
    for channel in CHANNELS:
        yield {"channel": channel}


def arguments(hosts: Sequence[str]) -> list[str]:
    """Command-line flags: nothing but the allowed hosts can be connected to, and no proxy is asked."""
    rules = [_reach(host) for host in sorted(set(hosts))]
    return [
        f"--host-resolver-rules={' , '.join([*rules, 'MAP * ~NOTFOUND'])}",
        "--no-proxy-server",
        "--disable-quic",
        # no second window, whatever a page tries
        "--block-new-web-contents",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        f"--js-flags=--max-old-space-size={MOST_SCRIPT_MB}",
    ]


def _reach(host: str) -> str:
    """`name:port` is reached on that port alone (the first rule that fits a name and port decides);
    a bare name on all of its ports. Raises ValueError for what is no plain host."""
    if host != COUNTRY_HOSTS:
        read_host(host)  # nothing else may get into the browser's own rules
    name, colon, port = host.rpartition(":")
    return f"MAP {host} {name}" if colon and port.isdigit() else f"EXCLUDE {host}"


async def start_driver() -> Playwright:
    """Playwright's own driver, by which browsers are started. Raises SourceUnavailable."""
    try:
        return await async_playwright().start()
    except Exception as trouble:  # it raises this very class where the driver ends at once
        first = (str(trouble).splitlines() or [type(trouble).__name__])[0]
        raise SourceUnavailable(
            f"Playwright's driver, which starts the browser, does not start: {first}.",
            "On Debian and Ubuntu install what it needs: apt-get install libatomic1. `python -m playwright "
            "--version` says what else is missing.",
            code="BROWSER_MISSING",
        ) from None


async def launch(playwright: Playwright, hosts: Sequence[str], chosen: str) -> Browser:
    """The first candidate that starts and opens a blank page. Raises SourceUnavailable when none does."""
    tried = []
    for options in candidates(playwright, chosen):
        name = options.get("executable_path") or options.get("channel") or "Playwright's own"
        for _ in range(MOST_STARTS):
            try:
                async with asyncio.timeout(START_SECONDS):
                    return await _start(playwright, options, hosts)
            except (Error, TimeoutError, OSError) as trouble:
                first = (str(trouble).splitlines() or ["did not answer"])[0]
            if not any(word in first for word in _MISHAPS):
                break
        tried.append(f"{name}: {first}")
    detail = f" Tried: {'; '.join(tried)}." if tried else ""
    raise SourceUnavailable(f"No browser could be started.{detail}", ADVICE, code="BROWSER_MISSING")


async def _start(playwright: Playwright, options: Mapping[str, Any], hosts: Sequence[str]) -> Browser:
    unprivileged = not hasattr(os, "geteuid") or os.geteuid() != 0
    browser = await playwright.chromium.launch(
        headless=True,
        args=arguments(hosts),
        chromium_sandbox=unprivileged,
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
        timeout=START_SECONDS * 1000,
        **options,
    )
    try:
        page = await browser.new_page()
        await page.goto("about:blank")
        await page.close()
    except Error:
        await browser.close()
        raise
    return browser


async def try_one(chosen: str = "") -> str:
    """Start and close the first browser that works, or the chosen one; returns its version. Raises
    SourceUnavailable."""
    with temporary_folder() as folder, as_tmpdir(folder):
        playwright = await start_driver()
        try:
            browser = await launch(playwright, (), chosen)
            version = browser.version
            await browser.close()
            return version
        finally:
            await playwright.stop()


PREFIX = "auditor-browser-"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A private folder that is removed afterwards; folders of dead runs are removed first."""
    root = Path(tempfile.gettempdir())
    for old in root.glob(f"{PREFIX}*"):
        owner = old.name.removeprefix(PREFIX).split("-", 1)[0]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def as_tmpdir(folder: Path) -> Iterator[None]:
    """Programs started meanwhile put their temporary files into `folder`."""
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _alive(process: int) -> bool:
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    print(asyncio.run(try_one()))
