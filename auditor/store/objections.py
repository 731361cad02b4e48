"""The register of objections: keyed hashes only, read before anything is opened.

A person is known by several marks (employee number, profile, work mail), each kept as a hash of its own,
so that the objection holds when the roster is imported again with one of them changed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from auditor.errors import StoreError
from auditor.files.keys import new_key, read_key
from auditor.model.address import profile_slug
from auditor.store import tables
from auditor.store.database import reading, writing

_PUT_BACK = "Copy that file from the machine, or the backup, on which the objections were recorded."


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a person is recognised; empty = not known. `keys` are employee numbers and roster keys."""

    keys: tuple[str, ...] = ()
    profile_url: str = ""
    mail_hash: str = ""

    def texts(self) -> list[str]:
        """One comparable text a mark."""
        texts = [f"id\x1f{normal_key(key)}" for key in self.keys if key.strip()]
        slug = profile_slug(self.profile_url) if self.profile_url else None
        if slug:
            texts.append(f"profile\x1f{slug}")
        if self.mail_hash:
            texts.append(f"mail\x1f{self.mail_hash}")
        return list(dict.fromkeys(texts))


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection as the register knows it: an arbitrary name, the day, how many marks."""

    name: str
    recorded_on: date
    marks: int


def normal_key(key: str) -> str:
    """An employee number without what exports change: case, spaces, leading zeros."""
    plain = "".join(unicodedata.normalize("NFKC", key).casefold().split())
    return plain.lstrip("0") or plain


class Objections:
    """The register of one store. Its key is in the state folder, separate from the store."""

    def __init__(self, engine: sa.Engine, key_file: Path) -> None:
        self._engine = engine
        self._key_file = key_file
        self._key = b""

    def known(self) -> dict[str, str]:
        """Every hash with the name of its objection. Raises StoreError where the key is not the one
        that made them: reading on would open profiles of people who objected."""
        table = tables.objections
        with reading(self._engine) as connection:
            rows = list(connection.execute(sa.select(table.c.person_hash, table.c.objection, table.c.key_id)))
        key = self._read_key(make=False)
        if rows and (not key or {row[2] for row in rows} != {self._key_id()}):
            missing = "" if key else ": there is no such file"
            raise StoreError(
                f"The objections in the store were recorded with another key than {self._key_file}{missing}.",
                _PUT_BACK,
                code="KEY_WRONG",
            )
        return {row[0]: row[1] for row in rows}

    def of(self, marks: Marks) -> set[str]:
        """The objections that one of these marks belongs to."""
        return next(self.of_each([marks]))

    def of_each(self, everybody: Iterable[Marks]) -> Iterator[set[str]]:
        """The same for many people, in their order; the register is read once, with the first of them."""
        known = self.known()
        for marks in everybody:
            yield {known[one] for one in self._hashes(marks) if one in known} if known else set()

    def holds(self, marks: Marks) -> bool:
        """Whether every one of these marks is in the register."""
        known = self.known()
        return all(one in known for one in self._hashes(marks))

    def record(self, marks: Marks, today: date) -> bool:
        """Record an objection, or add marks to the one there is. False where all was known already."""
        known = self.known()
        hashes = self._hashes(marks, make=True)
        before = {known[one] for one in hashes if one in known}
        name = min(before, default=secrets.token_hex(8))
        new = [one for one in hashes if one not in known]
        rows = [
            {"person_hash": one, "recorded_on": today, "objection": name, "key_id": self._key_id()}
            for one in new
        ]
        if rows:
            with writing(self._engine) as connection:
                connection.execute(tables.objections.insert(), rows)
        return not before

    def withdraw(self, marks: Marks) -> int:
        """Take back every objection of these marks; returns how many."""
        names = self.of(marks)
        if names:
            table = tables.objections
            with writing(self._engine) as connection:
                connection.execute(table.delete().where(table.c.objection.in_(names)))
        return len(names)

    def all(self) -> list[Objection]:
        """Every objection, oldest first. It names nobody: the hashes give no name back. Raises StoreError."""
        self.known()
        table = tables.objections
        query = sa.select(table.c.objection, table.c.recorded_on)
        days: dict[str, list[date]] = defaultdict(list)
        with reading(self._engine) as connection:
            for name, day in connection.execute(query):
                days[name].append(day)
        found = (Objection(name, min(recorded), len(recorded)) for name, recorded in days.items())
        return sorted(found, key=lambda one: (one.recorded_on, one.name))

    def _hashes(self, marks: Marks, *, make: bool = False) -> list[str]:
        key = self._read_key(make=make)
        return [
            hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
            for text in marks.texts()
        ]

    def _key_id(self) -> str:
        return hashlib.sha256(b"objections key " + self._read_key(make=False)).hexdigest()[:16]

    def _read_key(self, *, make: bool) -> bytes:
        """The key; empty where there is none yet and none is to be made. Raises StoreError."""
        if self._key:
            return self._key
        try:
            self._key = read_key(self._key_file, _PUT_BACK)
            if make and not self._key:
                self._key = new_key(self._key_file)
        except OSError as trouble:
            raise StoreError(
                f"{self._key_file} cannot be used: {trouble.strerror or trouble}",
                "Without it nobody knows who objected, so nothing is opened.",
                code="KEY_UNREADABLE",
            ) from None
        return self._key


def marks_of(keys: Iterable[str], profile_url: str | None, mail_hash: str = "") -> Marks:
    """Marks of what a roster or the store knows of a person."""
    return Marks(tuple(dict.fromkeys(key for key in keys if key)), profile_url or "", mail_hash)
