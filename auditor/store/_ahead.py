"""Reads what is stored of people some hundreds at a time, while they are asked for one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
#: people who are read at once
_AT_ONCE = 200
#: lots that are held: those who are asked for again, once others were asked for ahead of them
_LOTS = 2


class ReadAhead(Generic[T]):
    """What `read` tells of people who are asked for about in the order of `people`."""

    def __init__(self, people: Sequence[str], read: Callable[[Sequence[str]], Mapping[str, T]]) -> None:
        self._people, self._read = people, read
        self._place = {employee_id: place for place, employee_id in enumerate(people)}
        self._lots: dict[int, Mapping[str, T]] = {}

    def of(self, employee_id: str) -> T | None:
        """What is stored of a person; None where nothing is. Raises what `read` raises."""
        lot = self._place[employee_id] // _AT_ONCE
        if lot not in self._lots:
            if len(self._lots) == _LOTS:
                del self._lots[min(self._lots)]
            wanted = self._people[lot * _AT_ONCE : (lot + 1) * _AT_ONCE]
            self._lots[lot] = self._read(wanted)
        return self._lots[lot].get(employee_id)
