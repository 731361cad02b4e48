"""The entities of the policy file as companies: pages, sister pages, and banners read from disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from auditor.config.headlines import several_names
from auditor.config.mistakes import MistakeList
from auditor.config.schema import EntitySection
from auditor.files.reading import leads_out, read_file, why_unread
from auditor.model.address import page_link, visible
from auditor.model.company import (
    BannerRole,
    Company,
    CompanyName,
    HeadlineTemplate,
    LetterFacts,
    ReferenceBanner,
)
from auditor.model.profile import PageLink, PageLinkKind

#: a brand picture above this is refused unread
LARGEST_BANNER_FILE = 20_000_000
_WITHOUT_SCHEME = re.compile(r"([a-z]{2,3}\.)?linkedin\.com/", re.IGNORECASE)
_SEVERAL = (
    "'{0}' seems to be several names; write each on a line of its own, after a dash. If it is one name, "
    'write {{text: "{0}", needs_connector: false}}'
)
Entities = Sequence[tuple[int, EntitySection]]


def companies(
    entities: Entities, folder: Path, sources: Sequence[str], mistakes: MistakeList
) -> dict[str, Company]:
    """The companies by entity name; `entities` come with their place in the file.

    Mistakes are noted, not raised.
    """
    pages = {i: _pages(entity.pages, ("entities", i, "pages"), mistakes) for i, entity in entities}
    banners = {i: _own_banners(entity, i, folder, mistakes) for i, entity in entities}
    built: dict[str, Company] = {}
    for index, entity in entities:
        if entity.name in built:
            mistakes.add(("entities", index, "name"), f"the entity {entity.name!r} is described twice")
        for place, written in enumerate(entity.names):
            if written.needs_connector is None and several_names(written.text, entity.name):
                mistakes.add(("entities", index, "names", place), _SEVERAL.format(written.text))
        for rung, name in enumerate(entity.ladder):
            if name not in sources:
                mistakes.add(("entities", index, "ladder", rung), f"there is no source {name!r}")
        others = [(i, other) for i, other in entities if i != index]
        built[entity.name] = Company(
            entity=entity.name,
            names=_names(entity),
            pages=pages[index],
            page_address=_with_scheme(entity.pages[0]),
            sister_pages=tuple(page for i, _ in others for page in pages[i] if page not in pages[index]),
            sister_names=tuple(name for _, other in others for name in _names(other)),
            namesake_pages=_pages(entity.namesake_pages, ("entities", index, "namesake_pages"), mistakes),
            banners=(*banners[index], *_sister_banners(banners, index, others)),
            templates=tuple(HeadlineTemplate(t.text, t.language, t.tier) for t in entity.headline),
            language=entity.language,
            country=entity.country,
            ladder=tuple(entity.ladder),
            letters=LetterFacts(**entity.letters.model_dump()),
        )
    return built


def _names(entity: EntitySection) -> tuple[CompanyName, ...]:
    return tuple(CompanyName(name.text, name.needs_connector) for name in entity.names)


def _pages(typed: Sequence[str], keys: tuple[str | int, ...], mistakes: MistakeList) -> tuple[PageLink, ...]:
    pages = []
    for index, text in enumerate(typed):
        page = read_page(text)
        if page is None:
            words = f"{text!r} is no page address such as https://www.linkedin.com/company/acme"
            words += "; there is a space in it" if re.search(r"\s", text.strip()) else ""
            mistakes.add((*keys, index), words)
        else:
            pages.append(page)
    return tuple(pages)


def read_page(text: str) -> PageLink | None:
    """A page as people write it into the policy: an address, `company/acme`, or a numeric id."""
    text = _with_scheme(text)
    if re.search(r"\s", text):
        return None
    if re.fullmatch(r"\d{3,}", text):
        return PageLink(PageLinkKind.COMPANY, text)
    if "://" in text:
        try:
            return page_link(text, urlsplit(text).netloc)
        except ValueError:
            return None
    short = text.strip("/")
    if not short or re.search("[:@]", short):
        return None
    return page_link(f"/{short}" if "/" in short else f"/company/{short}")


def _with_scheme(text: str) -> str:
    """The page with https:// where an address of LinkedIn was typed without it."""
    text = visible(text)
    return f"https://{text}" if _WITHOUT_SCHEME.match(text) else text


def _sister_banners(
    banners: Mapping[int, Sequence[ReferenceBanner]], index: int, others: Entities
) -> Iterator[ReferenceBanner]:
    """The current banners of the other entities that are no banners of this one too."""
    bodies = {banner.body for banner in banners[index]}
    for i, other in others:
        for banner in banners[i]:
            if banner.role is BannerRole.CURRENT and banner.body not in bodies:
                yield ReferenceBanner(f"{other.name}: {banner.name}", BannerRole.SISTER, banner.body)


def _own_banners(
    entity: EntitySection, index: int, folder: Path, mistakes: MistakeList
) -> list[ReferenceBanner]:
    banners = []
    seen: dict[bytes, str] = {}
    for position, banner in enumerate(entity.banners):
        body, trouble = _read_banner(folder / banner.file, folder)
        if body in seen and not trouble:
            trouble = f"is the same picture as {seen[body]!r}"
        if trouble:
            mistakes.add(("entities", index, "banners", position, "file"), f"{banner.file}: {trouble}")
            continue
        seen[body] = banner.name
        facts = banner.model_dump(exclude={"file"})
        banners.append(ReferenceBanner(body=body, **facts))
    return banners


def _read_banner(path: Path, folder: Path) -> tuple[bytes, str]:
    from auditor.banner.picture import PictureTrouble, decode  # here: its libraries take a second

    try:
        if leads_out(path, folder):
            return b"", "is a link to a place outside the folder of the policy"
        body = read_file(path, LARGEST_BANNER_FILE)
    except (OSError, RuntimeError, ValueError) as trouble:  # links in a circle, names too long
        return b"", why_unread(trouble, LARGEST_BANNER_FILE)
    picture = decode(body)
    return (b"", picture.reason) if isinstance(picture, PictureTrouble) else (body, "")
