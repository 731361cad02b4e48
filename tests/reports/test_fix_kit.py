"""Fix kits: only for people in service, only what is sure and theirs to change."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PIL import Image

from auditor.language.words import spaced
from auditor.model.company import BannerRole, ReferenceBanner
from auditor.model.document import (
    Document,
    Framed,
    Heading,
    HtmlPage,
    Link,
    MailDraft,
    Picture,
    PictureFile,
    Quote,
    Steps,
)
from auditor.model.employee import RosterState
from auditor.model.finding import FindingState
from auditor.model.report import AuditReport
from auditor.model.rule import Confidence, Failed, Passed, Undetermined
from auditor.reports import LANGUAGES
from auditor.reports.documents.fix_kit import REPORTER
from auditor.reports.messages import message_table
from tests.reports.departing import LETTERS, colleague, company, kits_report, text_of
from tests.reports.invented import DEGRADED, banner, examined, person, tracked


def made(report: AuditReport) -> list[Document]:
    return list(REPORTER.make(report))


def html(report: AuditReport) -> HtmlPage:
    (one,) = (document for document in made(report) if isinstance(document, HtmlPage))
    return one


def blocks_of(kind: type[Any], report: AuditReport) -> list[Any]:
    return [block for block in html(report).blocks if isinstance(block, kind)]


def test_a_kit_holds_page_and_drafts_and_the_very_banner_lies_beside_all_kits_once() -> None:
    own = company(country="NL")
    documents = made(kits_report(colleague("55"), colleague("56"), own=own))
    names = ["fix-kit.html", "fix-kit.docx", "fix-kit.eml"]
    assert [one.file_name for one in documents] == [*names, *names, "banner-Noordlicht-NV.jpg"]
    folders = [one.folder for one in documents]  # type: ignore[union-attr]
    assert folders == [*["fix-kits/55"] * 3, *["fix-kits/56"] * 3, "fix-kits/banners"]
    picture, mail = documents[-1], documents[2]
    assert isinstance(picture, PictureFile)
    assert isinstance(mail, MailDraft)
    assert picture.body == own.banners[0].body
    assert [name for name, _ in mail.attachments] == ["banner.jpg"]


def test_a_message_carries_the_banner_once_and_no_larger_than_linkedin_shows_it() -> None:
    master = io.BytesIO()
    Image.effect_noise((3168, 792), 90).convert("RGB").save(master, "PNG")
    banners = (ReferenceBanner("Autumn 2026", BannerRole.CURRENT, master.getvalue()),)
    own = company(country="BE", language="nl", banners=banners)
    mail = next(d for d in made(kits_report(colleague(language="en"), own=own)) if isinstance(d, MailDraft))
    ((name, body),) = mail.attachments
    with Image.open(io.BytesIO(body)) as sent:
        assert (name, sent.format, sent.size) == ("banner.jpg", "JPEG", (1584, 396))
    assert len(body) < len(master.getvalue()) / 3


def test_a_kit_hands_out_the_newest_banner_that_holds() -> None:
    old, new, next_one = (
        ReferenceBanner(name, BannerRole.CURRENT, banner(seed), first)
        for name, seed, first in (
            ("Summer", 1, date(2026, 6, 1)),
            ("Autumn", 2, date(2026, 9, 1)),
            ("Later", 3, date(2030, 1, 1)),
        )
    )
    own = company(country="NL", banners=(old, next_one, new))
    assert made(kits_report(colleague(), own=own))[-1].body == new.body  # type: ignore[union-attr]


def test_a_translated_page_shows_the_picture_once() -> None:
    report = kits_report(colleague(language="en"), own=company(country="BE", language="nl"))
    assert len(blocks_of(Picture, report)) == 1
    assert text_of(html(report).blocks).count("banner-Noordlicht-NV.jpg") == 2


@pytest.mark.parametrize("form", ["formal", "informal"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_everything_in_the_person_s_language(language: str, form: str) -> None:
    report = kits_report(
        colleague(language=language), own=company(country="NL", language="nl"), letter_form=form
    )
    page = html(report)
    assert page.language == language
    assert [block.text for block in blocks_of(Quote, report)] == ["Software Engineer at Noordlicht"]
    assert [block.address for block in blocks_of(Link, report)] == [
        "https://www.linkedin.com/company/noordlicht"
    ]
    assert len(blocks_of(Picture, report)) == 1
    (steps,) = blocks_of(Steps, report)
    assert len(steps.texts) == 3
    assert "https://www.linkedin.com/in/invented-55" in steps.texts[0]
    (objection,) = blocks_of(Framed, report)
    assert "privacy@noordlicht.example" in objection.text
    assert "Engineer, speaker" in text_of(page.blocks)
    assert not re.search(r"\{\w+\}|-review|BNR001|HDL001", text_of(page.blocks))


def test_no_detriment_is_promised_in_four_languages() -> None:
    promise = {"en": "disciplinary", "nl": "disciplinaire", "fr": "disciplinaires", "de": "Disziplinar"}
    for language, word in promise.items():
        assert word in text_of(
            html(kits_report(colleague(language=language), own=company(country="NL"))).blocks
        )


def test_in_belgium_the_language_of_the_place_of_work_comes_first() -> None:
    page = html(kits_report(colleague(language="en"), own=company(country="BE", language="nl")))
    assert page.language == "nl"
    text = text_of(page.blocks)
    assert 0 <= text.find("Beste Chloé") < text.find("Hello Chloé")


#: for each criterion what must stand in a kit for it, and in no other
BLOCKS = {
    "HDL001": ("kit.headline", "kit.change.HDL"),
    "BNR001": ("kit.banner.ours", "kit.banner.file", "kit.change.BNR"),
    "CMP001": ("kit.page.link", "kit.change.CMP"),
}


@pytest.mark.parametrize("form", ["formal", "informal"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "found", [("HDL001",), ("BNR001",), ("CMP001",), ("HDL001", "CMP001"), ("HDL001", "BNR001", "CMP001")]
)
def test_a_kit_shows_only_what_is_to_be_changed(language: str, form: str, found: tuple[str, ...]) -> None:
    one = colleague(language=language)
    one = replace(one, results=tuple(r for r in one.results if r.rule_id in found))
    documents = made(kits_report(one, own=company(country="NL"), letter_form=form))
    page, paper, mail, *pictures = documents
    assert isinstance(mail, MailDraft)
    assert (len(pictures), len(mail.attachments)) == ((1, 1) if "BNR001" in found else (0, 0))
    for document in (page, paper, mail):
        text = _all_text(document.blocks)  # type: ignore[union-attr]
        for rule_id, keys in BLOCKS.items():
            for key in keys:
                if key == "kit.banner.file" and document is not mail:
                    key = "kit.banner.ask"  # only a message has an attachment
                longest = max(re.split(r"\{\w+\}", message_text(key, language, form)), key=len)
                assert (longest in text) == (rule_id in found), (document.file_name, key)
        kinds = [type(block) for block in document.blocks]  # type: ignore[union-attr]
        assert (Picture in kinds) == ("BNR001" in found)
        assert (Quote in kinds) == ("HDL001" in found)
        assert ("fix-kits/banners" in text) == ("BNR001" in found and document is paper)


def test_the_setting_for_visitors_needs_neither_banner_nor_page() -> None:
    outcome = Failed("ACT_NOT_VISIBLE", "hidden", "a current position", "none to be seen")
    one = colleague(language="en")
    one = replace(one, results=tuple(replace(r, outcome=outcome) for r in one.results if r.rule_id[0] == "C"))
    report = kits_report(one, own=company(country="NL"))
    headings = [block.text for block in blocks_of(Heading, report)]
    assert "What to use" not in headings
    assert not blocks_of(Link, report)


def test_no_kit_where_there_is_nothing_to_hand_out() -> None:
    one = colleague(language="en")
    only_banner = replace(one, results=tuple(r for r in one.results if r.rule_id == "BNR001"))
    assert made(kits_report(only_banner, own=company(country="NL", banners=()))) == []


def message_text(key: str, language: str, form: str) -> str:
    table = message_table()
    return spaced((table.get((key, form)) or table[key, ""])[language], language)


def _all_text(blocks: Any) -> str:
    parts = [getattr(block, "text", "") or getattr(block, "words", "") for block in blocks]
    parts += [step for block in blocks if isinstance(block, Steps) for step in block.texts]
    return "\n".join(map(str, parts))


DOUBTFUL = [
    {"CMP001": Failed("ACT_PAST_ONLY", "past only", "", "", Confidence.REVIEW)},
    {"CMP001": Failed("ACT_PAST_ONLY", "past only", "", "")},  # HR checks the roster first
    {"HDL001": Undetermined("MAYBE_SISTER", "maybe", True, "A at B", "A at C", "A at B")},
    {"BNR001": Undetermined("BANNER_REVIEW", "near", True)},
    {"PRF001": Undetermined("WRONG_PERSON", "another name", True)},
    {"HDL001": Failed("A_CODE_OF_TOMORROW", "unknown", "x", "y")},
    {"HDL001": Passed("OK_EXACT")},
]


@pytest.mark.parametrize("outcomes", DOUBTFUL)
def test_what_a_person_must_look_at_first_is_told_to_nobody(outcomes: dict[str, Any]) -> None:
    one = examined(person("55", name="Chloé Verzonnen"), outcomes)
    report = replace(kits_report(own=company()), examinations=(one,))
    standing = tuple(tracked(one, rule) for rule, o in outcomes.items() if not isinstance(o, Passed))
    assert made(replace(report, findings=standing)) == []


@pytest.mark.parametrize("state", [FindingState.RESOLVED, FindingState.WAIVED, FindingState.UNVERIFIED])
def test_what_does_not_stand_is_not_told(state: FindingState) -> None:
    one = colleague()
    report = kits_report(one)
    findings = tuple(replace(tracked_one, state=state) for tracked_one in report.findings)
    assert made(replace(report, findings=findings)) == []


def test_leavers_and_contractors_get_none() -> None:
    for state in (RosterState.LEAVER_OVERDUE, RosterState.CONTRACTOR_ACTIVE, RosterState.LONG_LEAVE):
        one = colleague()
        gone = replace(one, employee=replace(one.employee, roster_state=state))
        assert made(kits_report(gone)) == []


def test_a_run_that_is_not_sound_tells_nobody_anything() -> None:
    assert made(replace(kits_report(colleague()), health=DEGRADED)) == []


def test_the_switch_turns_kits_off() -> None:
    assert made(kits_report(colleague(), packs=False)) == []


def test_the_banner_is_that_of_the_day_the_tier_and_the_language() -> None:
    def one(name: str, seed: int, **more: Any) -> ReferenceBanner:
        return ReferenceBanner(name, BannerRole.CURRENT, banner(seed), **more)

    banners = (
        one("last year", 1, valid_to=date(2026, 8, 31)),
        one("next year", 2, valid_from=date(2027, 1, 1)),
        replace(one("sister", 3), role=BannerRole.SISTER),
        one("for all", 4),
        one("for all, in French", 5, language="fr"),
        one("directors", 6, tier="director"),
    )
    own = company(country="NL", banners=banners)

    def chosen(**more: Any) -> bytes:
        return next(
            d.body for d in made(kits_report(colleague(**more), own=own)) if isinstance(d, PictureFile)
        )

    assert chosen(language="nl") == banner(4)
    assert chosen(language="fr") == banner(5)
    assert chosen(language="nl", tier="director") == banner(6)


def test_without_a_banner_and_a_known_entity_nothing_breaks() -> None:
    bare = company(banners=(), page_address="", letters=LETTERS)
    assert [one.file_name for one in made(kits_report(colleague(), own=bare))] == [
        "fix-kit.html",
        "fix-kit.docx",
        "fix-kit.eml",
    ]
    assert made(kits_report(colleague(entity="Somewhere else"))) == []


def test_two_numbers_never_share_a_folder() -> None:
    people = tuple(colleague(number) for number in ("7/7", "7-7", "7 7", "é", "", "..", "a_b"))
    papers = (one for one in made(kits_report(*people)) if isinstance(one, HtmlPage))
    folders = {paper.folder for paper in papers}
    assert len(folders) == len(people)
    assert all(re.fullmatch(r"fix-kits/[A-Za-z0-9-]+", folder) for folder in folders)
