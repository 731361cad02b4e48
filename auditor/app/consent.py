"""The register of consents in use: what a run may fetch, and what HR and members do about a consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial

import sqlalchemy as sa

from auditor.app.eligibility import register_of
from auditor.app.paths import log_of, state_folder
from auditor.app.pseudonyms import Pseudonyms
from auditor.app.read_back import must_be_there
from auditor.app.registry import readers
from auditor.errors import UsageError
from auditor.files.cipher import Cipher
from auditor.identity.same_person import Identity, same_person
from auditor.model.consent import Consent, ConsentState, FetchedPages, Grant, Token
from auditor.model.dates import period_of
from auditor.model.employee import Employee, PersonName
from auditor.model.message import Text
from auditor.model.observed import Present
from auditor.model.policy import Policy
from auditor.sources.member_consent import capture_pages
from auditor.store import persons
from auditor.store.consents import Consents
from auditor.store.database import reading
from auditor.store.invitations import Invitations, Throttle
from auditor.store.objections import marks_of
from auditor.store.persons import PersonKnown
from auditor.store.retention import end_consents, in_one_go

KEY_FILE = "consent.key"
_PUT_BACK = (
    "Copy that file from the machine, or the backup, on which people consented; without it they have to "
    "consent again."
)
OTHER_ACCOUNT = "the LinkedIn account bears another name than the roster"
WITHDRAWN = "the consent was withdrawn meanwhile"
OBJECTED = "the person has objected"


def cipher_of(policy: Policy) -> Cipher:
    """The keys of tokens, fetched pages and links; their file is in the state folder."""
    return Cipher(state_folder(policy.path) / KEY_FILE, _PUT_BACK)


def consents_of(policy: Policy, engine: sa.Engine) -> Consents:
    """The register in a store."""
    return Consents(engine, cipher_of(policy))


def throttle_of(policy: Policy, engine: sa.Engine) -> Throttle:
    """Counts attempts: `allows(name, most, seconds, now)`, with the name of whoever tries."""
    return Throttle(engine, cipher_of(policy).key("throttle"))


def has_objected(policy: Policy, engine: sa.Engine, employee: Employee) -> bool:
    """Whether the person has objected, as the register says this moment."""
    marks = marks_of((employee.employee_id,), employee.profile_url)
    return bool(register_of(policy, engine).of(marks))


class RunConsents:
    """The consents as the source of a run may use them; each question is answered by the store as it is now.

    A consent counts by the calendar and by the day that the run judges by, whichever is later.
    """

    def __init__(self, policy: Policy, engine: sa.Engine, judged_on: date) -> None:
        self._policy = policy
        self._engine = engine
        self._consents = consents_of(policy, engine)
        self._period = period_of(judged_on)
        self._today = max(judged_on, datetime.now(UTC).date())

    def standing(self, employee: Employee) -> Grant | None:
        """The consent under which the person's data may be fetched; None where none stands."""
        grant = self._consents.standing(employee.employee_id, self._today)
        return None if grant is None or has_objected(self._policy, self._engine, employee) else grant

    def fetched(self, employee: Employee) -> FetchedPages | None:
        """What was fetched for the person within the period of the run."""
        return self._consents.fetched(employee.employee_id, self._period)

    def keep(self, employee: Employee, grant: str, found: FetchedPages) -> Text:
        """Keep what was fetched; says why it was dropped, empty where it was kept.

        A consent that somebody else gave for this person ends.
        """
        if bears_another_name(employee, found):
            self.expire(employee, grant)
            return OTHER_ACCOUNT
        if has_objected(self._policy, self._engine, employee):
            return OBJECTED
        kept = self._consents.keep(employee.employee_id, grant, self._period, found)
        return "" if kept else WITHDRAWN

    def renew(self, employee: Employee, grant: str, token: Token) -> bool:
        """Keep a grant's new token; False where it stands no more."""
        return self._consents.renew(employee.employee_id, grant, token, datetime.now(UTC))

    def expire(self, employee: Employee, grant: str) -> None:
        """Note that a grant has ended."""
        if self._consents.expire(employee.employee_id, grant, self._today):
            note(self._policy, self._engine, "consent_expired", employee.employee_id)

    def fetches_since(self, moment: datetime) -> int:
        """How many people's data was fetched since a moment."""
        return self._consents.fetches_since(moment)


def bears_another_name(employee: Employee, found: FetchedPages) -> bool:
    """Whether fetched pages are those of an account with a name that cannot be the person's."""
    capture = capture_pages(employee, found)
    name = readers()[capture.format](capture).full_name
    known = employee.name or PersonName(employee.full_name)
    return isinstance(name, Present) and same_person(known, name.value) is Identity.DIFFERS


def note(policy: Policy, engine: sa.Engine, event: str, employee_id: str) -> None:
    """One line of the audit log about a consent, which names nobody."""
    log_of(policy, engine).append(event, person=Pseudonyms(state_folder(policy.path)).of(employee_id))


def list_consents(policy: Policy, engine: sa.Engine) -> list[Consent]:
    """The register by employee number; what has ended by today is not yet marked, see `expire_ended`."""
    return list(consents_of(policy, engine).all().values())


def withdraw_consent(policy: Policy, engine: sa.Engine, wanted: str, today: date) -> bool:
    """Take a person's consent back: token and fetched pages are deleted at once. False where none stood.

    `wanted` is an employee number, a profile address or a name. Raises UsageError.
    """
    employee_id = _number(policy, engine, wanted)
    stood = consents_of(policy, engine).withdraw(employee_id, today)
    must_be_there(policy, "The withdrawal", partial(_has_ended, policy, employee_id))
    note(policy, engine, "consent_withdrawn", employee_id)
    return stood


def forget_consent(policy: Policy, engine: sa.Engine, wanted: str) -> bool:
    """Delete a person's line, links, token and fetched pages. False where there was nothing.

    Raises UsageError.
    """
    employee_id = _number(policy, engine, wanted)
    known = consents_of(policy, engine).forget(employee_id)
    must_be_there(policy, "The deletion", lambda anew: consents_of(policy, anew).of(employee_id) is None)
    note(policy, engine, "consent_forgotten", employee_id)
    return known


def revoke_links(policy: Policy, engine: sa.Engine, wanted: str, now: datetime) -> int:
    """Let a person's links stop working; returns how many did until now. Raises UsageError."""
    employee_id = _number(policy, engine, wanted)
    revoked = Invitations(engine).revoke(employee_id, now)
    note(policy, engine, "links_revoked", employee_id)
    return revoked


def expire_ended(engine: sa.Engine, today: date) -> int:
    """End the consents whose last day has passed; returns how many."""
    return in_one_go(engine, partial(end_consents, today=today))["consents_ended"]


def _has_ended(policy: Policy, employee_id: str, engine: sa.Engine) -> bool:
    line = consents_of(policy, engine).of(employee_id)
    return line is None or line.state is not ConsentState.CONSENTED


def _number(policy: Policy, engine: sa.Engine, wanted: str) -> str:
    if consents_of(policy, engine).of(wanted.strip()):  # at once, whatever else the store holds
        return wanted.strip()
    with reading(engine) as connection:
        found: Sequence[PersonKnown] = persons.find(persons.people_known(connection).values(), wanted)
    if len(found) != 1:
        several = ", ".join(sorted(one.employee_id for one in found))
        raise UsageError(
            f"{wanted!r} fits several people: {several}."
            if found
            else f"Nothing is stored about {wanted!r}.",
            "Give the employee number.",
            code="PERSON_AMBIGUOUS" if found else "PERSON_NOT_STORED",
        )
    return found[0].employee_id
