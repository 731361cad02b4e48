"""The controller's papers, filled in from the policy's real settings: Art. 30 entry and DPIA."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import resources
from urllib.parse import urlsplit

from auditor.app.registry import rule_texts, sources
from auditor.model.address import is_linkedin
from auditor.model.kept_data import staff_data
from auditor.model.policy import Policy, Privacy
from auditor.reports.messages import kept_words
from auditor.sources.member_consent import NAME as CONSENT
from auditor.sources.member_consent import MemberConsentSettings

TO_FILL_IN = "**to fill in**"


def record_text(policy: Policy) -> str:
    """The entry for the record of processing, as Markdown."""
    return _form("record.md").format(**_facts(policy))


def dpia_text(policy: Policy) -> str:
    """The impact assessment's template, filled in as far as the policy knows, as Markdown."""
    return _form("dpia.md").format(**_facts(policy))


def _form(name: str) -> str:
    return resources.files("auditor.app").joinpath("forms", name).read_text(encoding="utf-8")


def _facts(policy: Policy) -> dict[str, str]:
    privacy = policy.privacy
    return {
        "policy": policy.path.name,
        "staff_data": kept_words(staff_data(), "en", "formal"),
        "policy_sha256": policy.sha256[:12],
        "entities": _entities(policy),
        "entity_names": ", ".join(privacy),
        "dpia_refs": _each(privacy.items(), lambda one: one.dpia_ref or "none on record"),
        "purposes": _list(privacy.items(), lambda one: f"{one.purpose} (ground: {one.ground})"),
        "grounds": _each(
            privacy.items(), lambda one: f"{one.ground}, balancing note of {one.balancing_note_date}"
        ),
        "notices": _each(privacy.items(), _notice),
        "delegates": _list(privacy.items(), _delegates),
        "rules": ", ".join(_rules(policy)),
        "sources": _sources(policy),
        "permission": _permission(policy),
        "transfers": _transfers(policy),
        "periods": _periods(policy),
        "security": _security(policy),
        "leaver_window": str(policy.roster.retention_months),
        "password": "workbooks with a password"
        if policy.reports_password_env
        else "no password on workbooks",
    }


def _entities(policy: Policy) -> str:
    lines = ["| entity | country | contact | people were told | works council | delegates (BE) | DPIA |"]
    lines.append("|---|---|---|---|---|---|---|")
    for name, one in policy.privacy.items():
        company = policy.companies.get(name)
        open_fields = (one.works_council, one.consultation, one.dpia_ref)
        told = [part or "-" for part in open_fields]
        cells = [name, company.country if company else "", one.contact, _notice(one), *told]
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines)


def _notice(one: Privacy) -> str:
    version = f", text {one.notice_version}" if one.notice_version else ""
    joining = "in the joining papers" if one.notice_in_joining_papers else "not in the joining papers"
    return f"{one.notice_date}{version}; {joining}"


def _delegates(one: Privacy) -> str:
    return (
        f"works council: {one.works_council or 'nothing on record'}; "
        f"consultation: {one.consultation or 'nothing on record'}"
    )


def _rules(policy: Policy) -> Iterable[str]:
    bound = {rule.id for rule in policy.rules}
    return (f"{text.name} ({text.id})" for text in rule_texts() if text.id in bound)


def _sources(policy: Policy) -> str:
    names = dict.fromkeys(
        [*policy.ladder, *(name for company in policy.companies.values() for name in company.ladder)]
    )
    known = sources()
    return "; ".join(f"{name}: {known[name].summary}" for name in names)


def _permission(policy: Policy) -> str:
    granted = policy.permission
    if granted is None:
        return "Automated reading of linkedin.com: off; no permission is on record."
    return (
        f"Automated reading of linkedin.com: permitted by {granted.decided_by} on {granted.decided_on} until "
        f"{granted.ends_on}; basis: {granted.basis}."
    )


def _transfers(policy: Policy) -> str:
    names = set(policy.ladder) | {n for c in policy.companies.values() for n in c.ladder}
    asked = sorted(policy.allowed_hosts) if "public_page" in names else []
    if CONSENT in names:
        asked += _member_hosts(policy)
    if not asked:
        return "none; the program runs inside the company and contacts no host."
    note = " (LinkedIn Ireland; pages are fetched, nothing is sent)" if any(map(is_linkedin, asked)) else ""
    return f"none; the program runs inside the company and contacts only {', '.join(asked)}{note}."


def _member_hosts(policy: Policy) -> list[str]:
    """The hosts that are asked for what members let us read."""
    settings: MemberConsentSettings = policy.source_settings[CONSENT]
    addresses = (settings.api_address, settings.sign_in_address)
    return list(dict.fromkeys(urlsplit(address).netloc for address in addresses))


def _periods(policy: Policy) -> str:
    kept = policy.retention
    copies = (
        f"deleted from the evidence folder after {policy.keep_captures_days} days"
        if policy.keep_captures_days
        else "the program keeps none; those handed over are HR's to delete"
    )
    lines = [
        f"page copies: {copies}",
        f"evidence pictures: {kept.pictures_days} days, or {kept.pictures_days_after_closing} days after the "
        "finding is closed, whichever is sooner",
        f"findings and examinations: {kept.findings_months} months",
        f"leavers: {kept.leavers_months} months after the last day",
        f"report folders: {kept.reports_months} months",
        "consents of members: access and fetched pages, encrypted, until the consent is withdrawn or ends; "
        "fetched pages until the month ends, then deleted by the next run",
        "objections: as keyed hashes until taken back",
        "counts without names: kept for the trend",
    ]
    return "\n".join(f"- {line}" for line in lines)


def _security(policy: Policy) -> str:
    store = (
        "a database server" if policy.store_address.startswith("postgres") else "a file in the state folder"
    )
    password = (
        f"a password from the variable {policy.reports_password_env}"
        if policy.reports_password_env
        else "none"
    )
    lines = [
        f"store: {store}; folders 0700, files 0600",
        f"password on the workbooks: {password}",
        "logs with keyed pseudonyms, a new key each year; audit log append-only and chained by hashes",
        "no e-mail to the people is sent by the program; temporary files are removed, also after a crash",
        f"encrypted disk, access to the folders, backups of the keys: {TO_FILL_IN}",
    ]
    return "\n".join(f"- {line}" for line in lines)


def _each(entries: Iterable[tuple[str, Privacy]], tell: Callable[[Privacy], str]) -> str:
    return "; ".join(f"{_cell(name)}: {_cell(tell(one))}" for name, one in entries)


def _list(entries: Iterable[tuple[str, Privacy]], tell: Callable[[Privacy], str]) -> str:
    return "\n".join(f"- {name}: {tell(one)}" for name, one in entries)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
