"""What the report says about each code: the finding in words, why it matters, what to do, who does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from auditor.files.tables import package_rows
from auditor.language.words import Words, mark
from auditor.model.finding import TrackedFinding
from auditor.model.report import RuleText
from auditor.model.rule import CodeWords, Criterion

OWNERS = {
    "hr": mark("HR"),
    "employee": mark("Employee"),
    "manager": mark("Manager"),
    "marketing": mark("Marketing"),
    "contract_owner": mark("Contract owner"),
}
CRITERIA: Mapping[Criterion, str] = {
    Criterion.BANNER: mark("Banner"),
    Criterion.HEADLINE: mark("Headline"),
    Criterion.COMPANY_LINK: mark("Company link"),
    Criterion.LEAVER: mark("Former employee"),
    Criterion.IDENTITY: mark("Identity"),
    Criterion.ROSTER: mark("Roster"),
}
#: what is said of a code that nobody described
_UNDESCRIBED = CodeWords(
    "",
    why=mark("The profile does not present the company as the policy asks."),
    do=mark("Look at the profile before anything is said or sent."),
)
#: the ending of codes that leave to a person what the plain code says for sure
_REVIEW = "_REVIEW"
_NOT_SURE = mark("The program is not sure, and nobody is addressed on a guess.")


@cache
def shared_words() -> dict[str, CodeWords]:
    """The words of codes that belong to no single rule, in the order of the table."""
    rows = map(CodeWords.of_row, package_rows("auditor.reports", "_codes.tsv"))
    return {one.code: one for one in rows}


class RuleBook:
    """The rules of a report by id: what each is about, and what it says of its codes."""

    def __init__(self, rules: Iterable[RuleText]) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._own = {rule.id: {one.code: one for one in rule.words} for rule in self._rules.values()}
        self._known = {rule_id: {**shared_words(), **own} for rule_id, own in self._own.items()}

    def about(self, rule_id: str) -> Criterion:
        """What a rule is about; OTHER for one that is not known."""
        return self._rules[rule_id].about if rule_id in self._rules else Criterion.OTHER

    def criterion(self, rule_id: str, words: Words) -> str:
        """What a rule is about, in a word; its name, or its id, where reports have no word for it."""
        about = self.about(rule_id)
        if about in CRITERIA:
            return words.say(CRITERIA[about])
        return words.say(self._rules[rule_id].name) if rule_id in self._rules else rule_id

    def rules_about(self, about: Criterion) -> frozenset[str]:
        """The ids of the rules about something."""
        return frozenset(rule.id for rule in self._rules.values() if rule.about is about)

    def others(self) -> tuple[RuleText, ...]:
        """The rules about none of the things that every report shows."""
        others = (Criterion.ROSTER, Criterion.OTHER)
        return tuple(rule for rule in self._rules.values() if rule.about in others)

    def words_of(self, code: str, rule_id: str) -> CodeWords:
        """What a rule says of a code: its own words, else the shared ones, else careful general ones.

        A `..._REVIEW` variant without words borrows those of its plain form.
        """
        own, known = self._own.get(rule_id, {}), self._known.get(rule_id, shared_words())
        if code in known:
            return known[code]
        similar = [one for one in own if len(one) > 1 and one.endswith("*") and code.startswith(one[:-1])]
        if similar:
            return replace(own[max(similar, key=len)], code=code)
        general = replace(own.get("*", _UNDESCRIBED), code=code)
        plain = known.get(code.removesuffix(_REVIEW)) if code.endswith(_REVIEW) else None
        return CodeWords(code, plain.says, _NOT_SURE, _UNDESCRIBED.do) if plain else general

    def words_of_finding(self, tracked: TrackedFinding) -> CodeWords:
        """`words_of` the code of a finding."""
        return self.words_of(tracked.finding.code, tracked.finding.rule_id)

    def described(self) -> Iterator[CodeWords]:
        """Every code that has words: the shared ones, then each rule's."""
        yield from shared_words().values()
        for own in self._own.values():
            yield from (one for one in own.values() if one.says and not one.code.endswith("*"))


def owner_word(owner: str, words: Words) -> str:
    """Who acts, in a word."""
    return words.say(OWNERS.get(owner, OWNERS["hr"]))
