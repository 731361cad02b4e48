"""What stands first in the workbook and on the page: title, warnings, figures."""

from __future__ import annotations

from auditor.language.words import Words, mark
from auditor.model.document import Notice
from auditor.model.health import HealthVerdict
from auditor.model.rule import Severity
from auditor.reports.decision_words import SEVERITIES, decision_note
from auditor.reports.not_assessed import unsettled_notices
from auditor.reports.notices import GRAVE, WEIGHTY, notice_words, notices_of
from auditor.reports.people import shown
from auditor.reports.scope import Scope
from auditor.reports.short_form import short_form_notices

NO_FINDINGS = mark("There are no findings.")
MOST_NOTICES = 8
#: so many answers that were not applied are named on the first page
_MOST_ANSWERS = 5
#: counts of a run, their words, and what stands beside them
FIGURES = (
    ("people", mark("People in the roster"), mark("every person of the roster, each once")),
    ("assessed", mark("Assessed"), mark("every rule that concerns the person was decided")),
    ("could_not_verify", mark("Could not verify"), mark("something stays open; never counted as a finding")),
    ("not_assessed", mark("Not assessed"), mark("no rule was tried; the sheet Not assessed says why")),
    ("read", mark("Read"), mark("some evidence could be read")),
    ("standing", mark("Open findings"), ""),
    ("new", mark("New this month"), ""),
    ("reopened", mark("Reopened this month"), ""),
    ("resolved", mark("Closed this month"), ""),
    ("waived", mark("Waived findings"), mark("agreed exceptions with an end date")),
)


def title(scope: Scope) -> str:
    """The report's own name."""
    words = scope.words
    name = words.say("LinkedIn consistency report") + f" – {words.month(scope.today)}"
    return f"{name} – {shown(scope.entity)}" if scope.entity else name


def subtitle(scope: Scope) -> str:
    """The line below the title: the day of the run, the roster and its age."""
    run, words = scope.report.run, scope.words
    checked = words.say("Checked on {day}", day=words.day(run.today))
    file = shown(run.roster_name)
    if run.roster_date is None:
        return f"{checked} · {words.say('roster {file}', file=file)}"
    age, day = (run.today - run.roster_date).days, words.day(run.roster_date)
    roster = words.say("roster {file} of {day}", file=file, day=day)
    if age > 0:
        roster = words.count(
            "roster {file} of {day}, {n} day old",
            "roster {file} of {day}, {n} days old",
            age,
            file=file,
            day=day,
        )
    return f"{checked} · {roster}"


def first_notices(scope: Scope) -> list[Notice]:
    """What must be known before the figures are read: an unsound or partial run first, then what the short
    form leaves out, people who were not assessed, and the roster."""
    return [
        *trust_notices(scope),
        *short_form_notices(scope),
        *_answer_notices(scope),
        *unsettled_notices(scope),
        *_roster_notices(scope),
    ]


def trust_notices(scope: Scope) -> list[Notice]:
    """That the run is not sound, or that people are left."""
    return [*_health_notices(scope), *_partial_notices(scope)]


def _health_notices(scope: Scope) -> list[Notice]:
    """A run that is not sound says so before anything else."""
    health, words = scope.report.health, scope.words
    if health.verdict is HealthVerdict.SOUND:
        return []
    reasons = [words.render(reason) for reason in health.reasons] or [words.say("no reason given")]
    return [Notice(words.say("This run cannot be trusted: {reason}", reason=reason)) for reason in reasons]


def _partial_notices(scope: Scope) -> list[Notice]:
    """A report that is written before everybody's turn has come says so."""
    left = scope.report.run.left
    if not left:
        return []
    text = scope.words.count(
        "Partial report: {n} person is left. The next call goes on and writes this report again.",
        "Partial report: {n} people are left. The next call goes on and writes this report again.",
        left,
    )
    return [Notice(text, grave=False)]


def _answer_notices(scope: Scope) -> list[Notice]:
    """Answers of HR that were not applied: so many, for whom, and why."""
    rejected = [
        one
        for listed in scope.rejected.values()
        for one in listed
        if scope.entity is None or one.employee_id in scope.people
    ]
    if not rejected:
        return []
    words = scope.words
    head = words.count(
        "{n} answer of HR was not applied; it stands beside its finding and on the sheet Decisions.",
        "{n} answers of HR were not applied; they stand beside their findings and on the sheet Decisions.",
        len(rejected),
    )
    told = [
        words.labelled(shown(one.employee_id, 40), decision_note(one, words)).split("\n")[0]
        for one in rejected[:_MOST_ANSWERS]
    ]
    more = " …" if len(rejected) > _MOST_ANSWERS else ""
    return [Notice(f"{head} {' · '.join(told)}{more}")]


def _roster_notices(scope: Scope) -> list[Notice]:
    words = scope.words
    notices = [n for n in notices_of(scope) if n.code in GRAVE | WEIGHTY]
    said = dict.fromkeys((shown(notice_words(n, words)), n.code in GRAVE) for n in notices)
    ordered = sorted(said, key=lambda notice: not notice[1])
    shown_first = [Notice(text, grave) for text, grave in ordered[:MOST_NOTICES]]
    rest = len(ordered) - len(shown_first)
    if rest > 0:
        more = words.count(
            "{n} more remark on sheet Roster check", "{n} more remarks on sheet Roster check", rest
        )
        shown_first.append(Notice(more, grave=False))
    return shown_first


def by_severity(counts: dict[str, int], words: Words) -> str:
    """The open findings by severity: `High 3 · Low 1`; empty where there are none."""
    parts = [f"{words.say(SEVERITIES[s])} {words.number(counts[s])}" for s in Severity if counts[s]]
    return " · ".join(parts)
