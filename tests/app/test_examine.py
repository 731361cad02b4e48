"""One person up the ladder: the best evidence decides, trouble is a value."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from auditor.app import examine as pipeline
from auditor.model.capture import Capture, CaptureFormat, CaptureStatus
from auditor.model.company import Company, CompanyName
from auditor.model.employee import Employee, RosterState
from auditor.model.observed import Present, Unseen
from auditor.model.profile import PageKind, nothing_seen
from auditor.model.rule import (
    BoundRule,
    Failed,
    NotApplicable,
    Passed,
    Rule,
    Severity,
    Undetermined,
    outcome_word,
)

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PERSON = Employee("7", "Quilla Ostrander", RosterState.ACTIVE, "https://www.linkedin.com/in/quilla/")
COMPANY = Company("Vlinderbouw", (CompanyName("Vlinderbouw"),), ())
CAPTURE = Capture("7", "u", "u", CaptureStatus.OK, NOW, "first", CaptureFormat.PAGE)


@dataclass(frozen=True)
class NoSettings:
    pass


def profile(headline="Engineer at Vlinderbouw", name="Quilla Ostrander", kind=PageKind.PROFILE_FULL):
    shown = nothing_seen(kind, "masked")
    return replace(
        shown,
        full_name=Present(name),
        headline=Present(headline) if headline else Unseen("masked"),
    )


def headline_rule(subject, settings):
    if subject.capture.status is not CaptureStatus.OK:
        return Undetermined(subject.capture.status.upper(), subject.capture.trouble or "not read")
    headline = subject.profile.headline
    if not isinstance(headline, Present):
        return Undetermined("UNSEEN", headline.reason)
    if "Vlinderbouw" in headline.value:
        return Passed("OK")
    return Failed("NO_COMPANY", "m", "e", headline.value)


HEADLINE = BoundRule(Rule("HDL001", "Headline", Severity.LOW, NoSettings, headline_rule), NoSettings())


class FakeSource:
    """Brings what it was given, and remembers who asked."""

    def __init__(self, capture):
        self.capture, self.asked = capture, []

    def fetch(self, employee):
        self.asked.append(employee.employee_id)
        return replace(self.capture, employee_id=employee.employee_id)


def rung(capture, name="first", days=31, can_refuse=False):
    return pipeline.EvidenceStep(name, FakeSource(replace(capture, source=name)), days, can_refuse)


def examine(profiles, rungs, rules=(HEADLINE,), person=PERSON, company=COMPANY, bench=None):
    if bench is None:
        bench = pipeline.RunContext(
            {CaptureFormat.PAGE: lambda capture: profiles[capture.source]}, rules, TODAY
        )
    return pipeline.examine(person, company, rungs, bench)


def told(examination, rule="HDL001"):
    result = next(one for one in examination.results if one.rule_id == rule)
    return outcome_word(result.outcome), result.outcome.code, result.source


def test_the_first_rung_that_decides_is_the_last_to_be_asked():
    rungs = [rung(CAPTURE), rung(CAPTURE, "second"), rung(CAPTURE, "third")]
    profiles = {"first": profile(""), "second": profile(), "third": profile("x")}
    examination = examine(profiles, rungs)
    assert told(examination) == ("passed", "OK", "second")
    assert [(trial.source, trial.decided) for trial in examination.trials] == [
        ("first", ()),
        ("second", ("HDL001",)),
    ]
    assert rungs[2].source.asked == []
    assert pipeline.is_final(examination)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (PageKind.AUTH_WALL, CaptureStatus.AUTH_WALL),
        (PageKind.LOGIN, CaptureStatus.AUTH_WALL),
        (PageKind.THROTTLED_999, CaptureStatus.RATE_LIMITED),
        (PageKind.CHALLENGE, CaptureStatus.CHALLENGE),
    ],
)
def test_a_refusal_ends_the_source_for_everybody(kind, status):
    refusing = rung(CAPTURE, can_refuse=True)
    bench = pipeline.RunContext(
        {CaptureFormat.PAGE: lambda capture: nothing_seen(kind, "w")}, (HEADLINE,), TODAY
    )
    first = examine({}, [refusing], bench=bench)
    second = examine({}, [refusing], person=replace(PERSON, employee_id="8"), bench=bench)
    assert (first.status, second.status) == (status, CaptureStatus.NOT_ATTEMPTED)
    assert refusing.source.asked == ["7"]
    assert told(second)[:2] == ("undetermined", "NOT_ATTEMPTED")
    assert not pipeline.is_final(first)
    assert not pipeline.is_final(second)


def test_a_refused_source_does_not_stop_the_next_rung():
    rungs = [rung(CAPTURE, can_refuse=True), rung(CAPTURE, "second")]
    examination = examine({"first": nothing_seen(PageKind.AUTH_WALL, "w"), "second": profile()}, rungs)
    assert told(examination) == ("passed", "OK", "second")
    assert pipeline.is_final(examination)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (PageKind.NOT_FOUND, CaptureStatus.NOT_FOUND),
        (PageKind.WRONG_PAGE, CaptureStatus.WRONG_PAGE),
        (PageKind.COMPANY_PAGE, CaptureStatus.WRONG_PAGE),
        (PageKind.LOGGED_IN, CaptureStatus.LOGGED_IN),
        (PageKind.UNREADABLE, CaptureStatus.UNREADABLE),
    ],
)
def test_what_is_no_profile_proves_nothing(kind, status):
    examination = examine({"first": nothing_seen(kind, "x")}, [rung(CAPTURE, can_refuse=True)])
    assert examination.status is status
    assert told(examination)[0] == "undetermined"
    assert pipeline.is_final(examination)


@pytest.mark.parametrize(
    ("run_on", "ahead", "taken"),
    [
        (0, timedelta(hours=20), True),  # another time zone
        (0, timedelta(days=2), False),
        (-400, -timedelta(days=399), True),  # a run for an earlier day reads what there is by now
        (400, timedelta(days=400), True),
        (400, timedelta(days=402), False),
    ],
)
def test_evidence_from_the_future_is_not_judged(run_on, ahead, taken):
    """It would never become too old: a page of today that is dated 2036 would count for ten years."""
    now = datetime.now(UTC)
    bench = pipeline.RunContext(
        {CaptureFormat.PAGE: lambda _: profile()}, (HEADLINE,), now.date() + timedelta(days=run_on)
    )
    examination = examine({}, [rung(replace(CAPTURE, captured_at=now + ahead))], bench=bench)
    assert told(examination)[0] == ("passed" if taken else "undetermined")
    assert examination.status is (CaptureStatus.OK if taken else CaptureStatus.UNREADABLE)
    if not taken:
        assert f"is dated {(now + ahead).date()}, in the future" in str(examination.trials[0].trouble)


def test_what_the_run_fetched_itself_counts_though_the_clock_was_set_back_meanwhile():
    ahead = replace(CAPTURE, captured_at=datetime.now(UTC) + timedelta(days=30))
    bench = pipeline.RunContext(
        {CaptureFormat.PAGE: lambda _: profile()}, (HEADLINE,), datetime.now(UTC).date()
    )
    examination = examine({}, [rung(ahead, can_refuse=True)], bench=bench)
    assert told(examination)[0] == "passed"


def test_a_page_of_somebody_else_is_not_judged():
    stranger = profile("Baker elsewhere", name="Tom Brandsma")
    examination = examine({"first": stranger}, [rung(CAPTURE)])
    assert examination.status is CaptureStatus.WRONG_PERSON
    assert told(examination)[:2] == ("undetermined", "WRONG_PERSON")
    assert "Brandsma" not in repr(examination)
    assert "Baker" not in repr(examination)


def test_old_evidence_decides_nothing():
    old = replace(CAPTURE, captured_at=datetime(2026, 9, 1, tzinfo=UTC))
    examination = examine({"first": profile("x")}, [rung(old)])
    assert told(examination)[0] == "undetermined"
    assert "older than 31 days" in str(examination.trials[0].trouble)


def test_a_crashing_reader_or_rule_is_a_value():
    def crash(*_):
        raise RuntimeError("secret text of the page")

    crashing = BoundRule(Rule("HDL001", "Headline", Severity.LOW, NoSettings, crash), NoSettings())
    by_rule = examine({"first": profile()}, [rung(CAPTURE)], rules=(crashing,))
    bench = pipeline.RunContext({CaptureFormat.PAGE: crash}, (HEADLINE,), TODAY)
    by_reader = examine({}, [rung(CAPTURE)], bench=bench)
    assert told(by_rule)[:2] == ("undetermined", pipeline.RULE_CRASHED)
    assert told(by_reader)[:2] == ("undetermined", "UNREADABLE")
    assert "secret" not in repr((by_rule, by_reader))


@pytest.mark.parametrize(
    "state", [RosterState.EXCLUDED, RosterState.CONFLICT, RosterState.LONG_LEAVE, RosterState.VANISHED]
)
def test_some_people_are_never_looked_at(state):
    source = rung(CAPTURE)
    examination = examine({"first": profile("x")}, [source], person=replace(PERSON, roster_state=state))
    assert source.source.asked == []
    assert examination.trials == ()


def test_a_rule_that_does_not_concern_the_person_is_not_asked():
    leavers = replace(
        HEADLINE.rule, applies_to=lambda employee: employee.roster_state is RosterState.LEAVER_OVERDUE
    )
    source = rung(CAPTURE)
    examination = examine({"first": profile("x")}, [source], rules=(BoundRule(leavers, NoSettings()),))
    assert isinstance(examination.results[0].outcome, NotApplicable)
    assert source.source.asked == []


def test_an_entity_that_the_policy_does_not_know_is_said():
    source = rung(CAPTURE)
    examination = examine(
        {"first": profile("x")}, [source], person=replace(PERSON, entity="Mars"), company=None
    )
    assert told(examination)[:2] == ("undetermined", "NO_ENTITY")
    assert source.source.asked == []


def test_one_to_look_at_outranks_nothing_seen():
    look = BoundRule(
        Rule(
            "HDL001",
            "H",
            Severity.LOW,
            NoSettings,
            lambda s, o: Undetermined("LOOK", "r", review=s.capture.source == "second"),
        ),
        NoSettings(),
    )
    examination = examine(
        {"first": profile(), "second": profile(), "third": profile()},
        [rung(CAPTURE), rung(CAPTURE, "second"), rung(CAPTURE, "third")],
        rules=(look,),
    )
    assert told(examination) == ("undetermined", "LOOK", "second")


def test_a_site_that_is_down_is_left_alone_after_five_failures():
    down = rung(replace(CAPTURE, status=CaptureStatus.TIMEOUT, trouble="x"), can_refuse=True)
    bench = pipeline.RunContext({}, (HEADLINE,), TODAY)
    people = [replace(PERSON, employee_id=str(number)) for number in range(8)]
    statuses = [examine({}, [down], person=one, bench=bench).status for one in people]
    assert statuses == [CaptureStatus.TIMEOUT] * 5 + [CaptureStatus.NOT_ATTEMPTED] * 3
    assert down.source.asked == ["0", "1", "2", "3", "4"]
    assert bench.turned_away == {}, "nobody refused us"


def test_one_page_that_comes_through_starts_the_count_anew():
    flaky = rung(CAPTURE, can_refuse=True)
    bench = pipeline.RunContext({CaptureFormat.PAGE: lambda capture: profile()}, (HEADLINE,), TODAY)
    for number, word in enumerate("xxxx.xxxx.x"):
        status = CaptureStatus.NETWORK_ERROR if word == "x" else CaptureStatus.OK
        flaky.source.capture = replace(CAPTURE, source="first", status=status)
        examine({}, [flaky], person=replace(PERSON, employee_id=str(number)), bench=bench)
    assert bench.refused == {}
