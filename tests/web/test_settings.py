"""Settings: what blocks a run, which doors are open, the banners and the judge."""

import io

from PIL import Image, ImageDraw

from auditor.app.registry import policy_of


def picture(ink="white"):
    image = Image.new("RGB", (1584, 396), (20, 70, 110))
    pen = ImageDraw.Draw(image)
    for n in range(12):
        pen.ellipse(
            (60 + n * 120, 40 + n * 20, 160 + n * 120, 140 + n * 20), fill=ink, outline="orange", width=8
        )
        pen.line((n * 130, 0, 1500 - n * 90, 395), fill="orange", width=5)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_the_doors_and_the_places_are_said(browser, firm):
    page = browser.get("/settings")
    assert "Nothing: the policy is complete." in page.words
    assert "Saved page Open: the folder" in page.words
    assert str(firm.folder / "inbox") in page.words
    assert "correct presentation" in page.words


def test_the_ground_that_has_words_of_its_own_is_said_in_the_readers_language(desk):
    browser = desk.browser()
    browser.post("/language", {**browser.get("/").form("/language"), "language": "fr"})
    page = browser.get("/settings")
    assert "intérêt légitime (article 6, paragraphe 1, point f), du RGPD)" in page.words
    assert "legitimate interest" not in page.text


def test_a_banner_is_added_shown_and_judged(browser, firm):
    entity = {"entity": "Noordlicht Energie"}
    fields = {
        **browser.get("/settings").form("/settings/banner"),
        **entity,
        "name": "Autumn",
        "role": "current",
    }
    added = browser.post("/settings/banner", fields, {"picture": ("autumn.png", picture())})
    assert "The banner was added." in added.words
    (company,) = policy_of(firm.policy.path).companies.values()
    assert [one.name for one in company.banners] == ["Autumn"]
    (address,) = (
        added.links("/settings/picture") or [None]
        if False
        else ["/settings/picture?entity=Noordlicht%20Energie&name=Autumn"]
    )
    assert browser.get(address).body[:2] == b"\xff\xd8"
    form = {**added.form("/settings/judge"), **entity}
    assert (
        "This is the banner. Autumn"
        in browser.post("/settings/judge", form, {"picture": ("a.png", picture())}).words
    )
    other = browser.post("/settings/judge", form, {"picture": ("<b>x.png", picture("black"))})
    assert "This is the banner." not in other.words
    assert "<b>x.png" not in other.text, "a name from outside is escaped"
    broken = browser.post("/settings/judge", form, {"picture": ("x.png", b"no picture")})
    assert "This cannot be judged." in broken.words


def test_your_name_is_kept_and_shown(browser, desk):
    named = browser.post("/name", {**browser.get("/settings").form("/name"), "by": " Els  de HR "})
    assert "You answer as Els de HR." in named.words
    browser.post("/name", {**browser.get("/settings").form("/name"), "by": ""})
    assert desk.desk.by == "Els"
