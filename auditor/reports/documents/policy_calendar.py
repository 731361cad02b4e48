"""The policy's own days as a calendar file: its yearly review, and when banners begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from auditor.model.company import BannerRole, ReferenceBanner
from auditor.model.document import Calendar, CalendarEvent, Document
from auditor.model.finding import fingerprint
from auditor.model.policy_review import notice_day
from auditor.model.report import AuditReport
from auditor.ports import Reporter
from auditor.reports.messages import quoted
from auditor.reports.people import shown
from auditor.reports.scope import Scope, whole

FILE_NAME = "policy-calendar.ics"
_FIRST_VERSION = date(2026, 1, 1)


def policy_calendar(report: AuditReport) -> Sequence[Document]:
    """The days still to come. The same entry has the same UID in every run, so that importing the file
    again moves it."""
    scope = whole(report)
    version = max(0, (report.as_of - _FIRST_VERSION).days)
    events = tuple(
        CalendarEvent(f"{fingerprint('policy', key)}@policy.invalid", day, summary, about, version)
        for key, day, summary, about in sorted((*_review(scope), *_banners(scope)), key=lambda one: one[1:3])
        if day >= report.as_of
    )
    if not events:
        return ()
    return [Calendar(FILE_NAME, scope.words.say("LinkedIn policy"), events, report.run.written_at)]


def _review(scope: Scope) -> Iterator[tuple[str, date, str, str]]:
    due, words = scope.report.review_due, scope.words
    if due is None:
        return
    about = words.say("See what changed and sign it with: auditor policy review")
    # named by its place, not by its day: a review that was signed early moves the entry
    yield (
        "notice",
        notice_day(due),
        words.say("Review the LinkedIn policy by {day}", day=words.day(due)),
        about,
    )
    yield "review", due, words.say("Yearly review of the LinkedIn policy is due"), about


def _banners(scope: Scope) -> Iterator[tuple[str, date, str, str]]:
    for company in scope.report.companies.values():
        for banner in company.banners:
            if banner.role is BannerRole.CURRENT:
                yield from _banner(scope, company.entity, banner)


def _banner(scope: Scope, entity: str, banner: ReferenceBanner) -> Iterator[tuple[str, date, str, str]]:
    words = scope.words
    facts = {"banner": quoted(shown(banner.name), words.language), "entity": shown(entity)}
    key = f"{entity}\x1f{banner.name}\x1f{banner.language}\x1f{banner.tier}"
    if banner.valid_from:
        summary = words.say("{entity}: banner {banner} begins", **facts)
        yield (
            f"begin\x1f{key}",
            banner.valid_from,
            summary,
            words.say("From today, kits ask for this banner."),
        )
    if banner.valid_to:
        summary = words.say("{entity}: last day of banner {banner}", **facts)
        about = words.say("Is the next banner in the policy? See: auditor banner add")
        yield f"end\x1f{key}", banner.valid_to, summary, about
        if banner.grace_days:
            last = banner.valid_to + timedelta(days=banner.grace_days)
            summary = words.say("{entity}: banner {banner} is accepted for the last time", **facts)
            about = words.say("From tomorrow, whoever still carries it is asked for the new one.")
            yield f"grace\x1f{key}", last, summary, about


REPORTER = Reporter("policy_calendar", policy_calendar)
