"""One source row, reduced to what is needed; nothing else of it stays in memory."""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from dataclasses import dataclass, field

from auditor.model.address import AddressKind, ProfileAddress, read_profile_address
from auditor.model.employee import PersonName
from auditor.model.policy import RosterPolicy
from auditor.model.roster import NOT_SHOWN, StatusClass, WorkerType
from auditor.roster.columns import ColumnMap
from auditor.roster.grid import Row
from auditor.roster.headings import RosterField
from auditor.roster.names import NameParts, ReadName, match_words, read_name
from auditor.roster.not_people import is_shared_mailbox
from auditor.roster.status_cells import StatusCells
from auditor.roster.status_words import may_tell_health, status_class
from auditor.roster.words import folded, visible, word_list

_FORMULA_LINK = re.compile(r"HYPERLINK\s*\(\s*\"([^\"]+)\"", re.IGNORECASE)
_AS_TEXT = re.compile(r'^="(.*)"$')
_MAIL = re.compile(r"[^\s<>;,:]+@[^\s<>;,:]+\.[^\s<>;,:]+")


@dataclass(slots=True)
class Draft:
    """A row on its way to a person. Dates are still texts: their column's order is not known yet."""

    row: int
    sheet: str
    number: str
    scope: str
    qualifier: str
    entity: str
    name: PersonName
    mail_hash: str
    address: ProfileAddress
    title: str
    manager: str
    language: str
    tier: str
    status: StatusClass
    worker: WorkerType
    dates: dict[str, str]
    #: kept until it is known whether HR must settle it
    status_word: str = ""
    damaged: str = ""
    codes: list[str] = field(default_factory=list)
    #: the dates once they are read, by field
    days: tuple[tuple[str, str], ...] = ()

    @property
    def name_words(self) -> frozenset[str]:
        """The comparable words of the name."""
        return match_words(self.name)

    @property
    def name_key(self) -> str:
        """The comparable words of the name, in alphabetical order."""
        return " ".join(sorted(self.name_words))

    def content(self) -> tuple[object, ...]:
        """Everything that was read, to recognise an exact repetition."""
        own = (self.number, self.scope, self.entity, self.name, self.mail_hash, self.address, self.title)
        rest = (self.manager, self.language, self.tier, self.status, self.worker, *self.days)
        return own + rest


class RowReader:
    """Reads the rows of one sheet by its column map."""

    def __init__(self, columns: ColumnMap, policy: RosterPolicy, hosts: frozenset[str], sheet: str) -> None:
        self._columns = columns
        self._hosts = hosts
        self._sheet = sheet
        self._cells = StatusCells(columns, policy, self.text)
        self._single = {name: places[0] for name, places in columns.places.items() if places}
        self._dates = columns.date_places()
        #: the worker types outside the company that are occupations too, with the number of their rows
        self.occupations: Counter[str] = Counter()

    def text(self, row: Row, name: str) -> str:
        """The cell of a field, made visible; empty where there is no such column."""
        index = self._single.get(name)
        if index is None or index >= len(row.cells):
            return ""
        cell = row.cells[index]
        if cell.startswith('="'):
            cell = _AS_TEXT.sub(r"\1", cell)
        return visible(cell)

    def number(self, row: Row) -> str:
        """The employee number as typed; a placeholder is none."""
        text = self.text(row, RosterField.EMPLOYEE_ID)
        return "" if not text.strip("0-–.? ") or folded(text) in word_list("no number") else text

    def mail(self, row: Row) -> str:
        """The work e-mail, from the best column that has one."""
        for index in self._columns.places.get(RosterField.WORK_EMAIL, ()):
            match = _MAIL.search(row.cell(index))
            if match:
                return match.group().casefold().removeprefix("mailto:")
        return ""

    def name(self, row: Row) -> ReadName:
        """The person's name, as people show it."""
        return read_name(
            NameParts(
                full=self.text(row, RosterField.FULL_NAME),
                calling=self.text(row, RosterField.FIRST_NAME),
                given=self.text(row, RosterField.GIVEN_NAME),
                initials=self.text(row, RosterField.INITIALS),
                prefix=self.text(row, RosterField.NAME_PREFIX),
                last=self.text(row, RosterField.LAST_NAME),
                birth=self.text(row, RosterField.BIRTH_NAME),
                partner=self.text(row, RosterField.PARTNER_NAME),
                partner_prefix=self.text(row, RosterField.PARTNER_PREFIX),
                order=self.text(row, RosterField.NAME_ORDER),
            )
        )

    def status(self, row: Row) -> StatusClass:
        """What the status cells of a row mean."""
        return self._cells.read(row)[0]

    def draft(self, row: Row, read: ReadName, mail: str) -> Draft:
        """Everything needed of a row."""
        entity = sys.intern(
            self.text(row, RosterField.LEGAL_ENTITY) or self.text(row, RosterField.COMPANY_NUMBER)
        )
        company = self.text(row, RosterField.COMPANY_NUMBER) or entity
        client = self.text(row, RosterField.CLIENT_NUMBER)
        address, linked = self._address(row)
        status, worker, word = self._cells.read(row)
        kind = self.text(row, RosterField.WORKER_TYPE)
        if worker is WorkerType.OUT_OF_SCOPE and folded(kind) in word_list("also an occupation"):
            self.occupations[kind] += 1
        draft = Draft(
            row=row.number,
            sheet=self._sheet,
            number=self.number(row),
            scope=sys.intern(folded(f"{client} {company}")),
            qualifier=sys.intern("/".join(part for part in (client, company) if part)),
            entity=entity,
            name=read.name,
            mail_hash=hashed_mail(mail) if mail and not is_shared_mailbox(mail) else "",
            address=address,
            title=sys.intern(self.text(row, RosterField.JOB_TITLE)),
            manager=sys.intern(self.text(row, RosterField.MANAGER)),
            language=_language(self.text(row, RosterField.LANGUAGE)),
            tier=sys.intern(self.text(row, RosterField.TIER)),
            status=status,
            worker=worker,
            dates=self._date_texts(row),
            status_word=sys.intern(word),
            damaged=read.damaged,
            codes=list(read.codes),
        )
        _apply_remarks(draft, read.remarks)
        _note_codes(draft, row, linked=linked, asked=RosterField.LINKEDIN_URL in self._single)
        return draft

    def has_profile(self, row: Row) -> bool:
        """Whether a row gives the address of a person's profile."""
        return self._address(row)[0].kind is AddressKind.PROFILE

    def _address(self, row: Row) -> tuple[ProfileAddress, bool]:
        """The profile address of a row, and whether it was behind the text; a further column fills a gap."""
        places = self._columns.places.get(RosterField.LINKEDIN_URL, [])
        if not places:
            return ProfileAddress(AddressKind.EMPTY), False
        found = self._address_in(row, places[0])
        if found[0].kind is AddressKind.EMPTY:
            further = (self._address_in(row, index) for index in places[1:])
            return next((one for one in further if one[0].kind is AddressKind.PROFILE), found)
        return found

    def _address_in(self, row: Row, index: int) -> tuple[ProfileAddress, bool]:
        shown = row.cell(index)
        formula = _FORMULA_LINK.search(shown) if "(" in shown else None
        typed = read_profile_address(formula[1] if formula else shown, self._hosts)
        target = row.links.get(index)
        if formula or not target or typed.kind is AddressKind.PROFILE:
            return typed, bool(formula)
        behind = read_profile_address(target, self._hosts)
        if behind.kind is AddressKind.EMPTY or typed.kind is AddressKind.NO_PROFILE:
            return typed, False
        return behind, True

    def _date_texts(self, row: Row) -> dict[str, str]:
        texts: dict[str, str] = {}
        for name, index in self._dates.items():
            text = visible(row.cell(index))
            if index in row.unvalued:
                text = "formula without a value"
            if text:
                texts[name] = sys.intern(text)
        return texts


def hashed_mail(mail: str) -> str:
    """A keyed hash of a work e-mail: recognises a person over entities, gives no address back."""
    return hashlib.blake2b(
        mail.encode("utf-8", "replace"), digest_size=12, key=b"roster work e-mail"
    ).hexdigest()


def _language(text: str) -> str:
    head = folded(text).split(" ")[0]
    return next((code for code in ("nl", "fr", "de", "en") if head in word_list(f"language {code}")), "")


def _apply_remarks(draft: Draft, remarks: tuple[str, ...]) -> None:
    """`(Terminated)`, `(On Leave)` and `[C]` behind a name are hints where the status says less."""
    for remark in remarks:
        if folded(remark) in ("c", "contractor", "extern", "external", "externe", "cw", "contingent worker"):
            draft.worker = WorkerType.CONTRACTOR
            continue
        hint = status_class(remark, {})
        if hint in (StatusClass.UNKNOWN, StatusClass.NONE):
            continue
        if draft.status in (StatusClass.NONE, StatusClass.AMBIGUOUS) or (
            hint is StatusClass.ABSENT and draft.status is StatusClass.ACTIVE
        ):
            draft.status, draft.status_word = hint, _remark_word(hint, remark)
        elif hint is StatusClass.LEFT and draft.status is StatusClass.ACTIVE:
            draft.status = StatusClass.UNKNOWN
            draft.status_word = "; ".join(filter(None, (draft.status_word, _remark_word(hint, remark))))


def _remark_word(hint: StatusClass, remark: str) -> str:
    return NOT_SHOWN if hint is StatusClass.ABSENT or may_tell_health(remark) else f"({remark[:40]})"


def _note_codes(draft: Draft, row: Row, *, linked: bool, asked: bool) -> None:
    codes = draft.codes
    checks = (
        (row.loose_quote, "E08"),
        (not draft.name.display, "P17"),
        (bool(row.unvalued), "H10"),
        (linked, "U03"),
        (draft.status is StatusClass.ABSENT, "P11"),
        (draft.status is StatusClass.EXCLUDED, "P12"),
        (draft.worker is not WorkerType.EMPLOYEE, "P13"),
        (asked and draft.address.kind is AddressKind.EMPTY, "U01"),
        (draft.address.kind is AddressKind.NO_PROFILE, "U02"),
        (draft.address.kind in _NO_PERSON, "U04"),
        (draft.address.kind is AddressKind.OTHER_SITE, "U05"),
    )
    codes.extend(code for holds, code in checks if holds)


_NO_PERSON = frozenset({AddressKind.NOT_A_PROFILE, AddressKind.OWN_PROFILE_LINK})
