"""The replica site: a small web server on this computer's own address that answers as its scenario says."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from auditor.demo.addresses import DEFAULT_BANNER, banner_address, picture_name
from auditor.demo.banners import banner_of, brand_file, logo, portrait, unchosen_banner
from auditor.demo.cases import Shape
from auditor.demo.firms import FIRMS
from auditor.demo.loopback import LoopbackSite, Reply, Request
from auditor.demo.pages.organisation import COVER_RECIPE, organisation_page
from auditor.demo.pages.profile import profile_page
from auditor.demo.pages.refusals import not_found_page, refusal_stub, wall_address, wall_page
from auditor.demo.people import Person
from auditor.model.address import profile_slug


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
#: seconds for which the slow page keeps a visitor waiting
SLOWNESS = 2.5
#: while this file lies in the world's folder, no wall stands
MARKER = "wall-lifted"

_JPEG = "image/jpeg"
_NOTHING = Reply(b"", 404, "text/plain")


class Site(LoopbackSite):
    """The running replica. `requests` counts every request by path; use it in a `with` statement.

    `port` 0 takes any free port. `folder` holds the marker file that keeps the wall lifted.
    """

    def __init__(
        self, people: tuple[Person, ...], folder: Path, scenario: str = "sound", port: int = 0
    ) -> None:
        self.requests: Counter[str] = Counter()
        self._people: dict[str, Person] = {}
        for person in people:
            self._people.setdefault(person.slug, person)
        self._banners = {_asset(person): person for person in self._people.values()}
        self._asked_for = {person.slug for person in people if person.is_asked_for}
        self._served: set[str] = set()
        self._scenario = SCENARIOS[scenario]
        self._marker = folder / MARKER
        self._lock = threading.Lock()
        super().__init__(port)

    def lift_wall(self) -> None:
        """Take the wall away, for this site and for those that come after it in the same folder."""
        self._marker.parent.mkdir(parents=True, exist_ok=True)
        self._marker.touch()

    def raise_wall(self) -> None:
        """Let a wall stand again (where the scenario has one)."""
        self._marker.unlink(missing_ok=True)

    @property
    def profiles_served(self) -> frozenset[str]:
        """Slugs of the profiles that were answered (found or not), not refused."""
        with self._lock:
            return frozenset(self._served)

    def profile_requests(self) -> Counter[str]:
        """How often each profile was asked for, by slug, answered or refused."""
        with self._lock:
            asked = [(profile_slug(path), count) for path, count in self.requests.items()]
        return Counter({slug: count for slug, count in asked if slug})

    def reply_to(self, request: Request) -> Reply:
        """The answer of the scenario, or the honest one."""
        path = urlsplit(request.target).path
        with self._lock:
            self.requests[path] += 1
        for pattern, answer in _ROUTES:
            if re.match(pattern, path):
                return answer(self, request.target, path)
        return _NOTHING

    def _profile(self, target: str, path: str) -> Reply:
        slug = profile_slug(self.origin + path) or ""
        with self._lock:
            served = len(self._served)
        lifted = self._marker.exists()
        visit = Visit(
            self.origin + target, self.origin, served, len(self._asked_for), lifted, lambda: self._page(slug)
        )
        return self._scenario(visit)

    def _page(self, slug: str) -> Reply:
        with self._lock:
            self._served.add(slug)
        person = self._people.get(slug)
        if person is None or person.case.shape is Shape.NOT_FOUND:
            return Reply(not_found_page(slug, self.origin).encode(), 404)
        page = profile_page(person, self.origin)
        return Reply(page.encode(), delay=SLOWNESS if person.case.slow else 0.0)

    def _wall(self, _target: str, _path: str) -> Reply:
        return Reply(wall_page(self.origin).encode())

    def _organisation(self, _target: str, path: str) -> Reply:
        name = path.removeprefix("/company/").strip("/")
        for firm in FIRMS:
            if name in (firm.slug, firm.former_slug or firm.slug, str(firm.numeric_id)):
                return Reply(organisation_page(firm, self.origin).encode())
        return _NOTHING

    def _fixed_picture(self, _target: str, path: str) -> Reply:
        if path.endswith(DEFAULT_BANNER):
            return Reply(unchosen_banner(), media_type=_JPEG)
        return Reply(logo(path), media_type=_JPEG)

    def _picture(self, _target: str, path: str) -> Reply:
        name = picture_name(path)
        if name is None:
            return _NOTHING
        if name.recipe.startswith("profile-displaybackgroundimage"):
            person = self._banners.get(name.asset)
            return Reply(banner_of(person), media_type=_JPEG) if person else _NOTHING
        if name.recipe == COVER_RECIPE:
            firm = next(firm for firm in FIRMS if name.asset.endswith(firm.code))
            return Reply(brand_file(firm), media_type="image/png")
        draw = portrait if name.recipe.startswith("profile-displayphoto") else logo
        return Reply(draw(name.asset), media_type=_JPEG)


def _asset(person: Person) -> str:
    name = picture_name(urlsplit(banner_address(person)).path)
    return name.asset if name else ""


_Answer = Callable[[Site, str, str], Reply]
_ROUTES: tuple[tuple[str, _Answer], ...] = (
    (r"/in/[^/]+", Site._profile),
    (r"/dms/image/", Site._picture),
    (r"/aero-v1/", Site._fixed_picture),
    (r"/company/", Site._organisation),
    (r"/authwall$", Site._wall),
)
