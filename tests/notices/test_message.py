"""Which notice a run gives, and that it holds counts and nothing of people."""

import re
from dataclasses import replace

import pytest

from auditor.model.capture import CaptureStatus
from auditor.model.health import HealthVerdict
from auditor.model.notice import NoticeKind
from auditor.notices.message import chosen_kind, failure_message, kinds_of, run_message, texts
from tests.reports.invented import report

ALL = frozenset(NoticeKind)


def ended(*, counts=None, refused=0, degraded=False, language="en"):
    made = report(language=language)
    statuses = {CaptureStatus.AUTH_WALL: refused} if refused else {}
    verdict = HealthVerdict.DEGRADED if degraded else HealthVerdict.SOUND
    health = replace(made.health, captures_by_status=statuses, verdict=verdict)
    return replace(made, health=health, run=replace(made.run, counts=counts or {"people": 64}))


@pytest.mark.parametrize(
    ("run", "on", "kind"),
    [
        (ended(), ALL, NoticeKind.FINISHED),
        (ended(counts={"standing": 9}), ALL, NoticeKind.FINISHED),
        (ended(counts={"new": 1}), ALL, NoticeKind.NEEDS_YOU),
        (ended(counts={"reopened": 1}), ALL, NoticeKind.NEEDS_YOU),
        (ended(counts={"could_not_verify": 1}), ALL, NoticeKind.NEEDS_YOU),
        (ended(degraded=True, counts={"new": 1}), ALL, NoticeKind.DEGRADED),
        (ended(degraded=True, refused=1), ALL, NoticeKind.REFUSED),
        (ended(degraded=True, refused=1), ALL - {NoticeKind.REFUSED}, NoticeKind.DEGRADED),
        (ended(degraded=True, refused=1), {NoticeKind.FINISHED}, NoticeKind.FINISHED),
        (ended(), {NoticeKind.NEEDS_YOU}, None),
    ],
)
def test_one_notice_the_most_pressing_that_is_wanted(run, on, kind):
    assert chosen_kind(kinds_of(run), frozenset(on)) is kind


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_notice_holds_counts_and_nothing_of_people(language, kind):
    made = report(language=language)
    counts = {"people": 4711, "read": 4712, "could_not_verify": 4713, "standing": 4714, "new": 4715}
    made = replace(made, run=replace(made.run, counts=counts))
    message = run_message(made, kind)
    said = f"{message.title}\n{message.body}"
    for count in counts.values():
        assert str(count) in said
    secret = {made.run.roster_name}
    for examination in made.examinations:
        person = examination.employee
        secret |= {person.full_name, person.employee_id, person.profile_url, person.entity, person.title}
    assert not [word for word in secret if word and re.search(rf"\b{re.escape(word)}\b", said)]


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_run_that_cannot_be_trusted_says_so_first(kind):
    assert run_message(ended(degraded=True), kind).body.startswith("This run cannot be trusted")
    assert "cannot be trusted" not in run_message(ended(), NoticeKind.FINISHED).body


def test_refused_visits_are_counted():
    assert "Visits refused: 3" in run_message(ended(refused=3), NoticeKind.REFUSED).body


def test_every_word_stands_in_every_language():
    keys = set(texts("en"))
    for language in ("en", "nl", "fr", "de"):
        words = texts(language)
        assert set(words) == keys
        assert all(word and word == word.strip() for word in words.values())
    titles = {failure_message(2, "2026-11", language).title for language in ("en", "nl", "fr", "de")}
    assert len(titles) == 4
