"""The thresholds of the verdict, in units of what recompression can explain."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.model.company import BannerBands


@dataclass(frozen=True, slots=True)
class Bands:
    """Where match ends and where differs begins.

    The distance is the strongest difference that is left anywhere in the picture, where 1 is the most
    that recompression explains there. Between `match_below` and `differs_above` a person must look.
    """

    match_below: float = 1.35
    differs_above: float = 2.4
    #: a picture narrower than this (pixels) cannot show small print: never a match
    narrowest_match: int = 600
    #: below that share of the banner in sight a person must look
    visible_share: float = 0.6
    #: what correlates less at a first glance at few scales is not looked for any further
    glance_below: float = 0.26
    #: strokes that fit worse than this everywhere belong to another picture
    unrelated_below: float = 0.32
    #: the same after registration
    unrelated_strokes: float = 0.36
    #: a difference below this many levels (of 255) is not seen by anybody
    levels: float = 8.0
    #: how many times the local recompression noise is still no difference
    noise_factor: float = 5.0
    #: slack for the registration, in pixels at working width
    shift_slack: float = 0.1
    #: how far the colours as a whole may be off (1 = all colour gone)
    colour_slack: float = 0.2
    #: how far all hues together may be turned, in radians
    hue_slack: float = 0.09
    #: how far colours may be made stronger or weaker on the way (log)
    saturation_slack: float = 0.165
    #: share of steep pixels below which a picture is plain
    plain_below: float = 0.0015
    version: str = "shipped-1"


SHIPPED = Bands()


def bands_of(own: BannerBands) -> Bands:
    """The bands to judge with: the policy's `own` where it sets them, else the shipped ones."""
    match = SHIPPED.match_below if own.match_below is None else own.match_below
    differs = SHIPPED.differs_above if own.differs_above is None else own.differs_above
    return replace(SHIPPED, match_below=match, differs_above=max(match, differs))
