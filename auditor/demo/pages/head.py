"""The head of a profile page: page key, addresses, titles and descriptions, and its linked data (JSON-LD)."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from typing import Any

from auditor.demo.addresses import ICON, ghost_address, portrait_address, profile_path
from auditor.demo.careers import Job, Role
from auditor.demo.pages.sheet import LOADER, STYLE, View, attribute
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


SITE = "Replica"
NEW_VERSION, OLD_VERSION = "2.0.4565", "2.0.2249"


def page_title(view: View) -> str:
    """The title: a headline on a new full page, title and employer on an old one, else an employer."""
    person, latest = view.person, view.person.jobs[0]
    if view.masked or person.headline is None:
        rest = latest.employer.name
    elif person.new_layout:
        rest = person.headline
    else:
        rest = f"{latest.roles[0].title} - {latest.employer.name}"
    return f"{view.shown_name} - {rest} | {SITE}"


def config(view: View) -> str:
    """The site's own settings, as the page carries them. A member id of 0 is a visitor's."""
    version = NEW_VERSION if view.person.new_layout or view.masked else OLD_VERSION
    tree = view.person.key("tree")
    return (
        f'<meta id="config" data-app-version="{version}" data-call-tree-id="AAZ{tree[:19]}=="'
        ' data-multiproduct-name="public-profile-frontend"'
        ' data-service-name="public-profile-frontend"'
        f' data-browser-id="{tree[:8]}-{tree[8:12]}-{tree[12:16]}-{tree[16:20]}-{tree[20:32]}"'
        " data-enable-page-view-heartbeat-tracking"
        f' data-page-instance="urn:li:page:public_profile_v3;{tree[32:54]}=="'
        ' data-disable-jsbeacon-pagekey-suffix="false" data-member-id="0" data-logout-url="/uas/logout"'
        ' data-should-use-full-url-in-pve-path="true">'
    )


def head(view: View) -> str:
    """The whole head element."""
    person = view.person
    address = attribute(view.origin + profile_path(person))
    title, about = escape(page_title(view)), attribute(_description(view, person.jobs[0]))
    og = "property" if person.new_layout or view.masked else "name"
    portrait = attribute(view.origin + portrait_address(person))
    data = "" if person.new_layout and not view.masked else linked_data(view)
    return f"""
      <head>
        <meta name="pageKey" content="public_profile_v3_desktop">
    <meta name="robots" content="max-image-preview:large, noarchive">
    <meta name="bingbot" content="max-image-preview:large, archive">
<!---->          <meta name="linkedin:pageTag" content="openToProvider">
        <meta name="locale" content="{view.words.locale}">
<!---->        {config(view)}
        <link rel="canonical" href="{address}">
<!----><!---->
          <meta property="al:android:url" content="{address}">
          <meta property="al:ios:url" content="{address}">
          <link rel="icon" href="{view.origin}{ghost_address(ICON)}">
        <title>{title}</title>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <meta name="litmsProfileName" content="public-profile-frontend">
      <meta name="description" content="{about}">
      <meta name="twitter:description" content="{about}">
    <meta {og}="og:description" content="{about}">
    <meta {og}="og:title" content="{title}">
    <meta {og}="og:image" content="{portrait}">
    <meta {og}="og:type" content="profile">
      <meta {og}="profile:first_name" content="{attribute(view.first)}">
      <meta {og}="profile:last_name" content="{attribute(view.shown_name.removeprefix(view.first).strip())}">
      <meta {og}="og:url" content="{address}">
    <meta name="twitter:card" content="summary">
    <meta name="twitter:title" content="{title}">
<!---->{data}{STYLE}{LOADER}
      </head>
"""


def _description(view: View, latest: Job) -> str:
    words = view.words
    parts = (
        prose(view.draw("about"), 2),
        f"{words.experience}: {latest.employer.name}",
        f"{words.location}: {view.person.town}",
        f"500+ {words.connections}",
    )
    return " · ".join(parts) + f". {words.tail.format(name=view.shown_name)}"
