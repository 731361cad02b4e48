"""Tells people how a run ended. A notice that fails costs the audit nothing and is tried again."""

from __future__ import annotations

import time

import structlog

from auditor.app.run_plan import today_of
from auditor.model.notice import Message, NoticeKind
from auditor.model.policy import Policy
from auditor.model.report import AuditReport
from auditor.notices.message import chosen_kind, failure_message, kinds_of, run_message
from auditor.notices.sending import PATIENCE, send
from auditor.store.outbox import MOST_ATTEMPTS, Outbox, Waiting, mark_of
from auditor.store.runs import RunStore

log = structlog.get_logger()
#: seconds all notices of one call may take together
PATIENCE_IN_ALL = 60.0


def notify(policy: Policy, store: RunStore, report: AuditReport | None) -> list[str]:
    """Note what the run gives reason to say, then send everything that waits; None = only the latter.

    Returns a sentence for each notice that could not be sent. Never raises.
    """
    if not policy.notices.addresses:
        return []
    try:
        box = Outbox(store.engine)
        kind = chosen_kind(kinds_of(report), policy.notices.on) if report else None
        if report and kind:
            box.put(kind, run_message(report, kind), policy.notices.addresses)
        return _send_waiting(policy, box)
    except Exception as trouble:
        return [_said(type(trouble).__name__)]


def notify_failure(policy: Policy, store: RunStore | None, status: int) -> list[str]:
    """Say that the scheduled audit ended without a report; at once where the store cannot keep it."""
    notices = policy.notices
    if not notices.addresses or NoticeKind.NEEDS_YOU not in notices.on:
        return []
    month = f"{today_of(policy):%Y-%m}"
    message = failure_message(status, month, policy.language)
    try:
        if store is None:
            return _send_directly(message, notices.addresses)
        box = Outbox(store.engine)
        box.put(NoticeKind.NEEDS_YOU, message, notices.addresses)
        return _send_waiting(policy, box)
    except Exception as trouble:
        return [_said(type(trouble).__name__)]


def _send_waiting(policy: Policy, box: Outbox) -> list[str]:
    addresses = {mark_of(address): address for address in policy.notices.addresses}
    until = time.monotonic() + PATIENCE_IN_ALL
    troubles = []
    for notice in box.waiting():
        left = until - time.monotonic()
        if left <= 0:
            troubles.append(_said("the time for notices is over"))
            break
        trouble = _send_one(notice, addresses.get(notice.mark, ""), min(PATIENCE, left), box)
        if trouble:
            troubles.append(trouble)
    return troubles


def _send_one(notice: Waiting, address: str, patience: float, box: Outbox) -> str:
    if not address:
        box.give_up(notice.number, "the address left the policy")
        return ""
    trouble = send(address, notice.message, patience)
    log.info("notice", kind=notice.kind, sent=not trouble)
    if not trouble:
        box.sent(notice.number)
        return ""
    box.failed(notice.number, trouble)
    return _said(trouble, last=notice.attempts + 1 >= MOST_ATTEMPTS)


def _send_directly(message: Message, addresses: tuple[str, ...]) -> list[str]:
    troubles = [send(address, message, PATIENCE_IN_ALL / len(addresses)) for address in addresses]
    return [_said(trouble, last=True) for trouble in troubles if trouble]


def _said(trouble: str, *, last: bool = False) -> str:
    then = "it is given up" if last else "it is tried again at the next run"
    return f"A notice could not be sent ({trouble}); {then}."
