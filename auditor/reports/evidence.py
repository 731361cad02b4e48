"""Where evidence came from and how old it is, in words: `Saved page, 12 days old`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from auditor.model.dates import local
from auditor.model.examination import NOTHING_OPENED, Examination
from auditor.model.finding import FindingState, TrackedFinding
from auditor.reports.people import shown
from auditor.reports.scope import Scope


def finding_evidence(scope: Scope, tracked: TrackedFinding) -> str:
    """The source and age of what a finding rests on; only the age where this run did not see it."""
    person, result = scope.person(tracked), scope.result(tracked)
    trial = person.evidence_of(result) if person and result else None
    if tracked.state is FindingState.UNVERIFIED or trial is None:
        return evidence_words(scope, "", tracked.last_seen)
    return evidence_words(scope, trial.source, _day(scope, trial.captured_at) or tracked.last_seen)


def tried_evidence(scope: Scope, examination: Examination) -> str:
    """One line per source that was looked at for a person."""
    return "\n".join(dict.fromkeys(_lines(scope, examination)))


def evidence_words(scope: Scope, source: str, day: date) -> str:
    """The source and how many days old its evidence was on the day of the audit."""
    words = scope.words
    age = max((scope.today - day).days, 0)
    if not source:
        return words.count("{n} day old", "{n} days old", age)
    name = source_words(source, scope)
    if age == 0:
        return words.say("{source}, of the same day", source=name)
    return words.count("{source}, {n} day old", "{source}, {n} days old", age, source=name)


def source_words(source: str, scope: Scope) -> str:
    """A source's name for people."""
    title = scope.report.source_titles.get(source)
    return scope.words.say(title) if title else shown(source)


def _lines(scope: Scope, examination: Examination) -> Iterator[str]:
    for trial in examination.trials:
        day = _day(scope, trial.captured_at)
        if trial.status not in NOTHING_OPENED and day:
            yield evidence_words(scope, trial.source, day)


def _day(scope: Scope, moment: datetime | None) -> date | None:
    there = local(moment, scope.report.time_zone)
    return there.date() if there else None
