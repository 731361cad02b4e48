"""What helps a person to judge: outlined differences, and the words that differ."""

import io

import pytest
from PIL import Image, ImageDraw

from auditor.app.review import differences, differing_words, picture_to_show

OUTLINE = (200, 0, 80)


def banner(extra=None, size=(1584, 396)):
    image = Image.new("RGB", size, (30, 60, 90))
    if extra:
        ImageDraw.Draw(image).rectangle(extra, fill=(240, 240, 240))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def outlined(body):
    """The box around everything drawn in the colour of the outline."""
    image = Image.open(io.BytesIO(body)).convert("RGB")
    near = image.point(lambda v: v)
    marks = [
        (x, y)
        for x in range(0, image.width, 2)
        for y in range(0, image.height, 2)
        if all(abs(a - b) < 60 for a, b in zip(near.getpixel((x, y)), OUTLINE, strict=True))
    ]
    xs, ys = [x for x, _ in marks], [y for _, y in marks]
    return (min(xs), min(ys), max(xs), max(ys)) if marks else None


def test_the_place_that_differs_is_outlined_and_nothing_else():
    box = outlined(differences(banner((400, 100, 620, 200)), banner()))
    assert box is not None
    for found, wanted in zip(box, (400, 100, 620, 200), strict=True):
        assert abs(found - wanted) <= 26, "within a cell of the grid"
    assert outlined(differences(banner(), banner())) is None


def test_a_smaller_copy_of_ours_differs_nowhere():
    assert outlined(differences(banner(size=(800, 200)), banner())) is None


@pytest.mark.parametrize("body", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_gives_nothing(body):
    assert picture_to_show(body) == b""
    assert differences(body, banner()) == b""


def test_a_picture_is_shown_as_a_jpeg_no_wider_than_a_banner():
    shown = Image.open(io.BytesIO(picture_to_show(banner(size=(4000, 1000)))))
    assert (shown.format, shown.width) == ("JPEG", 1584)


def test_the_words_that_the_expected_headline_lacks_are_marked():
    found = differing_words("Senior Planner at Noordlicht", "Planner at Noordlicht Energie")
    assert "".join(text for text, _ in found) == "Senior Planner at Noordlicht"
    assert [text.strip() for text, differs in found if differs] == ["Senior"]
    assert not any(differs for _, differs in differing_words("planner", "Planner"))
