"""Invented corporate banners, drawn from a seed, and their near misses; no file from outside is needed."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from auditor.proof.decorations import DECORATIONS, Canvas, Colour

WIDTH, HEIGHT, FINER = 1584, 396, 2
#: the judge was tuned on these, and on none of the later ones
SYSTEMS = ("clouds", "rays", "arcs", "grid", "split", "bokeh", "ridges", "plain", "sparse")
LATER_SYSTEMS = tuple(DECORATIONS)
BRANDS = (
    "Ombravale",
    "Quillmark",
    "Tarnwood & Sons",
    "Velloria",
    "Hexbury",
    "Nordlumen",
    "Pryor Kade",
    "Sundrel",
)
SLOGANS = (
    "Steady hands, new roads",
    "Every drop counts",
    "Built to be trusted",
    "Light for long winters",
    "Care you can measure",
    "The quiet engine",
    "Tomorrow, well made",
    "Closer than you think",
)
WORDS = {
    "new": "old",
    "drop": "step",
    "trusted": "tested",
    "long": "dark",
    "measure": "believe",
    "quiet": "honest",
}
WORDS |= {"well": "now", "Closer": "Kinder"}
MARKS = ("ring", "square", "triangle", "bars", "diamond", "cross")
SMALL = ("Annual Review {y}", "Team Days {y}", "quillmark.example", "Member of the Guild since {y}")


@dataclass(frozen=True, slots=True)
class Spec:
    """A banner as its designer would describe it."""

    system: str
    seed: int
    deep: Colour
    main: Colour
    accent: Colour
    brand: str
    slogan: str
    small: str
    mark: str
    slogan_at: tuple[float, float]
    logo_at: tuple[float, float]
    slogan_size: int
    weight: int


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, saturation, value)
    return round(255 * red), round(255 * green), round(255 * blue)


def _pick(rng: np.random.Generator, values: tuple[str, ...]) -> str:
    return values[int(rng.integers(len(values)))]


def invent(seed: int, index: int, systems: tuple[str, ...] = SYSTEMS) -> Spec:
    """The banner number `index` of `seed`, in one of `systems` by turns."""
    rng = np.random.default_rng([seed, index])
    hue = rng.random()
    system = systems[index % len(systems)]
    spec = Spec(
        system,
        int(rng.integers(1 << 30)),
        _colour(hue + rng.uniform(-0.05, 0.05), rng.uniform(0.5, 0.9), rng.uniform(0.15, 0.35)),
        _colour(hue, rng.uniform(0.4, 0.9), rng.uniform(0.4, 0.75)),
        _colour(hue + rng.uniform(0.3, 0.6), 0.85, 0.95),
        _pick(rng, BRANDS),
        _pick(rng, SLOGANS),
        _pick(rng, SMALL).format(y=int(rng.integers(2021, 2027))),
        _pick(rng, MARKS),
        (rng.uniform(0.33, 0.45), rng.uniform(0.38, 0.55)),
        (rng.uniform(0.72, 0.8), rng.uniform(0.08, 0.16)),
        int(rng.integers(38, 62)),
        int(rng.integers(0, 2)),
    )
    return replace(spec, slogan="", small="", logo_at=(0.4, 0.4)) if system == "sparse" else spec


def render(spec: Spec, scene: Image.Image | None = None) -> Image.Image:
    """The banner as an RGB picture of 1584 x 396; its words and logo on `scene` where one is given."""
    bare = replace(spec, slogan="", small="", mark="", slogan_at=(0.0, 0.0), logo_at=(0.0, 0.0))
    image = _ground(bare).copy() if scene is None else _enlarged(scene)
    draw = ImageDraw.Draw(image, "RGBA")
    dark = float(np.asarray(image.resize((16, 4)).convert("L"))[:, 6:].mean()) < 140
    ink: Colour = (255, 255, 255) if dark else (24, 28, 40)
    x, y = spec.slogan_at
    _text(draw, (x, y), spec.slogan, spec.slogan_size, ink, spec.weight)
    _text(draw, (x, y + 0.24), spec.small, 25, ink, 0)
    if spec.mark:
        _mark(draw, spec, ink)
        _text(draw, (spec.logo_at[0] + 0.045, spec.logo_at[1] + 0.01), spec.brand, 32, ink, 1)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


@lru_cache(maxsize=2)
def _ground(spec: Spec) -> Image.Image:
    """What stands behind the words: drawn once for a banner and all that its designer changes in it."""
    image = _enlarged(_scene(spec))
    _decoration(ImageDraw.Draw(image, "RGBA"), spec)
    return image


def _enlarged(image: Image.Image) -> Image.Image:
    return image.resize((WIDTH * FINER, HEIGHT * FINER), Image.Resampling.BICUBIC)


def _noise(rng: np.random.Generator, octaves: int) -> np.ndarray:
    """Smooth noise 0..1 of 198 x 792: clouds, landscapes, anything like a photograph."""
    total = np.zeros((198, 792))
    for octave in range(octaves):
        cells = rng.random((3 * 2**octave, 12 * 2**octave)).astype(np.float32)
        layer = Image.fromarray(cells).resize((792, 198), Image.Resampling.BICUBIC)
        total += np.asarray(layer) / 1.7**octave
    return np.asarray((total - total.min()) / (np.ptp(total) + 1e-6))


def _scene(spec: Spec) -> Image.Image:
    rng = np.random.default_rng(spec.seed)
    deep, main = np.array(spec.deep, float), np.array(spec.main, float)
    if spec.system in ("clouds", "split", "ridges"):
        shade = _noise(rng, 6)
        if spec.system == "ridges":
            shade = np.floor(shade * 6) / 6 * 0.8 + shade * 0.2
        if spec.system == "split":
            shade[:, :400] = 0.15
        return Image.fromarray((deep + (main * 1.2 - deep) * shade[..., None]).clip(0, 255).astype(np.uint8))
    if spec.system == "sparse":
        return Image.new("RGB", (792, 198), spec.main)
    if spec.system == "plain":
        return Image.new("RGB", (792, 198), (250, 250, 248) if rng.random() < 0.5 else spec.deep)
    ramp = np.linspace(0, 1, 792)[None, :, None] * np.ones((198, 1, 1))
    return Image.fromarray((deep + (main - deep) * ramp).astype(np.uint8))


def _decoration(draw: ImageDraw.ImageDraw, spec: Spec) -> None:
    drawn = {"rays": _rays, "arcs": _arcs, "grid": _grid, "bokeh": _bokeh, "plain": _stripe}.get(spec.system)
    wide, high = WIDTH * FINER, HEIGHT * FINER
    if drawn is not None:
        drawn(draw, spec, wide, high)
    elif spec.system in DECORATIONS:
        rng = np.random.default_rng([spec.seed, 3])
        DECORATIONS[spec.system](Canvas(draw, rng, wide, high, spec.deep, spec.main, spec.accent, spec.brand))


def _rays(draw: ImageDraw.ImageDraw, spec: Spec, wide: int, high: int) -> None:
    for k in range(0, 36, 2):
        a, b = (math.pi * (k + d) / 18 for d in (0, 1))
        far = [(wide / 2 + wide * math.cos(t), high + wide * math.sin(t)) for t in (a, b)]
        draw.polygon([(wide / 2, high), *far], fill=(*spec.accent, 46))


def _arcs(draw: ImageDraw.ImageDraw, spec: Spec, wide: int, high: int) -> None:
    for k in range(7):
        r = high * (0.3 + 0.16 * k)
        box = (wide * 0.9 - r, high / 2 - r, wide * 0.9 + r, high / 2 + r)
        draw.ellipse(box, outline=(*spec.accent, 120), width=7)


def _grid(draw: ImageDraw.ImageDraw, spec: Spec, wide: int, high: int) -> None:
    for x in range(0, wide, 88):
        draw.line((x, 0, x, high), fill=(255, 255, 255, 40), width=3)
    for y in range(0, high, 88):
        draw.line((0, y, wide, y), fill=(255, 255, 255, 40), width=3)


def _bokeh(draw: ImageDraw.ImageDraw, spec: Spec, wide: int, high: int) -> None:
    rng = np.random.default_rng([spec.seed, 1])
    for _ in range(40):
        x, y, r = rng.uniform(0, wide), rng.uniform(0, high), rng.uniform(20, 150)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(*spec.accent, int(rng.uniform(15, 70))))


def _stripe(draw: ImageDraw.ImageDraw, spec: Spec, wide: int, high: int) -> None:
    draw.rectangle((0, high * 0.94, wide, high), fill=spec.accent)


def _text(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, ink: Colour, weight: int
) -> None:
    font = ImageFont.load_default(size * FINER)
    place = (at[0] * WIDTH * FINER, at[1] * HEIGHT * FINER)
    draw.text(place, text, font=font, fill=ink, stroke_width=weight * FINER, stroke_fill=ink)


def _mark(draw: ImageDraw.ImageDraw, spec: Spec, ink: Colour) -> None:
    x, y, s = spec.logo_at[0] * WIDTH * FINER, spec.logo_at[1] * HEIGHT * FINER, 52 * FINER
    box = (x, y, x + s, y + s)
    if spec.mark == "ring":
        draw.ellipse(box, outline=spec.accent, width=9 * FINER)
    elif spec.mark == "square":
        draw.rounded_rectangle(box, radius=s // 5, fill=spec.accent)
    elif spec.mark == "triangle":
        draw.polygon([(x + s / 2, y), (x + s, y + s), (x, y + s)], fill=spec.accent)
    elif spec.mark == "bars":
        for k, part in enumerate((0.4, 0.7, 1.0)):
            draw.rectangle(
                (x + k * s * 0.36, y + s * (1 - part), x + k * s * 0.36 + s * 0.25, y + s), fill=ink
            )
    elif spec.mark == "diamond":
        draw.polygon(
            [(x + s / 2, y), (x + s, y + s / 2), (x + s / 2, y + s), (x, y + s / 2)], fill=spec.accent
        )
    else:
        draw.rectangle((x + s * 0.36, y, x + s * 0.64, y + s), fill=ink)
        draw.rectangle((x, y + s * 0.36, x + s, y + s * 0.64), fill=ink)


def _other(rng: np.random.Generator, values: tuple[str, ...], own: str) -> str:
    return _pick(rng, tuple(value for value in values if value != own))


def edits(spec: Spec) -> Iterator[tuple[str, Spec]]:
    """The banner with one thing changed by its designer, family by family."""
    rng = np.random.default_rng([spec.seed, 2])
    if spec.slogan:
        yield "another slogan", replace(spec, slogan=_other(rng, SLOGANS, spec.slogan))
    for word, swapped in WORDS.items():
        if word in spec.slogan:
            yield "one word changed", replace(spec, slogan=spec.slogan.replace(word, swapped))
    older = _year_before(spec.small)
    if older != spec.small:
        yield "only the year changed", replace(spec, small=older)
        yield "last year's", replace(spec, small=older, slogan=_other(rng, SLOGANS, spec.slogan))
    yield (
        "logo swapped",
        replace(spec, mark=_other(rng, MARKS, spec.mark), brand=_other(rng, BRANDS, spec.brand)),
    )
    yield "symbol swapped", replace(spec, mark=_other(rng, MARKS, spec.mark))
    yield "logo removed", replace(spec, mark="")
    yield "logo moved", replace(spec, logo_at=(spec.logo_at[0] - 0.03, spec.logo_at[1] + 0.06))
    yield "text nudged", replace(spec, slogan_at=(spec.slogan_at[0] + 0.012, spec.slogan_at[1] - 0.025))
    yield "small print removed", replace(spec, small="")
    if spec.system in ("clouds", "split", "ridges", "bokeh"):
        yield "other photograph", replace(spec, seed=spec.seed + 1)
    turned = replace(spec, deep=spec.main[::-1], main=spec.deep[::-1], accent=spec.accent[::-1])
    yield (
        "sister brand",
        replace(turned, brand=_other(rng, BRANDS, spec.brand), slogan=_other(rng, SLOGANS, spec.slogan)),
    )


def _year_before(text: str) -> str:
    for year in range(2021, 2028):
        if str(year) in text:
            return text.replace(str(year), str(year - 1))
    return text


def plain_pictures(spec: Spec) -> Iterator[tuple[str, Image.Image]]:
    """Pictures with nothing of the banner but its colours."""
    yield "plain colour", Image.new("RGB", (WIDTH, HEIGHT), spec.main)
    ramp = np.linspace(0, 1, WIDTH)[None, :, None] * np.ones((HEIGHT, 1, 1))
    mixed = np.array(spec.deep) + (np.array(spec.main, float) - np.array(spec.deep)) * ramp
    yield "gradient", Image.fromarray(mixed.astype(np.uint8))
    shapes = Image.new("RGB", (WIDTH, HEIGHT), (160, 180, 183))
    draw = ImageDraw.Draw(shapes, "RGBA")
    for k in range(6):
        draw.polygon(
            [(k * 300 - 100, 396), (k * 300 + 250, 396), (k * 300 + 420, 0), (k * 300, 0)],
            fill=(86, 104, 122, 40),
        )
    yield "a default picture", shapes
