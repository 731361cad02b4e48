"""The library of references: what it refuses, what it warns of, what holds when."""

from datetime import date

import pytest
from PIL import Image

from auditor.banner import ALGORITHM, VerdictKind, check_library, fingerprint, judge, prepare
from auditor.model.company import BannerRole, ReferenceBanner
from tests.banner.drawing import as_served, banner, edited, library, reference, with_year


def test_a_reference_that_is_no_picture_is_named():
    broken = ReferenceBanner("spring campaign", BannerRole.CURRENT, b"<html>not found</html>")
    with pytest.raises(ValueError, match=r"'spring campaign': a web page"):
        prepare([broken])


def test_notes_name_what_a_brand_manager_must_know():
    plain = Image.new("RGB", (1584, 396), (20, 60, 120))
    square = banner(1).resize((1500, 1500))
    shelf = library(
        reference(banner(), "standard"),
        reference(banner(), "the same again"),
        reference(plain, "blue"),
        reference(square, "square"),
        reference(edited("another slogan"), "other campaign", BannerRole.PREVIOUS),
    )
    notes = {(note.code, note.names) for note in check_library(shelf)}
    assert ("BANNER_TWICE", ("standard", "the same again")) in notes
    assert ("BANNER_TOO_PLAIN", ("blue",)) in notes
    assert ("BANNER_RATIO", ("square",)) in notes
    assert not any(code == "BANNER_ALIKE" for code, _ in notes)


def test_banners_that_look_the_same_are_told_with_a_margin():
    nearly = banner().copy()
    nearly.paste(tuple(v + 2 for v in nearly.getpixel((700, 20))), (700, 20, 704, 24))
    notes = check_library(library(reference(banner(), "one"), reference(nearly, "two", BannerRole.PREVIOUS)))
    alike = [note for note in notes if note.code == "BANNER_ALIKE"]
    assert [note.names for note in alike] == [("one", "two")]
    assert alike[0].margin is not None
    assert alike[0].margin < 0


def test_a_fingerprint_carries_the_algorithm_that_made_it():
    algorithm, _, shape = fingerprint(banner(0)).partition(":")
    assert algorithm == ALGORITHM
    _, _, other = fingerprint(banner(1)).partition(":")
    assert (int(shape, 16) ^ int(other, 16)).bit_count() > 40


@pytest.mark.parametrize(
    ("today", "kind", "code"),
    [
        (date(2026, 1, 1), VerdictKind.DIFFERS, "BANNER_NOT_YET_CURRENT"),
        (date(2026, 3, 1), VerdictKind.MATCH, "BANNER_CURRENT"),
        (date(2026, 6, 30), VerdictKind.MATCH, "BANNER_CURRENT"),
        (date(2026, 7, 14), VerdictKind.MATCH, "BANNER_CURRENT"),
        (date(2026, 7, 15), VerdictKind.DIFFERS, "BANNER_EXPIRED"),
    ],
)
def test_a_banner_holds_from_its_first_day_to_the_end_of_the_grace(today, kind, code):
    dated = reference(
        banner(), "spring", valid_from=date(2026, 3, 1), valid_to=date(2026, 6, 30), grace_days=14
    )
    always = reference(with_year(2099), "other tier")
    verdict = judge(as_served(banner()), library(dated, always), today)
    assert (verdict.kind, verdict.code, verdict.name) == (kind, code, "spring")
