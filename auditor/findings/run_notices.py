"""What HR must know about the run itself: the policy changed within it, the clock stands behind, banners
that hold without end, pages saved while signed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from auditor.model.company import Company, open_ended
from auditor.model.policy_review import notice_day
from auditor.model.report import RunFacts
from auditor.model.roster import RosterNotice

POLICY_CHANGED = "R01"
CLOCK_BEHIND = "R02"
BANNERS_WITHOUT_END = "R03"
REVIEW_DUE = "V01"
REVIEW_OVERDUE = "V02"
SIGNED_IN_ACCEPTED = "R04"
NO_PAGE_NUMBER = "R05"


def run_notices(
    policy_sha256: str,
    today: date,
    begun: RunFacts | None,
    told: Iterable[RosterNotice],
    before: RunFacts | None,
) -> list[RosterNotice]:
    """Notices on the run of `today`.

    `begun` and `told` are facts and notices of the run that is gone on with; what it told once about a
    changed policy stays true to its end. `before` are the facts of the run before it.
    """
    notices = [notice for notice in told if notice.code == POLICY_CHANGED]
    if begun and begun.policy_sha256 != policy_sha256:
        text = (
            f"The policy was changed in the middle of the period, before {today}: people examined earlier "
            "were judged by the policy of their day."
        )
        changed = RosterNotice(POLICY_CHANGED, text, facts=(("day", str(today)),))
        notices = [*(one for one in notices if one.facts != changed.facts), changed]
    if before and today < before.today:
        text = (
            f"The day of this run, {today}, is before that of the previous run, {before.today}: "
            "check whether the clock is right."
        )
        facts = (("day", str(today)), ("before", str(before.today)))
        notices.append(RosterNotice(CLOCK_BEHIND, text, facts=facts))
    return notices


def banner_notices(companies: Iterable[Company]) -> list[RosterNotice]:
    """The entities of which several current banners hold without end, with the banners' names."""
    notices = []
    for company in companies:
        for group in open_ended(company.banners):
            names = ", ".join(one.name for one in group)
            text = (
                f"{company.entity}: several current banners have no last day ({names}), so old ones "
                "still pass. Give each old one a valid_to in the policy; auditor banner add --replaces "
                "does so."
            )
            facts = (("banners", names), ("entity", company.entity))
            notices.append(RosterNotice(BANNERS_WITHOUT_END, text, facts=facts))
    return notices


def review_notices(due: date, today: date) -> list[RosterNotice]:
    """That the yearly review of the policy is due soon, or overdue."""
    facts = (("day", str(due)),)
    if today > due:
        text = f"The yearly review of the policy has been overdue since {due}: auditor policy review."
        return [RosterNotice(REVIEW_OVERDUE, text, facts=facts)]
    if today >= notice_day(due):
        text = f"The yearly review of the policy is due on {due}: auditor policy review."
        return [RosterNotice(REVIEW_DUE, text, facts=facts)]
    return []


def signed_in_notices(
    decided_by: str, decided_on: date, reason: str, companies: Iterable[Company]
) -> list[RosterNotice]:
    """That pages saved while signed in are read, by whose decision and why; and the entities whose page
    number is not in the policy: such pages link employers by number only."""
    text = (
        f"Pages that were saved while signed in are read: decided by {decided_by} on {decided_on}. "
        f"Reason: {reason}"
    )
    facts = (("by", decided_by), ("day", str(decided_on)), ("reason", reason))
    notices = [RosterNotice(SIGNED_IN_ACCEPTED, text, facts=facts)]
    for company in companies:
        if not any(page.slug_or_id.isdigit() for page in company.pages):
            text = (
                f"{company.entity}: the number of the company page is not in the policy. Pages saved while "
                "signed in link employers by number, so that the company can be recognised by name only. Add "
                "the number to pages."
            )
            notices.append(RosterNotice(NO_PAGE_NUMBER, text, facts=(("entity", company.entity),)))
    return notices
