"""Many comparisons: one banner with all its candidates at a time, in worker processes, and resumed.

A batch is a banner. Its answers are one line of `judged.jsonl`; a run that was stopped goes on after the
last one, and a longer run after a shorter one. Answers of another judge or another seed are never mixed.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from multiprocessing.pool import AsyncResult
from pathlib import Path

import numpy as np
from PIL import Image

from auditor.banner import BannerVerdict
from auditor.banner.alterations import png
from auditor.proof.drawn_banners import LATER_SYSTEMS, SYSTEMS, edits, invent, render
from scripts.benchmarks.banner_scores import Judged, Scorer
from scripts.benchmarks.banner_trials import Banner, Group, Trial, drawn, trials
from scripts.benchmarks.real_banners import Band, scene

_ROOT = Path(__file__).resolve().parents[2]
#: one candidate in so many is also held against a stranger's library
_ELSEWHERE = 6
#: about so many comparisons a batch
_USUAL = 70


@dataclass(frozen=True, slots=True)
class Batch:
    """A banner to judge: the drawn one `number` of `seed`, or the first of `bands`, those of a real brand.

    `others`: a band of every other brand. `worded`: a slogan and a logo are written on the real band.
    `genuine`: whether genuine pictures are compared with it, too.
    """

    seed: int
    number: int
    systems: tuple[str, ...] = SYSTEMS
    bands: tuple[Band, ...] = ()
    others: tuple[Band, ...] = ()
    worded: bool = False
    genuine: bool = True


def batches(
    seed: int, brands: dict[str, tuple[Band, ...]], *, later: bool = True, genuine: bool = True
) -> Iterator[Batch]:
    """Without end: drawn banners, old and later design systems by turns, and real ones in between.

    Real banners come brand by brand, plain first; on the second round with words on them, and so on.
    `genuine`: whether genuine pictures are compared, too.
    """
    systems = SYSTEMS + LATER_SYSTEMS if later else SYSTEMS
    real = _real(seed, brands)
    for number in count():
        yield Batch(seed, number, systems, genuine=genuine)
        if brands:
            yield replace(next(real), genuine=genuine)


def _real(seed: int, brands: dict[str, tuple[Band, ...]]) -> Iterator[Batch]:
    most = max((len(bands) for bands in brands.values()), default=0)
    for turn in count():
        for place in range(most):
            for brand, bands in brands.items():
                if place < len(bands):
                    own = (bands[place], *bands[:place], *bands[place + 1 :])
                    others = tuple(rest[place % len(rest)] for name, rest in brands.items() if name != brand)
                    yield Batch(seed, turn * 1000 + place, (), own, others, worded=turn % 2 == 1)


def banner_of(batch: Batch) -> Banner:
    """The banner of `batch`."""
    if not batch.bands:
        return drawn(batch.seed, batch.number, batch.systems)
    asked, images = batch.bands[0], [scene(band) for band in batch.bands[:4]]
    rng = np.random.default_rng([batch.seed, batch.number, *asked.name.encode()])
    stranger = scene(batch.others[int(rng.integers(len(batch.others)))])
    if not batch.worded:
        return Banner(asked.brand, asked.name, images[0], stranger, kin=tuple(images[1:]))
    spec = invent(int(rng.integers(1 << 30)), batch.number)
    changed = dict(edits(replace(spec, system="photograph")))
    pictures = {family: render(other, images[0]) for family, other in changed.items()}
    kin = (pictures.pop("sister brand"), *(render(spec, other) for other in images[1:3]))
    earlier = pictures.pop("last year's", None)
    name = f"{asked.name}, with words"
    return Banner(asked.brand, name, render(spec, images[0]), stranger, tuple(pictures.items()), earlier, kin)


def judge_batch(batch: Batch, wrong: Path | None = None) -> list[Judged]:
    """All comparisons of a batch; the pictures of wrong ones go to the folder `wrong`."""
    banner = banner_of(batch)
    several = batch.number % 2 == 1
    own = Scorer(banner, several)
    other = Scorer(replace(banner, name=f"{banner.name}, asked for a stranger's", image=banner.stranger))
    found = []
    for number, trial in enumerate(trials(banner, [batch.seed, batch.number, *banner.name.encode()])):
        if batch.genuine or not trial.group.genuine:
            judged, said = own.score(trial)
            found.append(judged)
            if wrong is not None and judged.wrong:
                _keep(wrong, judged, said, trial, banner.image)
        if number % _ELSEWHERE == 0 and trial.group in (Group.GENUINE, Group.EDITED, Group.NEAR_MISS):
            judged, said = other.score(trial, Group.STRANGER)
            found.append(replace(judged, family="held against a stranger's library"))
            if wrong is not None and judged.wrong:
                _keep(wrong, judged, said, trial, banner.stranger)
    return found


def _keep(folder: Path, judged: Judged, said: BannerVerdict, trial: Trial, reference: Image.Image) -> None:
    """The candidate, the reference and the named place, for somebody to look at."""
    words = "-".join(f"{judged.brand} {judged.banner} {judged.family} {judged.code}".split())
    place = folder / f"{''.join(sign for sign in words if sign.isalnum() or sign in '-_')}-{len(trial.body)}"
    place.mkdir(parents=True, exist_ok=True)
    (place / "candidate.img").write_bytes(trial.body)
    (place / "reference.png").write_bytes(png(reference))
    (place / "row.json").write_text(json.dumps(asdict(judged), indent=1), "utf-8")
    region = said.region_picture()
    if region is not None:
        (place / "region.png").write_bytes(region)


def identity(seed: int, brands: dict[str, tuple[Band, ...]], *, genuine: bool = True) -> str:
    """What the answers depend on: the judge, the benchmark, the seed, the real banners, what is compared."""
    told = hashlib.sha256(repr((seed, brands, genuine)).encode())
    for folder, pattern in (("auditor/banner", "*.py"), ("scripts/benchmarks", "*.py")):
        for path in sorted((_ROOT / folder).glob(pattern)):
            told.update(path.read_bytes())
    return told.hexdigest()[:16]


def judged_batches(
    order: Iterator[Batch], comparisons: int, folder: Path, mark: str, workers: int
) -> Iterator[list[Judged]]:
    """The answers batch by batch, in order, until there are `comparisons`; kept in `folder`."""
    kept = folder / "judged.jsonl"
    done = _kept(kept, mark)
    if not done:
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"identity": mark}) + "\n", "utf-8")
    total = 0
    for judged in done:
        next(order)
        total += len(judged)
        yield judged
        if total >= comparisons:
            return
    wrong = folder / "wrong"
    context = multiprocessing.get_context("spawn")
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    with context.Pool(workers) as pool, kept.open("a", encoding="utf-8") as told:
        waiting: list[AsyncResult[list[Judged]]] = []
        while total < comparisons:
            wanted = (comparisons - total + _USUAL - 1) // _USUAL
            while len(waiting) < min(2 * workers, wanted):
                waiting.append(pool.apply_async(judge_batch, (next(order), wrong)))
            judged = waiting.pop(0).get()
            told.write(json.dumps([list(asdict(one).values()) for one in judged]) + "\n")
            told.flush()
            total += len(judged)
            yield judged
        pool.terminate()


def _kept(path: Path, mark: str) -> list[list[Judged]]:
    """The whole lines of an earlier run; raises ValueError where they are of another judge or seed."""
    if not path.exists():
        return []
    first, *lines = path.read_text("utf-8").splitlines()
    if json.loads(first)["identity"] != mark:
        raise ValueError(
            f"{path} holds answers of another judge, seed or set of banners: choose another folder"
        )
    return [[_row(values) for values in json.loads(line)] for line in lines if line.endswith("]]")]


def _row(values: Sequence[object]) -> Judged:
    judged = Judged(*values)  # type: ignore[arg-type]
    return replace(judged, group=Group(judged.group))
