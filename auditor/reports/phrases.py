"""Phrases that rules and the health check say in English, found again in the reader's language."""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.language.words import Words, mark, mark_count

_PHRASES = (
    mark("nobody could be checked: people have not been told in time"),
    mark("people were told on {day}; checks begin on {begin}"),
    mark("it is not proven that the person was told of the checks before starting"),
    mark("no profile at all could be read"),
    mark("field {field} was read on {now} of pages, earlier on {before}"),
    mark("field {field} was shown on {now} of pages, earlier on {before}"),
    mark("the layout of the page has changed; not judged from: {fields}"),
    mark("rule {rule} crashed"),
    mark("the evidence of {day} is older than {n} days"),
    mark("the site had refused an earlier visit"),
    mark("current position linked to {address}"),
    mark("no current position, headline or banner of the company"),
    mark("LinkedIn's default banner"),
    mark("closed on {day}"),
    mark("was closed after {day}"),
    mark("said fixed on {day}, but still seen"),
    mark("said fixed on {day}; seen fixed"),
    mark("said fixed on {day}; could not be seen yet"),
    mark("said fixed on {day}; could not be seen in two runs"),
    mark("waived until {day}: {reason}"),
    mark("the waiver ended on {day}"),
    mark("the waiver holds no longer"),
    mark("asked on {day}"),
    mark("not our employee, says HR"),
    mark("no profile, says HR"),
    mark("on {day} HR said that the roster is wrong; it has not changed since"),
)


#: phrases with a number of people or visits, and how they are said of one and of several
_COUNTED = {
    "{n} people were not assessed although their status reads like leaving: {words}": mark_count(
        "{n} person was not assessed although the status reads like leaving: {words}",
        "{n} people were not assessed although their status reads like leaving: {words}",
    ),
    "{n} of {all} people were not assessed, for reasons that must be settled first": mark_count(
        "{n} of {all} people was not assessed, for a reason that must be settled first",
        "{n} of {all} people were not assessed, for reasons that must be settled first",
    ),
    "the site refused {n} visit(s)": mark_count("the site refused {n} visit", "the site refused {n} visits"),
    "{n} people were not attempted": mark_count("{n} person was not reached", "{n} people were not reached"),
    "only {n} of {all} people had evidence that could be read": mark_count(
        "a source could be read for only {n} person of {all}",
        "a source could be read for only {n} people of {all}",
    ),
    "{n} of {all} people newly fail at once": mark_count(
        "{n} of {all} people newly fails at once", "{n} of {all} people newly fail at once"
    ),
    "the evidence of {n} people made the program fail": mark_count(
        "the program failed on {n} person", "the program failed on {n} people"
    ),
}


def phrase(text: str, words: Words) -> str:
    """The phrase in this language; as it is where it is not a known one."""
    for template, pattern in _patterns():
        found = pattern.fullmatch(text)
        if not found:
            continue
        facts = found.groupdict()
        if template not in _COUNTED:
            return words.say(template, **facts)
        number = facts.pop("n")
        return words.count(*_COUNTED[template], int(number), **facts) if number.isdecimal() else text
    return text


def is_phrase(text: str) -> bool:
    """Whether the text is one of the phrases that can be said in every language."""
    return any(pattern.fullmatch(text) for _, pattern in _patterns())


@lru_cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, _pattern(template)) for template in (*_PHRASES, *_COUNTED))


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile("".join(re.escape(p) if i % 2 == 0 else f"(?P<{p}>.+?)" for i, p in enumerate(parts)))
