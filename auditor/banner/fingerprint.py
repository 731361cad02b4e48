"""Perceptual hashes of a picture, stored with the version of the recipe that made them."""

from __future__ import annotations

from dataclasses import dataclass

import imagehash
from PIL import Image

#: changes whenever any of the hashes would come out differently
ALGORITHM = "phash16+dhash8+colorhash3/1"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Hashes as hexadecimal text; only fingerprints of one `algorithm` can be compared."""

    algorithm: str
    shape: str
    gradient: str
    colour: str

    def distance(self, other: Fingerprint) -> int:
        """Differing bits of the shape hash (0..256). Raises ValueError across algorithms."""
        if self.algorithm != other.algorithm:
            raise ValueError(f"hashes of {self.algorithm} and {other.algorithm} cannot be compared")
        return (int(self.shape, 16) ^ int(other.shape, 16)).bit_count()


def fingerprint(image: Image.Image) -> Fingerprint:
    """The hashes of an RGB picture."""
    small = image.resize((256, max(16, round(256 * image.height / image.width))), Image.Resampling.BOX)
    return Fingerprint(
        ALGORITHM,
        str(imagehash.phash(small, hash_size=16)),
        str(imagehash.dhash(small)),
        str(imagehash.colorhash(small)),
    )
