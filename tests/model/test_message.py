"""A message is said in every language, kept in the store, and never read back from its text."""

from datetime import date

import pytest

from auditor.language.words import words_of
from auditor.model.finding import Finding, FindingState, TrackedFinding
from auditor.model.health import HealthVerdict, RunHealth
from auditor.model.message import Message, say, say_count
from auditor.model.report import SourceNote
from auditor.model.rule import Confidence, Severity
from auditor.store.codec import decode, encode, in_english

DAY = date(2026, 11, 22)
ASKED = say("asked on {day}", day=DAY)
REFUSED = ("the site refused {n} visit(s)", "the site refused {n} visit", "the site refused {n} visits")


def tracked(note):
    finding = Finding(
        "f", "HDL001", "NO_COMPANY", "7", Severity.LOW, Confidence.SURE, "m", ASKED, "closed on 1"
    )
    return TrackedFinding(finding, FindingState.OPEN, DAY, DAY, note=note)


def test_programs_read_the_english_text():
    assert str(ASKED) == "asked on 2026-11-22"
    assert str(say_count(*REFUSED, n=1)) == "the site refused 1 visit(s)"
    assert str(say("{a}", a="{b} {0}")) == "{b} {0}", "facts are no templates"
    assert str(Message("what {an} older store holds")) == "what {an} older store holds"


@pytest.mark.parametrize(
    ("n", "english"), [(1, "the site refused 1 visit"), (3, "the site refused 3 visits")]
)
def test_people_read_it_in_their_language(n, english):
    message = say_count(*REFUSED, n=n)
    assert words_of("en").render(message) == english
    assert words_of("nl").render(message) != english
    assert words_of("nl").render("closed on 1") == "closed on 1", "a plain text is nobody's phrase"


def test_people_read_days_in_words_and_programs_as_iso():
    message = say("closed on {day}", day=DAY)
    assert str(message) == "closed on 2026-11-22"
    assert words_of("en").render(message) == "closed on 22 November 2026"
    assert words_of("nl").render(message) == "gesloten op 22 november 2026"
    assert words_of("nl").fact("2026-02-30") == "2026-02-30", "no day"
    assert words_of("nl").fact("run 2026-11-22") == "run 2026-11-22", "more than a day"


def test_a_message_within_a_message_is_said_in_the_same_language_and_kept():
    inner = say("'{file}': {why}", file="a.html", why=say("the file is empty"))
    assert str(inner) == "'a.html': the file is empty"
    assert words_of("nl").render(inner) == "‘a.html’: het bestand is leeg"
    kept = tracked(inner)
    assert decode(encode(kept), TrackedFinding) == kept
    assert in_english(encode(kept))["note"] == "'a.html': the file is empty"


def test_a_note_of_a_source_that_an_earlier_version_kept_as_text_is_read():
    assert decode("saved_pages: 3 files: none", SourceNote) == SourceNote("saved_pages", "3 files: none")
    note = SourceNote("saved_pages", say("the file is empty"))
    assert decode(encode(note), SourceNote) == note


def test_the_store_keeps_messages_and_reads_the_texts_of_earlier_versions():
    kept = tracked(ASKED)
    assert decode(encode(kept), TrackedFinding) == kept
    assert decode(encode(tracked("asked on 2026-11-22")), TrackedFinding).note == "asked on 2026-11-22"
    assert in_english({"a": [encode(kept)]})["a"][0]["note"] == "asked on 2026-11-22", (
        "as a person is handed it"
    )
    health = RunHealth({}, {}, 0.0, HealthVerdict.DEGRADED, (say_count(*REFUSED, n=3),))
    assert decode(encode(health), RunHealth) == health
    older = {**encode(health), "reasons": ["rule {X} crashed"]}
    assert [str(one) for one in decode(older, RunHealth).reasons] == ["rule {X} crashed"]
