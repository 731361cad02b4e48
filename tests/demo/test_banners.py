import io

import numpy as np
import pytest
from PIL import Image, JpegImagePlugin

from auditor.demo.banners import banner_of, brand_file
from auditor.demo.cases import Banner
from auditor.demo.firms import FIRMS
from auditor.demo.people import Person


def _pixels(body: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(body)) as picture:
        return np.asarray(picture.convert("RGB").resize((800, 200), Image.Resampling.LANCZOS)).astype(float)


def _distance(first: bytes, second: bytes) -> float:
    return float(np.abs(_pixels(first) - _pixels(second)).mean())


@pytest.mark.parametrize("kind", list(Banner))
def test_served_as_the_site_serves_them(people: tuple[Person, ...], kind: Banner) -> None:
    person = next(person for person in people if person.case.banner is kind)
    with Image.open(io.BytesIO(banner_of(person))) as picture:
        assert isinstance(picture, JpegImagePlugin.JpegImageFile)
        assert picture.size == (800, 200)
        assert picture.info["progressive"] == 1
        assert JpegImagePlugin.get_sampling(picture) == 2  # 4:2:0
        assert picture.quantization[0][0] == 3  # the tables of quality 90


def test_what_is_ours_is_nearer_to_the_brand_file_than_anything_else(people: tuple[Person, ...]) -> None:
    ours, others = [], []
    for person in people:
        distance = _distance(banner_of(person), brand_file(person.firm))
        (ours if person.case.banner in (Banner.RIGHT, Banner.RECROPPED) else others).append(distance)
    assert max(ours) < min(others)


def test_recropped_banners_are_ours_but_not_the_same_picture(people: tuple[Person, ...]) -> None:
    for person in people:
        if person.case.banner is Banner.RECROPPED:
            assert 1 < _distance(banner_of(person), brand_file(person.firm)) < 60


def test_no_two_brand_files_look_alike() -> None:
    files = [brand_file(firm, last_year=last_year) for firm in FIRMS for last_year in (False, True)]
    for index, first in enumerate(files):
        for second in files[index + 1 :]:
            assert _distance(first, second) > 10


def test_photographs_differ_from_person_to_person(people: tuple[Person, ...]) -> None:
    bodies = [banner_of(person) for person in people if person.case.banner is Banner.OWN_PHOTO]
    assert len(set(bodies)) == len(bodies) > 3
