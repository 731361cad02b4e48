"""What a host's robots.txt allows (RFC 9309).

The standard library's reader knows neither `*` and `$` nor the longest match, takes only the first of
several groups and ends a group at a blank line: it would open what a file forbids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

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


def read_robots(body: bytes, product: str = PRODUCT) -> Robots:
    """The rules of the groups that name the product, or else of those for everybody.

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
            in_rules, named = False, named or product.casefold() in agents
        elif key in ("allow", "disallow"):
            in_rules = True
            rule = (key == "allow", _normal(value))
            own += [rule] if value and product.casefold() in agents else []
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
