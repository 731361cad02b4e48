"""What members let us read: the snapshot of each standing consent, fetched from LinkedIn once a period."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import urlsplit

from auditor.errors import SourceUnavailable, hint_of_extra
from auditor.language.words import mark
from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus
from auditor.model.consent import FetchedPages, Grant, Token
from auditor.model.employee import Employee
from auditor.model.limits import Checked, Within
from auditor.model.message import Text
from auditor.model.profile import BANNER_PICTURE, COMPANY_LINK
from auditor.ports import ConsentDesk, OpenSource, Source, SourceContext
from auditor.sources.dma_snapshot import DOMAINS, trim_answer

if TYPE_CHECKING:
    from auditor.sources._portability import Portability

T = TypeVar("T")
NAME = "member_consent"
#: no member has so many pages of one domain; more mean an answer that repeats itself
MOST_PAGES = 40
#: data appears minutes after the consent; so long after it, none means that there is none
READY_DAYS = 2
MOST_ATTEMPTS = 2
NO_CONSENT = "the person has given no consent that stands"
NOT_READY = "LinkedIn has not prepared the person's data yet"
NO_DATA = "LinkedIn has no data of this member"
ENDED = "the consent has ended, or was withdrawn at LinkedIn"
ADDRESS_WORDS = "an address such as https://profile.example.com, without a question mark"


def checked_address(text: str) -> str:
    """The address without a slash at its end. Raises ValueError where it is none, or is not encrypted and not
    on this computer."""
    parts = urlsplit(text)
    local = parts.hostname in ("127.0.0.1", "localhost")
    if text and (
        not parts.hostname
        or parts.username
        or parts.query
        or parts.fragment
        or parts.scheme not in ("https", "http" if local else "https")
    ):
        raise ValueError(f"must be {ADDRESS_WORDS}")
    return text.rstrip("/")


Address = Annotated[str, Checked(checked_address, ADDRESS_WORDS)]


@dataclass(frozen=True, slots=True)
class MemberConsentSettings:
    """`client_id`: the id of the company's own app at LinkedIn. `secret_env`: name of the environment
    variable with its secret. `page_address`: where people reach the member's page, such as
    https://profile.example.com. `redirect_address`: the return address registered with the app; empty:
    /return below page_address. `sign_in_address`: where LinkedIn's consent page is. `api_address`: where
    LinkedIn's data is. `daily_cap`: for how many people data is fetched within 24 hours.
    `seconds_between`: the pause between two people, in seconds. `answer_seconds`: the limit of one answer.
    `cool_down_hours`: the wait after a refusal; it doubles with each further one, and LinkedIn may ask for
    longer. `link_days`: for how many days a personal link works."""

    client_id: str = ""
    secret_env: str = "LINKEDIN_APP_SECRET"
    page_address: Address = ""
    redirect_address: Address = ""
    sign_in_address: Address = "https://www.linkedin.com"
    api_address: Address = "https://api.linkedin.com"
    daily_cap: Annotated[int, Within(1, 100_000)] = 5_000
    seconds_between: Annotated[float, Within(0, 3600)] = 0.5
    answer_seconds: Annotated[float, Within(1, 120)] = 20.0
    cool_down_hours: Annotated[float, Within(0, 720)] = 1.0
    link_days: Annotated[int, Within(1, 365)] = 60


@dataclass(frozen=True, slots=True)
class Fetch:
    """What came of fetching one member's data. `pages` are there only where `status` is OK. `ended`: LinkedIn
    accepts the token no more; `not_ready`: the data may still appear."""

    status: CaptureStatus
    pages: tuple[bytes, ...] = ()
    words: Text = ""
    http_status: int | None = None
    retry_after: float | None = None
    ended: bool = False
    not_ready: bool = False


class MemberData:
    """An open connection of the company's app with LinkedIn."""

    def __init__(self, connection: Portability) -> None:
        self._connection = connection

    def consent_page(self, state: str) -> str:
        """The address of LinkedIn's consent page, which comes back with this state."""
        return self._connection.consent_page(state)

    def exchange(self, code: str) -> Token | Fetch:
        """The token for the code of a return, or what went wrong."""
        return self._guarded(lambda: self._connection.exchange(code))

    def renewed(self, token: Token) -> Token | Fetch:
        """The token where it still lasts a while, otherwise a new one, or what went wrong."""
        from auditor.sources._portability import SKEW

        if token.ends_at - datetime.now(UTC) > SKEW:
            return token
        if not token.refresh:
            return Fetch(CaptureStatus.NOT_ATTEMPTED, words=ENDED, ended=True)
        return self._guarded(lambda: self._connection.refresh(token))

    def fetch(self, token: Token) -> Fetch:
        """The audited fields of the token's member; everything else is dropped here, in memory."""
        return self._guarded(partial(self._fetch, token))

    def _fetch(self, token: Token) -> Fetch:
        pages: list[dict[str, Any]] = []
        for domain in DOMAINS:
            found = self._domain(token, domain)
            if found is None:
                return Fetch(CaptureStatus.UNREADABLE, words="LinkedIn's pages do not end")
            if domain == "PROFILE" and not any(map(_holds_something, found)):
                # a member without a profile does not exist
                return Fetch(CaptureStatus.NOT_ATTEMPTED, words=NOT_READY, not_ready=True)
            pages += found
        return Fetch(CaptureStatus.OK, tuple(json.dumps(page).encode("ascii") for page in pages))

    def _domain(self, token: Token, domain: str) -> list[dict[str, Any]] | None:
        """A domain's pages and its end mark; None where it has no end."""
        pages: list[dict[str, Any]] = []
        for start in range(MOST_PAGES):
            answer = self._connection.page(token, domain, start)
            if answer is None:
                return [*pages, {"message": "No data found", "snapshotDomain": domain}]
            pages.append(_trimmed_page(answer, domain, start))
        return None

    def _guarded(self, work: Callable[[], T]) -> T | Fetch:
        from auditor.sources._portability import Failure, NotAccepted

        for attempt in range(1, MOST_ATTEMPTS + 1):
            try:
                return work()
            except NotAccepted as trouble:
                return Fetch(
                    CaptureStatus.NOT_ATTEMPTED, words=ENDED, http_status=trouble.http_status, ended=True
                )
            except Failure as trouble:
                if trouble.status is CaptureStatus.NETWORK_ERROR and attempt < MOST_ATTEMPTS:
                    continue
                return Fetch(
                    trouble.status,
                    words=trouble.words,
                    http_status=trouble.http_status,
                    retry_after=trouble.retry_after,
                )
        raise AssertionError("unreachable: the last attempt returns")


def _trimmed_page(answer: Any, domain: str, start: int) -> dict[str, Any]:
    """The audited columns of one answer; the index is the one that was asked for, `total` tells nothing."""
    page = trim_answer(dict(answer), domain)
    own = [one for one in (page or {}).get("elements", ()) if one["snapshotDomain"] == domain]
    return {
        "paging": {"start": start},
        "elements": own or [{"snapshotDomain": domain, "snapshotData": _nothing(answer)}],
    }


def _holds_something(page: dict[str, Any]) -> bool:
    """Whether a page has rows, or may have had some before it was damaged."""
    return any(one["snapshotData"] != [] for one in page.get("elements", ()))


def _nothing(answer: Any) -> list[Any] | None:
    """No rows where the answer says so, None where it cannot be read."""
    return [] if answer.get("elements") == [] else None


@contextmanager
def connected(settings: MemberConsentSettings) -> Iterator[MemberData]:
    """A connection of the app. Raises SourceUnavailable where it is not set up."""
    if not settings.client_id or not (settings.redirect_address or settings.page_address):
        raise SourceUnavailable(
            f"{NAME}: the company's app at LinkedIn is not set up.",
            f"Set sources.{NAME}.client_id and page_address in the policy.",
            code="MEMBER_APP",
        )
    secret = os.environ.get(settings.secret_env, "") if settings.secret_env else ""
    if not secret:
        raise SourceUnavailable(
            f"{NAME}: the secret of the company's app is missing: {settings.secret_env or 'secret_env'} "
            "is not set.",
            "Set that environment variable for this account.",
            code="MEMBER_APP",
        )
    try:
        from auditor.sources._portability import App, Portability
    except ImportError as missing:
        raise SourceUnavailable(
            f"{NAME} needs packages that are not installed ({missing.name}).",
            hint_of_extra("member"),
            code="PACKAGES_MISSING",
        ) from None
    redirect = settings.redirect_address or f"{settings.page_address}/return"
    connection = Portability(
        App(
            settings.client_id,
            secret,
            redirect,
            settings.sign_in_address,
            settings.api_address,
            settings.answer_seconds,
        )
    )
    try:
        yield MemberData(connection)
    finally:
        connection.close()


def try_app(settings: MemberConsentSettings) -> None:
    """Whether a run could ask LinkedIn; nothing is asked. Raises SourceUnavailable."""
    with connected(settings):
        pass


def capture_pages(employee: Employee, found: FetchedPages, *, attempts: int = 1) -> Capture:
    """Fetched pages as the person's capture, in the format of handed-over snapshots."""
    artifacts = [Artifact(ArtifactKind.PART, page, NAME, "application/json") for page in found.pages]
    main = Artifact(ArtifactKind.MAIN, artifacts[0].body, NAME, "application/json")
    return Capture(
        employee_id=employee.employee_id,
        url=employee.profile_url or "",
        final_url="",
        status=CaptureStatus.OK,
        captured_at=found.fetched_at,
        source=NAME,
        format=CaptureFormat.DMA_SNAPSHOT,
        attempts=attempts,
        artifacts=(main, *artifacts[1:]),
    )


class MemberConsents:
    """Fetches for one person at a time, each at most once a period, and never more than the day allows."""

    def __init__(
        self, settings: MemberConsentSettings, context: SourceContext, desk: ConsentDesk, data: MemberData
    ) -> None:
        self._settings = settings
        self._context = context
        self._desk = desk
        self._data = data
        self._asked = desk.fetches_since(datetime.now(UTC) - timedelta(days=1))
        self._next = time.monotonic()

    def fetch(self, employee: Employee) -> Capture:
        """The person's pages of this period: those that are kept, or else fetched now."""
        grant = self._desk.standing(employee)
        if grant is None:
            return _without(employee, Fetch(CaptureStatus.NOT_ATTEMPTED, words=NO_CONSENT), final=True)
        known = self._desk.fetched(employee)
        if known:
            return capture_pages(employee, known, attempts=0)
        if self._asked >= self._settings.daily_cap:
            return _without(employee, Fetch(CaptureStatus.NOT_ATTEMPTED, words="the day's cap is reached"))
        if not self._wait():
            return _without(employee, Fetch(CaptureStatus.NOT_ATTEMPTED, words="stopped by the user"))
        self._asked += 1
        try:
            return self._ask(employee, grant)
        finally:
            self._next = time.monotonic() + self._settings.seconds_between

    def _ask(self, employee: Employee, grant: Grant) -> Capture:
        token = self._data.renewed(grant.token)
        if isinstance(token, Token) and not self._may_use(employee, grant, token):
            return _without(employee, Fetch(CaptureStatus.NOT_ATTEMPTED, words=NO_CONSENT), final=True)
        done = self._data.fetch(token) if isinstance(token, Token) else token
        if done.ended:
            self._desk.expire(employee, grant.id)
            return _without(employee, done, final=True)
        if done.not_ready:
            return self._not_ready(employee, grant, done)
        if done.status is not CaptureStatus.OK:
            return _without(employee, done)
        found = FetchedPages(done.pages, datetime.now(UTC))
        dropped = self._desk.keep(employee, grant.id, found)
        if dropped:
            return _without(employee, Fetch(CaptureStatus.NOT_ATTEMPTED, words=dropped), final=True)
        return capture_pages(employee, found)

    def _may_use(self, employee: Employee, grant: Grant, token: Token) -> bool:
        return token is grant.token or self._desk.renew(employee, grant.id, token)

    def _not_ready(self, employee: Employee, grant: Grant, done: Fetch) -> Capture:
        """To be tried again while the consent is new; later there is nothing to wait for."""
        new = self._context.today - grant.consented_on <= timedelta(days=READY_DAYS)
        if new:
            return _without(employee, done)
        return _without(employee, Fetch(CaptureStatus.NOT_ATTEMPTED, words=NO_DATA), final=True)

    def _wait(self) -> bool:
        while (left := self._next - time.monotonic()) > 0:
            if self._context.stopping():
                return False
            time.sleep(min(left, 0.2))
        return not self._context.stopping()


def _without(employee: Employee, done: Fetch, *, final: bool = False) -> Capture:
    return Capture(
        employee_id=employee.employee_id,
        url=employee.profile_url or "",
        final_url="",
        status=done.status,
        captured_at=datetime.now(UTC),
        source=NAME,
        format=CaptureFormat.NOTHING,
        http_status=done.http_status,
        attempts=0 if done.status is CaptureStatus.NOT_ATTEMPTED else 1,
        trouble=done.words,
        retry_after=done.retry_after,
        final=final,
    )


@contextmanager
def open_member_consents(settings: MemberConsentSettings, context: SourceContext) -> Iterator[OpenSource]:
    """Open the connection. Raises SourceUnavailable where the app is not set up or there is no store."""
    if context.consents is None:
        raise SourceUnavailable(f"{NAME} needs the store, in which the consents are.", code="STORE_NEEDED")
    with connected(settings) as data:
        yield MemberConsents(settings, context, context.consents, data)


SOURCE = Source(
    name=NAME,
    summary="the member's own data, fetched from LinkedIn on the member's consent",
    settings=MemberConsentSettings,
    reach=frozenset({"full_name", "headline", "banner", "positions"}),
    open=open_member_consents,
    touches_network=True,
    evidence_days=45,
    try_out=try_app,
    title=mark("The member's own data, by consent"),
    needs=mark(
        "an app approved by LinkedIn, and each member's consent once a year; no link to the company page"
    ),
    takes=mark("a minute of the member, once a year"),
    lacks=frozenset({COMPANY_LINK, BANNER_PICTURE}),
    voluntary=True,
)
