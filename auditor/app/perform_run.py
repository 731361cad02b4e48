"""A run as people start it: what came back is read first, the reports are written, people are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from auditor.app.decide import FileTaken, take_decisions
from auditor.app.edited_workbooks import filled_in, mark_read
from auditor.app.notify import notify
from auditor.app.passwords import password_of
from auditor.app.publish import require_texts, write_reports
from auditor.app.registry import policy_of
from auditor.app.run_audit import RunEnd, run_audit
from auditor.app.run_plan import RunPlan, RunRequest, open_store, prepare, today_of
from auditor.model.report import AuditReport


def _nothing(*_: object) -> None:
    """For callers who do not want to know."""


@dataclass(frozen=True, slots=True)
class RunEvents:
    """Whom to tell while a run goes on: of the files read back, of the plan, of the people done (so many,
    of so many), of the reports written, and of notices that could not be sent."""

    taken: Callable[[Sequence[FileTaken]], None] = _nothing
    planned: Callable[[RunPlan], None] = _nothing
    progress: Callable[[int, int], None] = _nothing
    written: Callable[[AuditReport, Path, Sequence[Path]], None] = _nothing
    unsent: Callable[[str], None] = _nothing


def perform_run(
    request: RunRequest, stopping: AbstractContextManager[Callable[[], bool]], events: RunEvents
) -> RunEnd:
    """Read back what HR filled in, audit everybody who is left, write the reports and send the notices.

    `stopping` turns true once the user asks to stop; it is entered only while people are examined. Raises
    AuditorError.
    """
    require_texts()
    policy = policy_of(request.policy)
    password = password_of(policy)
    store = open_store(policy, keep=request.keep)
    changed = filled_in(request.output) if request.keep else ()
    files = tuple(dict.fromkeys((*request.decisions, *changed)))
    if files:
        taken = take_decisions(files, policy, store, today_of(policy, request.today))
        events.taken(taken)
        mark_read(file for file, one in zip(files, taken, strict=True) if not one.trouble)

    def publish(made: AuditReport, folder: Path) -> None:
        events.written(made, folder, write_reports(made, folder, password))

    with stopping as asked:
        plan = prepare(request, policy, store)
        events.planned(plan)
        end = run_audit(plan, store, asked, events.progress, publish)
    if not end.interrupted and request.keep:
        for line in notify(policy, store, None if end.paused else end.report):
            events.unsent(line)
    return end
