"""The page that leaves HR: no name, nothing of a few people, and none of a run that is not sound."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.language.words import LANGUAGES
from auditor.model.document import SharePage
from auditor.model.report import AuditReport
from auditor.reports.documents.adoption_page import adoption_document
from tests.reports.adopting import ENTITIES, MANAGERS, OTHER_BANNER, UNSEEN, carrying, firm
from tests.reports.invented import DEGRADED, report


def page_of(made: AuditReport) -> SharePage:
    (page,) = adoption_document(made)
    assert isinstance(page, SharePage)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [45, 300])
def test_it_names_no_employee_and_no_manager(size: int, language: str) -> None:
    said = repr(page_of(firm(size, language)))
    assert "Invented Person" not in said
    assert not [name for name in MANAGERS if name in said]


def test_it_says_what_was_judged() -> None:
    page = page_of(firm(45))
    banner = page.bars[0]
    assert (banner.words, banner.note) == ("72% (between 54% and 85%)", "21 of the 29 people checked")
    assert (round(banner.low or 0, 2), round(banner.high or 0, 2)) == (0.54, 0.85)
    assert page.lines is not None
    assert page.lines.months[4] == "May"
    assert [line[4] for line in page.lines.lines] == [None, None, None], "a month without a run is a gap"
    assert [row[0] for row in page.table[1:]] == sorted(ENTITIES[:3])
    assert page.notes[0] == "Campaign Autumn 2026, since 1 October 2026: 66% (between 47% and 80%)"


def test_where_everybody_was_judged_no_range_is_drawn_as_none_is_said() -> None:
    bar = page_of(report(tuple(carrying(n) for n in range(12)))).bars[0]
    assert (bar.words, bar.share, bar.low, bar.high) == ("100%", 1.0, None, None)


def test_of_a_few_people_no_number_is_told() -> None:
    people = [carrying(n, OTHER_BANNER if n < 9 else UNSEEN) for n in range(12)]
    bar = page_of(report(tuple(people))).bars[0]
    assert (bar.words, bar.note, bar.share) == ("too few to say", "", None)
    few = [carrying(n, source="saved_pages" if n < 10 else "public_page") for n in range(19)]
    page = page_of(report(tuple(few)))
    assert "By source: Saved page 10" in page.notes, "nine on public pages are not told"


def test_a_run_that_is_not_sound_or_not_whole_or_tiny_makes_none() -> None:
    made = firm(45)
    assert adoption_document(replace(made, health=DEGRADED)) == []
    assert adoption_document(replace(made, run=replace(made.run, left=3))) == []
    assert adoption_document(replace(made, run=replace(made.run, partial=True))) == []
    assert adoption_document(firm(9)) == []
    assert adoption_document(report()) == []
