"""The picture of a banner is found by the address that the page gives it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.extract.page import read_page
from auditor.model.capture import Artifact, ArtifactKind
from auditor.model.profile import Banner
from auditor.proof.pages.visitor import full_page
from tests.extract.test_page_traps import PERSON, cover
from tests.pages.reading import page_capture

CUSTOM = "https://media.licdn.com/dms/image/v2/D4D16AQx/profile-displaybackgroundimage-shrink_200_800/B56Z/0/1?e=2&v=b"
SITE = "http://127.0.0.1:8123/in/jorrit-veldhamer-7c41e9b2/"


def banner_of(source: str, *parts: Artifact, final: str = "") -> Banner:
    page = full_page(replace(PERSON, banner=cover(source.replace("&", "&amp;"))), "2026")
    return read_page(page_capture(page, final, final, parts=parts)).banner.value


@pytest.mark.parametrize(
    ("source", "address", "kind"),
    [
        (CUSTOM, CUSTOM, ArtifactKind.BANNER),
        ("./Jorrit%20V_files/1754413013917", "Jorrit V_files/1754413013917", ArtifactKind.PART),
        ("Jorrit V_files/1754413013917", "Jorrit V_files/1754413013917", ArtifactKind.PART),
    ],
)
def test_the_bytes_of_the_same_address_are_the_picture(source: str, address: str, kind: ArtifactKind):
    other = Artifact(ArtifactKind.PART, b"portrait", "Jorrit V_files/1700000000000")
    assert banner_of(source, other, Artifact(kind, b"picture", address)).picture == b"picture"


def test_a_picture_that_was_not_loaded_says_why():
    banner = banner_of(CUSTOM, Artifact(ArtifactKind.BANNER, b"", CUSTOM, trouble="too large"))
    assert (banner.picture, banner.trouble) == (None, "too large")


def test_bytes_of_another_address_are_not_the_picture():
    assert banner_of(CUSTOM, Artifact(ArtifactKind.BANNER, b"picture", CUSTOM + "x")).picture is None


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("/dms/image/v2/D4D16AQx/profile-displaybackgroundimage-shrink_200_800/B56Z/0/1", "custom"),
        ("/aero-v1/sc/h/5q92mjc5c51bjlwaj3rs9aa82", "default"),
        ("http://127.0.0.1:8123/sc/h/5q92mjc5c51bjlwaj3rs9aa82", "default"),
    ],
)
def test_a_site_of_its_own_host_is_read_by_the_same_paths(source: str, kind: str):
    address = source if source.startswith("http") else "http://127.0.0.1:8123" + source
    banner = banner_of(source, Artifact(ArtifactKind.BANNER, b"picture", address), final=SITE)
    assert (banner.kind, banner.picture) == (kind, b"picture")
