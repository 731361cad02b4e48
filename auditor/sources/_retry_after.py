"""The wait that a site asks for in its `Retry-After` header (RFC 9110, 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

#: a site that asks for more is not asked again for this long, in seconds (30 days)
LONGEST_WAIT = 30 * 86_400.0
#: for a header that cannot be read: the site does ask for a wait
UNREADABLE_WAIT = 86_400.0
_SECONDS = re.compile(r"[0-9]+", re.ASCII)
_DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT"
)


def wait_asked_for(header: str, now: datetime) -> float:
    """Seconds from `now` (aware), 0 to `LONGEST_WAIT`.

    Only what the RFC allows is read: a whole number of seconds in ASCII digits, or a date. Anything else
    counts as `UNREADABLE_WAIT`.
    """
    text = header.strip(" \t")
    if _SECONDS.fullmatch(text):
        digits = text.lstrip("0")
        # int() refuses thousands of digits; ten are more than the longest wait already
        return LONGEST_WAIT if len(digits) > 10 else min(float(digits or "0"), LONGEST_WAIT)
    if not _DATE.fullmatch(text):
        return UNREADABLE_WAIT
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return UNREADABLE_WAIT
    return min(max(0.0, (until.replace(tzinfo=UTC) - now).total_seconds()), LONGEST_WAIT)
