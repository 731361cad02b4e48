"""Readers of rosters: one file per container, and what all of them share."""

from __future__ import annotations

from pathlib import Path

from auditor.domain.policy import RosterPolicy
from auditor.domain.roster import RosterReading


def read_roster(path: Path, policy: RosterPolicy, hosts: frozenset[str] = frozenset()) -> RosterReading:
    """Read a roster file with the reader that fits its bytes; see `_reading.read_roster`."""
    from auditor.rosters import _reading

    return _reading.read_roster(path, policy, hosts)
