"""The judge's answers held against the truth: one row for each comparison, and the rates of many."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass

import imagehash
import numpy as np
import numpy.typing as npt
from PIL import Image

from auditor.banner import BannerVerdict, Picture, decode, judge, prepare
from auditor.banner.alterations import png
from auditor.banner.window import Box
from auditor.model.company import BannerRole, ReferenceBanner
from auditor.proof.editor import words_on
from scripts.benchmarks.banner_trials import Banner, Group, Trial

try:
    import pdqhash  # not a requirement: the second plain hash, where somebody installed it
except ImportError:
    pdqhash = None

PHASH_LIMIT, PDQ_LIMIT = 10, 31
#: a named place is right when that share of it lies on the change
RIGHT_PLACE = 0.5
#: verdicts that are mostly said without registering one picture onto the other
_CLEAR = frozenset({"BANNER_PLAIN", "BANNER_UNKNOWN", "BANNER_REVIEW_PLAIN", "BANNER_REVIEW_RATIO"})


@dataclass(frozen=True, slots=True)
class Judged:
    """One comparison: one candidate file against one library, and what the plain hashes say.

    `library`: how many references it held. `words`: on what an editor did (`Words`), "" where nothing is
    due. `on_change`: the share of the named place that lies on the change, 0 where none is named, and
    `overlap`: their common area by that of both together; None where no place is due. `cpu`, `hash_cpu`:
    ms of decoding and judging, and of decoding and the plain pHash.
    """

    brand: str
    banner: str
    family: str
    group: Group
    library: int
    kind: str
    code: str
    reason: str
    distance: float
    words: str
    on_change: float | None
    overlap: float | None
    phash_match: bool
    pdq_match: bool | None
    cpu: float
    hash_cpu: float

    @property
    def genuine(self) -> bool:
        """Whether it was the banner that was asked for."""
        return self.group.genuine

    @property
    def wrong(self) -> bool:
        """Whether the verdict is an error, not merely doubt."""
        return self.kind == ("differs" if self.genuine else "match")

    @property
    def recognised(self) -> bool:
        """Whether a genuine one was called ours: a match, or edited and named as that."""
        edited = self.group is Group.EDITED and self.code == "BANNER_REVIEW_EDITED"
        return self.kind == "match" or edited

    @property
    def outcome(self) -> str:
        """`match`, `review`, `differs` or, where nothing of any known banner was found, `unknown`."""
        if self.kind == "differs":
            return "unknown" if self.code == "BANNER_UNKNOWN" else "differs"
        return "match" if self.kind == "match" else "review"

    @property
    def clear(self) -> bool:
        """Whether it is mostly said without registering one picture onto the other."""
        return self.code in _CLEAR


def references(banner: Banner, several: bool) -> tuple[ReferenceBanner, ...]:
    """The library for `banner`: itself alone, or with last year's, its brand's others and a stranger's."""
    rows = [("standard", BannerRole.CURRENT, banner.image)]
    if several and banner.earlier is not None:
        rows.append(("last year's", BannerRole.PREVIOUS, banner.earlier))
    if several:
        rows += [(f"sister {at}", BannerRole.SISTER, image) for at, image in enumerate(banner.kin)]
        rows.append(("another", BannerRole.OTHER, banner.stranger))
    return tuple(ReferenceBanner(name, role, png(image)) for name, role, image in rows)


class Scorer:
    """Judges candidates against one library, in which one banner is asked for."""

    def __init__(self, banner: Banner, several: bool = False) -> None:
        shelf = references(banner, several)
        self._names, self._size = (banner.brand, banner.name), len(shelf)
        self._library, image = prepare(shelf), banner.image
        self._phash, self._pdq = imagehash.phash(image), pdq(image)

    def score(self, trial: Trial, group: Group | None = None) -> tuple[Judged, BannerVerdict]:
        """The row of one comparison, and the verdict; `group`: where the truth is another one here."""
        started = time.process_time()
        picture = decode(trial.body)
        assert isinstance(picture, Picture)
        said = judge(picture, self._library)
        judged_at = time.process_time()
        plain = Image.open(io.BytesIO(trial.body)).convert("RGB")
        near = imagehash.phash(plain) - self._phash <= PHASH_LIMIT
        hashed_at = time.process_time()
        own = pdq(plain)
        on_change, overlap = _place(trial, said) if group is None else (None, None)
        judged = Judged(
            *self._names,
            trial.family,
            group or trial.group,
            self._size,
            "review" if said.kind.value == "undetermined" else said.kind.value,
            said.code,
            said.reasons[0],
            said.distance,
            str(words_on(trial.edit, said.reasons[0])) if trial.edit and group is None else "",
            on_change,
            overlap,
            bool(near),
            None if own is None or self._pdq is None else int((own != self._pdq).sum()) <= PDQ_LIMIT,
            round(1000 * (judged_at - started), 1),
            round(1000 * (hashed_at - judged_at), 1),
        )
        return judged, said


def pdq(image: Image.Image) -> npt.NDArray[np.generic] | None:
    """The PDQ hash's 256 bits; None where the package is not installed."""
    return None if pdqhash is None else np.asarray(pdqhash.compute(np.asarray(image))[0])


def _place(trial: Trial, said: BannerVerdict) -> tuple[float | None, float | None]:
    """How the named place lies to the change; (None, None) where no place is due."""
    if trial.changes is None or trial.group is not Group.NEAR_MISS or said.kind == "match":
        return None, None
    return (0.0, 0.0) if said.region is None else place_shares(said.region, trial.changes)


def place_shares(named: Box, changes: Sequence[Box]) -> tuple[float, float]:
    """The share of the box `named` that lies in the boxes `changes`; and the area it shares with those that
    it touches, by the area of all these together."""
    right, bottom = (max(box[at] for box in (named, *changes)) for at in (2, 3))
    mine = np.zeros((bottom + 1, right + 1), dtype=bool)
    mine[max(0, named[1]) : named[3] + 1, max(0, named[0]) : named[2] + 1] = True
    touched = np.zeros_like(mine)
    for left, top, until, below in changes:
        place = (slice(max(0, top), below), slice(max(0, left), until))
        if mine[place].any():
            touched[place] = True
    common = int((touched & mine).sum())
    return common / max(int(mine.sum()), 1), common / max(int((touched | mine).sum()), 1)
