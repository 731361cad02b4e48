"""For everybody in service with findings of their own to mend: one page, a draft and the banner file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.files.names import number_part
from auditor.language.locality import letter_languages
from auditor.language.words import words_of
from auditor.model.company import Company
from auditor.model.dates import local
from auditor.model.document import (
    Document,
    Framed,
    Heading,
    HtmlPage,
    Link,
    MailDraft,
    Notice,
    Paragraph,
    Picture,
    PictureFile,
    Quote,
    Steps,
    TextBlock,
    TextDocument,
)
from auditor.model.examination import Examination
from auditor.model.finding import TrackedFinding
from auditor.model.health import HealthVerdict
from auditor.model.report import AuditReport
from auditor.offboarding.letter_stage import is_answered
from auditor.offboarding.next_step import Act
from auditor.ports import Reporter
from auditor.reports.file_names import plain_name
from auditor.reports.finding_rows import said
from auditor.reports.kit_parts import (
    banner_for,
    change_key,
    changes_banner,
    headline_to_paste,
    is_telling,
    may_be_shown,
    needs_page,
    picture_suffix,
    served,
)
from auditor.reports.messages import message, quoted
from auditor.reports.offboarding.letter_text import (
    authority,
    blanks_in,
    company_name,
    draft_notice,
    first_name,
    or_blank,
    translation_head,
)
from auditor.reports.people import shown
from auditor.reports.scope import Scope, urgency, whole

#: the next steps beside which a kit is made: it is sent now, or once somebody has looked
_TO_SEND = frozenset({Act.WRITE, Act.REMIND, Act.LOOK})
#: where the banners lie, each once for all kits
BANNERS = "fix-kits/banners"


def fix_kits(report: AuditReport) -> Iterator[Document]:
    """A folder per person below `fix-kits`; none from a run that cannot be trusted."""
    if not report.packs or report.health.verdict is not HealthVerdict.SOUND:
        return
    scope = whole(report)
    told: dict[str, list[TrackedFinding]] = {}
    for tracked in sorted(report.findings, key=lambda one: urgency(scope, one)):
        person = scope.person(tracked)
        step = scope.step(tracked.finding.employee_id)
        wanted = step is not None and step.act in _TO_SEND and not is_answered(report, tracked)
        if person and wanted and may_be_shown(tracked, person, scope.book):
            told.setdefault(tracked.finding.employee_id, []).append(tracked)
    banners: dict[bytes, PictureFile] = {}
    for employee_id, findings in sorted(told.items()):
        yield from _kit(scope, scope.people[employee_id], findings, banners)
    yield from banners.values()


def _kit(
    scope: Scope,
    examination: Examination,
    findings: list[TrackedFinding],
    banners: dict[bytes, PictureFile],
) -> list[Document]:
    """The papers of one person; the banner in them is added to `banners`, once for all."""
    report, employee, book = scope.report, examination.employee, scope.book
    company = report.company_of(employee)
    if company is None:
        return []
    folder = f"fix-kits/{number_part(employee.employee_id)}"
    language, *others = letter_languages(employee, company) or (words_of(company.language).language,)
    banner = banner_for(company, employee, others[0] if others else language, report.run.today)
    if banner is None:
        findings = [one for one in findings if not changes_banner([one], book)]
    if not headline_to_paste(findings, book):
        findings = [one for one in findings if change_key(one, book) != "kit.change.HDL"]
    if not findings:
        return []
    wanted = banner if changes_banner(findings, book) else None
    picture = _banner_file(company, wanted.body, banners) if wanted else None
    sent = served(picture.body) if picture else b""
    attached = ((f"banner{picture_suffix(sent)}", sent),) if sent else ()
    kit = _Kit(scope, examination, company, findings, picture)
    page = kit.pages((language, *others), picture.file_name if picture else "")
    mail = replace(kit, attached=True).pages((language, *others), attached[0][0] if attached else "")
    to_fill = blanks_in(page, (or_blank("", "privacy_contact", one) for one in (language, *others)))
    title = message("kit.title", language, report.letter_form)
    draft = draft_notice(scope.words, to_fill)
    attach: list[TextBlock] = []
    if picture:
        line = scope.words.say("Attach {file} from the folder fix-kits/banners.", file=picture.file_name)
        attach.append(Notice(line, grave=False))
    created = report.run.written_at
    return [
        HtmlPage("fix-kit.html", title, language, (Heading(title, 1), *page), folder, to_fill),
        TextDocument("fix-kit.docx", title, language, (draft, *attach, *page), folder, to_fill, created),
        MailDraft("fix-kit.eml", title, language, (draft, *mail), folder, to_fill, attached),
    ]


def _banner_file(company: Company, body: bytes, banners: dict[bytes, PictureFile]) -> PictureFile:
    """The banner as the brand folder has it: one file, however many kits speak of it."""
    if body not in banners:
        taken = {known.file_name for known in banners.values()}
        start, suffix = f"banner-{plain_name(company.entity)}", picture_suffix(body)
        names = (f"{start}{mark}{suffix}" for mark in ("", *(f"-{n}" for n in range(2, len(taken) + 3))))
        name = next(name for name in names if name not in taken)
        banners[body] = PictureFile(name, body, BANNERS)
    return banners[body]


@dataclass(frozen=True, slots=True)
class _Kit:
    """The page of one person, in whatever language."""

    scope: Scope
    examination: Examination
    company: Company
    findings: list[TrackedFinding]
    banner: PictureFile | None
    #: whether the banner comes along as a file: to a message only, never to a page
    attached: bool = False

    def pages(self, languages: Sequence[str], file: str) -> list[TextBlock]:
        """The page in the first language, then marked translations; `file` is what the banner is called
        where it comes along. Its picture stands in the page once."""
        first, *others = languages
        blocks = self._blocks(first, file, translated=False)
        for other in others:
            blocks += [
                *translation_head(other, self.scope.report.letter_form),
                *self._blocks(other, file, translated=True),
            ]
        return blocks

    def _blocks(self, language: str, file: str, *, translated: bool) -> list[TextBlock]:
        """What was seen, what to use for just that, three steps, how to object."""
        return [
            *self._opening(language),
            *self._seen(language),
            *self._to_use(language, file, translated=translated),
            *self._steps(language),
            *self._closing(language),
        ]

    def _say(self, key: str, language: str, **facts: str) -> str:
        return message(key, language, self.scope.report.letter_form, **facts)

    def _opening(self, language: str) -> list[TextBlock]:
        facts = {"company": company_name(self.company), "seen_on": self._seen_on(language)}
        employee = self.examination.employee
        names = {"first_name": first_name(employee), "full_name": shown(employee.full_name, 80)}
        return [
            Paragraph(self._say("kit.hello", language, **names)),
            Paragraph(self._say("kit.intro", language, **facts)),
        ]

    def _seen_on(self, language: str) -> str:
        report = self.scope.report
        moments = [m for one in self.findings if (r := self.scope.result(one)) and (m := r.captured_at)]
        moment = local(max(moments), report.time_zone) if moments else None
        return words_of(language).day(moment.date() if moment else report.run.today)

    def _seen(self, language: str) -> list[TextBlock]:
        words = words_of(language)
        blocks: list[TextBlock] = [Heading(self._say("kit.seen", language))]
        for tracked in self.findings:
            sentence, *seen = said(tracked, words, self.scope.book).split("\n")
            lines = "".join(
                f"\n{quoted(line, language)}" for line in seen if is_telling(tracked, self.scope.book)
            )
            what = self.scope.book.criterion(tracked.finding.rule_id, words)
            blocks.append(Paragraph(words.labelled(what, f"{sentence}{lines}")))
        return blocks

    def _to_use(self, language: str, file: str, *, translated: bool) -> list[TextBlock]:
        name = company_name(self.company)
        blocks: list[TextBlock] = []
        headline = shown(headline_to_paste(self.findings, self.scope.book), 400)
        if headline:
            blocks += [Heading(self._say("kit.headline", language), 3), Quote(headline)]
        if self.banner:
            ours = self._say("kit.banner.ours", language, company=name)
            blocks.append(Heading(self._say("kit.banner", language), 3))
            blocks.append(Paragraph(ours) if translated else Picture(self.banner.body, ours))
            told = self._say("kit.banner.file" if self.attached else "kit.banner.ask", language, file=file)
            blocks.append(Paragraph(told, quiet=True))
        if self.company.page_address and needs_page(self.findings, self.scope.book):
            blocks.append(Heading(self._say("kit.page", language), 3))
            words = self._say("kit.page.link", language, company=name)
            blocks.append(Link(self._page(), words))
        return [Heading(self._say("kit.use", language)), *blocks] if blocks else []

    def _page(self) -> str:
        address = self.company.page_address
        if "://" in address:
            return address
        kind, _, slug = address.strip("/").rpartition("/")
        return f"https://www.linkedin.com/{kind or 'company'}/{slug}"

    def _change(self, tracked: TrackedFinding, language: str) -> str:
        """What to change, as a part of a sentence."""
        key = change_key(tracked, self.scope.book)
        if key:
            return self._say(key, language, page=self._page())
        own = self.scope.book.words_of(tracked.finding.code, tracked.finding.rule_id)
        return words_of(language).say(own.do).rstrip(".")

    def _steps(self, language: str) -> list[TextBlock]:
        changes = dict.fromkeys(self._change(one, language) for one in self.findings)
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
            "authority": authority(self.company, language, self.scope.report.letter_form),
        }
        return [
            Paragraph(self._say("kit.voluntary", language)),
            Heading(self._say("kit.object", language)),
            Framed(self._say("kit.object.how", language, **facts)),
            Paragraph(self._say("rights", language, **facts)),
        ]


REPORTER = Reporter("fix_kit", fix_kits)
