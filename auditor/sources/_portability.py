"""LinkedIn's Member Data Portability interface over HTTP: bounded answers, and no secret in any text.

httpx carries the requests; Authlib makes the address of the consent page and the exchange of its code.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.client import OAuth2Client

from auditor.files.reading import MEGABYTE
from auditor.model.capture import CaptureStatus
from auditor.model.consent import Token
from auditor.model.message import Text
from auditor.sources._visit_limits import wait_asked_for

SCOPE = "r_dma_portability_3rd_party"
VERSION = "202312"
#: a page of POSITIONS has some kilobytes, a token answer one
LARGEST_PAGE, LARGEST_TOKEN = 4 * MEGABYTE, 64 * 1024
#: a token that lasts no longer is as good as none, whichever of both clocks is wrong
SKEW = timedelta(minutes=5)
#: what LinkedIn gives a token where the answer does not say
USUAL_LIFE, LONGEST_LIFE = timedelta(days=60), timedelta(days=365)


class Failure(Exception):
    """An answer that is not what was asked for; `words` is a phrase for people without any secret."""

    def __init__(
        self,
        status: CaptureStatus,
        words: Text,
        http_status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(str(words))
        self.status = status
        self.words = words
        self.http_status = http_status
        self.retry_after = retry_after


class NotAccepted(Exception):
    """LinkedIn accepts the token or the code no more: the consent ended or was taken back there."""

    def __init__(self, http_status: int) -> None:
        super().__init__(str(http_status))
        self.http_status = http_status


@dataclass(frozen=True, slots=True)
class App:
    """The company's own app at LinkedIn, and where LinkedIn is."""

    client_id: str
    secret: str
    redirect_address: str
    sign_in_address: str
    api_address: str
    seconds: float


class _Limited(httpx.BaseTransport):
    """Reads each answer to its end here, within a size and a time, so that nothing behind it can wait."""

    def __init__(self, address: str, seconds: float, most: int) -> None:
        parts = urlsplit(address)
        proxy = None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
        self._transport = httpx.HTTPTransport(verify=_certificates(), proxy=proxy)
        self._seconds = seconds
        self._most = most

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        deadline = time.monotonic() + self._seconds
        response = self._transport.handle_request(request)
        body = bytearray()
        try:
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise httpx.DecodingError("the answer is packed although that was not asked for")
            for part in response.stream:  # type: ignore[union-attr]
                body += part
                if len(body) > self._most:
                    raise httpx.DecodingError("the answer is too large")
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer is too slow")
        finally:
            response.close()
        return httpx.Response(
            response.status_code, headers=response.headers, content=bytes(body), request=request
        )

    def close(self) -> None:
        self._transport.close()


@cache
def _certificates() -> ssl.SSLContext:
    """The authorities that are trusted; to read them takes longer than to ask LinkedIn."""
    return httpx.create_ssl_context()


class _AppAuth(httpx.Auth, ClientAuth):  # type: ignore[misc]
    """The app's id and secret in the body, as LinkedIn wants them; Authlib's own class does the same."""

    requires_request_body = True

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        address, headers, body = self.prepare(
            request.method, str(request.url), request.headers, request.content
        )
        headers["Content-Length"] = str(len(body))
        yield httpx.Request(
            request.method, address, headers=headers, content=body, extensions=request.extensions
        )


class _Client(OAuth2Client):  # type: ignore[misc]
    client_auth_class = _AppAuth


class Portability:
    """A connection of the app with LinkedIn, for many requests; to be closed."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._api = _client(app.api_address, app.seconds, LARGEST_PAGE)
        self._sign_in = _client(app.sign_in_address, app.seconds, LARGEST_TOKEN)
        self._oauth = _Client(
            self._sign_in,
            client_id=app.client_id,
            client_secret=app.secret,
            token_endpoint_auth_method="client_secret_post",
            redirect_uri=app.redirect_address,
        )

    def close(self) -> None:
        """Close the connections."""
        self._api.close()
        self._sign_in.close()

    def consent_page(self, state: str) -> str:
        """The address of LinkedIn's consent page, which comes back with this state."""
        where = f"{self._app.sign_in_address}/oauth/v2/authorization"
        address, _ = self._oauth.create_authorization_url(where, state=state, scope=SCOPE)
        return str(address)

    def exchange(self, code: str) -> Token:
        """The token for the code of a return. Raises NotAccepted, Failure."""
        return self._token({"grant_type": "authorization_code", "code": code})

    def refresh(self, token: Token) -> Token:
        """A new token for one that can be renewed. Raises NotAccepted, Failure."""
        new = self._token({"grant_type": "refresh_token", "refresh_token": token.refresh})
        if new.refresh:
            return new
        return Token(new.access, new.ends_at, token.refresh, token.refresh_ends_at)

    def page(self, token: Token, domain: str, start: int) -> Mapping[str, Any] | None:
        """The page of a domain with this index, as it came; None behind the last one.

        Raises NotAccepted, Failure.
        """
        headers = {"Authorization": f"Bearer {token.access}", "LinkedIn-Version": VERSION}
        query: dict[str, str | int] = {"q": "criteria", "domain": domain, "start": start}
        try:
            response = self._api.get(
                f"{self._app.api_address}/rest/memberSnapshotData", params=query, headers=headers
            )
        except httpx.HTTPError as trouble:
            raise _unreachable(trouble) from None
        if response.status_code == 404 and b"no data found" in response.content[:2000].lower():
            return None
        _raise_for(response)
        content = _json(response)
        if content is None:
            raise Failure(CaptureStatus.UNREADABLE, "LinkedIn's answer is not JSON", response.status_code)
        return content

    def _token(self, form: dict[str, str]) -> Token:
        now = datetime.now(UTC)
        where = f"{self._app.sign_in_address}/oauth/v2/accessToken"
        try:
            content = self._oauth.fetch_token(where, **form)
        except OAuth2Error as trouble:
            old_code = trouble.error == "invalid_request" and "code" in form
            if trouble.error == "invalid_grant" or old_code:
                raise NotAccepted(400) from None
            words = "LinkedIn does not accept the company's app"
            raise Failure(CaptureStatus.UNREADABLE, words, 400) from None
        except httpx.HTTPStatusError as trouble:
            if trouble.response.status_code != 401:
                _raise_for(trouble.response)
            raise Failure(CaptureStatus.UNREADABLE, "LinkedIn's token answer is no token") from None
        except httpx.HTTPError as trouble:
            raise _unreachable(trouble) from None
        except (ValueError, TypeError, RecursionError):
            raise Failure(CaptureStatus.UNREADABLE, "LinkedIn's token answer is no token") from None
        return _read_token(content, now)


def _read_token(content: Mapping[str, Any], now: datetime) -> Token:
    access, refresh = content.get("access_token"), content.get("refresh_token")
    if not _is_secret(access):
        raise Failure(CaptureStatus.UNREADABLE, "LinkedIn's token answer is no token")
    renewable = refresh if _is_secret(refresh) else ""
    ends = now + _life(content.get("expires_in"), USUAL_LIFE)
    refresh_ends = now + _life(content.get("refresh_token_expires_in"), LONGEST_LIFE)
    return Token(str(access), ends, str(renewable), refresh_ends if renewable else None)


def _is_secret(value: Any) -> bool:
    """Whether a value can be sent in a header: LinkedIn's tokens have up to 1000 signs of ASCII."""
    return isinstance(value, str) and value.isascii() and value.isprintable() and 0 < len(value) <= 4000


def _life(value: Any, usual: timedelta) -> timedelta:
    known = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return min(timedelta(seconds=min(value, 10**9)), LONGEST_LIFE) if known else usual


def _raise_for(response: httpx.Response) -> None:
    """Raises what a status other than 200 means."""
    status = response.status_code
    if status == 200:
        return
    if status == 401 and _json(response) is not None:  # a page of some proxy says nothing of the consent
        raise NotAccepted(401)
    asked = response.headers.get("Retry-After")
    wait = wait_asked_for(asked, datetime.now(UTC)) if asked is not None else None
    if status in (429, 999) or (status == 503 and wait is not None):
        raise Failure(CaptureStatus.RATE_LIMITED, f"LinkedIn answered {status}", status, wait)
    if status == 403:
        words = "LinkedIn does not let the company's app read this"
        raise Failure(CaptureStatus.UNREADABLE, words, status)
    kind = CaptureStatus.NETWORK_ERROR if status >= 500 else CaptureStatus.UNREADABLE
    raise Failure(kind, f"LinkedIn answered {status}", status)


def _client(address: str, seconds: float, most: int) -> httpx.Client:
    unpacked = {"Accept-Encoding": "identity"}
    return httpx.Client(timeout=seconds, headers=unpacked, transport=_Limited(address, seconds, most))


def _unreachable(trouble: httpx.HTTPError) -> Failure:
    """The failure without the library's words, which may quote what was sent."""
    if isinstance(trouble, httpx.TimeoutException):
        return Failure(CaptureStatus.TIMEOUT, "LinkedIn did not answer in time")
    if isinstance(trouble, httpx.DecodingError):
        return Failure(CaptureStatus.UNREADABLE, "LinkedIn's answer is too large or damaged")
    return Failure(CaptureStatus.NETWORK_ERROR, "LinkedIn could not be reached")


def _json(response: httpx.Response) -> dict[str, Any] | None:
    try:
        content = response.json()
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
