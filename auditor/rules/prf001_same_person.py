"""The page bears the name of the roster's person.

What it checks
    Whether the name on the page can be the name in the roster: birth and partner names, prefixes,
    both orders, initials and family names cut to an initial all fit.

Why it matters
    A page of a namesake must never be judged. Where the name does not fit, nothing else is read
    from the page, and a person looks at the address.

Example
    Roster "Anneke van der Veen", page "Anneke V." fits; page "Tom Brandsma" does not.

How to fix
    Correct the profile address in the roster, or add the other name of the person.

Settings
    none
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.domain.capture import CaptureStatus
from auditor.domain.employee import GONE, RosterState
from auditor.domain.observed import Present
from auditor.domain.rule import NotApplicable, Outcome, Passed, Rule, Severity, Subject
from auditor.rules._evidence import unreadable


@dataclass(frozen=True, slots=True)
class Settings:
    """This rule has no options."""


def check(subject: Subject, _settings: Settings) -> Outcome:
    """WRONG_PERSON asks a person to look; evidence without a name was tied to the person by the roster."""
    missing = unreadable(subject)
    if missing:
        return replace(missing, review=subject.capture.status is CaptureStatus.WRONG_PERSON)
    if isinstance(subject.profile.full_name, Present):
        return Passed("OK_NAME", reason="the name on the page fits the roster")
    return NotApplicable("NAME_UNSEEN", "the evidence bears no name; the roster ties it to the person")


RULE = Rule(
    id="PRF001",
    name="Same person",
    severity=Severity.INFO,
    settings=Settings,
    check=check,
    applies_to=lambda employee: employee.roster_state in (RosterState.ACTIVE, *GONE),
    fields=frozenset({"full_name"}),
)
