"""Letters to people who left: only where allowed, only what was seen, in the language that the law gives."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.language.words import spaced
from auditor.model.company import LetterFacts
from auditor.model.decision import Decision, DecisionWord
from auditor.model.document import (
    Document,
    Framed,
    HtmlPage,
    MailDraft,
    Paragraph,
    Quote,
    TextDocument,
)
from auditor.model.employee import PersonName, RosterState
from auditor.model.finding import FindingState
from auditor.model.report import AuditReport
from auditor.model.rule import Confidence, Undetermined
from auditor.offboarding.letter_stage import SEEN
from auditor.position.decision_table import decision_rows
from auditor.reports import LANGUAGES
from auditor.reports.documents.letters import REPORTER
from auditor.reports.messages import message_table, missing_messages
from tests.reports.departing import LAST_DAY, LETTERS, company, leaver, leavers_report, still_shown, text_of
from tests.reports.invented import DEGRADED, TODAY, tracked

HR = Path(__file__).resolve().parents[2].parent / "shared" / "hr"
#: never in a letter, in no language: why somebody left, illness, the next employer, threats, pictures, copies
FORBIDDEN = re.compile(
    r"reden van|ontsla|ziek|andere werkgever|nieuwe werkgever|boete|schadevergoeding|juridisch|schermafdruk"
    r"|motif|licenci|malad|autre employeur|nouvel employeur|pénalit|amende|poursuit|capture d'écran"
    r"|reason for leaving|dismiss|illness|sick|other employer|new employer|penalt|fine\b|legal action"
    r"|screen ?(print|shot)"
    r"|grund|kündig|krank|anderer arbeitgeber|neuen arbeitgeber|strafe|bußgeld"
    r"|rechtliche schritte|bildschirmfoto"
    r"|\bkopie|\bcopie\b|\bcopy\b",
    re.IGNORECASE,
)
LETTER_RULES = [
    row for row in decision_rows() if row["letter"] not in ("none",) and "letter" in row["letter"]
]


def made(report: AuditReport) -> list[Document]:
    return list(REPORTER.make(report))


def names(report: AuditReport) -> set[str]:
    return {document.file_name for document in made(report)}


def draft(report: AuditReport) -> TextDocument:
    (one,) = (document for document in made(report) if isinstance(document, TextDocument))
    return one


def page(report: AuditReport) -> str:
    (one,) = (document for document in made(report) if isinstance(document, HtmlPage))
    return "\n".join(str(getattr(block, "text", "")) for block in one.blocks)


def test_letter_and_message_say_the_same_and_name_no_recipient() -> None:
    documents = made(leavers_report(leaver()))
    assert [document.file_name for document in documents] == [
        "letter.docx",
        "letter.eml",
        "before-sending.html",
    ]
    paper, mail = documents[:2]
    assert isinstance(paper, TextDocument)
    assert isinstance(mail, MailDraft)
    assert paper.blocks == mail.blocks
    assert {document.folder for document in documents} == {"leavers/77_2026-10-23"}


@pytest.mark.parametrize("form", ["formal", "informal"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sent", [(), (TODAY - timedelta(days=31),)])
def test_all_mandatory_facts_stand_in_order_and_nothing_forbidden(
    language: str, form: str, sent: tuple[date, ...]
) -> None:
    own = company(country="NL", language=language)
    person = leaver(language=language)
    text = draft(leavers_report(person, own=own, letter_form=form, letters_sent={"77": sent}))
    table = message_table()
    order = [text_of(text.blocks).find(_opening(table, key, language, form)) for key in _mandatory()]
    assert -1 not in order
    assert order == sorted(order)
    assert not FORBIDDEN.search(text_of(text.blocks))
    (objection,) = (block for block in text.blocks if isinstance(block, Framed))
    assert "stop" in objection.text.casefold()
    assert "privacy@noordlicht.example" in objection.text
    assert not re.search(r"\{\w+\}", text_of(text.blocks))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_goes_on_behind_an_address(language: str) -> None:
    """An address ends its line: what followed it read as a part of it."""
    own = company(country="NL", language=language)
    text = text_of(draft(leavers_report(leaver(language=language), own=own)).blocks)
    assert LETTERS.howto_url in text
    assert not re.search(r"https?://\S+[ ]\S", text)


def _mandatory() -> list[str]:
    return ["L01", "L02.current", "L03", "L04.position", "L05", "L06", "L07", "L08", "L09", "L10"]


def _opening(table: Any, key: str, language: str, form: str) -> str:
    """The longest piece of a sentence between two of its facts."""
    texts = table.get((key, form)) or table[key, ""]
    return max(re.split(r"\{\w+\}", texts[language]), key=len)


#: what the later review of the wording changed, as it is said now (nl informal, the others formal)
REVISED = {
    "L01": {
        "nl": "Bedankt voor je inzet bij {company}.",
        "fr": "Merci pour votre engagement chez {company}.",
        "de": "Vielen Dank für Ihren Einsatz bei {company}.",
        "en": "Thank you for your work at {company}.",
    },
    "L03": {
        "nl": "Volgens onze gegevens was {last_day} je laatste dag in dienst. Klopt dat niet, laat het "
        "ons dan "
        "weten.",
        "fr": "Selon nos données, le dernier jour de votre contrat était le {last_day}. Si ce n'est pas "
        "exact, "
        "dites-le-nous.",
        "de": "Nach unseren Unterlagen war der {last_day} der letzte Tag Ihres Arbeitsverhältnisses. "
        "Falls das "
        "nicht stimmt, sagen Sie uns bitte Bescheid.",
        "en": "According to our records your last day of employment was {last_day}. If that is wrong, please "
        "tell us.",
    },
    "L05": {
        "nl": "Je profiel is van jou; dit is een vriendelijk verzoek, je bent vrij om er gevolg aan te "
        "geven.",
        "fr": "Votre profil vous appartient ; il s'agit d'une simple demande, libre à vous d'y donner suite.",
        "de": "Ihr Profil gehört Ihnen; dies ist eine freundliche Bitte, die Änderung ist freiwillig.",
        "en": "Your profile is yours and this is only a request; the choice is yours.",
    },
    "L06": {
        "nl": "We vragen het omdat het in ons belang is dat klanten en collega's weten wie ze bij ons kunnen "
        "bereiken.",
        "fr": "Nous le demandons parce que nous avons intérêt à ce que clients et collègues sachent qui "
        "contacter chez nous.",
        "de": "Wir bitten darum, weil es in unserem Interesse liegt, dass Kundschaft und Kollegium "
        "wissen, wen "
        "sie bei uns erreichen.",
        "en": "We ask because it is in our interest that clients and colleagues know whom to contact here.",
    },
    "L07": {
        "nl": "Zou dat uiterlijk op {wish_date} kunnen?",
        "fr": "Serait-il possible de le faire au plus tard le {wish_date} ?",
        "de": "Wäre das bis zum {wish_date} möglich?",
        "en": "Would it be possible to do this by {wish_date}?",
    },
    "L08": {
        "nl": "We bewaren hierover de nodige personeelsgegevens: {staff_data}. Daarnaast bewaren we "
        "{profile_data}; alles hoogstens {retention} na je vertrek (gerechtvaardigd belang, artikel 6, "
        "lid 1, "
        "onder f, AVG).",
        "fr": "Nous conservons à ce sujet les données du personnel nécessaires : {staff_data}. Nous "
        "conservons "
        "aussi {profile_data} ; le tout au plus {retention} après votre départ (intérêt légitime, article 6, "
        "paragraphe 1, point f), du RGPD).",
        "de": "Wir speichern dazu die nötigen Personaldaten: {staff_data}. Außerdem speichern wir "
        "{profile_data}; alles höchstens {retention} nach Ihrem Ausscheiden (berechtigtes Interesse, Art. 6 "
        "Abs. 1 lit. f DSGVO).",
        "en": "About this we keep the staff data we need: {staff_data}. We also keep {profile_data}; "
        "all of it "
        "for at most {retention} after you left (legitimate interest, Art. 6(1)(f) GDPR).",
    },
    "L09": {
        "nl": "Je hebt het recht om bezwaar te maken (art. 21 AVG): antwoord ‘stop’ of schrijf naar "
        "{privacy_contact}, en we bekijken je profiel niet meer. Een reden is niet nodig.",
        "fr": "Vous avez le droit de vous opposer (art. 21 RGPD) : répondez « stop » ou écrivez à "
        "{privacy_contact}, et nous ne consulterons plus votre profil. Vous n'avez pas à vous justifier.",
        "de": "Sie haben das Recht zu widersprechen (Art. 21 DSGVO): Antworten Sie mit „Stopp“ oder "
        "schreiben "
        "Sie an {privacy_contact}, und wir sehen Ihr Profil nicht mehr an. Eine Begründung ist nicht nötig.",
        "en": "You have the right to object (Art. 21 GDPR): reply “stop”, or write to "
        "{privacy_contact}, and we "
        "will not look at your profile again. No reason is needed.",
    },
    "L11": {
        "nl": "Heb je dit al gedaan? Dan kun je dit bericht als niet verzonden beschouwen.",
        "fr": "Si c'est déjà fait, veuillez ne pas tenir compte de ce message.",
        "de": "Schon erledigt? Dann betrachten Sie dieses Schreiben bitte als gegenstandslos.",
        "en": "Already done? Then please ignore this message.",
    },
    "L12": {
        "nl": "Kun je niet meer inloggen omdat je account aan je werkmailadres gekoppeld was? LinkedIn helpt "
        "hier: {recovery_url}",
        "fr": "Vous ne pouvez plus vous connecter parce que votre compte était lié à votre e-mail "
        "professionnel "
        "? LinkedIn vous aide ici : {recovery_url}",
        "de": "Kein Zugang mehr, weil Ihr Konto mit Ihrer dienstlichen E-Mail-Adresse verknüpft war? "
        "LinkedIn "
        "hilft hier: {recovery_url}",
        "en": "Locked out because your account was linked to your work e-mail address? LinkedIn helps here: "
        "{recovery_url}",
    },
}
#: the form of address of the agreed table, by language
AGREED = {"nl": "informal", "fr": "formal", "de": "formal", "en": "formal"}


@pytest.mark.parametrize("number", REVISED)
def test_the_revised_sentences_are_said_as_agreed_later(number: str) -> None:
    table = message_table()
    for language, form in AGREED.items():
        own = table.get((number, form)) or table[number, ""]
        assert own[language] == spaced(REVISED[number][language], language), language


def test_the_wording_is_that_of_the_agreed_table() -> None:
    path = HR / "letter_facts.tsv"
    if not path.exists():
        pytest.skip("the shared folder is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {row["id"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    keys = {"L02": "L02.current", "L04": "L04.position"}
    table = message_table()
    for number, row in rows.items():
        if row["mandatory"] == "forbidden" or number in REVISED:
            continue
        key = keys.get(number, number)
        for language, form in AGREED.items():
            own = table.get((key, form)) or table[key, ""]
            agreed_text = spaced(row[language].replace("Slogan", "Profilslogan"), language)
            agreed_text = agreed_text.replace(", Personal,", ", HR,")
            assert own[language].replace("{entity}", "{company}") == agreed_text, (number, language)
    assert {number for number, row in rows.items() if row["mandatory"] == "yes"} == {
        key.partition(".")[0] for key in _mandatory()
    }


def test_the_letters_table_is_complete() -> None:
    assert missing_messages() == []


@pytest.mark.parametrize(
    ("language", "formal", "informal"),
    [
        ("nl", r"\b(u|uw)\b", r"\b(je|jij|jou|jouw)\b"),
        ("fr", r"\b(vous|votre|vos)\b", r"\b(tu|te|ton|ta|tes|toi)\b"),
        ("de", r"\b(Sie|Ihr|Ihre|Ihren|Ihnen|Ihres)\b", r"\b(du|dich|dir|dein\w*)\b"),
    ],
)
def test_the_two_forms_of_address_are_never_mixed(language: str, formal: str, informal: str) -> None:
    for (key, form), texts in message_table().items():
        if form == "formal":
            assert not re.search(informal, texts[language]), key
        else:
            found = re.sub(r"^.*? (nog|noch) .*$", "", texts[language]) if form == "" else texts[language]
            assert not re.search(formal, found), key


@pytest.mark.parametrize(
    ("country", "entity", "region", "person", "languages"),
    [
        ("BE", "nl", "", "en", ["nl", "en"]),  # Ghent, a person who speaks English
        ("be", "nl", "", "fr", ["nl", "fr"]),
        ("BE", "fr", "", "", ["fr"]),
        ("BE", "en", "flanders", "en", ["nl", "en"]),
        ("BE", "nl", "german_speaking", "de", ["de"]),
        ("BE", "nl", "brussels", "fr", ["fr"]),
        ("BE", "nl", "brussels", "en", ["nl", "en"]),
        ("NL", "nl", "", "en", ["en"]),
        ("DE", "de", "", "", ["de"]),
        ("FR", "fr", "", "nl-BE", ["nl"]),
        ("", "de", "", "tlh", ["de"]),
    ],
)
def test_the_language_is_that_of_the_law_then_of_the_person(
    country: str, entity: str, region: str, person: str, languages: list[str]
) -> None:
    own = company(country=country, language=entity, letters=replace(LETTERS, region=region))
    text = draft(leavers_report(leaver(language=person), own=own))
    assert text.language == languages[0]
    greeting = {"nl": "Beste Jürgen", "fr": "Bonjour Jürgen", "de": "Guten Tag Jürgen", "en": "Dear Jürgen"}
    found = {text_of(text.blocks).find(greeting[one]): one for one in LANGUAGES}
    assert [found[at] for at in sorted(found) if at >= 0] == languages
    marked = [block.text for block in text.blocks if getattr(block, "quiet", False)]
    assert len(marked) == len(languages) - 1


def test_a_belgian_entity_without_a_language_of_its_place_gets_no_letter() -> None:
    report = leavers_report(leaver(), own=company(country="BE", language="en"))
    assert names(report) == {"letter-not-ready.html"}
    assert "letters.region" in page(report)


@pytest.mark.parametrize(
    ("looked", "ready"),
    [
        (None, False),
        (TODAY, True),
        (TODAY - timedelta(days=7), True),
        (TODAY - timedelta(days=8), False),
        (TODAY + timedelta(days=1), False),
    ],
)
def test_no_letter_without_a_fresh_look_by_a_person(looked: date | None, ready: bool) -> None:
    report = leavers_report(leaver(), looks={"77": looked} if looked else {})
    assert ("letter.docx" in names(report)) is ready
    assert ("letter-not-ready.html" in names(report)) is not ready
    if not ready:
        assert "A person must look at the profile" in page(report)


def test_the_commands_on_the_page_are_complete_for_this_machine() -> None:
    here = {"call": "python -I /opt/audit.py", "call_options": "--policy '/srv/our firm/policy.yaml'"}
    report = leavers_report(leaver("7 7"), looks={}, language="en", folder="/srv/our firm/out/r1", **here)
    (made_page,) = (document for document in made(report) if isinstance(document, HtmlPage))
    (quoted,) = (block for block in made_page.blocks if isinstance(block, Quote))
    assert quoted.text.split("\n") == [
        "python -I /opt/audit.py offboarding looked '7 7' --policy '/srv/our firm/policy.yaml'",
        "python -I /opt/audit.py report 2026-11-22-0900 --policy '/srv/our firm/policy.yaml' "
        "--output '/srv/our firm/out'",
    ]
    (ready,) = (str(one) for one in made(replace(report, looks={"7 7": TODAY})) if isinstance(one, HtmlPage))
    assert "Enter the day in the column Sent on" in ready
    assert "auditor offboarding sent" not in ready, "no command is needed to finish a letter"


def test_the_letter_says_what_the_person_saw_and_when() -> None:
    text = text_of(draft(leavers_report(leaver(language="nl"))).blocks)
    assert "Op 21 november 2026 zagen we" in text
    assert "was 23 oktober 2026 uw laatste dag in dienst" in text
    assert "uiterlijk op 7 december 2026" in text  # two weeks later is a Sunday


@pytest.mark.parametrize(
    ("code", "said", "unsaid"),
    [
        ("LEAVER_HEADLINE", "headline", "employer"),
        ("LEAVER_BANNER", "banner", "employer"),
        ("LEAVER_CURRENT_LINKED_MULTI", "end date that was forgotten", "another"),
        ("LEAVER_ALUMNI_WORDING", "lists a position", "employer"),
    ],
)
def test_it_never_says_more_than_was_seen(code: str, said: str, unsaid: str) -> None:
    report = leavers_report(leaver("77", still_shown(code), language="en"), own=company(country="NL"))
    text = text_of(draft(report).blocks)
    assert said in text
    assert unsaid not in text


def test_a_contractor_s_last_day_is_that_of_the_assignment() -> None:
    outcome = still_shown("CONTR_CURRENT_LINKED", "leaver letter (contractor variant)")
    person = leaver("77", outcome, RosterState.CONTRACTOR_ENDED, language="en")
    report = leavers_report(person, own=company(country="NL"))
    assert "last day of your assignment" in text_of(draft(report).blocks)
    assert "employer" not in text_of(draft(report).blocks)


def test_every_finding_that_the_table_allows_a_letter_for_has_its_sentence() -> None:
    assert {row["finding_code"] for row in LETTER_RULES} == set(SEEN)


@pytest.mark.parametrize("letter", sorted({row["letter"] for row in decision_rows()}))
def test_only_what_the_decision_table_allows_becomes_a_letter(letter: str) -> None:
    report = leavers_report(leaver("77", still_shown(letter=letter)))
    assert ("letter.docx" in names(report)) is (letter in {row["letter"] for row in LETTER_RULES})


def test_what_a_person_must_clarify_first_becomes_no_letter() -> None:
    doubtful = leaver("77", still_shown(confidence=Confidence.REVIEW))
    assert names(leavers_report(doubtful)) == {"letter-not-ready.html"}
    undated = leaver("77")
    undetermined = Undetermined("LEAVER_UNDATED", "not dated", True, facts=(("letter", "leaver letter"),))
    undated = replace(undated, results=(replace(undated.results[0], outcome=undetermined),))
    assert names(leavers_report(undated)) == {"letter-not-ready.html"}
    assert names(leavers_report(leaver("77", still_shown("A_CODE_OF_TOMORROW")))) == {"letter-not-ready.html"}


def said(word: DecisionWord, employee_id: str = "77", fingerprint: str = "") -> Decision:
    return Decision(fingerprint, employee_id, word, "run", TODAY, after_run="run")


@pytest.mark.parametrize("word", list(DecisionWord))
def test_no_letter_is_drafted_where_hr_has_answered_otherwise_since_the_run(word: DecisionWord) -> None:
    flagged = leaver("77")
    report = leavers_report(flagged)
    (found,) = report.findings
    key = found.finding.fingerprint
    answered = replace(report, answers_since=(said(word, fingerprint=key),))
    # what is asked, waived elsewhere or taken back leaves the letter as it is
    allowed = {DecisionWord.ASKED, DecisionWord.NEW_ADDRESS, DecisionWord.LEAVE, DecisionWord.SAME_PERSON}
    allowed |= {DecisionWord.TAKEN_BACK}
    assert ("letter.docx" in names(answered)) is (word in allowed)
    elsewhere = replace(report, answers_since=(said(word, "78"), said(word, "77", "another finding")))
    about_person = {"objected", "not_our_employee", "wrong_person", "no_profile", "roster_wrong"}
    assert ("letter.docx" in names(elsewhere)) is (word not in about_person)


def test_no_letter_is_drafted_while_hr_says_that_the_roster_is_wrong() -> None:
    report = leavers_report(leaver("77"))
    disputed = replace(report, findings=tuple(replace(one, roster_wrong_on=TODAY) for one in report.findings))
    assert names(report) >= {"letter.docx"}
    assert names(disputed) == {"letter-not-ready.html"}


def test_a_run_that_is_not_sound_drafts_no_letter() -> None:
    report = leavers_report(leaver(), health=DEGRADED)
    assert names(replace(report, health=DEGRADED)) == {"letter-not-ready.html"}


@pytest.mark.parametrize("state", [FindingState.RESOLVED, FindingState.WAIVED, FindingState.UNVERIFIED])
def test_a_finding_that_does_not_stand_makes_no_pack(state: FindingState) -> None:
    person = leaver()
    report = replace(leavers_report(person), findings=(tracked(person, "LVR001", state),))
    assert made(report) == []


@pytest.mark.parametrize(
    ("days_ago", "files"),
    [
        ((), {"letter.docx", "letter.eml", "before-sending.html"}),
        ((29,), {"letter-not-ready.html"}),
        ((30,), {"reminder.docx", "reminder.eml", "before-sending.html"}),
        ((61, 29), {"letter-not-ready.html"}),
        ((61, 31), {"letter-not-ready.html", "notice-draft.docx"}),
        ((91, 61, 31), {"letter-not-ready.html", "notice-draft.docx"}),
    ],
)
def test_two_letters_at_most_thirty_days_apart(days_ago: tuple[int, ...], files: set[str]) -> None:
    sent = tuple(TODAY - timedelta(days=days) for days in days_ago)
    person = leaver(last_day=date(2026, 7, 1))
    assert names(leavers_report(person, letters_sent={"77": sent})) == files


def test_the_reminder_names_the_first_letter_and_rests_on_a_look_of_its_own() -> None:
    sent = (date(2026, 10, 30) - timedelta(days=20),)
    person = leaver(last_day=date(2026, 7, 1), language="en")
    report = leavers_report(person, own=company(country="NL"), letters_sent={"77": sent})
    assert "On 10 October 2026 we wrote to you" in text_of(draft(report).blocks)
    assert names(replace(report, looks={"77": sent[0]}, drafted_on=sent[0] + timedelta(days=30))) == {
        "letter-not-ready.html"
    }


def test_the_notice_is_drafted_for_employment_entries_only() -> None:
    sent = tuple(TODAY - timedelta(days=days) for days in (61, 31))
    for code in ("LEAVER_BANNER", "LEAVER_HEADLINE"):
        person = leaver("77", still_shown(code), last_day=date(2026, 7, 1))
        assert names(leavers_report(person, letters_sent={"77": sent})) == {"letter-not-ready.html"}


def test_what_the_policy_does_not_tell_stays_visible_and_is_named() -> None:
    report = leavers_report(
        leaver(language="en"), own=company(country="NL", letters=LetterFacts()), contacts={}
    )
    text = draft(report)
    blanks = (
        "[name of the HR contact]",
        "[telephone of HR]",
        "[address of the how-to page]",
        "[privacy contact]",
    )
    assert set(text.to_fill) == set(blanks)
    assert all(blank in text_of(text.blocks) for blank in blanks)
    assert "Complete before sending" in text.blocks[0].text  # type: ignore[union-attr]
    assert draft(leavers_report(leaver())).to_fill == ()


@pytest.mark.parametrize(
    ("country", "language", "word"),
    [
        ("NL", "nl", "(AP)"),
        ("BE", "nl", "(GBA)"),
        ("BE", "fr", "(APD)"),
        ("FR", "fr", "CNIL"),
        ("DE", "de", "Bundesland"),
        ("AT", "de", "österreichischen Datenschutzbehörde (DSB)"),
        ("at", "en", "Austrian"),
        ("LU", "fr", "(CNPD)"),
        ("CH", "de", "(EDÖB)"),
        ("CH", "fr", "(PFPDT)"),
        ("PT", "nl", "in uw land"),
    ],
)
def test_the_authority_is_that_of_the_country(country: str, language: str, word: str) -> None:
    report = leavers_report(leaver(language=language), own=company(country=country, language=language))
    assert word in text_of(draft(report).blocks)


@pytest.mark.parametrize("form", ["formal", "informal"])
@pytest.mark.parametrize(
    ("language", "right", "restriction"),
    [
        ("en", "right to object (Art. 21", "restrict"),
        ("nl", "recht om bezwaar te maken (art. 21", "beperken"),
        ("fr", "(art. 21", "limiter"),
        ("de", "Recht zu widersprechen (Art. 21", "einschränken"),
    ],
)
def test_the_right_to_object_is_named_and_stands_apart_from_the_others(
    language: str, right: str, restriction: str, form: str
) -> None:
    report = leavers_report(leaver(language=language), own=company(country="NL"), letter_form=form)
    blocks = draft(report).blocks
    (objection,) = (block for block in blocks if isinstance(block, Framed))
    assert right in objection.text
    others = [block.text for block in blocks if isinstance(block, Paragraph) and restriction in block.text]
    assert len(others) == 1
    assert "(AP)" in others[0]
    assert not {restriction, "(AP)"} & set(objection.text.split())


def test_germans_are_greeted_formally_by_their_full_name() -> None:
    for form, greeting in (("formal", "Guten Tag Jürgen van der Fictief,"), ("informal", "Hallo Jürgen,")):
        report = leavers_report(leaver(language="de"), own=company(country="DE"), letter_form=form)
        assert greeting in text_of(draft(report).blocks)


def test_the_policy_may_name_another_authority() -> None:
    own = company(letters=replace(LETTERS, authority="de Vlaamse Toezichtcommissie"))
    assert "de Vlaamse Toezichtcommissie" in text_of(draft(leavers_report(leaver(), own=own)).blocks)


@pytest.mark.parametrize(
    "name", ["=1+1", "{company} {0}", "<b>x</b>", "a\r\nBcc: all@example", "\ud800\x00", "x" * 40_000]
)
def test_hostile_names_are_only_names(name: str) -> None:
    person = leaver(name=name)
    person = replace(person, employee=replace(person.employee, name=PersonName(name)))
    text = draft(leavers_report(person))
    greeting = next(block.text for block in text.blocks if isinstance(block, Paragraph))
    assert "\n" not in greeting
    assert len(greeting) < 400
    if "{" in name:
        assert name in greeting


def test_the_name_of_nobody_stands_in_file_names_and_subjects() -> None:
    for document in made(leavers_report(leaver("7/7;é"))):
        shown = f"{document.folder}/{document.file_name}{getattr(document, 'subject', '')}"  # type: ignore[union-attr]
        assert "Fictief" not in shown
        assert re.fullmatch(
            r"leavers/[A-Za-z0-9-]+_2026-10-23/[a-z.-]+(Uw LinkedIn-profiel en Noordlicht)?", shown
        )


def test_the_switch_turns_packs_off() -> None:
    assert made(leavers_report(leaver(), packs=False)) == []


@pytest.mark.parametrize("form", ["formal", "informal"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_leaves_soon_gets_a_note_that_tells_of_nothing_seen(language: str, form: str) -> None:
    soon = leaver("77", None, RosterState.LEAVING_SOON, last_day=TODAY + timedelta(days=9), language=language)
    report = leavers_report(soon, own=company(country="NL"), letter_form=form, looks={})
    report = replace(report, findings=())
    assert names(report) == {"exit-note.docx", "exit-note.eml"}
    text = text_of(draft(report).blocks)
    assert "Jürgen" in text
    assert "https://noordlicht.example/linkedin" in text
    assert not FORBIDDEN.search(text)
    assert not re.search(r"\{\w+\}|21 [a-zé]+ 2026|22 [a-zé]+ 2026", text)
    (objection,) = (block for block in draft(report).blocks if isinstance(block, Framed))
    assert "privacy@noordlicht.example" in objection.text
    assert LAST_DAY < TODAY
