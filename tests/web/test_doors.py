"""Doors: what each source could decide, for whom it is used, and what it never shows."""

import pytest


def test_each_door_says_what_it_gives_and_what_it_never_shows(browser, firm):
    page = browser.get("/doors")
    assert page.status == 200
    words = page.words
    assert "6 people are to be looked at." in words
    # four in service and two leavers: banner, headline and link concern the four, the name all six
    row = words[words.index("People concerned") :]
    assert row.startswith("People concerned 4 4 4 2 6")
    assert "Stays undecided with the sources in use 0 0 0 0 0" in words
    # the member's own data: neither the banner's picture nor the company link
    assert "The member's own data, by consent 0 0 4 2 6" in words
    told = words[words.rindex("The member's own data, by consent") :]
    assert "Closed: the company has no app at LinkedIn yet." in told
    assert "Never shows the link to the company page, the picture of the banner" in told
    assert "Used for nobody: it is not on the policy's list of sources" in told
    saved = words[words.rindex("Saved page Used for") :]
    assert saved.startswith("Saved page Used for all entities Set up Open: the folder")
    assert "Never shows nothing of what is looked at" in saved


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("nl", "Toegang tot de bronnen"),
        ("fr", "Accès aux sources"),
        ("de", "Zugang zu den Quellen"),
    ],
)
def test_it_speaks_the_readers_language(browser, language, heading):
    form = browser.get("/doors").form("/language")
    page = browser.post("/language", {**form, "language": language})
    assert heading in page.words
