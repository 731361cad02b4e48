"""When a site may be visited: its robots.txt, the hours of the policy, and the pause that it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import parsedate_to_datetime
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from auditor.errors import SourceUnavailable

#: bytes of a file that are read; the RFC asks for at least 500 KiB
LARGEST_FILE = 512_000
#: the product by which headless Chromium names itself
PRODUCT = "HeadlessChrome"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for us: whether a path that fits is allowed, most specific first."""

    rules: tuple[tuple[bool, str], ...] = ()

    def allow(self, address: str) -> bool:
        """Whether an address of this host may be opened; what no rule speaks of may."""
        parts = urlsplit(address)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        return next((allowed for allowed, pattern in self.rules if _fits(pattern, path)), True)


#: where there is no file, or none that may be read (a status from 400 to 499), everything may be opened
ALL_ALLOWED = Robots()
#: where the file cannot be reached, or the host fails, nothing is opened for now
NONE_ALLOWED = Robots(((False, "/"),))


def read_robots(body: bytes) -> Robots:
    """The rules of the groups that name PRODUCT, or else of those for everybody.

    Of rules that fit, the longest decides, and of equally long ones the one that allows.
    """
    own: list[tuple[bool, str]] = []
    everybody: list[tuple[bool, str]] = []
    named, in_rules, agents = False, True, set[str]()
    for line in body.decode("utf-8-sig", "replace").splitlines():
        key, colon, value = line.split("#", 1)[0].partition(":")
        key, value = key.strip().casefold(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = {_token(value)} if in_rules else agents | {_token(value)}
            in_rules, named = False, named or PRODUCT.casefold() in agents
        elif key in ("allow", "disallow"):
            in_rules = True
            rule = (key == "allow", _normal(value))
            own += [rule] if value and PRODUCT.casefold() in agents else []
            everybody += [rule] if value and "*" in agents else []
    rules = own if named else everybody
    return Robots(tuple(sorted(rules, key=lambda rule: (-len(rule[1]), not rule[0]))))


def _token(value: str) -> str:
    """The product named in a `User-agent` line, without its version."""
    found = re.match(r"\*|[A-Za-z_-]+", value)
    return found[0].casefold() if found else ""


def _normal(path: str) -> str:
    """Percent-encoded in one way, so that a path and a pattern can be compared."""
    return quote(unquote(path, errors="surrogateescape"), safe="/*$?=&;:@+,!~'()", errors="surrogateescape")


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` and a closing `$` fits the beginning of a path; without a regular
    expression, which a hostile pattern could keep busy for ever."""
    whole = pattern.endswith("$")
    first, *others = (pattern[:-1] if whole else pattern).split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not others:
        return not whole or place == len(path)
    for part in others[:-1] if whole else others:
        place = path.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return not whole or (len(path) - len(others[-1]) >= place and path.endswith(others[-1]))


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
                f"quiet_hours {text!r} is not a span of hours.",
                'Write it as "22:00-06:00".',
                code="QUIET_HOURS",
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
