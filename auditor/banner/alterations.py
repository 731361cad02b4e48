"""What happens to a banner on its honest way: served sizes, recompression, crop, screenshot, phone.

Each journey is a pure function of a random generator and a picture, and gives the file that arrives.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from auditor.banner.picture import BICUBIC, LANCZOS
from auditor.banner.raster import blur, grey, slopes, smaller
from auditor.banner.window import Box

Journey = Callable[[np.random.Generator, Image.Image], bytes]
_GREYS = ((255, 255, 255), (244, 242, 238), (0, 0, 0), (32, 32, 32))
_SKINS = ((224, 187, 160), (141, 93, 66), (92, 62, 48))


def jpeg(image: Image.Image, quality: int) -> bytes:
    """`image` as JPEG."""
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=quality, subsampling=2, progressive=True)
    return buffer.getvalue()


def png(image: Image.Image) -> bytes:
    """`image` as PNG."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def at_width(image: Image.Image, width: int, resample: Image.Resampling = LANCZOS) -> Image.Image:
    """`image` at another width, ratio kept."""
    return image.resize((width, max(1, round(image.height * width / image.width))), resample)


def served(rng: np.random.Generator, image: Image.Image, width: int | None = None) -> bytes:
    """As LinkedIn serves it: 1400 or 800 pixels wide."""
    wide = width or int(rng.choice([1400, 800]))
    return jpeg(at_width(image, wide), int(rng.integers(70, 91)))


def _again(image: Image.Image, quality: int) -> Image.Image:
    return Image.open(io.BytesIO(jpeg(image, quality))).convert("RGB")


def _served_1400(rng: np.random.Generator, image: Image.Image) -> bytes:
    return served(rng, image, 1400)


def _served_800(rng: np.random.Generator, image: Image.Image) -> bytes:
    return served(rng, image, 800)


def _zoomed(rng: np.random.Generator, image: Image.Image, most: float = 0.08) -> Image.Image:
    zoom = 1 + rng.uniform(0.005, most)
    wide, high = image.width / zoom, image.height / zoom
    x, y = rng.uniform(0, image.width - wide), rng.uniform(0, image.height - high)
    return image.resize(image.size, LANCZOS, box=(x, y, x + wide, y + high))


def _zoom(rng: np.random.Generator, image: Image.Image) -> bytes:
    return served(rng, _zoomed(rng, image))


def _shifted(rng: np.random.Generator, image: Image.Image) -> bytes:
    dx = int(rng.choice([-1, 1]) * rng.uniform(0.01, 0.04) * image.width)
    dy = int(rng.choice([-1, 1]) * rng.uniform(0.01, 0.04) * image.height)
    sheet = Image.new("RGB", image.size, _GREYS[int(rng.integers(0, 3))])
    sheet.paste(image, (dx, dy))
    return served(rng, sheet)


def _toned(rng: np.random.Generator, image: Image.Image) -> bytes:
    gamma = rng.uniform(0.9, 1.1)
    curve = [min(255, round(255 * (level / 255) ** gamma)) for level in range(256)]
    toned = ImageEnhance.Brightness(image.point(curve * 3)).enhance(rng.uniform(0.95, 1.05))
    return served(rng, ImageEnhance.Contrast(toned).enhance(rng.uniform(0.95, 1.05)))


def _screenshot(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    seen = _again(at_width(image, 1400), int(rng.integers(75, 91)))
    return at_width(seen, int(rng.choice([792, 1005, 1128, 1584])), BICUBIC)


def _plain_screenshot(rng: np.random.Generator, image: Image.Image) -> bytes:
    return png(_screenshot(rng, image))


def _framed_screenshot(rng: np.random.Generator, image: Image.Image) -> bytes:
    shot = _screenshot(rng, image)
    left, top, right, bottom = (int(v) for v in rng.integers(0, 5, 4))
    sheet = Image.new(
        "RGB", (shot.width + left + right, shot.height + top + bottom), _GREYS[int(rng.integers(4))]
    )
    sheet.paste(shot, (left, top))
    return jpeg(sheet, int(rng.integers(75, 91)))


def _portrait_screenshot(rng: np.random.Generator, image: Image.Image) -> bytes:
    shot = _screenshot(rng, image)
    radius = shot.width * rng.uniform(0.095, 0.138)
    x, y = radius + shot.width * rng.uniform(0.025, 0.045), shot.height * rng.uniform(0.78, 0.98)
    large = shot.resize((shot.width * 2, shot.height * 2), BICUBIC)
    draw = ImageDraw.Draw(large)
    _disc(draw, x, y, radius, (255, 255, 255))
    _disc(draw, x, y, radius * 0.95, tuple(int(v) for v in rng.integers(40, 230, 3)))
    _disc(draw, x, y - radius * 0.1, radius * 0.42, _SKINS[int(rng.integers(3))])
    _disc(draw, x, y + radius * 0.62, radius * 0.3, tuple(int(v) for v in rng.integers(10, 120, 3)))
    return png(large.resize(shot.size, LANCZOS))


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: tuple[int, ...]) -> None:
    draw.ellipse((2 * (x - radius), 2 * (y - radius), 2 * (x + radius), 2 * (y + radius)), fill=colour)


def _recompressed(rng: np.random.Generator, image: Image.Image) -> bytes:
    first = _again(image, int(rng.integers(60, 86)))
    second = _again(at_width(first, 1400), int(rng.integers(65, 86)))
    return jpeg(at_width(second, 800), int(rng.integers(65, 86)))


def _letterboxed(rng: np.random.Generator, image: Image.Image) -> bytes:
    bar = int(image.height * rng.uniform(0.02, 0.12))
    sheet = Image.new("RGB", (image.width, image.height + 2 * bar), _GREYS[int(rng.integers(4))])
    sheet.paste(image, (0, bar))
    return jpeg(at_width(sheet, 1400), int(rng.integers(70, 91)))


def _phone(rng: np.random.Generator, image: Image.Image) -> bytes:
    small = _again(at_width(image, int(rng.choice([1080, 1170, 1290])), BICUBIC), int(rng.integers(70, 89)))
    crisp = small.filter(ImageFilter.UnsharpMask(1.2, int(rng.integers(20, 61)), 2))
    return served(rng, _zoomed(rng, ImageEnhance.Color(crisp).enhance(rng.uniform(0.95, 1.1)), 0.04))


def _enlarged(rng: np.random.Generator, image: Image.Image) -> bytes:
    small = _again(at_width(image, 800), int(rng.integers(70, 89)))
    return jpeg(at_width(small, 1400, BICUBIC), int(rng.integers(75, 91)))


def _webp(rng: np.random.Generator, image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    at_width(image, int(rng.choice([1400, 800]))).save(
        buffer, "WEBP", quality=int(rng.integers(60, 91)), method=3
    )
    return buffer.getvalue()


JOURNEYS: dict[str, Journey] = {
    "served at 1400": _served_1400,
    "served at 800": _served_800,
    "zoomed by up to 8 %": _zoom,
    "shifted, filled with white or black": _shifted,
    "gamma, contrast, brightness": _toned,
    "screenshot": _plain_screenshot,
    "screenshot with a frame": _framed_screenshot,
    "screenshot with portrait": _portrait_screenshot,
    "recompressed three times": _recompressed,
    "letterboxed": _letterboxed,
    "phone round trip": _phone,
    "enlarged from 800": _enlarged,
    "WebP": _webp,
}
NearMiss = Callable[[np.random.Generator, Image.Image], Image.Image]
#: a change is one when this many pixels of a 1584-pixel banner differ by more than 24 levels
_VISIBLE_PIXELS, _VISIBLE_LEVELS = 90, 24
_GRID = 396


def visible_change(before: Image.Image, after: Image.Image) -> bool:
    """Whether a person could see the difference at all."""
    soft = [np.asarray(image.filter(ImageFilter.BoxBlur(1)), dtype=np.int16) for image in (before, after)]
    away = np.abs(soft[0] - soft[1]).max(axis=2) > _VISIBLE_LEVELS
    return float(away.sum()) * (1584 / before.width) ** 2 >= _VISIBLE_PIXELS


def busy_box(rng: np.random.Generator, image: Image.Image, wide: float, high: float) -> Box:
    """A box full of strokes (letters, a logo); sizes as shares of the width."""
    steep = np.abs(slopes(blur(grey(smaller(np.asarray(image), _GRID)), 0.8))[0])
    w, h = max(4, round(wide * _GRID)), max(4, round(high * _GRID))
    sums = np.pad(np.cumsum(np.cumsum(steep, axis=0), axis=1), ((1, 0), (1, 0)))
    boxes = sums[h:, w:] - sums[:-h, w:] - sums[h:, :-w] + sums[:-h, :-w]
    best = np.argsort(boxes.ravel())[-max(8, boxes.size // 50) :]
    y, x = np.unravel_index(int(rng.choice(best)), boxes.shape)
    k = image.width / _GRID
    return round(x * k), round(y * k), round((x + w) * k), round((y + h) * k)


def _surround(image: Image.Image, box: Box) -> tuple[int, ...]:
    pixels = np.asarray(image)[max(0, box[1] - 3) : box[3] + 3, max(0, box[0] - 3) : box[2] + 3]
    rim = np.concatenate((pixels[:3].reshape(-1, 3), pixels[-3:].reshape(-1, 3)))
    return tuple(int(v) for v in np.median(rim, axis=0))


def _sign_changed(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    """One sign of the print is another one (as 2025 for 2026)."""
    box = busy_box(rng, image, 0.009, 0.014)
    changed = image.copy()
    changed.paste(ImageOps.flip(ImageOps.mirror(image.crop(box))), box[:2])
    return changed


def _word_changed(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    box = busy_box(rng, image, 0.06, 0.025)
    changed = image.copy()
    changed.paste(ImageOps.mirror(image.crop(box)), box[:2])
    return changed


def _removed(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    box = busy_box(rng, image, 0.07, 0.04)
    changed = image.copy()
    changed.paste(_surround(image, box), box)
    return changed


def _moved(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    box = busy_box(rng, image, 0.08, 0.04)
    changed = image.copy()
    changed.paste(_surround(image, box), box)
    step = round(image.width * rng.uniform(0.008, 0.016))
    changed.paste(image.crop(box), (max(0, box[0] - step), box[1] + step // 2))
    return changed


def _sticker(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    changed = image.copy()
    radius = image.height * rng.uniform(0.07, 0.15)
    x, y = image.width * rng.uniform(0.4, 0.9), image.height * rng.uniform(0.3, 0.7)
    colour = tuple(int(v) for v in rng.integers(0, 256, 3))
    ImageDraw.Draw(changed).ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    return changed


def hue_turned(image: Image.Image, degrees: float) -> Image.Image:
    """All hues turned by `degrees`."""
    planes = np.asarray(image.convert("HSV")).copy()
    planes[..., 0] = (planes[..., 0].astype(int) + round(degrees * 256 / 360)) % 256
    return Image.fromarray(planes, "HSV").convert("RGB")


def _recoloured(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    return hue_turned(image, float(rng.choice([-28, -22, 22, 28, 60, 120, 180])))


def _greyscale(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    return image.convert("L").convert("RGB")


def _mirrored(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    return ImageOps.mirror(image)


def _blurred(rng: np.random.Generator, image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(18, 40)))


NEAR_MISSES: dict[str, NearMiss] = {
    "one sign changed": _sign_changed,
    "a word changed": _word_changed,
    "something removed": _removed,
    "something moved": _moved,
    "something added": _sticker,
    "recoloured": _recoloured,
    "greyscale": _greyscale,
    "mirrored": _mirrored,
    "blurred away": _blurred,
}
