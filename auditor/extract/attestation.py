"""Reads what an employee stated in the form."""

from __future__ import annotations

from typing import Any

from auditor.extract._document import undamaged
from auditor.extract._record import main_object
from auditor.model.address import page_link, with_scheme
from auditor.model.capture import ArtifactKind, Capture, CaptureFormat
from auditor.model.observed import Observed, Present, Unseen
from auditor.model.profile import Banner, BannerKind, CompanyShown, PageKind, Profile, nothing_seen
from auditor.ports import Extractor

NOTE = "stated by the employee, not seen on the profile: the weakest evidence"


def read(capture: Capture) -> Profile:
    """The statement as a profile; a question left open is unseen, never absent."""
    answer = main_object(capture)
    if answer is None:
        return nothing_seen(PageKind.UNREADABLE, "the answer is damaged")
    headline = _headline(_text(answer.get("headline")))
    return Profile(
        page_kind=PageKind.RECORD,
        slug=None,
        full_name=Unseen("an attestation is tied by the employee id"),
        headline=headline,
        banner=_banner(capture),
        topcard_company=_company(_text(answer.get("company_link"))),
        positions=Unseen("an attestation states one link, not the list of positions"),
        layout="attestation",
        notes=(NOTE,),
    )


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _headline(text: str) -> Observed[str]:
    if not text:
        return Unseen("the employee stated no headline")
    return undamaged(text, "headline")


def _company(address: str) -> Observed[CompanyShown]:
    if not address:
        return Unseen("the employee stated no company link")
    link = page_link(with_scheme(address))
    if link is None:
        return Unseen("the stated company link is not a company page's address")
    return Present(CompanyShown("", Present(link)))


def _banner(capture: Capture) -> Observed[Banner]:
    picture = capture.first(ArtifactKind.BANNER)
    if picture is None:
        return Unseen("the employee handed in no banner picture")
    if not picture.body:
        return Unseen(picture.trouble or "the banner picture is empty")
    return Present(Banner(BannerKind.CUSTOM, picture.address, picture.body))


EXTRACTOR = Extractor(CaptureFormat.ATTESTATION, read)
