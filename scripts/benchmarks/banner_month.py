"""A month of pictures against a library of twelve banners, through the command that HR uses.

    python -m scripts.benchmarks.banner_month                   10,000 pictures, some ten minutes or more
    python -m scripts.benchmarks.banner_month --pictures 500    a short look

The library: two current banners, earlier ones, sister brands. The pictures: six in ten genuine (all
journeys), the others near misses, earlier and sister banners, unrelated ones, plain colours. No two files
have the same bytes. Printed: verdicts against the truth, CPU a picture, wall time and peak memory of the
command.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from auditor.banner.alterations import JOURNEYS, NEAR_MISSES, png, served, visible_change
from auditor.proof.drawn_banners import edits, invent, plain_pictures, render

_SEED = 41
_DRAWN = 400
#: a share of each hundred pictures
_MIXTURE = {"genuine": 60, "near miss": 10, "earlier": 10, "sister": 8, "unrelated": 8, "plain": 4}


def library() -> list[tuple[str, str, Image.Image]]:
    """Name, role and picture of twelve banners."""
    first, second = invent(_SEED, 0), invent(_SEED, 9)
    changed = {family: render(spec) for family, spec in edits(first)}
    earlier = [family for family in ("another slogan", "logo moved", "text nudged") if family in changed]
    rows = [("Summer", "current", render(first)), ("Winter", "current", render(second))]
    rows += [(f"Earlier, {family}", "previous", changed[family]) for family in earlier]
    rows.append(("Sister, same design", "sister", changed["sister brand"]))
    while len(rows) < 12:
        number = len(rows)
        rows.append((f"Sister {number}", "sister", render(invent(_SEED, 100 + number))))
    return rows


def candidates(rows: Sequence[tuple[str, str, Image.Image]]) -> Iterator[tuple[str, bytes]]:
    """Family and file of `_DRAWN` different pictures, without end of variety: seeded by their number."""
    families = [family for family, share in _MIXTURE.items() for _ in range(share)]
    order = np.random.default_rng(_SEED).permutation(len(families))
    for number in range(_DRAWN):
        family = families[order[number % len(order)]]
        yield family, _candidate(family, rows, np.random.default_rng([_SEED, number]), number)


def _candidate(
    family: str, rows: Sequence[tuple[str, str, Image.Image]], rng: np.random.Generator, number: int
) -> bytes:
    current = rows[number % 2][2]
    journeys: list[Callable[[np.random.Generator, Image.Image], bytes]] = list(JOURNEYS.values())
    if family == "genuine":
        return journeys[number % len(journeys)](rng, current)
    if family == "near miss":
        return served(rng, _near_miss(rng, current))
    if family in ("earlier", "sister"):
        known = [picture for _, role, picture in rows if (role == "previous") is (family == "earlier")]
        return served(rng, known[(2 if family == "sister" else 0) + number % (len(known) - 2)])
    if family == "plain":
        pictures = list(plain_pictures(invent(_SEED, number)))
        return served(rng, pictures[number % 2][1])
    return served(rng, render(invent(_SEED + 1, number)))


def _near_miss(rng: np.random.Generator, current: Image.Image) -> Image.Image:
    """A changed copy in which people see the change."""
    changes = list(NEAR_MISSES.values())
    while True:
        changed = changes[int(rng.integers(len(changes)))](rng, current)
        if visible_change(current, changed):
            return changed


def lay_out(folder: Path, pictures: int) -> dict[str, str]:
    """Policy, library and `pictures` files in `folder`; the family of each file."""
    subprocess.run([sys.executable, "-m", "auditor", "init", str(folder)], check=True, capture_output=True)
    policy = folder / "config" / "policy.yaml"
    rows = library()
    for number, (name, role, image) in enumerate(rows):
        master = folder / f"master-{number}.png"
        master.write_bytes(png(image))
        more = ["--name", name, "--role", role, "--policy", str(policy)]
        subprocess.run(
            [sys.executable, "-m", "auditor", "banner", "add", str(master), *more],
            check=True,
            capture_output=True,
        )
    drawn = list(candidates(rows))
    month = folder / "month"
    month.mkdir()
    truth = {}
    for number in range(pictures):
        family, body = drawn[number % len(drawn)]
        path = month / f"{number:05d}.img.jpg"
        # bytes behind the picture's end change the file and not the picture
        path.write_bytes(body + number.to_bytes(4, "big"))
        truth[str(path)] = family
    return truth


def main(arguments: Sequence[str] | None = None) -> int:
    """Lay out, judge, count; exit 1 when a verdict is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pictures", type=int, default=10_000)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        truth = lay_out(Path(folder), chosen.pictures)
        policy = Path(folder) / "config" / "policy.yaml"
        command = ["banner", "judge", str(Path(folder) / "month"), "--policy", str(policy)]
        answers = Path(folder) / "answers.jsonl"
        started = time.monotonic()
        with answers.open("wb") as told:
            child = subprocess.Popen(
                [sys.executable, "-m", "auditor", *command, "--format", "json"], stdout=told
            )
            _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - started
        lines = answers.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    counts = Counter((truth[row["candidate"]], row["verdict"]) for row in rows)
    for (family, verdict), count in sorted(counts.items()):
        print(f"{family:10s} {verdict:13s} {count:6d}")
    wrong = sum(n for (f, v), n in counts.items() if v == ("differs" if f == "genuine" else "match"))
    cpu = used.ru_utime + used.ru_stime
    print(
        f"{len(rows)} pictures, 12 banners: {wall:.0f} s, {1000 * cpu / max(len(rows), 1):.0f} CPU-ms "
        f"a picture, peak {used.ru_maxrss / 1024:.0f} MB, {wrong} wrong"
    )
    return 1 if status or wrong or len(rows) != chosen.pictures else 0


if __name__ == "__main__":
    sys.exit(main())
