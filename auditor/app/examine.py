"""One person through the ladder of evidence: captures, profiles, outcomes. Trouble is a value here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from auditor.app.evidence import Evidence, EvidenceStep, is_from_the_future
from auditor.app.unchanged import basis_of
from auditor.errors import AuditorError
from auditor.findings.assessment import NO_ENTITY
from auditor.identity.same_person import Identity, name_key, same_person
from auditor.model.capture import REFUSALS, Capture, CaptureFormat, CaptureStatus, Crash
from auditor.model.company import Company
from auditor.model.day import Day
from auditor.model.employee import NEVER_OPENED, Employee, PersonName
from auditor.model.examination import Examination, Trial
from auditor.model.judgement import BannerJudgement, Recall
from auditor.model.message import Message, Text, say
from auditor.model.observed import Present, Unseen
from auditor.model.profile import PageKind, Profile, nothing_seen
from auditor.model.report import SourceNote
from auditor.model.rule import BoundRule, CheckResult, NotApplicable, Outcome, Subject, Undetermined

RULE_CRASHED = "RULE_CRASHED"
SOURCE_CRASHED = "the evidence could not be brought: the source failed"
EXTRACTOR_CRASHED = "the page could not be read: the reader failed"
#: what a page turned out to be -> how the capture ended
STATUS_OF_PAGE: Mapping[PageKind, CaptureStatus] = {
    PageKind.PROFILE_FULL: CaptureStatus.OK,
    PageKind.PROFILE_MASKED: CaptureStatus.OK,
    PageKind.PROFILE_SIGNED_IN: CaptureStatus.OK,
    PageKind.RECORD: CaptureStatus.OK,
    PageKind.NOT_FOUND: CaptureStatus.NOT_FOUND,
    PageKind.AUTH_WALL: CaptureStatus.AUTH_WALL,
    PageKind.LOGIN: CaptureStatus.AUTH_WALL,
    PageKind.THROTTLED_999: CaptureStatus.RATE_LIMITED,
    PageKind.CHALLENGE: CaptureStatus.CHALLENGE,
    PageKind.WRONG_PAGE: CaptureStatus.WRONG_PAGE,
    PageKind.COMPANY_PAGE: CaptureStatus.WRONG_PAGE,
    PageKind.LOGGED_IN: CaptureStatus.LOGGED_IN,
    PageKind.UNREADABLE: CaptureStatus.UNREADABLE,
}
#: what a capture without a readable page says of the page
PAGE_OF_STATUS: Mapping[CaptureStatus, PageKind] = {
    CaptureStatus.RATE_LIMITED: PageKind.THROTTLED_999,
    CaptureStatus.AUTH_WALL: PageKind.AUTH_WALL,
    CaptureStatus.CHALLENGE: PageKind.CHALLENGE,
    CaptureStatus.NOT_FOUND: PageKind.NOT_FOUND,
    CaptureStatus.UNREADABLE: PageKind.UNREADABLE,
    CaptureStatus.WRONG_PAGE: PageKind.WRONG_PAGE,
}
_PAGE_KNOWN = {
    *STATUS_OF_PAGE.values(),
    *PAGE_OF_STATUS,
    CaptureStatus.WRONG_PERSON,
    CaptureStatus.WHO_IS_THIS,
}
#: so many failed visits in a row mean that the network or the site is down, not these people's pages
MOST_FAILURES = 5
_FAILURES = frozenset({CaptureStatus.TIMEOUT, CaptureStatus.NETWORK_ERROR})
_NOT_OPENED = frozenset({CaptureStatus.NO_URL, CaptureStatus.NOT_ATTEMPTED})


def _tell_nobody(_source: str, _seconds: float) -> None:
    """A run that keeps nothing between calls."""


@dataclass(slots=True)
class RunContext:
    """What all people of a run share. `refused` names the sources that are not asked any more, and
    why; `turned_away` those of them that refused us in this very run, with the seconds that the site
    asked us to wait (0 = it did not say). `on_refusal` is told of each at once, before anything else
    can go wrong."""

    readers: Mapping[CaptureFormat, Callable[[Capture], Profile]]
    rules: Sequence[BoundRule]
    today: date
    #: of the judges, so that what they said is known again; empty: nothing is
    judge_version: str = ""
    #: of all that examines, with the policy's rules (`examining_version`); empty: nobody is known again
    version: str = ""
    refused: dict[str, Text] = field(default_factory=dict)
    turned_away: dict[str, float] = field(default_factory=dict)
    on_refusal: Callable[[str, float], None] = _tell_nobody
    #: how often each source's visits failed without one that came through in between
    failed_in_a_row: Counter[str] = field(default_factory=Counter)
    #: what sources said of their folder or file as a whole
    notes: list[SourceNote] = field(default_factory=list)

    def turn_away(self, source: str, seconds: float) -> None:
        """A source refused us; seconds that the site asked us to wait, 0 = it did not say."""
        self.turned_away[source] = seconds
        self.on_refusal(source, seconds)


def examine(
    employee: Employee,
    company: Company | None,
    steps: Sequence[EvidenceStep],
    context: RunContext,
    known: Mapping[str, BannerJudgement] | None = None,
    evidence: Evidence | None = None,
) -> Examination:
    """Climb the ladder until every rule is decided or no evidence is left. `known` are the judgements of the
    person's pictures from earlier, `evidence` is what the steps hold of the person, where it was asked for.

    Raises AuditorError only, where a source cannot go on at all.
    """
    rules = [rule for rule in context.rules if rule.rule.applies_to(employee)]
    results = {rule.id: _not_for(employee, rule) for rule in context.rules if rule not in rules}
    if company is None:
        reason = f"the policy describes no entity {employee.entity!r}"
        for rule in rules:
            results[rule.id] = _result(rule, Undetermined(NO_ENTITY, reason), None)
        return _finish(employee, [], results, context)
    if employee.roster_state in NEVER_OPENED or not rules:
        return _finish(employee, [], results, context)
    trials: list[Trial] = []
    recall, day = Recall(context.judge_version, known or {}), Day(context.today)
    evidence = evidence or Evidence(employee, steps)
    weights: dict[str, _Weight] = {}
    for place, step in enumerate(steps):
        open_rules = [rule for rule in rules if not _decided(results.get(rule.id))]
        if not open_rules:
            break
        capture, profile = _bring(evidence, place, day, context)
        if step.can_refuse:
            _watch(step.name, capture, context)
        subject = Subject(employee, capture, profile, company, day, recall)
        new = {rule.id: _check(subject, rule) for rule in open_rules}
        for key, result in new.items():
            weight = _weight(result, capture)
            if weight > weights.get(key, _NOTHING):
                results[key], weights[key] = result, weight
        trials.append(
            _trial(capture, profile, step, [key for key, result in new.items() if _decided(result)])
        )
    found = replace(_finish(employee, trials, results, context), judgements=recall.used)
    basis = None if has_crashed(found) else basis_of(found, evidence, company, context.version, day)
    return replace(found, basis=basis)


def _watch(name: str, capture: Capture, context: RunContext) -> None:
    """Stop asking a source that refuses us, or that has failed so often in a row that it must be down."""
    if capture.status in REFUSALS:
        context.refused[name] = say("the site had refused an earlier visit")
        context.turn_away(name, capture.retry_after or 0.0)
    elif capture.status in _FAILURES or capture.crash is Crash.SOURCE:
        context.failed_in_a_row[name] += 1
        if context.failed_in_a_row[name] >= MOST_FAILURES:
            context.refused[name] = f"{MOST_FAILURES} visits in a row had failed"
    elif capture.status not in _NOT_OPENED:
        context.failed_in_a_row[name] = 0


def is_final(examination: Examination) -> bool:
    """False when resuming should try this person again: something was refused or not attempted, and
    rules are still open for want of it. A file is what it is: asking for it again changes nothing."""
    if all(_decided(result) for result in examination.results):
        return True
    return not any(trial.postponed or trial.refused for trial in examination.trials)


def needs_visit(employee: Employee, rules: Sequence[BoundRule]) -> bool:
    """True when some rule concerns the person, so that evidence is wanted."""
    return employee.roster_state not in NEVER_OPENED and any(rule.rule.applies_to(employee) for rule in rules)


def _bring(evidence: Evidence, place: int, day: Day, context: RunContext) -> tuple[Capture, Profile]:
    employee, step = evidence.employee, evidence.steps[place]
    if step.name in context.refused:
        return _nothing(employee, step, CaptureStatus.NOT_ATTEMPTED, context.refused[step.name])
    try:
        capture = evidence.capture(place)
    except AuditorError:  # the source cannot go on at all
        raise
    except Exception as trouble:
        words = f"{SOURCE_CRASHED} ({type(trouble).__name__})"
        capture, profile = _nothing(employee, step, CaptureStatus.UNREADABLE, words)
        return replace(capture, attempts=1, crash=Crash.SOURCE), profile
    if capture.status is not CaptureStatus.OK:
        kind = PAGE_OF_STATUS.get(capture.status, PageKind.UNREADABLE)
        return capture, nothing_seen(kind, str(capture.trouble) or _words(capture.status))
    if day_trouble := _day_trouble(capture, step, day):
        return _failed(capture, CaptureStatus.UNREADABLE, day_trouble)
    try:
        profile = context.readers[capture.format](capture)
    except Exception as trouble:
        words = f"{EXTRACTOR_CRASHED} ({type(trouble).__name__})"
        return _failed(replace(capture, crash=Crash.EXTRACTOR), CaptureStatus.UNREADABLE, words)
    status = STATUS_OF_PAGE[profile.page_kind]
    if status is not CaptureStatus.OK:
        note = profile.notes[0] if profile.notes else _words(status)
        return replace(capture, status=status, trouble=capture.trouble or note, artifacts=()), profile
    if profile.saved_until is not None and day > profile.saved_until + timedelta(days=step.evidence_days):
        too_old = say(
            "by its own dates the page was saved before {day}: it is older than {n} days",
            day=profile.saved_until + timedelta(days=1),
            n=step.evidence_days,
        )
        return _failed(capture, CaptureStatus.UNREADABLE, too_old)
    if profile.page_kind is PageKind.PROFILE_SIGNED_IN:  # the file holds its viewer's own data too
        capture = replace(capture, artifacts=())
    return _of_the_person(employee, capture, profile)


def _day_trouble(capture: Capture, step: EvidenceStep, today: Day) -> Message | None:
    """Why evidence of this day does not count, before anything of it is read; None where it does."""
    day = capture.captured_at.date()
    if today > capture.captured_at.astimezone(UTC).date() + timedelta(days=step.evidence_days):
        return say("the evidence of {day} is older than {n} days", day=day, n=step.evidence_days)
    # what the run fetches is dated by its own clock, which may be set back meanwhile
    if not step.can_refuse and is_from_the_future(capture, today.date):
        return say(
            "the evidence is dated {day}, in the future: check the file and the clock of the computer on "
            "which it was saved",
            day=day,
        )
    return None


def _of_the_person(employee: Employee, capture: Capture, profile: Profile) -> tuple[Capture, Profile]:
    """The evidence as it is where it is the person's; otherwise nothing of it but the name to ask about."""
    name = profile.full_name
    if not isinstance(name, Present):
        return capture, profile
    identity = same_person(employee.name or PersonName(employee.full_name), name.value)
    if identity is Identity.DIFFERS:
        return _failed(capture, CaptureStatus.WRONG_PERSON, "the page bears another name than the roster")
    if identity is Identity.UNSEEN:  # only the address ties the page to the person, as without a name
        return capture, replace(profile, full_name=Unseen("the page shows no name"))
    confirmed = map(name_key, employee.confirmed_names)
    if identity is Identity.UNSURE and name_key(name.value) not in confirmed:
        trouble = "it is not sure that the page is this person's"
        capture, nothing = _failed(capture, CaptureStatus.WHO_IS_THIS, trouble)
        return capture, replace(nothing, full_name=name)
    return capture, profile


def _failed(capture: Capture, status: CaptureStatus, trouble: Text) -> tuple[Capture, Profile]:
    bare = replace(capture, status=status, trouble=trouble, artifacts=())
    return bare, nothing_seen(PageKind.UNREADABLE, str(trouble))


def _nothing(
    employee: Employee, step: EvidenceStep, status: CaptureStatus, trouble: Text
) -> tuple[Capture, Profile]:
    url = employee.profile_url or ""
    now = datetime.now(UTC)
    capture = Capture(
        employee.employee_id,
        url,
        "",
        status,
        now,
        step.name,
        CaptureFormat.NOTHING,
        attempts=0,
        trouble=trouble,
    )
    return capture, nothing_seen(PageKind.UNREADABLE, str(trouble))


def _check(subject: Subject, rule: BoundRule) -> CheckResult:
    try:
        outcome = rule.rule.check(subject, rule.settings)
    except Exception as trouble:
        reason = f"the rule {rule.id} failed on this person ({type(trouble).__name__})"
        outcome = Undetermined(RULE_CRASHED, reason)
    return _result(rule, outcome, subject.capture)


def _result(rule: BoundRule, outcome: Outcome, capture: Capture | None) -> CheckResult:
    return CheckResult(
        rule.id,
        outcome,
        rule.severity or rule.rule.severity,
        capture.source if capture else "",
        capture.captured_at if capture else None,
    )


def _not_for(employee: Employee, rule: BoundRule) -> CheckResult:
    state = employee.roster_state
    outcome = NotApplicable(f"STATE_{state.upper()}", f"does not concern people in state {state}")
    return _result(rule, outcome, None)


def _decided(result: CheckResult | None) -> bool:
    return result is not None and not isinstance(result.outcome, Undetermined)


#: decided, for a person to look at, resting on readable evidence; of equals the earlier step stays
_Weight = tuple[bool, bool, bool]
_NOTHING: tuple[bool, ...] = ()


def has_crashed(examination: Examination) -> bool:
    """Whether a source, an extractor or a rule of ours failed on the person."""
    outcomes = (result.outcome for result in examination.results)
    return any(trial.crashed for trial in examination.trials) or any(
        isinstance(one, Undetermined) and one.code == RULE_CRASHED for one in outcomes
    )


def _weight(result: CheckResult, capture: Capture) -> _Weight:
    review = isinstance(result.outcome, Undetermined) and result.outcome.review
    return _decided(result), review, capture.status is CaptureStatus.OK


def _trial(capture: Capture, profile: Profile, step: EvidenceStep, decided: list[str]) -> Trial:
    return Trial(
        source=capture.source,
        status=capture.status,
        page_kind=profile.page_kind if capture.status in _PAGE_KNOWN else None,
        captured_at=capture.captured_at,
        http_status=capture.http_status,
        attempts=capture.attempts,
        trouble=capture.trouble,
        layout=profile.layout,
        fields=tuple(profile.field_states().items()),
        decided=tuple(decided),
        notes=capture.notes,
        postponed=step.can_refuse and capture.status is CaptureStatus.NOT_ATTEMPTED and not capture.final,
        crashed=capture.crash is not None,
        from_file=not step.can_refuse,
        file_name=capture.file_name,
        digests=capture.digests(),
    )


def _finish(
    employee: Employee, trials: list[Trial], results: Mapping[str, CheckResult], context: RunContext
) -> Examination:
    ordered = tuple(results[rule.id] for rule in context.rules if rule.id in results)
    return Examination(employee, tuple(trials), ordered)


def _words(status: CaptureStatus) -> str:
    return status.value.replace("_", " ")
