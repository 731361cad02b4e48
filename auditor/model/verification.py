"""What came of comparing a run with what it was."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How something stands to what it was. Only ALTERED makes a run fail."""

    UNCHANGED = "unchanged"
    #: people filled it in, or completed a draft, as they are meant to
    FILLED_IN = "filled in"
    #: deleted by the retention periods or an erasure, with its receipt in the log
    DELETED = "deleted by retention"
    #: another one took its place later, and the log knows of it
    LATER = "newer version in use"
    #: lies in the folder, but is no part of the report
    NOT_OURS = "not part of the report"
    NOT_CHECKED = "not checked"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `remark` says what was found, in a phrase for people."""

    what: str
    standing: Standing
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of a run. `head` is the newest line of the log, for whoever keeps it elsewhere."""

    run: str
    checks: tuple[Check, ...]
    head: str

    @property
    def altered(self) -> bool:
        """Whether anything is not as it was without a good reason."""
        return any(check.standing is Standing.ALTERED for check in self.checks)
