"""The head of a profile page: page key, addresses, titles and descriptions, linked data."""

from __future__ import annotations

from html import escape

from auditor.demo.addresses import ICON, ghost_address, portrait_address, profile_path
from auditor.demo.careers import Job
from auditor.demo.pages.linked_data import linked_data
from auditor.demo.pages.sheet import LOADER, STYLE, View, attribute
from auditor.demo.pages.words import prose

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
