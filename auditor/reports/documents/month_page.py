"""The picture of the month: one page for the browser that holds everything it shows and asks no network.

Its Content-Security-Policy allows exactly its own style and script, by their hashes, and pictures that
stand in the page; texts from outside can neither run nor load anything.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from importlib import resources
from string import Template

from auditor.model.document import Document, HtmlText
from auditor.model.report import AuditReport
from auditor.model.rule import Severity
from auditor.ports import Reporter
from auditor.reports.decision_words import SEVERITIES, STATUSES
from auditor.reports.month.cards import MOST_CARDS, cards
from auditor.reports.month.findings import COLUMNS, FindingList, listed_findings, spoken_words, states_listed
from auditor.reports.month.first_steps import first_steps
from auditor.reports.month.markup import element, script_data, text
from auditor.reports.month.parts import left_unassessed, notices, per_entity, rules, unverified
from auditor.reports.month.picture import adoption, figures, trend
from auditor.reports.not_assessed import nothing_found
from auditor.reports.overview import NO_FINDINGS, subtitle, title
from auditor.reports.people import shown
from auditor.reports.scope import Scope, whole

FILE_NAME = "index.html"


def month_page(report: AuditReport) -> Sequence[Document]:
    """One page for the whole company, in the report's language."""
    scope = whole(report)
    say = scope.words.say
    style, script = _part("parts.css") + _part("page.css"), _part("page.js")
    listed = listed_findings(scope)
    data = {**listed.content(), "words": spoken_words(scope), "language": scope.words.language}
    page = Template(_part("page.html")).substitute(
        language=scope.words.language,
        policy=_policy(style, script),
        title=text(title(scope)),
        style=style,
        script=script,
        skip=text(say("Skip to the findings")),
        confidential=text(say("Confidential - HR only")),
        subtitle=text(subtitle(scope)),
        notices=notices(scope),
        first_heading=text(say("What to do first")),
        first_steps=first_steps(scope),
        month_heading=text(say("In figures")),
        figures=figures(scope),
        adoption=_adoption(scope),
        trend_heading=text(say("Trend")),
        trend=trend(scope),
        rules=rules(scope),
        entities=per_entity(scope),
        unverified=unverified(scope) + left_unassessed(scope),
        findings_heading=text(say("Findings")),
        findings=_findings(scope, listed),
        footer=_footer(scope),
        data=script_data(data),
    )
    return [HtmlText(FILE_NAME, page)]


def _part(name: str) -> str:
    return resources.files("auditor.reports").joinpath("month", name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    rules_of = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return text("; ".join(f"{name} {value}" for name, value in rules_of.items()))


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _adoption(scope: Scope) -> str:
    content = adoption(scope)
    if not content:
        return ""
    heading = element("h2", text(scope.words.say("Adoption")), id="adoption-heading")
    return element("section", heading + content, aria_labelledby="adoption-heading")


def _findings(scope: Scope, listed: FindingList) -> str:
    say = scope.words.say
    if not scope.findings:
        return element("p", text(nothing_found(scope, NO_FINDINGS)))
    without_script = cards(listed, spoken_words(scope))
    if len(listed.rows) > MOST_CARDS:
        said = say("The most urgent findings are listed here; the workbook holds them all.")
        if scope.report.summary:
            said = say("The most urgent findings are listed here; findings.json holds them all.")
        without_script = element("p", text(said), class_="quiet") + without_script
    parts = [
        element("noscript", without_script),
        *_length_notes(scope, listed),
        _filter(scope, listed),
    ]
    parts.append(
        element("div", element("p", "", id="count", role="status", aria_live="polite"), class_="shown")
    )
    parts.append(element("ol", "", class_="list", id="list", aria_labelledby="findings-heading"))
    buttons = element("button", text(say("Previous page")), type="button", id="previous")
    buttons += element("p", "", id="place")
    buttons += element("button", text(say("Next page")), type="button", id="next")
    parts.append(element("nav", buttons, class_="pages", id="pages", aria_label=say("Pages"), hidden=""))
    return "".join(parts)


def _length_notes(scope: Scope, listed: FindingList) -> Iterable[str]:
    words = scope.words
    if listed.left_out:
        count = words.number(len(listed.rows)), words.number(len(scope.findings))
        said = words.say(
            "The {n} most urgent of {all} findings are listed here; the workbook holds them all.",
            n=count[0],
            all=count[1],
        )
        if scope.report.summary:
            said = words.say(
                "The {n} most urgent of {all} findings are listed here; findings.json holds them all.",
                n=count[0],
                all=count[1],
            )
        yield element("p", text(said), class_="quiet")
    if listed.pictures_left_out:
        said = words.say("To keep this page small, pictures stand with the most urgent findings only.")
        yield element("p", text(said), class_="quiet")


def _filter(scope: Scope, listed: FindingList) -> str:
    say = scope.words.say
    search = element("label", text(say("Search in name, number and text")), for_="filter-text")
    search += '<input type="search" id="filter-text" autocomplete="off">'
    states = [("standing", say("All that ask for something")), ("all", say("All"))]
    states += [(str(state), say(STATUSES[state])) for state in states_listed(listed.rows)]
    used = {row[COLUMNS.index("severity")] for row in listed.rows}
    severities = [("", say("All")), *((str(s), say(SEVERITIES[s])) for s in Severity if s.rank in used)]
    fields = [
        element("div", search, class_="wide"),
        _select("entity", say("Entity"), [("", say("All")), *_choices(listed, "entity")]),
        _select("state", say("Status"), states),
        _select("severity", say("Severity"), severities),
        _select("criterion", say("Criterion"), [("", say("All")), *_choices(listed, "criterion")]),
        element("div", element("button", text(say("Clear the filters")), type="reset")),
    ]
    return element(
        "form", "".join(fields), id="filter", role="search", aria_label=say("Filter the findings"), hidden=""
    )


def _choices(listed: FindingList, column: str) -> list[tuple[str, str]]:
    return [(str(number), name) for number, name in listed.choices(column)]


def _select(name: str, label: str, choices: Sequence[tuple[str, str]]) -> str:
    options = "".join(element("option", text(words), value=value) for value, words in choices)
    key = f"filter-{name}"
    return element("div", element("label", text(label), for_=key) + element("select", options, id=key))


def _footer(scope: Scope) -> str:
    say, run = scope.words.say, scope.report.run
    fairness = say("Findings are not used for appraisal, pay or discipline.")
    lines = [
        f"{say('Purpose: correct presentation, not collecting proof.')} {fairness}",
        f"{say('Run')} {shown(run.id)} · {say('Program version')} {shown(run.program_version)}",
    ]
    if run.retention_until:
        lines.append(f"{say('Delete this file by')} {scope.words.day(run.retention_until)}")
    return "".join(element("p", text(line)) for line in lines)


REPORTER = Reporter("month_page", month_page)
