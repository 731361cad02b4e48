"""Whose organisation a profile shows: ours, a sister's, a namesake's or another, matched by identity."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from auditor.headline.aliases import SHORT, Name, names_of, same_in_name
from auditor.headline.expectation import Join, Standing
from auditor.headline.mention import take_apart
from auditor.headline.near_names import has_near_miss
from auditor.headline.normalise import clean
from auditor.headline.titles import title_words
from auditor.headline.tokens import same_word, words_of
from auditor.model.company import Company, CompanyName
from auditor.model.day import OnDay
from auditor.model.observed import Observed, Present, Unseen
from auditor.model.profile import PageLink


class Match(StrEnum):
    """What an organisation on a profile is to the company."""

    #: the link leads to one of our pages
    LINKED = "linked"
    #: our name, and it is seen that there is no link
    NAMED = "named"
    #: our name; whether there is a link, or whose page it is, cannot be told
    NAMED_LINK_UNKNOWN = "named_link_unknown"
    SISTER = "sister"
    NAMESAKE = "namesake"
    OTHER = "other"


def match_company(name: str, page: Observed[PageLink], company: Company) -> Match:
    """Match one organisation: by its page where a link is seen, by its name otherwise."""
    if isinstance(page, Present):
        return _by_page(page.value, name, company)
    if is_name_of(name, company.names):
        return Match.NAMED_LINK_UNKNOWN if isinstance(page, Unseen) else Match.NAMED
    return Match.SISTER if is_name_of(name, company.sister_names) else Match.OTHER


def may_be_ours(name: str, company: Company) -> bool:
    """True where the name of another organisation holds ours or a sister's, or nearly is ours.

    `Acme Belgium`, `Groupe Acme`, `Agency (Acme)`, a typing slip: perhaps a branch, perhaps a stranger. What
    the headline rule leaves to a person behind `at` is left to one here. A stranger of the policy's is none.
    """
    words = "-".join(word.key for word in words_of(clean(name).text))
    if any(words == page.slug_or_id for page in company.namesake_pages):
        return False
    # in the name of an organisation a hyphen joins two names: `Globex-Acme`
    return names_us_now(f"@ {name.replace('-', ' ')}", company) or _begins_like_ours(name, company)


def _begins_like_ours(name: str, company: Company) -> bool:
    """`Nordvikgroep`, `NordvikBelgium`: a name of some length, with more written to it."""
    ours = [one for one in names_of(company.names, ()) if len(one.squashed) >= _TELLING and not one.ordinary]
    return any(
        word.key.startswith(one.squashed) and word.key != one.squashed
        for word in words_of(clean(name).text)
        for one in ours
    )


#: a shorter name begins many a stranger's by chance (`Delta`, `Deltares`)
_TELLING = 6


def names_us_now(text: str, company: Company, title: str = "", today: OnDay | None = None) -> bool:
    """True where a text names the company or a sister otherwise than as a past employer, or a name that is
    nearly ours, however unclearly and whatever of the text was cut off."""
    reading, mentions = take_apart(text, company, title, today)
    if mentions:
        return any(mention.standing is not Standing.PAST for mention in mentions)
    if reading.cut_off and _cut_in_name(text, company):
        return True
    words = title_words(title)
    return has_near_miss(reading, names_of(company.names, company.sister_names), (words,) if words else ())


def _cut_in_name(text: str, company: Company) -> bool:
    """True where the cut word begins like ours: `Planner at Nordv…`; or is ours, whatever was to follow."""
    begun = [word.key for word in words_of(clean(text).text)[-1:] if len(word.key) >= SHORT]
    ours = names_of(company.names, ())
    return mentions_words(text, company.names) or any(
        one.words[0].key.startswith(key) for key in begun for one in ours
    )


def works_at(title: str, company: Company) -> bool:
    """True where a title says that the work is done at the company, whoever the employer is: `Planner at Acme
    (via Agency)`; not `Account Manager Acme`, a client."""
    _, mentions = take_apart(title, company)
    return any(one.join is Join.CONNECTOR and one.standing is not Standing.PAST for one in mentions)


def is_name_of(shown: str, names: tuple[CompanyName, ...]) -> bool:
    """True where a shown name is one of the names, but for case, accents, signs and legal form."""
    wanted = names_of(names, ())
    given = names_of((CompanyName(shown),), ())
    return bool(given) and any(_same_name(given[0], one) for one in wanted)


def _same_name(one: Name, other: Name) -> bool:
    if len(one.words) == len(other.words):
        same = same_in_name if len(one.words) > 1 else same_word
        return all(same(first, second) for first, second in zip(one.words, other.words, strict=True))
    return len(one.squashed) > 3 and one.squashed == other.squashed


def _by_page(page: PageLink, name: str, company: Company) -> Match:
    lists = (
        (company.pages, Match.LINKED),
        (company.sister_pages, Match.SISTER),
        (company.namesake_pages, Match.NAMESAKE),
    )
    for pages, match in lists:
        if page in pages:
            return match
    for pages, match in lists:
        if any(page.slug_or_id == known.slug_or_id for known in pages):
            return match
    if not is_name_of(name, company.names):
        return Match.SISTER if is_name_of(name, company.sister_names) else Match.OTHER
    return Match.NAMESAKE if _comparable(page, company.pages) else Match.NAMED_LINK_UNKNOWN


def _comparable(page: PageLink, pages: Iterable[PageLink]) -> bool:
    """A numeric id can only be compared with numeric ids of the same sort of page, a vanity slug with slugs.

    A body's numbers as a company and as a school need not be the same.
    """
    if page.slug_or_id.isdigit():
        return any(known.slug_or_id.isdigit() and known.kind is page.kind for known in pages)
    return any(not known.slug_or_id.isdigit() for known in pages)


def mentions_words(text: str, names: tuple[CompanyName, ...]) -> bool:
    """True where one of the names stands in the text as whole words."""
    words = words_of(clean(text).text)
    return any(
        all(same_word(word, other) for word, other in zip(words[start:], name.words, strict=False))
        for name in names_of(names, ())
        for start in range(len(words) - len(name.words) + 1)
    )
