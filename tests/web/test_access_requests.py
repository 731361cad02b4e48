"""Requests that no page of the desk makes: half ones, odd addresses, odd forms. Nobody else waits."""

import socket
import time
from contextlib import ExitStack, contextmanager
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from auditor.store.database import writing
from tests.web.serving import Browser
from tests.web.test_access import FORM, refusals

PAGES = ("/", "/collect", "/review", "/leavers", "/people", "/settings")


def raw(desk, head, body=b"", **more):
    """Bytes as they are; the status that comes back, 0 where the line was cut."""
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
        line.sendall(head.encode("latin-1") + b"\r\n" + body)
        try:
            answer = line.recv(400)
        except OSError:
            return 0
    return int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def head(desk, target, method="GET", cookie="", **headers):
    lines = [f"{method} {target} HTTP/1.1", f"Host: {headers.pop('Host', f'127.0.0.1:{desk.port}')}"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines) + "\r\n"


def test_requests_that_never_end_hold_nobody_up(desk, browser):
    """Half a head; a form whose body comes byte by byte."""
    with ExitStack() as open_lines:
        for number in range(60):
            line = open_lines.enter_context(socket.create_connection(("127.0.0.1", desk.port), timeout=20))
            if number % 2:
                line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1")
            else:
                more = {"Content_Type": FORM["Content_Type"], "Content_Length": "90000"}
                line.sendall(head(desk, "/language", "POST", browser.cookie, **more).encode() + b"\r\ntoken=")
        begun = time.monotonic()
        assert browser.get("/people").status == 200
        assert time.monotonic() - begun < 5


def test_an_upload_that_is_broken_off_is_no_fault(desk, browser, monkeypatch):
    faults = []
    monkeypatch.setattr("auditor.web.server.note_fault", lambda event, _fault: faults.append(event) or "")
    more = {"Content_Type": "multipart/form-data; boundary=x", "Content_Length": "90000"}
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
        line.sendall(head(desk, "/collect/drop", "POST", browser.cookie, **more).encode() + b"\r\n--x\r\n")
    for _ in range(5):
        assert browser.get("/").status == 200
    assert not faults


def test_a_file_of_two_gigabytes_is_refused_by_its_length(desk, browser):
    more = {"Content_Type": "multipart/form-data; boundary=x", "Content_Length": "2000000000"}
    assert raw(desk, head(desk, "/collect/drop", "POST", browser.cookie, **more), b"--x\r\n") == 413


@pytest.mark.parametrize(
    "length", ["-1", "1e3", "0x10", "99999999999999999999999", "5, 5", "٣"], ids=lambda text: ascii(text)
)
def test_an_odd_length_is_refused(desk, browser, length):
    sent = head(desk, "/language", "POST", browser.cookie, Content_Length=length.encode().decode("latin-1"))
    assert raw(desk, sent, b"token=x") in (0, 400, 403, 413)


@pytest.mark.parametrize(
    "host", ["els@127.0.0.1:{port}", "127.0.0.1:{port}@evil.example", "127.0.0.1:{port}."]
)
def test_a_host_with_something_around_it_is_refused(desk, browser, host):
    assert browser.ask("GET", "/", Host=host.format(port=desk.port)).status in (400, 403)


@pytest.mark.parametrize(
    "target",
    [
        "http://evil.example/review",
        "http://127.0.0.1/review",
        "//evil.example/review",
        "/static/..%2fdesk.py",
        "/static/..%2f..%2fconfig%2fpolicy.yaml",
        "/static/%2e%2e/page.py",
        "/static/..\\desk.py",
        "/static/%00",
        "/static/desk.css%00",
        "/%ff%fe",
        "/review/../../etc/passwd",
    ],
)
def test_no_address_leads_to_a_file_or_to_another_site(desk, browser, target):
    assert raw(desk, head(desk, target, cookie=browser.cookie)) in (400, 404)


@pytest.mark.parametrize(
    "link", ["%ff", "\xff\xfe", "", "a" * 60_000, "%00"], ids=["%ff", "ff", "-", "long", "00"]
)
def test_an_odd_link_is_refused(desk, link):
    assert raw(desk, head(desk, f"/open?link={link}")) in (403, 400)


ODD = (
    "%00",
    "%ff%fe",
    "-1",
    "0",
    "99999999999999999999",
    "٣",
    "%0d%0aX-Made:%20up",
    "a" * 50_000,
    "'%20OR%201=1",
)


def test_odd_words_in_an_address_are_only_words(browser):
    for path, names in (
        ("/review", ("page", "show", "q")),
        ("/people", ("page", "q")),
        ("/collect", ("at", "page")),
    ):
        for value in ODD:
            query = "&".join(f"{name}={quote(value, safe='%')[: 60_000 // len(names)]}" for name in names)
            answer = browser.ask("GET", f"{path}?{query}")
            assert answer.status == 200
            assert "x-made" not in answer.headers


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/review/one?finding=", (200, 409)),
        ("/people/one?person=", (200, 409)),
        ("/people/one?person=0101&run=", (200, 409)),
        ("/leavers/one?case=", (200, 409)),
        ("/review/picture?finding=", (404,)),
        ("/settings/picture?entity=", (404,)),
        ("/leavers/paper?case=", (404, 409)),
    ],
)
def test_what_is_not_there_is_said_and_never_a_fault(browser, path, statuses):
    for value in ODD:
        assert browser.ask("GET", path + quote(value, safe="%")).status in statuses


def test_a_long_address_is_answered_alike_however_the_line_cuts_it(desk, browser):
    sent = head(desk, "/review/picture?finding=" + "a" * 50_000, cookie=browser.cookie).encode() + b"\r\n"
    for cut in (17_000, 40_000):
        with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
            line.sendall(sent[:cut])
            time.sleep(0.2)
            line.sendall(sent[cut:])
            assert line.recv(400).startswith(b"HTTP/1.1 404 ")


def test_a_form_of_ten_thousand_fields_is_refused(browser):
    fields = {f"f{n}": "1" for n in range(10_000)}
    assert browser.post("/language", fields).status in (400, 403)
    assert browser.post("/collect/drop", fields, {}).status in (400, 403)
    assert browser.get("/").status == 200


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/json", "", "multipart/form-data", "multipart/form-data; boundary=",
     "multipart/form-data; boundary=x; charset=no-such", "application/x-www-form-urlencoded; charset=utf-7"],
)  # fmt: skip
def test_a_form_of_another_kind_changes_nothing(browser, kind):
    token = browser.get("/").form("/language")["token"]
    sent = f"token={token}&language=de&here=/".encode()
    assert browser.ask("POST", "/language", sent, Content_Type=kind).status in (303, 400, 403)
    browser.post("/language", {"token": token, "language": "en", "here": "/"})


def test_broken_letters_in_a_form_are_no_fault(browser, firm):
    page = browser.get("/settings")
    token = page.form("/name")["token"].encode()
    answer = browser.ask("POST", "/name", b"by=%ff%fe%ed%a0%80\xff\x00%00Els&token=" + token, **FORM)
    assert answer.status == 303
    assert browser.get("/settings").status == 200
    about = b'form-data; name="by"\r\n\r\n\xff\xed\xa0\x80Els\x00'
    body = b"--x\r\nContent-Disposition: " + about + b"\r\n--x\r\nContent-Disposition: "
    body += b'form-data; name="token"\r\n\r\n' + token + b"\r\n--x--\r\n"
    for kind in ("", "; charset=utf-7", "; charset=unicode_escape", "; charset=idna"):
        answer = browser.ask("POST", "/name", body, Content_Type=f"multipart/form-data; boundary=x{kind}")
        assert answer.status in (303, 400)
        assert browser.get("/settings").status == 200
    browser.post("/name", {"token": token.decode(), "by": ""})


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2026-02-30", "2026-W01-1", "20261130", "x" * 5_000]
)
def test_days_outside_the_calendar_are_refused_or_kept_but_never_a_fault(browser, desk, day):
    page = browser.get(browser.get("/review?show=open").links("/review/one")[0])
    fields = page.form("/review/answer")
    answer = browser.post("/review/answer", {**fields, "word": "waived", "until": day, "remark": "x"})
    assert answer.status in (200, 409)
    if answer.status == 200:
        browser.post("/review/undo", fields)
    departure = browser.get(browser.get("/leavers").links("/leavers/one")[0])
    step = departure.form("/leavers/tick")
    ticked = browser.post("/leavers/tick", {**step, "state": "done", "evidence": "x", "done_on": day})
    assert ticked.status in (200, 409)
    for path in (*PAGES, departure.path):
        assert browser.get(path).status == 200
    browser.post("/leavers/tick", {**step, "state": "open"})


@contextmanager
def held(engine):
    """Another program that writes into the store and takes its time."""
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE decisions SET remark = remark"))
        yield


def test_refusing_somebody_holds_nobody_else_up(desk, browser):
    """The line in the log waits for a store that is being written; the pages do not wait for the line."""
    browser.get("/people")
    with held(desk.desk.store.engine):
        line = socket.create_connection(("127.0.0.1", desk.port), timeout=30)
        line.sendall((head(desk, "/", Host="evil.example") + "\r\n").encode())
        time.sleep(0.3)
        begun = time.monotonic()
        assert browser.ask("GET", "/static/desk.css").status == 200
        assert time.monotonic() - begun < 3
    line.close()


def test_a_page_that_asks_a_thousand_times_does_not_fill_the_log(desk):
    before = len(refusals(desk))
    stranger = Browser(desk.port)
    for _ in range(150):
        assert stranger.ask("GET", "/").status == 403
    lines = refusals(desk)[before:]
    assert len(lines) < 40
    assert any(line.get("times", 0) > 60 for line in lines)
