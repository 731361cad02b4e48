"""What the status and worker-type cells of a row mean, and the status word that HR may have to settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from auditor.model.policy import RosterPolicy
from auditor.model.roster import EMPTY, NOT_SHOWN, StatusClass, WorkerType
from auditor.roster.columns import ColumnMap
from auditor.roster.grid import Row
from auditor.roster.headings import STATUS_WORD_FIELDS, RosterField
from auditor.roster.status_words import may_tell_health, status_class, worker_type, yes_or_no
from auditor.roster.words import folded, visible


class StatusCells:
    """Reads the status and worker-type columns of one sheet. `text` gives the cell of a field."""

    def __init__(self, columns: ColumnMap, policy: RosterPolicy, text: Callable[[Row, str], str]) -> None:
        self._columns = columns
        self._policy = policy
        self._text = text
        self._statuses: dict[str, StatusClass] = {}

    def read(self, row: Row) -> tuple[StatusClass, WorkerType, str]:
        """The class of the status, the kind of worker, and the status word.

        Instead of a word that may tell of somebody's health there is `NOT_SHOWN`.
        """
        status, word = self._status(row)
        worker = self._worker(row)
        if status is StatusClass.UNKNOWN and self._names_a_contractor(row):
            return StatusClass.NONE, WorkerType.CONTRACTOR, ""
        return status, worker, word

    def _status(self, row: Row) -> tuple[StatusClass, str]:
        seen: list[tuple[StatusClass, str, str]] = [
            (self._class_of(name, text), name, text)
            for name in STATUS_WORD_FIELDS
            if (text := self._text(row, name)) and not _is_placeholder(text)
        ]
        seen += self._further_statuses(row)
        meanings = [one for one in seen if one[0] is not StatusClass.NONE]
        if meanings:
            status = _agreed([found for found, _, _ in meanings])
            telling = [one for one in meanings if one[0] is status] or meanings
            return status, "; ".join(self._word(*one) for one in telling)
        if seen or self._columns.sheet_status is not StatusClass.NONE or self._columns.tells_the_end():
            return self._columns.sheet_status, ""
        return StatusClass.UNKNOWN, EMPTY

    def _further_statuses(self, row: Row) -> list[tuple[StatusClass, str, str]]:
        """What further columns say, as far as their words are known: the one `Sorti` among kinds of workers,
        further down than the rows that decided on the column, and other columns of status, which fill the
        gaps of the first one and contradict it."""
        places = self._columns.places.get(RosterField.STATUS, [])[1:]
        if self._columns.kinds_as_status is not None:
            places = [self._columns.kinds_as_status, *places]
        found = [
            (self._class_of(RosterField.STATUS, text), str(RosterField.STATUS), text)
            for index in places
            if (text := visible(row.cell(index)))
        ]
        return [one for one in found if one[0] not in (StatusClass.NONE, StatusClass.UNKNOWN)]

    def _word(self, status: StatusClass, name: str, text: str) -> str:
        """The word as the roster has it; a column that answers yes or no gives its heading too."""
        of_person = name == RosterField.STATUS and not self._columns.account_status
        if status in _NEVER_KEPT or (of_person and may_tell_health(text)):
            return NOT_SHOWN
        if name == RosterField.STATUS:
            return text[:_LONGEST_WORD]
        heading = self._columns.headings[self._columns.places[name][0]]
        return f"{heading}: {text}"[: 2 * _LONGEST_WORD]

    def _class_of(self, name: str, text: str) -> StatusClass:
        key = f"{name} {text}"
        if key not in self._statuses:
            self._statuses[key] = self._read_status(name, text)
        return self._statuses[key]

    def _read_status(self, name: str, text: str) -> StatusClass:
        answer = yes_or_no(text)
        own = self._policy.status_words
        if name == RosterField.STATUS:
            return status_class(text, own, account=self._columns.account_status)
        if answer is None and name != RosterField.ACCOUNT_DELETED:
            return status_class(text, own, account=name in _OF_ACCOUNTS)
        if name == RosterField.ACCOUNT_DELETED:
            return StatusClass.NONE if answer is False else StatusClass.AMBIGUOUS
        if name == RosterField.HAS_LEFT:
            heading = folded(self._columns.headings[self._columns.places[name][0]])
            if not answer:
                return StatusClass.NONE
            return StatusClass.AMBIGUOUS if "arch" in heading else StatusClass.LEFT
        active = answer != (name == RosterField.ACCOUNT_BLOCKED)
        return StatusClass.ACTIVE if active else StatusClass.AMBIGUOUS

    def _worker(self, row: Row) -> WorkerType:
        index = self._columns.place(RosterField.WORKER_TYPE)
        if index is None:
            return WorkerType.EMPLOYEE
        text = self._text(row, RosterField.WORKER_TYPE)
        if text == "N" and "soortmedewerker" in folded(self._columns.headings[index]).replace(" ", ""):
            return WorkerType.OUT_OF_SCOPE
        language = self._columns.language_of(RosterField.WORKER_TYPE)
        kind = worker_type(text, language)
        also = self._columns.kinds_as_status
        if kind is WorkerType.EMPLOYEE and also is not None:
            return worker_type(row.cell(also), language)
        return kind

    def _names_a_contractor(self, row: Row) -> bool:
        """True where the status column holds a kind of worker, as customers' own lists do."""
        language = self._columns.language_of(RosterField.STATUS)
        return worker_type(self._text(row, RosterField.STATUS), language) is WorkerType.CONTRACTOR


_OF_ACCOUNTS = (RosterField.ACCOUNT_ENABLED, RosterField.ACCOUNT_BLOCKED)
#: an absence may be a matter of health; nobody needs to settle a death
_NEVER_KEPT = (StatusClass.ABSENT, StatusClass.EXCLUDED)
_LONGEST_WORD = 40
_RANK = (
    StatusClass.EXCLUDED,
    StatusClass.UNKNOWN,
    StatusClass.ABSENT,
    StatusClass.LEFT,
    StatusClass.NOT_STARTED,
    StatusClass.LEAVING,
    StatusClass.AMBIGUOUS,
    StatusClass.ACTIVE,
)


def _is_placeholder(text: str) -> bool:
    return not any(sign.isalnum() for sign in text) or folded(text) in ("n a", "n v t", "nvt")


def _agreed(classes: Sequence[StatusClass]) -> StatusClass:
    """Several status columns: the most telling one; "left" beside "active" is a contradiction."""
    if StatusClass.LEFT in classes and StatusClass.ACTIVE in classes:
        return StatusClass.UNKNOWN
    return min(classes, key=_RANK.index)
