"""Who is let in: only a browser on this machine that the one-time link opened, from the desk's own pages."""

import pytest

from auditor.app.paths import log_of
from auditor.web.access import LARGEST_UPLOAD, SMALL_BODY
from tests.web.serving import Browser

FORM = {"Content_Type": "application/x-www-form-urlencoded"}


def refusals(desk):
    """What the log says of refusals."""
    desk.access.refusals.wait()
    log = log_of(desk.desk.policy, desk.desk.store.engine)
    return [line.content for line in log.lines() if line.event == "desk_refused"]


def test_without_the_link_nothing_is_shown(desk):
    stranger = Browser(desk.port)
    for path in ("/", "/review", "/static/desk.css", "/settings/picture?entity=x&name=y"):
        assert stranger.ask("GET", path).status == 403
    assert stranger.ask("GET", "/open?link=guessed").status == 403


def test_a_link_works_once(desk):
    link = desk.access.new_link()
    first = Browser(desk.port)
    assert first.ask("GET", link).status == 200
    assert first.ask("GET", "/").status == 200
    second = Browser(desk.port)
    assert second.ask("GET", link).status == 403
    assert second.ask("GET", "/").status == 403
    assert first.ask("GET", link).status == 200, "who is in already may open it again"


def test_the_cookie_is_for_this_site_and_no_script(desk):
    answer = Browser(desk.port).ask("GET", desk.access.new_link())
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "0.0.0.0:{port}"]
)
def test_another_host_is_refused_whatever_cookie_it_brings(desk, browser, host):
    answer = browser.ask("GET", "/review", Host=host.format(port=desk.port))
    assert answer.status in (400, 403)
    assert "Voorbeeld" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_form_of_another_page_is_refused(browser, headers):
    token = browser.get("/").form("/language")["token"]
    body = f"token={token}&language=nl&here=/".encode()
    assert browser.ask("POST", "/language", body, **FORM, **headers).status == 403
    assert '<html lang="en">' in browser.get("/").text


@pytest.mark.parametrize("token", ["", "wrong", "ü"])
def test_a_form_without_its_token_is_refused(browser, token):
    answer = browser.post("/language", {"token": token, "language": "nl", "here": "/"})
    assert answer.status == 403
    assert '<html lang="en">' in browser.get("/").text


def test_the_token_of_another_session_is_refused(desk, browser):
    other = desk.browser().get("/").form("/language")["token"]
    assert browser.post("/language", {"token": other, "language": "nl", "here": "/"}).status == 403


def test_a_body_larger_than_agreed_is_refused_before_it_is_read(browser):
    assert browser.ask("POST", "/language", b"x" * (SMALL_BODY + 1), **FORM).status == 413
    answer = browser.ask("POST", "/collect/drop", b"x", Content_Length=str(LARGEST_UPLOAD + 1))
    assert answer.status == 413


def test_a_body_that_goes_on_beyond_what_it_said_is_cut_off(desk, browser):
    """Sent in chunks, without a length."""
    import socket

    with socket.create_connection(("127.0.0.1", desk.port), timeout=30) as line:
        head = f"POST /language HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nCookie: {browser.cookie}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
        line.sendall(head.encode())
        try:
            for _ in range(40):
                line.sendall(b"2710\r\n" + b"x" * 10_000 + b"\r\n")
            line.sendall(b"0\r\n\r\n")
        except OSError:
            return  # closed on us, as it should
        assert b" 413 " in line.recv(200) or b" 400 " in line.recv(200)


def test_every_answer_forbids_framing_caching_and_foreign_content(browser):
    for path in ("/", "/static/desk.js", "/no-such-page"):
        headers = browser.ask("GET", path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_no_page_has_a_script_or_style_of_its_own_or_asks_another_site(browser):
    for path in ("/", "/collect", "/review", "/leavers", "/people", "/settings"):
        text = browser.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick" not in text
        assert 'src="http' not in text
        assert text.count("<script") == 1


def test_refusals_stand_in_the_log_without_names(desk, browser):
    before = len(refusals(desk))
    Browser(desk.port).ask("GET", "/people/one?person=0101")
    browser.ask("POST", "/language", b"", Origin="https://evil.example", **FORM)
    browser.ask("GET", "/", Host="evil.example")
    assert refusals(desk)[before:] == [{"why": "session"}, {"why": "origin"}, {"why": "host"}]


@pytest.mark.parametrize(
    "here", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_to_another_site(browser, here):
    token = browser.get("/").form("/language")["token"]
    sent = f"token={token}&language=en&here={here}".encode()
    answer = browser.ask("POST", "/language", sent, **FORM)
    assert (answer.status, answer.headers["location"]) == (303, "/")
