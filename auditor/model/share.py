"""How sure a share is that was found in some of the people only."""

from __future__ import annotations

from typing import Any

_Z = 1.959964  # the normal quantile of 95 %


def wilson(passed: Any, judged: Any) -> tuple[Any, Any]:
    """The 95 % bounds of the share `passed` of `judged` by Wilson; numbers, or columns of numbers (NaN where
    nobody was judged). Raises ZeroDivisionError for the number 0."""
    share, spread = passed / judged, _Z**2 / judged
    middle = (share + spread / 2) / (1 + spread)
    half = (share * (1 - share) / judged + spread**2 / (4 * _Z**2)) ** 0.5 * _Z / (1 + spread)
    return middle - half, middle + half
