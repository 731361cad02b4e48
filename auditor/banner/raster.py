"""Planes of pixels: blurred, drawn smaller, their slopes; OpenCV does the work."""

from __future__ import annotations

import math
from typing import TypeAlias, TypeVar

import cv2
import numpy as np
import numpy.typing as npt

Pixels: TypeAlias = npt.NDArray[np.uint8]
Raster: TypeAlias = npt.NDArray[np.float32]
Matrix: TypeAlias = npt.NDArray[np.float64]
Spectra: TypeAlias = npt.NDArray[np.complex64]
Plane = TypeVar("Plane", Pixels, Raster)

# the pictures are small and a run judges several at once: more threads for one would only cost
cv2.setNumThreads(1)

#: how much red, green and blue add to how light a colour is (ITU-R BT.601)
LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_CHANNELS = np.array([[0.32, 0.36, 0.32]], dtype=np.float32)
#: a Gaussian this wide (times the root of factor squared less 1) before a picture is drawn smaller
_BEFORE_SHRINKING = 0.42
_NARROWEST_BLUR = 0.2
_LOBES, _HARDLY_SMALLER = 3, 1.02


def blur(raster: Plane, sigma: float) -> Plane:
    """Gaussian blur over the first two axes; sigma in pixels."""
    side = 2 * int(2.5 * sigma + 0.5) + 1
    soft = cv2.GaussianBlur(raster, (side, side), sigma, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(soft, dtype=raster.dtype)


def broad_blur(raster: Raster, sigma: float) -> Raster:
    """Gaussian blur for a large sigma, made on a reduced copy: for local energies, not for pixels."""
    factor = max(1, int(sigma / 2.0))
    high, wide = raster.shape[:2]
    if factor == 1 or min(high, wide) < 4 * factor:
        return blur(raster, sigma)
    small = cv2.resize(raster, (-(-wide // factor), -(-high // factor)), interpolation=cv2.INTER_AREA)
    soft = blur(np.asarray(small, dtype=np.float32), sigma / factor)
    return np.asarray(cv2.resize(soft, (wide, high), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def difference(one: Pixels, other: Pixels) -> Raster:
    """One less the other, which may be less than 0."""
    return np.asarray(cv2.subtract(one, other, dtype=cv2.CV_32F), dtype=np.float32)


def fine(planes: Pixels, within: float) -> Raster:
    """`planes` without what changes more slowly than within so many pixels."""
    return difference(planes, blur(planes, within))


def product(one: Raster, other: Raster) -> Raster:
    """One times the other, all planes summed."""
    return np.asarray(cv2.transform(one * other, np.ones((1, one.shape[2]))), dtype=np.float32)


def light_and_colours(planes: Raster) -> tuple[Raster, Raster]:
    """Red, green and blue planes as their light, one plane, and what they are beside it."""
    light = planes @ LUMA
    return light, planes - light[..., None]


def slopes(raster: Raster) -> tuple[Raster, Raster]:
    """The slope to the right and downwards, per pixel."""
    right, down = (
        cv2.Sobel(raster, -1, dx, 1 - dx, ksize=1, scale=0.5, borderType=cv2.BORDER_REPLICATE)
        for dx in (1, 0)
    )
    return np.asarray(right, dtype=np.float32), np.asarray(down, dtype=np.float32)


def slope(raster: Raster) -> Raster:
    """How steep it is, per pixel."""
    return np.asarray(cv2.magnitude(*slopes(raster)), dtype=np.float32)


def colour_slope(rgb: Pixels) -> Raster:
    """How fast the colours change, in levels a pixel of the channel that changes fastest."""
    planes = [slope(np.asarray(plane, dtype=np.float32)) for plane in cv2.split(rgb)]
    return np.asarray(np.max(planes, axis=0), dtype=np.float32)


def smaller(pixels: Pixels, width: int) -> Pixels:
    """`pixels` at another width, its ratio kept; larger only where it was narrower."""
    high, wide = pixels.shape[:2]
    size = (width, max(8, round(high * width / wide)))
    if wide > width:
        return area_means(pixels, size)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def area_means(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """`pixels` drawn at a smaller `size` (width, height): of each pixel the mean of what it covers."""
    high, wide = pixels.shape[:2]
    if (wide % size[0], high % size[1]) == (0, 0) or size[0] > wide or size[1] > high:
        return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    # ends in the same bytes, in seven tenths of the time that OpenCV takes for bytes
    means = cv2.resize(pixels.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.convertScaleAbs(means), dtype=np.uint8)


def grey(pixels: Pixels) -> Raster:
    """The mean of the channels, so that yellow on white is seen."""
    return np.asarray(cv2.transform(pixels.astype(np.float32), _CHANNELS), dtype=np.float32)


def band_pass(raster: Raster, noise_floor: float = 4.0) -> Raster:
    """Edges and strokes with their local contrast evened out; flat areas come near 0.

    `noise_floor` in levels: what is weaker than that is noise and is not raised.
    """
    detail = blur(raster, 0.7) - blur(raster, 3.0)
    energy = broad_blur(detail * detail, 5.0)
    return np.asarray(detail / np.sqrt(energy + noise_floor * noise_floor), dtype=np.float32)


def drawn(
    plane: Plane, matrix: Matrix, size: tuple[int, int], *, swift: bool = False, edge: bool = False
) -> Plane:
    """`plane` through an affine `matrix` (2 x 3, from a pixel of the result to one of the plane), `size` wide
    and high. `swift`: straight lines between pixels in place of cubic ones; `edge`: it goes on beside itself,
    otherwise 0 is there."""
    way = (cv2.INTER_LINEAR if swift else cv2.INTER_CUBIC) | cv2.WARP_INVERSE_MAP
    border = cv2.BORDER_REPLICATE if edge else cv2.BORDER_CONSTANT
    return np.asarray(cv2.warpAffine(plane, matrix, size, flags=way, borderMode=border), dtype=plane.dtype)


def softened(plane: Plane, factor: float) -> Plane:
    """`plane` before it is drawn `factor` times smaller, so that fine patterns leave no others behind."""
    sigma = _BEFORE_SHRINKING * float(np.sqrt(max(factor * factor - 1.0, 0.0)))
    return blur(plane, sigma) if sigma > _NARROWEST_BLUR else plane


def crisply_softened(plane: Pixels, factor: float) -> Pixels:
    """The same for what must stay as crisp as it can be (Lanczos, three lobes)."""
    if factor < _HARDLY_SMALLER:
        return plane
    reach = math.ceil(_LOBES * factor)
    at = np.arange(-reach, reach + 1) / factor
    weights = np.sinc(at) * np.sinc(at / _LOBES) * (np.abs(at) < _LOBES)
    kernel = (weights / weights.sum()).astype(np.float32)
    return np.asarray(cv2.sepFilter2D(plane, -1, kernel, kernel, borderType=cv2.BORDER_REPLICATE), np.uint8)


def crisply_smaller(plane: Pixels, size: tuple[int, int]) -> Pixels:
    """A plane of bytes drawn at another `size` (width, height), as crisp as it can be."""
    soft = crisply_softened(plane, plane.shape[1] / size[0])
    return np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_LANCZOS4), dtype=np.uint8)


def floats(halves: npt.NDArray[np.float16]) -> Raster:
    """Half-precision numbers as whole ones; numpy takes six times as long."""
    return np.asarray(cv2.addWeighted(halves, 1.0, halves, 0.0, 0.0, dtype=cv2.CV_32F), dtype=np.float32)


def low_spectrum(packed: Raster) -> Spectra:
    """The low half of the frequencies of a raster, as numpy's `irfft2` wants it for one of half the size;
    `packed`: all of them, as OpenCV packs them."""
    high, wide = (side // 4 for side in packed.shape)
    low = np.zeros((2 * high, wide + 1), dtype=np.complex64)
    # real and imaginary parts stand side by side, but for the first column, where one is below the other
    for to, rows in ((slice(0, high), slice(0, high)), (slice(high + 1, None), slice(1 - high, None))):
        low[to, 1:wide] = np.ascontiguousarray(packed[rows, 1 : 2 * wide - 1]).view(np.complex64)
    low[0, 0] = packed[0, 0]
    low[1:high, 0] = packed[1 : 2 * high - 1 : 2, 0] + 1j * packed[2 : 2 * high : 2, 0]
    low[high + 1 :, 0] = np.conj(low[high - 1 : 0 : -1, 0])
    return low


#: fine patterns have less of their energy in the low half of the frequencies
_MOSTLY_LOW = 0.92


def told_by_low(low: Spectra, raster: Raster) -> bool:
    """Whether the low frequencies of a raster (see `low_spectrum`) hold nearly all of its energy."""
    high, wide = low.shape[0], 2 * (low.shape[1] - 1)
    kept = np.fft.irfft2(low, s=(high, wide))
    return float(np.vdot(kept, kept)) / 4 >= _MOSTLY_LOW * float(np.vdot(raster, raster))


def most(planes: Plane) -> Plane:
    """The largest of two or three planes, per pixel."""
    found = np.maximum(planes[..., 0], planes[..., 1])
    return np.asarray(
        found if planes.shape[-1] == 2 else np.maximum(found, planes[..., 2]), dtype=planes.dtype
    )


def channel_range(rgb: Pixels) -> Pixels:
    """How many levels lie between the channels of each pixel; numpy takes ten times as long."""
    red, green, blue = cv2.split(rgb)
    return np.asarray(cv2.max(cv2.max(red, green), blue) - cv2.min(cv2.min(red, green), blue), dtype=np.uint8)


def mean_colour(pixels: Pixels) -> npt.NDArray[np.float64]:
    """The mean of each of three channels; numpy takes seventy times as long over so short a last axis."""
    return np.array(cv2.mean(pixels)[:3])


def median(values: npt.NDArray[np.floating]) -> float:
    """As numpy has it, less its checks: it is asked for thousands of times."""
    middle = values.size // 2
    if values.size % 2:
        return float(np.partition(values, middle)[middle])
    low, high = np.partition(values, (middle - 1, middle))[middle - 1 : middle + 1]
    return float((low + high) / 2)


def median_colours(lines: npt.NDArray[np.generic]) -> Raster:
    """The median of each channel along a line of pixels, or along each of several."""
    ordered = np.sort(np.ascontiguousarray(lines.swapaxes(-1, -2)), axis=-1)
    count = ordered.shape[-1]
    low, high = (ordered[..., middle].astype(np.float32) for middle in ((count - 1) // 2, count // 2))
    return np.asarray((low + high) / 2, dtype=np.float32)


def wider(mask: npt.NDArray[np.bool_], steps: int) -> npt.NDArray[np.bool_]:
    """`mask` grown by so many pixels up, down and sideways."""
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    return np.asarray(cv2.dilate(mask.astype(np.uint8), cross, iterations=steps), dtype=bool)


def narrower(mask: npt.NDArray[np.bool_], steps: int) -> npt.NDArray[np.bool_]:
    """`mask` less so many pixels along its edge; the edge of the picture is none."""
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    return np.asarray(cv2.erode(mask.astype(np.uint8), cross, iterations=steps), dtype=bool)
