"""The page bears the name of the roster's person.

What it checks
    Whether the name on the page is the name in the roster: birth and partner names, prefixes, both
    orders, initials, short forms, translations and family names cut to an initial all fit.

Why it matters
    A page of a namesake must never be judged. Where the name does not fit, nothing else is read
    from the page, and a person looks at the address. Where it may fit, nothing is read either, and
    HR is asked once (WHO_IS_THIS); the answer is remembered for this address and this name.

Example
    Roster "Anneke van der Veen", page "Anneke V." fits; page "Tom Brandsma" does not; about page
    "Anneke Hofstra" HR is asked.

How to fix
    Correct the profile address in the roster, add the other name of the person, or answer the
    question on Could not verify (or: auditor identity confirm NUMBER).

Settings
    none
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.identity.same_person import Identity, same_person
from auditor.model.capture import CaptureStatus
from auditor.model.employee import GONE, PersonName, RosterState
from auditor.model.observed import Present
from auditor.model.rule import Criterion, NotApplicable, Outcome, Passed, Rule, Severity, Subject
from auditor.rules._evidence import unreadable
from auditor.rules._words import words_table

_FOR_A_PERSON = frozenset({CaptureStatus.WRONG_PERSON, CaptureStatus.WHO_IS_THIS})


@dataclass(frozen=True, slots=True)
class Settings:
    """This rule has no options."""


def check(subject: Subject, _settings: Settings) -> Outcome:
    """WRONG_PERSON and WHO_IS_THIS ask a person to look; evidence without a name was tied to the person by
    the roster."""
    missing = unreadable(subject)
    if missing:
        return replace(missing, review=subject.capture.status in _FOR_A_PERSON)
    shown = subject.profile.full_name
    if isinstance(shown, Present):
        known = subject.employee.name or PersonName(subject.employee.full_name)
        if same_person(known, shown.value) is not Identity.SAME:
            return Passed("OK_CONFIRMED", reason="HR said that the page is this person's")
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
    about=Criterion.IDENTITY,
    words=words_table("prf001_same_person.tsv"),
)
