"""A departure as a case: one person and one last day, with steps on two sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from auditor.model.case import CaseRecord, Side, StepState


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step of one case. `closing` False: it follows the closing (such as deleting the data).

    `answered_on`: the day for which the answer speaks, None where it is not known. `of_profile`: it says
    what the profile shows, so that a later sighting of the opposite outranks it.
    """

    id: str
    side: Side
    state: StepState = StepState.OPEN
    closing: bool = True
    answered_on: date | None = None
    of_profile: bool = False


def sides_done(steps: Iterable[CaseStep]) -> frozenset[Side]:
    """The sides on which every closing step is done or not needed; a side without steps is not done."""
    wanted = [step for step in steps if step.closing]
    return frozenset(
        side
        for side in Side
        if (own := [step for step in wanted if step.side is side])
        and all(step.state is not StepState.OPEN for step in own)
    )


def is_closed(steps: Iterable[CaseStep]) -> bool:
    """Whether the case is closed: both sides are done."""
    return sides_done(steps) == frozenset(Side)


def letters_known(recorded: Iterable[date], noted: Iterable[date | None]) -> tuple[date, ...]:
    """The days on which letters went out: those recorded, and those that the checklist tells of letters of
    which nothing is recorded. `noted` holds the days on the steps of the first letter, the second ..."""
    days = sorted(recorded)
    more = (day for place, day in enumerate(noted) if day and place >= len(days))
    return tuple(sorted({*days, *more}))


@dataclass(frozen=True, slots=True)
class CaseSight:
    """What one run knows of a departure.

    `flagged`: a leaver finding is new, open or reopened; `sighted`: this run saw the person shown as
    working here, whatever was agreed about it; `leaving`: the last day is not over;
    `left_out`: the profile is not looked at any more (an objection, no profile); `clean_on` is the
    day on which this run's evidence shows the profile put right; `put_back`: somebody has put a step
    back to open; `sighted_on`: the last day on which any run saw the person shown as working here.
    """

    steps: tuple[CaseStep, ...]
    flagged: bool = False
    leaving: bool = False
    left_out: bool = False
    clean_on: date | None = None
    put_back: bool = False
    sighted: bool = False
    sighted_on: date | None = None


def is_outdated(step: CaseStep, sighted_on: date | None) -> bool:
    """Whether an answer about the profile is older than a sighting of the opposite, or no newer."""
    if sighted_on is None or not step.of_profile or step.state is StepState.OPEN:
        return False
    return step.answered_on is None or step.answered_on <= sighted_on


def sides_settled(sight: CaseSight, clean_on: date | None) -> frozenset[Side]:
    """The sides that are done, by what was ticked and by what was seen.

    What the program sees outranks what is ticked: while it sees the person shown as working here, and
    before the last day is over, the leaver's side is not done; seen put right (`clean_on`), it is. What was
    ticked of the profile before it was last seen otherwise does not count any more.
    """
    done = sides_done(sight.steps)
    if any(is_outdated(step, sight.sighted_on) for step in sight.steps):
        done -= {Side.LEAVER}
    if sight.flagged or sight.leaving:
        return done - {Side.LEAVER}
    return done | {Side.LEAVER} if clean_on or sight.left_out else done


def next_record(
    before: CaseRecord | None,
    fresh: CaseRecord,
    sight: CaseSight,
    run_id: str,
    *,
    sound: bool,
    whole: bool = True,
) -> CaseRecord:
    """The case after a run of the day `fresh.opened_on`: begun, going on, closed or opened again.

    A run that is not sound closes nothing and does not count as having seen a profile put right; one that
    is not `whole` (people are left, or only a chosen few were looked at) closes nothing either.
    Applying it again to its own result, in the same run, changes nothing.
    """
    today = fresh.opened_on
    record = before or fresh
    clean_on = (sight.clean_on if sound else None) or record.clean_on
    record = replace(record, clean_on=None if sight.flagged or sight.sighted else clean_on)
    both = sides_settled(sight, record.clean_on) == frozenset(Side)
    if record.closed_on is None:
        return replace(record, closed_on=today, closed_in=run_id) if both and sound and whole else record
    if both or not (sight.flagged or sight.put_back or record.closed_in == run_id):
        return record
    again = today if record.closed_in != run_id else record.reopened_on
    return replace(record, closed_on=None, closed_in="", reopened_on=again)
