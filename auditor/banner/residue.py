"""What is left between a candidate and the banner seen through its window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from auditor.banner.picture import LANCZOS, Raster, blur
from auditor.banner.texture import harsh_copy, match_sharpness, noise_map, palette_copy
from auditor.banner.window import Box, Mask, Window

_FINE = 1.0
_CHROMA = 0.8
#: colours as a patch of several pixels shows them, where what storing mixes evens out
_DRIFT = 3.0
_BLOCK = 8
#: so near the edge of a turned banner its colours are mixed with what lies beside, in pixels
_RIM = 3.0
_ROUNDS = 3
#: corners that are hardly darker have no vignette
_LEAST_SHADE = 0.03
_COLOURED = 14.0
_ENOUGH_COLOUR = 150


@dataclass(frozen=True, slots=True, eq=False)
class Residue:
    """Differences per pixel of the overlap, in levels; colour planes (blue, red difference) at half size.

    `rest` and `colour_rest` are smoothed by about a pixel; `noise` and `colour_noise` are what a harsh
    recompression leaves there, and `colour_drift` and `drift_noise` the same of the colours of a patch;
    `slope` is how fast the expected picture changes, in levels a pixel.
    `colour_gain`: the candidate's colours over the expected ones as a complex number: 1 = the same,
    0 = grey, another angle = another hue; `colourfulness`: how strong the expected ones are, in levels.
    `seen` and `expected` are RGB. `covered` marks the pixels that show banner; None: all of them do.
    `shade`: how much darker the corners are, where that was looked for; `distinct`: how many clearly
    different colours the expected picture has.
    """

    box: Box
    rest: Raster
    noise: Raster
    colour_rest: Raster
    colour_noise: Raster
    colour_drift: Raster
    drift_noise: Raster
    slope: Raster
    seen: npt.NDArray[np.uint8]
    expected: npt.NDArray[np.uint8]
    tone: Tone
    colour_gain: complex
    colourfulness: float
    covered: Mask | None = None
    shade: Shade | None = None
    distinct: int = 0


def measure(
    candidate: Image.Image,
    banner: Image.Image,
    window: Window,
    *,
    palette: bool = False,
    filtered: bool = False,
    stored: Noise | None = None,
) -> Residue | None:
    """The residue of `candidate` (already at working width) against `banner`; None without overlap.

    `palette`: the candidate was stored with 256 colours. `filtered`: its tones may be changed as far as the
    sliders of a picture editor do, and darker towards the corners. `stored`: the noise of the whole banner at
    about this size, where it is known already.
    """
    box = window.overlap(candidate.width, candidate.height, banner.height / banner.width)
    if box[2] - box[0] < 60 or box[3] - box[1] < 16:
        return None
    predicted = window.predict(banner, box, candidate.width, LANCZOS)
    seen = candidate.crop(box)
    covered = None
    if not window.straight:
        covered = window.covered(box, candidate.width, banner.height / banner.width, rim=_RIM)
        if covered.all():
            covered = None
        else:
            # beside a turned banner nothing is expected but what is there
            predicted.paste(seen, mask=Image.fromarray(~covered))
    shade: Shade | None = None
    if filtered:
        tone, shade = fit_filter(seen, predicted, box, candidate.size)
    else:
        tone = fit_tone(_blocks(seen), _blocks(predicted))
    expected = tone.apply(predicted)
    if shade is not None:
        expected = shade.apply(expected)
    brightness = _brightness(seen)
    shaped = match_sharpness(brightness, _brightness(expected))
    colours, expected_colours = _colours(seen), _colours(expected)
    if stored is None or palette:
        noise, colour_noise, drift_noise = _noise(predicted, palette)
    else:
        noise, colour_noise, drift_noise = stored.seen_through(window, box, candidate.width)
    colour_rest = colours - expected_colours
    return Residue(
        box,
        blur(brightness - shaped, _FINE),
        noise,
        _smooth_planes(colour_rest, _CHROMA),
        colour_noise,
        _smooth_planes(colour_rest, _DRIFT),
        drift_noise,
        _slope(shaped),
        np.asarray(seen),
        np.asarray(expected),
        tone,
        *_colour_gain(colours, expected_colours),
        covered,
        shade,
        _distinct(predicted),
    )


def _distinct(image: Image.Image) -> int:
    """How many clearly different colours take up a part of `image` worth mentioning."""
    bins = np.minimum(_blocks(image) // 43, 5).astype(np.intp) @ np.array([36, 6, 1])
    counts = np.bincount(bins, minlength=216)
    return int((counts > _WORTH * len(bins)).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """What a harsh way of storing leaves of a whole banner: brightness, and colour planes two by two (near a
    pixel, over a patch); smooth, so kept small."""

    brightness: Image.Image
    colours: tuple[Image.Image, ...]

    def seen_through(self, window: Window, box: Box, width: int) -> tuple[Raster, Raster, Raster]:
        """The same for the part that `box` of a candidate `width` pixels wide shows."""
        size = (box[2] - box[0], box[3] - box[1])
        half = (-(-size[0] // 2), -(-size[1] // 2))
        seen = [
            window.predict(image, box, width, Image.Resampling.BILINEAR).resize(
                shape, Image.Resampling.BILINEAR
            )
            if not window.straight
            else image.resize(shape, Image.Resampling.BILINEAR, box=window.source_box(box, width, image.size))
            for image, shape in ((self.brightness, size), *((colour, half) for colour in self.colours))
        ]
        brightness, *colours = (np.asarray(plane, dtype=np.float32) for plane in seen)
        return brightness, np.stack(colours[:2]), np.stack(colours[2:])


def noise_of(banner: Image.Image, width: int) -> Noise:
    """The noise of a whole banner at `width` pixels."""
    height = max(8, round(banner.height * width / banner.width))
    noise, colour, drift = _noise(banner.resize((width, height), LANCZOS), palette=False)
    planes = (Image.fromarray(plane).reduce(2) for plane in (noise, *colour, *drift))
    brightness, *colours = planes
    return Noise(brightness, tuple(colours))


def _noise(predicted: Image.Image, palette: bool) -> tuple[Raster, Raster, Raster]:
    """What a harsh way of storing the banner leaves: in brightness, in colour, and in colour over a patch."""
    copies = [harsh_copy(predicted)] + ([palette_copy(predicted)] if palette else [])
    brightness, colours = _brightness(predicted), _colours(predicted)
    noise = [noise_map(blur(_brightness(copy) - brightness, _FINE)) for copy in copies]
    rests = [_colours(copy) - colours for copy in copies]
    colour, drift = (
        np.maximum.reduce([_noise_maps(_smooth_planes(rest, sigma)) for rest in rests])
        for sigma in (_CHROMA, _DRIFT)
    )
    return np.maximum.reduce(noise), colour, drift


def _noise_maps(planes: Raster) -> Raster:
    return np.stack([noise_map(plane) for plane in planes])


def _brightness(image: Image.Image) -> Raster:
    return np.asarray(image.convert("L"), dtype=np.float32)


def _colours(image: Image.Image) -> Raster:
    """Blue and red difference around 0 at half size, two planes."""
    small = image.reduce(2).convert("YCbCr")
    return np.ascontiguousarray(
        np.moveaxis(np.asarray(small)[..., 1:], -1, 0), dtype=np.float32
    ) - np.float32(128)


def _smooth_planes(planes: Raster, sigma: float) -> Raster:
    return np.stack([blur(plane, sigma) for plane in planes])


def _slope(brightness: Raster) -> Raster:
    gy, gx = np.gradient(brightness)
    return np.asarray(np.sqrt(gx * gx + gy * gy), dtype=np.float32)


def _blocks(image: Image.Image) -> Raster:
    """Mean colours of 8 x 8 blocks, one a row."""
    return np.asarray(image.reduce(_BLOCK), dtype=np.float32).reshape(-1, 3)


def _colour_gain(seen: Raster, expected: Raster) -> tuple[complex, float]:
    """The typical ratio of the colours where the banner has any (1 where not), and their strength."""
    wanted = expected[0] + 1j * expected[1]
    coloured = np.abs(wanted) > _COLOURED
    if int(coloured.sum()) < _ENOUGH_COLOUR:
        return 1.0 + 0.0j, 0.0
    ratio = (seen[0] + 1j * seen[1])[coloured] / wanted[coloured]
    gain = complex(float(np.median(ratio.real)), float(np.median(ratio.imag)))
    return gain, float(np.median(np.abs(wanted[coloured])))


#: gamma (log), contrast (log), brightness (levels / 255), saturation (log), lost profile (share)
_SPREAD = np.array([0.10, 0.06, 0.03, 0.08, 0.5])
_LOWEST = np.array([-0.25, -0.20, -0.12, -0.25, -0.05])
_HIGHEST = np.array([0.25, 0.20, 0.12, 0.25, 1.05])
_LUMA = np.array([0.299, 0.587, 0.114])
#: linear sRGB to linear Display P3, the numbers then read as sRGB
_WIDE = np.array([[0.8224621, 0.177538, 0.0], [0.0331941, 0.9668058, 0.0], [0.0170827, 0.0723974, 0.9105199]])
_STEPS = 5
#: sliders go so many times as far as an honest way does
_REACH = 3.0
#: a colour on that share of a picture is worth mentioning
_WORTH = 0.004
_MOST_COLOURS = 1200
_GRID_SIZE = 17
_AXIS = np.linspace(0.0, 255.0, _GRID_SIZE, dtype=np.float32)
#: red runs fastest, as Pillow's tables want it
_GRID = np.stack(np.meshgrid(_AXIS, _AXIS, _AXIS, indexing="ij")[::-1], axis=-1).reshape(-1, 3)
_LEVELS = np.arange(256, dtype=np.float64) / 255.0


@dataclass(frozen=True, slots=True)
class Tone:
    """How the candidate's colours follow from the banner's."""

    gamma: float = 0.0
    contrast: float = 0.0
    brightness: float = 0.0
    saturation: float = 0.0
    lost_profile: float = 0.0

    @property
    def _values(self) -> np.ndarray:
        return np.array([self.gamma, self.contrast, self.brightness, self.saturation, self.lost_profile])

    def colours(self, rgb: Raster) -> Raster:
        """Colours (n x 3) through the tone."""
        return np.asarray(_through(rgb, self._values), dtype=np.float32)

    def apply(self, image: Image.Image) -> Image.Image:
        """An RGB picture through the tone."""
        values = self._values
        if float(np.abs(values).max()) < 0.003:
            return image
        table = _through(_GRID, values) / np.float32(255.0)
        return image.filter(ImageFilter.Color3DLUT(_GRID_SIZE, table.ravel().tolist()))


@dataclass(frozen=True, slots=True, eq=False)
class Shade:
    """How much darker a picture gets towards its corners: `depth` at a corner, 0 = not at all, and the gain
    of each pixel."""

    depth: float
    gain: Raster

    def apply(self, image: Image.Image) -> Image.Image:
        """An RGB picture through the shade."""
        shaded = np.asarray(image, dtype=np.float32) * self.gain[..., None]
        return Image.fromarray(np.clip(shaded + 0.5, 0, 255).astype(np.uint8))


def fit_filter(
    seen: Image.Image, expected: Image.Image, box: Box, size: tuple[int, int]
) -> tuple[Tone, Shade | None]:
    """The tone and the shade of a picture editor that turn `expected` into `seen`; both are the part `box` of
    a picture of `size`."""
    own, wanted = _blocks(seen), _blocks(expected)
    shape = (-(-seen.height // _BLOCK), -(-seen.width // _BLOCK))
    far = _from_middle(box, size, shape)
    columns = np.stack((np.ones_like(far), far, far * far)).astype(np.float32)
    terms = np.array([1.0, 0.0, 0.0])
    tone = fit_tone(own, wanted, _REACH)
    for _ in range(_ROUNDS):
        through = tone.colours(wanted).mean(axis=1)
        light = np.minimum(through, 255 - through) > 8.0
        if int(light.sum()) < 20:
            return tone, None
        ratio = own.mean(axis=1)[light] / through[light]
        terms = _robust(columns[:, light], ratio)
        gain = np.asarray(np.clip(terms @ columns, 0.2, 1.5), dtype=np.float32)
        tone = fit_tone(own / gain[:, None], wanted, _REACH)
    middle, corner = (float(terms @ np.array([1.0, far, far * far])) for far in (0.0, 1.0))
    depth = 1.0 - corner / max(middle, 0.1)
    if depth < _LEAST_SHADE:
        return fit_tone(own, wanted, _REACH), None
    far = _from_middle(box, size, (seen.height, seen.width)).reshape(seen.height, seen.width)
    return tone, Shade(depth, np.asarray(np.clip(terms[0] + far * (terms[1] + far * terms[2]), 0.2, 1.5)))


def _from_middle(box: Box, size: tuple[int, int], shape: tuple[int, int]) -> Raster:
    """How far the points of a grid of `shape` over `box` lie from the middle, squared; 1 in a corner."""
    x, y = (
        (np.linspace(low, high, 2 * count + 1, dtype=np.float32)[1::2] / whole - 0.5) * 2
        for low, high, whole, count in (
            (box[0], box[2], size[0], shape[1]),
            (box[1], box[3], size[1], shape[0]),
        )
    )
    return np.asarray((x[None, :] ** 2 + y[:, None] ** 2) / 2, dtype=np.float32).ravel()


def _robust(columns: Raster, target: Raster) -> np.ndarray:
    """Least squares in which what lies far off counts little."""
    weight: np.ndarray = np.ones_like(target)
    for _ in range(4):
        weighted = columns * weight
        terms = np.linalg.solve(weighted @ columns.T + 1e-6 * np.eye(3), weighted @ target)
        rest = np.abs(target - terms @ columns)
        weight = 1.0 / (1.0 + np.square(rest / (2.0 * float(np.median(rest)) + 0.005)))
    return np.asarray(terms)


def fit_tone(seen: Raster, expected: Raster, reach: float = 1.0) -> Tone:
    """The tone that turns `expected` colours (n x 3) into the `seen` ones, robustly.

    Colours that no tone explains are left out by their weight, so they remain as a difference. `reach`: how
    many times further than on an honest way the tone may go.
    """
    if len(seen) < 20:
        return Tone()
    every = -(-len(seen) // _MOST_COLOURS)
    seen, expected = seen[::every], expected[::every]
    values = np.zeros(5)
    noise = 4.0
    rare = _rarity(expected)
    low, high = _LOWEST.copy(), _HIGHEST.copy()
    low[:4] *= reach
    high[:4] *= reach
    for _ in range(round(_STEPS * reach)):
        rest = (seen - _through(expected, values)).astype(np.float64)
        size = np.sqrt((rest * rest).mean(axis=1))
        spread = max(noise, 1.5 * float(np.median(size)))
        weight = rare / np.square(1.0 + np.square(size / (2 * spread)))
        step = _solve(_slopes(expected, values), rest, weight, values, noise, reach)
        values = np.clip(values + step, low, high)
        if float(np.abs(step).max()) < 1e-3:
            break
    return Tone(*(float(v) for v in values))


def _rarity(colours: Raster) -> np.ndarray:
    """A weight per colour, mean 1: rare ones count more, so that the print weighs against its background."""
    bins = np.minimum(colours // 43, 5).astype(np.intp) @ np.array([36, 6, 1])
    weight = 1.0 / np.sqrt(np.bincount(bins, minlength=216)[bins])
    return np.asarray(weight / weight.mean())


def _slopes(expected: Raster, values: np.ndarray) -> np.ndarray:
    """The change of the colours with each number."""
    base = _through(expected, values)
    steps = []
    for index in range(5):
        nudged = values.copy()
        nudged[index] += 0.03
        steps.append((_through(expected, nudged) - base) / 0.03)
    return np.stack(steps)


def _solve(
    slopes: np.ndarray,
    rest: np.ndarray,
    weight: np.ndarray,
    values: np.ndarray,
    noise: float,
    reach: float,
) -> np.ndarray:
    """One Gauss-Newton step with the priors as ridge; at most 150 samples' worth of evidence."""
    columns = slopes.reshape(5, -1)
    spread = _SPREAD * reach
    w = np.repeat(weight, 3) / (noise * noise)
    w *= min(1.0, 150.0 / max(len(weight), 1))
    normal = (columns * w) @ columns.T + np.diag(1 / spread**2)
    gradient = (columns * w) @ rest.reshape(-1) - values / spread**2
    return np.asarray(np.linalg.solve(normal, gradient))


def _through(rgb: np.ndarray, values: np.ndarray) -> np.ndarray:
    gamma, contrast, brightness, saturation, lost = (float(v) for v in values)
    x = np.clip(rgb / 255.0, 0.0, 1.0).astype(np.float32)
    if abs(lost) > 0.02:
        x = x + np.float32(lost) * (_narrowed(x) - x)
    if gamma:
        x = np.power(np.clip(x, 1e-4, 1.0), np.float32(np.exp(gamma)))
    if contrast or brightness:
        x = (x - np.float32(0.5)) * np.float32(np.exp(contrast)) + np.float32(0.5 + brightness)
    if saturation:
        grey = (x @ _LUMA.astype(np.float32))[..., None]
        x = grey + (x - grey) * np.float32(np.exp(saturation))
    return np.asarray(np.clip(x, 0.0, 1.0) * np.float32(255.0))


def _narrowed(x: np.ndarray) -> np.ndarray:
    """sRGB colours written in Display P3 and then read as if they were sRGB."""
    table = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(
        np.float32
    )
    linear = table[np.clip(x * 255.0 + 0.5, 0, 255).astype(np.uint8)] @ _WIDE.T.astype(np.float32)
    linear = np.clip(linear, 0.0, 1.0)
    return np.where(
        linear <= 0.0031308, linear * 12.92, 1.055 * np.power(np.maximum(linear, 1e-6), 1 / 2.4) - 0.055
    )
