"""What the report says about each code: the finding in words, why it matters, what to do, who does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.files.tables import package_rows
from auditor.language.words import Words, mark

OWNERS = {
    "hr": mark("HR"),
    "employee": mark("Employee"),
    "manager": mark("Manager"),
    "marketing": mark("Marketing"),
    "contract_owner": mark("Contract owner"),
}


CRITERIA = {
    "BNR": mark("Banner"),
    "HDL": mark("Headline"),
    "CMP": mark("Company link"),
    "LVR": mark("Former employee"),
    "PRF": mark("Identity"),
    "RST": mark("Roster"),
}


_FALLBACK_WHY = {
    "BNR": mark("Profiles of one company should be recognised at a glance."),
    "HDL": mark("The headline is the first thing visitors read."),
    "CMP": mark("Visitors cannot go from the profile to our company page."),
    "LVR": mark("Visitors may think that the person still acts for us."),
}


_ANY_WHY = mark("The profile does not present the company as the policy asks.")


_ANY_DO = mark("Look at the profile before anything is said or sent.")


@dataclass(frozen=True, slots=True)
class CodeText:
    """The English texts of one code; `says` is empty for a code that nobody described."""

    code: str
    owner: str
    says: str
    why: str
    do: str


@lru_cache
def code_texts() -> dict[str, CodeText]:
    """All described codes, in the order of the table."""
    rows = package_rows("auditor.reports", "_codes.tsv")
    return {
        row["code"]: CodeText(row["code"], row["owner"], row["says"], row["why"], row["do"]) for row in rows
    }


def code_text(code: str, rule_id: str = "") -> CodeText:
    """The texts of a code, careful general ones for a code that nobody described.

    A `BANNER_REVIEW_...` code without words of its own says what BANNER_REVIEW says, a `..._REVIEW` variant
    borrows the words of its plain form.
    """
    texts = code_texts()
    if code in texts:
        return texts[code]
    if code.startswith("BANNER_REVIEW_"):
        return replace(texts["BANNER_REVIEW"], code=code)
    plain = code.removesuffix("_REVIEW")
    if plain in texts:
        known = texts[plain]
        return CodeText(code, "hr", known.says, texts["BANNER_REVIEW"].why, _ANY_DO)
    return CodeText(code, "hr", "", _FALLBACK_WHY.get(rule_id[:3], _ANY_WHY), _ANY_DO)


def criterion(rule_id: str, words: Words) -> str:
    """What a rule is about, in a word; its id where it belongs to no known family."""
    return words.say(CRITERIA[rule_id[:3]]) if rule_id[:3] in CRITERIA else rule_id


def owner_word(owner: str, words: Words) -> str:
    """Who acts, in a word."""
    return words.say(OWNERS.get(owner, OWNERS["hr"]))


def sentences() -> Iterator[str]:
    """Every English sentence of the table, for the catalogues."""
    for text in code_texts().values():
        yield from (text.says, text.why, text.do)
