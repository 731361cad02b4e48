"""Memory of the judge above its imports, and twelve references beside one, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from auditor.banner import Picture, decode, judge, prepare
from auditor.model.company import BannerRole, ReferenceBanner

_STATUS = Path("/proc/self/status")
_REFERENCES, _EVERY = 12, 3


def measure(seed: int) -> dict[str, str]:
    """The figures in words; empty where the system does not tell a process's peak memory."""
    from auditor.banner.alterations import png
    from auditor.proof.drawn_banners import invent, render
    from scripts.benchmarks.banner_trials import drawn, trials

    if not _STATUS.exists():
        return {}
    with tempfile.TemporaryDirectory() as place:
        folder, banner = Path(place), drawn(seed, 1)
        for number in range(_REFERENCES):
            image = render(invent(seed + 1, number)) if number else banner.image
            (folder / f"reference-{number:02d}.png").write_bytes(png(image))
        for number, trial in enumerate(trials(banner, [seed, 1])):
            if number % _EVERY:
                continue
            word = "genuine" if trial.group.genuine and trial.edit is None else "other"
            (folder / f"{word}-{number:03d}.img").write_bytes(trial.body)
        told = subprocess.run(
            [sys.executable, "-m", "scripts.benchmarks.banner_memory", str(folder)],
            capture_output=True,
            check=True,
        )
    figures = json.loads(told.stdout)
    one, twelve = figures["1"], figures[str(_REFERENCES)]
    return {
        "memory above imports": f"{one['mb']:.0f} MB with one reference, {twelve['mb']:.0f} MB with "
        f"{_REFERENCES} (imports alone {figures['imports']:.0f} MB)",
        f"CPU ms, a genuine picture among {_REFERENCES} references": f"{twelve['cpu']:.0f}, "
        f"and {one['cpu']:.0f} with one",
    }


def _peak() -> float:
    """The peak memory of this process in MB."""
    line = next(line for line in _STATUS.read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> int:
    """Judge the pictures of a folder against its references: first one, then all of them."""
    folder = Path(sys.argv[1])
    figures: dict[str, object] = {"imports": _peak()}
    bodies = [path.read_bytes() for path in sorted(folder.glob("reference-*.png"))]
    roles = [BannerRole.CURRENT, *[BannerRole.SISTER] * (len(bodies) - 1)]
    rows = [
        ReferenceBanner(str(at), role, body)
        for at, (role, body) in enumerate(zip(roles, bodies, strict=True))
    ]
    imports = _peak()
    for count in (1, len(rows)):
        library = prepare(rows[:count])
        spent = 0.0
        genuine = sorted(folder.glob("genuine-*.img"))
        for path in (*genuine, *sorted(folder.glob("other-*.img"))):
            started = time.process_time()
            picture = decode(path.read_bytes())
            assert isinstance(picture, Picture)
            judge(picture, library)
            spent += (time.process_time() - started) * (path in genuine)
        figures[str(count)] = {"mb": _peak() - imports, "cpu": 1000 * spent / max(len(genuine), 1)}
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
