"""The project's own banner benchmark: seeded, drawn, with the plain pHash beside it in the same run.

    python -m scripts.benchmarks.banner                 the long form (some minutes)
    python -m scripts.benchmarks.banner --banners 4     a short look
    python -m scripts.benchmarks.banner --pictures DIR  writes the pictures of docs/banner.md

Rates stand with their 95 % Wilson bounds. `verdict(reference_path, candidate_path)` is the plain wrapper
by which other benchmarks can score the judge.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import imagehash
import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.banner import BannerLibrary, BannerVerdict, Picture, decode, judge, prepare
from auditor.banner.alterations import JOURNEYS, NEAR_MISSES, png, served, visible_change
from auditor.model.company import BannerRole, ReferenceBanner
from auditor.proof.drawn_banners import edits, invent, plain_pictures, render
from auditor.proof.editor import CHANGES, FILTERS

try:
    import pdqhash  # not a requirement: the second plain hash, where somebody installed it
except ImportError:
    pdqhash = None

DEVELOPMENT_SEED, HELD_OUT_SEED = 1, 77
_PHASH_LIMIT, _PDQ_LIMIT = 10, 31
_RIGHT_PLACE = 0.5
#: verdicts that are mostly said without registering one picture onto the other
_CLEAR = frozenset({"BANNER_PLAIN", "BANNER_UNKNOWN"})


@dataclass(frozen=True, slots=True)
class Trial:
    """A candidate with its truth.

    `edited`: genuine, and changed in a picture editor: it may be named `BANNER_REVIEW_EDITED` as well.
    `before` and `after`: a near miss and what it was made of, whose difference should be named.
    """

    family: str
    genuine: bool
    body: bytes
    edited: bool = False
    before: Image.Image | None = None
    after: Image.Image | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judge and the plain hashes said, and the CPU it took in ms.

    `region`: the share of the named region that lies where something was changed; None where no region is
    due. `hash_cpu`: the CPU of decoding and the plain pHash.
    """

    family: str
    genuine: bool
    kind: str
    code: str
    distance: float
    phash_match: bool
    cpu: float
    edited: bool = False
    brand: str = ""
    region: float | None = None
    hash_cpu: float = 0.0
    pdq_match: bool | None = None

    @property
    def wrong(self) -> bool:
        """Whether the verdict is an error, not merely doubt."""
        return self.kind == ("differs" if self.genuine else "match")

    @property
    def recognised(self) -> bool:
        """Whether a genuine one was called ours: a match, or edited and named as that."""
        return self.kind == "match" or (self.edited and self.code == "BANNER_REVIEW_EDITED")


@lru_cache(maxsize=4)
def _library(body: bytes) -> BannerLibrary:
    return prepare([ReferenceBanner("standard", BannerRole.CURRENT, body)])


def verdict(reference_path: str, candidate_path: str) -> str:
    """`match`, `differs` or `review` for two picture files."""
    library = _library(Path(reference_path).read_bytes())
    picture = decode(Path(candidate_path).read_bytes())
    if not isinstance(picture, Picture):
        return "review"
    kind = judge(picture, library).kind.value
    return "review" if kind == "undetermined" else kind


def trials(seed: int, index: int, per_family: int = 1) -> Iterator[Trial]:
    """All candidates for banner `index` of `seed`."""
    spec = invent(seed, index)
    image = render(spec)
    names = list(JOURNEYS)
    for turn in range(per_family):
        for number, (family, journey) in enumerate(JOURNEYS.items()):
            yield Trial(family, True, journey(np.random.default_rng([seed, index, number, turn]), image))
        rng = np.random.default_rng([seed, index, turn, 700])
        for family, change in (CHANGES | FILTERS).items():
            yield Trial(family, True, served(rng, change(rng, image)), edited=True)
    others = [(family, render(changed)) for family, changed in edits(spec)]
    rng = np.random.default_rng([seed, index, 500])
    others += [(family, change(rng, image)) for family, change in NEAR_MISSES.items()]
    for family, changed in others:
        if visible_change(image, changed):
            yield Trial(family, False, served(rng, changed), before=image, after=changed)
            yield from _rougher(rng, family, image, changed, str(rng.choice(names)))
    for family, picture in plain_pictures(spec):
        yield Trial(family, False, served(rng, picture))
    for step in (1, 3):
        yield Trial("unrelated", False, served(rng, render(invent(seed + 1000, index + step))))


def _rougher(
    rng: np.random.Generator, family: str, image: Image.Image, changed: Image.Image, name: str
) -> Iterator[Trial]:
    """The same near miss on a rougher way, where it still shows after it."""
    seed = int(rng.integers(1 << 30))
    bodies = [JOURNEYS[name](np.random.default_rng(seed), picture) for picture in (image, changed)]
    before, after = (Image.open(io.BytesIO(body)).convert("RGB") for body in bodies)
    if visible_change(before, after):
        yield Trial(family, False, bodies[1])


def run(seed: int, banners: Sequence[int], per_family: int = 1) -> list[Judged]:
    """Judge all trials of some banners of a seed."""
    found = []
    for index in banners:
        spec = invent(seed, index)
        found += judge_trials(render(spec), trials(seed, index, per_family), spec.system)
    return found


def judge_trials(image: Image.Image, candidates: Iterable[Trial], brand: str) -> list[Judged]:
    """Judge `candidates` against the banner `image`, with the plain hashes beside."""
    library, own_hash, own_pdq = _library(png(image)), imagehash.phash(image), _pdq(image)
    found = []
    for trial in candidates:
        started = time.process_time()
        picture = decode(trial.body)
        assert isinstance(picture, Picture)
        said = judge(picture, library)
        judged_at = time.process_time()
        plain = Image.open(io.BytesIO(trial.body)).convert("RGB")
        near = imagehash.phash(plain) - own_hash <= _PHASH_LIMIT
        hashed_at = time.process_time()
        pdq = _pdq(plain)
        found.append(
            Judged(
                trial.family,
                trial.genuine,
                said.kind.value,
                said.code,
                said.distance,
                bool(near),
                1000 * (judged_at - started),
                trial.edited,
                brand,
                _region_share(trial, said, picture.width),
                1000 * (hashed_at - judged_at),
                None if pdq is None or own_pdq is None else int((pdq != own_pdq).sum()) <= _PDQ_LIMIT,
            )
        )
    return found


def _pdq(image: Image.Image) -> npt.NDArray[np.generic] | None:
    """The PDQ hash's 256 bits; None where the package is not installed."""
    return None if pdqhash is None else np.asarray(pdqhash.compute(np.asarray(image))[0])


def _region_share(trial: Trial, said: BannerVerdict, width: int) -> float | None:
    """The share of the named region, in its box, that lies in the box of what was changed."""
    if trial.before is None or trial.after is None or said.code != "BANNER_ALTERED":
        return None
    if said.region is None:
        return 0.0
    away = np.abs(np.asarray(trial.before, dtype=np.int16) - np.asarray(trial.after, dtype=np.int16)).max(
        axis=2
    )
    rows, columns = np.nonzero(away > 24)
    slack, scale = 12, trial.before.width / width
    true = (columns.min() - slack, rows.min() - slack, columns.max() + slack, rows.max() + slack)
    box = [value * scale for value in said.region]
    wide = min(true[2], box[2]) - max(true[0], box[0])
    high = min(true[3], box[3]) - max(true[1], box[1])
    return max(0.0, wide) * max(0.0, high) / max((box[2] - box[0]) * (box[3] - box[1]), 1.0)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """95 % bounds of a rate."""
    if count == 0:
        return 0.0, 1.0
    z, rate = 1.96, hits / count
    middle = (rate + z * z / (2 * count)) / (1 + z * z / count)
    half = z * (rate * (1 - rate) / count + z * z / (4 * count * count)) ** 0.5 / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def report(judged: Sequence[Judged]) -> list[str]:
    """The table: per family the rate of wrong verdicts with bounds, of reviews, and what pHash does."""
    lines = []
    for genuine, title, wrong in ((True, "genuine", "differs"), (False, "must not pass", "match")):
        part = [one for one in judged if one.genuine is genuine]
        head = f"{title:38s} {'n':>5s} {'match':>7s} {'review':>7s} {'differs':>7s}  "
        lines.append(head + "wrong (95 % bounds)      pHash wrong")
        for family in [*dict.fromkeys(one.family for one in part), ""]:
            rows = [one for one in part if family in ("", one.family)]
            lines.append(_line(family or f"all {title}", rows, wrong, genuine))
    lines += _summary(judged)
    clear, registered = (
        np.array([one.cpu for one in judged if (one.code in _CLEAR) is is_clear] or [0.0])
        for is_clear in (True, False)
    )
    lines.append(
        f"CPU ms a verdict (decoding included): clear cases median {np.median(clear):.0f}; where "
        f"registration is needed median {np.median(registered):.0f}, 95 % {np.percentile(registered, 95):.0f}"
        f"; decoding and plain pHash {np.median([one.hash_cpu for one in judged]):.0f}"
    )
    return lines


def _summary(judged: Sequence[Judged]) -> Iterator[str]:
    """Lines by brand, on the editor's changes, on the regions and on PDQ."""
    for brand in sorted({one.brand for one in judged}):
        rows = [one for one in judged if one.brand == brand]
        for genuine, wrong in ((True, "differs"), (False, "match")):
            part = [one for one in rows if one.genuine is genuine]
            if part:
                yield _line(f"{brand}, {'genuine' if genuine else 'must not pass'}", part, wrong, genuine)
    edited = [one for one in judged if one.edited]
    if edited:
        known = sum(one.recognised for one in edited)
        unknown = sum(one.code == "BANNER_UNKNOWN" for one in edited)
        low, high = wilson(known, len(edited))
        yield (
            f"changed in an editor: {known} of {len(edited)} recognised as ours ({low:.1%} - {high:.1%}), "
            f"{unknown} called unknown"
        )
    regions = [one.region for one in judged if one.region is not None]
    if regions:
        right = sum(share >= _RIGHT_PLACE for share in regions)
        yield f"the place of a change: {right} of {len(regions)} named regions lie on it"
    hashed = [one for one in judged if one.pdq_match is not None]
    if not hashed:
        yield "PDQ: not installed (pip install pdqhash)"
        return
    passed = sum(bool(one.pdq_match) for one in hashed if not one.genuine)
    missed = sum(not one.pdq_match for one in hashed if one.genuine)
    others = sum(not one.genuine for one in hashed)
    yield (
        f"PDQ <= {_PDQ_LIMIT}: {passed} of {others} that must not pass accepted, "
        f"{missed} of {len(hashed) - others} genuine missed"
    )


def _line(family: str, rows: Sequence[Judged], wrong: str, genuine: bool) -> str:
    kinds = [one.kind for one in rows]
    count = len(rows)
    low, high = wilson(kinds.count(wrong), count)
    phash = sum(one.phash_match is not genuine for one in rows) / count
    shares = " ".join(f"{kinds.count(kind) / count:7.1%}" for kind in ("match", "review", "differs"))
    return (
        f"{family:38s} {count:5d} {shares}  {kinds.count(wrong):4d} ({low:5.1%} - {high:5.1%})   {phash:6.1%}"
    )


_EDITS = (
    "only the year changed",
    "another slogan",
    "logo swapped",
    "logo removed",
    "text nudged",
    "sister brand",
)
_CHANGES = ("recoloured", "greyscale", "mirrored", "something added")
_WAYS = ("zoomed by up to 8 %", "letterboxed", "screenshot with portrait")


def write_pictures(folder: Path) -> None:
    """Small pictures for the documentation: what it tells apart, and what differs."""
    folder.mkdir(parents=True, exist_ok=True)
    spec = invent(HELD_OUT_SEED, 0)
    image = render(spec)
    library = _library(png(image))
    rng = np.random.default_rng(3)
    shown = {"standard": image}
    shown |= {family: render(changed) for family, changed in edits(spec) if family in _EDITS}
    shown |= {family: NEAR_MISSES[family](rng, image) for family in _CHANGES}
    shown |= {way: Image.open(io.BytesIO(JOURNEYS[way](rng, image))).convert("RGB") for way in _WAYS}
    for family, picture in shown.items():
        name = "_".join(word for word in family.split() if word.isalpha())
        small = picture.resize((330, round(330 * picture.height / picture.width)))
        small.save(folder / f"{name}.jpg", quality=70)
        said = judge(Picture(np.asarray(picture)), library)
        region = said.region_picture()
        if region is not None:
            Image.open(io.BytesIO(region)).save(folder / f"{name}_region.jpg", quality=70)
        print(f"{name:26s} {said.kind.value:8s} {said.code:18s} {said.distance:6.2f}  {said.reasons[0]}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the long form; exit 1 when a verdict is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=DEVELOPMENT_SEED)
    parser.add_argument("--banners", type=int, default=24)
    parser.add_argument("--per-family", type=int, default=2)
    parser.add_argument("--pictures", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.pictures:
        write_pictures(chosen.pictures)
        return 0
    judged = run(chosen.seed, range(chosen.banners), chosen.per_family)
    print("\n".join(report(judged)))
    wrong = [one for one in judged if one.wrong]
    for one in wrong:
        print(f"WRONG {one.family}: {one.kind} {one.code} at {one.distance}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
