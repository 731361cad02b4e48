"""Is this our current banner, and if not, which one is it?"""

from __future__ import annotations

from auditor.banner.bands import SHIPPED, Bands, bands_of
from auditor.banner.calibrate import CalibrationRow, CalibrationTable, calibrate
from auditor.banner.kinds import BannerVerdict, VerdictKind
from auditor.banner.library import BannerLibrary, LibraryNote, PreparedReference, check_library, prepare
from auditor.banner.picture import (
    ALGORITHM,
    Picture,
    PictureLimits,
    PictureTrouble,
    decode,
    fingerprint,
)
from auditor.banner.verdict import judge

__all__ = [
    "ALGORITHM",
    "SHIPPED",
    "Bands",
    "BannerLibrary",
    "BannerVerdict",
    "CalibrationRow",
    "CalibrationTable",
    "LibraryNote",
    "Picture",
    "PictureLimits",
    "PictureTrouble",
    "PreparedReference",
    "VerdictKind",
    "bands_of",
    "calibrate",
    "check_library",
    "decode",
    "fingerprint",
    "judge",
    "prepare",
]
