"""The banner judge, measured: drawn and real banners, genuine and not, with plain hashes beside.

    python -m scripts.benchmarks.banner                                     a short look, about a minute
    python -m scripts.benchmarks.banner --comparisons 20000 --brands DIR    the whole, an hour or so of CPU

One comparison is one verdict: one picture file against one library. The library holds the banner that is
asked for, and every second time last year's, others of the brand and a stranger's too. `--brands DIR`: real
banners beside the drawn ones (`scripts.benchmarks.real_banners` tells where they come from; fetched once).
`--out DIR` takes figures.json, figures.md, the pictures of wrong verdicts, and each answer: the same
command goes on where it was stopped, and a larger number goes on from a smaller one. `--others` leaves out
genuine pictures, so that as many which must not pass take less time. Rates stand with their 95 % Wilson
bounds. PDQ stands beside where `pdqhash` is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

from auditor.banner import BannerLibrary, Picture, decode, judge, prepare
from auditor.model.company import BannerRole, ReferenceBanner
from scripts.benchmarks.banner_batches import Batch, batches, identity, judge_batch, judged_batches
from scripts.benchmarks.banner_memory import measure
from scripts.benchmarks.banner_scores import Judged
from scripts.benchmarks.banner_tables import as_markdown, as_text, facts, tables
from scripts.benchmarks.real_banners import BRANDS, MOST, Band, bands

DEVELOPMENT_SEED, HELD_OUT_SEED = 1, 77
_SHORT = 300


@lru_cache(maxsize=4)
def _library(body: bytes) -> BannerLibrary:
    return prepare([ReferenceBanner("standard", BannerRole.CURRENT, body)])


def verdict(reference_path: str, candidate_path: str) -> str:
    """`match`, `differs` or `review` for two picture files: by this, other benchmarks score the judge."""
    library = _library(Path(reference_path).read_bytes())
    picture = decode(Path(candidate_path).read_bytes())
    if not isinstance(picture, Picture):
        return "review"
    kind = judge(picture, library).kind.value
    return "review" if kind == "undetermined" else kind


def run(seed: int, banners: Sequence[int]) -> list[Judged]:
    """All comparisons of some drawn banners of a seed, in this process."""
    return [judged for index in banners for judged in judge_batch(Batch(seed, index))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge, print, write; exit 1 when a verdict is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--comparisons", type=int, default=_SHORT)
    parser.add_argument("--seed", type=int, default=DEVELOPMENT_SEED)
    parser.add_argument("--brands", type=Path, metavar="DIR", help="real banners, too")
    parser.add_argument("--most", type=int, default=MOST, help="real banners a brand")
    parser.add_argument("--others", action="store_true", help="only what must not pass")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, metavar="DIR")
    chosen = parser.parse_args(arguments)
    real = _real(chosen.brands, chosen.most, chosen.seed) if chosen.brands else {}
    mark = identity(chosen.seed, real, genuine=not chosen.others)
    order = batches(chosen.seed, real, genuine=not chosen.others)
    judged: list[Judged] = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        folder = chosen.out or Path(place)
        for found in judged_batches(order, chosen.comparisons, folder, mark, chosen.workers):
            judged += found
            wrong = [one for one in found if one.wrong]
            print(
                f"{len(judged):6d} of {chosen.comparisons}  {time.monotonic() - started:5.0f} s  "
                f"{found[0].brand}: {len(found)} comparisons, {len(wrong)} wrong",
                file=sys.stderr,
            )
            for one in wrong:
                print(f"    {one.family}: {one.kind} {one.code} at {one.distance}", file=sys.stderr)
        found_tables, more = tables(judged), facts(judged) | measure(chosen.seed)
        print("\n".join(as_text(found_tables, more)))
        if chosen.out:
            head = f"Seed {chosen.seed}, {len(judged)} comparisons of "
            head += f"{len({(one.brand, one.banner) for one in judged})} banners, commit {_commit()}."
            (chosen.out / "figures.md").write_text(as_markdown(found_tables, more, head), "utf-8")
            lines = {title: [asdict(row) for row in rows] for title, rows in found_tables.items()}
            written = {"run": head, "tables": lines, "facts": more}
            (chosen.out / "figures.json").write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    return 1 if any(one.wrong for one in judged) else 0


def _real(folder: Path, most: int, seed: int) -> dict[str, tuple[Band, ...]]:
    found = {}
    for brand, (packages, licences, _) in BRANDS.items():
        own, left_out = bands(folder, brand, most, seed)
        names = ", ".join(band.name for band in own)
        told = (
            f"{brand} ({', '.join(packages)}; {licences}): {len(own)} banners, {left_out} left out: {names}"
        )
        print(told, file=sys.stderr)
        if own:
            found[brand] = own
    return found


def _commit() -> str:
    """The commit that was measured, with a + where files were changed since."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
