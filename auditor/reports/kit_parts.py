"""What a fix kit is made of: which findings may be shown to the person, the headline, the banner."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from PIL import Image

from auditor.banner import PictureTrouble, decode
from auditor.model.company import Company, ReferenceBanner, standing_banner
from auditor.model.employee import Employee, RosterState
from auditor.model.examination import Examination
from auditor.model.finding import FindingState, TrackedFinding
from auditor.model.rule import Confidence, Criterion
from auditor.reports.codes import RuleBook

#: the changes for which the person needs the address of the company's page
_NEED_PAGE = frozenset({"kit.change.CMP", "kit.change.ADD"})
_STANDING = frozenset({FindingState.NEW, FindingState.OPEN, FindingState.REOPENED})
#: codes of the company link that ask for something else than choosing the company again
CHANGES = {"ACT_HEADLINE_ONLY": "kit.change.ADD", "ACT_NOT_VISIBLE": "kit.change.HINT"}
_CHANGES_OF: Mapping[Criterion, str] = {
    Criterion.BANNER: "kit.change.BNR",
    Criterion.HEADLINE: "kit.change.HDL",
    Criterion.COMPANY_LINK: "kit.change.CMP",
}
_NAMED_BANNERS = frozenset({"BANNER_PREVIOUS", "BANNER_EXPIRED", "BANNER_SISTER", "BANNER_OTHER_KNOWN"})
#: the size at which LinkedIn shows a banner; more of it in every message would help nobody
SERVED = (1584, 396)
_LARGEST_SERVED = 60_000
_SUFFIXES = ((b"\x89PNG", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"GIF8", ".gif"), (b"BM", ".bmp"))


def may_be_shown(tracked: TrackedFinding, examination: Examination, book: RuleBook) -> bool:
    """Whether the person may be told: seen in this run, sure enough, and theirs to change.

    What a person of HR must look at or clarify first is never told to the employee.
    """
    finding = tracked.finding
    return (
        examination.employee.roster_state is RosterState.ACTIVE
        and tracked.state in _STANDING
        and finding.confidence is not Confidence.REVIEW
        and book.words_of(finding.code, finding.rule_id).owner == "employee"
    )


def change_key(tracked: TrackedFinding, book: RuleBook) -> str:
    """The key of the sentence that says what to change; empty where the rule's own words say it."""
    finding = tracked.finding
    return CHANGES.get(finding.code) or _CHANGES_OF.get(book.about(finding.rule_id), "")


def changes_banner(findings: Iterable[TrackedFinding], book: RuleBook) -> bool:
    """Whether the person is asked to upload a banner."""
    return any(change_key(one, book) == "kit.change.BNR" for one in findings)


def needs_page(findings: Iterable[TrackedFinding], book: RuleBook) -> bool:
    """Whether the person is asked to choose the company from LinkedIn's list."""
    return any(change_key(one, book) in _NEED_PAGE for one in findings)


def headline_to_paste(findings: Iterable[TrackedFinding], book: RuleBook) -> str:
    """The exact headline of the policy for this person; empty where the headline needs no change."""
    own = (one.finding for one in findings if book.about(one.finding.rule_id) is Criterion.HEADLINE)
    return next((finding.remedy or str(finding.expected) for finding in own), "")


def is_telling(tracked: TrackedFinding, book: RuleBook) -> bool:
    """Whether what was read is worth quoting: a headline, or the name of a banner that we know."""
    finding = tracked.finding
    return book.about(finding.rule_id) is Criterion.HEADLINE or finding.code in _NAMED_BANNERS


def banner_for(company: Company, employee: Employee, language: str, today: date) -> ReferenceBanner | None:
    """The standing banner that fits the person's tier and language best; None where there is none."""
    return standing_banner(company.banners, today, language=language, tier=employee.tier)


@lru_cache(maxsize=64)
def served(body: bytes) -> bytes:
    """The banner as it is sent along: a JPEG of LinkedIn's size; small files and no pictures stay as they
    are."""
    picture = decode(body)
    if len(body) <= _LARGEST_SERVED or isinstance(picture, PictureTrouble):
        return body
    image = picture.image().convert("RGB")
    image.thumbnail(SERVED, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return min(body, out.getvalue(), key=len)


def picture_suffix(body: bytes) -> str:
    """The file ending that fits a picture's first bytes."""
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return ".webp"
    return next((suffix for start, suffix in _SUFFIXES if body.startswith(start)), ".png")
