"""One visit of the member's page in words: who opened it, in which language, and what is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from auditor.app.consent import cipher_of, has_objected, throttle_of
from auditor.app.hand_over import EXPORTS, FORM, PAGES, Places, accepts_signed_in, places_of
from auditor.app.invite_members import open_link
from auditor.app.member_page import (
    CONNECTION,
    MemberPeople,
    consent_line,
    doors_of,
    privacy_of,
    rule_book,
    verdict_of,
)
from auditor.app.run_plan import today_of
from auditor.language.locality import letter_languages
from auditor.language.words import LANGUAGES, Words, words_of
from auditor.model.consent import REMINDER_DAYS, Invitation
from auditor.model.employee import Employee, RosterState
from auditor.model.message import Message
from auditor.model.policy import Policy
from auditor.model.rule import Criterion
from auditor.reports.kit_parts import picture_suffix
from auditor.reports.member_verdict import DOOR_KEYS, Light, MemberVerdict, member_verdict
from auditor.reports.messages import message
from auditor.reports.offboarding.letter_text import company_name, first_name, or_blank
from auditor.reports.people import shown
from auditor.web.member.gate import PublicAddress, Visit, caller
from auditor.web.serving import make_templates

LANGUAGE_NAMES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}
#: a consent that ends so soon can be given anew
_RENEWABLE = timedelta(days=REMINDER_DAYS)
#: links that open nothing, from one address within so many seconds
MOST_GUESSES, GUESS_SECONDS = 30, 600
#: what may be said above the page after something was done; the rest of an address is not repeated
NOTICES = frozenset(
    {
        *(
            "read",
            "other_person",
            "no_profile",
            "signed_in",
            "not_loaded",
            "unreadable",
            "too_large",
            "not_taken",
        ),
        *("objected", "undone", "withdrawn", "removed", "busy"),
        *("seen", "not_ready", "refused", "ended", "later", "invalid"),
    }
)
_GOOD = frozenset({"read", "seen", "objected", "undone", "withdrawn", "removed"})


@dataclass(frozen=True, slots=True)
class Member:
    """Whoever opened the page with a link that holds."""

    people: MemberPeople
    policy: Policy
    engine: Any
    places: Places
    invitation: Invitation
    employee: Employee
    visit: Visit

    @property
    def words(self) -> Words:
        """The words of the chosen language, otherwise of the person's own."""
        company = self.policy.company_of(self.employee.entity)
        own = letter_languages(self.employee, company) if company else ()
        fallback = own[0] if own else self.policy.language
        return words_of(self.visit.language or fallback)

    def text(self, key: str, **facts: str) -> str:
        """A text of the page in these words, in the form of address of the policy."""
        return message(key, self.words.language, self.policy.letter_form, **facts)

    def may(self, what: str, most: int, seconds: int = 3600) -> bool:
        """Count an attempt of this person; False where there were too many."""
        throttle = throttle_of(self.policy, self.engine)
        return throttle.allows(f"{what} {self.employee.employee_id}", most, seconds, datetime.now(UTC))

    def form_token(self) -> str:
        """What every form of this visit carries."""
        return self.visit.form_token(cipher_of(self.policy).key("member forms"))

    @property
    def today(self) -> date:
        """Today where the company is."""
        return today_of(self.policy)


class Closed(Exception):
    """The page is not shown, and why; nothing of anybody is told."""

    def __init__(
        self, key: str = "page.closed.mail", words: Message | None = None, status: int = 403
    ) -> None:
        super().__init__(key)
        self.key, self.words, self.status = key, words, status


def member_of(request: Request, visit: Visit, *, count: bool = False) -> Member:
    """The person whose link the visit holds. Raises Closed."""
    people: MemberPeople = request.app.state.people
    policy, engine = people.policy, people.engine
    now = datetime.now(UTC)
    if not visit.text:
        raise Closed
    opened = open_link(policy, engine, visit.purpose, visit.text, now, count=count)
    if opened.invitation is None:
        allowed = throttle_of(policy, engine).allows(
            f"link {caller(request, request.app.state.proxy)}", MOST_GUESSES, GUESS_SECONDS, now
        )
        raise Closed(words=opened.words, status=403 if allowed else 429)
    employee = people.person(opened.invitation.employee_id)
    left_out = employee is not None and employee.roster_state is RosterState.EXCLUDED
    if employee is None or (left_out and not has_objected(policy, engine, employee)):
        raise Closed("page.closed.person", status=410)
    places = places_of(policy, people.settings.captures)
    return Member(people, policy, engine, places, opened.invitation, employee, visit)


def address_of(request: Request) -> PublicAddress:
    """Where the page is reached."""
    address: PublicAddress = request.app.state.address
    return address


@lru_cache
def _templates() -> Environment:
    return make_templates("auditor.web.member")


def _html(template: str, status: int, values: Mapping[str, Any]) -> HTMLResponse:
    common = {"languages": [(one, LANGUAGE_NAMES[one]) for one in LANGUAGES], "home": "/"}
    return HTMLResponse(_templates().get_template(template).render({**common, **values}), status)


def show_page(member: Member, notice: str) -> HTMLResponse:
    """The page itself."""
    company, privacy = privacy_of(member.policy, member.employee)
    words, objected = member.words, has_objected(member.policy, member.engine, member.employee)
    verdict = None if objected else verdict_for(member)
    line = None if objected else consent_line(member.policy, member.engine, member.employee)
    doors = () if objected else doors_of(member.policy, member.places, member.employee)
    invitation = member.invitation
    name = company_name(company)
    values = {
        "text": member.text,
        "words": words,
        "token": member.form_token(),
        "switch": True,
        "notice": notice if notice in NOTICES else "",
        "good": notice in _GOOD,
        "first_name": first_name(member.employee),
        "full_name": shown(member.employee.full_name, 80),
        "company": name,
        "purpose": shown(privacy.purpose, 400),
        "ground": "" if privacy.rests_on_legitimate_interest else shown(privacy.ground, 400),
        "contact": or_blank(privacy.contact, "privacy_contact", words.language),
        "months": str(member.policy.retention.findings_months),
        "objected": objected,
        "verdict": verdict,
        "summary": summary_key(verdict) if verdict else "",
        "light": Light,
        "door_keys": DOOR_KEYS,
        "doors": doors,
        "connection": CONNECTION,
        "choose_key": "page.more" if verdict else "page.choose",
        "unseen_hint": _unseen_hint(member, verdict, doors) if verdict else "",
        "signed_in": accepts_signed_in(member.policy),
        "file_doors": [door for door in (PAGES, EXPORTS) if door in doors],
        "form_door": FORM,
        "pictures": member.places.pictures is not None,
        "until": words.day(line.ends_on) if line else "",
        "renewing": bool(line and line.ends_on and line.ends_on - member.today <= _RENEWABLE),
        "handed_over": not objected and _has_handed_over(member),
        "opened": invitation.opened,
        "opened_on": words.day(invitation.opened_at.date()) if invitation.opened_at else "",
    }
    return _html("member.html", 200, values)


def verdict_for(member: Member) -> MemberVerdict | None:
    """What HR's run would conclude today; None where nothing was let see."""
    examination = verdict_of(member.policy, member.engine, member.places, member.employee)
    company = member.policy.company_of(member.employee.entity)
    if examination is None or company is None:
        return None
    form = member.policy.letter_form
    return member_verdict(examination, company, rule_book(), member.words, form, member.today)


def summary_key(verdict: MemberVerdict) -> str:
    """The sentence above the lines."""
    if verdict.all_right:
        return "page.all_right"
    if verdict.has(Light.DIFFERS):
        return "page.some_differ"
    return "page.seen_right" if verdict.has(Light.RIGHT) else "page.nothing_seen"


def _unseen_hint(member: Member, verdict: MemberVerdict, doors: Sequence[str]) -> str:
    """Which open doors can show what could not be seen so far; empty where none can."""
    used = {line.source for line in verdict.lines}
    wanted = {line.about for line in verdict.lines if line.light is Light.UNSEEN}
    fitting = [door for door in (PAGES, FORM) if door in doors and door not in used]
    if not fitting or not wanted & {Criterion.BANNER, Criterion.COMPANY_LINK, Criterion.HEADLINE}:
        return ""
    names = [member.text(DOOR_KEYS[door]) for door in fitting]
    return member.text("page.unseen.other", doors=", ".join(names))


def _has_handed_over(member: Member) -> bool:
    places, employee = member.places, member.employee
    folders = (places.own(source, employee.employee_id) for source in (PAGES, EXPORTS))
    return any(folder is not None and folder.is_dir() for folder in folders)


def show_closed(request: Request, visit: Visit, why: Closed) -> HTMLResponse:
    """A page that says why nothing is shown, and nothing of anybody."""
    language = visit.language or _accepted(request)
    words = words_of(language)
    people: MemberPeople = request.app.state.people
    try:
        form = people.policy.letter_form
    except Exception:  # the policy itself may be what is wrong
        form = "formal"

    def text(key: str, **facts: str) -> str:
        return message(key, words.language, form, **facts)

    said = words.render(why.words) if why.words else text(why.key)
    values = {"text": text, "words": words, "why": said, "switch": False, "token": ""}
    return _html("closed.html", why.status, values)


def show_leaving(member: Member, address: str) -> HTMLResponse:
    """A page that leads on to LinkedIn: some browsers keep the answer to a form from leading elsewhere."""
    values = {
        "text": member.text,
        "words": member.words,
        "address": address,
        "switch": False,
        "token": "",
    }
    return _html("leaving.html", 200, values)


def lead_to(notice: str = "") -> Response:
    """The answer to a form: the browser opens the page anew."""
    return RedirectResponse(f"/?notice={notice}" if notice else "/", 303)


def banner_file(member: Member) -> tuple[bytes, str] | None:
    """The banner that the person is asked to carry, and what it is called; None where none is needed."""
    verdict = verdict_for(member)
    if verdict is None or verdict.banner is None:
        return None
    body = verdict.banner.body
    return body, f"banner{picture_suffix(body)}"


def _accepted(request: Request) -> str:
    """The first language of the browser that we speak."""
    for part in request.headers.get("accept-language", "")[:200].split(","):
        language = part.partition(";")[0].strip()[:2].casefold()
        if language in LANGUAGES:
            return language
    return "en"
