"""The layouts of well-known vendors' records: where each keeps what the audit needs.

Written from published samples of the fields; a vendor's own documents come first where they differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: every field of a mapping, with what it holds
FIELDS: Mapping[str, str] = {
    "slug": "the part of the profile's address after /in/",
    "url": "the profile's address",
    "asked_url": "the address that the vendor was asked for",
    "full_name": "the person's name",
    "headline": "the headline",
    "banner": "the address of the banner's picture",
    "company": "the current employer in the top card",
    "company_link": "the page of that employer",
    "captured_at": "the day on which the vendor saw the profile",
    "trouble": "the vendor's own words where it saw nothing",
    "deleted": "whether the vendor marks the whole record as deleted",
    "positions": "the list of positions; . for a record that holds one position in its own fields",
    "position_title": "a position's title",
    "position_company": "its employer",
    "position_link": "the employer's page",
    "position_started": "when it began",
    "position_ended": "when it ended, or the present-word; a range will do",
    "position_current": "yes or no: whether it goes on",
    "position_primary": "yes where it is the person's main position now; no says nothing",
    "position_deleted": "whether the vendor marks the position as deleted, removed or hidden",
    "roles": "the list of roles within a position",
    "role_title": "a role's title",
    "role_started": "when it began",
    "role_ended": "when it ended, or the present-word",
    "role_current": "yes or no: whether it goes on",
    "role_deleted": "whether the vendor marks the role as deleted",
}
_DELETED = (
    "deleted | is_deleted | isDeleted | deleted_at | deletedAt | removed | is_removed | removed_at"
    " | hidden | is_hidden | isHidden | Deleted | Removed | Hidden"
)
_TROUBLE = "error | error_code | errorMessage | error_message | warning"
#: what every layout begins with
_COMMON: Mapping[str, str] = {
    **dict.fromkeys(FIELDS, ""),
    "asked_url": "input_url | input.url | inputUrl",
    "trouble": _TROUBLE,
    "deleted": _DELETED,
    "position_deleted": f"{_DELETED} | status",
    "position_current": "is_current | isCurrent | current",
    "role_deleted": _DELETED,
    "role_current": "is_current | isCurrent | current",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """A vendor's mapping. `signs`: a record that has all paths of one of them is of this shape.
    `empty_end_is_current`: in this vendor's records a position with a start and no end goes on."""

    mapping: Mapping[str, str]
    signs: tuple[tuple[str, ...], ...] = field(default=())
    empty_end_is_current: bool = False


def _layout(*signs: tuple[str, ...], empty_end_is_current: bool = False, **paths: str) -> Layout:
    return Layout({**_COMMON, **paths}, signs, empty_end_is_current)


#: in the order in which a record is compared with them; the first that fits is taken
LAYOUTS: Mapping[str, Layout] = {
    "coresignal": _layout(
        ("member_experience_collection",),
        ("experience.0.active_experience",),
        ("professional_network_url",),
        ("experience.0.date_from",),
        empty_end_is_current=True,
        slug="member_shorthand_name | linkedin_shorthand_names.0 | shorthand_name",
        url="url | canonical_url | linkedin_url | professional_network_url | profile_url",
        full_name="full_name | name | first_name + last_name",
        headline="headline | user_generated_headline | title",
        banner="background_picture_url | banner_url",
        captured_at="checked_at | last_updated | updated_at | last_updated_at",
        positions="member_experience_collection | experience",
        position_title="position_title | title",
        position_company="company_name",
        position_link="company_linkedin_url | company_professional_network_url | company_url",
        position_started="date_from | start_date",
        position_ended="date_to | end_date",
        position_current="active_experience | is_current",
    ),
    "people_data_labs": _layout(
        ("job_company_name",),
        ("linkedin_username",),
        ("experience.0.company.linkedin_url",),
        slug="linkedin_username",
        url="linkedin_url",
        full_name="full_name | first_name + last_name",
        headline="headline",
        company="job_company_name",
        company_link="job_company_linkedin_url",
        captured_at="job_last_verified | job_last_updated",
        positions="experience",
        position_title="title.name | title",
        position_company="company.name | company",
        position_link="company.linkedin_url",
        position_started="start_date",
        position_ended="end_date",
        position_primary="is_primary",
    ),
    "proxycurl": _layout(
        ("background_cover_image_url",),
        ("public_identifier", "experiences"),
        empty_end_is_current=True,
        slug="public_identifier",
        url="linkedin_profile_url | profile_url | url",
        full_name="full_name | first_name + last_name",
        headline="headline",
        banner="background_cover_image_url",
        captured_at="last_updated | meta.last_updated",
        positions="experiences",
        position_title="title",
        position_company="company",
        position_link="company_linkedin_profile_url",
        position_started="starts_at",
        position_ended="ends_at",
    ),
    "scrapin": _layout(
        ("positions.positionHistory",),
        ("publicIdentifier", "linkedInUrl"),
        empty_end_is_current=True,
        slug="publicIdentifier",
        url="linkedInUrl",
        full_name="fullName | firstName + lastName",
        headline="headline",
        banner="backgroundUrl",
        captured_at="lastUpdated | fetchedAt | scrapedAt",
        positions="positions.positionHistory",
        position_title="title",
        position_company="companyName",
        position_link="linkedInUrl | companyLinkedInUrl",
        position_started="startEndDate.start",
        position_ended="startEndDate.end",
    ),
    "apify_apimaestro": _layout(
        ("basic_info.public_identifier",),
        ("basic_info.profile_url",),
        slug="basic_info.public_identifier",
        url="basic_info.profile_url",
        full_name="basic_info.fullname | basic_info.first_name + basic_info.last_name",
        headline="basic_info.headline",
        banner="basic_info.background_picture_url",
        company="basic_info.current_company",
        company_link="basic_info.current_company_url",
        captured_at="scraped_at | timestamp | basic_info.last_updated",
        positions="experience",
        position_title="title",
        position_company="company",
        position_link="company_linkedin_url",
        position_started="start_date",
        position_ended="end_date",
        position_current="is_current",
    ),
    "apify_dev_fusion": _layout(
        ("linkedinPublicUrl",),
        ("publicIdentifier", "experiences"),
        ("linkedinUrl", "experiences"),
        slug="publicIdentifier",
        url="linkedinPublicUrl | linkedinUrl",
        full_name="fullName | firstName + lastName",
        headline="headline",
        banner="backgroundPic | coverImage",
        company="companyName",
        company_link="companyLinkedin",
        captured_at="scrapedAt | timestamp",
        positions="experiences",
        position_title="title",
        position_company="companyName | subtitle",
        position_link="companyLink1",
        position_started="jobStartedOn",
        position_ended="jobEndedOn | caption",
        position_current="jobStillWorking",
    ),
    "apify_harvest": _layout(
        ("publicIdentifier", "currentPosition"),
        ("publicIdentifier", "experience"),
        slug="publicIdentifier",
        url="linkedinUrl",
        full_name="fullName | firstName + lastName",
        headline="headline",
        banner="coverPicture.url | coverPicture",
        captured_at="scrapedAt | timestamp",
        positions="experience",
        position_title="position | title",
        position_company="companyName",
        position_link="companyLinkedinUrl",
        position_started="startDate",
        position_ended="endDate",
    ),
    "apify_voyager": _layout(
        ("publicIdentifier", "positions"),
        empty_end_is_current=True,
        slug="publicIdentifier",
        url="inputUrl | url | linkedinUrl",
        full_name="fullName | firstName + lastName",
        headline="headline | occupation",
        banner="coverImageUrl",
        captured_at="scrapedAt | timestamp",
        positions="positions",
        position_title="title",
        position_company="company.name | companyName",
        position_link="company.url | companyUrl",
        position_started="timePeriod.startDate",
        position_ended="timePeriod.endDate",
    ),
    "lix": _layout(
        ("experience.0.organisation",),
        ("salesNavLink",),
        slug="liFlagshipID | flagshipID",
        url="link",
        full_name="name",
        headline="description | headline",
        captured_at="updatedAt | lastUpdated",
        positions="experience",
        position_title="title",
        position_company="organisation.name",
        position_link="organisation.link | organisation.salesNavLink",
        position_started="dateStarted | timePeriod.startedOn",
        position_ended="dateEnded | timePeriod.endedOn",
    ),
    # also what a record is read by that has the shape of none
    "bright_data": _layout(
        ("linkedin_id",),
        slug="linkedin_id | id",
        url="url",
        full_name="name | first_name + last_name",
        headline="position",
        banner="banner_image",
        company="current_company.name | current_company_name",
        company_link="current_company.link",
        captured_at="timestamp",
        positions="experience",
        position_title="title",
        position_company="company",
        position_link="url",
        position_started="start_date",
        position_ended="end_date",
        roles="positions",
        role_title="title",
        role_started="start_date",
        role_ended="end_date",
    ),
}
DEFAULT_LAYOUT = "bright_data"
#: names under which vendors keep the day of a record, besides the mapped place: where the mapped
#: place holds none but one of these does, the record has a date
DATE_NAMES = (
    "timestamp", "scraped_at", "scrapedat", "scraped_on", "scrape_date", "crawled_at", "fetched_at",
    "fetchedat",
    "retrieved_at", "collected_at", "captured_at", "extracted_at", "extraction_date", "last_updated",
    "lastupdated",
    "last_updated_at", "updated_at", "updatedat", "last_update", "last_seen", "checked_at",
    "job_last_verified",
    "snapshot_date", "date",
)  # fmt: skip
