"""Ways in which the site can behave: one small function each, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from auditor.demo.pages.refusals import refusal_stub, wall_address


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site answers. `delay` in seconds before the first byte."""

    body: bytes
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody asks for a profile. `served` profiles were answered before, of `total` that an audit
    opens; `lifted` tells that a wall has been taken away. `answer` makes the honest reply."""

    address: str
    origin: str
    served: int
    total: int
    lifted: bool
    answer: Callable[[], Reply]

    @property
    def is_refused(self) -> bool:
        """True from half of the profiles on, until the wall is lifted."""
        return not self.lifted and self.served >= self.total // 2


Scenario = Callable[[Visit], Reply]


def sound(visit: Visit) -> Reply:
    """Every profile is answered."""
    return visit.answer()


def walled(visit: Visit) -> Reply:
    """From half of the profiles on, everybody is sent to the sign-up wall."""
    if not visit.is_refused:
        return visit.answer()
    return Reply(b"", 302, headers=(("Location", wall_address(visit.address, visit.origin)),))


def throttled(visit: Visit) -> Reply:
    """From half of the profiles on, everything is a 999 with a script."""
    return Reply(refusal_stub().encode(), 999) if visit.is_refused else visit.answer()


def drifted(visit: Visit) -> Reply:
    """The site has renamed the class of the headline over night."""
    reply = visit.answer()
    return replace(reply, body=reply.body.replace(b"top-card-layout__headline", b"top-card-layout__tagline"))


SCENARIOS: dict[str, Scenario] = {
    "sound": sound,
    "walled": walled,
    "throttled": throttled,
    "drifted": drifted,
}
