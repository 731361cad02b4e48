"""A person's profile as a record: the member's own data, a vendor's line, the answer to a form."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from auditor.demo.consent_site import Member, rows_of
from auditor.proof.banners import DEFAULT
from auditor.proof.careers import At, Job
from auditor.proof.people import Person

#: how twelve languages say that a job goes on
PRESENT = (
    "Present",
    "heden",
    "aujourd'hui",
    "Heute",
    "actualidad",
    "o momento",
    "Presente",
    "obecnie",
    "nuvarande",
    "halen",
    "現在",
    "по настоящее время",
)
_MONTHS = {1: "Jan", 5: "May", 9: "Sep"}
_DEFAULT = "https://static.licdn.com/aero-v1/sc/h/5q92mjc5c51bjlwaj3rs9aa82"
_BANNER = "https://media.licdn.com/dms/image/v2/D4D16AQx/profile-displaybackgroundimage-shrink_200_800/0/{at}"


def _written(moment: tuple[int, int] | None) -> str:
    return f"{_MONTHS[moment[1]]} {moment[0]}" if moment else ""


def _banner(person: Person) -> str:
    return _BANNER.format(at=person.carried.file.removesuffix(".jpg")) if person.carried else ""


def member_of(person: Person) -> Member:
    """The person as a member whose own data are handed over."""
    first, _, last = person.shown.partition(" ")
    positions = tuple(
        (job.employer, job.title, _written(job.started), _written(job.ended)) for job in person.jobs
    )
    return Member(person.number, first, last, person.headline, positions, _banner(person))


def _entry(name: str, made_on: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, made_on.timetuple()[:6])


def export_of(person: Person, made_on: datetime) -> bytes:
    """The archive that the member downloads."""
    member = member_of(person)
    tables = {"Profile.csv": "PROFILE", "Positions.csv": "POSITIONS", "Rich_Media.csv": "RICH_MEDIA"}
    if person.sight.condition == "without positions":
        del tables["Positions.csv"]
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, domain in tables.items():
            archive.writestr(_entry(name, made_on), _csv(rows_of(member, domain)))
        archive.writestr(_entry("Connections.csv", made_on), "Notes:\nFirst Name\nStranger\n")
    whole = body.getvalue()
    return whole[: len(whole) // 2] if person.sight.condition == "damaged archive" else whole


def _csv(rows: Sequence[Mapping[str, str]]) -> str:
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    return written.getvalue()


def snapshot_of(person: Person) -> bytes:
    """The answers of the portability interface, one after the other in a file."""
    member = member_of(person)
    pages = []
    for domain in ("PROFILE", "POSITIONS", "RICH_MEDIA"):
        rows = rows_of(member, domain)
        missing = domain == "POSITIONS" and person.sight.condition == "a page missing"
        pages.append(_page(domain, rows[:1] if missing else rows, more=missing))
    return json.dumps(pages, ensure_ascii=False).encode()


def _page(domain: str, rows: Sequence[Mapping[str, str]], *, more: bool) -> dict[str, Any]:
    links = [{"type": "application/json", "rel": "next", "href": "/rest/memberSnapshotData?start=1"}]
    return {
        "paging": {"start": 0, "count": 10, "links": links if more else [], "total": 2},
        "elements": [{"snapshotDomain": domain, "snapshotData": list(rows)}],
    }


def vendor_record(person: Person, seen_on: datetime) -> dict[str, Any]:
    """The line of a vendor's file, in the layout that the condition names."""
    home = f"https://www.linkedin.com/in/{person.slug}"
    condition = person.sight.condition
    if condition == "nothing found":
        return {
            "input": {"url": home},
            "input_url": home,
            "error": "Profile not found",
            "timestamp": seen_on.isoformat(),
        }
    if condition == "proxycurl":
        return _proxycurl(person, home, seen_on)
    if condition == "coresignal":
        return _coresignal(person, home, seen_on)
    record = _bright_data(person, home, seen_on)
    if condition == "marked as deleted":
        record["deleted"] = 1
    if condition == "date that reads two ways":
        record["timestamp"] = "03/04/2026"
    return record


def _present(person: Person) -> str:
    return PRESENT[int(person.key("present"), 16) % len(PRESENT)]


def _address(job: Job) -> str | None:
    return f"https://www.linkedin.com/company/{job.page}" if job.page else None


def _cover(person: Person) -> str:
    return _DEFAULT if person.banner is DEFAULT else _banner(person)


def _bright_data(person: Person, home: str, seen_on: datetime) -> dict[str, Any]:
    experience = [
        {
            "title": job.title,
            "company": job.employer,
            "url": _address(job),
            "start_date": _written(job.started),
            "end_date": _written(job.ended) or _present(person),
        }
        for job in person.jobs
    ]
    return {
        "id": person.slug,
        "linkedin_id": person.slug,
        "url": home,
        "input_url": home,
        "name": person.shown,
        "position": person.headline,
        "experience": experience,
        "banner_image": _cover(person),
        "timestamp": seen_on.isoformat(),
    }


def _day(moment: tuple[int, int] | None) -> dict[str, int] | None:
    return {"day": 1, "month": moment[1], "year": moment[0]} if moment else None


def _proxycurl(person: Person, home: str, seen_on: datetime) -> dict[str, Any]:
    experiences = [
        {
            "title": job.title,
            "company": job.employer,
            "company_linkedin_profile_url": _address(job),
            "starts_at": _day(job.started),
            "ends_at": _day(job.ended),
        }
        for job in person.jobs
    ]
    return {
        "public_identifier": person.slug,
        "linkedin_profile_url": home,
        "full_name": person.shown,
        "headline": person.headline,
        "background_cover_image_url": _cover(person),
        "last_updated": int(seen_on.timestamp()),
        "experiences": experiences,
    }


def _coresignal(person: Person, home: str, seen_on: datetime) -> dict[str, Any]:
    jobs = [
        {
            "title": job.title,
            "company_name": job.employer,
            "company_url": _address(job),
            "date_from": _written(job.started),
            "date_to": _written(job.ended) or None,
            "deleted": 0,
        }
        for job in person.jobs
    ]
    # of a role that was taken off the profile, the vendor keeps a copy that is marked
    ours = {
        "company_name": person.firm.name,
        "company_url": f"https://www.linkedin.com/company/{person.firm.slug}",
    }
    gone = {"title": person.title, **ours, "date_from": "2012", "date_to": None, "deleted": 1}
    return {
        "id": 7,
        "name": person.shown,
        "headline": person.headline,
        "url": home,
        "background_picture_url": _cover(person),
        "last_updated": f"{seen_on:%Y-%m-%d %H:%M:%S}",
        "deleted": 0,
        "member_experience_collection": [*jobs, gone],
    }


STATEMENT = ("Employee ID", "Headline", "Company page", "Banner", "Date")


def statement_of(person: Person, answered_on: datetime) -> tuple[str, ...]:
    """The row of somebody who answered the form."""
    first = person.career.shown_first
    job = person.jobs[person.career.parts.index(first)] if first else None
    link = (
        f"https://www.linkedin.com/company/{job.page}/" if job and job.page and job.part.at is At.OURS else ""
    )
    picture = person.carried.file if person.carried else ""
    whole = person.sight.condition != "headline only"
    return (
        person.number,
        person.headline,
        link if whole else "",
        picture if whole else "",
        f"{answered_on:%Y-%m-%d}",
    )


def table_text(heading: Iterable[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table with semicolons, as offices save it."""
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=";")
    table.writerow(heading)
    table.writerows(rows)
    return written.getvalue().encode("utf-8-sig")
