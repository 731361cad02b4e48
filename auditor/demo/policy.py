"""The invented group's policy file, with a comment beside everything that needs one."""

from __future__ import annotations

import json

from auditor.demo.banners import DESIGNS
from auditor.demo.firms import FIRMS, FREIGHT, NAMESAKE, Firm

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


def policy_text(host: str) -> str:
    """The policy as YAML. `host` is the replica's `127.0.0.1:port`, the only host that may be read."""
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
  ladder: [public_page]
  public_page:
    allowed_hosts: [{_text(host)}]   # no other host is ever asked
    seconds_between: 0
    cool_down_hours: 0             # a replica needs no manners; the default is 45 seconds
    jitter: 0
    daily_cap: 100000
    visit_seconds: 20
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
