"""Bytes become a picture with its perceptual hash, or a trouble with a reason: no crash, no gigabyte."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import Literal

import imagehash
import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from auditor.banner.storing import Storing, storing_of

Pixels = npt.NDArray[np.uint8]

#: the grounds under transparent parts: what people see in most programs, and its opposite
WHITE, BLACK = 255, 0
#: an alpha from here on hides the ground as far as anybody sees
_OPAQUE = 250
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_SIXTEEN_BIT = ("I", "I;16", "I;16B", "I;16L", "I;16N", "F")
_TEXT_STARTS = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<!--", b"{", b"[")


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What is read at all: file size in bytes, pixels, longest and shortest side in pixels.

    `jpeg_pixels`: JPEG is read at a fraction of its size, so more is allowed there.
    `working_side`: a larger picture is scaled down to it while reading.
    """

    file_bytes: int = 20_000_000
    pixels: int = 16_000_000
    jpeg_pixels: int = 30_000_000
    longest_side: int = 16_000
    shortest_side: int = 16
    working_side: int = 4_000


@dataclass(frozen=True, slots=True)
class PictureTrouble:
    """Why the bytes are no usable picture. `code` is for programs, `reason` for people."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture as people see it: upright, over one ground, sRGB, height x width x 3 bytes.

    `transparent`: the share (0 to 1) that lets the ground through; people see there what lies below.
    `storing`: how it was stored; None where that is not known, or the pixels no longer lie as they did.
    """

    rgb: Pixels
    format: str = ""
    notes: tuple[str, ...] = ()
    transparent: float = 0.0
    storing: Storing | None = None

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.rgb.shape[0])

    def image(self) -> Image.Image:
        """The same as a Pillow image (mode RGB)."""
        return Image.fromarray(self.rgb)


def decode(body: bytes, limits: PictureLimits | None = None, ground: int = WHITE) -> Picture | PictureTrouble:
    """The picture that `body` holds, or the trouble with it. Pure; raises nothing.

    `ground`: the grey (0 black to 255 white) under the transparent parts.
    """
    limits = limits or PictureLimits()
    trouble = _outside(body, limits)
    if trouble is not None:
        return trouble
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _open(body, limits, ground)
    except Exception as problem:  # a decoder may raise anything on hostile bytes
        return _trouble_of(problem)


def _outside(body: bytes, limits: PictureLimits) -> PictureTrouble | None:
    """What can be said without a decoder."""
    if not body:
        return PictureTrouble("PICTURE_EMPTY", "the file is empty (0 bytes)")
    if len(body) > limits.file_bytes:
        return PictureTrouble(
            "PICTURE_TOO_LARGE", f"the file has {len(body):,} bytes, more than {limits.file_bytes:,}"
        )
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        return PictureTrouble("PICTURE_SVG", "an SVG drawing, not a pixel picture; save it as PNG")
    if start.startswith(_TEXT_STARTS) or start.startswith(b"<?xml"):
        return PictureTrouble("PICTURE_IS_PAGE", "a web page or text, not a picture")
    return None


def _trouble_of(problem: Exception) -> PictureTrouble:
    if isinstance(problem, UnidentifiedImageError):
        return PictureTrouble("PICTURE_UNKNOWN_FORMAT", "not a picture in a known format")
    if isinstance(problem, Image.DecompressionBombError):
        return PictureTrouble("PICTURE_TOO_MANY_PIXELS", "the picture unpacks to too many pixels")
    if isinstance(problem, MemoryError):
        return PictureTrouble("PICTURE_TOO_MANY_PIXELS", "the picture needs too much memory")
    if isinstance(problem, (OSError, SyntaxError, EOFError, struct.error, zlib.error)):
        return PictureTrouble("PICTURE_DAMAGED", "the picture is damaged or cut off")
    return PictureTrouble("PICTURE_UNREADABLE", f"the picture cannot be read ({type(problem).__name__})")


def _open(body: bytes, limits: PictureLimits, ground: int) -> Picture | PictureTrouble:
    with Image.open(io.BytesIO(body), formats=_FORMATS) as image:
        name, size = image.format or "", image.size
        trouble = _size_trouble(size, name, limits)
        if trouble is not None:
            return trouble
        notes, storing = _notes(image), _storing(image)
        if name in ("JPEG", "MPO"):
            image.draft(None, (limits.working_side, limits.working_side))
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        small = _within(image, limits.working_side)
        flat = _to_srgb(_over_ground(small, ground), image.info.get("icc_profile"))
        rgb = np.ascontiguousarray(np.asarray(flat, dtype=np.uint8))
        as_stored = small.size == size
        return Picture(rgb, name, notes, _transparent_share(small), storing if as_stored else None)


def _storing(image: Image.Image) -> Storing | None:
    storing = storing_of(image)
    turned = storing is not None and image.getexif().get(ExifTags.Base.Orientation, 1) != 1
    return None if turned else storing


def _size_trouble(size: tuple[int, int], name: str, limits: PictureLimits) -> PictureTrouble | None:
    width, height = size
    most = limits.jpeg_pixels if name in ("JPEG", "MPO") else limits.pixels
    if width * height > most or max(size) > limits.longest_side:
        return PictureTrouble("PICTURE_TOO_MANY_PIXELS", f"{width} x {height} pixels are more than is read")
    if min(size) < limits.shortest_side:
        return PictureTrouble("PICTURE_TOO_SMALL", f"only {width} x {height} pixels")
    return None


def _notes(image: Image.Image) -> tuple[str, ...]:
    notes = []
    if getattr(image, "n_frames", 1) > 1:
        notes.append("animated: the first frame was taken")
    if image.mode in ("CMYK", "YCCK") or image.mode in _SIXTEEN_BIT:
        notes.append(f"converted from {image.mode}")
    return tuple(notes)


def _within(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) <= side or image.mode in _SIXTEEN_BIT:
        return image
    ratio = side / max(image.size)
    mode = {"P": "RGBA", "1": "L", "PA": "RGBA"}.get(image.mode)
    wider = image.convert(mode) if mode else image
    return wider.resize((max(1, round(image.width * ratio)), max(1, round(image.height * ratio))))


def _has_alpha(image: Image.Image) -> bool:
    transparent = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA", "La", "RGBa")
    return transparent and image.mode not in _SIXTEEN_BIT


def _transparent_share(image: Image.Image) -> float:
    if not _has_alpha(image):
        return 0.0
    return float((np.asarray(image.convert("RGBA").getchannel("A")) < _OPAQUE).mean())


def _over_ground(image: Image.Image, ground: int) -> Image.Image:
    """Mode RGB, L or CMYK without any transparency left."""
    if image.mode in _SIXTEEN_BIT:
        return _eight_bit(image)
    if _has_alpha(image):
        seen = image.convert("RGBA")
        under = Image.new("RGBA", seen.size, (ground, ground, ground, 255))
        return Image.alpha_composite(under, seen).convert("RGB")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    values = np.nan_to_num(np.asarray(image, dtype=np.float64))
    narrow = image.mode in ("I", "F") and values.max(initial=0.0) <= 255.0
    top = 255.0 if narrow else 65535.0
    scaled = np.clip(values * (255.0 / top), 0, 255).astype(np.uint8)
    return Image.fromarray(scaled)


def _to_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Through the picture's own colour profile; a broken or unfitting profile is left aside."""
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(
                image, source, target, renderingIntent=_INTENT, outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")


_INTENT: Literal[ImageCms.Intent.RELATIVE_COLORIMETRIC] = ImageCms.Intent.RELATIVE_COLORIMETRIC
BICUBIC = Image.Resampling.BICUBIC
LANCZOS = Image.Resampling.LANCZOS
#: stands before every hash and changes whenever it would come out differently; the later parts of the name
#: are those of hashes that are no longer taken, kept so that what is on file stays comparable
ALGORITHM = "phash16+dhash8+colorhash3/1"


def fingerprint(image: Image.Image) -> str:
    """The perceptual hash of an RGB picture in hexadecimal, after the algorithm that made it and a colon."""
    small = image.resize((256, max(16, round(256 * image.height / image.width))), Image.Resampling.BOX)
    return f"{ALGORITHM}:{imagehash.phash(small, hash_size=16)}"
