#!/usr/bin/env python3
"""Set up what is missing, then hand the arguments to `auditor`. A second call starts at once."""

from __future__ import annotations

import sys

import _setup

NEEDS_BROWSER = ("demo", "run")


def main() -> int:
    arguments = sys.argv[1:]
    _setup.ready("requirements.txt")
    if any(word in arguments for word in NEEDS_BROWSER) and "--help" not in arguments:
        _setup.browser()
    return _setup.run(["-m", "auditor", *arguments])


if __name__ == "__main__":
    raise SystemExit(main())
