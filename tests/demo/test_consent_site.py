"""The replica of LinkedIn's consent page and interface has the real one's ways."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from auditor.demo.consent_site import CLIENT_ID, SECRET, ConsentSite, Fault, Member

MEMBER = Member("E-1", "Oda", "Vintermark", "Planner", (("A", "x", "2020", ""),) * 3)
BACK = "http://127.0.0.1:1/return"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def ask(address: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes, dict]:
    request = urllib.request.Request(address, body, headers)
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=10) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read(), dict(refusal.headers)


@pytest.fixture
def site():
    with ConsentSite([MEMBER], renewable=False) as running:
        yield running


def page_address(site: ConsentSite) -> str:
    query = {"response_type": "code", "client_id": CLIENT_ID, "redirect_uri": BACK, "state": "s"}
    return f"{site.origin}/oauth/v2/authorization?{urlencode(query)}"


def token_of(site: ConsentSite, code: str, **changes: str) -> tuple[int, dict]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "redirect_uri": BACK,
        **changes,
    }
    status, body, _ = ask(f"{site.origin}/oauth/v2/accessToken", urlencode(form).encode())
    return status, json.loads(body)


def data(site: ConsentSite, token: str, domain: str, start: int, version: str = "202312") -> tuple[int, dict]:
    where = f"{site.origin}/rest/memberSnapshotData?q=criteria&domain={domain}&start={start}"
    headers = {"Authorization": f"Bearer {token}", "LinkedIn-Version": version}
    status, body, _ = ask(where, **headers)
    return status, json.loads(body)


def test_a_browser_allows_or_cancels_and_comes_back_with_code_or_error(site):
    status, page, _ = ask(page_address(site))
    assert (status, b"Allow" in page, b"Cancel" in page) == (200, True, True)
    for allow, wanted in (("yes", "code"), ("no", "error")):
        query = {"redirect_uri": BACK, "state": "s", "member": "E-1", "allow": allow}
        status, _, headers = ask(f"{site.origin}/consent?{urlencode(query)}")
        back = parse_qs(urlsplit(headers["Location"]).query)
        assert (status, back["state"], wanted in back) == (302, ["s"], True)


def test_a_code_is_good_once_and_for_the_right_app_and_address(site):
    code = site.visit(page_address(site), "E-1")["code"]
    assert token_of(site, code, client_secret="guessed")[0] == 401
    assert token_of(site, code)[0] == 200
    assert token_of(site, code)[1]["error"] == "invalid_grant"
    other = site.visit(page_address(site), "E-1")["code"]
    assert token_of(site, other, redirect_uri="http://elsewhere.example")[0] == 400


def test_pages_go_by_index_to_a_404_and_total_tells_nothing(site):
    token = token_of(site, site.visit(page_address(site), "E-1")["code"])[1]["access_token"]
    answers = [data(site, token, "POSITIONS", start) for start in range(3)]
    assert [status for status, _ in answers] == [200, 200, 404]
    assert [len(one["elements"][0]["snapshotData"]) for _, one in answers[:2]] == [2, 1]
    assert answers[0][1]["paging"]["total"] != 3
    assert answers[2][1]["message"] == "No data found for this memberId"
    assert data(site, token, "POSITIONS", 0, version="202401")[0] == 400
    site.end_consent("E-1")
    assert data(site, token, "PROFILE", 0)[0] == 401


def test_a_fault_is_answered_as_such(site):
    token = token_of(site, site.visit(page_address(site), "E-1")["code"])[1]["access_token"]
    site.faults.add(Fault.THROTTLED)
    assert data(site, token, "PROFILE", 0)[0] == 429
    site.faults.clear()
    assert data(site, token, "PROFILE", 0)[0] == 200
