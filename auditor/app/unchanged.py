"""Whether anything that a person's last examination rests on has changed: the evidence, byte for byte, what
the roster and the policy say, the program, and what the day means for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from auditor.app.evidence import Evidence, is_from_the_future
from auditor.app.judge_version import program_version
from auditor.errors import AuditorError
from auditor.model.capture import Artifact
from auditor.model.company import Company
from auditor.model.day import Day
from auditor.model.employee import Employee
from auditor.model.examination import NOTHING_OPENED, Basis, Examination
from auditor.model.rule import BoundRule

#: stands for the moment of what has none of its own
_NO_MOMENT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing of it has changed. `moments` are those at which the steps were asked this time, for what has
    none of its own."""

    moments: tuple[datetime, ...]

    def renewed(self, employee: Employee, before: Examination, basis: Basis) -> Examination:
        """The examination of last time as that of the person today."""
        asked = zip(before.trials, self.moments, strict=True)
        moments = {trial.source: moment for trial, moment in asked if trial.status in NOTHING_OPENED}
        if not moments:
            return Examination(employee, before.trials, before.results, basis=basis, as_before=True)
        trials = tuple(replace(t, captured_at=moments.get(t.source, t.captured_at)) for t in before.trials)
        results = tuple(replace(r, captured_at=moments.get(r.source, r.captured_at)) for r in before.results)
        return Examination(employee, trials, results, basis=basis, as_before=True)


def examining_version(rules: Iterable[BoundRule], judge_version: str) -> str:
    """The version of all that examines, with the rules as the policy sets them; empty where it cannot be
    told."""
    program = program_version()
    if not program or not judge_version:
        return ""
    bound = [(one.id, repr(one.settings), one.severity) for one in rules]
    return _digest((program, judge_version, repr(bound)))


def unchanged(
    evidence: Evidence, company: Company | None, version: str, today: date, basis: Basis | None
) -> Unchanged | None:
    """That an examination with this basis would come out as it did; None where that is not certain. Nothing
    is opened where it is certain before."""
    if basis is None or not basis.first <= today <= basis.last:
        return None
    if basis.about != _about(evidence, company, version):
        return None
    try:
        seen = _seen(evidence, today, basis.steps)
        moments = tuple(evidence.brought(place)[0].captured_at for place in range(basis.steps))
    except AuditorError:
        raise
    except Exception:  # whoever examines the person says so
        return None
    return Unchanged(moments) if seen == basis.evidence else None


def basis_of(
    examination: Examination, evidence: Evidence, company: Company | None, version: str, day: Day
) -> Basis | None:
    """What an examination rests on in which nothing of ours failed; None where that cannot be told."""
    steps, about = len(examination.trials), _about(evidence, company, version)
    if not about or not steps:
        return None
    pictures = sum(len(getattr(one.outcome, "pictures", ())) for one in examination.results)
    return Basis(about, _seen(evidence, day.date, steps), day.first, day.last, steps, pictures)


def _about(evidence: Evidence, company: Company | None, version: str) -> str:
    """A digest of the program, the policy and the person, who decide what is looked at; empty where that
    cannot be told."""
    if not version or company is None or any(step.can_refuse for step in evidence.steps):
        return ""
    ladder = [(step.name, step.evidence_days) for step in evidence.steps]
    person = replace(evidence.employee, roster_row=0)  # which changes with other people's rows
    return _digest((version, _company_digest(company), repr(person), repr(ladder)))


def _seen(evidence: Evidence, today: date, steps: int) -> str:
    """A digest of all that the first steps hold of the person."""
    parts: list[str] = []
    for place in range(steps):
        for capture in evidence.brought(place):
            opened = capture.status not in NOTHING_OPENED
            moment = capture.captured_at if opened else _NO_MOMENT
            parts.append(repr(replace(capture, artifacts=(), captured_at=moment)))
            parts.append(repr(opened and is_from_the_future(capture, today)))
            parts += map(_artifact_facts, capture.artifacts)
        parts.append(f"step {place}")
    return _digest(parts)


def _artifact_facts(artifact: Artifact) -> str:
    body = hashlib.sha256(artifact.body).hexdigest()
    return repr((artifact.kind, artifact.address, artifact.media_type, artifact.trouble, body))


@lru_cache(maxsize=64)
def _company_digest(company: Company) -> str:
    banners = [hashlib.sha256(one.body).hexdigest() for one in company.banners]
    bare = replace(company, banners=tuple(replace(one, body=b"") for one in company.banners))
    return _digest((repr(bare), *banners))


def _digest(parts: Iterable[str]) -> str:
    marks = hashlib.sha256()
    for part in parts:
        body = part.encode("utf-8", "surrogatepass")
        marks.update(len(body).to_bytes(8, "big") + body)
    return marks.hexdigest()
