"""Personal links to the member's page: issued with a draft of a mail each, opened, and refused."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from auditor.app.consent import cipher_of, consents_of
from auditor.app.eligibility import register_of
from auditor.app.registry import writers
from auditor.app.run_plan import RunPlan
from auditor.errors import ReportError, UsageError, hint_of_extra
from auditor.files.names import number_part
from auditor.files.writing import write_atomic
from auditor.model.consent import SAID_NO, Consent, Invitation, Purpose
from auditor.model.dates import local
from auditor.model.employee import GONE, NEVER_OPENED, Employee
from auditor.model.message import Message, say
from auditor.model.policy import Policy
from auditor.reports.invitation import invitation_draft
from auditor.sources.member_consent import NAME, MemberConsentSettings
from auditor.store.invitations import Invitations, NewInvitation
from auditor.store.objections import marks_of

#: how far two clocks may differ
SKEW = timedelta(minutes=5)
#: no link of ours is longer
LONGEST_LINK = 600


class LeftOut(StrEnum):
    """Why somebody gets no link."""

    NOT_CHECKED = "not_checked"
    LEFT = "left"
    OBJECTED = "objected"
    SAID_NO = "said_no"
    CONSENTED = "consented"


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """A person with the link that only they may get. Its secret never appears in its text form."""

    employee: Employee
    purpose: Purpose
    expires_at: datetime
    address: str

    def __repr__(self) -> str:
        return f"PersonalLink({self.purpose}, {self.expires_at})"


@dataclass(frozen=True, slots=True)
class Invited:
    """The links that were issued, and how many people got none, by reason."""

    links: tuple[PersonalLink, ...]
    left_out: Counter[LeftOut]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: an invitation, or the reason why it opens nothing."""

    invitation: Invitation | None
    words: Message | None = None


def invite_members(
    plan: RunPlan, engine: sa.Engine, now: datetime, *, again: bool = False, purpose: Purpose = Purpose.INVITE
) -> Invited:
    """A new link for each person of the plan who may be asked; earlier links of theirs stop working.

    Whoever said no is asked again only with `again`. Raises UsageError where the page has no address.
    """
    settings = settings_of(plan.policy)
    consents = consents_of(plan.policy, engine)
    known = consents.all()
    everybody = plan.people.employees
    marks = [marks_of((one.employee_id,), one.profile_url) for one in everybody]
    objections = register_of(plan.policy, engine).of_each(marks)
    left_out: Counter[LeftOut] = Counter()
    chosen: dict[str, Employee] = {}
    for employee, objected in zip(everybody, objections, strict=True):
        line = known.get(employee.employee_id)
        reason = LeftOut.OBJECTED if objected else _left_out(plan, employee, line, now, purpose, again=again)
        if reason:
            left_out[reason] += 1
        else:
            chosen[employee.employee_id] = employee
    made = Invitations(engine).issue(chosen, purpose, now, now + timedelta(days=settings.link_days))
    if purpose is Purpose.INVITE:
        consents.invite(chosen, company_day(plan.policy, now))
    links = (
        PersonalLink(
            chosen[one.invitation.employee_id],
            purpose,
            one.invitation.expires_at,
            link_address(plan.policy, one),
        )
        for one in made
    )
    return Invited(tuple(links), left_out)


def company_day(policy: Policy, now: datetime) -> date:
    """The day on which a moment falls where the company is: days of consents are counted there."""
    there = local(now, policy.roster.time_zone)
    return (there or now).date()


def _left_out(
    plan: RunPlan,
    employee: Employee,
    line: Consent | None,
    now: datetime,
    purpose: Purpose,
    *,
    again: bool,
) -> LeftOut | None:
    today = company_day(plan.policy, now)
    if employee.roster_state in GONE:
        return LeftOut.LEFT
    if employee.roster_state in NEVER_OPENED:
        return LeftOut.NOT_CHECKED
    if plan.eligibility.refuses(employee, ()) is not None or not plan.policy.company_of(employee.entity):
        return LeftOut.NOT_CHECKED
    if purpose is Purpose.RENEW:
        return None if line and line.needs_reminder(today) else LeftOut.CONSENTED
    if line and line.stands(today):
        return LeftOut.CONSENTED
    said_no = line is not None and line.state in SAID_NO
    return LeftOut.SAID_NO if said_no and not again else None


def draft_mails(policy: Policy, links: Iterable[PersonalLink], folder: Path) -> list[Path]:
    """One draft of a mail for each link, and a list for a mail merge; nothing is sent.

    Raises ReportError where nothing can be written.
    """
    written: list[Path] = []
    rows: list[tuple[str, ...]] = [("employee_id", "language", "link", "works_until")]
    for link in links:
        employee = link.employee
        company = policy.company_of(employee.entity)
        if company is None:
            continue
        privacy = policy.privacy.get(employee.entity or policy.default_entity)
        draft = invitation_draft(
            employee,
            company,
            link.address,
            link.expires_at.date(),
            contact=privacy.contact if privacy else "",
            renews=link.purpose is Purpose.RENEW,
            form=policy.letter_form,
            file_name=f"{number_part(employee.employee_id)}.eml",
        )
        for writer in writers():
            if isinstance(draft, writer.kinds):
                written += writer.write(draft, folder)
        rows.append((employee.employee_id, draft.language, link.address, link.expires_at.date().isoformat()))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    try:
        write_atomic(folder / "links.csv", text.getvalue())
    except OSError as trouble:
        raise ReportError(
            f"Nothing can be written to {folder}: {trouble.strerror or trouble}", code="NOT_WRITABLE"
        ) from None
    return [*written, folder / "links.csv"]


def settings_of(policy: Policy) -> MemberConsentSettings:
    """The settings of this door. Raises UsageError where the member's page has no address."""
    settings: MemberConsentSettings = policy.source_settings[NAME]
    if not settings.page_address:
        raise UsageError(
            "The member's page has no address.",
            f"Set sources.{NAME}.page_address in the policy, such as https://profile.example.com.",
            code="MEMBER_PAGE_ADDRESS",
        )
    return settings


def link_address(policy: Policy, made: NewInvitation) -> str:
    """The personal link: signed for one person, one purpose and one invitation."""
    one = made.invitation
    mark = _mark(policy, one)
    text = signer(policy, f"link {one.purpose}").dumps([one.id, made.secret, mark])
    return f"{settings_of(policy).page_address}/m/{one.purpose}/{text}"


def open_link(
    policy: Policy, engine: sa.Engine, purpose: str, text: str, now: datetime, *, count: bool = True
) -> Opened:
    """The invitation behind `/m/<purpose>/<text>`, or why it opens nothing; whoever guesses learns nothing.

    The caller throttles refusals (`consent.throttle_of`).
    """
    content = unsigned(signer(policy, f"link {purpose}"), text)
    match content:
        case [str(invitation_id), str(secret), str(mark)]:
            found = Invitations(engine).find(invitation_id, secret)
        case _:
            found = None
    if found is None or found.purpose != purpose or not hmac.compare_digest(_mark(policy, found), mark):
        return Opened(None, say("This link is not valid. Open it as it stands in the mail."))
    if found.revoked_at is not None:
        return Opened(None, say("This link has been replaced or revoked. Ask HR for a new one."))
    if now > found.expires_at + SKEW:
        return Opened(None, say("This link has expired. Ask HR for a new one."))
    if count:
        Invitations(engine).note_opening(found.id, now)
    return Opened(found)


def signer(policy: Policy, purpose: str) -> Any:
    """Signs texts for one purpose. Raises UsageError where the package is not installed."""
    try:
        from itsdangerous import URLSafeSerializer
    except ImportError as missing:
        raise UsageError(
            f"Personal links need packages that are not installed ({missing.name}).",
            hint_of_extra("member"),
            code="PACKAGES_MISSING",
        ) from None
    digest = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(cipher_of(policy).key("links"), salt=purpose, signer_kwargs=digest)


def unsigned(serializer: Any, text: str) -> Any:
    """What was signed; None for anything else."""
    from itsdangerous import BadData

    if len(text) > LONGEST_LINK or not text.isascii():
        return None
    try:
        return serializer.loads(text)
    except (BadData, ValueError, RecursionError):
        return None


def _mark(policy: Policy, invitation: Invitation) -> str:
    """Ties a link to the person whose invitation it is, without naming the person."""
    key = cipher_of(policy).key("link marks")
    text = f"{invitation.employee_id}\x1f{invitation.purpose}"
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:16]


def remind_members(plan: RunPlan, engine: sa.Engine, now: datetime) -> Invited:
    """Links for those whose consent ends within 30 days and who were not reminded of it; `note_reminded`
    notes that they were."""
    return invite_members(plan, engine, now, purpose=Purpose.RENEW)


def note_reminded(policy: Policy, engine: sa.Engine, links: Iterable[PersonalLink], now: datetime) -> None:
    """Note that the drafts of these people's reminders were written."""
    consents_of(policy, engine).remind((one.employee.employee_id for one in links), company_day(policy, now))
