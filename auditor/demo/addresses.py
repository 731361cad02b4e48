"""Addresses on the replica site: pictures carry the path forms of the real ones, profiles their slug."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from auditor.demo.cases import Banner
from auditor.demo.people import Person

#: the picture that stands where nobody chose a banner, and the grey ones for missing pictures
DEFAULT_BANNER = "5q92mjc5c51bjlwaj3rs9aa82"
PERSON_GHOST = "9c8pery4andzj6ohjkjp54ma2"
COMPANY_GHOST = "cs8pjfgyw96g44ln9r7tct85f"
SCHOOL_GHOST = "6qpnald1ddva78jx4bnnl3vw"
ICON = "al2o9zrvru7aqj8e1x2rzsrca"

_EARLIEST_UPLOAD = 1_690_000_000_000
_UPLOAD_SPAN = 70_000_000_000


def ghost_address(name: str) -> str:
    """Path of one of the site's own fixed pictures."""
    return f"/aero-v1/sc/h/{name}"


def profile_path(person: Person) -> str:
    """Path of a profile, percent-encoded."""
    return f"/in/{quote(person.slug)}"


def banner_address(person: Person) -> str:
    """Path and query of the banner on a person's page."""
    if person.case.banner is Banner.DEFAULT:
        return ghost_address(DEFAULT_BANNER)
    recipe = "profile-displaybackgroundimage-shrink_200_800"
    return _picture(person, "banner", f"D4D16AQ{person.key('asset')[:15]}", recipe)


def portrait_address(person: Person) -> str:
    """Path and query of the portrait."""
    recipe = "profile-displayphoto-shrink_200_200"
    return _picture(person, "portrait", f"D4D03AQ{person.key('portrait')[:15]}", recipe)


def logo_address(name: str) -> str:
    """Path and query of an organisation's small picture, told by its name."""
    asset = "D4D0BAQ" + "".join(f"{ord(sign):x}" for sign in name)[:15]
    recipe = "company-logo_100_100"
    return f"/dms/image/v2/{asset}/{recipe}/{recipe}/0/1705429386049?e=2147483647&v=beta&t=logo"


@dataclass(frozen=True, slots=True)
class PictureName:
    """What a picture's path says: its asset and its recipe."""

    asset: str
    recipe: str


def picture_name(path: str) -> PictureName | None:
    """Read a picture's path (without query), None where it is no picture's."""
    parts = path.strip("/").split("/")
    if parts[:2] != ["dms", "image"] or len(parts) < 5:
        return None
    rest = parts[3:] if parts[2] == "v2" else parts[2:]
    return PictureName(rest[0], rest[1])


def _picture(person: Person, purpose: str, asset: str, recipe: str) -> str:
    digits = person.key(purpose)
    uploaded = _EARLIEST_UPLOAD + int(digits[:12], 16) % _UPLOAD_SPAN
    if person.new_layout:
        middle = recipe if person.index % 4 else f"B4DZ{digits[12:22]}"
        path = f"v2/{asset}/{recipe}/{middle}"
    else:
        path = f"{asset}/{recipe}"
    return f"/dms/image/{path}/0/{uploaded}?e=2147483647&v=beta&t={digits[20:63]}"
