#!/usr/bin/env python3
"""Set up what is missing, then hand the arguments to `auditor`. A second call starts at once."""

# ruff: noqa: PTH100, PTH109, PTH120
import os
import sys

# nothing is imported from the current folder, whatever PYTHONPATH says; -I leaves this folder out
sys.path[:] = [os.path.dirname(os.path.abspath(__file__)), *(p for p in sys.path if p != os.getcwd() and p)]

import _setup

NEEDS_BROWSER = ("demo", "run")


def main() -> int:
    arguments = sys.argv[1:]
    _setup.ready("requirements.txt")
    if "desk" in arguments:
        _setup.ready("requirements-desk.txt")
    if "member" in arguments or "consent" in arguments:
        _setup.ready("requirements-member.txt")
    if any(word in arguments for word in NEEDS_BROWSER) and "--help" not in arguments:
        _setup.browser()
    return _setup.run(["-m", "auditor", *arguments])


if __name__ == "__main__":
    raise SystemExit(main())
