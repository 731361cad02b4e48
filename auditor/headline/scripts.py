"""Words that mix scripts or stand in another one: typing oddity, impersonation, or another language."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from auditor.headline.tokens import Kind, Token

_LATIN = regex.compile(r"\p{Script=Latin}")
_OTHER_LETTER = regex.compile(r"(?!\p{Script=Latin}|\p{Script=Common}|\p{Script=Inherited})\p{L}")
#: Scripts written without blanks, that stand beside Latin words as a matter of course.
_UNSPACED = regex.compile(
    r"\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Thai}"
)


def mixes_scripts(tokens: Iterable[Token], known: frozenset[str]) -> bool:
    """True where a word holds letters of two scripts (a Cyrillic А in Acme), known words aside."""
    return any(
        token.kind is Kind.WORD
        and token.key not in known
        and _LATIN.search(token.text)
        and _OTHER_LETTER.search(_UNSPACED.sub("", token.text))
        for token in tokens
    )


def has_other_script(tokens: Iterable[Token], known: frozenset[str]) -> bool:
    """True where any word is written in another script than Latin, known words aside."""
    return any(
        token.kind is Kind.WORD and token.key not in known and _OTHER_LETTER.search(token.text)
        for token in tokens
    )
