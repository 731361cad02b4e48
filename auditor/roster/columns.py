"""Finds the header of a sheet and decides what each of its columns means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.language.roster_messages import notice
from auditor.model.address import AddressKind, read_profile_address
from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterNotice, StatusClass
from auditor.roster.dates import looks_like_day, without_period
from auditor.roster.grid import Row
from auditor.roster.headings import (
    DATE_FIELDS,
    END_OR_LEAVE,
    NAME_FIELDS,
    STATUS_FIELDS,
    STATUS_WORD_FIELDS,
    Recognised,
    RosterField,
    is_never_read,
    is_sensitive,
    recognise,
)
from auditor.roster.periods import (
    begins_something_else,
    beside_a_leave,
    is_about_employment,
    is_of_something_else,
)
from auditor.roster.status_words import is_kind_of_worker, status_class, yes_or_no
from auditor.roster.words import compact, folded, visible

HEADER_WITHIN = 30
A_STATUS = "a status or an end date"
#: headings of account lists: in such a sheet a status is that of the account
_OF_ACCOUNTS = frozenset(
    {
        "userprincipalname",
        "upn",
        "login",
        "userlogin",
        "profilelogin",
        "samaccountname",
        "lastlogin",
        "lastlogintime",
    }
    | {"lastsignin", "lastsigninreadonly", "orgunitpath", "orgunitpathrequired", "objectid", "dirsyncenabled"}
    | {"accountenabled", "mfastatus", "licenses", "isenrolledin2sv", "passwordchanged", "lastpasswordchange"}
)
_LONGEST_HEADING = 120
#: the rank of what the policy says: before every heading that is known
_BY_POLICY = -100
#: what puts a claim behind those that name the field outright
_BEHIND = 1_000


@dataclass(slots=True)
class ColumnMap:
    """The columns of one sheet. `places` gives the columns of a field, the preferred one first."""

    headings: list[str]
    places: dict[str, list[int]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    main_language: str = ""
    dropped: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notices: list[RosterNotice] = field(default_factory=list)
    account_status: bool = False
    sheet_status: StatusClass = StatusClass.NONE
    #: the policy says that everybody is in service, since no column tells
    assumed: bool = False
    #: the only end dates are those of fixed-term contracts, which may have been renewed
    planned_end: bool = False
    #: a column called status that holds kinds of workers
    kinds_as_status: int | None = None
    #: the headings that the policy maps, made comparable
    mapped: set[str] = field(default_factory=set)

    def place(self, wanted: str) -> int | None:
        """The column of a field, or None."""
        columns = self.places.get(wanted)
        return columns[0] if columns else None

    def date_places(self) -> dict[str, int]:
        """The column of each field that holds a date; further ones of an end or a return
        as `end_date 2` and so on."""
        found = {name: self.places[name][0] for name in DATE_FIELDS if self.places.get(name)}
        further = {
            f"{name} {number}": index
            for name in (RosterField.END_DATE, RosterField.RETURN_DATE)
            for number, index in enumerate(self.places.get(name, [])[1:], 2)
        }
        if END_OR_LEAVE in self.places:
            further[END_OR_LEAVE] = self.places[END_OR_LEAVE][0]
        return {str(name): index for name, index in found.items()} | further

    def language_of(self, name: str) -> str:
        """The language of a field's heading; where it is a word in several, that of most headings."""
        languages = self.languages.get(name, "").split()
        return languages[0] if len(languages) == 1 else self.main_language

    def tells_the_end(self) -> bool:
        """True where a column says when somebody left, so that an empty status need not be feared."""
        return bool({RosterField.END_DATE, RosterField.LAST_WORKING_DAY} & self.places.keys())

    def needed(self) -> set[int]:
        """Every column that is read."""
        return {column for name, columns in self.places.items() if name != "ignore" for column in columns}

    def mapping(self) -> tuple[tuple[str, str], ...]:
        """Each heading with its field; empty where it is not read."""
        fields = {column: name for name, columns in self.places.items() for column in columns}
        return tuple(
            (heading, fields.get(index, "")) for index, heading in enumerate(self.headings) if heading
        )

    def missing(self) -> list[str]:
        """What a roster must have and this sheet has not."""
        has = {name for name, columns in self.places.items() if columns}
        gaps = []
        if not has & NAME_FIELDS:
            gaps.append("a name")
        if not has & {RosterField.EMPLOYEE_ID, RosterField.WORK_EMAIL}:
            gaps.append("an employee number or work e-mail")
        if not has & STATUS_FIELDS and self.sheet_status is StatusClass.NONE:
            gaps.append(A_STATUS)
        return gaps


def meanings(cells: Sequence[str], policy: RosterPolicy) -> list[Recognised | None]:
    """What each cell of a row would mean as a heading."""
    own = _own_headings(policy)
    return [_meaning(cell, own) for cell in cells]


def _own_headings(policy: RosterPolicy) -> dict[str, str]:
    """The fields that the policy maps, by heading, made comparable."""
    return {compact(heading): name for heading, name in policy.columns.items()}


def header_score(cells: Sequence[str], policy: RosterPolicy) -> int:
    """How many different fields a row names."""
    return len({found.field for found in meanings(cells, policy) if found is not None})


def find_header(rows: Sequence[Row], policy: RosterPolicy) -> int | None:
    """The index of the header: the first row with the most recognised headings, two or more."""
    scores = [header_score(row.cells, policy) for row in rows[:HEADER_WITHIN]]
    best = max(scores, default=0)
    return scores.index(best) if best >= 2 else None


def is_second_header(header: Row, row: Row, policy: RosterPolicy) -> bool:
    """True where a row under the header repeats it in other words: labels, no digit, no e-mail."""
    filled = [cell for cell in row.cells if cell.strip()]
    if any(sign.isdigit() or sign == "@" for cell in filled for sign in cell):
        return False
    above, here = meanings(header.cells, policy), meanings(row.cells, policy)
    agreeing = sum(
        one is not None and other is not None and one.field == other.field
        for one, other in zip(above, here, strict=False)
    )
    return agreeing >= 2 and agreeing * 3 >= len(filled)


def map_columns(
    header: Sequence[Row],
    sample: Sequence[Row],
    policy: RosterPolicy,
    sheet: str,
    above: Row | None = None,
) -> ColumnMap:
    """The meaning of each column under one or two header rows; `sample` decides where a word has two.

    `above` is the row over the header, which may tell what a group of columns is about.
    """
    width = max(len(row.cells) for row in header)
    found = _merged([meanings(row.cells, policy) for row in header], width)
    columns = ColumnMap([visible(header[0].cell(index)) for index in range(width)])
    columns.sheet_status = status_class(without_period(sheet), policy.status_words)
    if columns.sheet_status in (StatusClass.UNKNOWN, StatusClass.AMBIGUOUS):
        columns.sheet_status = StatusClass.NONE
    columns.main_language = _main_language(found)
    _note_mapped(columns, header, policy, sheet)
    claims: dict[str, list[tuple[int, str, int, str]]] = {}
    groups = _groups(above, width)
    around = _Around(
        headings=["" if _is_ignored(one) else columns.headings[at] for at, one in enumerate(found)],
        employs=any(one is not None and one.field in _OF_EMPLOYMENT for one in found),
        groups_employ=any(is_about_employment(group) for group in groups),
    )
    for index, one in enumerate(found):
        if one is None:
            _note_unread(columns, columns.headings[index])
            continue
        name, rank = str(one.field), one.rank
        if rank != _BY_POLICY:
            name = _decided(one, [row.cell(index) for row in sample])
            name = _by_its_neighbours(name, index, groups[index], columns, sample, around, sheet)
        if one.field == END_OR_LEAVE and name == RosterField.END_DATE:
            rank += _BEHIND
        elif one.field == RosterField.STATUS and name == RosterField.WORKER_TYPE:
            columns.kinds_as_status = index
            columns.notices.append(notice("H04", sheet=sheet, col=columns.headings[index], field=name))
        claims.setdefault(name, []).append((rank, compact(columns.headings[index]), index, one.language))
    _settle(claims, columns, sheet)
    _note_what_is_missed(columns, sample, [at for at, one in enumerate(found) if one is None], sheet)
    tells = columns.places.keys() & STATUS_FIELDS or columns.sheet_status is not StatusClass.NONE
    if policy.everyone_is and not tells:
        columns.sheet_status, columns.assumed = StatusClass(policy.everyone_is), True
    return columns


@dataclass(frozen=True, slots=True)
class _Around:
    """What the header says around each column. `headings`: empty where the policy ignores them."""

    headings: list[str]
    employs: bool
    groups_employ: bool


#: fields that are about the employment and nothing else
_OF_EMPLOYMENT = frozenset({RosterField.START_DATE, "in_service", RosterField.STATUS, RosterField.IS_ACTIVE})


#: with one of them, dates under an unknown heading are hardly the end: accounts have many other days
_TELLING_THE_END = frozenset(
    {
        RosterField.END_DATE,
        RosterField.LAST_WORKING_DAY,
        END_OR_LEAVE,
        RosterField.ACCOUNT_ENABLED,
        RosterField.ACCOUNT_BLOCKED,
        RosterField.ACCOUNT_DELETED,
    }
)


def _is_ignored(one: Recognised | None) -> bool:
    return one is not None and one.rank == _BY_POLICY and one.field == RosterField.IGNORE


def _note_mapped(columns: ColumnMap, header: Sequence[Row], policy: RosterPolicy, sheet: str) -> None:
    """Keep which headings of the policy are here, and tell those that are never read."""
    own = _own_headings(policy)
    columns.mapped = {compact(cell) for row in header for cell in row.cells} & own.keys()
    for heading in columns.headings:
        if own.get(compact(heading), RosterField.IGNORE) != RosterField.IGNORE and is_never_read(heading):
            columns.notices.append(notice("H14", sheet=sheet, col=heading))


def _by_its_neighbours(
    name: str,
    index: int,
    group: str,
    columns: ColumnMap,
    sample: Sequence[Row],
    around: _Around,
    sheet: str,
) -> str:
    """The field of a column once the headings over and beside it are known."""
    if is_of_something_else(columns.headings[index], group, employs=around.groups_employ):
        return RosterField.IGNORE
    gone = columns.sheet_status is StatusClass.LEFT
    beside = "" if gone else beside_a_leave(name, index, around.headings, sample, employs=around.employs)
    if beside:
        columns.notices.append(notice("H12", sheet=sheet, col=columns.headings[index], other=beside))
        # `Start`, `End` and `Absence reason` stand in many a list of the employed: who left did so then
        return RosterField.IGNORE if begins_something_else(beside) else END_OR_LEAVE
    return RosterField.END_DATE if name == END_OR_LEAVE else name


def _groups(above: Row | None, width: int) -> list[str]:
    """The group heading over each column, folded: the last filled cell at or before it, or none.

    One cell alone in the first column is a title.
    """
    groups, last = [], ""
    filled = [index for index in range(width) if above is not None and above.cell(index).strip()]
    for index in range(width):
        if above is not None and index in filled and filled != [0]:
            last = folded(above.cell(index))
        groups.append(last)
    return groups


def _meaning(cell: str, own: Mapping[str, str]) -> Recognised | None:
    if not cell or len(cell) > _LONGEST_HEADING:
        return None
    if own and compact(cell) in own and not is_never_read(cell):
        return Recognised(own[compact(cell)], "", _BY_POLICY)
    return recognise(cell)


def _merged(rows: list[list[Recognised | None]], width: int) -> list[Recognised | None]:
    merged: list[Recognised | None] = [None] * width
    for row in reversed(rows):
        for index, one in enumerate(row):
            merged[index] = one or merged[index]
    return merged


def _main_language(found: Sequence[Recognised | None]) -> str:
    """The language that most headings share; the first in the alphabet on a tie."""
    languages = Counter(code for one in found if one is not None for code in one.language.split())
    return min(languages, key=lambda code: (-languages[code], code), default="")


def _note_unread(columns: ColumnMap, heading: str) -> None:
    if heading and is_sensitive(heading):
        columns.dropped.append(heading)
    elif heading:
        columns.unknown.append(heading)


def _note_what_is_missed(
    columns: ColumnMap, sample: Sequence[Row], unread: Sequence[int], sheet: str
) -> None:
    """A notice for each `unread` column that seems to hold what the audit needs."""
    no_end = not columns.places.keys() & _TELLING_THE_END
    for index in unread:
        heading = columns.headings[index]
        if _holds_profiles(sample, index):
            columns.notices.append(notice("H13", sheet=sheet, col=heading or str(index + 1)))
        elif no_end and heading and _holds_days(sample, index):
            columns.notices.append(notice("H16", sheet=sheet, col=heading))


def _holds_profiles(sample: Sequence[Row], index: int) -> bool:
    """True where half of what stands in a column, or behind it, is the address of a profile."""
    filled = [row for row in sample if row.cell(index).strip() or row.links.get(index)]
    profiles = sum(
        any(
            text and read_profile_address(text).kind is AddressKind.PROFILE
            for text in (row.cell(index), row.links.get(index))
        )
        for row in filled
    )
    return bool(filled) and profiles * 2 >= len(filled)


def _holds_days(sample: Sequence[Row], index: int) -> bool:
    """True where half of what stands in a column is a day."""
    filled = [text for row in sample if (text := visible(row.cell(index)))]
    return bool(filled) and sum(map(_is_day, filled)) * 2 >= len(filled)


def _decided(found: Recognised, sample: Sequence[str]) -> str:
    """The field of a heading that can mean two things, by what stands under it."""
    filled = [text for text in sample if text.strip()]
    if found.field == "employee_or_name":
        names = sum(" " in text.strip() or "," in text for text in filled)
        return RosterField.FULL_NAME if names * 2 > len(filled) else RosterField.EMPLOYEE_ID
    if found.field in ("in_service", "out_of_service"):
        days = sum(_is_day(text) for text in filled)
        answers = sum(yes_or_no(text) is not None and not _is_day(text) for text in filled)
        if answers > days:
            return RosterField.IS_ACTIVE if found.field == "in_service" else RosterField.HAS_LEFT
        return RosterField.START_DATE if found.field == "in_service" else RosterField.END_DATE
    if found.field == "status_or_kind":
        telling = any(status_class(text, {}) in _OF_SERVICE for text in filled)
        return RosterField.STATUS if telling else RosterField.WORKER_TYPE
    days = sum(_is_day(text) for text in filled)
    if found.field == RosterField.IS_ACTIVE and filled and days * 2 > len(filled):
        return RosterField.IGNORE
    if found.field == RosterField.RETURN_DATE and days * 2 < len(filled):
        return RosterField.IGNORE
    if found.field == RosterField.STATUS and _are_kinds_of_workers(filled):
        return RosterField.WORKER_TYPE
    return found.field


#: what a status says of somebody's service
_OF_SERVICE = frozenset(StatusClass) - {StatusClass.NONE, StatusClass.UNKNOWN}


def _are_kinds_of_workers(filled: Sequence[str]) -> bool:
    """True where a status column tells whether people are workers or clerks, and of nobody's service."""
    rest = [text for text in filled if not is_kind_of_worker(text)]
    if any(status_class(text, {}) in _OF_SERVICE for text in rest):
        return False
    return len(rest) * 2 < len(filled)


def _is_day(text: str) -> bool:
    return len(text) >= 6 and any(sign.isdigit() for sign in text) and looks_like_day(text)


def _settle(claims: dict[str, list[tuple[int, str, int, str]]], columns: ColumnMap, sheet: str) -> None:
    _rename(claims, "name", _meaning_of_name(claims))
    if RosterField.EMPLOYEE_ID in claims:
        _prefer_numbers(claims)
    open_end = RosterField.END_DATE not in claims and RosterField.LAST_WORKING_DAY not in claims
    if open_end and RosterField.CONTRACT_END in claims:
        _rename(claims, RosterField.CONTRACT_END, RosterField.END_DATE)
        columns.planned_end = True
    _rename(claims, "contract_end_only", RosterField.CONTRACT_END)
    for name, claimants in claims.items():
        claimants.sort()
        columns.places[name] = [index for _, _, index, _ in claimants]
        columns.languages[name] = claimants[0][3]
        if len(claimants) > 1 and name not in (RosterField.IGNORE, RosterField.RETURN_DATE, END_OR_LEAVE):
            first, second = (columns.headings[index] for index in columns.places[name][:2])
            columns.notices.append(notice("H05", sheet=sheet, a=first, b=second, field=name))
    if columns.planned_end and not set(STATUS_WORD_FIELDS) & columns.places.keys():
        heading = columns.headings[columns.places[RosterField.END_DATE][0]]
        columns.notices.append(notice("H11", sheet=sheet, col=heading))
    status = columns.place(RosterField.STATUS)
    if status is not None:
        marks = compact(columns.headings[status])
        of_account = any(
            mark in marks for mark in ("readonly", "account", "signin", "login", "userstatus", "okta")
        )
        columns.account_status = of_account or any(compact(one) in _OF_ACCOUNTS for one in columns.headings)


def _rename(claims: dict[str, list[tuple[int, str, int, str]]], old: str, new: str) -> None:
    """Hand the claims of one field to another, behind those that name it outright."""
    moved = [
        (rank + _BEHIND, heading, index, language) for rank, heading, index, language in claims.pop(old, [])
    ]
    if moved:
        claims.setdefault(new, []).extend(moved)


def _meaning_of_name(claims: Mapping[str, object]) -> str:
    """What `Name` is: the whole name; beside a first name the family name; beside both a further family name
    (`Nom` with an often empty `Nom d'usage`), which `read_name` knows from a whole one."""
    firsts = (RosterField.FIRST_NAME, RosterField.GIVEN_NAME, RosterField.INITIALS)
    if not any(name in claims for name in firsts):
        return RosterField.FULL_NAME
    if RosterField.LAST_NAME not in claims:
        return RosterField.LAST_NAME
    return RosterField.FULL_NAME if RosterField.BIRTH_NAME in claims else RosterField.BIRTH_NAME


def _prefer_numbers(claims: dict[str, list[tuple[int, str, int, str]]]) -> None:
    """`Medewerker` beside `Personeelsnummer` gives way; a cell-decided claim ranks last."""
    plain = ("medewerker", "werknemer", "persoon", "worker", "employee", "id", "objectid", "identifiant")
    claims[RosterField.EMPLOYEE_ID] = [
        (rank + 500 * (heading in plain), heading, index, language)
        for rank, heading, index, language in claims[RosterField.EMPLOYEE_ID]
    ]
