"""What the status and worker-type cells of a row mean; their words stay here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from auditor.domain.policy import RosterPolicy
from auditor.domain.roster import StatusClass, WorkerType
from auditor.domain.roster_fields import RosterField
from auditor.rosters._columns import ColumnMap
from auditor.rosters._folding import folded
from auditor.rosters._grid import Row
from auditor.rosters._status_words import may_tell_health, status_class, worker_type, yes_or_no


class StatusCells:
    """Reads the status and worker-type columns of one sheet. `text` gives the cell of a field."""

    def __init__(self, columns: ColumnMap, policy: RosterPolicy, text: Callable[[Row, str], str]) -> None:
        self._columns = columns
        self._policy = policy
        self._text = text
        self._statuses: dict[str, StatusClass] = {}

    def read(self, row: Row) -> tuple[StatusClass, WorkerType, str]:
        """The class of the status, the kind of worker, and a status word that nobody knows."""
        status, unknown = self._status(row)
        worker = self._worker(row)
        if unknown and status is StatusClass.UNKNOWN and self._names_a_contractor(row):
            return StatusClass.NONE, WorkerType.CONTRACTOR, ""
        return status, worker, unknown

    def _status(self, row: Row) -> tuple[StatusClass, str]:
        seen: list[StatusClass] = []
        unknown = ""
        for name in _STATUSES:
            text = self._text(row, name)
            if not text:
                continue
            found = self._class_of(name, text)
            if found is StatusClass.UNKNOWN:
                unknown = "(not shown)" if may_tell_health(text) else text[:40]
            seen.append(found)
        told = [one for one in seen if one is not StatusClass.NONE]
        return _agreed(told) if told else self._columns.sheet_status, unknown

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
        if answer is None:
            return status_class(text, own)
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
        return worker_type(text, self._columns.language_of(RosterField.WORKER_TYPE))

    def _names_a_contractor(self, row: Row) -> bool:
        """True where the status column holds a kind of worker, as customers' own lists do."""
        language = self._columns.language_of(RosterField.STATUS)
        return worker_type(self._text(row, RosterField.STATUS), language) is WorkerType.CONTRACTOR


_STATUSES = (
    RosterField.STATUS,
    RosterField.IS_ACTIVE,
    RosterField.HAS_LEFT,
    RosterField.ACCOUNT_ENABLED,
    RosterField.ACCOUNT_BLOCKED,
)
_RANK = (
    StatusClass.EXCLUDED,
    StatusClass.UNKNOWN,
    StatusClass.ABSENT,
    StatusClass.LEFT,
    StatusClass.NOT_STARTED,
    StatusClass.AMBIGUOUS,
    StatusClass.ACTIVE,
)


def _agreed(told: Sequence[StatusClass]) -> StatusClass:
    """Several status columns: the most telling one; "left" beside "active" is a contradiction."""
    if StatusClass.LEFT in told and StatusClass.ACTIVE in told:
        return StatusClass.UNKNOWN
    return min(told, key=_RANK.index)
