"""What the fault tests counted, for the last lines of the test command."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Toll:
    """Faults that really fell, by kind, and what they cost; each list should stay empty."""

    name: str
    kinds: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    asked_twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    def add(self, other: Toll) -> None:
        """Take up what another worker counted."""
        self.kinds.update(other.kinds)
        for name in ("lost", "asked_twice", "wrong", "orphans", "damaged"):
            getattr(self, name).extend(getattr(other, name))

    def line(self) -> str:
        kinds = ", ".join(f"{kind} {count}" for kind, count in self.kinds.most_common())
        return (
            f"{self.name}: {self.kinds.total()} injected ({kinds}); {len(self.lost)} lost, "
            f"{len(self.asked_twice)} asked twice, {len(self.wrong)} wrong findings, "
            f"{len(self.damaged)} damaged stores, {len(self.orphans)} orphans"
        )

    def costs(self) -> list[str]:
        return [*self.lost, *self.asked_twice, *self.wrong, *self.orphans, *self.damaged]


#: filled by the tests, printed by conftest
TOLLS: list[Toll] = []
