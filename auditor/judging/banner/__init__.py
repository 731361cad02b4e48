"""Is this our current banner, and if not, which one is it?"""

from auditor.judging.banner.bands import SHIPPED, Bands
from auditor.judging.banner.calibrate import CalibrationRow, CalibrationTable, calibrate
from auditor.judging.banner.fingerprint import ALGORITHM, Fingerprint, fingerprint
from auditor.judging.banner.kinds import BannerVerdict, VerdictKind
from auditor.judging.banner.library import BannerLibrary, PreparedReference, prepare
from auditor.judging.banner.library_check import LibraryNote, check_library
from auditor.judging.banner.picture import Picture, PictureLimits, PictureTrouble, decode
from auditor.judging.banner.verdict import judge

__all__ = [
    "ALGORITHM",
    "SHIPPED",
    "Bands",
    "BannerLibrary",
    "BannerVerdict",
    "CalibrationRow",
    "CalibrationTable",
    "Fingerprint",
    "LibraryNote",
    "Picture",
    "PictureLimits",
    "PictureTrouble",
    "PreparedReference",
    "VerdictKind",
    "calibrate",
    "check_library",
    "decode",
    "fingerprint",
    "judge",
    "prepare",
]
