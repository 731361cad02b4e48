"""What never reaches the member's page, and the headers of all that does."""

from __future__ import annotations

import socket
from types import SimpleNamespace

import pytest

from auditor.demo.consent_site import SECRET
from auditor.errors import UsageError
from auditor.web.member.gate import PublicAddress, Visit, caller
from tests.web.member_serving import served_member
from tests.web.serving import Browser


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INVENTED_APP_SECRET", SECRET)
        with served_member(tmp_path_factory.mktemp("member") / "firm") as made:
            yield made


def test_every_answer_carries_the_headers(served):
    browser = served.browser(0)
    for path in ("/", "/static/member.css", "/nothing", "/m/invite/x"):
        headers = browser.ask("GET", path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert headers["x-robots-tag"].startswith("noindex")
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        assert "server" not in headers
    assert browser.ask("GET", "/").headers["cache-control"] == "no-store"
    assert "<script" not in browser.get("/").text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(served):
    answer = Browser(served.port).ask("GET", served.path(0))
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]


def test_another_host_a_foreign_form_a_wrong_token_and_a_large_body_are_refused(served):
    browser = served.browser(0)
    assert browser.ask("GET", "/", Host="evil.example").status == 421
    assert browser.ask("GET", "/", Host=f"localhost:{served.port}").status == 421
    kind = "application/x-www-form-urlencoded"
    fields = browser.get("/").form("/object")
    body = f"token={fields['token']}".encode()
    foreign = browser.ask("POST", "/object", body, Content_Type=kind, Origin="https://evil.example")
    assert foreign.status == 403
    assert browser.ask("POST", "/object", body, Content_Type=kind, Sec_Fetch_Site="cross-site").status == 403
    assert browser.ask("POST", "/object", b"token=guess", Content_Type=kind).status == 403
    assert browser.ask("POST", "/object", b"", Content_Type=kind).status == 403
    theirs = served.browser(1).get("/").form("/object")
    assert (
        browser.ask("POST", "/object", f"token={theirs['token']}".encode(), Content_Type=kind).status == 403
    )
    assert browser.ask("POST", "/object", b"x" * 30_000, Content_Type=kind).status == 413
    assert browser.ask("POST", "/file", b"", Content_Length="200000000").status == 413
    assert browser.ask("GET", "/object").status in (404, 405)
    assert "You have objected" not in browser.get("/").words


@pytest.mark.parametrize(
    "cookie", ["member=x", "member=~~~", "member=" + "a" * 50 + "~xx~invite~x", "member=é"]
)
def test_a_cookie_that_was_made_up_opens_nothing(served, cookie):
    answer = Browser(served.port).ask("GET", "/", Cookie=cookie.encode().decode("latin-1"))
    assert answer.status == 403


@pytest.mark.parametrize(
    ("address", "encrypted", "cookie"),
    [
        ("https://profile.example.com", True, "__Host-member"),
        ("https://Profile.example.com:8443/", True, "__Host-member"),
        ("http://127.0.0.1:8460", False, "member"),
    ],
)
def test_an_encrypted_page_has_a_secure_cookie(address, encrypted, cookie):
    made = PublicAddress.of(address)
    assert (made.encrypted, made.cookie) == (encrypted, cookie)
    from starlette.responses import Response

    kept = Visit.begin("invite", "x").keep(Response(), made).headers["set-cookie"]
    assert ("Secure" in kept) is encrypted


@pytest.mark.parametrize(
    "address",
    ["", "profile.example.com", "http://profile.example.com", "https://a.example/x", "https://u@a.example"],
)
def test_an_address_that_is_none_or_not_encrypted_is_refused(address):
    with pytest.raises(UsageError):
        PublicAddress.of(address)


@pytest.mark.parametrize(
    ("host", "said", "counts"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
    ],
)
def test_only_a_proxy_on_this_machine_is_believed(host, said, counts):
    request = SimpleNamespace(client=SimpleNamespace(host=host), headers={"x-forwarded-for": said})
    assert caller(request, "") == counts


@pytest.mark.parametrize(
    ("host", "counts"),
    [("172.18.0.5", "203.0.113.9"), ("172.18.0.6", "172.18.0.6"), ("127.0.0.1", "203.0.113.9")],
)
def test_a_proxy_on_another_machine_is_believed_once_it_is_named(monkeypatch, host, counts):
    known = {"proxy": [(2, 1, 6, "", ("172.18.0.5", 0))]}
    monkeypatch.setattr("socket.getaddrinfo", lambda name, port: known[name])
    request = SimpleNamespace(client=SimpleNamespace(host=host), headers={"x-forwarded-for": "203.0.113.9"})
    assert caller(request, "proxy") == counts


def test_a_proxy_whose_name_is_not_known_is_not_believed(monkeypatch):
    def unknown(name, port):
        raise socket.gaierror

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    said = {"x-forwarded-for": "203.0.113.9"}
    request = SimpleNamespace(client=SimpleNamespace(host="172.18.0.5"), headers=said)
    assert caller(request, "proxy") == "172.18.0.5"
