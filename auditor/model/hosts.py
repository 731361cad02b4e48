"""Hosts that a browser may open: one way to write each, and those that need a slow pace."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

#: LinkedIn's own domains, short links and pictures included
LINKEDIN_DOMAINS = ("linkedin.com", "licdn.com", "lnkd.in", "linkedin.cn")
#: no policy lets two profiles of LinkedIn follow each other more quickly, in seconds
LEAST_PAUSE = 20
#: no policy lets more profiles of LinkedIn be opened within a day
HIGHEST_DAILY_CAP = 500
#: a visitor is sent on to the host of his own country; no policy can name hosts in this way
COUNTRY_HOSTS = "*.linkedin.com"
HOST_WORDS = "a host such as www.linkedin.com, or host:port"
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def read_host(text: str) -> str:
    """`host` or `host:port` in lower case. Raises ValueError for everything that a browser might read
    differently: addresses with a path or a user, wildcards, other scripts, odd numbers, IPv6."""
    name, colon, port = text.partition(":")
    if not text.isascii() or (colon and not _is_port(port)) or not _is_name(name.lower()):
        raise ValueError(f"must be {HOST_WORDS}; {ascii(text)[:80]} is not")
    return text.lower()


def needs_slow_pace(hosts: Iterable[str]) -> bool:
    """Whether LinkedIn is among these hosts, by a name or by a public number that hides one."""
    return any(_is_linkedins(host.partition(":")[0]) for host in hosts)


def _is_linkedins(name: str) -> bool:
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return ipaddress.IPv4Address(name).is_global
    return any(name == domain or name.endswith("." + domain) for domain in LINKEDIN_DOMAINS)


def _is_port(text: str) -> bool:
    return bool(_PORT.fullmatch(text)) and int(text) <= 65535


def _is_name(name: str) -> bool:
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    if _NUMBER.fullmatch(labels[-1]):  # a browser takes such a name for an address, octal and hex too
        return _is_ipv4(name)
    return all(_is_true_to_itself(label) for label in labels)


def _is_ipv4(name: str) -> bool:
    try:
        return str(ipaddress.IPv4Address(name)) == name
    except ValueError:
        return False


def _is_true_to_itself(label: str) -> bool:
    """Whether an `xn--` label is what the signs that it stands for are written as."""
    if not label.startswith("xn--"):
        return label[2:4] != "--"
    try:
        return label.encode("ascii").decode("idna").encode("idna").decode("ascii") == label
    except UnicodeError:
        return False
