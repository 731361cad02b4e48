"""From a roster file to people with their states, and what became of every row."""

from __future__ import annotations

from pathlib import Path

from auditor.model.employee import PersonName
from auditor.model.policy import RosterPolicy
from auditor.model.roster import RosterReading


def read_roster(path: Path, policy: RosterPolicy, hosts: frozenset[str] = frozenset()) -> RosterReading:
    """Read a roster file with the reader that fits its bytes; see `reading.read_roster`."""
    from auditor.roster import reading as _reading

    return _reading.read_roster(path, policy, hosts)


def read_full_name(text: str) -> PersonName:
    """A full name as a roster with one column of names gives it; see `names.read_name`."""
    from auditor.roster.names import NameParts, read_name

    return read_name(NameParts(full=text)).name
