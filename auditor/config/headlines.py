"""Names and headline templates as people mistype them: what would accuse everybody is said at loading."""

from __future__ import annotations

import re

from auditor.config.mistakes import nearest
from auditor.headline.markers import book
from auditor.headline.normalise import clean, fold
from auditor.headline.template import COMPANY_WORDS, TITLE_WORDS
from auditor.headline.tokens import words_of

_KNOWN = sorted(TITLE_WORDS | COMPANY_WORDS)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
#: other signs that people put around a placeholder
_MARKED = re.compile(r"\(([^()]*)\)|<([^<>]*)>|\[([^\[\]]*)\]|«([^«»]*)»|%([^%]*)%|\$(\w+)")
#: so many words join title and company where both stand without signs
_MOST_JOINING = 2
_EXAMPLE = 'write for example "{job title} at {company}"'
_ADVICE = "; known are {job title} and {company}, and the same in Dutch, French and German"


def checked_template(text: str) -> str:
    """Return the template. Raises ValueError where a placeholder is mistyped: nobody could meet it."""
    left = _PLACEHOLDER.sub("", text)
    if "{" in left or "}" in left:
        raise ValueError(f"a curly bracket stands alone; {_EXAMPLE}")
    names = [_folded(name) for name in _PLACEHOLDER.findall(text)]
    for name in names:
        if name not in _KNOWN:
            near = nearest(f"{{{name}}}", [f"{{{known}}}" for known in _KNOWN])
            raise ValueError(f"unknown placeholder {{{name[:40]}}}{near or _ADVICE}")
    for found in _MARKED.finditer(left):
        name = next(filter(None, found.groups()), "").strip()
        if _folded(name) in _KNOWN:
            raise ValueError(f"write {{{name}}} in curly brackets instead of {found.group()}")
    if "[" in (rest := _OPTIONAL.sub("", left)) or "]" in rest:
        raise ValueError("a square bracket stands alone; an optional part stands in [one pair of brackets]")
    if not names and _tells_in_bare_words(fold(text).split()):
        raise ValueError(f"title and company stand there as plain words; {_EXAMPLE}")
    if sum(name in TITLE_WORDS for name in names) > 1 and sum(name in COMPANY_WORDS for name in names) > 1:
        raise ValueError("title and company stand there twice; write each template as an entry of its own")
    return text


def _folded(name: str) -> str:
    return fold(" ".join(name.split()))


def _tells_in_bare_words(words: list[str]) -> bool:
    """Whether the whole text is a title, at most two joining words and a company, without brackets."""
    return any(
        " ".join(words[:end]) in TITLE_WORDS and " ".join(words[start:]) in COMPANY_WORDS
        for end in range(1, len(words))
        for start in range(end, min(end + _MOST_JOINING, len(words) - 1) + 1)
    )


def several_names(text: str, entity: str) -> bool:
    """Whether a text is a list of names rather than one: `Acme; Acme Group`, but not `Smith, Jones & Co`.

    A comma may belong to a name. It separates names where a part holds another one, or is the entity's name.
    """
    if fold(text) == fold(entity):
        return False
    if len([part for part in re.split("[;|]", text) if part.strip()]) > 1:
        return True
    parts = [words for part in text.split(",") if (words := _words(part))]
    return len(parts) > 1 and any(
        part == _words(entity)
        or any(_holds(part, other) or _holds(other, part) for other in parts[index + 1 :])
        for index, part in enumerate(parts)
    )


def _words(text: str) -> list[str]:
    """The words of a name; none where it is a legal form, as behind the comma of `Acme, Inc.`"""
    words = words_of(clean(text).text)
    is_form = bool(words) and book("legal_form").length_at(words, 0) == len(words)
    return [] if is_form else [word.key for word in words]


def _holds(longer: list[str], shorter: list[str]) -> bool:
    size = len(shorter)
    return bool(shorter) and any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1))
