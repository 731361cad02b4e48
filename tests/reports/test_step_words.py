"""The next step reads the same wherever it is shown, and what HR answered in vain is said aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from auditor.language.words import LANGUAGES, words_of
from auditor.model.capture import CaptureStatus
from auditor.model.decision import Decision, DecisionReason, DecisionWord
from auditor.model.document import Grid, Notice, Page, Table
from auditor.model.examination import Trial
from auditor.model.rule import Undetermined
from auditor.offboarding.next_step import Why
from auditor.reports.documents.checklist import offboarding_checklists
from auditor.reports.month.findings import COLUMNS, listed_findings
from auditor.reports.scope import whole
from auditor.reports.sheets.all_people import people_table
from auditor.reports.sheets.findings import findings_table
from auditor.reports.sheets.leavers import leavers_table
from auditor.reports.sheets.summary import summary_page
from auditor.reports.sheets.unverified import unverified_table
from auditor.reports.step_words import SENTENCES
from tests.reports.departing import colleague, kits_report, leaver, leavers_report
from tests.reports.invented import CAPTURED, TODAY, examined, person, report

WAITS = "The letter went out on 10 November 2026. Nothing more is sent before 10 December 2026."


def cells(table: Table, key: str) -> list[Any]:
    place = [column.key for column in table.columns].index(key)
    return [row[place] for row in table.rows]


def first_grid(page: Page) -> Grid:
    return next(block for block in page.blocks if isinstance(block, Grid))


def test_every_reason_has_its_sentence_in_four_languages() -> None:
    assert set(SENTENCES) == set(Why) - {Why.OWN_WORDS}
    spoken = {
        language: {words_of(language).say(text) for text in SENTENCES.values()} for language in LANGUAGES
    }
    assert len({frozenset(texts) for texts in spoken.values()}) == len(LANGUAGES)


def test_a_leaver_whose_letter_went_out_last_month_is_not_written_to_again_anywhere() -> None:
    scope = whole(leavers_report(leaver(), letters_sent={"77": (date(2026, 11, 10),)}))
    leavers = leavers_table(scope)
    assert (cells(leavers, "action"), cells(leavers, "due")) == ([WAITS], [date(2026, 12, 10)])
    page = listed_findings(scope)
    place = COLUMNS.index("action")
    assert [page.texts[int(row[place])] for row in page.rows] == [WAITS]
    assert [row[COLUMNS.index("late")] for row in page.rows] == [0]
    summary = first_grid(summary_page(scope))
    assert not summary.rows
    assert summary.empty == "Nothing to do now: every open finding waits for its day."
    (checklist,) = offboarding_checklists(scope.report)
    assert WAITS in "\n".join(checklist.tables[0].lead)  # type: ignore[attr-defined]


def test_the_summary_names_a_person_once_and_says_what_each_row_says() -> None:
    scope = whole(kits_report(colleague()))
    rows = first_grid(summary_page(scope)).rows
    assert [row[0] for row in rows] == ["Chloé Verzonnen-Bedacht"]
    step = "Send the person one friendly message about all open points."
    assert rows[0][-1].endswith(step)
    table = findings_table(scope)
    assert {text.split("\n")[0] for text in cells(table, "action")} == {step}
    # headline: medium, 30 days from 22 November; the other two are due with it
    assert set(cells(table, "due")) == {date(2026, 12, 22)}


def test_what_was_never_saved_is_no_evidence_and_says_what_to_do() -> None:
    one = examined(person(), {"HDL001": Undetermined("NOT_ATTEMPTED", "not opened")})
    nothing = Trial("saved_pages", CaptureStatus.NOT_ATTEMPTED, None, CAPTURED, from_file=True)
    scope = whole(report((replace(one, trials=(nothing,)),)))
    people = people_table(scope)
    assert (cells(people, "source"), cells(people, "seen_on")) == ([""], [None])
    table = unverified_table(scope)
    assert cells(table, "action") == ["No page is saved for this person: save the profile page, signed out."]
    assert (cells(table, "tried_on"), cells(table, "evidence")) == ([TODAY], [""])


def test_what_is_hidden_is_named() -> None:
    one = examined(person(), {"HDL001": Undetermined("HEADLINE_UNSEEN", "hidden")})
    (text,) = cells(unverified_table(whole(report((one,)))), "action")
    assert text == "This page does not show visitors: Headline. Ask the person for the export (voluntary)."


@pytest.fixture
def rejected() -> Decision:
    finding = kits_report(colleague()).findings[0].finding
    return Decision(
        fingerprint=finding.fingerprint,
        employee_id="55",
        word=DecisionWord.WAIVED,
        report_id="2026-10-20-0900",
        read_on=date(2026, 11, 1),
        until=date(2026, 12, 31),
        applied=False,
        reason=DecisionReason.WAIVER_NO_REASON,
    )


def test_an_answer_that_was_not_applied_stands_in_its_row_and_on_the_first_page(rejected: Decision) -> None:
    made = kits_report(colleague(), decisions=(rejected,))
    scope = whole(made)
    said = "Your answer Waived until was not applied: The reason of the waiver is missing in the remark."
    status = dict(
        zip(cells(findings_table(scope), "finding"), cells(findings_table(scope), "status"), strict=True)
    )
    assert status.pop(rejected.fingerprint).split("\n") == [said, "New"]
    assert set(status.values()) == {"New"}
    notices = [block for block in summary_page(scope).blocks if isinstance(block, Notice)]
    assert [one.text for one in notices if one.grave] == [
        "1 answer of HR was not applied; it stands beside its finding and on the sheet Decisions. "
        "55: The reason of the waiver is missing in the remark."
    ]


def test_an_answer_that_was_put_right_is_not_mentioned_any_more(rejected: Decision) -> None:
    right = replace(rejected, remark="until the move", applied=True, reason=None)
    scope = whole(kits_report(colleague(), decisions=(rejected, right)))
    assert set(cells(findings_table(scope), "status")) == {"New"}
    assert not [block for block in summary_page(scope).blocks if isinstance(block, Notice)]


def test_an_answer_about_a_person_stands_on_could_not_verify() -> None:
    one = examined(person(), {"HDL001": Undetermined("HEADLINE_UNSEEN", "hidden")})
    bad = Decision("", "1042", DecisionWord.NEW_ADDRESS, "r", TODAY, applied=False)
    bad = replace(bad, reason=DecisionReason.BAD_ADDRESS, address="somewhere")
    (text,) = cells(unverified_table(whole(report((one,), decisions=(bad,)))), "action")
    assert text.split("\n")[0] == (
        "Your answer New address was not applied: The new address is not a usable profile address."
    )
