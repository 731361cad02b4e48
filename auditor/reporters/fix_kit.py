"""For everybody in service with findings of their own to mend: one page, a draft and the banner file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.domain.company import Company
from auditor.domain.employee import Employee
from auditor.domain.examination import Examination
from auditor.domain.finding import TrackedFinding
from auditor.domain.health import HealthVerdict
from auditor.domain.report import (
    AuditReport,
    Document,
    Framed,
    Heading,
    HtmlPage,
    Link,
    MailDraft,
    NewPage,
    Notice,
    Paragraph,
    Picture,
    PictureFile,
    Quote,
    Steps,
    TextBlock,
    TextDocument,
)
from auditor.ports import Reporter
from auditor.reporters._codes import criterion
from auditor.reporters._findings import checklist_name, said
from auditor.reporters._kit_parts import (
    banner_for,
    change_key,
    headline_to_paste,
    is_telling,
    may_be_shown,
    picture_suffix,
)
from auditor.reporters._languages import letter_languages
from auditor.reporters._letter_text import authority, company_name, first_name, or_blank
from auditor.reporters._messages import labelled, message
from auditor.reporters._people import local, shown
from auditor.reporters._scope import Scope, urgency, whole
from auditor.reporters._words import words_of


def fix_kits(report: AuditReport) -> Sequence[Document]:
    """A folder per person below `fix-kits`; none from a run that cannot be trusted."""
    if not report.packs or report.health.verdict is not HealthVerdict.SOUND:
        return ()
    scope = whole(report)
    told: dict[str, list[TrackedFinding]] = {}
    for tracked in sorted(report.findings, key=lambda one: urgency(scope, one)):
        person = scope.person(tracked)
        if person and may_be_shown(tracked, person):
            told.setdefault(tracked.finding.employee_id, []).append(tracked)
    return [
        document
        for employee_id, findings in sorted(told.items())
        for document in _kit(scope, scope.people[employee_id], findings)
    ]


def _kit(scope: Scope, examination: Examination, findings: list[TrackedFinding]) -> list[Document]:
    report, employee = scope.report, examination.employee
    company = report.company_of(employee)
    if company is None:
        return []
    folder = f"fix-kits/{_folder(employee)}"
    language, *others = letter_languages(employee, company) or (words_of(company.language).language,)
    banner = banner_for(company, employee, others[0] if others else language, report.run.today)
    picture = PictureFile(f"banner{picture_suffix(banner.body)}", banner.body, folder) if banner else None
    kit = _Kit(scope, examination, company, findings, picture)
    blocks = kit.blocks(language)
    for other in others:
        blocks += [
            NewPage(),
            Heading(message("translation.heading", other, "")),
            Paragraph(message("translation.note", other, report.letter_form), quiet=True),
            *kit.blocks(other),
        ]
    to_fill = kit.blanks(blocks, (language, *others))
    title = message("kit.title", language, report.letter_form)
    draft = (Notice(_draft_line(scope, to_fill), grave=False), *blocks)
    run = report.run
    created = run.finished_at or run.started_at
    attached = ((picture.file_name, picture.body),) if picture else ()
    documents: list[Document] = [
        HtmlPage("fix-kit.html", title, language, (Heading(title, 1), *blocks), folder, to_fill),
        TextDocument("fix-kit.docx", title, language, draft, folder, to_fill, created),
        MailDraft("fix-kit.eml", title, language, draft, folder, to_fill, attached),
    ]
    return [*documents, picture] if picture else documents


def _folder(employee: Employee) -> str:
    """The cleaned number, with a short hash where it had to be cleaned."""
    return checklist_name(employee).removeprefix("checklist_").rsplit("_", 1)[0] or "-"


def _draft_line(scope: Scope, to_fill: tuple[str, ...]) -> str:
    say = scope.words.say
    if to_fill:
        return say("Draft. Complete before sending: {what}. Then delete this line.", what=", ".join(to_fill))
    return say("Draft. Read it before sending, then delete this line.")


@dataclass(frozen=True, slots=True)
class _Kit:
    """The page of one person, in whatever language."""

    scope: Scope
    examination: Examination
    company: Company
    findings: list[TrackedFinding]
    banner: PictureFile | None

    def blocks(self, language: str) -> list[TextBlock]:
        """What was seen, what to use, three steps, how to object."""
        return [
            *self._opening(language),
            *self._seen(language),
            *self._to_use(language),
            *self._steps(language),
            *self._closing(language),
        ]

    def blanks(self, blocks: Sequence[TextBlock], languages: Sequence[str]) -> tuple[str, ...]:
        """The placeholders that stand in the text."""
        keys = ("privacy_contact",)
        blanks = [or_blank("", key, language) for language in languages for key in keys]
        text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph | Framed))
        return tuple(blank for blank in blanks if blank in text)

    def _say(self, key: str, language: str, **facts: str) -> str:
        return message(key, language, self.scope.report.letter_form, **facts)

    def _opening(self, language: str) -> list[TextBlock]:
        facts = {"company": company_name(self.company), "seen_on": self._seen_on(language)}
        hello = self._say("kit.hello", language, first_name=first_name(self.examination.employee))
        return [Paragraph(hello), Paragraph(self._say("kit.intro", language, **facts))]

    def _seen_on(self, language: str) -> str:
        report = self.scope.report
        moments = [m for one in self.findings if (r := self.scope.result(one)) and (m := r.captured_at)]
        moment = local(max(moments), report.time_zone) if moments else None
        return words_of(language).day(moment.date() if moment else report.run.today)

    def _seen(self, language: str) -> list[TextBlock]:
        words = words_of(language)
        blocks: list[TextBlock] = [Heading(self._say("kit.seen", language))]
        for tracked in self.findings:
            sentence, *seen = said(tracked, words).split("\n")
            quoted = "".join(f"\n“{line}”" for line in seen if is_telling(tracked))
            what = criterion(tracked.finding.rule_id, words)
            blocks.append(Paragraph(labelled(what, f"{sentence}{quoted}", language)))
        return blocks

    def _to_use(self, language: str) -> list[TextBlock]:
        name = company_name(self.company)
        blocks: list[TextBlock] = [Heading(self._say("kit.use", language))]
        headline = shown(headline_to_paste(self.findings), 400)
        if headline:
            blocks += [Heading(self._say("kit.headline", language), 3), Quote(headline)]
        if self.banner:
            blocks.append(Heading(self._say("kit.banner", language), 3))
            blocks.append(Picture(self.banner.body, self._say("kit.banner.ours", language, company=name)))
            told = self._say("kit.banner.file", language, file=self.banner.file_name)
            blocks.append(Paragraph(told, quiet=True))
        if self.company.page_address:
            blocks.append(Heading(self._say("kit.page", language), 3))
            words = self._say("kit.page.link", language, company=name)
            blocks.append(Link(self._page(), words))
        return blocks

    def _page(self) -> str:
        address = self.company.page_address
        if "://" in address:
            return address
        kind, _, slug = address.strip("/").rpartition("/")
        return f"https://www.linkedin.com/{kind or 'company'}/{slug}"

    def _steps(self, language: str) -> list[TextBlock]:
        keys = dict.fromkeys(change_key(one) for one in self.findings)
        changes = [self._say(key, language, page=self._page()) for key in keys]
        divider = " ; " if language == "fr" else "; "
        profile = self.examination.employee.profile_url or "https://www.linkedin.com/"
        steps = (
            self._say("kit.open", language, profile=shown(profile)),
            self._say("kit.change", language, changes=divider.join(changes) + "."),
            self._say("kit.done", language),
        )
        return [Heading(self._say("kit.steps", language)), Steps(steps)]

    def _closing(self, language: str) -> list[TextBlock]:
        contact = self.scope.report.contacts.get(self.company.entity, "")
        facts = {
            "privacy_contact": or_blank(contact, "privacy_contact", language),
            "authority": authority(self.company, language),
        }
        return [
            Paragraph(self._say("kit.voluntary", language)),
            Heading(self._say("kit.object", language)),
            Framed(self._say("kit.object.how", language, **facts)),
        ]


REPORTER = Reporter("fix_kit", fix_kits)
