"""What a run decides once everybody was examined: pure, of its facts, its people and the history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from auditor.app.examine import RULE_CRASHED
from auditor.app.registry import sources
from auditor.findings.adoption import adoption_answers, count_adoption, count_banners
from auditor.findings.assessment import Group
from auditor.findings.counting import could_not_verify, count_entities, count_run, require_people_sum
from auditor.findings.decisions import Decided, decided
from auditor.findings.drift import (
    drifted_fields,
    hold_back,
    mass_failing,
    measure,
    without_mass_failures,
)
from auditor.findings.duty_to_inform import nobody_told
from auditor.findings.health import judge_health
from auditor.findings.tracking import track
from auditor.model.employee import Employee
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.health import HealthVerdict
from auditor.model.history import History
from auditor.model.policy import Policy
from auditor.model.report import RunFacts, SourceNote
from auditor.model.rule import Criterion, Failed, Undetermined
from auditor.model.run_result import RosterKept, RunResult
from auditor.offboarding.cases import CaseFacts, changed_records
from auditor.offboarding.letters_sent import letters_sent
from auditor.offboarding.step_notes import answers_of


@dataclass(frozen=True, slots=True)
class Ending:
    """How the examining of a run ended.

    `left` people wait for another call; `paused`: only because the day's share is done. `source_notes` is
    what the sources said of their folder or file as a whole.
    """

    finished_at: datetime
    left: int = 0
    paused: bool = False
    source_notes: tuple[SourceNote, ...] = ()


def conclude(
    run: RunFacts,
    roster: RosterKept,
    roster_keys: Collection[str],
    examinations: Sequence[Examination],
    history: History,
    policy: Policy,
    ending: Ending,
) -> RunResult:
    """The findings, cases, health and counts of a run whose people are examined.

    `roster_keys` are all keys by which the roster names its people. What a part of the people cannot bear out
    is held back in the report of a paused run, and not for good. Raises AuditorError where the people do not
    add up.
    """
    people = tuple(examinations)
    earlier = [
        before.health.coverage
        for before in history.runs
        if before.health and before.health.verdict is HealthVerdict.SOUND
    ]
    drifts = drifted_fields(measure(people), earlier, policy.health.largest_coverage_fall)
    rests_on = {rule.id: rule.rule.fields for rule in policy.rules}
    people = _replaced(people, hold_back(people, drifts, rests_on, history.findings))
    said = what_hr_decided(history, run.today, roster.employees, roster_keys)
    findings = _findings(people, history, run.today, said)
    from_roster = _rules_of_roster(policy)
    new_people = {
        one.finding.employee_id
        for one in findings
        if one.state is FindingState.NEW and one.finding.rule_id not in from_roster
    }
    health = judge_health(
        list(people),
        len(new_people & history.people_before),
        policy.health,
        rows=roster.rows,
        crashed_rules=_crashed(people),
        drifts=drifts,
        goes_on=ending.paused,
        voluntary=frozenset(name for name, source in sources().items() if source.voluntary),
    )
    health = nobody_told(health, people)
    if health.newly_failing_share > policy.health.largest_newly_failing_share:
        people = _without_mass_failing(run, people, findings, history, policy)
        findings = _findings(people, history, run.today, said)
    about = {rule.id: rule.rule.about for rule in policy.rules}
    answers = adoption_answers(people, lambda rule_id: about.get(rule_id, Criterion.OTHER))
    carried, carried_by_entity = count_adoption(answers)
    by_entity = count_entities(people, findings, run.today)
    facts = replace(
        run,
        finished_at=ending.finished_at,
        counts=count_run(people, findings, run.today) | carried,
        entity_counts={name: one | carried_by_entity.get(name, {}) for name, one in by_entity.items()},
        banner_counts=count_banners(answers),
        source=", ".join(sorted({t.source for one in people for t in one.trials})) or "none",
        source_notes=ending.source_notes,
        left=ending.left,
    )
    _require_sums(facts, len(roster.employees))
    changed = changed_records(
        case_facts(facts, people, findings, history, policy),
        sound=health.verdict is HealthVerdict.SOUND,
        whole=not (facts.left or facts.partial),
    )
    changed_people = (one for one, stored in zip(people, examinations, strict=True) if one is not stored)
    revised = () if ending.paused else changed_people
    return RunResult(
        run=facts,
        health=health,
        roster=roster,
        examinations=people,
        findings=with_pictures(findings, people),
        cases={**history.cases, **changed},
        changed_cases=tuple(changed.values()),
        revised=tuple(revised),
    )


def what_hr_decided(
    history: History, today: date, employees: Iterable[Employee], roster_keys: Collection[str]
) -> Decided:
    """What HR's decisions mean for the findings of a run with these people."""
    asked = {one.employee_id for one in history.decisions}
    now = {one.employee_id: one for one in employees if one.employee_id in asked}

    def roster_stands(run_id: str, employee_id: str) -> bool:
        then = history.rosters.get(run_id, {}).get(employee_id)
        return _statement(then) == _statement(now.get(employee_id))

    return decided(history.decisions, today, frozenset(roster_keys), roster_stands)


def case_facts(
    run: RunFacts,
    people: Sequence[Examination],
    findings: Iterable[TrackedFinding],
    history: History,
    policy: Policy,
) -> CaseFacts:
    """What the run knows about departures, with what was sent back and recorded about them."""
    answers = answers_of(history.step_notes)
    listed = tuple(sorted(findings, key=lambda one: one.finding.fingerprint))
    everybody = (*(one.employee for one in people), *history.departed.values())
    return CaseFacts(
        run_id=run.id,
        today=run.today,
        people=tuple(people),
        findings=listed,
        leaver_rules=leaver_rules_of(policy),
        departed=tuple(history.departed.values()),
        records=history.cases,
        answers=answers,
        letters_sent=letters_sent(everybody, history.case_events, answers),
        sightings=sightings_after(history, listed, leaver_rules_of(policy)),
        companies=policy.companies,
        default_entity=policy.default_entity,
        time_zone=policy.roster.time_zone,
    )


def leaver_rules_of(policy: Policy) -> frozenset[str]:
    """The ids of the policy's rules about people who have left."""
    return frozenset(rule.id for rule in policy.rules if rule.rule.about is Criterion.LEAVER)


def sightings_after(
    history: History, findings: Iterable[TrackedFinding], leaver_rules: frozenset[str]
) -> dict[str, date]:
    """By employee id: the last day on which a run, this one included, saw somebody of whom a case or an
    answer is known shown as working here."""
    people = {one.employee_id for one in history.cases.values()}
    people |= {one.employee_id for one in history.step_notes}
    found = dict(history.sightings)
    for one in findings:
        person = one.finding.employee_id
        if person in people and one.finding.rule_id in leaver_rules:
            found[person] = max(one.last_seen, found.get(person, one.last_seen))
    return found


def times_unverified_after(history: History, people: Iterable[Examination]) -> dict[str, int]:
    """By employee id: the number of runs in a row, this one included, in which something could not be
    verified; people without any are left out."""
    times = dict(history.times_unverified)
    for one in people:
        before = times.pop(one.employee.employee_id, 0)
        if could_not_verify(one):
            times[one.employee.employee_id] = before + 1
    return times


def with_pictures(
    findings: Iterable[TrackedFinding], people: Iterable[Examination]
) -> tuple[TrackedFinding, ...]:
    """The findings with the evidence pictures of this run's results."""
    pictures = {
        (examination.employee.employee_id, result.rule_id): result.outcome.pictures
        for examination in people
        for result in examination.results
        if isinstance(result.outcome, Failed | Undetermined) and result.outcome.pictures
    }
    return tuple(
        replace(
            one,
            finding=replace(
                one.finding, pictures=pictures.get((one.finding.employee_id, one.finding.rule_id), ())
            ),
        )
        for one in findings
    )


def _findings(
    people: Iterable[Examination], history: History, today: date, said: Decided
) -> tuple[TrackedFinding, ...]:
    return track(history.findings, people, today, said)


def _without_mass_failing(
    run: RunFacts,
    people: tuple[Examination, ...],
    findings: Sequence[TrackedFinding],
    history: History,
    policy: Policy,
) -> tuple[Examination, ...]:
    """The examinations with nothing newly said by rules that most people suddenly fail. A policy that changed
    since the last run explains such a mass, so then nothing is held back."""
    if history.previous is None or history.previous.policy_sha256 != run.policy_sha256:
        return people
    known = history.people_before
    rules = mass_failing(
        [one for one in people if one.employee.employee_id in known],
        [one for one in findings if one.finding.employee_id in known],
        policy.health.largest_newly_failing_share,
    )
    rules -= _rules_of_roster(policy)
    return _replaced(people, without_mass_failures(people, rules, history.findings))


def _rules_of_roster(policy: Policy) -> frozenset[str]:
    """The rules that read nothing of a page: what they newly say no changed page can explain."""
    return frozenset(rule.id for rule in policy.rules if not rule.rule.reads_page)


def _replaced(people: tuple[Examination, ...], changed: Iterable[Examination]) -> tuple[Examination, ...]:
    by_person: Mapping[str, Examination] = {one.employee.employee_id: one for one in changed}
    return tuple(by_person.get(one.employee.employee_id, one) for one in people) if by_person else people


def _crashed(people: Iterable[Examination]) -> tuple[str, ...]:
    results = (result for examination in people for result in examination.results)
    crashed = {
        result.rule_id
        for result in results
        if isinstance(result.outcome, Undetermined) and result.outcome.code == RULE_CRASHED
    }
    return tuple(sorted(crashed))


def _require_sums(facts: RunFacts, people: int) -> None:
    """Everybody of the roster is in one group, in all and per entity. Raises AuditorError."""
    require_people_sum(facts.counts, people)
    for counts in facts.entity_counts.values():
        require_people_sum(counts)
    for group in Group:
        shares = {name: counts[group] for name, counts in facts.entity_counts.items()}
        require_people_sum({**facts.counts, group: sum(shares.values())}, people)


def _statement(employee: Employee | None) -> tuple[object, ...]:
    """What the roster says of a person, without where it says so."""
    if employee is None:
        return ()
    return (
        employee.full_name,
        employee.profile_url,
        employee.title,
        employee.entity,
        employee.last_day,
        employee.start_day,
    )
