"""The section on LinkedIn for a company's code of conduct, written from the policy's own settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.lists import format_list
from babel.units import format_unit

from auditor.files.tables import package_rows
from auditor.headline.expectation import ExtrasAfter, Strictness
from auditor.headline.template import fill
from auditor.language.locality import country_code
from auditor.language.words import LANGUAGES, REGIONS, spaced, words_of
from auditor.model.company import Company, standing_banners
from auditor.model.document import Heading, Notice, Paragraph, Steps, TextBlock, TextDocument
from auditor.model.policy import Policy, Privacy
from auditor.model.rule import BoundRule, Criterion
from auditor.reports.file_names import plain_name
from auditor.reports.messages import quoted
from auditor.reports.offboarding.letter_text import authority, company_name
from auditor.reports.people import shown

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ITEMS = (Criterion.BANNER, Criterion.HEADLINE, Criterion.COMPANY_LINK, Criterion.IDENTITY)


@dataclass(frozen=True, slots=True)
class _Section:
    """The facts that the section of one entity is written from."""

    policy: Policy
    company: Company
    privacy: Privacy
    language: str
    today: date

    def text(self, key: str, /, **facts: str) -> str:
        """A text of the table with its facts."""
        text = spaced(_texts()[key][self.language], self.language)
        return _PLACEHOLDER.sub(lambda found: facts[found[1]], text)

    def rule(self, about: Criterion) -> BoundRule | None:
        """The rule in force on this criterion."""
        return next((one for one in self.policy.rules if one.rule.about is about), None)

    def listed(self, texts: Iterable[str]) -> str:
        """Texts as a list within a sentence."""
        return format_list(list(texts), locale=REGIONS.get(self.language, self.language))

    def months(self, number: int) -> str:
        """A number of months in words."""
        return format_unit(number, "duration-month", locale=REGIONS.get(self.language, self.language))


def policy_text(policy: Policy, entity: str, language: str, today: date) -> TextDocument:
    """The section for one entity, marked as a draft that a lawyer must read. `today` tells which banner is
    valid. Raises KeyError for an entity that is not described or whose privacy is not settled.
    """
    section = _Section(policy, policy.companies[entity], policy.privacy[entity], language, today)
    company = company_name(section.company)
    title = section.text("title", company=company)
    blocks: list[TextBlock] = []
    for part in (
        _ask(section, company),
        _leave(section, company),
        _look(section),
        _who(section),
        _object(section),
    ):
        blocks += part
    to_fill = _to_fill(section)
    mark = section.text("lawyer.fill", what=", ".join(to_fill)) if to_fill else section.text("lawyer")
    made = section.text(
        "made", policy=policy.path.name, day=words_of(language).day(today), sha=policy.sha256[:12]
    )
    key = f"council.{country_code(section.company.country)}"
    council = section.text("council", law=section.text(key) if key in _texts() else "")
    head: list[TextBlock] = [Notice(mark, grave=False), Notice(council, grave=False), Heading(title, 1)]
    name = f"code-of-conduct_{plain_name(entity)}_{language}.docx"
    return TextDocument(name, title, language, (*head, *blocks, Paragraph(made, quiet=True)), to_fill=to_fill)


def ground_text(privacy: Privacy, language: str) -> str:
    """The legal ground in a language; as the policy says it where there are no words of our own for it."""
    if privacy.rests_on_legitimate_interest:
        return spaced(_texts()["ground.legitimate_interest"][language], language)
    return shown(privacy.ground)


def missing_policy_texts() -> list[str]:
    """Texts that some language lacks, or that lost one of their {facts}."""
    return [
        f"{key}: {language}"
        for key, texts in _texts().items()
        for language in LANGUAGES
        if not texts[language].strip()
        or sorted(_PLACEHOLDER.findall(texts[language])) != sorted(_PLACEHOLDER.findall(texts["en"]))
    ]


def _ask(section: _Section, company: str) -> Iterator[TextBlock]:
    asked = tuple(_asked(section, company))
    if asked:
        yield Heading(section.text("ask.heading"))
        yield Paragraph(section.text("ask", company=company))
        yield Steps(asked)


def _asked(section: _Section, company: str) -> Iterator[str]:
    """What the rules in force ask of people; a rule that is off asks nothing."""
    if section.rule(Criterion.BANNER) and section.company.banners:
        names = [
            quoted(shown(one.name), section.language)
            for one in standing_banners(section.company.banners, section.today)
            if one.language in ("", section.language)
        ]
        now = section.text("ask.banner.now", names=section.listed(names)) if names else ""
        yield section.text("ask.banner", now=now)
    headline, examples = section.rule(Criterion.HEADLINE), tuple(_examples(section, company))
    if headline and examples:
        options = headline.settings
        mention = getattr(options, "strictness", None) is Strictness.MENTION
        exact = getattr(options, "strictness", None) is Strictness.EXACT
        more = not exact and getattr(options, "extras_after", None) is ExtrasAfter.ALLOW
        text = section.text(f"ask.headline{'.mention' if mention else ''}", examples=section.listed(examples))
        yield text + (section.text("ask.headline.more") if more else "")
    if section.rule(Criterion.COMPANY_LINK) and section.company.page_address:
        yield section.text("ask.link", page=section.company.page_address)


def _examples(section: _Section, company: str) -> Iterator[str]:
    """The headlines that the policy wants, in the text's language where there are such."""
    templates = section.company.templates
    fitting = [one for one in templates if one.language in ("", section.language)] or list(templates)
    for text in dict.fromkeys(one.text for one in fitting):
        yield quoted(shown(fill(text, section.text("job_title"), company)), section.language)


def _leave(section: _Section, company: str) -> Iterator[TextBlock]:
    if section.rule(Criterion.LEAVER):
        yield Heading(section.text("leave.heading"))
        days = section.policy.roster.grace_days
        grace = section.text("days.one" if days == 1 else "days.many", n=str(days))
        yield Paragraph(section.text("leave", company=company, grace=grace))


def _look(section: _Section) -> Iterator[TextBlock]:
    items = [section.text(f"item.{about}") for about in _ITEMS if section.rule(about)]
    ladder = section.company.ladder or section.policy.ladder
    known = _texts()
    sources = [section.text(f"source.{one}") if f"source.{one}" in known else one for one in ladder]
    yield Heading(section.text("look.heading"))
    leaver = section.text("look.leaver") if section.rule(Criterion.LEAVER) else ""
    told = section.text("look", items=section.listed(items), leaver=leaver, sources=section.listed(sources))
    yield Paragraph(told)
    yield Paragraph(section.text("purpose", purpose=_purpose(section), ground=_ground(section)))


def _purpose(section: _Section) -> str:
    return _own_words(section, section.privacy.purpose)


def _ground(section: _Section) -> str:
    if section.privacy.rests_on_legitimate_interest:
        return ground_text(section.privacy, section.language)
    return _own_words(section, section.privacy.ground)


def _own_words(section: _Section, text: str) -> str:
    """What HR typed, in the entity's language; for another language a person must translate it."""
    plain = shown(text, 2000).strip().rstrip(".")
    own = section.company.language or "en"
    return plain if own == section.language else section.text("purpose.translate", text=plain)


def _to_fill(section: _Section) -> tuple[str, ...]:
    texts = (_purpose(section), _ground(section))
    return tuple(one for one in texts if one.startswith("["))


def _who(section: _Section) -> Iterator[TextBlock]:
    kept = section.policy.retention
    yield Heading(section.text("who.heading"))
    yield Paragraph(
        section.text(
            "who",
            reports=section.months(kept.reports_months),
            findings=section.months(kept.findings_months),
            leavers=section.months(kept.leavers_months),
        )
    )


def _object(section: _Section) -> Iterator[TextBlock]:
    whom = authority(section.company, section.language, section.policy.letter_form)
    yield Heading(section.text("object.heading"))
    yield Paragraph(section.text("object", contact=shown(section.privacy.contact), authority=whom))


@lru_cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    return {row["key"]: row for row in package_rows("auditor.reports", "_policy_text.tsv")}
