"""The banner of a subject, named against the entity's library of reference banners."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from auditor.domain.company import BannerRole, Company
from auditor.domain.observed import Present
from auditor.domain.profile import BannerKind
from auditor.domain.rule import Subject
from auditor.judging.banner import (
    BannerVerdict,
    Picture,
    PictureTrouble,
    VerdictKind,
    decode,
    fingerprint,
    judge,
    prepare,
)
from auditor.judging.decision import BannerSight

OURS = frozenset({BannerRole.CURRENT, BannerRole.PREVIOUS})


#: an evidence picture with more bytes than this is kept smaller
LARGEST_EVIDENCE = 400_000
EVIDENCE_WIDTH = 1400


def judge_banner(picture: bytes, company: Company, today: date) -> BannerVerdict | PictureTrouble:
    """The verdict on a picture's bytes by the shipped bands, or why it is no readable picture."""
    decoded = decode(picture)
    if isinstance(decoded, PictureTrouble):
        return decoded
    return judge(decoded, prepare(company.banners), today)


def facts_of(decoded: Picture, verdict: BannerVerdict) -> tuple[tuple[str, str], ...]:
    """What is kept of a judged banner: its name, the distance, and its hash with the algorithm's version."""
    seen = fingerprint(decoded.image())
    return (
        ("name", verdict.name),
        ("distance", f"{verdict.distance:.3f}"),
        ("margin", f"{verdict.margin:.3f}"),
        ("fingerprint", f"{seen.algorithm}:{seen.shape}"),
    )


def evidence_of(picture: bytes, decoded: Picture, verdict: BannerVerdict) -> tuple[tuple[str, bytes], ...]:
    """The picture seen, no larger than needed, and the region that differs where one was found."""
    if len(picture) > LARGEST_EVIDENCE:
        image = decoded.image()
        image.thumbnail((EVIDENCE_WIDTH, EVIDENCE_WIDTH))
        body = BytesIO()
        image.save(body, "JPEG", quality=85)
        picture = body.getvalue()
    region = verdict.region_picture()
    return (("seen", picture), ("difference", region)) if region else (("seen", picture),)


def banner_seen(subject: Subject) -> BannerSight:
    """Whether a leaver's banner is one of ours, also last year's; unknown where in doubt."""
    banner = subject.profile.banner
    if not isinstance(banner, Present):
        return BannerSight.UNKNOWN
    if banner.value.kind is BannerKind.DEFAULT:
        return BannerSight.NOTOURS
    if not banner.value.picture or not subject.company.banners:
        return BannerSight.UNKNOWN
    verdict = judge_banner(banner.value.picture, subject.company, subject.today)
    if isinstance(verdict, PictureTrouble) or verdict.kind not in (VerdictKind.MATCH, VerdictKind.DIFFERS):
        return BannerSight.UNKNOWN
    ours = {reference.name for reference in subject.company.banners if reference.role in OURS}
    if verdict.kind is VerdictKind.MATCH or (verdict.code in _SAME_PICTURE and verdict.name in ours):
        return BannerSight.OURS
    return BannerSight.NOTOURS if verdict.code in _STRANGERS else BannerSight.UNKNOWN


_SAME_PICTURE = frozenset({"BANNER_PREVIOUS", "BANNER_EXPIRED"})
_STRANGERS = frozenset({"BANNER_UNKNOWN", "BANNER_PLAIN", "BANNER_LINKEDIN_DEFAULT", "BANNER_SISTER"})
