"""Makes people of rows: contracts together, one key each, and the fate of every row."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from auditor.language.roster_messages import leading_code, notice, quoted, wording
from auditor.model.address import AddressKind
from auditor.model.employee import PersonName
from auditor.model.roster import Contract, RosterNotice, RosterPerson, RowFate, RowRecord, StatusClass
from auditor.roster.drafts import Draft
from auditor.roster.linking import link
from auditor.roster.repeats import repeated

TWO_ADDRESSES = "two_addresses"


@dataclass(slots=True)
class Entry:
    """A row with its spells of work."""

    draft: Draft
    contracts: tuple[Contract, ...]
    relation_until: date | None = None


@dataclass(slots=True)
class PeopleReading:
    """The people, the fates of their rows, and what was noticed on the way."""

    people: list[RosterPerson] = field(default_factory=list)
    records: list[RowRecord] = field(default_factory=list)
    notices: list[RosterNotice] = field(default_factory=list)


def gather(entries: list[Entry]) -> PeopleReading:
    """Group rows to people. Every entry ends in exactly one record. The list is emptied, so that an entry is
    let go of once its person is made."""
    groups = [[entries[index] for index in group] for group in link([entry.draft for entry in entries])]
    entries.clear()
    keys, clashes = _keys(groups)
    of_several = repeated(lambda: (_lead(group).draft.name_key for group in groups))
    odd_zeros = _leading_zeros(groups)
    reading = PeopleReading()
    for place, key in enumerate(keys):
        group, groups[place] = groups[place], []
        namesakes = _lead(group).draft.name_key in of_several
        _add_person(reading, group, key, clash=key in clashes, namesakes=namesakes)
    reading.notices.extend(odd_zeros)
    return reading


def _add_person(
    reading: PeopleReading, group: Sequence[Entry], key: str, *, clash: bool, namesakes: bool
) -> None:
    lead, first = _lead(group), group[0]
    url, note = _address(group, lead)
    drafts = [entry.draft for entry in group]
    extra = ["P16"] if namesakes and lead.draft.name.display else []
    if note == TWO_ADDRESSES:
        extra.append("U07")
        reading.notices.append(_at(first.draft, "U07", id=key))
    if clash:
        extra.append("P18")
        reading.notices.append(_at(first.draft, "P18", id=lead.draft.number))
    codes = _row_codes(group)
    for entry, code in zip(group, codes, strict=True):
        fate = RowFate.PERSON if entry is first else RowFate.MERGED
        shown = leading_code(
            [*entry.draft.codes, *([code] if code else []), *(extra if entry is first else [])]
        )
        facts = {"a": str(first.draft.row), "b": str(entry.draft.row), "id": key, "row": str(entry.draft.row)}
        message = wording(shown, facts.items()) if shown in ("P01", "P17") else ""
        reading.records.append(RowRecord(entry.draft.row, fate, shown, entry.draft.sheet, key, message))
        _row_notices(reading, entry.draft, first.draft, code)
    _group_notices(reading, group, codes, key)
    contracts = _contracts(group)
    if clash:
        contracts = tuple(replace(one, contradictory=True, code=one.code or "P18") for one in contracts)
    reading.people.append(
        RosterPerson(
            key=key,
            employee_number=lead.draft.number,
            name=_name(group, lead),
            contracts=tuple(dict.fromkeys(contracts)),
            profile_url=url,
            address_note=note,
            entity=lead.draft.entity,
            title=lead.draft.title,
            manager=_first_of(lead.draft.manager, (draft.manager for draft in drafts)),
            language=_first_of(lead.draft.language, (draft.language for draft in drafts)),
            tier=_first_of(lead.draft.tier, (draft.tier for draft in drafts)),
            rows=tuple(draft.row for draft in drafts),
            mail_hash=_first_of(lead.draft.mail_hash, (draft.mail_hash for draft in drafts)),
            relation_until=max((one.relation_until for one in group if one.relation_until), default=None),
            other_keys=_other_keys(drafts, key),
        )
    )


def _contracts(group: Sequence[Entry]) -> tuple[Contract, ...]:
    """All spells of work. Where one is over on one sheet and open on another, the open one is in dispute."""
    told = [(entry.draft.sheet, contract) for entry in group for contract in entry.contracts]
    if len({sheet for sheet, _ in told}) < 2:
        return tuple(contract for _, contract in told)
    contracts = []
    for sheet, contract in told:
        if contract.end is None:
            ends = [
                other.end
                for elsewhere, other in told
                if elsewhere != sheet and other.end is not None and _same_spell(contract, other)
            ]
            contract = replace(contract, other_ends=(*contract.other_ends, *ends))
        contracts.append(contract)
    return tuple(contracts)


def _same_spell(one: Contract, other: Contract) -> bool:
    return (one.start, one.entity) == (other.start, other.entity)


def _lead(group: Sequence[Entry]) -> Entry:
    """The row whose contract is the newest: it gives the title, the entity, the shown name."""

    def newest(entry: Entry) -> tuple[object, ...]:
        last = entry.contracts[-1]
        return (
            last.end is None,
            last.start or date.min,
            last.end or date.max,
            entry.draft.number,
            entry.draft.title,
            entry.draft.name.display,
        )

    return max(group, key=newest)


def _keys(groups: Sequence[Sequence[Entry]]) -> tuple[list[str], set[str]]:
    """A key for each person: the number, else entity/number, else a hash; and which of them clashed."""
    of_several = repeated(lambda: (n for group in groups for n in {entry.draft.number for entry in group}))
    mails = repeated(lambda: (m for group in groups for m in {entry.draft.mail_hash for entry in group}))
    scoped: Counter[str] = Counter()
    for group in groups:
        scoped.update({_scoped(entry.draft) for entry in group if entry.draft.number in of_several})
    keys: list[str] = []
    clashes: set[str] = set()
    taken: set[str] = set()
    for group in groups:
        draft = _lead(group).draft
        clash = False
        if not draft.number:
            key = _numberless_key(group, draft, mails)
        elif draft.number not in of_several:
            key = draft.number
        else:
            key = _scoped(draft)
            clash = scoped[key] > 1
            key = f"{key}~{_digest(draft.name_key)}" if clash else key
        keys.append(_untaken(key, taken))
        if clash:
            clashes.add(keys[-1])
    return keys, clashes


def _untaken(key: str, taken: set[str]) -> str:
    free, count = key, 1
    while free in taken:
        count += 1
        free = f"{key}~{count}"
    taken.add(free)
    return free


def _scoped(draft: Draft) -> str:
    return f"{draft.qualifier}/{draft.number}" if draft.qualifier else draft.number


def _numberless_key(group: Sequence[Entry], draft: Draft, shared_mails: Collection[str]) -> str:
    mail = _first_of(draft.mail_hash, (entry.draft.mail_hash for entry in group))
    if mail:
        key = f"mail-{mail[:12]}"
        return f"{key}~{_digest(draft.name_key)}" if mail in shared_mails else key
    slug = _first_of(draft.address.slug or "", (entry.draft.address.slug or "" for entry in group))
    if slug:
        return f"profile-{_digest(slug)}"
    return f"name-{_digest(draft.name_key + draft.scope)}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=5, key=b"roster key").hexdigest()


def _address(group: Sequence[Entry], lead: Entry) -> tuple[str | None, str]:
    """The profile address of all rows together, or why there is none."""
    found = {entry.draft.address.slug: entry.draft.address for entry in group if entry.draft.address.slug}
    if len(found) == 1:
        return next(iter(found.values())).canonical, ""
    if found:
        return None, TWO_ADDRESSES
    kinds = [lead.draft.address.kind, *(entry.draft.address.kind for entry in group)]
    telling = [kind for kind in kinds if kind is not AddressKind.EMPTY]
    return None, str(telling[0] if telling else AddressKind.EMPTY)


def _row_codes(group: Sequence[Entry]) -> list[str]:
    """Why each row but the first was merged."""
    first = group[0]
    codes, contents = [""], {first.draft.content()}
    for entry in group[1:]:
        if entry.draft.content() in contents:
            codes.append("P01")
            continue
        contents.add(entry.draft.content())
        if entry.draft.scope != first.draft.scope:
            codes.append("P07" if _moved(entry, first) else "P02")
        elif entry.draft.number != first.draft.number:
            codes.append("P03")
        else:
            codes.append("P04" if _came_back(entry, first) else "P02")
    return codes


def _moved(one: Entry, other: Entry) -> bool:
    """True where one of two contracts, in two named entities, ended and the other one goes on."""
    early, late = (entry.contracts[-1] for entry in _in_order(one, other))
    named = bool(one.draft.entity and other.draft.entity)
    return named and early.end is not None and (late.end is None or late.end > early.end)


def _came_back(one: Entry, other: Entry) -> bool:
    """True where more than a day lies between a spell that ended and an open one."""
    early, late = (entry.contracts[-1] for entry in _in_order(one, other))
    gap = early.end is not None and late.start is not None and (late.start - early.end).days > 1
    return gap and late.end is None


def _in_order(one: Entry, other: Entry) -> list[Entry]:
    """The one whose last contract began first, or ended first where both began together; then the other."""

    def days(entry: Entry) -> tuple[date, date]:
        spell = entry.contracts[-1]
        return spell.start or date.min, spell.end or date.max

    return sorted((one, other), key=days)


def _row_notices(reading: PeopleReading, draft: Draft, first: Draft, merged: str) -> None:
    if merged == "P01":
        reading.notices.append(_at(draft, "P01", a=first.row, b=draft.row))
        return
    if draft.damaged:
        reading.notices.append(_at(draft, "E04", value=f"{draft.damaged} > {draft.name.display}"))
    if draft.status is StatusClass.UNKNOWN:
        reading.notices.append(_at(draft, "P10", v=quoted(draft.status_word)))
    for code in ("E08", "P17", "U04", "U05"):
        if code in draft.codes:
            reading.notices.append(_at(draft, code))


def _group_notices(reading: PeopleReading, group: Sequence[Entry], codes: Sequence[str], key: str) -> None:
    first = group[0].draft
    others = defaultdict(list)
    for entry, code in zip(group, codes, strict=True):
        others[code].append(entry)
    if others["P02"] or others["P04"]:
        count = len(others["P02"]) + len(others["P04"]) + 1
        reading.notices.append(_at(first, "P02", n=count, id=key))
    for entry in others["P03"]:
        reading.notices.append(_at(first, "P03", old=first.number or "-", new=entry.draft.number or "-"))
    for entry in others["P07"]:
        early, late = _in_order(entry, group[0])
        reading.notices.append(_at(first, "P07", id=key, a=early.draft.entity, b=late.draft.entity))


def _at(draft: Draft, code: str, **facts: str | int) -> RosterNotice:
    return notice(code, row=draft.row, sheet=draft.sheet, raw="", **facts)


def _name(group: Sequence[Entry], lead: Entry) -> PersonName:
    """The newest row's name; the names of the other rows fit too."""
    name = lead.draft.name
    others = list(name.others)
    for entry in group:
        others += [entry.draft.name.display, *entry.draft.name.others]
    names = tuple(dict.fromkeys(other for other in others if other and other != name.display))
    return replace(name, others=names) if names != name.others else name


def _other_keys(drafts: Sequence[Draft], key: str) -> tuple[str, ...]:
    known = [text for draft in drafts if draft.number for text in (draft.number, _scoped(draft))]
    known += [f"mail-{draft.mail_hash[:12]}" for draft in drafts if draft.mail_hash]
    return tuple(sorted(set(known) - {key}))


def _first_of(first: str, others: Iterable[str]) -> str:
    return first or next((other for other in others if other), "")


def _leading_zeros(groups: Sequence[Sequence[Entry]]) -> list[RosterNotice]:
    """The numbers that differ from another in leading zeros only."""
    numbers: dict[str, str] = {}
    notices = []
    alike = repeated(lambda: (entry.draft.number.lstrip("0") for group in groups for entry in group))
    for group in groups:
        for entry in group:
            number = entry.draft.number
            bare = number.lstrip("0")
            if not number or bare not in alike:
                continue
            known = numbers.setdefault(bare, number)
            if known != number:
                notices.append(_at(entry.draft, "E10", a=known, b=number))
    return notices
