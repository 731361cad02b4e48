"""The group's banners, drawn: this year's and last year's of each firm, and the site's other pictures."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from auditor.demo.cases import Banner
from auditor.demo.firms import CRYSTAL, FREIGHT, WATER, Firm, sister_of
from auditor.demo.people import Person

#: the size at which the site serves banners
SERVED = (800, 200)
QUALITY = 90
_RIDGES = 4


def served_jpeg(picture: Image.Image, size: tuple[int, int] = SERVED) -> bytes:
    """As the site serves pictures: fitted, progressive JPEG, quality 90, colour at half resolution."""
    body = io.BytesIO()
    fitted = picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)
    fitted.save(body, "JPEG", quality=QUALITY, progressive=True, subsampling="4:2:0")
    return body.getvalue()


@lru_cache(maxsize=1)
def unchosen_banner() -> bytes:
    """The neutral picture where nobody chose a banner: pale bands and circles."""
    picture = Image.new("RGB", (1600, 400), "#d9d4c8")
    draw = ImageDraw.Draw(picture)
    for step in range(-4, 18):
        draw.polygon(
            [(step * 120, 400), (step * 120 + 60, 400), (step * 120 + 360, 0), (step * 120 + 300, 0)],
            "#d3cdbf",
        )
    for left, top, width in ((180, 60, 300), (980, 150, 420), (1340, -90, 260)):
        draw.ellipse((left, top, left + width, top + width), outline="#c6bfae", width=14)
    return served_jpeg(picture.filter(ImageFilter.GaussianBlur(1)))


def landscape(seed: str) -> Image.Image:
    """A painted landscape, another for each seed: what a member might have photographed."""
    random = Random(seed)
    width, height = 1200, 300
    picture = _sky(random, width, height)
    draw = ImageDraw.Draw(picture)
    sun, high = random.randint(100, width - 100), random.randint(30, 110)
    draw.ellipse((sun - 34, high - 34, sun + 34, high + 34), fill=(255, 238, 196))
    tint = np.array([random.randint(30, 90), random.randint(60, 120), random.randint(50, 110)])
    for ridge in range(_RIDGES):
        colour = tuple(int(value) for value in tint * (1.5 - ridge * 0.35))
        draw.polygon([(0, height), *_ridge(random, width, height, ridge), (width, height)], fill=colour)
    return _add_grain(picture, random)


def _sky(random: Random, width: int, height: int) -> Image.Image:
    top = np.array([random.randint(60, 150), random.randint(110, 180), random.randint(170, 235)])
    low = np.array([random.randint(225, 255), random.randint(190, 230), random.randint(160, 210)])
    part = np.linspace(0, 1, height)[:, None, None]
    pixels = np.broadcast_to(top * (1 - part) + low * part, (height, width, 3))
    return Image.fromarray(pixels.astype(np.uint8), "RGB")


def _ridge(random: Random, width: int, height: int, ridge: int) -> list[tuple[float, float]]:
    across = np.linspace(0, width, 240)
    down = np.full(across.shape, height * (0.42 + 0.16 * ridge))
    for wave in (1, 2, 3, 7):
        down -= random.uniform(6, 26) / wave * np.sin(across / width * wave * 6.3 + random.uniform(0, 6.3))
    return [(float(x), float(y)) for x, y in zip(across, down, strict=True)]


def _add_grain(picture: Image.Image, random: Random) -> Image.Image:
    grain = np.random.default_rng(random.getrandbits(32)).normal(0, 5, (picture.height, picture.width, 1))
    pixels = np.clip(np.asarray(picture).astype(float) + grain, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8), "RGB").filter(ImageFilter.GaussianBlur(0.6))


@lru_cache(maxsize=256)
def portrait(seed: str) -> bytes:
    """A head-and-shoulders shape in front of a plain colour; nobody's face."""
    random = Random(seed)
    ground = (random.randint(150, 220), random.randint(150, 220), random.randint(140, 200))
    cloth = tuple(random.randint(40, 120) for _ in range(3))
    picture = Image.new("RGB", (400, 400), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((40, 250, 360, 560), fill=cloth)
    draw.ellipse((125, 80, 275, 260), fill=(214, 180, 150))
    draw.pieslice((115, 60, 285, 250), 180, 360, fill=tuple(random.randint(30, 110) for _ in range(3)))
    return served_jpeg(picture, (200, 200))


@lru_cache(maxsize=256)
def logo(seed: str) -> bytes:
    """Two shapes in two colours, told apart by the seed."""
    random = Random(seed)
    colours = [tuple(random.randint(40, 200) for _ in range(3)) for _ in range(2)]
    picture = Image.new("RGB", (200, 200), colours[0])
    draw = ImageDraw.Draw(picture)
    draw.regular_polygon(
        (100, 100, random.randint(50, 80)), random.randint(3, 7), random.randint(0, 90), colours[1]
    )
    return served_jpeg(picture, (100, 100))


#: the size that members are advised to upload
UPLOADED = (1584, 396)
_FINE = 2
_ZOOM = (0.02, 0.06)

Colour = tuple[int, int, int]
Motif = Callable[[ImageDraw.ImageDraw, "Design", Random], None]


@dataclass(frozen=True, slots=True)
class Design:
    """One campaign's look."""

    name: str
    slogan: str
    ground: Colour
    far: Colour
    accent: Colour
    light: Colour
    motif: Motif


def _waves(draw: ImageDraw.ImageDraw, design: Design, random: Random) -> None:
    width, height = UPLOADED[0] * _FINE, UPLOADED[1] * _FINE
    for band in range(6):
        base, swell, phase = height * (0.38 + 0.11 * band), 60 - 6 * band, random.uniform(0, 6.3)
        crest = [
            (x, base + swell * math.sin(x / width * (7 + band) + phase)) for x in range(0, width + 24, 24)
        ]
        draw.polygon(
            [(0, height), *crest, (width, height)], fill=_between(design.far, design.accent, band / 6)
        )


def _routes(draw: ImageDraw.ImageDraw, design: Design, random: Random) -> None:
    width, height = UPLOADED[0] * _FINE, UPLOADED[1] * _FINE
    stops = [(x, random.randint(60, height - 60)) for x in range(width // 2, width + 1, 150)]
    for lane in range(5):
        points = [(x, (y + lane * 173) % (height - 80) + 40) for x, y in stops]
        draw.line(points, fill=_between(design.far, design.accent, lane / 5), width=16, joint="curve")
        for x, y in points:
            draw.ellipse((x - 22, y - 22, x + 22, y + 22), fill=design.light, outline=design.accent, width=10)


def _crystals(draw: ImageDraw.ImageDraw, design: Design, random: Random) -> None:
    width, height = UPLOADED[0] * _FINE, UPLOADED[1] * _FINE
    for step in range(34):
        x, y, size = random.randint(width // 2, width), random.randint(0, height), random.randint(60, 190)
        turn = random.uniform(0, 2)
        corners = [
            (x + size * math.cos(turn + corner * 2.09), y + size * math.sin(turn + corner * 2.09))
            for corner in range(3)
        ]
        draw.polygon(corners, fill=_between(design.far, design.accent, step / 34), outline=design.light)


def _rings(draw: ImageDraw.ImageDraw, design: Design, random: Random) -> None:
    width, height = UPLOADED[0] * _FINE, UPLOADED[1] * _FINE
    for step in range(9):
        x, y, size = random.randint(width // 2, width), random.randint(0, height), 90 + 46 * step
        box = (x - size, y - size, x + size, y + size)
        draw.ellipse(box, outline=_between(design.far, design.accent, step / 9), width=26)


def _bars(draw: ImageDraw.ImageDraw, design: Design, random: Random) -> None:
    width, height = UPLOADED[0] * _FINE, UPLOADED[1] * _FINE
    for step, x in enumerate(range(width // 2, width, 110)):
        top = random.randint(height // 8, height - 120)
        draw.rectangle((x, top, x + 74, height), fill=_between(design.far, design.accent, step / 15))


def _between(first: Colour, second: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


_INK, _PAPER = (38, 34, 30), (250, 246, 236)
DESIGNS: dict[str, tuple[Design, Design]] = {
    WATER.code: (
        Design("Autumn 2026", WATER.slogan, (20, 66, 72), (31, 97, 104), (152, 214, 196), _PAPER, _waves),
        Design(
            "Jubilee 2025",
            WATER.earlier_slogan,
            (236, 222, 196),
            (214, 178, 120),
            (150, 84, 48),
            _INK,
            _rings,
        ),
    ),
    FREIGHT.code: (
        Design("Autumn 2026", FREIGHT.slogan, (86, 34, 48), (128, 54, 66), (238, 178, 96), _PAPER, _routes),
        Design(
            "Road 2025", FREIGHT.earlier_slogan, (224, 230, 214), (160, 186, 140), (62, 98, 66), _INK, _bars
        ),
    ),
    CRYSTAL.code: (
        Design(
            "Autumn 2026", CRYSTAL.slogan, (46, 40, 74), (84, 74, 128), (206, 190, 240), _PAPER, _crystals
        ),
        Design(
            "Sensors 2025",
            CRYSTAL.earlier_slogan,
            (240, 236, 230),
            (206, 196, 214),
            (110, 92, 140),
            _INK,
            _bars,
        ),
    ),
}


@lru_cache(maxsize=12)
def drawn(firm: Firm, *, last_year: bool = False) -> Image.Image:
    """A firm's banner at the advised size."""
    design = DESIGNS[firm.code][last_year]
    picture = Image.new("RGB", (UPLOADED[0] * _FINE, UPLOADED[1] * _FINE), design.ground)
    draw = ImageDraw.Draw(picture)
    design.motif(draw, design, Random(f"{firm.code}/{design.name}"))
    name, slogan = ImageFont.load_default(150), ImageFont.load_default(84)
    draw.text((640, 200), firm.short, fill=design.light, font=name, stroke_width=2, stroke_fill=design.light)
    draw.text((646, 420), design.slogan, fill=design.light, font=slogan)
    draw.rectangle((646, 380, 910, 392), fill=design.accent)
    return picture.resize(UPLOADED, Image.Resampling.LANCZOS)


@lru_cache(maxsize=12)
def brand_file(firm: Firm, *, last_year: bool = False) -> bytes:
    """The banner as it lies in the brand folder."""
    body = io.BytesIO()
    drawn(firm, last_year=last_year).save(body, "PNG")
    return body.getvalue()


def banner_of(person: Person) -> bytes:
    """The banner that the site serves for a person."""
    match person.case.banner:
        case Banner.RIGHT:
            return _served(person.firm, last_year=False)
        case Banner.LAST_YEAR:
            return _served(person.firm, last_year=True)
        case Banner.SISTER:
            return _served(sister_of(person.firm), last_year=False)
        case Banner.RECROPPED:
            return served_jpeg(_recrop(drawn(person.firm), Random(person.key("crop"))))
        case Banner.OWN_PHOTO:
            return served_jpeg(landscape(person.key("photo")))
    return unchosen_banner()


@lru_cache(maxsize=12)
def _served(firm: Firm, *, last_year: bool) -> bytes:
    return served_jpeg(drawn(firm, last_year=last_year))


def _recrop(picture: Image.Image, random: Random) -> Image.Image:
    """Zoomed in by 2 to 6 % somewhere, as the site's editor lets members do."""
    zoom = 1 + random.uniform(*_ZOOM)
    width, height = picture.width / zoom, picture.height / zoom
    left, top = random.uniform(0, picture.width - width), random.uniform(0, picture.height - height)
    return picture.resize(picture.size, Image.Resampling.LANCZOS, box=(left, top, left + width, top + height))
