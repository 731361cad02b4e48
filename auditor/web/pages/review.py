"""The page Review: every finding, those first that a person must look at; and where it is answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auditor.app.answer import Answer, give_answer, take_back
from auditor.app.latest_report import Answered, Reported, Subject
from auditor.app.review import differences, differing_words, picture_to_show
from auditor.errors import UsageError
from auditor.findings.counting import STANDING
from auditor.findings.decisions import FINAL_WORDS
from auditor.language.words import Words, mark
from auditor.model.dates import months_after
from auditor.model.decision import LONGEST_MONTHS, DecisionWord
from auditor.model.document import Link
from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.model.message import say
from auditor.model.rule import Confidence, Criterion
from auditor.reports.decision_words import (
    CERTAINTIES,
    DECISION_MEANINGS,
    DECISIONS,
    SEVERITIES,
    STATUSES,
    UNVERIFIED_DECISIONS,
    decision_note,
    decision_word,
)
from auditor.reports.evidence import finding_evidence
from auditor.reports.finding_rows import owner, said, to_do
from auditor.reports.people import open_profile, shown, shown_text, whose_page
from auditor.reports.scope import Scope
from auditor.web.desk import Desk
from auditor.web.page import (
    DeskPage,
    day_of,
    desk_of,
    lead_to,
    own_path,
    posted,
    show,
    slice_of,
    text_of,
    words_for,
)
from auditor.web.warnings import warnings_of

PLACE = "desk"
#: the lists that the page offers
LISTS = {
    "look": mark("A person must look"),
    "open": mark("Open findings"),
    "conflicts": mark("Two answers"),
    "rejected": mark("Answers not applied"),
    "answered": mark("Answered"),
    "all": mark("All"),
}
#: answers that take the key's own field
UNTIL, ADDRESS = (DecisionWord.WAIVED,), (DecisionWord.NEW_ADDRESS,)


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding or a question as a row of the list."""

    subject: Subject
    name: str
    number: str
    entity: str
    criterion: str
    text: str
    severity: str
    severity_word: str
    state: str
    answered: str

    @property
    def query(self) -> dict[str, str]:
        """What its page's address holds."""
        finding, person = self.subject
        return {"finding": finding} if finding else {"person": person}


def review(request: Request) -> Response:
    """The list."""
    reported = desk_of(request).latest()
    words = words_for(request)
    if reported is None:
        return show(request, "nothing_yet.html")
    chosen = request.query_params.get("show", "look")
    chosen = chosen if chosen in LISTS else "look"
    wanted = request.query_params.get("q", "").strip()[:100]
    subjects = subjects_of(reported, chosen, wanted)
    part = slice_of(subjects, request.query_params.get("page", "1"))
    scope = scope_in(reported, words)
    rows = [listed(one, reported, scope) for one in part.rows]
    lists = [(key, words.say(name)) for key, name in LISTS.items()]
    return show(
        request,
        "review.html",
        rows=rows,
        part=part,
        lists=lists,
        chosen=chosen,
        wanted=wanted,
        query=wanted,
        warnings=warnings_of(scope),
    )


def scope_in(reported: Reported, words: Words) -> Scope:
    """The report's scope in the reader's language."""
    scope = reported.scope
    return scope if scope.words.language == words.language else replace(scope, words=words)


def subjects_of(reported: Reported, chosen: str, wanted: str) -> list[Subject]:
    """The findings and questions of a list, as subjects, in the order of urgency; those of people whose name
    or number holds `wanted`."""
    found: list[Subject] = []
    if chosen in ("look", "all"):
        found += [("", person) for person in reported.known.asked_names]
    found += [(one.finding.fingerprint, "") for one in reported.findings if _belongs(one, chosen)]
    if chosen in ("conflicts", "rejected", "answered"):
        found += [one for one in reported.answered if one[1] and one[1] in reported.scope.people]
        found = [one for one in found if _is_in(reported.answer_to(one), chosen)]
    if chosen == "look":
        found = [one for one in found if reported.answer_to(one).holds is None]
    plain = wanted.casefold()
    return [one for one in found if not plain or plain in _searched(one, reported)]


def _belongs(tracked: TrackedFinding, chosen: str) -> bool:
    stands = tracked.state in STANDING
    if chosen == "look":
        return stands and tracked.finding.confidence is Confidence.REVIEW
    return stands if chosen == "open" else True


def _is_in(answered: Answered, chosen: str) -> bool:
    if chosen == "conflicts":
        return answered.contradicts
    if chosen == "rejected":
        return answered.rejected is not None and not answered.contradicts
    return answered.holds is not None


def _searched(subject: Subject, reported: Reported) -> str:
    person = reported.known.findings.get(subject[0], subject[1])
    return f"{reported.known.names.get(person, '')} {person} {subject[0]}".casefold()


def listed(subject: Subject, reported: Reported, scope: Scope) -> Listed:
    """One row."""
    words, answered = scope.words, reported.answer_to(subject)
    text = ""
    if answered.contradicts:
        text = words.say("Two answers")
    elif answered.holds:
        text = decision_word(answered.holds, words)
    elif answered.rejected:
        text = words.say("Not applied")
    if not subject[0]:
        person = scope.people[subject[1]]
        employee = person.employee
        about = words.say("Whose page is it?") if subject[1] in reported.known.asked_names else ""
        question = whose_page(person, words)
        return Listed(
            subject, shown(employee.full_name), shown(employee.employee_id), shown(employee.entity), about,
            question, "info", words.say(CERTAINTIES[Confidence.REVIEW]), "", text,
        )  # fmt: skip
    tracked = reported.finding(subject[0])
    if tracked is None:
        raise UsageError(
            say("There is no finding {finding} in the latest run.", finding=subject[0]),
            code="ANSWER_OUTDATED",
        )
    finding, found = tracked.finding, scope.person(tracked)
    return Listed(
        subject,
        shown(found.employee.full_name) if found else shown(finding.employee_id),
        shown(finding.employee_id),
        shown(found.employee.entity) if found else "",
        scope.book.criterion(finding.rule_id, words),
        said(tracked, words, scope.book),
        str(finding.severity),
        words.say(SEVERITIES[finding.severity]),
        words.say(STATUSES[tracked.state]),
        text,
    )


def one(request: Request) -> Response:
    """A finding or a question with its evidence, and the form to answer it."""
    desk, words = desk_of(request), words_for(request)
    reported = desk.latest()
    if reported is None:
        return show(request, "nothing_yet.html")
    subject = _subject(request, reported)
    scope = scope_in(reported, words)
    person = scope.people.get(reported.known.findings.get(subject[0], subject[1]))
    tracked = reported.finding(subject[0]) if subject[0] else None
    answered = reported.answer_to(subject)
    chosen = request.query_params.get("show", "look")
    return show(
        request,
        "finding.html",
        row=listed(subject, reported, scope),
        facts=facts_of(tracked, person, scope) if tracked else _question_facts(person, words),
        headline=_headline(tracked, scope) if tracked else [],
        pictured=tracked is not None
        and scope.book.about(tracked.finding.rule_id) is Criterion.BANNER
        and bool(_seen_picture(desk, reported, tracked)),
        profile=_profile(person, words),
        answers=answers_for(subject, reported, words),
        said=[_answer_row(found, words) for found in answered.said],
        holds=answered.holds and _answer_row(answered.holds, words),
        final=answered.holds is not None and answered.holds.word in FINAL_WORDS,
        contradicts=answered.contradicts,
        chosen=chosen,
        before=_neighbour(subject, reported, chosen, -1),
        after=_neighbour(subject, reported, chosen, 1),
        report_id=reported.run.facts.id,
        tomorrow=(desk.today + timedelta(days=1)).isoformat(),
        last_until=months_after(desk.today, LONGEST_MONTHS).isoformat(),
    )


def _subject(request: Request, reported: Reported) -> Subject:
    finding = request.query_params.get("finding", "")
    person = request.query_params.get("person", "")
    if finding in reported.known.findings:
        return finding, ""
    if person in reported.scope.people:
        return "", person
    raise UsageError(
        say("The latest run has no such finding."), say("Open the list again."), code="ANSWER_OUTDATED"
    )


def facts_of(tracked: TrackedFinding, person: Examination | None, scope: Scope) -> list[tuple[str, str]]:
    """What is known of a finding: label and words."""
    words, book, finding = scope.words, scope.book, tracked.finding
    due = scope.due(tracked)
    about = book.words_of(finding.code, finding.rule_id)
    rows = [
        (words.say("Seen"), said(tracked, words, book)),
        (words.say("Expected"), shown_text(finding.expected, words)),
        (words.say("Certainty"), words.say(CERTAINTIES[finding.confidence])),
        (words.say("Source and age"), finding_evidence(scope, tracked)),
        (words.say("Why it matters"), words.say(about.why)),
        (words.say("What to do"), to_do(scope, tracked)),
        (words.say("Owner"), owner(tracked, words, book)),
        (words.say("Open since"), words.day(tracked.first_seen)),
        (words.say("Due"), words.day(due) if due else ""),
        (words.say("Manager"), shown(person.employee.manager) if person else ""),
        (words.say("Status"), f"{words.say(STATUSES[tracked.state])} {shown_text(tracked.note, words)}"),
    ]
    return [(name, text) for name, text in rows if text.strip()]


def _question_facts(person: Examination | None, words: Words) -> list[tuple[str, str]]:
    return [(words.say("Seen"), whose_page(person, words))] if person else []


def _headline(tracked: TrackedFinding, scope: Scope) -> list[tuple[str, bool]]:
    """The headline in pieces, those marked that the expected one lacks."""
    if scope.book.about(tracked.finding.rule_id) is not Criterion.HEADLINE:
        return []
    seen = shown(str(tracked.finding.observed))
    return differing_words(seen, shown(str(tracked.finding.expected))) if seen else []


def _profile(person: Examination | None, words: Words) -> Link | None:
    link = open_profile(person, words) if person else ""
    return link if isinstance(link, Link) else None


def answers_for(subject: Subject, reported: Reported, words: Words) -> list[dict[str, Any]]:
    """The answers that may be given, each with its key, words and which further field it takes."""
    table = DECISIONS if subject[0] else UNVERIFIED_DECISIONS
    if not subject[0] and subject[1] not in reported.known.asked_names:
        table = {key: text for key, text in table.items() if key != DecisionWord.SAME_PERSON}
    return [
        {
            "word": word,
            "key": str(number),
            "name": words.say(text),
            "meaning": words.say(DECISION_MEANINGS.get(word, "")),
            "until": word in UNTIL,
            "address": word in ADDRESS,
        }
        for number, (word, text) in enumerate(table.items(), 1)
    ]


def _answer_row(decision: Any, words: Words) -> dict[str, str]:
    return {
        "word": decision_word(decision, words),
        "by": shown(decision.decided_by, 60) or words.say("not known who"),
        "on": words.day(decision.day),
        "until": words.day(decision.until) if decision.until else "",
        "note": decision_note(decision, words),
        "where": shown(f"{decision.file_name} {decision.place}", 100) if decision.file_name else "",
        "applied": "yes" if decision.applied else "",
    }


def _neighbour(subject: Subject, reported: Reported, chosen: str, step: int) -> dict[str, str]:
    """The address of the next one in the list; after the last, and where this one left it, the first."""
    subjects = subjects_of(reported, chosen if chosen in LISTS else "look", "")
    if not subjects or subjects == [subject]:
        return {}
    place = subjects.index(subject) + step if subject in subjects else 0
    finding, person = subjects[place % len(subjects)]
    return {"show": chosen, **({"finding": finding} if finding else {"person": person})}


def answer(request: Request, form: FormData) -> Response:
    """Keep an answer, and show the next finding."""
    desk = desk_of(request)
    reported = _same_report(desk.latest(), form)
    given = _answer(form)
    chosen = text_of(form, "show", 20)
    subject = (given.finding, "") if given.finding else ("", given.employee_id)
    following = _neighbour(subject, reported, chosen, 1)
    kept = give_answer(given, reported, desk.policy, desk.store, desk.today, desk.by, PLACE)
    own = {"finding": given.finding} if given.finding else {"person": given.employee_id}
    if not kept.applied:
        return lead_to("/review/one", "listed", show=chosen, **own)
    return (
        lead_to("/review/one", "kept", **following) if following else lead_to("/review", "kept", show=chosen)
    )


def undo(request: Request, form: FormData) -> Response:
    """Take back what was answered."""
    desk = desk_of(request)
    reported = _same_report(desk.latest(), form)
    given = _answer(form)
    take_back(given, reported, desk.policy, desk.store, desk.today, desk.by, PLACE)
    own = {"finding": given.finding} if given.finding else {"person": given.employee_id}
    return lead_to(
        own_path(text_of(form, "here"), "/review/one"), "back", show=text_of(form, "show", 20), **own
    )


def _same_report(reported: Reported | None, form: FormData) -> Reported:
    """The latest report, where it is the one that the form was made from. Raises UsageError."""
    if reported is None or reported.run.facts.id != text_of(form, "report", 80):
        raise UsageError(
            say("A new run has ended since this page was opened; nothing was kept."),
            say("Open the list again."),
            code="ANSWER_OUTDATED",
        )
    return reported


def _answer(form: FormData) -> Answer:
    word = text_of(form, "word", 40)
    known = {str(one) for one in DecisionWord}
    if word not in known:
        raise UsageError(say("Choose an answer first."), code="NO_ANSWER_CHOSEN")
    return Answer(
        DecisionWord(word),
        text_of(form, "person"),
        text_of(form, "finding", 80),
        day_of(form, "until") if DecisionWord(word) in UNTIL else None,
        text_of(form, "remark", 200),
        text_of(form, "address"),
    )


def _seen_picture(desk: Desk, reported: Reported, tracked: TrackedFinding) -> bytes:
    """The banner that was seen, as evidence of a finding; empty where none is kept."""
    finding = tracked.finding
    pictures = desk.store.pictures(reported.run.facts.id, finding.employee_id, finding.rule_id)
    return pictures.get("seen", b"")


def picture(request: Request) -> Response:
    """The banner that was seen, ours, or the seen one with the differences outlined."""
    desk = desk_of(request)
    reported = desk.latest()
    tracked = reported.finding(request.query_params.get("finding", "")) if reported else None
    if reported is None or tracked is None:
        return Response(status_code=404)
    seen = _seen_picture(desk, reported, tracked)
    person = reported.scope.person(tracked)
    report = reported.scope.report
    entity = (person.employee.entity if person else "") or report.default_entity
    ours = report.standard_banners.get(entity, b"")
    which = request.query_params.get("which", "")
    body = {
        "seen": lambda: picture_to_show(seen),
        "ours": lambda: picture_to_show(ours),
        "differences": lambda: differences(seen, ours),
    }.get(which, bytes)()
    return Response(body, media_type="image/jpeg") if body else Response(status_code=404)


PAGE = DeskPage(
    30,
    "/review",
    mark("Review"),
    "r",
    (
        Route("/review", review),
        Route("/review/one", one),
        Route("/review/answer", posted(answer), methods=["POST"]),
        Route("/review/undo", posted(undo), methods=["POST"]),
        Route("/review/picture", picture),
    ),
)
