"""A clock that can be set; for child processes only: it replaces `datetime` in the program's modules."""

from __future__ import annotations

import datetime as real
import os
import sys
import time


class Clock:
    """What the program takes for the present: the real moment plus `offset`, or `frozen`."""

    def __init__(self) -> None:
        self.offset = real.timedelta(0)
        self.frozen: real.datetime | None = None

    def now(self, tz: real.tzinfo | None = None) -> real.datetime:
        moment = self.frozen or real.datetime.now(real.UTC) + self.offset
        return moment.astimezone(tz) if tz else moment.astimezone().replace(tzinfo=None)

    def install(self) -> None:
        """Every module of the program (and of these tests) that knows `datetime` now asks this clock."""
        clock = self

        class Kind(type(real.datetime)):
            def __instancecheck__(cls, value: object) -> bool:
                return isinstance(value, real.datetime)

        class Set(real.datetime, metaclass=Kind):
            @classmethod
            def now(cls, tz: real.tzinfo | None = None) -> real.datetime:
                return clock.now(tz)

        for name, module in list(sys.modules.items()):
            ours = name.startswith(("auditor.", "tests.faults.bench"))
            plain = not name.startswith(("auditor.model", "auditor.store.codec"))
            if ours and plain and getattr(module, "datetime", None) is real.datetime:
                module.datetime = Set


def move_to(zone: str) -> None:
    """The computer is carried into another time zone."""
    os.environ["TZ"] = zone
    time.tzset()
