"""What the program tells people by mail or chat: that something happened, with counts and no names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """Why people are told; the first that holds is the one that is sent."""

    REFUSED = "refused"
    DEGRADED = "degraded"
    NEEDS_YOU = "needs_you"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Notices:
    """To which addresses (Apprise's; `env:NAME` stands for a variable's value) and about what."""

    addresses: tuple[str, ...] = ()
    on: frozenset[NoticeKind] = frozenset(NoticeKind)


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: a title and a few lines."""

    title: str
    body: str
