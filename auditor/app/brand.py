"""The library of reference banners: add, list, check, judge and calibrate."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from auditor.app.registry import policy_of
from auditor.banner import (
    Bands,
    BannerLibrary,
    CalibrationTable,
    LibraryNote,
    Picture,
    PictureTrouble,
    bands_of,
    calibrate,
    check_library,
    decode,
    fingerprint,
    judge,
    prepare,
)
from auditor.config.editing import edit_policy
from auditor.config.load import FORMER_PLACE_OF_BANDS
from auditor.errors import UsageError
from auditor.files.tables import read_table
from auditor.files.writing import write_atomic
from auditor.findings.run_notices import banner_notices
from auditor.model.company import BannerRole, Company, ReferenceBanner
from auditor.model.message import say
from auditor.model.policy import Policy

SERVED_WIDTHS = (1400, 800)
ANSWERS = ("match", "differs", "review", "undetermined")
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class NewBanner:
    """A banner to add: the picture and its entry in the policy."""

    picture: Path
    entity: str
    name: str
    role: str = "current"
    valid_from: date | None = None
    valid_to: date | None = None
    grace_days: int | None = None
    #: names of the current banners that end on the day before the new one's first day
    replaces: tuple[str, ...] = ()
    #: the new one is valid beside the others that are valid on its first day
    beside: bool = False


def company_of(policy: Policy, entity: str) -> Company:
    """The entity's description. Raises UsageError for an unknown one."""
    company = policy.company_of(entity)
    if company is None:
        raise UsageError(
            say("There is no entity {entity}.", entity=repr(entity)),
            say("Known: {names}.", names=", ".join(policy.companies)),
            code="ENTITY_UNKNOWN",
        )
    return company


def add_banner(path: Path, new: NewBanner, today: date) -> tuple[list[Path], tuple[LibraryNote, ...]]:
    """Copy the picture into `brand/`, name it in the policy, draw it as it will be served.

    What it replaces gets its last day, and `grace_days` where they are given. `today` is the first day of a
    banner without one. Returns the files written and what should be known of the new banner among the
    others. Raises UsageError, also where another current banner holds on its first day and the call does
    not say what becomes of it; ConfigError.
    """
    policy = policy_of(path, unfinished=True)
    company = company_of(policy, new.entity)
    if new.name in {banner.name for banner in company.banners}:
        raise UsageError(
            say(
                "The entity {entity} already has a banner named {name}.",
                entity=repr(company.entity),
                name=repr(new.name),
            ),
            code="BANNER_NAME_TAKEN",
        )
    last_days = _last_days(company, new, today)
    body = _read(new.picture)
    picture = decode(body)
    if isinstance(picture, PictureTrouble):
        raise UsageError(
            say("{file}: {why}.", file=new.picture.name, why=picture.reason), code="PICTURE_UNREADABLE"
        )
    brand = path.parent / "brand"
    brand.mkdir(exist_ok=True)
    target = _free(brand / new.picture.name, body)
    created = not target.exists()
    if created:
        shutil.copyfile(new.picture, target)
    entry = {"name": new.name, "file": f"brand/{target.name}", "role": new.role}
    dates = {"valid_from": new.valid_from, "valid_to": new.valid_to, "grace_days": new.grace_days or None}
    entry.update({key: value for key, value in dates.items() if value is not None})  # type: ignore[misc]
    try:
        loads = partial(policy_of, unfinished=True)
        edit_policy(path, lambda tree: _append(tree, company.entity, entry, last_days, new), loads)
    except Exception:
        if created:
            target.unlink(missing_ok=True)
        raise
    after = company_of(policy_of(path, unfinished=True), company.entity)
    found = check_library(prepare(after.banners), bands_of(after.banner_bands), about=new.name)
    drawn = [*_draw_served(target, picture), *_draw_pairs(brand / "served", after, found)]
    return [target, *drawn], found


def _last_days(company: Company, new: NewBanner, today: date) -> dict[str, date]:
    """The last day of each banner that the new one replaces, by name."""
    known = {one.name: one for one in company.banners if one.role is BannerRole.CURRENT}
    if (new.replaces or new.beside) and new.role != BannerRole.CURRENT:
        raise UsageError(
            "--replaces and --beside are for a banner with the role current.", code="COMMAND_LINE"
        )
    if new.replaces and new.beside:
        raise UsageError("Give --replaces or --beside, not both.", code="COMMAND_LINE")
    first_day = new.valid_from or today
    last_days = {}
    for name in new.replaces:
        if name not in known:
            raise UsageError(
                say(
                    "The entity {entity} has no current banner named {name}.",
                    entity=repr(company.entity),
                    name=repr(name),
                ),
                say("Its current banners: {names}.", names=", ".join(known) or say("none")),
                code="BANNER_NOT_FOUND",
            )
        if new.valid_from is None:
            raise UsageError(
                "--replaces needs --valid-from, the first day of the new banner.", code="COMMAND_LINE"
            )
        old = known[name]
        if old.valid_from is not None and old.valid_from >= first_day:
            raise UsageError(
                f"{name!r} begins on {old.valid_from}, not before the new banner ({first_day}); it cannot be "
                "replaced by it.",
                code="BANNER_TOO_EARLY",
            )
        last_days[name] = min(old.valid_to or date.max, first_day - timedelta(days=1))
    left = [
        name
        for name, one in known.items()
        if name not in last_days and one.holds_on(first_day, grace=False) and new.role == BannerRole.CURRENT
    ]
    if left and not new.beside:
        replaced = " ".join(f"--replaces {shlex.quote(name)}" for name in left)
        raise UsageError(
            f"On {first_day}, the first day of {new.name!r}, {' and '.join(map(repr, left))} "
            f"{'is' if len(left) == 1 else 'are'} current too. Choose one:",
            f"{replaced} --valid-from DAY (ends it on the day before; --grace-days N accepts it "
            "N days longer), or --beside (keeps both valid).",
            code="BANNERS_OVERLAP",
        )
    return last_days


def listing(policy: Policy) -> Iterator[tuple[str, ...]]:
    """Entity, name, role, validity, size and fingerprint of every banner."""
    for company in policy.companies.values():
        for banner in company.banners:
            picture = decode(banner.body)
            size = f"{picture.width}x{picture.height}" if isinstance(picture, Picture) else "?"
            hashed = fingerprint(picture.image()) if isinstance(picture, Picture) else ""
            yield company.entity, banner.name, str(banner.role), _validity(banner), size, hashed


def notes(policy: Policy) -> Iterator[tuple[str, LibraryNote]]:
    """What should be known of each entity's library: collisions, plain banners, sizes."""
    for company in policy.companies.values():
        for note in check_library(prepare(company.banners), bands_of(company.banner_bands)):
            yield company.entity, note
        for notice in banner_notices([company]):
            yield company.entity, LibraryNote("BANNER_WITHOUT_END", (), notice.message)


def judge_files(
    policy: Policy, entity: str, files: Sequence[Path], today: date | None
) -> Iterator[dict[str, Any]]:
    """Every picture (folders are searched) against the entity's whole library; the same bytes once.

    Raises UsageError for a name that is not there; what a folder holds and cannot be read is told in its row.
    """
    company = company_of(policy, entity)
    library, bands = prepare(company.banners), bands_of(company.banner_bands)
    for path in files:
        if not path.exists():
            raise UsageError(f"{path} does not exist.", code="FILE_UNREADABLE")
    judged: dict[bytes, dict[str, Any]] = {}
    for path in _pictures(files):
        try:
            body = path.read_bytes()
        except OSError as trouble:
            yield {"candidate": str(path), **_undetermined(f"cannot be read: {trouble.strerror or trouble}")}
            continue
        digest = sha256(body).digest()
        if digest not in judged:
            judged[digest] = _judged(body, library, today, bands)
        yield {"candidate": str(path), **judged[digest]}


def _judged(body: bytes, library: BannerLibrary, today: date | None, bands: Bands) -> dict[str, Any]:
    picture = decode(body)
    if isinstance(picture, PictureTrouble):
        return _undetermined(picture.reason, picture.code)
    verdict = judge(picture, library, today, bands)
    return {
        "verdict": str(verdict.kind),
        "code": verdict.code,
        "name": verdict.name,
        "distance": round(verdict.distance, 3),
        "margin": round(verdict.margin, 3),
        "reasons": list(verdict.reasons),
    }


def _undetermined(reason: str, code: str = "PICTURE_UNREADABLE") -> dict[str, Any]:
    return {"verdict": "undetermined", "code": code, "name": "", "reasons": [reason]}


def labelled(source: Path) -> list[tuple[Path, str]]:
    """A table (tabs: file, expected) or a folder with sub-folders named match, differs, review.

    Raises UsageError for anything else.
    """
    if source.is_dir():
        found = [(path, answer) for answer in ANSWERS for path in _pictures([source / answer])]
    else:
        rows = read_table(source, ("file", "expected"))
        found = [(source.parent / row["file"].strip(), row["expected"].strip()) for row in rows]
    unknown = {answer or "(empty)" for _, answer in found if answer not in ANSWERS}
    if not found or unknown:
        words = f"unknown answers: {', '.join(sorted(unknown))}" if unknown else "no labelled picture found"
        raise UsageError(f"{source}: {words}.", f"Answers are {', '.join(ANSWERS)}.", code="LABEL_UNKNOWN")
    return found


def calibrated(path: Path, entity: str, today: date, *, write: bool) -> CalibrationTable:
    """Measure the bands on the entity's own library; with `write` put them into the policy's section
    `banner`, where they apply to all entities and every rule."""
    policy = policy_of(path, unfinished=True)
    try:
        table = calibrate(prepare(company_of(policy, entity).banners), today)
    except ValueError as trouble:
        raise UsageError(f"{trouble}.".capitalize(), code="CALIBRATION_IMPOSSIBLE") from None
    if write:
        edit_policy(
            path, lambda tree: _set_bands(tree, table.bands, today), partial(policy_of, unfinished=True)
        )
    return table


def _set_bands(tree: CommentedMap, bands: Bands, today: date) -> None:
    section = tree.get("banner")
    if section is None:
        section = tree["banner"] = CommentedMap()
    measured = {
        "match_below": bands.match_below,
        "differs_above": bands.differs_above,
        "calibrated_on": today,
    }
    section.update(measured)
    rules, rule_id = FORMER_PLACE_OF_BANDS
    former = (tree.get(rules) or {}).get(rule_id) or {}
    for name in measured:
        former.pop(name, None)


def _append(
    tree: CommentedMap, entity: str, entry: dict[str, Any], last_days: Mapping[str, date], new: NewBanner
) -> None:
    section = next(one for one in tree["entities"] if one["name"] == entity)
    banners = section.get("banners")
    if not banners:
        banners = section["banners"] = CommentedSeq()
    if banners.fa.flow_style():
        banners.fa.set_block_style()
    for old in banners:
        if old["name"] in last_days and old.get("role", "current") == "current":
            old["valid_to"] = last_days[old["name"]]
            if new.grace_days is not None:
                old["grace_days"] = new.grace_days
    line = CommentedMap(entry)
    line.fa.set_flow_style()
    banners.append(line)


def _draw_served(target: Path, picture: Picture) -> list[Path]:
    folder = target.parent / "served"
    folder.mkdir(exist_ok=True)
    drawn = []
    image = picture.image()
    for width in SERVED_WIDTHS:
        size = (width, max(1, round(image.height * width / image.width)))
        body = BytesIO()
        shrunk = image.resize(size, Image.Resampling.LANCZOS) if width < image.width else image
        shrunk.save(body, "JPEG", quality=90, progressive=True, subsampling="4:2:0")
        path = folder / f"{target.stem}-{width}.jpg"
        write_atomic(path, body.getvalue(), mode=None)
        drawn.append(path)
    return drawn


def _draw_pairs(folder: Path, company: Company, found: Sequence[LibraryNote]) -> Iterator[Path]:
    """The two similar pictures, one above the other, at the served size."""
    bodies = {banner.name: banner.body for banner in company.banners}
    for note in found:
        pair = [decode(bodies[name]) for name in note.names if name in bodies]
        if len(pair) != 2 or not all(isinstance(one, Picture) for one in pair):
            continue
        sheet = Image.new("RGB", (800, 410), "white")
        for row, one in enumerate(pair):
            if isinstance(one, Picture):
                sheet.paste(one.image().resize((800, 200), Image.Resampling.LANCZOS), (0, row * 210))
        stems = (re.sub(r"[^\w-]+", "-", name).strip("-") for name in note.names)
        path = folder / f"alike-{'-and-'.join(stems)}.png"
        sheet.save(path)
        yield path


def _pictures(files: Sequence[Path]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.suffix.casefold() in PICTURE_SUFFIXES)
        elif path.exists():
            yield path


def _free(target: Path, body: bytes) -> Path:
    number = 1
    candidate = target
    while candidate.exists() and candidate.read_bytes() != body:
        number += 1
        candidate = target.with_stem(f"{target.stem}-{number}")
    return candidate


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise UsageError(
            f"{path} cannot be read: {trouble.strerror or trouble}.", code="FILE_UNREADABLE"
        ) from None


def _validity(banner: ReferenceBanner) -> str:
    if banner.valid_from is None and banner.valid_to is None:
        return "always"
    grace = f" + {banner.grace_days} days" if banner.grace_days else ""
    return f"{banner.valid_from or ''}..{banner.valid_to or ''}{grace}"
