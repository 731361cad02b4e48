"""The next step for a person in words: the same sentence wherever it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from auditor.language.words import Words, mark
from auditor.offboarding.next_step import Act, NextStep, Why
from auditor.reports.codes import RuleBook
from auditor.reports.people import shown
from auditor.reports.scope import Scope

ACTS: Mapping[Act, str] = {
    Act.CORRECT_ROSTER: mark("Correct the roster"),
    Act.COMPLETE_POLICY: mark("Complete the policy"),
    Act.LOOK: mark("Look"),
    Act.WRITE: mark("Write"),
    Act.REMIND: mark("Remind"),
    Act.DECIDE: mark("Decide"),
    Act.WAIT: mark("Wait"),
    Act.SAVE_PAGE: mark("Save the page"),
    Act.ASK_EXPORT: mark("Ask for the export"),
    Act.PREPARE: mark("Prepare"),
    Act.NOTHING: mark("Nothing to do"),
}
_SAVE_SIGNED_OUT = mark("Save the profile page again, signed out.")
SENTENCES: Mapping[Why, str] = {
    Why.NOTHING_OPEN: mark("Nothing is open."),
    Why.MAY_NOT_CHECK: mark(
        "People of this entity may not be checked now, so nobody looks and nothing is sent."
    ),
    Why.SETTLING_IN: mark("New here: nothing is asked before {on}."),
    Why.NOT_SOUND: mark(
        "This run cannot be trusted; nothing is sent because of it. The next run shows more."
    ),
    Why.LEAVES_SOON: mark(
        "Prepare the steps of the checklist; nothing is asked on LinkedIn before the last day."
    ),
    Why.ROSTER_WRONG: mark("HR said on {before} that the roster is wrong; correct it there."),
    Why.ANSWERED: mark("HR has answered; the next run takes it into account."),
    Why.LETTER_SENT: mark("The letter went out on {before}. Nothing more is sent before {on}."),
    Why.LOOK_THEN_WRITE: mark(
        "Look at the profile as a visitor and enter the day in Looked on; then send the letter."
    ),
    Why.LOOK_THEN_REMIND: mark(
        "The letter of {before} has had no effect yet. Look at the profile again and enter the day in Looked "
        "on; "
        "then send the one reminder."
    ),
    Why.LOOK_THEN_DECIDE: mark(
        "Two letters were sent, the last on {before}. Look at the profile again; then HR and the data "
        "protection "
        "officer decide."
    ),
    Why.LETTER: mark("The letter is ready: read it, complete it, send it, and enter the day in Sent on."),
    Why.REMINDER: mark(
        "The one reminder is ready (letter of {before}): read it, send it, and enter the day in Sent on."
    ),
    Why.TWO_LETTERS: mark(
        "Two letters were sent, the last on {before}; there is no third. HR and the data protection officer "
        "decide: leave it, or report it to LinkedIn."
    ),
    Why.NO_ENTITY: mark("Describe the entity in the policy; until then nobody can sign a letter."),
    Why.NO_LANGUAGE: mark(
        "Enter the language of the place of work in the policy (language or letters.region)."
    ),
    Why.KIT: mark("Send the person one friendly message about all open points."),
    Why.KIT_AGAIN: mark(
        "Asked on {before}; something new has come since. Send one message about all open points."
    ),
    Why.ASKED: mark("The person was asked on {before}. Nothing more is asked before {on}."),
    Why.ASKED_ONCE: mark("Asked on {before}, and still shown: remind the person once, kindly."),
    Why.ASKED_TWICE: mark(
        "Asked twice, the last time on {before}. Decide whether to leave it: choose Waived until, with a "
        "reason."
    ),
    Why.WHOSE_PAGE: mark("Say whose page it is: choose an answer in the column Decision."),
    Why.NO_ADDRESS: mark(
        "No profile address on file: ask once for it (voluntary) and enter it, or choose No profile."
    ),
    Why.ADDRESS_UNUSABLE: mark(
        "The address in the roster is unusable: {note}. Correct it in the roster, or enter it in New address."
    ),
    Why.ADDRESS_SHARED: mark(
        "Two people in the roster have the same address. Enter the right one for each in New address."
    ),
    Why.ADDRESS_WITHDRAWN: mark("The address belongs to somebody else: enter the right one in New address."),
    Why.NOT_FOUND: mark(
        "LinkedIn finds no profile at this address: check it and enter the right one in New address."
    ),
    Why.WRONG_PERSON: mark(
        "The page bears another person's name: check the address and enter the right one in New address."
    ),
    Why.NO_PROFILE: mark("Nothing to do: no LinkedIn profile, according to the roster."),
    Why.NO_SEARCH: mark("Nothing to do; never search for a former employee by name."),
    Why.NO_PAGE_SAVED: mark("No page is saved for this person: save the profile page, signed out."),
    Why.SAVED_REFUSAL: mark("LinkedIn's sign-in or error page was saved instead of the profile."),
    Why.SAVED_SIGNED_IN: mark("The page was saved while signed in and is not used."),
    Why.SAVED_OTHER_PAGE: mark("The saved page is another page than the profile."),
    Why.SAVED_UNREADABLE: mark("The saved page cannot be read."),
    Why.TOO_OLD: mark("The saved page is too old."),
    Why.NO_PICTURES: mark(
        "The page was saved without its pictures: save it again as “Webpage, complete”, signed out."
    ),
    Why.HIDDEN: mark(
        "This page does not show visitors: {hidden}. Ask the person for the export (voluntary)."
    ),
    Why.HIDDEN_LEAVER: mark(
        "The page shows visitors too little; nothing is asked of a former employee because of it."
    ),
    Why.FILE_UNUSABLE: mark(
        "The file that the person handed over cannot be used; ask for a new export (voluntary)."
    ),
    Why.NOT_REACHED: mark("The page could not be reached this time; the next run tries again."),
    Why.FINDINGS: mark("Look at the profile; the sheet Findings says what is in question."),
    Why.POLICY_GAP: mark("The policy lacks the banner or the headline for this person: complete it."),
    Why.PROGRAM_FAILED: mark("The program could not read this page safely: tell whoever looks after it."),
    Why.NOT_ASSESSED: mark("The sheet Not assessed says what must be settled first."),
}
_SAVED_AGAIN = frozenset(
    {Why.SAVED_REFUSAL, Why.SAVED_SIGNED_IN, Why.SAVED_OTHER_PAGE, Why.SAVED_UNREADABLE, Why.TOO_OLD}
)
ADDRESS_NOTES: Mapping[str, str] = {
    "not_a_profile": mark("not a personal profile"),
    "other_site": mark("not on LinkedIn"),
    "ambiguous": mark("there are several addresses"),
    "member_id": mark("it holds LinkedIn's internal number instead of the public name"),
    "old_pub": mark("an old form that no longer works"),
    "short_link": mark("a short link that hides where it leads"),
    "own_profile_link": mark("a link that shows everybody their own profile"),
    "text": mark("not a web address"),
    "two_addresses": mark("the roster gives two of them"),
}


def step_words(step: NextStep, words: Words, book: RuleBook, *, note: str = "") -> str:
    """What to do, as one sentence or two. `note`: why an address is unusable, in the roster's kinds."""
    if step.why is Why.OWN_WORDS and step.rests_on:
        return words.say(book.words_of_finding(step.rests_on).do)
    facts = {
        "on": words.day(step.on) if step.on else "",
        "before": words.day(step.before) if step.before else "",
        "note": words.say(ADDRESS_NOTES[note]) if note in ADDRESS_NOTES else shown(note, 60),
        "hidden": ", ".join(dict.fromkeys(book.criterion(rule, words) for rule in step.hidden)),
    }
    text = words.say(SENTENCES[step.why], **facts)
    return f"{text} {words.say(_SAVE_SIGNED_OUT)}" if step.why in _SAVED_AGAIN else text


def person_step(scope: Scope, employee_id: str) -> str:
    """The next step for a person of this scope, in words; empty where the person does not stand in it."""
    step, person = scope.step(employee_id), scope.people.get(employee_id)
    if step is None or person is None:
        return ""
    return step_words(step, scope.words, scope.book, note=person.employee.address_note)


def acts_in_short(steps: Iterable[NextStep], words: Words) -> str:
    """How many people each act concerns: `Look: 3 · Write: 12`; what asks for nothing is left out."""
    counts = Counter(step.act for step in steps)
    parts = [words.labelled(words.say(ACTS[act]), words.number(counts[act])) for act in Act if counts[act]]
    return " · ".join(parts)
