"""Is this our current banner, and if not, which one is it?"""

from auditor.judging.banner.bands import SHIPPED, Bands
from auditor.judging.banner.kinds import BannerVerdict, VerdictKind
from auditor.judging.banner.library import BannerLibrary, PreparedReference, prepare
from auditor.judging.banner.picture import Picture, PictureLimits, PictureTrouble, decode
from auditor.judging.banner.verdict import judge

__all__ = [
    "SHIPPED",
    "Bands",
    "BannerLibrary",
    "BannerVerdict",
    "Picture",
    "PictureLimits",
    "PictureTrouble",
    "PreparedReference",
    "VerdictKind",
    "decode",
    "judge",
    "prepare",
]
