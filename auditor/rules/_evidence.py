"""What every rule must settle first: is there a readable page at all, and is it the person's?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO

from auditor.banner import (
    Bands,
    BannerVerdict,
    Picture,
    PictureTrouble,
    VerdictKind,
    bands_of,
    decode,
    fingerprint,
    judge,
    prepare,
)
from auditor.headline.mention import headline_mention
from auditor.model.capture import CaptureStatus
from auditor.model.company import BannerRole, ReferenceBanner
from auditor.model.judgement import SEEN, BannerJudgement
from auditor.model.message import Text, say
from auditor.model.observed import Present
from auditor.model.profile import BannerKind
from auditor.model.rule import (
    WHO_IS_THIS,
    Confidence,
    Failed,
    Outcome,
    Passed,
    Severity,
    Subject,
    Undetermined,
)
from auditor.position.decision_table import BannerSight, Decision, decide
from auditor.position.reading import PositionReading, PositionState, read_position

_REASONS = {
    CaptureStatus.NO_URL: "no usable profile address is on file",
    CaptureStatus.NOT_FOUND: "the profile is not public or does not exist",
    CaptureStatus.AUTH_WALL: "the site asked the visitor to sign in",
    CaptureStatus.RATE_LIMITED: "the site refused the visit",
    CaptureStatus.CHALLENGE: "the site asked for a security check",
    CaptureStatus.LOGGED_IN: "the page was saved while signed in, and is not used",
    CaptureStatus.WRONG_PAGE: "the page is not this person's profile",
    CaptureStatus.WRONG_PERSON: "the page bears another name than the roster",
    CaptureStatus.WHO_IS_THIS: "it is not sure that the page is this person's",
    CaptureStatus.TIMEOUT: "the page did not come in time",
    CaptureStatus.NETWORK_ERROR: "the page could not be fetched",
    CaptureStatus.UNREADABLE: "the page could not be read",
    CaptureStatus.NOT_ATTEMPTED: "the page was not opened in this run",
}


def unreadable(subject: Subject) -> Undetermined | None:
    """The answer of every rule where there is no readable evidence; None where there is some.

    A name that fits nobody like the person is for a person to look at, and so is one that may fit: then
    `expected` holds the roster's name and `observed` the page's. The rest has nothing to see.
    """
    status = subject.capture.status
    if status is CaptureStatus.OK:
        return None
    reason = _REASONS[status]
    trouble = str(subject.capture.trouble)
    if trouble and trouble != reason:
        reason = f"{reason} ({trouble})"
    if status is CaptureStatus.WHO_IS_THIS:
        shown = subject.profile.full_name
        name = shown.value if isinstance(shown, Present) else ""
        return Undetermined(WHO_IS_THIS, reason, True, expected=subject.employee.full_name, observed=name)
    return Undetermined(status.upper(), reason)


OURS = frozenset({BannerRole.CURRENT, BannerRole.PREVIOUS})
#: an evidence picture with more bytes than this is kept smaller
LARGEST_EVIDENCE = 400_000
EVIDENCE_WIDTH = 1400


_REMEMBERED = 64
#: verdicts that show what they rest on
_SHOWN = frozenset({VerdictKind.REVIEW, VerdictKind.DIFFERS})


def judge_banner(subject: Subject, picture: bytes) -> BannerJudgement:
    """Which of the company's banners a picture is on the day, by the company's bands."""
    company, day = subject.company, subject.day
    bands = bands_of(company.banner_bands)
    # all that judging asks of the day
    meaning = tuple(
        (one.holds_on(day), one.valid_from is None or day >= one.valid_from) for one in company.banners
    )
    about = _rests_on(company.banners, meaning, bands)
    return subject.recall.judgement(
        picture, about, lambda: _judged(picture, company.banners, day.date, bands)
    )


@lru_cache(maxsize=_REMEMBERED)
def _rests_on(
    banners: tuple[ReferenceBanner, ...], meaning: tuple[tuple[bool, bool], ...], bands: Bands
) -> str:
    """All that a judgement rests on beside the picture. Of the day only what it means for each reference:
    whether that holds, and whether it has begun."""
    lines = [repr(bands)]
    for one, (holds, begun) in zip(banners, meaning, strict=True):
        facts = (one.name, str(one.role), hashlib.sha256(one.body).hexdigest(), holds, begun)
        lines.append(repr(facts))
    return "\n".join(lines)


@lru_cache(maxsize=_REMEMBERED)
def _judged(
    picture: bytes, banners: tuple[ReferenceBanner, ...], today: date, bands: Bands
) -> BannerJudgement:
    """The judgement; people who carry the very same file cost one look."""
    decoded = decode(picture)
    if isinstance(decoded, PictureTrouble):
        return BannerJudgement(trouble=decoded.reason)
    verdict = judge(decoded, prepare(banners), today, bands)
    return BannerJudgement(
        kind=str(verdict.kind),
        code=verdict.code,
        name=verdict.name,
        words="; ".join(verdict.reasons),
        distance=verdict.distance,
        margin=verdict.margin,
        fingerprint=fingerprint(decoded.image()),
        pictures=_evidence_of(picture, decoded, verdict) if verdict.kind in _SHOWN else (),
    )


def facts_of(judgement: BannerJudgement) -> tuple[tuple[str, str], ...]:
    """What is kept of a judged banner: its name, the distance, and its hash with the algorithm's version."""
    return (
        ("name", judgement.name),
        ("distance", f"{judgement.distance:.3f}"),
        ("margin", f"{judgement.margin:.3f}"),
        ("fingerprint", judgement.fingerprint),
    )


def _evidence_of(picture: bytes, decoded: Picture, verdict: BannerVerdict) -> tuple[tuple[str, bytes], ...]:
    """The picture seen, no larger than needed, and the region that differs where one was found."""
    if len(picture) > LARGEST_EVIDENCE:
        image = decoded.image()
        image.thumbnail((EVIDENCE_WIDTH, EVIDENCE_WIDTH))
        body = BytesIO()
        image.save(body, "JPEG", quality=85)
        picture = body.getvalue()
    region = verdict.region_picture()
    return ((SEEN, picture), ("difference", region)) if region else ((SEEN, picture),)


def is_ours(verdict: BannerJudgement, subject: Subject) -> bool:
    """Whether it names a banner of the company's own, also last year's."""
    return any(one.role in OURS and one.name == verdict.name for one in subject.company.banners)


def banner_seen(subject: Subject) -> BannerSight:
    """Whether a leaver's banner is one of ours, also last year's; unknown where in doubt."""
    banner = subject.profile.banner
    if not isinstance(banner, Present):
        return BannerSight.UNKNOWN
    if banner.value.kind is BannerKind.DEFAULT:
        return BannerSight.NOTOURS
    if not banner.value.picture or not subject.company.banners:
        return BannerSight.UNKNOWN
    verdict = judge_banner(subject, banner.value.picture)
    if verdict.trouble or verdict.kind not in (VerdictKind.MATCH, VerdictKind.DIFFERS):
        return BannerSight.UNKNOWN
    own = verdict.code in _SAME_PICTURE and is_ours(verdict, subject)
    if verdict.kind == VerdictKind.MATCH or own:
        return BannerSight.OURS
    return BannerSight.NOTOURS if verdict.code in _STRANGERS else BannerSight.UNKNOWN


_SAME_PICTURE = frozenset({"BANNER_PREVIOUS", "BANNER_EXPIRED"})
_STRANGERS = frozenset({"BANNER_UNKNOWN", "BANNER_PLAIN", "BANNER_LINKEDIN_DEFAULT", "BANNER_SISTER"})
#: what was seen of the positions, without naming anybody else's company
WORDS: Mapping[PositionState, Text] = {
    PositionState.LINKED: say("a current position linked to the company page"),
    PositionState.LINKED_PLUS_OTHER: say("a current position linked to the company page, beside another one"),
    PositionState.NAMED: say("a current position that names the company without a link"),
    PositionState.NAMESAKE: say("a current position linked to another organisation of the same name"),
    PositionState.SISTER: say("a current position at another company of the group"),
    PositionState.FREELANCE_FOR: say("a current position as self-employed for the company"),
    PositionState.ALUMNI_ROLE: say("a current position with alumni or retired wording"),
    PositionState.BOARD_ROLE: say("a current board or advisory role"),
    PositionState.UNDATED: say("the company, without telling whether the position is current"),
    PositionState.PAST_ONLY: say("the company only as a past employer"),
    PositionState.OTHER_ONLY: say("a current position elsewhere only"),
    PositionState.NONE_VISIBLE: say("no position that names the company"),
    PositionState.UNVERIFIABLE: "",
    PositionState.NO_URL: "",
}
NOT_QUITE_OURS = say(
    "the name shown is not quite ours, or the title names the company beside another employer"
)
MAYBE_OURS = say("a current position that may be with the company or in the group")
#: the table calls these informative; for a rule they are not decided, since part was not visible
NOT_DECIDED = frozenset({"ACT_UNDATED", "OK_HEADLINE_LINK_UNSEEN", "LEAVER_NOT_SEEN", "CONTR_UNCLEAR"})
#: the company is visible but not whether the position is current: for a person to look at, never a flag
TO_LOOK_AT = frozenset({"LEAVER_UNDATED"})


#: what rests on a list of positions without the company, and the code where that list was not seen
_UNLISTED = {"ACT_NOT_VISIBLE": "UNV_HIDDEN", "CONTR_CLEAN": "UNV_LEAVER"}
LINK_NOT_SHOWN = say("this source does not show whether the current position is linked to the company page")
NOT_IN_FILE = say("the list of positions is not, or not wholly, in the file")


def standing(subject: Subject, banner: BannerSight) -> tuple[Decision, PositionReading]:
    """The line of the decision table for what was seen of this person."""
    status = subject.capture.status
    reading = read_position(
        subject.profile,
        subject.company,
        unverifiable=status not in (CaptureStatus.OK, CaptureStatus.NO_URL),
        no_url=status is CaptureStatus.NO_URL,
        today=subject.day,
    )
    mention = headline_mention(subject.profile.headline, subject.company, subject.employee.title, subject.day)
    state = subject.employee.roster_state
    decision = decide(state, reading.state, mention, banner, sure=reading.sure, link_seen=reading.link_seen)
    return decision, reading


def outcome_of(
    decision: Decision, reading: PositionReading, expected: Text, severities: Mapping[str, Severity]
) -> Outcome:
    """The outcome that a line of the decision table stands for; `severities` are the policy's own, by
    code, for findings whose severity should differ from the table's."""
    observed = WORDS[reading.state]
    hidden = not reading.sure and reading.state in (PositionState.NONE_VISIBLE, PositionState.NAMESAKE)
    unlisted = hidden if decision.finding_code == "CONTR_CLEAN" else not reading.list_seen
    if unlisted and decision.finding_code in _UNLISTED:
        return Undetermined(_UNLISTED[decision.finding_code], NOT_IN_FILE, expected=expected)
    if decision.finding_code == "ACT_UNDATED" and reading.state is PositionState.NAMED:
        # the position goes on; what was not seen is whether it leads to the page
        return Undetermined("ACT_LINK_UNSEEN", LINK_NOT_SHOWN, expected=expected, observed=observed)
    if decision.finding_code in NOT_DECIDED or decision.severity == "unverified":
        return Undetermined(decision.finding_code, decision.text, expected=expected, observed=observed)
    if decision.severity in ("ok", "info", "none") or decision.level is None:
        return Passed(decision.finding_code, expected, observed, decision.text)
    if decision.finding_code in TO_LOOK_AT:
        return Undetermined(
            decision.finding_code, decision.text, True, expected, observed, decision.hr_action
        )
    return Failed(
        code=decision.finding_code,
        message=decision.text,
        expected=expected,
        observed=observed,
        confidence=Confidence.REVIEW if reading.namesake else decision.confidence,
        severity=severities.get(decision.finding_code, decision.level),
        remedy=decision.hr_action,
        facts=(("letter", decision.letter), ("checklist", decision.checklist)),
    )
