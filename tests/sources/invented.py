"""Invented people of an invented firm, and the files they hand over."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from PIL import Image

from auditor.model.employee import Employee, RosterState
from auditor.model.health import HealthLimits
from auditor.model.policy import Policy, RosterPolicy
from auditor.ports import SourceContext

BANNER = "https://media.licdn.com/dms/image/v2/D4D16AQinvented/profile-displaybackgroundimage-shrink_200_800/0/{ms}"
DEFAULT_BANNER = "https://static.licdn.com/aero-v1/sc/h/5q92mjc5c51bjlwaj3rs9aa82"


def person(employee_id: str, slug: str | None) -> Employee:
    url = f"https://www.linkedin.com/in/{slug}/" if slug else None
    return Employee(employee_id, f"Person {employee_id}", RosterState.ACTIVE, url)


ODA = person("E-101", "oda-vintermark")
BAS = person("E-102", "bas-quillepot")
CLEO = person("E-103", "cleo-zandbrugge")
NOBODY = person("E-999", "nobody-at-all")
ADDRESSLESS = person("E-998", None)
EVERYBODY = (ODA, BAS, CLEO, NOBODY, ADDRESSLESS)


def context(
    folder: Path | None, employees: Sequence[Employee] = EVERYBODY, home: Path | None = None
) -> SourceContext:
    policy = Policy(
        companies={}, default_entity="", rules=(), roster=RosterPolicy(), ladder=(), source_settings={},
        evidence_days={}, health=HealthLimits(), privacy={}, allowed_hosts=frozenset(), permission=None,
        store_address="", language="en", thumbnails="none", keep_captures_days=0,
        path=(home or folder or Path()) / "policy.yaml", sha256="",
    )  # fmt: skip
    return SourceContext(policy, employees, folder, lambda: False, date(2026, 3, 2))


def page(slug: str, banner: str = "", origin: str = "") -> str:
    comment = f"<!-- saved from url=({len(origin):04d}){origin} -->\n" if origin else ""
    canonical = f'<link rel="canonical" href="https://nl.linkedin.com/in/{slug}">' if slug else ""
    cover = (
        '<figure class="cover-img"><div class="cover-img__image-frame relative">'
        f'<img class="cover-img__image relative" src="{banner}" data-embed-id="cover-image" alt="a > b">'
        "</div></figure>"
        if banner
        else ""
    )
    portrait = '<img class="top-card__profile-image" src="./portrait_files/1700000000001">'
    return (
        f'<!DOCTYPE html>\n{comment}<html lang="en"><head><meta charset="utf-8">{canonical}</head>'
        f"<body>{cover}{portrait}<h1>Someone invented</h1></body></html>"
    )


def picture(width: int = 40, height: int = 10, colour: str = "teal", form: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, form)
    return written.getvalue()


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return written.getvalue()


PROFILE_HEADING = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers"
)
POSITIONS_HEADING = "Company Name,Title,Description,Location,Started On,Finished On"


def profile_csv(headline: str = "Grid planner at Vintergloed") -> str:
    row = f'Oda,Vintermark,,Kelpstraat 9,"Jan 31, 1999","{headline}","Secret summary",Energy,9999 ZZ,Here,,,'
    return f"{PROFILE_HEADING}\n{row}\n"


def positions_csv(*rows: str) -> str:
    return "\n".join((POSITIONS_HEADING, *rows)) + "\n"


CURRENT = 'Vintergloed,Grid planner,"First line\nsecond, line",Ghent,Jan 2020,'
PAST = "Lunabrava,Trainee,,Ghent,2017,Dec 2019"


def rich_media_csv(*milliseconds: int) -> str:
    said = '"You uploaded a profile background photo on August 4, 2024 at 4:38 PM (GMT)"'
    rows = (f"{said}, -,{BANNER.format(ms=ms)}?e=2147483647&v=beta&t=x" for ms in milliseconds)
    portrait = "https://media.licdn.com/dms/image/C4/profile-displayphoto-shrink_800/0/1"
    first = f'"You uploaded a profile photo on May 1, 2020", -,{portrait}'
    return "\n".join(("Date/Time,Media Description,Media Link", first, *rows)) + "\n"


POINTERS = "Type,Link\nPhotos,https://www.linkedin.com/psettings/photos\nVideos,https://www.linkedin.com/psettings/videos\n"


def export_files(**changes: str) -> dict[str, str]:
    files = {
        "Profile.csv": profile_csv(),
        "Positions.csv": positions_csv(CURRENT, PAST),
        "Rich_Media.csv": rich_media_csv(1_600_000_000_000, 1_700_000_000_000),
        "messages.csv": "CONTENT\nprivate words\n",
        "Connections.csv": "Notes:\nFirst Name\nStranger\n",
    }
    return {**files, **changes}


def snapshot(
    domain: str, rows: list[dict[str, str]], start: int = 0, *, more: bool = False
) -> dict[str, object]:
    links = [
        {"type": "application/json", "rel": "next", "href": f"/rest/memberSnapshotData?start={start + 1}"}
    ]
    return {
        "paging": {"start": start, "count": 10, "links": links if more else [], "total": 2},
        "elements": [{"snapshotDomain": domain, "snapshotData": rows}],
    }


NO_DATA = {"status": 404, "message": "No data found for this domain and memberId"}
PERSON_ROW = {
    "First Name": "Oda",
    "Last Name": "Vintermark",
    "Headline": "Grid planner",
    "Birth Date": "Jan 31",
}
CURRENT_ROW = {
    "Company Name": "Vintergloed",
    "Title": "Grid planner",
    "Started On": "Jan 2020",
    "Finished On": "",
}
PAST_ROW = {"Company Name": "Lunabrava", "Title": "Trainee", "Started On": "2017", "Finished On": "Dec 2019"}


def vendor_record(slug: str, **changes: object) -> dict[str, object]:
    record: dict[str, object] = {
        "id": slug,
        "linkedin_id": slug,
        "url": f"https://be.linkedin.com/in/{slug}",
        "input_url": f"https://www.linkedin.com/in/{slug}/",
        "name": "Oda Vintermark",
        "position": "Grid planner at Vintergloed",
        "current_company": {
            "name": "Vintergloed",
            "link": "https://be.linkedin.com/company/vintergloed?trk=x",
        },
        "experience": [
            {
                "title": "Vintergloed",
                "company": "Vintergloed",
                "url": "https://be.linkedin.com/company/vintergloed?trk=public_profile_experience-group-header",
                "positions": [
                    {"title": "Grid planner", "start_date": "Jan 2020", "end_date": "Present"},
                    {"title": "Analyst", "start_date": "2018", "end_date": "Dec 2019"},
                ],
            },
            {"title": "Trainee", "company": "Lunabrava", "url": None, "start_date": None, "end_date": None},
        ],
        "banner_image": DEFAULT_BANNER,
        "avatar": "https://media.licdn.com/dms/image/portrait",
        "people_also_viewed": [{"name": "Stranger"}],
        "timestamp": "2026-02-03T04:05:06.000Z",
    }
    return {**record, **changes}


def written(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path
