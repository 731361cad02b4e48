"""The findings of the page as compact data: texts once, rows of numbers into them, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.findings.counting import STANDING
from auditor.model.document import Link
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.judgement import SEEN
from auditor.model.rule import Criterion, Severity
from auditor.reports.decision_words import CERTAINTIES, SEVERITIES, STATUSES
from auditor.reports.evidence import finding_evidence
from auditor.reports.finding_rows import owner, said, to_do
from auditor.reports.month.markup import Thumbnails
from auditor.reports.people import open_profile, shown, shown_text
from auditor.reports.scope import Scope, urgency

#: texts of a row by column; the columns after them hold no texts
TEXTS = (
    "name", "employee_no", "entity", "manager", "criterion", "seen", "expected", "action", "why", "due",
    "owner", "open_since", "evidence", "certainty", "finding", "profile",
)  # fmt: skip
COLUMNS = (*TEXTS, "severity", "state", "seen_picture", "our_picture", "late")
SEARCHED = ("name", "employee_no", "manager", "seen", "expected", "action", "finding")
#: all texts of the findings together, in signs
LARGEST_TEXT = 6_500_000
#: what a row weighs besides its texts
_ROW_SIGNS = 110


@dataclass(frozen=True, slots=True)
class FindingList:
    """The findings that a page lists: `rows` of `COLUMNS`, numbers standing for `texts`; `left_out`
    findings and `pictures_left_out` pictures did not fit."""

    texts: tuple[str, ...]
    rows: tuple[tuple[int | str, ...], ...]
    pictures: tuple[str, ...]
    left_out: int
    pictures_left_out: int

    def choices(self, column: str) -> list[tuple[int, str]]:
        """The different texts of a column with their numbers, in alphabetical order."""
        place = COLUMNS.index(column)
        found = {int(row[place]) for row in self.rows}
        return sorted(((n, self.texts[n]) for n in found), key=lambda choice: choice[1].casefold())

    def content(self) -> dict[str, Any]:
        """What the page's script reads."""
        return {
            "columns": COLUMNS,
            "searched": SEARCHED,
            "texts": self.texts,
            "rows": self.rows,
            "pictures": self.pictures,
            "severities": [str(severity) for severity in Severity],
            "standing": sorted(str(state) for state in STANDING),
        }


def listed_findings(scope: Scope, *, largest_text: int = LARGEST_TEXT) -> FindingList:
    """Findings that ask for something first, by urgency, then the closed and waived ones."""
    chosen = sorted(scope.findings, key=lambda found: (found.state not in STANDING, urgency(scope, found)))
    places: dict[str, int] = {}
    thumbnails = Thumbnails()
    rows: list[tuple[int | str, ...]] = []
    room = largest_text
    for tracked in chosen:
        cells = _texts(scope, tracked)
        fresh = {value for value in cells.values() if value not in places}
        room -= _ROW_SIGNS + sum(len(value.encode("utf-8", "replace")) + 3 for value in fresh)
        if room < 0:
            break
        numbers = [places.setdefault(cells[name], len(places)) for name in TEXTS]
        rank = tracked.finding.severity.rank
        pictures = _pictures(scope, tracked, thumbnails)
        due = scope.due(tracked)
        late = due is not None and due < scope.today and tracked.state in STANDING
        rows.append((*numbers, rank, str(tracked.state), *pictures, int(late)))
    return FindingList(
        tuple(places), tuple(rows), tuple(thumbnails.bodies), len(chosen) - len(rows), thumbnails.left_out
    )


def spoken_words(scope: Scope) -> dict[str, str]:
    """The words that the page's script says."""
    say = scope.words.say
    labels = {
        "seen": say("Seen"),
        "expected": say("Expected"),
        "action": say("What to do"),
        "why": say("Why it matters"),
        "due": say("Due"),
        "late": say("Overdue since"),
        "labelled": scope.words.labelled("{label}", "{value}"),
        "owner": say("Owner"),
        "open_since": say("Open since"),
        "evidence": say("Source and age"),
        "certainty": say("Certainty"),
        "finding": say("Finding"),
        "seen_picture": say("Banner seen"),
        "our_picture": say("Our banner"),
        "seen_alt": say("Banner on the profile of {name}"),
        "our_alt": say("The current banner of {entity}"),
        "profile": say("Open profile {id}"),
        "shown": say("Findings shown: {shown} of {all}"),
        "page_of": say("Page {page} of {pages}"),
        "nothing": say("no finding fits these filters"),
    }
    labels.update((str(state), say(text)) for state, text in STATUSES.items())
    labels.update((str(severity), say(text)) for severity, text in SEVERITIES.items())
    return labels


def states_listed(rows: Sequence[Sequence[int | str]]) -> Iterator[FindingState]:
    """The states that occur, in the order of a finding's life."""
    found = {row[COLUMNS.index("state")] for row in rows}
    yield from (state for state in FindingState if str(state) in found)


def _texts(scope: Scope, tracked: TrackedFinding) -> Mapping[str, str]:
    words, book, finding = scope.words, scope.book, tracked.finding
    person = scope.person(tracked)
    employee = person.employee if person else None
    profile = open_profile(person, words) if person else ""
    due = scope.due(tracked)
    asks = tracked.state in STANDING
    return {
        "name": shown(employee.full_name) if employee else shown(finding.employee_id),
        "employee_no": shown(finding.employee_id),
        "entity": (shown(employee.entity) if employee else "") or "-",
        "manager": shown(employee.manager) if employee else "",
        "criterion": book.criterion(finding.rule_id, words),
        "seen": said(tracked, words, book),
        "expected": shown_text(finding.expected, words),
        "action": to_do(scope, tracked) if asks else shown_text(tracked.note, words),
        "why": words.say(book.words_of(finding.code, finding.rule_id).why) if asks else "",
        "due": words.day(due) if due and asks else "",
        "owner": owner(tracked, words, book) if asks else "",
        "open_since": words.day(tracked.first_seen),
        "evidence": finding_evidence(scope, tracked),
        "certainty": words.say(CERTAINTIES[finding.confidence]),
        "finding": finding.fingerprint,
        "profile": shown(profile.address, 500) if isinstance(profile, Link) else "",
    }


def _pictures(scope: Scope, tracked: TrackedFinding, thumbnails: Thumbnails) -> tuple[int, int]:
    """The places of the banner seen and of the standard one; -1 for none.

    A banner that stays unseen or is LinkedIn's own still has the standard one beside it.
    """
    body = dict(tracked.finding.pictures).get(SEEN)
    if scope.report.thumbnails == "none" or not (
        body is not None or scope.book.about(tracked.finding.rule_id) is Criterion.BANNER
    ):
        return -1, -1
    seen = thumbnails.place(body)
    if body is not None and seen < 0:
        return -1, -1
    person = scope.person(tracked)
    standard = scope.report.standard_banners.get(person.employee.entity, b"") if person else b""
    return seen, thumbnails.place(standard)
