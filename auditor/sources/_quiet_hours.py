"""Hours of the day in which nothing is opened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from auditor.errors import SourceUnavailable

SPAN_WORDS = 'a span of hours such as "22:00-06:00"; empty: none'

_FORM = re.compile(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` (inclusive) to `end` (exclusive) in a time zone; it may pass midnight.

    None for both: no quiet hours.
    """

    start: time | None
    end: time | None
    zone: ZoneInfo

    @classmethod
    def of(cls, text: str, zone: str) -> QuietHours:
        """Read "22:00-06:00"; empty text means none. Raises SourceUnavailable for anything else."""
        if not text.strip():
            return cls(None, None, ZoneInfo(zone))
        found = _FORM.fullmatch(text)
        try:
            if found is None:
                raise ValueError
            start, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        except ValueError:
            raise SourceUnavailable(
                f"quiet_hours {text!r} is not a span of hours.", 'Write it as "22:00-06:00".'
            ) from None
        return cls(start, end, ZoneInfo(zone))

    def cover(self, moment: datetime) -> bool:
        """Whether an aware moment is within the span."""
        if self.start is None or self.end is None:
            return False
        now = moment.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


def checked_span(text: str) -> str:
    """The text. Raises ValueError where it is not a span of hours."""
    try:
        QuietHours.of(text, "UTC")
    except SourceUnavailable:
        raise ValueError(f"must be {SPAN_WORDS}") from None
    return text
