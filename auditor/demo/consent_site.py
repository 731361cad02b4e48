"""A replica of LinkedIn's consent page and snapshot interface on this computer's own address.

It has the real one's ways: pages by index until a 404, a `total` that tells nothing, data that appears some
time after the consent, and 401 for a consent that ended. `faults` make it answer wrongly.
"""

from __future__ import annotations

import html
import json
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from auditor.demo.loopback import LoopbackSite, Reply, Request

CLIENT_ID, SECRET = "invented-app", "invented-secret"
_JSON = "application/json"
#: rows on a page of the interface
PAGE_ROWS = 2
_TWO_MONTHS, _YEAR = 60 * 86_400, 365 * 86_400
#: what LinkedIn sends beyond the audited fields; it must be found nowhere afterwards
BEYOND = "Zeldzaam-Geheim"


class Fault(StrEnum):
    """A way to answer wrongly."""

    TOKEN_HTML = "token_html"
    TOKEN_HUGE = "token_huge"
    TOKEN_SLOW = "token_slow"
    TOKEN_REFUSED = "token_refused"
    NOT_READY = "not_ready"
    THROTTLED = "throttled"
    BROKEN = "broken"
    ENDLESS = "endless"
    HUGE = "huge"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the replica. `positions` are employer, title, start and end as the interface writes them;
    `consents` False: this one says no on the consent page."""

    id: str
    first: str
    last: str
    headline: str
    positions: tuple[tuple[str, str, str, str], ...]
    banner: str = ""
    consents: bool = True


@dataclass(slots=True)
class _Access:
    """A token's member, and whether it is still accepted."""

    member: str
    stands: bool = True


@dataclass(slots=True)
class _State:
    members: dict[str, Member]
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    access: dict[str, _Access] = field(default_factory=dict)
    renewals: dict[str, str] = field(default_factory=dict)


class ConsentSite(LoopbackSite):
    """The running replica; use it in a `with` statement. `fetches` counts how often each member's profile was
    read. `signed_in` is the member who visits the consent page; empty: the page asks. `on_page` is called
    before a page of data is answered, with the member and the domain."""

    def __init__(self, members: Iterable[Member], *, renewable: bool = True, port: int = 0) -> None:
        self.fetches: Counter[str] = Counter()
        self.requests = 0
        self.faults: set[Fault] = set()
        self.signed_in = ""
        self.token_seconds = _TWO_MONTHS
        self.on_page: Callable[[str, str], None] | None = None
        self._renewable = renewable
        self._state = _State({one.id: one for one in members})
        self._lock = threading.Lock()
        super().__init__(port)

    def end_consent(self, member: str) -> None:
        """Let a member's consent end at LinkedIn: expired, withdrawn there, or the app was removed."""
        with self._lock:
            for access in self._state.access.values():
                if access.member == member:
                    access.stands = False
            self._state.renewals = {k: v for k, v in self._state.renewals.items() if v != member}

    def change(self, member: Member) -> None:
        """Let a member's profile be another one from now on."""
        with self._lock:
            self._state.members[member.id] = member

    def visit(self, address: str, member: str) -> dict[str, str]:
        """What a member does on the consent page at this address, as the query of the return."""
        query = _query(address)
        return self._decide(query, member, allow=self._state.members[member].consents)

    def reply_to(self, request: Request) -> Reply:
        """The answer of the consent page or of the interface."""
        path, query = urlsplit(request.target).path, _query(request.target)
        with self._lock:
            self.requests += 1
        if path == "/oauth/v2/authorization":
            return self._page(query)
        if path == "/consent":
            back = self._decide(query, query.get("member", ""), allow=query.get("allow") == "yes")
            return Reply(
                b"", 302, headers=(("Location", f"{query.get('redirect_uri', '')}?{urlencode(back)}"),)
            )
        if path == "/oauth/v2/accessToken":
            return self._token(_query(f"?{request.body.decode('ascii', 'replace')}"))
        if path == "/rest/memberSnapshotData":
            return self._data(query, request.headers)
        return _json({}, 404)

    def _page(self, query: Mapping[str, str]) -> Reply:
        if query.get("client_id") != CLIENT_ID or query.get("response_type") != "code":
            return Reply(b"unknown app", 400, "text/plain")
        kept = "".join(
            f'<input type="hidden" name="{name}" value="{html.escape(query.get(name, ""), quote=True)}">'
            for name in ("redirect_uri", "state", "client_id")
        )
        kind = "hidden" if self.signed_in else "text"
        who = (
            f'<label>Member <input type="{kind}" name="member" value="{html.escape(self.signed_in)}"></label>'
        )
        page = (
            '<!DOCTYPE html><html lang="en"><head><title>Replica of a consent page</title></head><body><main>'
            f'<h1>Let this app read your data?</h1><form action="/consent">{kept}{who}'
            '<button name="allow" value="yes">Allow</button> <button name="allow" value="no">Cancel</button>'
            "</form></main></body></html>"
        )
        return Reply(page.encode())

    def _decide(self, query: Mapping[str, str], member: str, *, allow: bool) -> dict[str, str]:
        state = query.get("state", "")
        if not allow or member not in self._state.members:
            words = "The user cancelled the authorization"
            return {"error": "user_cancelled_authorize", "error_description": words, "state": state}
        code = secrets.token_urlsafe(24)
        with self._lock:
            self._state.codes[code] = (member, query.get("redirect_uri", ""))
        return {"code": code, "state": state}

    def _token(self, form: Mapping[str, str]) -> Reply:
        if Fault.TOKEN_HTML in self.faults:
            return Reply(b"<html><body>Sign in</body></html>")
        if Fault.TOKEN_HUGE in self.faults:
            return _json({"access_token": "x" * 3_000_000})
        if Fault.TOKEN_SLOW in self.faults:
            self.wait(4)
        if Fault.TOKEN_REFUSED in self.faults or (form.get("client_id"), form.get("client_secret")) != (
            CLIENT_ID,
            SECRET,
        ):
            return _json(
                {"error": "invalid_client", "error_description": "Client authentication failed"}, 401
            )
        with self._lock:
            if form.get("grant_type") == "refresh_token":
                member = self._state.renewals.get(form.get("refresh_token", ""), "")
            else:
                member, redirect = self._state.codes.pop(form.get("code", ""), ("", ""))
                member = member if redirect == form.get("redirect_uri") else ""
            if not member:
                return _json({"error": "invalid_grant", "error_description": "no such code"}, 400)
            return _json(self._new_token(member))

    def _new_token(self, member: str) -> dict[str, Any]:
        access = f"AQX{secrets.token_urlsafe(48)}"
        self._state.access[access] = _Access(member)
        token: dict[str, Any] = {"access_token": access, "expires_in": self.token_seconds}
        if self._renewable:
            renewal = f"AQY{secrets.token_urlsafe(48)}"
            self._state.renewals[renewal] = member
            token |= {"refresh_token": renewal, "refresh_token_expires_in": _YEAR}
        return {**token, "scope": "r_dma_portability_3rd_party"}

    def _data(self, query: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        known = {name.casefold(): value for name, value in headers.items()}
        if Fault.PROXY in self.faults:
            return Reply(b"<html>Who are you?</html>", 401)
        with self._lock:
            access = self._state.access.get(known.get("authorization", "").removeprefix("Bearer "))
            member = self._state.members.get(access.member) if access and access.stands else None
        if member is None:
            return _json({"status": 401, "code": "REVOKED_ACCESS_TOKEN", "message": "revoked"}, 401)
        if known.get("linkedin-version") != "202312" or query.get("q") != "criteria":
            return _json({"status": 400, "message": "not like this"}, 400)
        domain, start = query.get("domain", ""), int(query.get("start", "0"))
        if self.on_page:
            self.on_page(member.id, domain)
        wrong = self._wrong_data()
        if wrong:
            return wrong
        if (domain, start) == ("PROFILE", 0):
            with self._lock:
                self.fetches[member.id] += 1
        return _page_of(member, domain, start, endless=Fault.ENDLESS in self.faults)

    def _wrong_data(self) -> Reply | None:
        if Fault.THROTTLED in self.faults:
            return replace(_json({"status": 429}, 429), headers=(("Retry-After", "120"),))
        if Fault.BROKEN in self.faults:
            return Reply(b"{", 500, _JSON)
        if Fault.HUGE in self.faults:
            return _json({"elements": "x" * 5_000_000})
        if Fault.NOT_READY in self.faults:
            return _NOTHING_FOUND
        return None


def _page_of(member: Member, domain: str, start: int, *, endless: bool) -> Reply:
    rows = rows_of(member, domain)
    place = 0 if endless else start * PAGE_ROWS
    shown = rows[place : place + PAGE_ROWS]
    if not shown:
        return _NOTHING_FOUND
    following = {
        "type": "application/json",
        "rel": "next",
        "href": f"/rest/memberSnapshotData?start={start + 1}",
    }
    more = place + PAGE_ROWS < len(rows)
    return _json(
        {
            "paging": {
                "start": start,
                "count": 10,
                "links": [following] if more else [],
                "total": 3 * len(rows),
            },
            "elements": [{"snapshotDomain": domain, "snapshotData": shown}],
        }
    )


def _profile(member: Member) -> list[dict[str, str]]:
    beyond = {"Birth Date": f"{BEYOND} 1", "Summary": f"{BEYOND} 2", "Geo Location": f"{BEYOND} 3"}
    known = {"First Name": member.first, "Last Name": member.last, "Maiden Name": ""}
    return [{**known, "Headline": member.headline, **beyond}]


def _positions(member: Member) -> list[dict[str, str]]:
    return [
        {
            "Company Name": company,
            "Title": title,
            "Description": f"{BEYOND} 4",
            "Location": f"{BEYOND} 5",
            "Started On": start,
            "Finished On": end,
        }
        for company, title, start, end in member.positions
    ]


def _rich_media(member: Member) -> list[dict[str, str]]:
    portrait = {
        "Date/Time": "You uploaded a profile photo",
        "Media Description": f"{BEYOND} 6",
        "Media Link": f"https://media.licdn.com/{BEYOND}-7",
    }
    if not member.banner:
        return [portrait]
    said = "You uploaded a profile background photo on August 4, 2026 at 4:38 PM (GMT)"
    banner = {"Date/Time": said, "Media Description": f"{BEYOND} 8", "Media Link": member.banner}
    return [portrait, banner]


def _no_rows(_member: Member) -> list[dict[str, str]]:
    return []


_ROWS: Mapping[str, Callable[[Member], list[dict[str, str]]]] = {
    "PROFILE": _profile,
    "POSITIONS": _positions,
    "RICH_MEDIA": _rich_media,
}


def rows_of(member: Member, domain: str) -> list[dict[str, str]]:
    """What the interface holds of a member in PROFILE, POSITIONS or RICH_MEDIA; nothing in other domains."""
    return _ROWS.get(domain, _no_rows)(member)


def _query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def _json(content: Mapping[str, Any], status: int = 200) -> Reply:
    return Reply(json.dumps(content).encode(), status, _JSON)


_NOTHING_FOUND = _json({"status": 404, "message": "No data found for this memberId"}, 404)
