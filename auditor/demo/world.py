"""The invented world, built into a folder: roster, policy, banners, and the site they speak of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType

from auditor.demo.banners import DESIGNS, brand_file
from auditor.demo.careers import TODAY
from auditor.demo.consent_site import CLIENT_ID
from auditor.demo.firms import FIRMS, FREIGHT, NAMESAKE, Firm
from auditor.demo.loopback import LOOPBACK
from auditor.demo.people import Person, invent
from auditor.demo.roster import write_roster
from auditor.demo.site import Site
from auditor.demo.truth import ExpectedPerson
from auditor.files.writing import write_atomic

_TEMPLATES = {
    "nl": "{functie} bij {bedrijf}",
    "fr": "{fonction} chez {entreprise}",
    "de": "{Funktion} bei {Firma}",
    "en": "{job title} at {company}",
}

#: what the law of the country asks to be on record
_DELEGATES = {
    "NL": "      works_council: 2026-01-20    # day of the works council's consent\n",
    "BE": "      consultation: 2026-01-20     # day the staff's delegates were informed and consulted\n",
}


def banner_files(firm: Firm) -> tuple[str, str]:
    """Names of this year's and last year's banner in the brand folder."""
    return f"brand/{firm.short.casefold()}-2026.png", f"brand/{firm.short.casefold()}-2025.png"


def policy_text(host: str, consents_at: str = "") -> str:
    """The policy as YAML. `host` is the replica's `127.0.0.1:port`, the only host that may be read.

    With `consents_at`, the address of a replica of LinkedIn's consent page, members' consents are the source.
    """
    entities = "\n".join(_entity(firm, host) for firm in FIRMS)
    return f"""\
# The policy of the invented Drievoet group, written by `auditor demo`.
# Nobody and nothing in it is real; the profiles stand on this computer's own replica site.
version: 1
language: en                       # of the reports
default_entity: {_text(FIRMS[0].entity)}

entities:
{entities}
rules:
  HDL001: {{strictness: standard}}   # mention | standard | exact

roster:
  grace_days: 14                   # so long after the last day nothing is said to a leaver

sources:
{_consents(consents_at) if consents_at else _pages_of_members(host)}"""


def _pages_of_members(host: str) -> str:
    return f"""\
  ladder: [public_page]
  public_page:
    allowed_hosts: [{_text(host)}]   # no other host is ever asked
    seconds_between: 0
    cool_down_hours: 0             # a replica needs no manners; the default is 45 seconds
    jitter: 0
    daily_cap: 100000
    visit_seconds: 20
"""


def _consents(origin: str) -> str:
    return f"""\
  ladder: [member_consent]
  member_consent:
    client_id: {CLIENT_ID}         # of the company's own app at LinkedIn
    secret_env: {SECRET_VARIABLE}   # the variable that holds its secret
    page_address: https://profile.drievoet.example
    sign_in_address: {origin}      # the replica; left out, LinkedIn itself is asked
    api_address: {origin}
    seconds_between: 0
"""


def _entity(firm: Firm, host: str) -> str:
    current, previous = DESIGNS[firm.code]
    current_file, previous_file = banner_files(firm)
    pages = "\n".join(f"      - {_text(page)}" for page in _pages(firm, host))
    namesakes = [f"http://{host}{NAMESAKE.path}"] if firm is FREIGHT else []
    headlines = "\n".join(
        f"      - {{text: {_text(_TEMPLATES[language])}, language: {language}}}"
        for language in firm.languages
    )
    return f"""\
  - name: {_text(firm.entity)}     # as in the roster
    names: [{_text(firm.name)}, {_text(firm.short)}]
    language: {firm.languages[0]}
    country: {firm.country}
    pages:                         # the first is the one to link to; former names and ids count too
{pages}
    namesake_pages: {json.dumps(namesakes)}
    banners:
      - {{name: {_text(current.name)}, file: {current_file}, role: current, valid_from: 2026-09-01}}
      - {{name: {_text(previous.name)}, file: {previous_file}, role: previous}}
    headline:
{headlines}
    privacy:                       # without this nobody of the entity is checked
      purpose: Correct and recognisable presentation of our people on LinkedIn
      ground: legitimate interest
      balancing_note_date: 2026-01-15
      contact: privacy@{firm.mail_domain}
      notice_date: 2026-02-01      # nobody is checked before 14 days have passed
      notice_in_joining_papers: true   # so people who started later were told too
      dpia_ref: DPIA 2026-01 (invented)
{_DELEGATES.get(firm.country, "")}{_letters(firm)}"""


def _letters(firm: Firm) -> str:
    region = (
        "      region: flanders             # the law there wants Dutch\n" if firm.country == "BE" else ""
    )
    return f"""\
    letters:                       # whom drafts of letters name; the program sends none
      hr_name: {_text(firm.hr_name)}
      hr_phone: {_text(firm.hr_phone)}
      howto_url: https://intranet.{firm.mail_domain}/linkedin
      recovery_url: https://www.linkedin.com/help
{region}"""


def _pages(firm: Firm, host: str) -> list[str]:
    slugs = [firm.slug, firm.former_slug] if firm.former_slug else [firm.slug]
    own = [f"http://{host}/company/{slug}" for slug in slugs]
    return [f"https://www.linkedin.com/company/{firm.slug}", *own, f"http://{host}/company/{firm.numeric_id}"]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


#: the variable that holds the secret of the invented app
SECRET_VARIABLE = "AUDITOR_DEMO_SECRET"
PEOPLE = 64
SEED = 20261122

#: keeps the port, so that the roster of an interrupted audit stays the same
_PORT = "site-port"


@dataclass(frozen=True, slots=True)
class Files:
    """Where the parts of the world lie."""

    roster: Path
    policy: Path


@dataclass(frozen=True, slots=True)
class World:
    """A built world with its running site; leave its `with` statement to stop the site.

    `truth` holds one entry per person, in roster order; `today` is the day of the audit.
    """

    folder: Path
    roster: Path
    policy: Path
    today: date
    people: tuple[Person, ...]
    truth: tuple[ExpectedPerson, ...]
    site: Site

    def __enter__(self) -> World:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.site.close()


def build_world(
    folder: Path, people: int = PEOPLE, scenario: str = "sound", seed: int = SEED, *, resume: bool = False
) -> World:
    """Start the site and write roster, policy and banners into `folder`.

    The site takes the port it had in this folder before, if that is free, so that a resumed audit
    finds its roster unchanged. `resume` also takes away a wall that stopped the earlier audit.
    Raises ValueError for fewer people than there are situations to show, or too many to look at.
    """
    invented = invent(people, seed)
    folder.mkdir(parents=True, exist_ok=True)
    site = _start_site(invented, folder, scenario)
    if resume:
        site.lift_wall()
    else:
        site.raise_wall()
    files = write_files(folder, invented, site.host)
    truth = tuple(person.expected() for person in invented)
    return World(folder, files.roster, files.policy, TODAY, invented, truth, site)


def write_files(folder: Path, people: tuple[Person, ...], host: str) -> Files:
    """Write roster, policy and brand folder; the same people and host give the same bytes."""
    config = folder / "config"
    for firm in FIRMS:
        for last_year, name in enumerate(banner_files(firm)):
            write_atomic(config / name, brand_file(firm, last_year=bool(last_year)), mode=None)
    files = Files(folder / "roster.xlsx", config / "policy.yaml")
    write_atomic(files.policy, policy_text(host), mode=None)
    write_roster(files.roster, people, f"http://{host}")
    return files


def _start_site(people: tuple[Person, ...], folder: Path, scenario: str) -> Site:
    memory = folder / _PORT
    earlier = memory.read_text().strip() if memory.exists() else ""
    try:
        site = Site(people, folder, scenario, int(earlier) if earlier.isdigit() else 0)
    except (OSError, OverflowError):
        site = Site(people, folder, scenario)
    write_atomic(memory, site.host.removeprefix(f"{LOOPBACK}:"), mode=None)
    return site
