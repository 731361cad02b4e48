"""What the store keeps of a person, by category: the source of what letters and the Art. 30 record say.

Every field of the store that belongs to a person has its category here; a field without one is a mistake
that a test finds, so that no letter can leave a category out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Kept(StrEnum):
    """A category of personal data, in the order in which letters name them."""

    NAME = "name"
    NUMBER = "number"
    ENTITY = "entity"
    TITLE = "title"
    MANAGER = "manager"
    LANGUAGE = "language"
    DATES = "dates"
    STATUS = "status"
    ADDRESS = "address"
    SEEN = "seen"
    PICTURE = "picture"
    HANDLING = "handling"
    CONSENT = "consent"
    #: the store's own order and keys, of no meaning for the person
    ORDER = "order"


#: the fields of an employee as the roster of a run and each examination keep them
EMPLOYEE_FIELDS: Mapping[str, Kept] = {
    "employee_id": Kept.NUMBER,
    "full_name": Kept.NAME,
    "name": Kept.NAME,
    "confirmed_names": Kept.NAME,
    "entity": Kept.ENTITY,
    "title": Kept.TITLE,
    "tier": Kept.TITLE,
    "manager": Kept.MANAGER,
    "language": Kept.LANGUAGE,
    "start_day": Kept.DATES,
    "last_day": Kept.DATES,
    "grace_until": Kept.DATES,
    "roster_state": Kept.STATUS,
    "state_code": Kept.STATUS,
    "state_word": Kept.STATUS,
    "profile_url": Kept.ADDRESS,
    "address_note": Kept.ADDRESS,
    "roster_row": Kept.ORDER,
}
#: the columns of the tables whose rows belong to one person
COLUMNS: Mapping[str, Mapping[str, Kept]] = {
    "examinations": {
        "run_id": Kept.ORDER,
        "employee_id": Kept.NUMBER,
        "place": Kept.ORDER,
        "final": Kept.ORDER,
        "unverified": Kept.SEEN,
        "content": Kept.SEEN,
        "basis": Kept.ORDER,
    },
    "pictures": {
        "run_id": Kept.ORDER,
        "employee_id": Kept.NUMBER,
        "rule_id": Kept.SEEN,
        "name": Kept.PICTURE,
        "place": Kept.ORDER,
        "body": Kept.PICTURE,
    },
    "judgements": {
        "employee_id": Kept.NUMBER,
        "used_on": Kept.SEEN,
        "pictured": Kept.ORDER,
        "content": Kept.PICTURE,
    },
    "tracked": {
        "run_id": Kept.ORDER,
        "fingerprint": Kept.ORDER,
        "employee_id": Kept.NUMBER,
        "state": Kept.SEEN,
        "content": Kept.SEEN,
    },
    "decisions": {
        "page_name": Kept.NAME,
        "number": Kept.ORDER,
        "fingerprint": Kept.ORDER,
        "employee_id": Kept.NUMBER,
        "decision": Kept.HANDLING,
        "decided_on": Kept.HANDLING,
        "until": Kept.HANDLING,
        "remark": Kept.HANDLING,
        "decided_by": Kept.HANDLING,
        "file_name": Kept.ORDER,
        "file_sha256": Kept.ORDER,
        "read_on": Kept.HANDLING,
        "applied": Kept.HANDLING,
        "reason": Kept.HANDLING,
        "typed": Kept.HANDLING,
        "place": Kept.ORDER,
        "address": Kept.ADDRESS,
        "replaces": Kept.ADDRESS,
        "report_id": Kept.ORDER,
        "after_run": Kept.ORDER,
    },
    "case_events": {
        "number": Kept.ORDER,
        "employee_id": Kept.NUMBER,
        "last_day": Kept.DATES,
        "event": Kept.HANDLING,
        "on_day": Kept.HANDLING,
    },
    "cases": {
        "id": Kept.ORDER,
        "employee_id": Kept.NUMBER,
        "last_day": Kept.DATES,
        "opened_on": Kept.HANDLING,
        "closed_on": Kept.HANDLING,
        "closed_in": Kept.ORDER,
        "reopened_on": Kept.HANDLING,
        "clean_on": Kept.SEEN,
    },
    "step_notes": {
        "number": Kept.ORDER,
        "step_id": Kept.ORDER,
        "case_id": Kept.ORDER,
        "employee_id": Kept.NUMBER,
        "last_day": Kept.DATES,
        "state": Kept.HANDLING,
        "evidence": Kept.HANDLING,
        "done_on": Kept.HANDLING,
        "done_by": Kept.HANDLING,
        "typed": Kept.HANDLING,
        "noted_by": Kept.HANDLING,
        "file_name": Kept.ORDER,
        "file_sha256": Kept.ORDER,
        "place": Kept.ORDER,
        "read_on": Kept.HANDLING,
        "report_id": Kept.ORDER,
        "after_run": Kept.ORDER,
        "applied": Kept.HANDLING,
        "reason": Kept.HANDLING,
    },
    "consents": {
        "employee_id": Kept.NUMBER,
        "state": Kept.CONSENT,
        "invited_on": Kept.CONSENT,
        "consented_on": Kept.CONSENT,
        "ends_on": Kept.CONSENT,
        "reminded_on": Kept.CONSENT,
        "refused_on": Kept.CONSENT,
        "withdrawn_on": Kept.CONSENT,
        "expired_on": Kept.CONSENT,
        "grant": Kept.ORDER,
    },
    "consent_invitations": {
        "id": Kept.ORDER,
        "employee_id": Kept.NUMBER,
        "purpose": Kept.CONSENT,
        "secret_hash": Kept.ORDER,
        "issued_at": Kept.CONSENT,
        "expires_at": Kept.CONSENT,
        "revoked_at": Kept.CONSENT,
        "opened_at": Kept.CONSENT,
        "opened": Kept.CONSENT,
    },
    "consent_requests": {
        "id": Kept.ORDER,
        "employee_id": Kept.NUMBER,
        "invitation_id": Kept.ORDER,
        "issued_at": Kept.CONSENT,
    },
    "consent_tokens": {"employee_id": Kept.NUMBER, "grant": Kept.ORDER, "body": Kept.CONSENT},
    "consent_snapshots": {
        "employee_id": Kept.NUMBER,
        "grant": Kept.ORDER,
        "period": Kept.ORDER,
        "fetched_at": Kept.SEEN,
        "body": Kept.SEEN,
    },
}


def staff_data() -> tuple[Kept, ...]:
    """The categories that come from the roster, in the order of letters."""
    return _in_order(kind for kind in EMPLOYEE_FIELDS.values() if kind is not Kept.ADDRESS)


def profile_data() -> tuple[Kept, ...]:
    """The categories that come from the profile and from what HR did about it, in the order of letters."""
    found = {kind for columns in COLUMNS.values() for kind in columns.values()}
    return _in_order((found | set(EMPLOYEE_FIELDS.values())) - set(staff_data()))


def _in_order(kinds: Iterable[Kept]) -> tuple[Kept, ...]:
    found = set(kinds)
    return tuple(kind for kind in Kept if kind in found and kind is not Kept.ORDER)
