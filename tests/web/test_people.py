"""People: somebody's months, found by name or number."""

from auditor.app.explain import explain


def test_somebody_is_found_by_name_and_by_number(browser):
    assert "1 person Name" in browser.get("/people?q=verzonnen").words
    assert "Bram Verzonnen" in browser.get("/people?q=0102").words
    assert "Nobody of this name" in browser.get("/people?q=nobody").words


def test_a_persons_page_says_what_explain_says(browser, desk):
    page = browser.get("/people/one?person=0101")
    facts = explain(desk.desk.store, "0101", "", "Europe/Brussels")
    assert facts["run"]["id"] in page.words
    assert page.text.count('<section class="card">') == len(facts["results"])
    assert "Does not meet the standard" in page.words
    assert "Earlier months" in page.words


def test_a_number_that_is_not_there_is_said_with_what_comes_near(browser):
    page = browser.get("/people/one?person=0111")
    assert page.status == 409
    assert "0101" in page.words


def test_a_persons_page_speaks_the_readers_language(desk):
    browser = desk.browser()
    browser.post("/language", {**browser.get("/").form("/language"), "language": "nl"})
    page = browser.get("/people/one?person=0101")
    assert "Bewaarde pagina · 20 september 2026" in page.words
    assert "saved_pages" not in page.text
    assert "headline" not in page.words.lower()
