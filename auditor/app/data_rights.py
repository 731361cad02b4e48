"""The rights of one person: to object, to see, to have deleted. Each leaves a line in the audit log."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from auditor.app.consent import consents_of
from auditor.app.eligibility import register_of
from auditor.app.hand_over import answers_of, places_of, remove_handed_over
from auditor.app.paths import log_of, state_folder
from auditor.app.person_evidence import evidence_facts, evidence_of, remove_evidence
from auditor.app.pseudonyms import Pseudonyms
from auditor.app.purge_receipts import ERASED
from auditor.app.read_back import must_be_there
from auditor.app.retention import reports_naming
from auditor.errors import ReportError, UsageError
from auditor.files.writing import write_atomic
from auditor.model.address import profile_slug
from auditor.model.employee import Employee
from auditor.model.policy import Policy
from auditor.store import persons
from auditor.store.codec import in_english
from auditor.store.database import alone, reading
from auditor.store.objections import Marks, Objection, marks_of
from auditor.store.persons import PersonKnown
from auditor.store.retention import erase_people

PURPOSE = (
    "Everything the profile audit holds about the person, for the person. It was collected to keep the "
    "presentation of the company correct, not as proof; it is not for use in a dispute, an appraisal or a "
    "disciplinary matter."
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of an objection: the log's name for the person, and whether it was new."""

    pseudonym: str
    new: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Erased:
    """What was deleted, report folders that still name the person, and files of the evidence folders that do
    and that a person has to mend: a form of HR's own, or what could not be deleted."""

    pseudonym: str
    counts: dict[str, int]
    reports: tuple[Path, ...]
    left: tuple[Path, ...] = ()


def object_to_checks(policy: Policy, engine: sa.Engine, wanted: str, today: date) -> Recorded:
    """Record a person's objection by number, profile address or name. It has effect at once.

    Raises UsageError where it is not clear who is meant.
    """
    person, marks = _meant(engine, wanted)
    employee_id = person.employee_id if person else wanted.strip()
    new = _record_objection(policy, engine, marks, employee_id, today)
    return Recorded(_pseudonym(policy, person, wanted), new, person is not None)


def object_as_member(policy: Policy, engine: sa.Engine, employee: Employee, today: date) -> bool:
    """The same for somebody of the roster, as the member's page does it; False where it was recorded already.

    Raises StoreError.
    """
    marks = marks_of((employee.employee_id,), employee.profile_url)
    return _record_objection(policy, engine, marks, employee.employee_id, today)


def _record_objection(policy: Policy, engine: sa.Engine, marks: Marks, employee_id: str, today: date) -> bool:
    new = register_of(policy, engine).record(marks, today)
    # also where it is recorded already: what a consent brings must not outlive an objection
    consents_of(policy, engine).withdraw(employee_id, today)
    must_be_there(policy, "The objection", lambda anew: register_of(policy, anew).holds(marks))
    pseudonym = Pseudonyms(state_folder(policy.path)).of(employee_id)
    log_of(policy, engine).append("objection_recorded", person=pseudonym, new=new)
    return new


def withdraw_objection(policy: Policy, engine: sa.Engine, wanted: str) -> int:
    """Withdraw a person's objection; returns how many there were. Raises UsageError."""
    person, marks = _meant(engine, wanted)
    count = register_of(policy, engine).withdraw(marks)
    must_be_there(policy, "The withdrawal", lambda anew: not register_of(policy, anew).of(marks))
    pseudonym = _pseudonym(policy, person, wanted)
    log_of(policy, engine).append("objection_withdrawn", person=pseudonym, objections=count)
    return count


def objections(policy: Policy, engine: sa.Engine) -> list[Objection]:
    """The register as it may be shown: days, no names."""
    return register_of(policy, engine).all()


def person_records(
    policy: Policy, engine: sa.Engine, wanted: str, output: Path, captures: Path | None = None
) -> dict[str, Any]:
    """Everything held about a person, as plain JSON values, also in the evidence folders (`captures` is the
    one that runs are given). Raises UsageError."""
    person = _one(engine, wanted)
    pseudonyms = Pseudonyms(state_folder(policy.path)).all_of(person.employee_id)
    register = register_of(policy, engine)
    names = register.of(_marks(person))
    audit_log = log_of(policy, engine)
    with reading(engine) as connection:
        found = in_english(persons.records_of(connection, person))
    _open_what_was_fetched(policy, engine, person.employee_id, found)
    content = {
        "about": PURPOSE,
        "contacts": {e: policy.privacy[e].contact for e in sorted(person.entities) if e in policy.privacy},
        "employee_id": person.employee_id,
        "names": sorted(person.names),
        "profile_addresses": sorted(person.profile_urls),
        "objections": [one.recorded_on.isoformat() for one in register.all() if one.name in names],
        "log": [
            {"at": line.at, "event": line.event, "content": dict(line.content)}
            for line in audit_log.lines()
            if line.content.get("person") in pseudonyms
        ],
        "evidence_files": evidence_facts(evidence_of(policy, engine, [person], captures)),
        "statements": answers_of(places_of(policy, captures), person.employee_id),
        "report_folders": [folder.name for folder in reports_naming(output, person.employee_id)],
        **found,
    }
    audit_log.append("exported", person=_pseudonym(policy, person, wanted))
    return content


def _open_what_was_fetched(
    policy: Policy, engine: sa.Engine, employee_id: str, found: dict[str, Any]
) -> None:
    """Show the fetched pages as they are; a token gives access and is not data to be read."""
    pages = consents_of(policy, engine).fetched(employee_id) if found["consent_snapshots"] else None
    for row in found["consent_snapshots"]:
        row["body"] = [json.loads(page) for page in pages.pages] if pages else []
    for row in found["consent_tokens"]:
        row["body"] = "(a key for LinkedIn, kept encrypted)"


def records_text(content: dict[str, Any]) -> str:
    """The same in a few lines that a person can read."""
    lines = [content["about"], "", f"Employee number: {content['employee_id']}"]
    lines += [f"Name: {name}" for name in content["names"]]
    lines += [f"Profile: {address}" for address in content["profile_addresses"]]
    lines += [f"Objected on: {day}" for day in content["objections"]]
    lines += [f"Contact ({entity}): {contact}" for entity, contact in content["contacts"].items()]
    lines += ["", "Rosters: " + (", ".join(f"{one['run']}" for one in content["roster"]) or "none")]
    for row in content["examinations"]:
        lines.append(f"Run {row['run_id']}:")
        for result in row["content"]["results"]:
            outcome = result["outcome"]
            seen = outcome.get("observed") or outcome.get("reason") or outcome.get("message") or ""
            lines.append(f"  {result['rule_id']} {outcome['outcome']} {outcome['code']}: {seen}".rstrip(": "))
    others = {
        name: len(rows) for name, rows in content.items() if isinstance(rows, list) and name not in _TOLD
    }
    lines += ["", "Further records, in full in the JSON file:"]
    lines += [f"  {name}: {number}" for name, number in sorted(others.items())]
    return "\n".join(lines) + "\n"


_TOLD = frozenset({"names", "profile_addresses", "objections", "roster", "examinations"})


def write_records(content: dict[str, Any], target: Path) -> list[Path]:
    """Write the records as JSON and as a short text, readable by their owner only. Raises ReportError."""
    texts = {
        target: json.dumps(content, ensure_ascii=False, indent=1) + "\n",
        target.with_suffix(".txt"): records_text(content),
    }
    try:
        for path, text in texts.items():
            write_atomic(path, text.encode("utf-8", "replace"))
    except OSError as trouble:
        raise ReportError(
            f"{target} cannot be written: {trouble.strerror or trouble}", code="NOT_WRITABLE"
        ) from None
    return list(texts)


def erase_person(
    policy: Policy,
    engine: sa.Engine,
    wanted: str,
    output: Path,
    *,
    with_reports: bool = False,
    captures: Path | None = None,
) -> Erased:
    """Delete everything stored about a person, also in the evidence folders (`captures` is the one that runs
    are given); objections are kept as hashes. Raises UsageError."""
    person = _one(engine, wanted)
    evidence = evidence_of(policy, engine, [person], captures)
    places = places_of(policy, captures)
    folders = reports_naming(output, person.employee_id)
    with alone(engine):
        counts = erase_people(engine, [person])
    removed = remove_evidence(policy, evidence, captures)
    remove_handed_over(places, person.employee_id)
    counts["evidence_files"] = removed
    left = [path for path in evidence if path.exists()]
    if answers_of(places, person.employee_id) and places.form:
        left.append(places.form)
    must_be_there(policy, "The erasure", lambda anew: not _is_known(anew, person.employee_id))
    if with_reports:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
    pseudonym = _pseudonym(policy, person, wanted)
    deleted = [folder.name for folder in folders] if with_reports else []
    log_of(policy, engine).append(
        ERASED, person=pseudonym, counts=counts, report_folders_deleted=len(deleted), folders=deleted
    )
    return Erased(pseudonym, counts, tuple(folders), tuple(left))


def _meant(engine: sa.Engine, wanted: str) -> tuple[PersonKnown | None, Marks]:
    """The person and by what to recognise them; a number or address need not be known yet."""
    found = _found(engine, wanted)
    if len(found) > 1:
        raise _ambiguous(wanted, found)
    if found:
        return found[0], _marks(found[0])
    if profile_slug(wanted):
        return None, Marks(profile_url=wanted)
    if not wanted.strip() or any(sign.isspace() for sign in wanted.strip()):
        raise _unknown(wanted)
    return None, Marks(keys=(wanted.strip(),))


def _one(engine: sa.Engine, wanted: str) -> PersonKnown:
    found = _found(engine, wanted)
    if len(found) > 1:
        raise _ambiguous(wanted, found)
    if not found:
        raise _unknown(wanted)
    return found[0]


def _found(engine: sa.Engine, wanted: str) -> Sequence[PersonKnown]:
    with reading(engine) as connection:
        return persons.find(persons.people_known(connection).values(), wanted)


def _is_known(engine: sa.Engine, employee_id: str) -> bool:
    """Whether anything names this very number; `_found` would also take one that differs by a zero."""
    with reading(engine) as connection:
        return employee_id in persons.people_known(connection)


def _marks(person: PersonKnown) -> Marks:
    return marks_of((person.employee_id,), next(iter(sorted(person.profile_urls)), None))


def _pseudonym(policy: Policy, person: PersonKnown | None, wanted: str) -> str:
    return Pseudonyms(state_folder(policy.path)).of(person.employee_id if person else wanted.strip())


def _ambiguous(wanted: str, found: Sequence[PersonKnown]) -> UsageError:
    numbers = ", ".join(sorted(one.employee_id for one in found))
    return UsageError(
        f"{wanted!r} fits several people: {numbers}.", "Give the employee number.", code="PERSON_AMBIGUOUS"
    )


def _unknown(wanted: str) -> UsageError:
    return UsageError(
        f"Nothing is stored about {wanted!r}.",
        "Give the employee number, the profile address or the full name.",
        code="PERSON_NOT_STORED",
    )
