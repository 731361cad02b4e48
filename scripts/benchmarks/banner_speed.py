"""How long a verdict on a banner takes, family by family, beside a plain pHash of the same file.

    python -m scripts.benchmarks.banner_speed               two minutes or three
    python -m scripts.benchmarks.banner_speed --banners 2   a short look

CPU time of one core, decoding included, against a library of one banner and of twelve, half of them near
copies of the standard; the least of some rounds for each picture, so that what else the machine does counts
little. Memory is what another process, which only judges, holds at most above its imports.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import imagehash
import numpy as np
from PIL import Image

from auditor.banner import BannerLibrary, Picture, decode, judge, prepare
from auditor.banner.alterations import JOURNEYS, png, served
from auditor.model.company import BannerRole, ReferenceBanner
from auditor.proof.drawn_banners import edits, invent, plain_pictures, render
from auditor.proof.editor import CHANGES, FILTERS
from scripts.benchmarks.banner_memory import measure

_SEED, _STRANGERS = 31, 1031
_KNOWN = 12
#: the rows of the summary, each with how its families begin
_ROWS = {
    "a plain colour": "clear: plain",
    "a gradient": "clear: gradient",
    "a default picture": "clear: a default",
    "a stranger's banner": "clear: a stranger",
    "genuine": "genuine",
    "near miss": "near miss",
    "turned, stretched, cut": "turned",
    "through sliders": "through",
}
_NEAR = ("only the year changed", "another slogan", "logo swapped", "text nudged")


@dataclass(frozen=True, slots=True)
class Timed:
    """A picture of a family: the least CPU of its verdict and of its plain pHash, in ms."""

    family: str
    references: int
    verdict: float
    phash: float


def pictures(index: int) -> Iterator[tuple[str, bytes]]:
    """The pictures of each family for drawn banner `index`."""
    spec = invent(_SEED, index)
    image = render(spec)
    rng = np.random.default_rng([_SEED, index])
    for stranger in range(index, index + 3):
        yield "clear: a stranger", served(rng, render(invent(_STRANGERS, stranger)), 1400)
    for name, picture in plain_pictures(spec):
        yield f"clear: {name}", served(rng, picture, 1400)
    yield "genuine, served", served(rng, image, 1400)
    for journey in JOURNEYS.values():
        yield "genuine, all journeys", journey(rng, image)
    changed = dict(edits(spec))
    for family in _NEAR:
        if family in changed:
            yield "near miss", served(rng, render(changed[family]), 1400)
    for change in CHANGES.values():
        yield "turned, stretched, cut", served(rng, change(rng, image).picture, 1400)
    for change in FILTERS.values():
        yield "through sliders", served(rng, change(rng, image).picture, 1400)


def library(index: int, count: int) -> BannerLibrary:
    """Drawn banner `index` as the standard, with others up to `count`."""
    spec = invent(_SEED, index)
    known = [render(spec), *(render(changed) for _, changed in edits(spec))][: count // 2 + 1]
    known += [render(invent(_SEED, 100 + n)) for n in range(count - len(known))]
    roles = [BannerRole.CURRENT] + [BannerRole.PREVIOUS] * (count - 1)
    return prepare(
        [
            ReferenceBanner(f"banner {n}", role, png(image))
            for n, (role, image) in enumerate(zip(roles, known[:count], strict=True))
        ]
    )


def timed(banners: int, rounds: int) -> Iterator[Timed]:
    """Each picture of some banners, against one reference and against twelve."""
    for index in range(banners):
        shelves = [library(index, count) for count in (1, _KNOWN)]
        for family, body in pictures(index):
            plain = _least(lambda body=body: _plain_hash(body), rounds)  # type: ignore[misc]
            for shelf in shelves:
                cost = _least(lambda body=body, shelf=shelf: _verdict(body, shelf), rounds)  # type: ignore[misc]
                yield Timed(family, len(shelf.references), cost, plain)


def _plain_hash(body: bytes) -> None:
    imagehash.phash(Image.open(io.BytesIO(body)).convert("RGB"))


def _verdict(body: bytes, shelf: BannerLibrary) -> None:
    picture = decode(body)
    assert isinstance(picture, Picture)
    judge(picture, shelf)


def _least(work: Callable[[], None], rounds: int) -> float:
    """The least CPU of some rounds, in ms."""
    costs = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        costs.append(time.process_time() - started)
    return 1000 * min(costs)


def table(found: Sequence[Timed]) -> Iterator[str]:
    """Median and 95 % of each family, and the median in plain hashes."""
    head = ("banners", "n", "median", "95 %", "pHashes")
    yield "CPU ms a verdict, decoding included".ljust(38) + "".join(word.rjust(9) for word in head)
    for family in dict.fromkeys(one.family for one in found):
        for count in (1, _KNOWN):
            rows = [one for one in found if (one.family, one.references) == (family, count)]
            costs = np.array([one.verdict for one in rows])
            ratio = np.median([one.verdict / one.phash for one in rows])
            times = f"{np.median(costs):9.1f}{np.percentile(costs, 95):9.1f}{ratio:9.1f}"
            yield f"{family:38s}{count:9d}{len(rows):9d}{times}"
    yield f"a plain pHash, decoding included: median {np.median([one.phash for one in found]):.1f} ms"


def summary(found: Sequence[Timed]) -> Iterator[str]:
    """The table that docs/banner.md gives, and how much longer twelve banners take than one."""
    yield "| CPU ms | one banner: median | 95 % | twelve banners: median | 95 % |"
    yield "|---|---:|---:|---:|---:|"
    for words, start in _ROWS.items():
        rows = [one for one in found if one.family.startswith(start)]
        cells = []
        for count in (1, _KNOWN):
            costs = [one.verdict for one in rows if one.references == count]
            cells += [f"{np.percentile(costs, part):.0f}" for part in (50, 95)]
        yield f"| {words} | {' | '.join(cells)} |"
    pairs = zip(found[::2], found[1::2], strict=True)
    ratios = [twelve.verdict / one.verdict for one, twelve in pairs if one.family.startswith("genuine")]
    yield f"a genuine picture held against {_KNOWN} banners takes {np.median(ratios):.2f} times as long"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--banners", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    found = list(timed(chosen.banners, chosen.rounds))
    print("\n".join((*table(found), "", *summary(found))))
    print("\n".join(f"{name}: {words}" for name, words in measure(_SEED).items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
