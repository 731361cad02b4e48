"""The addresses of notices in the policy file: checked here, and never repeated in a message."""

from __future__ import annotations

import logging
import re

_VARIABLE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")


def checked_address(text: str) -> str:
    """Return the address as typed. Raises ValueError without quoting it, as it may contain a password."""
    if text.startswith("env:"):
        if not _VARIABLE.fullmatch(text):
            raise ValueError("behind env: there must be the name of an environment variable")
        return text
    scheme, sign, _ = text.partition("://")
    if not sign:
        raise ValueError("must be an address such as mailto://... or msteams://..., or env:NAME")
    from apprise import Apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    if Apprise.instantiate(text, suppress_exceptions=True) is None:
        raise ValueError(f"Apprise does not understand this {scheme}:// address")
    return text
