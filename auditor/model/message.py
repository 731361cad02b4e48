"""A sentence as data: an English template and the facts that fill it, said in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Message:
    """`id` is the English template and its key in the catalogues; `{name}` stands for the fact of that name,
    which may be a message itself.

    `counted` holds the singular and the plural template of a sentence with a number, which is the fact `n`;
    None where nothing is counted. `str` gives the English text of `id`, as programs read it.
    """

    id: str
    facts: tuple[tuple[str, str | Message], ...] = ()
    counted: tuple[str, str] | None = None

    def __str__(self) -> str:
        facts = dict(self.facts)
        return _PLACEHOLDER.sub(lambda found: str(facts.get(found[1], found[0])), self.id)


#: a plain text is shown as it is (a headline, a banner's name); a message is said in the reader's language
Text: TypeAlias = str | Message


def say(template: str, /, **facts: object) -> Message:
    """The message of a template; scripts/catalogues.py collects the template."""
    told = ((name, fact if isinstance(fact, Message) else str(fact)) for name, fact in facts.items())
    return Message(template, tuple(told))


def say_count(template: str, one: str, many: str, /, *, n: int, **facts: object) -> Message:
    """The message of a template with a number; `one` and `many` are what people read of it."""
    return Message(template, say(template, n=n, **facts).facts, (one, many))
