"""A real browser against a small site that behaves badly: every trouble is a status."""

import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from auditor.errors import SourceUnavailable
from auditor.model.capture import ArtifactKind, CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.policy import Permission, RosterPolicy
from auditor.ports import SourceContext
from auditor.sources import _public_pages
from auditor.sources.public_page import SOURCE, PublicPageSettings, start_browser

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 22)


def picture() -> bytes:
    body = BytesIO()
    Image.new("RGB", (800, 200), "teal").save(body, "JPEG")
    return body.getvalue()


PICTURE = picture()
COVER = '<figure class="cover-img"><img class="cover-img__image" src="{src}"></figure>'
PORTRAIT = '<img class="avatar" src="/portrait.jpg">'
ROUTES = {
    "/in/good": (200, {}, COVER.format(src="/dms/image/banner.jpg?a=1&amp;b=2") + PORTRAIT),
    "/in/lazy": (
        200,
        {},
        '<img data-embed-id="cover-image" src="data:," data-delayed-url="/dms/image/banner.jpg">',
    ),
    "/in/lost-banner": (200, {}, COVER.format(src="/gone.jpg")),
    "/in/no-banner": (200, {}, "<h1>nothing here</h1>"),
    "/in/999": (999, {}, "<script>location.href='/in/good'</script>"),
    "/in/429": (429, {"Retry-After": "120"}, "slow down"),
    "/in/500": (500, {}, "oops"),
    "/in/404": (404, {}, "<h1>not found</h1>"),
    "/in/loop": (302, {"Location": "/in/loop"}, ""),
    "/in/away": (302, {"Location": "http://localhost:{port}/in/good"}, ""),
    "/in/reloads": (200, {}, "<script>setTimeout(() => location.reload(), 1)</script>"),
    "/in/moved": (200, {}, "<script>location.href='/authwall?trk=x'</script>"),
    "/authwall": (200, {}, "<h1>sign up</h1>"),
    "/in/endless": (200, {}, "<p>x</p><script>for (;;) {}</script>"),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.split("?")[0]
        self.server.asked.append(path)
        if path == "/in/hangs":
            self.server.released.wait(10)
        elif path == "/in/drops":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.connection.close()
        elif path.endswith(".jpg") and path != "/gone.jpg":
            self.answer(200, {"Content-Type": "image/jpeg"}, PICTURE)
        elif path == "/in/breaks-off":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"<html><h1>half a page")
            self.wfile.flush()
            self.connection.close()
        else:
            status, headers, body = ROUTES.get(path, (404, {}, ""))
            page = f"<!doctype html><html><body>{body}</body></html>".encode()
            self.answer(status, {"Content-Type": "text/html", **headers}, page)

    def answer(self, status, headers, body):
        self.send_response(status, "x")
        for name, value in headers.items():
            self.send_header(name, value.replace("{port}", str(self.server.server_port)))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.asked, server.released = [], threading.Event()
    server.handle_error = lambda *arguments: None
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.released.set()
    server.shutdown()


def person(site, page="good"):
    url = f"http://127.0.0.1:{site.server_port}/in/{page}"
    return Employee("7", "Quilla Ostrander", RosterState.ACTIVE, url)


def settings(site, **changes):
    host = f"127.0.0.1:{site.server_port}"
    return replace(
        PublicPageSettings((host,), seconds_between=0, jitter=0, daily_cap=1000, visit_seconds=4), **changes
    )


@contextmanager
def opened(chosen, *, permission=None, stopping=lambda: False, visited=()):
    policy = SimpleNamespace(permission=permission, path=Path("policy.yaml"), roster=RosterPolicy())
    with SOURCE.open(chosen, SourceContext(policy, (), None, stopping, TODAY, visited)) as source:
        yield source


@pytest.fixture(scope="module")
def source(site):
    with opened(settings(site)) as source:
        yield source


def test_the_banner_comes_as_the_browser_received_it(source, site):
    site.asked.clear()
    capture = source.fetch(person(site))
    banner = capture.first(ArtifactKind.BANNER)
    assert (capture.status, capture.http_status, capture.employee_id) == (CaptureStatus.OK, 200, "7")
    assert banner.body == PICTURE
    assert banner.address == "/dms/image/banner.jpg?a=1&b=2"
    assert site.asked.count("/dms/image/banner.jpg") == 1
    assert [a.kind for a in capture.artifacts] == [ArtifactKind.MAIN, ArtifactKind.BANNER]


def test_a_banner_that_does_not_load_is_not_called_missing(source, site):
    banner = source.fetch(person(site, "lost-banner")).first(ArtifactKind.BANNER)
    assert banner.body == b""
    assert "404" in banner.trouble


def test_a_page_without_a_banner_brings_none(source, site):
    assert source.fetch(person(site, "no-banner")).first(ArtifactKind.BANNER) is None


@pytest.mark.parametrize(
    ("page", "status", "http_status"),
    [
        ("999", CaptureStatus.RATE_LIMITED, 999),
        ("429", CaptureStatus.RATE_LIMITED, 429),
        ("500", CaptureStatus.NETWORK_ERROR, 500),
        ("404", CaptureStatus.OK, 404),
        ("loop", CaptureStatus.NETWORK_ERROR, None),
        ("away", CaptureStatus.NETWORK_ERROR, None),
        ("drops", CaptureStatus.NETWORK_ERROR, None),
        ("breaks-off", CaptureStatus.NETWORK_ERROR, None),
        ("reloads", CaptureStatus.UNREADABLE, None),
        ("hangs", CaptureStatus.TIMEOUT, None),
        ("endless", CaptureStatus.TIMEOUT, None),
    ],
)
def test_every_trouble_is_a_status(source, site, page, status, http_status):
    capture = source.fetch(person(site, page))
    assert capture.status is status, str(capture.trouble)
    if http_status:
        assert capture.http_status == http_status
    assert str(capture.trouble) or status is CaptureStatus.OK
    assert source.fetch(person(site)).status is CaptureStatus.OK


def test_the_wait_that_the_site_asks_for_is_kept(source, site):
    assert source.fetch(person(site, "429")).retry_after == 120


def test_a_script_that_leads_to_the_wall_shows_in_the_address(source, site):
    assert "/authwall" in source.fetch(person(site, "moved")).final_url


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/in/good",
        "http://127.0.0.1.evil.example/in/good",
        "http://user@evil.example/in/good",
        "javascript:alert(1)",
        "https://www.linkedin.com/in/somebody/",
    ],
)
def test_other_hosts_are_refused_before_the_browser_sees_them(source, site, address):
    site.asked.clear()
    capture = source.fetch(replace(person(site), profile_url=address))
    assert capture.status is CaptureStatus.NO_URL
    assert "not on a host" in str(capture.trouble)
    assert site.asked == []


def test_the_days_cap_counts_earlier_runs_too(site):
    with opened(settings(site, daily_cap=3), visited=(datetime.now(UTC),) * 2) as source:
        statuses = [source.fetch(person(site)).status for _ in range(2)]
    assert statuses == [CaptureStatus.OK, CaptureStatus.NOT_ATTEMPTED]


def test_the_pace_is_kept_and_a_stop_ends_the_wait(site):
    asked = []
    with opened(settings(site, seconds_between=30), stopping=lambda: bool(asked)) as source:
        source.fetch(person(site))
        asked.append(True)
        started = time.monotonic()
        capture = source.fetch(person(site))
    assert capture.status is CaptureStatus.NOT_ATTEMPTED
    assert time.monotonic() - started < 15, "half of the pause that was asked for"
    with opened(settings(site, seconds_between=1.0)) as source:
        source.fetch(person(site))
        started = time.monotonic()
        source.fetch(person(site))
        assert time.monotonic() - started >= 0.9


def test_a_killed_browser_is_started_again(site):
    with opened(settings(site)) as source:
        source.fetch(person(site))
        source._runner.run(source._browser.close())
        assert source.fetch(person(site)).status is CaptureStatus.OK


def test_a_browser_that_dies_while_it_is_started_again_gets_another_chance(site, monkeypatch):
    real, broken = _public_pages.launch, []

    async def dies_once(*arguments):
        if not broken:
            broken.append(True)
            raise SourceUnavailable("No browser could be started.", code="BROWSER_MISSING")
        return await real(*arguments)

    with opened(settings(site)) as source:
        source._runner.run(source._browser.close())
        monkeypatch.setattr(_public_pages, "launch", dies_once)
        assert source.fetch(person(site)).status is CaptureStatus.OK
    assert broken


class TestPermission:
    HOST = ("www.linkedin.com",)
    GIVEN = Permission("board", "letter 12", date(2026, 1, 1), date(2026, 12, 31))

    @pytest.mark.parametrize(
        ("permission", "words"),
        [
            (None, "records none"),
            (replace(GIVEN, ends_on=date(2026, 11, 21)), "ended on 2026-11-21"),
            (replace(GIVEN, decided_on=date(2026, 11, 23)), "starts on 2026-11-23"),
        ],
    )
    def test_linkedin_stays_closed_without_one_in_force(self, permission, words):
        with (
            pytest.raises(SourceUnavailable, match=words),
            opened(PublicPageSettings(self.HOST), permission=permission),
        ):
            pass

    def test_no_host_means_off(self):
        with pytest.raises(SourceUnavailable, match="allows no host"), opened(PublicPageSettings()):
            pass

    def test_with_a_permission_the_source_opens(self):
        with opened(PublicPageSettings(self.HOST), permission=self.GIVEN) as source:
            assert source.allows("https://nl.linkedin.com/in/somebody/")
            assert not source.allows("https://linkedin.com.evil.example/in/somebody/")


def test_a_browser_that_does_not_start_is_told_in_one_line(site):
    with (
        pytest.raises(SourceUnavailable, match="No browser could be started") as caught,
        opened(settings(site, browser="/bin/false")),
    ):
        pass
    assert "AUDITOR_BROWSER" in caught.value.hint


def test_a_driver_that_cannot_start_is_said_and_how_to_mend_it(monkeypatch):
    # as in a container without libatomic1: the driver's program ends before it answers
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", shutil.which("false"))
    with pytest.raises(
        SourceUnavailable, match="driver, which starts the browser, does not start"
    ) as refused:
        start_browser(PublicPageSettings())
    assert "apt-get install libatomic1" in refused.value.hint


def test_the_set_up_can_ask_whether_a_browser_starts():
    done = subprocess.run(
        [sys.executable, "-P", "-m", "auditor.sources._browser"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
