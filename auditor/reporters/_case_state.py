"""Where a case stands, in a few words."""

from __future__ import annotations

from auditor.domain.case import Side
from auditor.reporters._cases import Case, cases
from auditor.reporters._file_names import checklist_name
from auditor.reporters._scope import Scope
from auditor.reporters._words import Words, mark

_BOTH = mark("Open: both sides")
_OPEN = {
    Side.COMPANY: mark("Open: company's side"),
    Side.LEAVER: mark("Open: leaver's side"),
}
_TO_CLOSE = mark("Both sides are done; the next run closes it")


def case_state(case: Case, words: Words) -> str:
    """Which side is open, or the day on which it was closed."""
    if case.closed_on:
        return words.say("Closed on {day}", day=words.day(case.closed_on))
    left = [side for side in Side if side not in case.sides]
    if not left:
        return words.say(_TO_CLOSE)
    return words.say(_BOTH if len(left) > 1 else _OPEN[left[0]])


def states_of(scope: Scope) -> dict[str, str]:
    """By employee id: the state of the case, and on the next line the name of its checklist."""
    return {
        case.employee.employee_id: f"{case_state(case, scope.words)}\n{checklist_name(case.employee)}"
        for case in cases(scope)
        if case.present
    }
