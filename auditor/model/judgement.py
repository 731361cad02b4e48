"""What was made out of a banner's picture, and how it is found again for the very same picture."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

#: the evidence picture that is the banner itself, as the member shows it
SEEN = "seen"


@dataclass(frozen=True, slots=True)
class BannerJudgement:
    """Which banner a picture is. `trouble` says why it is no readable picture; then nothing else is known.

    `kind` and `code` are the verdict's, `name` the banner's, `words` why. `fingerprint` is the picture's hash
    with the algorithm's version. `pictures` are the evidence, by name.
    """

    trouble: str = ""
    kind: str = ""
    code: str = ""
    name: str = ""
    words: str = ""
    distance: float = 0.0
    margin: float = 0.0
    fingerprint: str = ""
    pictures: tuple[tuple[str, bytes], ...] = ()


@dataclass(slots=True)
class Recall:
    """Judgements of one person's pictures: those `known` from earlier, and those `used` now.

    A key is a digest of all that a judgement rests on: the picture, what is said in `about` (the references,
    whether each holds on the day, the bands), and the `version` of the program that judges. Without a version
    nothing is known again.
    """

    version: str = ""
    known: Mapping[str, BannerJudgement] = field(default_factory=dict)
    used: dict[str, BannerJudgement] = field(default_factory=dict)

    def judgement(self, picture: bytes, about: str, judge: Callable[[], BannerJudgement]) -> BannerJudgement:
        """What is known of the picture, else what `judge` says."""
        if not self.version:
            return judge()
        parts = (self.version, about, hashlib.sha256(picture).hexdigest())
        key = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
        found = self.used.get(key) or self.known.get(key) or _without_seen(judge(), picture)
        self.used[key] = found
        return _with_seen(found, picture)


def _without_seen(judgement: BannerJudgement, picture: bytes) -> BannerJudgement:
    """The judgement without the picture that it is about, which is at hand whenever it is asked for."""
    return _replaced(judgement, picture, b"")


def _with_seen(judgement: BannerJudgement, picture: bytes) -> BannerJudgement:
    return _replaced(judgement, b"", picture)


def _replaced(judgement: BannerJudgement, old: bytes, new: bytes) -> BannerJudgement:
    if (SEEN, old) not in judgement.pictures:
        return judgement
    pictures = tuple((name, new if body == old else body) for name, body in judgement.pictures)
    return replace(judgement, pictures=pictures)
