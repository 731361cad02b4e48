"""What HR must know about the run itself: the policy changed within it, or the clock stands behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from auditor.domain.report import RunFacts
from auditor.domain.roster import RosterNotice

POLICY_CHANGED = "R01"
CLOCK_BEHIND = "R02"


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
            f"The day of this run, {today}, lies before that of the run before it, {before.today}: "
            "look whether the clock is right."
        )
        facts = (("day", str(today)), ("before", str(before.today)))
        notices.append(RosterNotice(CLOCK_BEHIND, text, facts=facts))
    return notices
