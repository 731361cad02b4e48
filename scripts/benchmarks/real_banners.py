"""Real banners: bands out of the wallpapers of a dozen desktop brands, as Debian packages them.

    python -m scripts.benchmarks.real_banners FOLDER                 fetches the packages, then judges
    python -m scripts.benchmarks.real_banners FOLDER --brands Xfce   one brand only

The packages are fetched with `apt-get download` from whatever mirror this machine uses, and unpacked, not
installed; SVG drawings need `rsvg-convert`. Every picture is cut to the 4 : 1 band with most to see. A band
too plain to prove anything, and one that looks like another of its brand, is left out and counted. Pictures
with transparent parts are left out.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from auditor.banner import Picture, decode
from auditor.banner.alterations import JOURNEYS, NEAR_MISSES, served, visible_change
from auditor.banner.bands import SHIPPED
from auditor.banner.texture import steep_share
from auditor.proof.editor import CHANGES, FILTERS
from scripts.benchmarks.banner import Judged, Trial, judge_trials, report

#: brand: its packages, the licences in their copyright files, and where the pictures lie
BRANDS: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "Debian": (
        ("desktop-base",),
        "GPL-2+, CC-BY-SA-3.0",
        ("desktop-base/[!d]*-theme/wallpaper*/contents/images/1920x1080.*",),
    ),
    "Debian Edu": (
        (
            "debian-edu-artwork-emerald",
            "debian-edu-artwork-homeworld",
            "debian-edu-artwork-buster",
            "debian-edu-artwork-softwaves",
        ),
        "GPL-2+",
        ("desktop-base/debian-edu-*-theme/wallpaper/contents/images/1920x1080.*",),
    ),
    "GNOME": (("gnome-backgrounds",), "CC-BY-SA-3.0", ("backgrounds/gnome/*",)),
    "KDE Plasma": (
        ("plasma-workspace-wallpapers",),
        "GPL-2+, LGPL-3, CC-BY-SA-4.0",
        ("wallpapers/*/contents/images*/*",),
    ),
    "MATE": (
        ("mate-backgrounds",),
        "GPL-2+, CC-BY-SA-4.0",
        ("backgrounds/mate/desktop/*", "backgrounds/mate/abstract/*"),
    ),
    "Xfce": (("xfdesktop4-data",), "GPL-2+", ("backgrounds/xfce/*",)),
    "LXQt": (("lxqt-themes",), "LGPL-2.1+, CC-BY-SA-3.0", ("lxqt/wallpapers/*",)),
    "LXDE": (("lxde-common",), "GPL-2+", ("lxde/wallpapers/*",)),
    "Ubuntu Kylin": (("ukui-wallpapers",), "CC-BY-SA-3.0", ("backgrounds/*",)),
    "Lomiri 16.04": (("lomiri-wallpapers-16.04",), "CC-BY-4.0, CC-BY-SA-4.0", ("backgrounds/*",)),
    "Lomiri 20.04": (("lomiri-wallpapers-20.04",), "CC-BY-4.0, CC-BY-SA-4.0", ("backgrounds/*",)),
    "Sway": (("sway-backgrounds",), "MIT", ("backgrounds/sway/*",)),
}
_WIDTH, _HEIGHT = 1584, 396
_SIZE = re.compile(r"_?\d{3,4}x\d{3,4}$")
_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".svg"})


def fetch(folder: Path, brand: str) -> Path:
    """The unpacked packages of `brand` under `folder`; fetched where they are not there yet."""
    place = folder / brand.replace(" ", "_")
    if not place.exists():
        place.mkdir(parents=True)
        subprocess.run(["apt-get", "download", "-qq", *BRANDS[brand][0]], cwd=place, check=True)
        for package in sorted(place.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", str(package), str(place)], check=True)
            package.unlink()
    return place


def banners(place: Path, brand: str, most: int) -> tuple[dict[str, Image.Image], int]:
    """The banners of a brand by name, at most `most`, and how many pictures were left out."""
    found: dict[str, Image.Image] = {}
    left_out = 0
    for path in _files(place, brand):
        if len(found) == most:
            break
        image = _opened(path)
        if image is None or image.width < 1000 or image.width < image.height:
            continue
        band = _band(image)
        plain = steep_share(band) < 3 * SHIPPED.plain_below
        if plain or any(not visible_change(band, other) for other in found.values()):
            left_out += 1
            continue
        found[_name(path)] = band
    return found, left_out


def _files(place: Path, brand: str) -> Iterator[Path]:
    """One file a picture: the largest of those that differ in size only."""
    share = place / "usr" / "share"
    paths = [path for pattern in BRANDS[brand][2] for path in share.glob(pattern) if path.is_file()]
    by_name: dict[str, Path] = {}
    for path in sorted(paths, key=lambda path: path.stat().st_size):
        if path.suffix.lower() in _ENDINGS:
            by_name[_name(path)] = path
    yield from (by_name[name] for name in sorted(by_name))


def _name(path: Path) -> str:
    parts = path.parts
    if not any(part.startswith("images") for part in parts):
        return _SIZE.sub("", path.stem)
    turn = next(index for index, part in enumerate(parts) if part == "contents")
    kind = parts[turn - 1] if parts[turn - 1] not in ("wallpaper",) else parts[turn - 2]
    return f"{kind} {parts[turn + 1]}" if parts[turn + 1] != "images" else kind


def _opened(path: Path) -> Image.Image | None:
    try:
        if path.suffix == ".svg":
            drawn = subprocess.run(
                ["rsvg-convert", "-w", "1920", str(path)], capture_output=True, check=True
            ).stdout
            return Image.open(io.BytesIO(drawn)).convert("RGB")
        decoded = decode(path.read_bytes())
        return decoded.image() if isinstance(decoded, Picture) and not decoded.transparent else None
    except (OSError, subprocess.CalledProcessError) as trouble:
        print(f"left out, not readable: {path.name} ({trouble})", file=sys.stderr)
        return None


def _band(image: Image.Image) -> Image.Image:
    """The 4 : 1 band with most to see, at the size that LinkedIn asks for."""
    image = image.resize((_WIDTH, round(image.height * _WIDTH / image.width)), Image.Resampling.LANCZOS)
    steep = np.abs(np.diff(np.asarray(image.convert("L"), dtype=np.float32), axis=1)).sum(axis=1)
    sums = np.concatenate([[0.0], np.cumsum(steep)])
    top = int(np.argmax(sums[_HEIGHT:] - sums[:-_HEIGHT]))
    return image.crop((0, top, _WIDTH, top + _HEIGHT))


def trials(
    name: str, own: dict[str, Image.Image], others: Sequence[Image.Image], seed: int, per_family: int
) -> Iterator[Trial]:
    """The candidates for banner `name` of a brand; `others` are banners of other brands."""
    image = own[name]
    number = sum(map(ord, name))
    for turn in range(per_family):
        rng = np.random.default_rng([seed, number, turn])
        for family, journey in JOURNEYS.items():
            yield Trial(family, True, journey(rng, image))
        for family, change in (CHANGES | FILTERS).items():
            yield Trial(family, True, served(rng, change(rng, image)), edited=True)
        for family, alter in NEAR_MISSES.items():
            changed = alter(rng, image)
            if visible_change(image, changed):
                yield Trial(family, False, served(rng, changed), before=image, after=changed)
    rng = np.random.default_rng([seed, number, 999])
    for other, picture in own.items():
        if other != name:
            yield Trial("another banner of the brand", False, served(rng, picture))
    for picture in others:
        yield Trial("a banner of another brand", False, served(rng, picture))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch, cut, judge, count; exit 1 when a verdict is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--brands", nargs="*", default=list(BRANDS), choices=list(BRANDS))
    parser.add_argument("--most", type=int, default=5, help="banners a brand")
    parser.add_argument("--per-family", type=int, default=1)
    parser.add_argument("--seed", type=int, default=5)
    chosen = parser.parse_args(arguments)
    known: dict[str, dict[str, Image.Image]] = {}
    for brand in chosen.brands:
        known[brand], left_out = banners(fetch(chosen.folder, brand), brand, chosen.most)
        names = ", ".join(known[brand])
        print(f"{brand} ({BRANDS[brand][1]}): {len(known[brand])} banners, {left_out} left out: {names}")
    judged: list[Judged] = []
    for brand, own in known.items():
        others = [
            next(iter(pictures.values())) for key, pictures in known.items() if key != brand and pictures
        ]
        mine: list[Judged] = []
        for name in own:
            mine += judge_trials(own[name], trials(name, own, others, chosen.seed, chosen.per_family), brand)
        judged += mine
        wrong = [one for one in mine if one.wrong]
        print(f"{brand}: {len(mine)} comparisons, {len(wrong)} wrong", flush=True)
        for one in wrong:
            print(f"  WRONG {one.family}: {one.kind} {one.code} at {one.distance}", flush=True)
    print("\n".join(report(judged)))
    return 1 if any(one.wrong for one in judged) else 0


if __name__ == "__main__":
    sys.exit(main())
