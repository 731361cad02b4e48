"""A member connects LinkedIn: out to its consent page, back with a code, and a look at the audited fields.

The verdict is the one that HR's run would give: `judge` examines one capture by the policy's own rules.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from auditor.app import examine as pipeline
from auditor.app.consent import (
    OTHER_ACCOUNT,
    RunConsents,
    bears_another_name,
    consents_of,
    has_objected,
    note,
    throttle_of,
)
from auditor.app.evidence import EvidenceStep
from auditor.app.examine import RunContext
from auditor.app.invite_members import SKEW, settings_of, signer, unsigned
from auditor.app.registry import readers, sources
from auditor.app.run_plan import today_of
from auditor.model.capture import Capture, CaptureStatus
from auditor.model.consent import FetchedPages, Invitation, Token
from auditor.model.employee import Employee
from auditor.model.examination import Examination
from auditor.model.message import Message, say
from auditor.model.policy import Policy
from auditor.sources.member_consent import NAME, Fetch, capture_pages, connected
from auditor.store.invitations import ConsentRequest, Invitations
from auditor.store.rate_limits import CoolDowns

#: how long LinkedIn's consent page may stay open
VISIT = timedelta(minutes=30)
#: looks of one person within an hour
MOST_LOOKS, LOOK_SECONDS = 30, 3600
_STATE = "consent state"
_CANCELLED = frozenset({"user_cancelled_login", "user_cancelled_authorize", "access_denied"})
_LONGEST_CODE = 2000


class Answer(StrEnum):
    """What came of connecting or looking."""

    SEEN = "seen"
    NOT_READY = "not_ready"
    REFUSED = "refused"
    OTHER_PERSON = "other_person"
    ENDED = "ended"
    LATER = "later"
    OBJECTED = "objected"
    INVALID = "invalid"


_WORDS: Mapping[Answer, Message] = {
    Answer.SEEN: say("LinkedIn's data was read; this is what it shows."),
    Answer.NOT_READY: say(
        "LinkedIn is still preparing your data. That can take some minutes; then look again."
    ),
    Answer.REFUSED: say("You did not give your consent on LinkedIn. Nothing was read, and that is fine."),
    Answer.OTHER_PERSON: say(
        "The LinkedIn account that you signed in with bears another name than yours. Nothing was judged or "
        "kept. Sign in to your own account and connect it again."
    ),
    Answer.ENDED: say("Your consent has ended, or was withdrawn at LinkedIn. Connect again if you like."),
    Answer.LATER: say("LinkedIn cannot be read at the moment. Nothing is lost; try again later."),
    Answer.OBJECTED: say("You have objected to the checks. Nothing is read."),
    Answer.INVALID: say("This return from LinkedIn is no longer valid. Open your link again."),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What came of connecting or looking, in words for the member. `examination` holds the verdict where
    something was seen; the ids are empty where it is not known whose return it was."""

    answer: Answer
    employee_id: str = ""
    invitation_id: str = ""
    examination: Examination | None = None
    seen_at: datetime | None = None

    @property
    def words(self) -> Message:
        """The answer as a sentence to the member."""
        return _WORDS[self.answer]


def consent_address(
    policy: Policy, engine: sa.Engine, invitation: Invitation, browser: str, now: datetime
) -> str:
    """The address of LinkedIn's consent page for an opened link.

    `browser` is a secret of the visitor's browser (a cookie): the return counts only there, once, and within
    half an hour. Raises SourceUnavailable where the app is not set up.
    """
    with connected(settings_of(policy)) as data:
        request = Invitations(engine).begin_request(invitation, now)
        return data.consent_page(signer(policy, _STATE).dumps([request.id, _mark(browser)]))


def come_back(
    policy: Policy,
    engine: sa.Engine,
    query: Mapping[str, str],
    browser: str,
    employee_of: Callable[[str], Employee | None],
    now: datetime,
) -> Look:
    """The return from LinkedIn's page: keep the consent, fetch, and judge.

    `query` holds what stands behind the return address; `employee_of` gives the roster's person of a number.
    Raises StoreError, SourceUnavailable.
    """
    request = _request(policy, engine, query.get("state", ""), browser, now)
    if request is None:
        return Look(Answer.INVALID)
    employee = employee_of(request.employee_id)
    invitation = Invitations(engine).get(request.invitation_id)
    if employee is None or invitation is None or invitation.revoked_at or now > invitation.expires_at + SKEW:
        return Look(Answer.INVALID)
    answer, examination, at = _connect(policy, engine, employee, query, now)
    return Look(answer, employee.employee_id, invitation.id, examination, at)


_Found = tuple[Answer, Examination | None, datetime | None]


def _connect(
    policy: Policy, engine: sa.Engine, employee: Employee, query: Mapping[str, str], now: datetime
) -> _Found:
    today = today_of(policy)
    if has_objected(policy, engine, employee):
        return Answer.OBJECTED, None, None
    error, code = query.get("error", ""), query.get("code", "")
    if error in _CANCELLED:
        consents_of(policy, engine).refuse(employee.employee_id, today)
        note(policy, engine, "consent_refused", employee.employee_id)
        return Answer.REFUSED, None, None
    if error or not 0 < len(code) <= _LONGEST_CODE:
        return (Answer.LATER if error else Answer.INVALID), None, None
    with connected(settings_of(policy)) as data:
        token = data.exchange(code)
        if isinstance(token, Fetch):
            return (Answer.INVALID if token.ended else Answer.LATER), None, None
        done = data.fetch(token)
    if done.ended:
        return Answer.ENDED, None, None
    found = FetchedPages(done.pages, datetime.now(UTC))
    if done.status is CaptureStatus.OK and bears_another_name(employee, found):
        return Answer.OTHER_PERSON, None, None
    grant = consents_of(policy, engine).connect(employee.employee_id, token, today, now)
    note(policy, engine, "consent_given", employee.employee_id)
    if has_objected(policy, engine, employee):  # while LinkedIn was asked
        consents_of(policy, engine).withdraw(employee.employee_id, today)
        return Answer.OBJECTED, None, None
    return _conclude(policy, engine, employee, grant, done, today)


def look_again(policy: Policy, engine: sa.Engine, employee: Employee, now: datetime) -> Look:
    """Fetch a member's data anew on the consent that stands, and judge it. Raises StoreError,
    SourceUnavailable."""
    answer, examination, at = _look(policy, engine, employee, now)
    return Look(answer, employee.employee_id, examination=examination, seen_at=at)


def _look(policy: Policy, engine: sa.Engine, employee: Employee, now: datetime) -> _Found:
    today = today_of(policy)
    if has_objected(policy, engine, employee):
        return Answer.OBJECTED, None, None
    desk = RunConsents(policy, engine, today)
    grant = desk.standing(employee)
    if grant is None:
        return Answer.ENDED, None, None
    wait = CoolDowns(engine).until(NAME)
    allowed = throttle_of(policy, engine).allows(
        f"look {employee.employee_id}", MOST_LOOKS, LOOK_SECONDS, now
    )
    if not allowed or (wait and wait > now):
        return Answer.LATER, None, None
    with connected(settings_of(policy)) as data:
        token = data.renewed(grant.token)
        if isinstance(token, Token) and token is not grant.token:
            desk.renew(employee, grant.id, token)
        done = data.fetch(token) if isinstance(token, Token) else token
    if done.ended:
        desk.expire(employee, grant.id)
        return Answer.ENDED, None, None
    return _conclude(policy, engine, employee, grant.id, done, today)


def _conclude(
    policy: Policy, engine: sa.Engine, employee: Employee, grant: str, done: Fetch, today: date
) -> _Found:
    """Keep what was fetched and judge it, or say why there is nothing to judge."""
    if done.not_ready:
        return Answer.NOT_READY, None, None
    if done.status is CaptureStatus.RATE_LIMITED:
        seconds = done.retry_after or settings_of(policy).cool_down_hours * 3600
        CoolDowns(engine).set(NAME, datetime.now(UTC) + timedelta(seconds=seconds), 1)
    if done.status is not CaptureStatus.OK:
        return Answer.LATER, None, None
    found = FetchedPages(done.pages, datetime.now(UTC))
    dropped = RunConsents(policy, engine, today).keep(employee, grant, found)
    if dropped == OTHER_ACCOUNT:
        return Answer.OTHER_PERSON, None, None
    if dropped:
        objected = has_objected(policy, engine, employee)
        return (Answer.OBJECTED if objected else Answer.ENDED), None, None
    return Answer.SEEN, judge(policy, employee, capture_pages(employee, found), today), found.fetched_at


@dataclass(frozen=True, slots=True)
class _Given:
    """A source that brings the one capture there is."""

    capture: Capture

    def fetch(self, employee: Employee) -> Capture:
        return self.capture


def judge(policy: Policy, employee: Employee, capture: Capture, today: date) -> Examination:
    """The verdict on one capture by the rules of HR's run, whichever source it is from."""
    source = sources()[capture.source]
    days = policy.evidence_days.get(capture.source, source.evidence_days)
    step = EvidenceStep(capture.source, _Given(capture), days, can_refuse=False)
    context = RunContext(readers(), policy.rules, today)
    return pipeline.examine(employee, policy.company_of(employee.entity), [step], context)


def _request(
    policy: Policy, engine: sa.Engine, state: str, browser: str, now: datetime
) -> ConsentRequest | None:
    """The visit that a state belongs to: signed here, begun in this browser not long ago, and never twice."""
    content = unsigned(signer(policy, _STATE), state)
    match content:
        case [str(request_id), str(mark)] if hmac.compare_digest(mark, _mark(browser)):
            request = Invitations(engine).take_request(request_id)
        case _:
            return None
    return request if request and -SKEW <= now - request.issued_at <= VISIT + SKEW else None


def _mark(browser: str) -> str:
    return hashlib.sha256(browser.encode("utf-8", "surrogatepass")).hexdigest()[:32]
