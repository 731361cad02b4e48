"""The fields that a roster column can mean. Everything else is dropped while reading."""

from __future__ import annotations

from enum import StrEnum


class RosterField(StrEnum):
    """What a column means. These are the words that the policy's `roster.columns` may use."""

    EMPLOYEE_ID = "employee_id"
    CLIENT_NUMBER = "client_number"
    COMPANY_NUMBER = "company_number"
    LEGAL_ENTITY = "legal_entity"
    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    GIVEN_NAME = "given_name"
    INITIALS = "initials"
    NAME_PREFIX = "name_prefix"
    LAST_NAME = "last_name"
    BIRTH_NAME = "birth_name"
    PARTNER_NAME = "partner_name"
    PARTNER_PREFIX = "partner_prefix"
    NAME_ORDER = "name_order"
    JOB_TITLE = "job_title"
    MANAGER = "manager"
    LANGUAGE = "language"
    TIER = "tier"
    STATUS = "status"
    IS_ACTIVE = "is_active"
    HAS_LEFT = "has_left"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_BLOCKED = "account_blocked"
    ACCOUNT_DELETED = "account_deleted"
    USER_TYPE = "user_type"
    WORKER_TYPE = "worker_type"
    START_DATE = "start_date"
    REHIRE_DATE = "rehire_date"
    ORIGINAL_START = "original_start"
    END_DATE = "end_date"
    LAST_WORKING_DAY = "last_working_day"
    CONTRACT_END = "contract_end"
    WORK_EMAIL = "work_email"
    LINKEDIN_URL = "linkedin_url"
    RELATION_UNTIL = "relation_until"
    IGNORE = "ignore"


#: Fields that hold a date.
DATE_FIELDS = frozenset(
    {
        RosterField.START_DATE,
        RosterField.REHIRE_DATE,
        RosterField.ORIGINAL_START,
        RosterField.END_DATE,
        RosterField.LAST_WORKING_DAY,
        RosterField.CONTRACT_END,
        RosterField.RELATION_UNTIL,
    }
)


#: Fields from which a name can be made.
NAME_FIELDS = frozenset(
    {
        RosterField.FULL_NAME,
        RosterField.FIRST_NAME,
        RosterField.GIVEN_NAME,
        RosterField.LAST_NAME,
        RosterField.BIRTH_NAME,
    }
)


#: Fields that tell whether somebody is in service.
STATUS_FIELDS = frozenset(
    {
        RosterField.STATUS,
        RosterField.IS_ACTIVE,
        RosterField.HAS_LEFT,
        RosterField.ACCOUNT_ENABLED,
        RosterField.ACCOUNT_BLOCKED,
        RosterField.ACCOUNT_DELETED,
        RosterField.END_DATE,
        RosterField.LAST_WORKING_DAY,
    }
)
