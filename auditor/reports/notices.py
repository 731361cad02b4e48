"""What is said of the roster: a run's notices, which of them one entity's workbook may show, and what became
of every row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from auditor.language.roster_messages import facts_wanted, intake_codes, without_open_end
from auditor.language.words import Words, mark
from auditor.model.roster import RosterNotice, RowFate, RowRecord
from auditor.reports.people import shown
from auditor.reports.roster_words import DATE_ORDERS, FIELDS
from auditor.reports.scope import Scope

#: codes that put the whole audit into question
GRAVE = frozenset({"F06", "F07", "F12", "F13", "F14", "P15", "S01", "G05A", "G06B"})
#: codes that say something of the whole file or of an entity's duties, which HR should weigh
WEIGHTY = frozenset(
    {
        "F04",
        "F05",
        "F08",
        "F09",
        "E03",
        "D02",
        "H05",
        "H09",
        "H10",
        "H12",
        "H13",
        "H14",
        "H15",
        "H16",
        "G05B",
        "G06A",
        "G07",
        "G09",
        "R01",
        "R02",
        "R03",
        "V01",
        "V02",
        "R04",
        "R05",
        "W01",
    }
)
#: duties of an entity that Run info repeats
DUTIES = frozenset({"G05A", "G05B", "G06A", "G06B", "G07", "G09"})
#: what a run says of itself and of an entity's duties
NOTICE_TEXTS: Mapping[str, str] = {
    "G05A": mark(
        "{entity}: nobody was checked. People were told on {notice}; checks begin on {begin}, 14 days later."
    ),
    "G05B": mark(
        "{entity}: {n} people were not checked, since they started after the notice of {notice} and it is "
        "not part of the joining papers."
    ),
    "G06A": mark(
        "{entity}: the works council's consent is not on record (works_council). The next run checks nobody "
        "here until it is."
    ),
    "G06B": mark(
        "{entity}: nobody was checked. The run before warned that the works council's consent is not on "
        "record, and it still is not (works_council)."
    ),
    "G07": mark("{entity}: information and consultation of the delegates is not on record (consultation)."),
    "G09": mark("{entity}: no data protection impact assessment is on record (dpia_ref)."),
    "R01": mark(
        "The policy was changed in the middle of the period, before {day}: people examined earlier were "
        "judged by the policy of their day."
    ),
    "R02": mark(
        "The day of this run, {day}, is before that of the previous run, {before}: check whether the clock "
        "is right."
    ),
    "R03": mark(
        "{entity}: several current banners have no last day ({banners}), so old ones still pass. Give "
        "each old one a valid_to in the policy; auditor banner add --replaces does so."
    ),
    "V01": mark("The yearly review of the policy is due on {day}: auditor policy review."),
    "V02": mark("The yearly review of the policy has been overdue since {day}: auditor policy review."),
    "R04": mark("Pages that were saved while signed in are read: decided by {by} on {day}. Reason: {reason}"),
    "R05": mark(
        "{entity}: the number of the company page is not in the policy. Pages saved while signed in link "
        "employers by number, so that the company can be recognised by name only. Add the number to pages."
    ),
    "W01": mark(
        "{entity}: the name “{name}” is also an ordinary word. Set needs_connector for it in the policy: "
        "true if it should count only after at, bij, chez or bei; false if it counts everywhere. Either "
        "answer ends this question."
    ),
}
_ONE = ("1 people were", "1 person was")
#: what is said of one row where the notice counts all of them
_OF_A_ROW: Mapping[str, str] = {
    "D04": mark("A date in this row was an Excel day number."),
    "E07": mark("This row ended with an extra delimiter."),
    "F05": mark("This row is hidden or filtered and was read too."),
    "H10": mark("A formula in this row has no stored value; open and save the file in Excel once."),
}
#: two people with one address
_SHARED = "U06"
#: what somebody typed, which is not said in other words
_TYPED = frozenset({"v", "raw"})
#: facts that are keys of the program -> what people call them
_NAMED: Mapping[str, Mapping[str, str]] = {"field": FIELDS, "fmt": DATE_ORDERS}
FATES = {
    RowFate.HEADER: mark("Heading or note"),
    RowFate.BLANK: mark("Empty row"),
    RowFate.NOT_A_PERSON: mark("Not a person"),
    RowFate.MERGED: mark("Merged"),
    RowFate.REJECTED: mark("Rejected"),
    RowFate.PERSON: mark("Person"),
}


def notice_words(notice: RosterNotice, words: Words) -> str:
    """A notice in this language; in its own words where its code is not known."""
    if notice.code in NOTICE_TEXTS:
        facts = {name: words.fact(value) for name, value in notice.facts}
        one = facts.get("n") == "1" and words.language == "en"  # the other languages count without a verb
        text = words.say(NOTICE_TEXTS[notice.code], **facts)
        return text.replace(*_ONE) if one else text
    known = intake_codes().get(notice.code)
    template = known.messages["en"] if known else ""
    facts = {name: _fact(name, value, words) for name, value in notice.facts}
    facts.setdefault("raw", notice.raw)
    return _filled_in(template, facts, notice.message, words)


def _fact(name: str, value: str, words: Words) -> str:
    """A fact as sentences hold it: a field of the roster and an order of dates in words."""
    if name in _NAMED and value in _NAMED[name]:
        return words.say(_NAMED[name][value])
    return value if name in _TYPED else words.fact(value)


def notices_of_rows(notices: Iterable[RosterNotice]) -> dict[tuple[str, int, str], RosterNotice]:
    """The notices by sheet, row and code."""
    return {(one.sheet, one.row, one.code): one for one in notices}


def reason_of_row(record: RowRecord, told: RosterNotice | None, first_row: int, words: Words) -> str:
    """What is said of a row: the notice that was `told` of it, else what its code says."""
    return shown(notice_words(told, words) if told else row_words(record, first_row, words))


def row_words(record: RowRecord, first_row: int, words: Words) -> str:
    """What a row's code says of it in this language; `first_row` is the first row of its person. A text that
    only the reading could fill in stands as it was made then."""
    known = intake_codes().get(record.code)
    template = _OF_A_ROW.get(record.code) or (known.messages["en"] if known else "")
    facts: dict[str, object] = {"row": record.row, "a": first_row, "b": record.row, "raw": record.raw}
    if record.person and "{a}" not in template:  # there the facts are of another kind
        facts["id"] = shown(record.person)
    return _filled_in(template, facts, record.message, words)


def _filled_in(template: str, facts: Mapping[str, object], otherwise: str, words: Words) -> str:
    """The template in this language with its facts; `otherwise` where there is none, or a fact is missing."""
    if not template or facts_wanted(template) - facts.keys():
        return otherwise
    return without_open_end(words.say(template, **facts))


def notices_of(scope: Scope) -> list[RosterNotice]:
    """The notices that this scope may show: an entity's workbook names nobody of another entity."""
    looked_at = {e.employee.employee_id for e in scope.report.examinations if e.employee.profile_url}
    notices = [one for one in scope.report.notices if not _is_put_right(one, looked_at)]
    if scope.entity is None:
        return notices
    people = (examination.employee for examination in scope.report.examinations)
    others = [employee for employee in people if employee.employee_id not in scope.people]
    foreign = {one.employee_id for one in others} | {one.full_name for one in others}
    strangers = {(row.sheet, row.row) for row in scope.report.rows if row.person not in scope.people}
    own = (_of_scope(notice, scope, foreign, strangers) for notice in notices)
    return [notice for notice in own if notice is not None]


def _is_put_right(notice: RosterNotice, looked_at: Collection[str]) -> bool:
    """Whether it says that an address is shared and nobody is looked at, although HR has given another."""
    return notice.code == _SHARED and dict(notice.facts).get("a") in looked_at


def row_sum(counts: dict[str, int], words: Words) -> list[tuple[str, int]]:
    """Rows per fate and their sum."""
    lines = [(words.say(FATES[fate]), counts.get(str(fate), 0)) for fate in RowFate]
    return [*lines, (words.say("Rows in the file"), sum(counts.values()))]


def _of_scope(
    notice: RosterNotice, scope: Scope, foreign: set[str], strangers: set[tuple[str, int]]
) -> RosterNotice | None:
    """The notice as this scope may show it; None where it tells of another entity or names one of its people.

    `foreign`: ids and names of people outside the scope; `strangers`: sheets and numbers of their rows.
    """
    facts = dict(notice.facts)
    if facts.get("entity", scope.entity) != scope.entity:
        return None
    if notice.code == "P15":
        ids = [one.strip() for one in facts.get("ids", "").split(",")]
        own = [one for one in ids if one in scope.people]
        told = (("ids", ", ".join(own)), ("n", str(len(own))))
        return replace(notice, facts=told, message="") if own else None
    parts = {part.strip() for value in facts.values() for part in value.split(",")}
    on_their_row = bool(notice.row) and (notice.sheet, notice.row) in strangers
    return None if parts & foreign or on_their_row else notice
