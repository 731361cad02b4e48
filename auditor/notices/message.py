"""The text of a notice: counts, never names. Its words are in words.tsv, one column per language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from auditor.files.tables import package_rows
from auditor.findings.assessment import NotAssessed, not_assessed, rejected_rows
from auditor.findings.counting import require_people_sum
from auditor.model.capture import REFUSALS
from auditor.model.health import HealthVerdict
from auditor.model.notice import Message, NoticeKind
from auditor.model.policy_review import notice_day
from auditor.model.report import AuditReport

#: the lines of a notice, each a count of `auditor.findings.counting`
GROUPS = ("people", "assessed", "could_not_verify", "not_assessed")
COUNTS = ("read", "standing", "new", "reopened", "resolved")
#: of a status word at most so many characters are sent
WORD_SIGNS = 40


def kinds_of(report: AuditReport) -> frozenset[NoticeKind]:
    """Everything that a run gives reason to say."""
    counts, health = report.run.counts, report.health
    wanted = ("new", "reopened", "could_not_verify")
    unsettled = any(group.unsettled for group in not_assessed(report.examinations))
    unsettled = unsettled or bool(rejected_rows(report.rows))
    holds = {
        NoticeKind.REFUSED: any(health.captures_by_status.get(status, 0) for status in REFUSALS),
        NoticeKind.DEGRADED: health.verdict is HealthVerdict.DEGRADED,
        NoticeKind.NEEDS_YOU: unsettled or any(counts.get(name, 0) for name in wanted),
        NoticeKind.FINISHED: True,
    }
    return frozenset(kind for kind, applies in holds.items() if applies)


def chosen_kind(kinds: frozenset[NoticeKind], on: frozenset[NoticeKind]) -> NoticeKind | None:
    """The most pressing kind that people want to hear of; one run gives one notice."""
    return next((kind for kind in NoticeKind if kind in kinds and kind in on), None)


def run_message(report: AuditReport, kind: NoticeKind) -> Message:
    """The notice of a run, in the report's language. A run that cannot be trusted says so first."""
    words = texts(report.language)
    lines = []
    if report.health.verdict is HealthVerdict.DEGRADED:
        lines += [words["not_trusted"], ""]
    lines += [words[f"{kind}_text"], "", f"{words['run']}: {report.run.id}"]
    counts = report.run.counts
    require_people_sum(counts)
    lines += [f"{words[name]}: {counts.get(name, 0)}" for name in GROUPS]
    lines += [_why_not(group, words) for group in not_assessed(report.examinations)]
    if rejected := rejected_rows(report.rows):
        lines.append(f"{words['rejected_rows']}: {len(rejected)}")
    lines += [f"{words[name]}: {counts.get(name, 0)}" for name in COUNTS]
    lines += _review(report, words)
    refused = sum(report.health.captures_by_status.get(status, 0) for status in REFUSALS)
    if refused:
        lines.append(f"{words['refused_visits']}: {refused}")
    return Message(f"{words['title']} {report.run.today:%Y-%m}: {words[kind]}", "\n".join(lines))


def _review(report: AuditReport, words: Mapping[str, str]) -> list[str]:
    """That the yearly review of the policy is due soon, or overdue."""
    due, today = report.review_due, report.run.today
    if due is None or today < notice_day(due):
        return []
    return [f"{words['review_overdue' if today > due else 'review_due']}: {due:%Y-%m-%d}"]


def _why_not(group: NotAssessed, words: Mapping[str, str]) -> str:
    reason = words[f"why_{group.why}"]
    word = " ".join(group.word.split())[:WORD_SIGNS]
    return f"- {reason}: {len(group.people)}" + (f" ({word})" if word else "")


def failure_message(status: int, month: str, language: str) -> Message:
    """The notice that the scheduled audit ended without a report."""
    words = texts(language)
    body = f"{words['failed_text']}\n\n{words['exit_status']}: {status}"
    return Message(f"{words['title']} {month}: {words['failed']}", body)


@cache
def texts(language: str) -> Mapping[str, str]:
    """All words of a language by key. Raises LookupError for one that is not there."""
    rows = package_rows("auditor.notices", "words.tsv")
    if language not in rows[0]:
        raise LookupError(language)
    return {row["key"]: row[language] for row in rows}
