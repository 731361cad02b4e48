"""The cast: every situation the audit must get right, with the truth beside what is shown.

The truth stands here by hand, from HR's guide and its decision table, not from a run of the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from auditor.demo.firms import CRYSTAL, FREIGHT, WATER, Firm
from auditor.demo.truth import Truth, in_service, not_checked, out_of_service, unread_in_service
from auditor.model.employee import RosterState as State


class Shape(Enum):
    """What the site answers for the person."""

    FULL = auto()
    MASKED = auto()
    #: masked, and without a company in the top card
    MASKED_BARE = auto()
    NOT_FOUND = auto()


class Banner(Enum):
    """The picture behind the portrait."""

    RIGHT = auto()
    RECROPPED = auto()
    LAST_YEAR = auto()
    SISTER = auto()
    DEFAULT = auto()
    OWN_PHOTO = auto()


class Headline(Enum):
    """How the person words the headline."""

    EXACT = auto()
    SHORT_NAME = auto()
    LEGAL_NAME = auto()
    EXTRAS = auto()
    SENIOR = auto()
    OTHER_FIRM = auto()
    NO_TITLE = auto()
    NO_COMPANY = auto()
    PAST = auto()
    #: works elsewhere now, and says where before
    ELSEWHERE_EX_OURS = auto()
    MISSING = auto()


class Work(Enum):
    """The experience list."""

    LINKED = auto()
    GROUP = auto()
    WITH_SIDE_JOB = auto()
    BEHIND_OTHER = auto()
    FORMER_SLUG = auto()
    NUMERIC_ID = auto()
    NAMED = auto()
    SISTER = auto()
    NAMESAKE = auto()
    REHIRED = auto()
    PAST = auto()
    PAST_GROUP = auto()
    ELSEWHERE = auto()


class Address(Enum):
    """What the roster gives as the profile's address."""

    GIVEN = auto()
    EMPTY = auto()
    NONE_SAID = auto()
    #: the address of the person before, by a slip of copying
    COPIED = auto()


@dataclass(frozen=True, slots=True)
class Case:
    """One situation. `common`: how often it comes up among the people added to the cast (0 = never).

    `firm` fixes the entity where the situation needs it. `active_past_end` and `rehired` are ways
    in which the roster comes to its state.
    """

    name: str
    state: State
    truth: Truth
    shape: Shape = Shape.FULL
    banner: Banner = Banner.RIGHT
    headline: Headline = Headline.EXACT
    work: Work = Work.LINKED
    address: Address = Address.GIVEN
    firm: Firm | None = None
    common: int = 1
    slow: bool = False
    rehired: bool = False
    active_past_end: bool = False
    #: the address leads to somebody else's page
    stranger: bool = False


_RIGHT = (
    Case("right", State.ACTIVE, in_service(), common=60),
    Case("right_short_name", State.ACTIVE, in_service(), headline=Headline.SHORT_NAME, common=8),
    Case("right_legal_name", State.ACTIVE, in_service(), headline=Headline.LEGAL_NAME, common=4),
    Case("right_extras", State.ACTIVE, in_service(), headline=Headline.EXTRAS, common=8),
    Case("right_recropped", State.ACTIVE, in_service(), banner=Banner.RECROPPED, common=15),
    Case("right_recropped_group", State.ACTIVE, in_service(), banner=Banner.RECROPPED, work=Work.GROUP),
    Case("right_group", State.ACTIVE, in_service(), work=Work.GROUP, common=8),
    Case(
        "right_side_job",
        State.ACTIVE,
        in_service(company="passed OK_LINKED_MULTI"),
        work=Work.WITH_SIDE_JOB,
    ),
    Case(
        "right_behind_other",
        State.ACTIVE,
        in_service(company="passed OK_LINKED_MULTI"),
        work=Work.BEHIND_OTHER,
    ),
    Case("right_former_slug", State.ACTIVE, in_service(), work=Work.FORMER_SLUG, firm=WATER),
    Case("right_numeric_id", State.ACTIVE, in_service(), work=Work.NUMERIC_ID, firm=FREIGHT),
    Case("right_slow_page", State.ACTIVE, in_service(), slow=True, common=0),
    Case("rehired", State.ACTIVE, in_service(), work=Work.REHIRED, rehired=True),
    Case(
        "masked_linked",
        State.ACTIVE,
        in_service(headline="undetermined"),
        shape=Shape.MASKED,
        common=25,
    ),
    Case(
        "masked_recropped",
        State.ACTIVE,
        in_service(headline="undetermined"),
        shape=Shape.MASKED,
        banner=Banner.RECROPPED,
        common=10,
    ),
    Case(
        "masked_bare",
        State.ACTIVE,
        in_service(headline="undetermined", company="undetermined ACT_UNDATED"),
        shape=Shape.MASKED_BARE,
    ),
    Case("headline_missing", State.ACTIVE, in_service(headline="undetermined"), headline=Headline.MISSING),
    Case(
        "headline_senior",
        State.ACTIVE,
        in_service(headline="undetermined TITLE_SENIORITY"),
        headline=Headline.SENIOR,
    ),
)
_WANTING = (
    Case("banner_last_year", State.ACTIVE, in_service(banner="failed"), banner=Banner.LAST_YEAR, common=3),
    Case("banner_sister", State.ACTIVE, in_service(banner="failed"), banner=Banner.SISTER),
    Case(
        "banner_default_headline_other",
        State.ACTIVE,
        in_service(banner="failed", headline="failed OTHER_COMPANY_ONLY"),
        banner=Banner.DEFAULT,
        headline=Headline.OTHER_FIRM,
    ),
    Case(
        "banner_own_photo_company_named",
        State.ACTIVE,
        in_service(banner="failed", company="failed ACT_NOT_LINKED"),
        banner=Banner.OWN_PHOTO,
        work=Work.NAMED,
    ),
    Case(
        "masked_default",
        State.ACTIVE,
        in_service(banner="failed", headline="undetermined"),
        shape=Shape.MASKED,
        banner=Banner.DEFAULT,
        common=4,
    ),
    Case(
        "headline_no_title",
        State.ACTIVE,
        in_service(headline="failed NO_TITLE"),
        headline=Headline.NO_TITLE,
        common=2,
    ),
    Case("headline_past", State.ACTIVE, in_service(headline="failed PAST_ONLY"), headline=Headline.PAST),
    Case(
        "headline_no_company_namesake",
        State.ACTIVE,
        in_service(headline="failed NO_COMPANY", company="failed ACT_WRONG_PAGE"),
        headline=Headline.NO_COMPANY,
        work=Work.NAMESAKE,
        firm=FREIGHT,
    ),
    Case(
        "company_sister_page",
        State.ACTIVE,
        in_service(company="failed ACT_SISTER_PAGE"),
        work=Work.SISTER,
        firm=CRYSTAL,
    ),
)
_UNREAD = (
    Case("not_found", State.ACTIVE, unread_in_service(), shape=Shape.NOT_FOUND, common=2),
    Case("no_address", State.ACTIVE, unread_in_service(), address=Address.EMPTY, common=3),
    Case("said_no_profile", State.ACTIVE, unread_in_service(), address=Address.NONE_SAID),
    Case("shared_address", State.ACTIVE, unread_in_service(), common=0),
    Case("shared_address_copy", State.ACTIVE, unread_in_service(), address=Address.COPIED, common=0),
    Case(
        "wrong_person",
        State.ACTIVE,
        unread_in_service(),
        banner=Banner.OWN_PHOTO,
        headline=Headline.OTHER_FIRM,
        work=Work.ELSEWHERE,
        stranger=True,
    ),
)
_GRACE = (
    Case("grace_linked", State.LEAVER_GRACE, out_of_service("not_applicable GRACE_STILL_CURRENT")),
    Case(
        "grace_headline",
        State.LEAVER_GRACE,
        out_of_service("not_applicable GRACE_STILL_HEADLINE"),
        work=Work.PAST,
    ),
    Case(
        "grace_clean",
        State.LEAVER_GRACE,
        out_of_service("passed LEAVER_CLEAN"),
        banner=Banner.OWN_PHOTO,
        headline=Headline.OTHER_FIRM,
        work=Work.PAST,
    ),
)
_OVERDUE = (
    Case("leaver_linked", State.LEAVER_OVERDUE, out_of_service("failed LEAVER_CURRENT_LINKED")),
    Case(
        "leaver_linked_group",
        State.LEAVER_OVERDUE,
        out_of_service("failed LEAVER_CURRENT_LINKED"),
        banner=Banner.DEFAULT,
        work=Work.GROUP,
    ),
    Case(
        "leaver_linked_plus_other",
        State.LEAVER_OVERDUE,
        out_of_service("failed LEAVER_CURRENT_LINKED_MULTI"),
        banner=Banner.OWN_PHOTO,
        headline=Headline.OTHER_FIRM,
        work=Work.BEHIND_OTHER,
    ),
    Case(
        "leaver_named",
        State.LEAVER_OVERDUE,
        out_of_service("failed LEAVER_CURRENT_NAMED"),
        banner=Banner.DEFAULT,
        work=Work.NAMED,
    ),
    Case(
        "leaver_masked_linked",
        State.LEAVER_OVERDUE,
        out_of_service("failed LEAVER_CURRENT_LINKED"),
        shape=Shape.MASKED,
    ),
    Case(
        "leaver_masked_bare",
        State.LEAVER_OVERDUE,
        out_of_service("undetermined LEAVER_UNDATED"),
        shape=Shape.MASKED_BARE,
        banner=Banner.DEFAULT,
    ),
    Case(
        "leaver_headline",
        State.LEAVER_OVERDUE,
        out_of_service("failed LEAVER_HEADLINE"),
        banner=Banner.DEFAULT,
        work=Work.PAST,
    ),
    Case(
        "leaver_banner",
        State.LEAVER_OVERDUE,
        out_of_service("failed LEAVER_BANNER"),
        headline=Headline.OTHER_FIRM,
        work=Work.PAST,
    ),
    Case(
        "leaver_clean",
        State.LEAVER_OVERDUE,
        out_of_service("passed LEAVER_CLEAN"),
        banner=Banner.DEFAULT,
        headline=Headline.OTHER_FIRM,
        work=Work.PAST,
        common=3,
    ),
    Case(
        "leaver_clean_group",
        State.LEAVER_OVERDUE,
        out_of_service("passed LEAVER_CLEAN"),
        banner=Banner.OWN_PHOTO,
        headline=Headline.ELSEWHERE_EX_OURS,
        work=Work.PAST_GROUP,
        common=3,
    ),
    Case(
        "leaver_clean_elsewhere",
        State.LEAVER_OVERDUE,
        out_of_service("passed LEAVER_CLEAN"),
        banner=Banner.OWN_PHOTO,
        headline=Headline.OTHER_FIRM,
        work=Work.ELSEWHERE,
        common=3,
    ),
    Case(
        "leaver_not_found",
        State.LEAVER_OVERDUE,
        out_of_service("undetermined"),
        shape=Shape.NOT_FOUND,
    ),
    Case(
        "leaver_no_address",
        State.LEAVER_OVERDUE,
        out_of_service("undetermined"),
        address=Address.EMPTY,
    ),
)
_OTHERS = (
    Case("contractor", State.CONTRACTOR_ACTIVE, not_checked(), banner=Banner.OWN_PHOTO, work=Work.LINKED),
    Case(
        "contractor_elsewhere",
        State.CONTRACTOR_ACTIVE,
        not_checked(),
        banner=Banner.DEFAULT,
        headline=Headline.OTHER_FIRM,
        work=Work.ELSEWHERE,
    ),
    Case(
        "contractor_ended_linked",
        State.CONTRACTOR_ENDED,
        out_of_service("failed CONTR_CURRENT_LINKED"),
        banner=Banner.DEFAULT,
    ),
    Case(
        "contractor_ended_clean",
        State.CONTRACTOR_ENDED,
        out_of_service("passed CONTR_CLEAN"),
        banner=Banner.OWN_PHOTO,
        headline=Headline.OTHER_FIRM,
        work=Work.PAST,
    ),
    Case("future_starter_lists", State.FUTURE_STARTER, not_checked()),
    Case(
        "future_starter",
        State.FUTURE_STARTER,
        not_checked(),
        banner=Banner.DEFAULT,
        headline=Headline.OTHER_FIRM,
        work=Work.ELSEWHERE,
    ),
    Case("long_leave", State.LONG_LEAVE, not_checked(), banner=Banner.DEFAULT),
    Case("leaving_soon", State.LEAVING_SOON, not_checked(), banner=Banner.LAST_YEAR),
    Case("conflict_no_end_date", State.CONFLICT, not_checked(), banner=Banner.DEFAULT),
    Case("conflict_active_past_end", State.CONFLICT, not_checked(), active_past_end=True),
    Case("left_long_ago", State.EXCLUDED, not_checked(), headline=Headline.EXACT),
)

#: in the order in which they enter the company
CAST: tuple[Case, ...] = (*_RIGHT, *_WANTING, *_UNREAD, *_GRACE, *_OVERDUE, *_OTHERS)
