"""Opens the sources of a run, remembers refusals between runs, and asks for the control profile first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from auditor.app import examine as pipeline
from auditor.app.consent import RunConsents
from auditor.app.evidence import EvidenceStep
from auditor.app.evidence_places import evidence_root
from auditor.app.examine import RunContext
from auditor.app.registry import read_capture, sources
from auditor.app.run_plan import RunPlan
from auditor.errors import SourceUnavailable
from auditor.model.capture import REFUSALS, CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import NOTHING_OPENED
from auditor.model.report import SourceNote
from auditor.ports import SourceContext
from auditor.store.rate_limits import CoolDowns
from auditor.store.runs import RunStore

CONTROL = "control profile"
#: a refusal doubles the wait up to this many times
MOST_DOUBLINGS = 5
#: no wait is longer, whatever policy and site ask for
LONGEST_WAIT = timedelta(days=366)


def open_ladder(
    plan: RunPlan,
    store: RunStore,
    everybody: Sequence[Employee],
    left: Iterable[Employee],
    stopping: Callable[[], bool],
    stack: ExitStack,
) -> dict[str, EvidenceStep]:
    """Open every source that somebody's ladder names; none when nobody is left to look at.

    `everybody` are the people of the run as HR's decisions leave them: files are tied to the addresses that
    are looked at, not to those of the roster.
    """
    if not any(pipeline.needs_visit(employee, plan.policy.rules) for employee in left):
        return {}
    steps = {}
    now = datetime.now(UTC)
    for name in _named(plan):
        source = sources()[name]
        visited = store.visited_since(now - timedelta(days=1), name) if source.touches_network else []
        context = replace(
            _context(plan, everybody, now, stopping, tuple(visited)),
            consents=RunConsents(plan.policy, store.engine, plan.today),
        )
        opened = stack.enter_context(source.open(plan.policy.source_settings[name], context))
        days = plan.policy.evidence_days.get(name, source.evidence_days)
        steps[name] = EvidenceStep(name, opened, days, source.touches_network)
    return steps


def _named(plan: RunPlan) -> list[str]:
    """The sources that somebody's ladder names, each once."""
    return list(dict.fromkeys(name for ladder in plan.ladders.values() for name in ladder))


def _context(
    plan: RunPlan,
    everybody: Sequence[Employee],
    now: datetime,
    stopping: Callable[[], bool],
    visited: tuple[datetime, ...] = (),
) -> SourceContext:
    root = evidence_root(plan.policy)
    return SourceContext(
        policy=plan.policy,
        employees=everybody,
        folder=plan.request.captures or (root if root and root.is_dir() else None),
        stopping=stopping,
        today=now.date(),
        visited=visited,
        judged_on=plan.today,
        read_page=read_capture,
        objects=plan.eligibility.objects,
    )


def people_with_files(
    plan: RunPlan, everybody: Sequence[Employee], wanted: Sequence[Employee]
) -> dict[str, tuple[str, ...]]:
    """By employee id: the sources in which a file of the person lies, for those of `everybody` of whom one is
    wanted. Nothing is visited; a source that cannot be opened holds nobody's."""
    found: dict[str, tuple[str, ...]] = {}
    now = datetime.now(UTC)
    for name in _named(plan):
        if sources()[name].touches_network:
            continue
        with ExitStack() as stack, suppress(SourceUnavailable):
            context = _context(plan, everybody, now, lambda: False)
            opened = stack.enter_context(sources()[name].open(plan.policy.source_settings[name], context))
            for one in wanted:
                if opened.fetch(one).status not in NOTHING_OPENED:
                    found[one.employee_id] = (*found.get(one.employee_id, ()), name)
    return found


def notes_of(steps: dict[str, EvidenceStep]) -> list[SourceNote]:
    """What the open sources say of their folder or file as a whole."""
    return [
        SourceNote(name, note) for name, step in steps.items() for note in getattr(step.source, "notices", ())
    ]


def rest_refused_sources(
    plan: RunPlan, steps: dict[str, EvidenceStep], context: RunContext, cool_downs: CoolDowns
) -> None:
    """Mark the sources that are not to be asked now: cooling down, or the control profile is refused."""
    for name, step in steps.items():
        if not step.can_refuse:
            continue
        until = cool_downs.until(name)
        if until and until > datetime.now(UTC):
            context.refused[name] = (
                f"the site refused an earlier run; waiting until {until:%Y-%m-%d %H:%M} UTC"
            )
            continue
        trouble = _control_trouble(plan, step, context)
        if trouble:
            context.refused[name] = trouble


def note_refusal(plan: RunPlan, cool_downs: CoolDowns, name: str, seconds: float) -> None:
    """A refusal, as soon as it is known: each one in a row doubles the wait before the next visit, and
    the site may ask for longer (`seconds`)."""
    hours = float(getattr(plan.policy.source_settings[name], "cool_down_hours", 0))
    times = cool_downs.times(name)
    wait = max(hours * 3600 * 2 ** min(times, MOST_DOUBLINGS), seconds)
    cool_downs.set(
        name, datetime.now(UTC) + timedelta(seconds=min(wait, LONGEST_WAIT.total_seconds())), times + 1
    )


def forget_refusals(steps: dict[str, EvidenceStep], context: RunContext, cool_downs: CoolDowns) -> None:
    """After people were asked for: a run without a refusal ends the doubling."""
    for name, step in steps.items():
        if step.can_refuse and name not in context.refused:
            cool_downs.clear(name)


def _control_trouble(plan: RunPlan, step: EvidenceStep, context: RunContext) -> str:
    """Why the company's own known-good profile could not be seen; empty when it could, or is not set."""
    address = getattr(plan.policy.source_settings[step.name], "control_profile", "")
    if not address:
        return ""
    employee = Employee(CONTROL, "", RosterState.ACTIVE, address)
    capture = step.source.fetch(employee)
    status = capture.status
    if status is CaptureStatus.OK:
        status = pipeline.STATUS_OF_PAGE[read_capture(capture).page_kind]
    if status in REFUSALS:
        context.turn_away(step.name, capture.retry_after or 0.0)
    return (
        ""
        if status is CaptureStatus.OK
        else f"the control profile was not shown ({status.replace('_', ' ')})"
    )
