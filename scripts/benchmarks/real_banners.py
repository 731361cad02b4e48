"""Real banners: bands out of the wallpapers of seventeen brands, as Debian packages them.

    python -m scripts.benchmarks.real_banners FOLDER    fetches the packages, lists banners and licences

`scripts.benchmarks.banner --brands FOLDER` judges them. The packages are fetched with `apt-get download` from
whatever mirror this machine uses, and unpacked, not installed; SVG drawings need `rsvg-convert`. The seed
chooses the pictures. Every picture is cut to the 4 : 1 band with most to see. A band too plain to prove
anything and one that looks like another of its brand is left out; transparent parts are laid over white.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from auditor.banner import Picture, PictureLimits, decode
from auditor.banner.alterations import png, visible_change
from auditor.banner.bands import SHIPPED
from auditor.banner.texture import steep_share

_LOMIRI = "CC-BY-4.0, CC-BY-SA-3.0, CC-BY-SA-4.0, CC0-1.0"
#: brand: its packages, the licences in their copyright files, and where the pictures lie
BRANDS: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "Debian": (
        ("desktop-base",),
        "GPL-2+, GPL-3+, CC-BY-SA-3.0",
        ("desktop-base/[!d]*-theme/wallpaper*/contents/images/1920x1080.*",),
    ),
    "Debian Edu": (
        (
            "debian-edu-artwork-emerald",
            "debian-edu-artwork-homeworld",
            "debian-edu-artwork-buster",
            "debian-edu-artwork-softwaves",
            "debian-edu-artwork-spacefun",
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
    "Lomiri 16.04": (("lomiri-wallpapers-16.04",), _LOMIRI, ("backgrounds/*",)),
    "Lomiri 20.04": (("lomiri-wallpapers-20.04",), _LOMIRI, ("backgrounds/*",)),
    "Sway": (("sway-backgrounds",), "MIT", ("backgrounds/sway/*",)),
    "SDDM": (
        ("sddm-theme-elarun", "sddm-theme-maldives", "sddm-theme-maui"),
        "GPL-2+, LGPL-3, CC-BY-3.0, CC-BY-SA-3.0",
        ("sddm/themes/*/*.jpg", "sddm/themes/*/background.png"),
    ),
    "Kodi": (
        ("kodi-data",),
        "CC-BY-SA-4.0, CC0-1.0",
        ("kodi/addons/skin.estuary/extras/*/*.jpg",),
    ),
    "LinCity-NG": (
        ("lincity-ng-data",),
        "GPL-2+",
        ("games/lincity-ng/images/mainmenu/*",),
    ),
    "SuperTux": (
        ("supertux-data",),
        "GPL-2+, GPL-3+, CC-BY-SA-3.0",
        ("games/supertux2/images/background/*/*", "games/supertux2/images/engine/menu/*"),
    ),
    "Wesnoth": (
        ("wesnoth-1.16-data",),
        "GPL-2+",
        ("games/wesnoth/1.16/data/core/images/story/*",),
    ),
}
MOST = 5
_WIDTH, _HEIGHT = 1584, 396
#: wallpapers are larger than what people upload
_LIMITS = PictureLimits(pixels=40_000_000)
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


@dataclass(frozen=True, slots=True)
class Band:
    """A banner of a real brand: its picture lies at `path`."""

    brand: str
    name: str
    path: Path


def bands(folder: Path, brand: str, most: int, seed: int) -> tuple[tuple[Band, ...], int]:
    """At most `most` banners of `brand`, chosen by `seed`, and how many pictures were left out."""
    files = _files(fetch(folder, brand), brand)
    found: dict[Band, Image.Image] = {}
    left_out = 0
    for number in np.random.default_rng([seed, *brand.encode()]).permutation(len(files)):
        if len(found) == most:
            break
        band = _kept(folder, brand, files[int(number)])
        image = None if band is None else scene(band)
        if band is None or image is None or any(not visible_change(image, other) for other in found.values()):
            left_out += 1
        else:
            found[band] = image
    return tuple(found), left_out


@lru_cache(maxsize=24)
def scene(band: Band) -> Image.Image:
    """The picture of `band`, 1584 x 396."""
    return Image.open(band.path).convert("RGB")


def _kept(folder: Path, brand: str, path: Path) -> Band | None:
    """The band of a picture, cut once and kept in `folder`; None where it is no use as a banner."""
    place = folder / "bands" / brand.replace(" ", "_") / f"{_name(path).replace(' ', '_')}.png"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        image = _opened(path)
        fit = image is not None and image.width >= 1000 and image.height <= image.width <= 4 * image.height
        band = _band(image) if image is not None and fit else None
        proves = band is not None and steep_share(band) >= 3 * SHIPPED.plain_below
        place.write_bytes(png(band) if band is not None and proves else b"")
    return Band(brand, _name(path), place) if place.stat().st_size else None


def _files(place: Path, brand: str) -> list[Path]:
    """One file a picture: the largest of those that differ in size only."""
    share = place / "usr" / "share"
    paths = [path for pattern in BRANDS[brand][2] for path in share.glob(pattern) if path.is_file()]
    by_name: dict[str, Path] = {}
    for path in sorted(paths, key=lambda path: path.stat().st_size):
        if path.suffix.lower() in _ENDINGS:
            by_name[_name(path)] = path
    return [by_name[name] for name in sorted(by_name)]


def _name(path: Path) -> str:
    parts = path.parts
    if "contents" not in parts:
        return _SIZE.sub("", path.stem)
    turn = next(index for index, part in enumerate(parts) if part == "contents")
    kind = parts[turn - 1] if parts[turn - 1] not in ("wallpaper",) else parts[turn - 2]
    return f"{kind} {parts[turn + 1]}" if parts[turn + 1] != "images" else kind


def _opened(path: Path) -> Image.Image | None:
    try:
        body = path.read_bytes()
        if path.suffix == ".svg":
            if shutil.which("rsvg-convert") is None:
                # else a brand that draws its artwork so would be left out, and nobody would notice
                raise SystemExit("Some brands draw their artwork as SVG: install `librsvg2-bin` first.")
            command = ["rsvg-convert", "-w", "1920", str(path)]
            body = subprocess.run(command, capture_output=True, check=True).stdout
        decoded = decode(body, _LIMITS)
        return decoded.image() if isinstance(decoded, Picture) else None
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch, cut, list."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=MOST, help="banners a brand")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    for brand, (packages, licences, _) in BRANDS.items():
        found, left_out = bands(chosen.folder, brand, chosen.most, chosen.seed)
        names = ", ".join(band.name for band in found)
        print(
            f"{brand} ({', '.join(packages)}; {licences}): {len(found)} banners, {left_out} left out: {names}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
