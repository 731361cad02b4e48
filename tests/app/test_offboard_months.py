"""Lives of departures, month by month: no case is closed by an accident.

Every life begins in month 0 with a leaver whose profile still shows the company; the company's side is
ticked at once. In each further month the profile is seen current (S), seen clean (C), not readable (M), or
not looked at for a reason of its own, and HR may have ticked the leaver's side (T) just before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from auditor.findings.duty_to_inform import Told
from tests.feedback.firm import MASKED, MONTHS
from tests.feedback.leaving import COMPANY, GONE, LEAVER, STILL, LeavingFirm
from tests.reports.invented import DEGRADED

WHO = "0201"
SHOWN = {"S": STILL, "C": GONE, "M": MASKED}


@pytest.fixture(scope="module")
def first_month(tmp_path_factory):
    firm = LeavingFirm(tmp_path_factory.mktemp("made") / "firm")
    firm.month(0, n0201=STILL)
    tick(firm, COMPANY, 0, "company.xlsx")
    return firm


@pytest.fixture
def firm(first_month, tmp_path):
    return first_month.copied_to(tmp_path / "firm")


def tick(firm, steps, month, name):
    """Ticked three days after the run of the month, on its checklist, with the day written beside."""
    day = MONTHS[month] + timedelta(days=3)

    def edit(sheet):
        for step in steps:
            if any(sheet.sheet.cell(n, sheet.column("step")).value == step for n in range(1, 60)):
                sheet.put(step, done="Yes", done_on=day)

    firm.take(firm.filled(WHO, edit, name), day)


def live(firm, month, event, monkeypatch):
    with monkeypatch.context() as changed:
        if event == "blocked":  # the works council, or the notice is too new: nobody of the entity is opened
            changed.setattr("auditor.app.eligibility.told_of", lambda *given: Told.NOT_AGREED)
            firm.month(month, n0201=STILL)
        elif event == "unsound":
            changed.setattr("auditor.app.conclude.judge_health", lambda *given, **more: DEGRADED)
            firm.month(month)
        elif event == "vanished":
            ends = dict(firm.ends)
            del firm.ends[WHO]
            firm.month(month)
            firm.ends = ends
        elif event == "unknown":
            changed.setattr(LeavingFirm, "more_rows", with_unknown_words)
            firm.month(month)
        else:
            firm.month(month, n0201=SHOWN[event])


_rows = LeavingFirm.more_rows


def with_unknown_words(firm):
    return [row.replace(";;2020", ";Zzz;2020") for row in _rows(firm)]


@pytest.mark.parametrize(
    ("life", "states"),
    [
        # seen clean closes; not readable, blocked or vanished by itself never does
        ("C", "closed"),
        ("M", "open"),
        ("M M M", "open open open"),
        ("blocked", "open"),
        ("vanished", "open"),
        ("unknown", "open"),
        # a tick after the last sighting closes where nobody can see; one before a sighting does not count
        ("TM", "closed"),
        ("TS", "open"),
        ("TS M", "open open"),
        ("TS M M", "open open open"),
        ("TM S M", "closed open open"),
        ("TM S blocked", "closed open open"),
        ("TM S unsound", "closed open open"),
        ("TM S vanished", "closed open open"),
        ("TM S unknown", "closed open open"),
        ("TS blocked M", "open open open"),
        # ticked anew after the sighting, or seen clean, it closes
        ("TM S TM", "closed open closed"),
        ("TM S C", "closed open closed"),
        ("TM S M C", "closed open open closed"),
        # a closed case stays closed when nobody can look
        ("C M blocked vanished", "closed closed closed closed"),
        ("C S M", "closed open open"),
        # a run that is not sound closes nothing; the sound one after it does
        ("Tunsound M", "open closed"),
    ],
)
def test_the_life_of_a_departure(firm, monkeypatch, life, states):
    found = []
    for month, event in enumerate(life.split(), 1):
        if event.startswith("T"):
            tick(firm, LEAVER, month - 1, f"leaver{month}.xlsx")
        live(firm, month, event.removeprefix("T"), monkeypatch)
        found.append("closed" if firm.record(WHO).closed_on else "open")
    assert " ".join(found) == states


def test_the_checklist_says_that_a_tick_is_outdated(firm, monkeypatch):
    tick(firm, LEAVER, 0, "leaver.xlsx")
    firm.month(1, n0201=STILL)
    firm.month(2, n0201=MASKED)
    assert "Answered before the profile was last seen with the company, on 20 October" in firm.lead(WHO)
    assert "O18" in firm.lead(WHO)
    assert "The company: done · The person: open" in firm.lead(WHO)


@pytest.mark.parametrize("partly", [{"left": 3}, {"partial": True}])
def test_a_run_about_a_part_of_the_people_closes_nothing(firm, monkeypatch, partly):
    from auditor.app import run_audit as auditing

    tick(firm, LEAVER, 0, "leaver.xlsx")
    conclude = auditing.conclude

    def conclude_partly(run, *given):
        if "left" in partly:
            return conclude(run, *given[:-1], replace(given[-1], **partly))
        return conclude(replace(run, **partly), *given)

    with monkeypatch.context() as changed:
        changed.setattr(auditing, "conclude", conclude_partly)
        firm.month(1, n0201=GONE)
    assert firm.record(WHO).closed_on is None
    firm.month(2, n0201=MASKED)
    assert firm.record(WHO).closed_on == MONTHS[2]
