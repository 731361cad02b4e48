"""How people call the columns of a roster and the orders of its dates, which notices name by their keys."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.language.words import mark

#: a field of the roster, as `roster.columns` writes it -> what people call it, in a sentence
FIELDS: Mapping[str, str] = {
    "employee_id": mark("the employee number"),
    "client_number": mark("the client number"),
    "company_number": mark("the company number"),
    "legal_entity": mark("the entity"),
    "full_name": mark("the whole name"),
    "first_name": mark("the first name"),
    "given_name": mark("the name used daily"),
    "initials": mark("the initials"),
    "name_prefix": mark("the prefix of the name"),
    "last_name": mark("the last name"),
    "birth_name": mark("the birth name"),
    "partner_name": mark("the partner's name"),
    "partner_prefix": mark("the prefix of the partner's name"),
    "name_order": mark("the order of the names"),
    "job_title": mark("the job title"),
    "manager": mark("the manager"),
    "language": mark("the language"),
    "tier": mark("the tier"),
    "status": mark("the status"),
    "is_active": mark("the column on being in service"),
    "has_left": mark("the column on having left"),
    "account_enabled": mark("the column on enabled accounts"),
    "account_blocked": mark("the column on blocked accounts"),
    "account_deleted": mark("the column on deleted accounts"),
    "user_type": mark("the kind of account"),
    "worker_type": mark("the kind of employment"),
    "start_date": mark("the start date"),
    "rehire_date": mark("the date of coming back"),
    "original_start": mark("the first start date"),
    "end_date": mark("the end date"),
    "last_working_day": mark("the last day of work"),
    "contract_end": mark("the end of the contract"),
    "renewed_until": mark("the end of the renewed contract"),
    "return_date": mark("the date of return from leave"),
    "work_email": mark("the work e-mail"),
    "linkedin_url": mark("the profile address"),
    "relation_until": mark("the end of the other relation"),
}
DATE_ORDERS: Mapping[str, str] = {"day-month": mark("day-month"), "month-day": mark("month-day")}
