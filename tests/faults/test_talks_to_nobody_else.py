"""An audit talks to the allowed hosts and to nobody else: tried with pages that ask for more, and in a
network that has nothing but this computer's own address."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from auditor.model.capture import ArtifactKind, CaptureStatus
from auditor.model.hosts import COUNTRY_HOSTS
from auditor.sources._browser import arguments
from tests.sources.test_public_page import opened, person, settings
from tests.whole import ROOT

pytestmark = pytest.mark.browser


class Recorder(BaseHTTPRequestHandler):
    """Notes everybody who knocks, and plays along."""

    page = ""

    def do_GET(self):
        self.server.asked.append(self.path)
        body = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

    def log_message(self, *arguments):
        pass


class Listener(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, page=""):
        super().__init__(("127.0.0.1", 0), Recorder)
        self.asked, self.met, self.page = [], 0, page
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def get_request(self):
        self.met += 1
        return super().get_request()

    def handle_error(self, *arguments):
        pass

    def __exit__(self, *arguments):
        self.shutdown()
        self.server_close()


def talkative(own: int, other: int) -> str:
    """A page that asks for everything there is, on other ports, names and ways."""
    places = [
        f"127.0.0.1:{other}",
        f"localhost:{other}",
        f"127.1:{other}",
        f"[::1]:{other}",
        "tracker.example",
    ]
    parts = [f"<p id=own>hello</p><img src='http://127.0.0.1:{own}/own.png'>"]
    for place in places:
        parts.append(
            f"<link rel=preconnect href='http://{place}'><link rel=dns-prefetch href='//{place}'>"
            f"<link rel=prefetch href='http://{place}/prefetch'><link rel=stylesheet href='http://{place}/style.css'>"
            f"<img src='http://{place}/pixel.png'><iframe src='http://{place}/frame'></iframe>"
            f"<script src='http://{place}/script.js'></script><object data='http://{place}/object'></object>"
            f"<video src='http://{place}/film'></video>"
            f"<script>fetch('http://{place}/fetch').catch(() => 0);"
            f"navigator.sendBeacon('http://{place}/beacon', 'x');"
            f"try {{ new WebSocket('ws://{place}/socket') }} catch (e) {{}}"
            f"try {{ new EventSource('http://{place}/events') }} catch (e) {{}}"
            f"new Worker(URL.createObjectURL(new Blob([\"fetch('http://{place}/worker')\"])));"
            f"window.open('http://{place}/popup');"
            "</script>"
        )
    return f"<!doctype html><html><head></head><body>{''.join(parts)}</body></html>"


@pytest.fixture
def other():
    with Listener("<html>you should not be here</html>") as listener:
        yield listener


def test_a_page_cannot_make_the_browser_ask_others(other):
    with Listener() as site:
        site.page = talkative(site.server_port, other.server_port)
        with opened(settings(site, visit_seconds=15)) as source:
            capture = source.fetch(person(site, "talkative"))
            time.sleep(0.5)
        assert capture.status is CaptureStatus.OK, capture.trouble
        assert b"hello" in capture.first(ArtifactKind.MAIN).body
        assert "/own.png" in site.asked, "the own pictures must still come"
    assert other.asked == []
    assert other.met == 0, "somebody connected"


@pytest.mark.parametrize(
    "way", ["<script>location.href='{other}'</script>", "<meta http-equiv=refresh content='0;url={other}'>"]
)
def test_a_page_that_leads_elsewhere_is_not_followed(other, way):
    with Listener() as site:
        site.page = way.replace("{other}", f"http://127.0.0.1:{other.server_port}/in/elsewhere")
        with opened(settings(site)) as source:
            capture = source.fetch(person(site, "leads-away"))
            time.sleep(0.3)
    assert other.asked == []
    assert (
        capture.status is not CaptureStatus.OK
        or b"should not be here" not in capture.first(ArtifactKind.MAIN).body
    )


def test_country_hosts_of_a_permitted_linkedin_are_reached_and_look_alikes_are_not():
    (rules,) = [one for one in arguments(("www.linkedin.com", COUNTRY_HOSTS)) if "resolver" in one]
    assert rules.endswith("MAP * ~NOTFOUND")
    assert "EXCLUDE *.linkedin.com" in rules


def can_close_the_network() -> str:
    """Why it cannot be done here; empty when it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "a network namespace wants Linux and root"
    if shutil.which("unshare") is None or subprocess.run(["unshare", "--net", "true"]).returncode:
        return "this machine does not let us make a network namespace"
    return ""


@pytest.mark.skipif(bool(can_close_the_network()), reason=can_close_the_network() or "possible")
def test_an_audit_works_where_there_is_nobody_else(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["unshare", "--net", sys.executable, "-m", "tests.faults.closed_network", str(tmp_path), "4"],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    (path,) = (tmp_path / "reports").glob("*/findings.json")
    content = json.loads(path.read_text("utf-8"))
    assert [person["capture_status"] for person in content["employees"]] == ["ok"] * 4
    assert content["run"]["health"]["verdict"] == "sound"
