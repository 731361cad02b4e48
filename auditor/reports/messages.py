"""The words of what is handed to people: letters, reminders and fix kits, formal and informal.

The table `_messages.tsv` belongs to the firm's own wording: one row a text, `form` empty where both
forms of address are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from babel.lists import format_list

from auditor.files.tables import package_rows
from auditor.language.words import LANGUAGES, REGIONS, spaced
from auditor.model.kept_data import Kept

FORMAL, INFORMAL = "formal", "informal"
_QUOTES = {"en": ("“", "”"), "nl": ("‘", "’"), "fr": ("«\u00a0", "\u00a0»"), "de": ("„", "“")}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def message(key: str, language: str, form: str, /, **facts: str) -> str:
    """The text of a key with its {facts} filled in. Raises KeyError for a key that does not exist."""
    table = message_table()
    texts = table.get((key, form)) or table[key, ""]
    return _PLACEHOLDER.sub(lambda found: facts[found.group(1)], spaced(texts[language], language))


def kept_words(kinds: Iterable[Kept], language: str, form: str) -> str:
    """Categories of what the store keeps, as a list within a sentence."""
    words = [message(f"kept.{kind}", language, form) for kind in kinds]
    return format_list(words, locale=REGIONS.get(language, language))


def quoted(text: str, language: str) -> str:
    """A text in the quotation marks of a language."""
    before, after = _QUOTES.get(language, _QUOTES["en"])
    return f"{before}{text}{after}"


def has_message(key: str) -> bool:
    """Whether there is a text of this key."""
    return any(known == key for known, _ in message_table())


@lru_cache
def message_table() -> dict[tuple[str, str], dict[str, str]]:
    """The texts by language, by key and form."""
    rows = package_rows("auditor.reports", "_messages.tsv")
    return {(row["key"], row["form"]): {name: row[name] or "" for name in LANGUAGES} for row in rows}


def missing_messages() -> list[str]:
    """What the table lacks: a text, a form, or one of the {facts} that the English text has."""
    missing: list[str] = []
    table = message_table()
    for (key, form), texts in table.items():
        other = {FORMAL: INFORMAL, INFORMAL: FORMAL}.get(form)
        if other and (key, other) not in table:
            missing.append(f'letters: "{key}" has no {other} form')
        facts = _facts_in(texts["en"])
        for language, text in texts.items():
            if not text.strip():
                missing.append(f'letters, {language}: no text for "{key}" ({form or "both forms"})')
            elif _facts_in(text) != facts:
                missing.append(f'letters, {language}: the text for "{key}" has other {{facts}}: "{text}"')
    return missing


def _facts_in(text: str) -> set[str]:
    """The names of the {facts} of a text; where one language greets by the first name, another may by the
    full one."""
    return {"first_name" if name == "full_name" else name for name in _PLACEHOLDER.findall(text)}
