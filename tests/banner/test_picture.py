"""Files of every sort become an upright RGB picture, or a trouble with a code."""

import io
import struct
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from auditor.banner import Picture, PictureLimits, PictureTrouble, decode


def drawn(size=(160, 40)):
    wide, high = size
    ramp = np.linspace(0, 255, wide)[None, :, None] * np.ones((high, 1, 1))
    pixels = np.concatenate((ramp, 255 - ramp, ramp * 0 + 90), axis=2).astype(np.uint8)
    pixels[: high // 2, : wide // 4] = (200, 30, 30)
    return Image.fromarray(pixels)


def saved(image, kind, **options):
    held = io.BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(side=30_000):
    """A PNG of `side` x `side` pixels that weighs about 200 KB or less."""
    packer = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "PICTURE_EMPTY"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "PICTURE_IS_PAGE"),
        (b"\xef\xbb\xbf  <HTML></HTML>", "PICTURE_IS_PAGE"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "PICTURE_SVG"),
        (b'<?xml version="1.0"?><svg></svg>', "PICTURE_SVG"),
        (b"PK\x03\x04 not a picture", "PICTURE_UNKNOWN_FORMAT"),
        (saved(Image.new("RGB", (1, 1)), "PNG"), "PICTURE_TOO_SMALL"),
        (saved(drawn((1400, 350)), "JPEG")[:3000], "PICTURE_DAMAGED"),
        (saved(drawn((1400, 350)), "PNG")[:400], "PICTURE_DAMAGED"),
    ],
)
def test_what_is_no_picture_gets_a_code(body, code):
    found = decode(body)
    assert isinstance(found, PictureTrouble)
    assert found.code == code
    assert found.reason


def test_a_bomb_is_refused_before_it_unpacks():
    body = png_bomb()
    assert len(body) < 250_000
    tracemalloc.start()
    found = decode(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found, PictureTrouble)
    assert found.code == "PICTURE_TOO_MANY_PIXELS"
    assert peak < 5_000_000


def test_a_file_over_the_byte_limit_is_not_opened():
    found = decode(saved(drawn(), "BMP"), PictureLimits(file_bytes=1000))
    assert isinstance(found, PictureTrouble)
    assert found.code == "PICTURE_TOO_LARGE"


def shown(body):
    found = decode(body)
    assert isinstance(found, Picture), found
    return found


def test_the_same_drawing_comes_out_of_every_container():
    expected = np.asarray(drawn(), dtype=int)
    sixteen = Image.fromarray((np.asarray(drawn().convert("L")).astype(np.uint16)) * 257)
    exif = Image.Exif()
    exif[0x0112] = 6
    alike = {
        "jpeg": saved(drawn(), "JPEG", quality=95, subsampling=0),
        "turned": saved(
            drawn().transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, subsampling=0, exif=exif
        ),
        "cmyk": saved(drawn().convert("CMYK"), "JPEG", quality=95, subsampling=0),
        "gif": saved(drawn().quantize(256), "GIF"),
        "webp": saved(drawn(), "WEBP", lossless=True),
        "tiff": saved(drawn(), "TIFF"),
        "animated": saved(drawn(), "GIF", save_all=True, append_images=[Image.new("RGB", (160, 40))]),
    }
    for name, body in alike.items():
        found = shown(body).rgb
        assert found.shape == (40, 160, 3), name
        assert np.abs(found.astype(int) - expected).mean() < 6, name
    grey = shown(saved(sixteen, "PNG")).rgb
    assert np.abs(grey[..., 0].astype(int) - np.asarray(drawn().convert("L"), dtype=int)).max() <= 1


def test_transparency_lies_over_white():
    sheet = drawn().convert("RGBA")
    sheet.putalpha(0)
    assert shown(saved(sheet, "PNG")).rgb.min() == 255


def test_a_colour_profile_is_applied_and_a_broken_one_left_aside():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = shown(saved(drawn(), "PNG")).rgb.astype(int)
    for profile in (lab, b"no profile at all", lab[:90]):
        assert np.abs(shown(saved(drawn(), "PNG", icc_profile=profile)).rgb.astype(int) - plain).max() <= 2


_JPEG = saved(drawn(), "JPEG")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(_JPEG) - 1), st.booleans())
def test_no_bytes_make_it_crash(noise, place, inside):
    body = _JPEG[:place] + noise + (_JPEG[place + len(noise) :] if inside else b"")
    assert isinstance(decode(body), (Picture, PictureTrouble))


@pytest.mark.parametrize(
    ("fault", "code"),
    [(MemoryError(), "PICTURE_TOO_MANY_PIXELS"), (RuntimeError("of a codec"), "PICTURE_UNREADABLE")],
)
def test_whatever_a_codec_raises_is_said_and_raises_nothing(monkeypatch, fault, code):
    def fail(*_arguments, **_named):
        raise fault

    monkeypatch.setattr("auditor.banner.picture.Image.open", fail)
    assert decode(b"any bytes at all").code == code
