"""A site that answers oddly, or whose page reaches for more than itself: nothing crashes, nothing leaks."""

import socketserver
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from auditor.errors import SourceUnavailable
from auditor.model.capture import ArtifactKind, CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.policy import Permission, RosterPolicy
from auditor.ports import SourceContext
from auditor.sources import _public_pages
from auditor.sources._public_pages import PublicPages
from auditor.sources.public_page import PublicPageSettings
from tests.sources.test_public_page import opened as opened_with
from tests.sources.test_public_page import settings

pytestmark = pytest.mark.browser
OK, REFUSED = CaptureStatus.OK, CaptureStatus.RATE_LIMITED


class Site(socketserver.ThreadingTCPServer):
    """Answers each path with the bytes it was told to, whatever they are; notes the paths asked for."""

    daemon_threads = allow_reuse_address = True

    def __init__(self):
        self.answers, self.asked, self.ending = {}, [], threading.Event()
        super().__init__(("127.0.0.1", 0), _Talk)
        self.server_port = self.server_address[1]
        self.host = f"127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, *arguments):
        pass

    def page(self, path, body, status="200 OK", headers=""):
        body = body if isinstance(body, bytes) else body.encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{headers}"
        self.answers[path] = head.encode("latin-1") + b"Content-Length: %d\r\n\r\n" % len(body) + body

    def profiles(self):
        return [path for path in self.asked if path.startswith("/in/")]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline().split()
        while self.rfile.readline() not in (b"\r\n", b"\n", b""):
            pass
        path = line[1].decode() if len(line) > 1 else ""
        self.server.asked.append(path)
        answer = self.server.answers.get(path, b"HTTP/1.1 404 x\r\nContent-Length: 1\r\n\r\nx")
        for piece in [answer] if isinstance(answer, bytes) else answer:
            if self.server.ending.is_set():
                return
            self.wfile.write(piece)


@pytest.fixture(scope="module")
def site():
    server = Site()
    yield server
    server.ending.set()
    server.shutdown()


def opened(site, permission=None, visited=(), **changes):
    return opened_with(settings(site, **changes), permission=permission, visited=visited)


@pytest.fixture(scope="module")
def source(site):
    with opened(site) as source:
        yield source


@pytest.fixture(autouse=True)
def _forget(site):
    site.answers.clear()
    site.asked.clear()


def fetch(source, site, path="/in/a"):
    return source.fetch(Employee("7", "Quilla Ostrander", RosterState.ACTIVE, f"http://{site.host}{path}"))


def endless(start, piece):
    yield start
    while True:
        yield piece


HUNDRED_KB = b"x" * 100_000
ANSWERS = {
    "no status line": b"hello\r\n\r\n",
    "a status of letters": b"HTTP/1.1 abc x\r\n\r\n",
    "a status of 0": b"HTTP/1.1 000 x\r\nContent-Length: 0\r\n\r\n",
    "a status of 600": b"HTTP/1.1 600 x\r\nContent-Length: 1\r\n\r\nx",
    "a huge status": b"HTTP/1.1 " + b"9" * 400 + b" x\r\n\r\n",
    "no answer": b"",
    "only zeros": b"\0" * 5000,
    "a huge header": b"HTTP/1.1 200 x\r\nX: " + b"y" * 400_000 + b"\r\n\r\nx",
    "ten thousand headers": b"HTTP/1.1 200 x\r\n" + b"X: y\r\n" * 10_000 + b"\r\nx",
    "bytes in headers": b"HTTP/1.1 200 \xff\xfe\r\nX\xe9: \xb2\r\nContent-Length: 1\r\n\r\nx",
    "two lengths": b"HTTP/1.1 200 x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "a length of letters": b"HTTP/1.1 200 x\r\nContent-Length: \xb2\r\n\r\nx",
    "a length of 400 nines": b"HTTP/1.1 200 x\r\nContent-Length: " + b"9" * 400 + b"\r\n\r\nx",
    "a picture for a page": b"HTTP/1.1 200 x\r\nContent-Type: image/png\r\nContent-Length: 1\r\n\r\nx",
    "an unknown type": b"HTTP/1.1 200 x\r\nContent-Type: \xff/\xfe;;=\r\nContent-Length: 1\r\n\r\nx",
    "a file": b"HTTP/1.1 200 x\r\nContent-Disposition: attachment\r\nContent-Length: 1\r\n\r\nx",
    "broken gzip": b"HTTP/1.1 200 x\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    "broken chunks": b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc",
    "no such characters": b"HTTP/1.1 200 x\r\nContent-Type: text/html; charset=\xb2\r\n\r\n\xff\xfe\x00\xd8",
    "a refresh to a file": b"HTTP/1.1 200 x\r\nRefresh: 0; url=file:///etc/passwd\r\n\r\nx",
    "a redirect to nowhere": b"HTTP/1.1 302 x\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
    "a redirect to a file": b"HTTP/1.1 302 x\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
    "a cookie of 1 MB": b"HTTP/1.1 200 x\r\nSet-Cookie: a=" + b"b" * 1_000_000 + b"\r\n\r\nx",
    "a banner without an address": b"HTTP/1.1 200 x\r\nContent-Type: text/html\r\n\r\n"
    b'<img class="cover-img__image" src="http://[">',
}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_whatever_is_answered_is_a_status_and_the_next_page_comes(source, site, answer):
    site.answers["/in/a"] = answer
    site.page("/in/b", "<h1>good</h1>")
    assert fetch(source, site).status in CaptureStatus
    assert fetch(source, site, "/in/b").status is OK


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("300000000000", 2_592_000),
        ("\xb2", 86_400),
        ("9" * 400, 2_592_000),
        ("-1", 86_400),
        ("1.5", 86_400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 2_592_000),
        ("60\r\nRetry-After: 90", 86_400),
        ("\x01", 86_400),
    ],
)
def test_a_refusal_stands_whatever_its_header_says(source, site, header, seconds):
    site.page("/in/a", "", "429 x", f"Retry-After: {header}\r\n")
    capture = fetch(source, site)
    assert (capture.status, capture.retry_after) == (REFUSED, seconds)
    assert site.profiles() == ["/in/a"]


@pytest.mark.parametrize("status", ["999 \xff", "503 x"])
@pytest.mark.parametrize(("header", "seconds"), [("90", 90), ("\x01", 86_400)])
def test_the_header_of_every_refusal_is_read_and_a_broken_one_passed_over(
    source, site, header, seconds, status
):
    site.page("/in/a", "", status, f"Retry-After: {header}\r\n")
    capture = fetch(source, site)
    assert (capture.status, capture.retry_after) == (REFUSED, seconds)
    assert site.profiles() == ["/in/a"]


def test_a_refusal_whose_page_never_ends_is_a_refusal_at_once(source, site):
    site.answers["/in/a"] = endless(b"HTTP/1.1 429 x\r\nRetry-After: 60\r\n\r\n", b"x")
    started = time.monotonic()
    capture = fetch(source, site)
    assert (capture.status, capture.retry_after) == (REFUSED, 60)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 x\r\nContent-Type: text/html\r\n\r\n<h1>",
        b"HTTP/1.1 200 x\r\nContent-Type: text/plain\r\n\r\n",
        b"HTTP/1.1 200 x\r\nContent-Type: multipart/x-mixed-replace; boundary=x\r\n\r\n",
        b"HTTP/1.1 200 x\r\nX: ",
    ],
)
def test_an_answer_without_end_is_left(site, source, start):
    site.answers["/in/a"] = endless(start, HUNDRED_KB)
    started = time.monotonic()
    assert fetch(source, site).status in (
        CaptureStatus.UNREADABLE,
        CaptureStatus.TIMEOUT,
        CaptureStatus.NETWORK_ERROR,
    )
    assert time.monotonic() - started < 15


def test_a_picture_without_end_is_left(site, source):
    site.page("/in/a", '<img src="/endless.png">')
    site.answers["/endless.png"] = endless(b"HTTP/1.1 200 x\r\nContent-Type: image/png\r\n\r\n", HUNDRED_KB)
    started = time.monotonic()
    fetch(source, site)
    assert time.monotonic() - started < 8


#: what a page can do to have something opened; each is tried alone
REACHES = {
    "open": "for (let i = 0; i < 50; i++) window.open('/in/other' + i)",
    "open without opener": "window.open('/in/other', '_blank', 'noopener')",
    "click": "document.body.innerHTML += '<a id=a target=_blank ping=/ping href=/in/other>x</a>'; a.click()",
    "click with a download": "document.body.innerHTML += '<a id=a download href=/in/other>x</a>'; a.click()",
    "form": "document.body.innerHTML += '<form id=f target=_blank action=/in/other>'; f.submit()",
    "form here": "document.body.innerHTML += '<form id=f method=post action=/in/other>'; f.submit()",
    "frame": "document.body.innerHTML += '<iframe src=/in/other>'",
    "frame's own": "let f = document.createElement('iframe'); document.body.append(f);"
    " f.contentWindow.fetch('/in/other'); f.contentWindow.open('/in/other')",
    "object": "document.body.innerHTML += '<object data=/in/other></object><embed src=/in/other>'",
    "fetch": "fetch('/in/other'); fetch('/in/other', {method: 'POST', keepalive: true})",
    "beacon": "navigator.sendBeacon('/in/other', 'x')",
    "events": "new EventSource('/in/other')",
    "socket": "new WebSocket('ws://' + location.host + '/in/other')",
    "worker": "new Worker('/in/other')",
    "worker of its own": "new Worker(URL.createObjectURL(new Blob([`fetch('${origin}/in/other')`])))",
    "shared worker": "new SharedWorker('/in/other')",
    "service worker": "navigator.serviceWorker.register('/in/other')",
    "picture": "new Image().src = '/in/other'",
    "picture sent on": "new Image().src = '/sent-on'",
    "script": "document.body.append(Object.assign(document.createElement('script'), {src: '/in/other'}))",
    "module": "import('/in/other').catch(() => 0)",
    "style": "document.head.innerHTML += '<link rel=stylesheet href=/in/other>'",
    "prefetch": "document.head.innerHTML += '<link rel=prefetch href=/in/other>'",
    "preload": "document.head.innerHTML += '<link rel=preload as=fetch href=/in/other>'",
    "print": "print(); alert(1); confirm(1)",
}  # fmt: skip


@pytest.mark.parametrize("script", REACHES.values(), ids=REACHES)
def test_a_page_opens_nothing_but_itself(source, site, script):
    site.answers["/sent-on"] = b"HTTP/1.1 302 x\r\nLocation: /in/other\r\nContent-Length: 0\r\n\r\n"
    site.page("/in/a", f"<body><h1>here</h1><script>try {{ {script} }} catch (e) {{}}</script>")
    capture = fetch(source, site)
    assert set(site.asked) <= {"/in/a", "/robots.txt", "/sent-on"}
    assert site.profiles() == ["/in/a"]
    assert capture.status is OK
    assert b"here" in capture.first(ArtifactKind.MAIN).body


@pytest.mark.parametrize(
    "head",
    [
        "<script>location.href = '/in/other'</script>",
        "<script>location.reload()</script>",
        "<script>location.replace('/sent-on')</script>",
        "<meta http-equiv=refresh content='0; url=/in/other'>",
        "<script>history.pushState(1, '', '/in/other'); location.reload()</script>",
        '<script type=speculationrules>{"prefetch":[{"source":"list","urls":["/in/other"],'
        '"eagerness":"immediate"}]}</script>',
    ],
)  # fmt: skip
def test_a_page_that_leads_to_a_profile_is_not_followed_and_not_judged(source, site, head):
    site.answers["/sent-on"] = b"HTTP/1.1 302 x\r\nLocation: /in/other\r\nContent-Length: 0\r\n\r\n"
    site.page("/in/a", f"<head>{head}</head><body><h1>here</h1>")
    capture = fetch(source, site)
    assert site.profiles() == ["/in/a"]
    assert capture.status is CaptureStatus.UNREADABLE or "speculation" in head


def test_a_profile_that_has_moved_is_one_profile(source, site):
    site.answers["/in/a"] = b"HTTP/1.1 301 x\r\nLocation: /in/new\r\nContent-Length: 0\r\n\r\n"
    site.page("/in/new", "<h1>here</h1>")
    capture = fetch(source, site)
    assert (capture.status, capture.final_url) == (OK, f"http://{site.host}/in/new")


def test_the_requests_of_a_visit_are_counted_out(site):
    site.page("/in/a", "<script>for (let i = 0; i < 1000; i++) new Image().src = '/p' + i</script>")
    # their number ends the visit, not the time, however busy the machine is
    with opened(site, visit_seconds=30) as source:
        assert fetch(source, site).status is OK
    assert len(site.asked) <= 201


@pytest.mark.parametrize(
    "script",
    [
        "let a = []; for (;;) a.push(new Array(1e6).fill(1.5))",
        "let s = '<p>'; for (;;) document.body.innerHTML += (s += s)",
    ],
)  # fmt: skip
def test_a_page_that_fills_the_memory_is_left(site, script):
    site.page("/in/a", f"<body><h1>here</h1><script>{script}</script>")
    site.page("/in/b", "<h1>good</h1>")
    with opened(site) as source:
        assert fetch(source, site).status is not OK
        assert fetch(source, site, "/in/b").status is OK


class TestRobots:
    FORBIDS = "User-agent: *\nDisallow: /in/a\n"

    @pytest.fixture(autouse=True)
    def _asked_anew(self, source):
        """As by a new run; its browser is the same one."""
        source._robots.clear()
        yield
        source._robots.clear()

    def test_it_is_asked_once_and_kept_to(self, source, site):
        site.page("/robots.txt", self.FORBIDS)
        site.page("/in/b", "x")
        captures = [fetch(source, site, path) for path in ("/in/a", "/in/b", "/in/a")]
        assert [one.status for one in captures] == [
            CaptureStatus.NOT_ATTEMPTED,
            OK,
            CaptureStatus.NOT_ATTEMPTED,
        ]
        assert str(captures[0].trouble) == "robots.txt of the host forbids it"
        assert captures[0].final, "asking again within the month changes nothing"
        assert site.asked == ["/robots.txt", "/in/b"]

    @pytest.mark.parametrize("status", ["404 x", "403 x", "401 x", "410 x"])
    def test_without_one_everything_may_be_opened(self, source, site, status):
        site.page("/robots.txt", self.FORBIDS, status)
        site.page("/in/a", "x")
        assert fetch(source, site).status is OK

    @pytest.mark.parametrize("answer", [b"HTTP/1.1 500 x\r\nContent-Length: 0\r\n\r\n", b"rubbish"])
    def test_where_it_cannot_be_read_nothing_is_opened_for_now(self, source, site, answer):
        site.answers["/robots.txt"] = answer
        captures = [fetch(source, site) for _ in range(2)]
        assert {one.status for one in captures} == {CaptureStatus.NOT_ATTEMPTED}
        assert not captures[0].final, "another call may find it"
        assert "could not be read" in str(captures[0].trouble)
        assert site.profiles() == []
        assert len(site.asked) <= 2

    def test_a_site_that_refuses_already_there_has_refused(self, source, site):
        site.page("/robots.txt", "", "429 x", "Retry-After: 60\r\n")
        capture = fetch(source, site)
        assert (capture.status, capture.retry_after) == (REFUSED, 60)
        assert site.asked == ["/robots.txt"]

    def test_of_an_endless_one_the_beginning_counts(self, source, site):
        site.answers["/robots.txt"] = endless(
            b"HTTP/1.1 200 x\r\nContent-Type: text/plain\r\n\r\n" + self.FORBIDS.encode(), HUNDRED_KB
        )
        assert str(fetch(source, site).trouble) == "robots.txt of the host forbids it"

    def test_a_page_sent_in_its_place_forbids_nothing(self, source, site):
        site.page("/robots.txt", "<!doctype html><script>location.href='/in/other'</script>")
        site.page("/in/a", "x")
        assert fetch(source, site).status is OK
        assert site.asked == ["/robots.txt", "/in/a"]


class TestPace:
    GIVEN = Permission("board", "letter 12", date(2026, 1, 1), date(2026, 12, 31))

    @pytest.mark.parametrize("between", [0.0, 1e-9, 5.0])
    @pytest.mark.parametrize("jitter", [0.0, 15.0, 1e9])
    def test_linkedin_is_never_asked_more_often_than_every_twenty_seconds(self, between, jitter):
        policy = SimpleNamespace(permission=self.GIVEN, roster=RosterPolicy())
        context = SourceContext(policy, (), None, lambda: False, date(2026, 11, 22))
        chosen = PublicPageSettings(("www.linkedin.com",), seconds_between=between, jitter=jitter)
        pages = PublicPages(chosen, context, Path())
        try:
            assert min(pages._pause() for _ in range(200)) >= 20
        finally:
            pages.close()

    def test_the_permission_outranks_robots_and_the_run_says_so(self):
        policy = SimpleNamespace(permission=self.GIVEN, roster=RosterPolicy())
        context = SourceContext(policy, (), None, lambda: False, date(2026, 11, 22))
        pages = PublicPages(PublicPageSettings(("www.linkedin.com",)), context, Path())
        try:
            assert pages._ask_robots("https://nl.linkedin.com/in/a") is None
            assert "letter 12" in str(pages.notices[0])
        finally:
            pages.close()

    @pytest.mark.parametrize(
        "name", ["seconds_between", "jitter", "visit_seconds", "cool_down_hours", "daily_cap"]
    )
    @pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0])
    def test_a_number_that_is_none_keeps_the_source_shut(self, site, name, value):
        with pytest.raises(SourceUnavailable, match=name), opened(site, **{name: value}):
            pass

    def test_the_next_call_keeps_the_distance_too(self, site):
        just_now = datetime.now(UTC) - timedelta(seconds=100)
        with opened(site, seconds_between=300.0, visited=(just_now,)) as source:
            assert 150 < source._next_visit - time.monotonic() < 201

    def test_a_visit_that_fails_in_an_unknown_way_is_counted_and_keeps_the_pace(self, site, monkeypatch):
        async def stumble(*arguments, **more):
            raise RuntimeError

        monkeypatch.setattr(_public_pages, "visit", stumble)
        with opened(site, seconds_between=30, daily_cap=1) as source:
            with pytest.raises(RuntimeError):
                fetch(source, site)
            assert source._next_visit - time.monotonic() > 25
            assert str(fetch(source, site).trouble) == "the day's cap is reached"
