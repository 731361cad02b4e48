"""The linked data (JSON-LD) of a page: jobs split into present and past, or masked and mixed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from auditor.demo.addresses import portrait_address, profile_path
from auditor.demo.careers import Job, Role
from auditor.demo.pages.sheet import View
from auditor.demo.pages.words import masked, prose

Node = dict[str, Any]


def linked_data(view: View) -> str:
    """The script element. The person is not the first node."""
    graph = [_post(view), _person(view), _page(view)]
    text = json.dumps({"@context": "http://schema.org", "@graph": graph}, ensure_ascii=False)
    text = text.replace("<", "\\u003C").replace(">", "\\u003E")
    return f'\n    <script type="application/ld+json">\n      {text}\n    </script>\n'


def _person(view: View) -> Node:
    person = view.person
    address = view.origin + profile_path(person)
    return {
        "@type": "Person",
        "address": {
            "@type": "PostalAddress",
            "addressCountry": person.firm.country,
            "addressLocality": person.town,
        },
        **(_masked_work(view) if view.masked else _open_work(view)),
        "awards": [],
        "disambiguatingDescription": "",
        "image": {"@type": "ImageObject", "contentUrl": view.origin + portrait_address(person)},
        "memberOf": [],
        "name": view.shown_name,
        "sameAs": address,
        "url": address,
        "description": prose(view.draw("about"), 2),
    }


def _open_work(view: View) -> Node:
    current = [(job, role) for job in view.person.jobs for role in job.roles if role.ended is None]
    past = [job for job in view.person.jobs if not job.is_current]
    return {
        "jobTitle": [role.title for _, role in current],
        "worksFor": [_organization(view, job, role) for job, role in current],
        "alumniOf": [_organization(view, job, job.roles[0]) for job in past],
    }


def _masked_work(view: View) -> Node:
    roles = [(job, role) for job in view.person.jobs for role in job.roles]
    first = {"@type": "Organization", "name": view.person.jobs[0].employer.name}
    if view.person.jobs[0].employer.path:
        first["url"] = view.origin + view.person.jobs[0].employer.path
    others: list[Node] = [
        {"@type": "Organization", "name": masked(job.employer.name), "member": {"@type": "OrganizationRole"}}
        for job, _ in roles[1:]
    ]
    return {
        "jobTitle": [masked(role.title) for _, role in roles],
        "worksFor": [{**first, "member": {"@type": "OrganizationRole"}}, *others],
        "alumniOf": [],
    }


def _organization(view: View, job: Job, role: Role) -> Node:
    node: Node = {"@type": "Organization", "name": job.employer.name}
    if job.employer.path:
        node["url"] = view.origin + job.employer.path
    member = {"@type": "OrganizationRole", "startDate": _month(role.started)}
    if role.ended:
        member["endDate"] = _month(role.ended)
    return {**node, "member": member}


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _post(view: View) -> Node:
    author = {
        "@type": "Person",
        "name": view.shown_name,
        "url": view.origin + profile_path(view.person),
    }
    return {
        "@type": "Article",
        "author": author,
        "datePublished": "2026-03-11T08:00:00.000+00:00",
        "headline": prose(view.draw("article"), 1),
        "url": f"{view.origin}/pulse/{view.person.key('article')[:16]}",
    }


def _page(view: View) -> Node:
    return {
        "@type": "WebPage",
        "reviewedBy": {"@type": "Person", "name": view.shown_name},
        "url": view.origin + profile_path(view.person),
    }
