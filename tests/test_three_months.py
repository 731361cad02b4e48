"""Three months of an invented firm of 45 people, against a table that was worked out by hand beforehand.

Who nothing is said of in the tables below simply works there, shows everything as the policy asks, and must
be left in peace. The firm: A01-A20 Noordlicht Energie (nl), B01-B18 Midi Lumière (fr, Belgium), C01-C07
Waterkant Opslag (nl), whose works council had not consented when the checks began.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from openpyxl import load_workbook

from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store
from auditor.model.case import CaseRecord, case_id
from auditor.store.cases import CaseStore
from tests.calling import call
from tests.feedback.leaving import COMPANY, Checklist
from tests.three_months import FIRST_RUN, RUNS, SECOND_RUN, THIRD_RUN, Row, Shown, ThreeMonths

BANNER, HEADLINE, LINK, LEAVER = "BNR001", "HDL001", "CMP001", "LVR001"
LAST_DAY = date(2026, 8, 31)
NUMBERS = [f"{key}{n:02}" for key, count in (("A", 20), ("B", 18), ("C", 7)) for n in range(1, count + 1)]
COUNCIL = [number for number in NUMBERS if number.startswith("C")]

# --- what is so ----------------------------------------------------------------------------------------

ROWS = {
    "A18": Row(status="left", end="2026-08-31"),
    "A20": Row(start="2026-09-10"),
    "B10": Row(address="https://www.linkedin.com/in/invented-b01-b10"),
    "B11": Row(address=""),
    "B15": Row(status="parental leave"),
    "B16": Row(end="2026-10-31"),
}
LATER_ROWS = {**ROWS, "B16": Row(status="left", end="2026-10-31")}
ROSTERS = (ROWS, ROWS, LATER_ROWS)
GONE = Shown(headline_right=False, banner="none", work="past")
#: what stays wrong until the person does something about it
_BEES = Shown(headline_right=False)
DRAWN: tuple[dict[str, Shown], ...] = (
    {
        **dict.fromkeys(("A11", "A12", "A13", "A14", "A15", "A19", "C07"), _BEES),
        "A16": Shown(page="wall"),
        "A17": Shown(work="named"),
        "A20": Shown(headline_right=False, banner="default"),
        "B10": Shown(page="missing"),
        "B12": Shown(page="masked"),
        "B13": Shown(banner="lost"),
        "B14": Shown(page="none"),
        "B15": _BEES,  # is on leave: whatever the page shows is not looked at
        "B16": _BEES,  # leaves soon: nothing new is asked
        "B17": Shown(banner="default"),
        "B18": Shown(banner="own"),
    },
    {
        **dict.fromkeys(("A11", "A13", "A14", "A15", "A19", "C07", "B15", "B16"), _BEES),
        "A18": GONE,
        "A20": Shown(headline_right=False, banner="default"),
        "B12": Shown(page="masked"),
        "B14": Shown(page="none"),
        "B17": Shown(banner="default"),
        "B18": Shown(banner="own"),
    },
    {
        **dict.fromkeys(("A11", "A13", "A15", "A19", "C07", "B15"), _BEES),
        "A17": Shown(work="named"),
        "B12": Shown(page="masked"),
        "B14": Shown(page="none"),
        "B16": GONE,
        "B18": Shown(banner="own"),
    },
)
#: who carries the winter banner in October, a week after it began; in November everybody but two
EARLY = frozenset({"A01", "A02", "A03", "A04", "A05", "B01", "B02", "B03", "B04", "B05", "B06"})
LATE = frozenset({"A09", "A10"})


def shown(month: int) -> dict[str, Shown]:
    """What everybody's page shows, the season's banner put on."""
    carry = (frozenset(), EARLY, frozenset(NUMBERS) - LATE)[month]
    looks = {number: DRAWN[month].get(number, Shown()) for number in NUMBERS}
    return {
        number: replace(look, banner="winter") if look.banner == "herfst" and number in carry else look
        for number, look in looks.items()
    }


# --- what must come of it ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """A month as worked out by hand. `states`: each finding, and nobody else's; `codes`: what it is called;
    `unverified` and `not_assessed`: all others were assessed; `steps`: a piece of the cell What to do."""

    states: dict[tuple[str, str], str]
    codes: dict[tuple[str, str], str]
    unverified: dict[str, str]
    not_assessed: dict[str, str]
    standing: int
    steps: dict[str, str]
    due: dict[str, date] = field(default_factory=dict)
    notices: frozenset[str] = frozenset()
    #: for whom a message is made ready
    kits: frozenset[str] = frozenset()


_KIT = "Stuur de persoon één vriendelijk bericht over alle open punten."
_NO_ADDRESS = "Geen profieladres bekend"
_HIDDEN = "Deze pagina toont niet aan bezoekers: Kopregel. Vraag de persoon om de export"
_NO_PAGE = "Voor deze persoon is geen pagina bewaard"
_LOOK_WRITE = "Bekijk het profiel als bezoeker en vul de dag in bij ‘Bekeken op’; verstuur daarna de brief."
_MAY_NOT = "Personen van deze entiteit mogen nu niet worden gecontroleerd"
_ALWAYS = {"B11": _NO_ADDRESS, "B12": _HIDDEN, "B14": _NO_PAGE}

SEPTEMBER = Expected(
    states={
        **{(one, HEADLINE): "new" for one in ("A11", "A12", "A13", "A14", "A15", "A19", "A20", "C07")},
        ("A17", LINK): "new",
        ("A18", LEAVER): "new",
        **{(one, BANNER): "new" for one in ("A20", "B17", "B18")},
    },
    codes={
        ("A11", HEADLINE): "NO_COMPANY",
        ("A17", LINK): "ACT_NOT_LINKED",
        ("A18", LEAVER): "LEAVER_CURRENT_LINKED",
        ("A20", BANNER): "BANNER_LINKEDIN_DEFAULT",
        ("B17", BANNER): "BANNER_LINKEDIN_DEFAULT",
        ("B18", BANNER): "BANNER_UNKNOWN",
    },
    unverified={
        **_ALWAYS,
        "A16": "In plaats van het profiel is de aanmeld- of foutpagina van LinkedIn bewaard.",
        "B10": "LinkedIn vindt geen profiel op dit adres",
        "B13": "De pagina is zonder de afbeeldingen bewaard",
    },
    not_assessed={"B15": "long_leave", "B16": "leaving_soon"},
    standing=13,
    steps={
        "A11": _KIT,
        "A17": _KIT,
        "A18": _LOOK_WRITE,
        "A20": "Nieuw in dienst: vóór 10 oktober 2026 wordt er niets gevraagd.",
        "C07": _KIT,
    },
    # headline: 30 days; link: 60; leaver: 14
    due={"A11": date(2026, 10, 22), "A17": date(2026, 11, 21), "A18": date(2026, 10, 6)},
    notices=frozenset({"G06A"}),
    # not A20, who is new here
    kits=frozenset({"A11", "A12", "A13", "A14", "A15", "A17", "A19", "B17", "B18", "C07"}),
)
OCTOBER = Expected(
    states={
        ("A11", HEADLINE): "open",
        ("A12", HEADLINE): "resolved",  # said fixed, and is
        ("A13", HEADLINE): "reopened",  # said fixed, and is not
        ("A14", HEADLINE): "open",  # the waiver had no reason
        ("A15", HEADLINE): "open",  # an unknown word
        ("A17", LINK): "resolved",
        ("A18", LEAVER): "resolved",
        ("A20", HEADLINE): "open",
        ("A20", BANNER): "open",
        ("B17", BANNER): "open",
        ("B18", BANNER): "open",
        ("C07", HEADLINE): "unverified",  # nobody may look
    },
    codes={("A13", HEADLINE): "NO_COMPANY", ("B18", BANNER): "BANNER_UNKNOWN"},
    unverified={**_ALWAYS, **dict.fromkeys(COUNCIL, _MAY_NOT)},
    not_assessed={"A19": "excluded", "B15": "long_leave", "B16": "leaving_soon"},
    standing=9,
    steps={
        "A11": "Het is op 25 september 2026 aan de persoon gevraagd. Vóór 25 oktober 2026 wordt er niets",
        "A13": _KIT,
        "A14": _KIT,
        "A20": _KIT,
        "C07": _MAY_NOT,
    },
    # A13 from the day it was opened again
    due={"A13": date(2026, 11, 21)},
    notices=frozenset({"G06B"}),
    # not A11, who was asked; not C07, of whom nobody may look
    kits=frozenset({"A13", "A14", "A15", "A20", "B17", "B18"}),
)
NOVEMBER = Expected(
    states={
        ("A09", BANNER): "new",  # the days of grace ended on 13 November
        ("A10", BANNER): "new",
        ("A11", HEADLINE): "open",
        ("A13", HEADLINE): "open",
        ("A14", HEADLINE): "resolved",
        ("A15", HEADLINE): "waived",
        ("A17", LINK): "reopened",
        ("A18", LEAVER): "reopened",
        ("A20", HEADLINE): "resolved",
        ("A20", BANNER): "resolved",
        ("B17", BANNER): "resolved",
        ("B18", BANNER): "open",
        ("C07", HEADLINE): "open",  # the council has consented
    },
    codes={
        ("A09", BANNER): "BANNER_EXPIRED",
        ("A10", BANNER): "BANNER_EXPIRED",
        ("A18", LEAVER): "LEAVER_CURRENT_LINKED",
    },
    unverified=_ALWAYS,
    not_assessed={"A19": "excluded", "B15": "long_leave"},
    standing=8,
    steps={
        "A09": _KIT,
        "A11": "Op 25 september 2026 gevraagd en nog altijd te zien: herinner de persoon er één keer",
        "A17": _KIT,
        "A18": _LOOK_WRITE,
        "C07": _KIT,
    },
    # A17 60 days and A18 14 days from the day on which it was opened again
    due={"A17": date(2027, 1, 23), "A18": date(2026, 12, 8)},
    # not A15, with whom something was agreed
    kits=frozenset({"A09", "A10", "A11", "A13", "A17", "B18", "C07"}),
)
TABLE = (SEPTEMBER, OCTOBER, NOVEMBER)


# --- the three months ----------------------------------------------------------------------------------


@dataclass
class Month:
    """What HR had in hand after a run."""

    content: dict
    todo: dict[str, list[dict[str, object]]]
    summary: str
    page: str
    case: CaseRecord | None
    kits: frozenset[str]


def audit(firm: ThreeMonths, month: int) -> Month:
    content = firm.run(RUNS[month], ROSTERS[month], shown(month))
    todo: dict[str, list[dict[str, object]]] = {}
    for sheet in ("Bevindingen", "Oud-medewerkers", "Kon niet worden nagegaan"):
        for row in firm.rows_of(sheet):
            todo.setdefault(str(row.get("Personeelsnr.")), []).append(row)
    cases = CaseStore(open_store(policy_of(firm.policy)).engine).all()
    return Month(
        content, todo, firm.text_of("Samenvatting"), (firm.report / "index.html").read_text("utf-8"),
        cases.get(case_id("A18", LAST_DAY)),
        frozenset(path.parent.name for path in (firm.report / "fix-kits").glob("*/fix-kit.html")),
    )  # fmt: skip


def answers_of_september(firm: ThreeMonths) -> None:
    """What HR types into the workbook and the checklist that lie in the report folder."""
    day = date(2026, 9, 28)
    firm.answer("Bevindingen", "A11", decision="Gevraagd", day=date(2026, 9, 25))
    firm.answer("Bevindingen", "A12", decision="Hersteld", day=day)
    firm.answer("Bevindingen", "A13", decision="Hersteld", day=day)
    firm.answer("Bevindingen", "A14", decision="Uitzondering tot", day=day, until=date(2026, 12, 31))
    firm.answer("Bevindingen", "A15", decision="Misschien", day=day)
    firm.answer(
        "Kon niet worden nagegaan", "B10", decision="Nieuw adres", address=firm.address("B10")
    )  # fmt: skip
    path = firm.report / "checklist_A18_2026-08-31.xlsx"
    book = load_workbook(path)
    Checklist(book.worksheets[0], "A18", "nl", LAST_DAY).tick(*COMPANY, word="Ja")
    book.save(path)


def between_september_and_october(firm: ThreeMonths) -> None:
    for key, entity in (("A", "Noordlicht Energie"), ("B", "Midi Lumière"), ("C", "Waterkant Opslag")):
        done = call(
            "banner", "add", firm.folder / f"{key}-winter.png", "--entity", entity, "--name", "Winter",
            "--valid-from", "2026-10-15", "--replaces", "Herfst", "--grace-days", "30",
            "--policy", firm.policy,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    done = call("privacy", "object", "A19", "--today", "2026-10-01", "--policy", firm.policy)
    assert done.returncode == 0, done.stderr


def between_october_and_november(firm: ThreeMonths) -> None:
    firm.answer(
        "Bevindingen", "A15", decision="Uitzondering tot", day=date(2026, 10, 27),
        until=date(2027, 3, 31), remark="Spreekt tot maart op congressen",
    )  # fmt: skip
    text = firm.policy.read_text("utf-8")
    head, name, tail = text.partition("- name: Waterkant Opslag")
    consented = tail.replace("dpia_ref: D-1", "dpia_ref: D-1\n      works_council: 2026-11-02", 1)
    firm.policy.write_text(head + name + consented, "utf-8")


@pytest.fixture(scope="module")
def months(tmp_path_factory) -> list[Month]:
    firm = ThreeMonths(tmp_path_factory.mktemp("firm"))
    made = [audit(firm, 0)]
    answers_of_september(firm)
    between_september_and_october(firm)
    made.append(audit(firm, 1))
    between_october_and_november(firm)
    made.append(audit(firm, 2))
    return made


each_month = pytest.mark.parametrize("month", [0, 1, 2], ids=["September", "October", "November"])


def results_of(content: dict) -> dict[tuple[str, str], dict]:
    return {
        (person["employee_id"], result["rule"]): result
        for person in content["employees"]
        for result in person["results"]
    }


@each_month
def test_every_finding_is_one_that_was_drawn_and_none_is_missing(months, month):
    states = {key: one["state"] for key, one in results_of(months[month].content).items() if one["state"]}
    assert states == TABLE[month].states


@each_month
def test_the_findings_bear_their_right_names(months, month):
    results = results_of(months[month].content)
    assert {key: results[key]["code"] for key in TABLE[month].codes} == TABLE[month].codes


@each_month
def test_everybody_is_in_one_group_and_the_three_numbers_add_up(months, month):
    made, wanted = months[month], TABLE[month]
    people = {one["employee_id"]: one for one in made.content["employees"]}
    groups = {number: one["group"] for number, one in people.items()}
    assert groups == {
        number: "could_not_verify" if number in wanted.unverified
        else "not_assessed" if number in wanted.not_assessed else "assessed"
        for number in NUMBERS
    }  # fmt: skip
    reasons = {n: one["not_assessed"]["reason"] for n, one in people.items() if one["not_assessed"]}
    assert reasons == wanted.not_assessed
    unverified, left = len(wanted.unverified), len(wanted.not_assessed)
    counts = made.content["run"]["counts"]
    numbers = (45 - unverified - left, unverified, left)
    assert tuple(counts[key] for key in ("assessed", "could_not_verify", "not_assessed")) == numbers
    states = Counter(wanted.states.values())
    assert (counts["people"], counts["standing"]) == (45, wanted.standing)
    assert {state: counts[state] for state in states} == states
    labels = ("Beoordeeld", "Kon niet worden nagegaan", "Niet beoordeeld")
    for label, number in zip(labels, numbers, strict=True):
        assert f"\n{label} | {number}" in made.summary


@each_month
def test_a_run_that_can_be_trusted_says_what_holds_it_back(months, month):
    run = months[month].content["run"]
    assert run["health"] == {"verdict": "sound", "reasons": []}
    council = {"G06A", "G06B"} & {one["code"] for one in run["notices"]}
    assert council == TABLE[month].notices


@each_month
def test_who_could_not_be_verified_is_told_the_true_way_out(months, month):
    rows = months[month].todo
    seen = {
        number: str(row["Actie"])
        for number, listed in rows.items()
        for row in listed
        if "Geprobeerd op" in row
    }
    assert seen.keys() == TABLE[month].unverified.keys()
    for number, words in TABLE[month].unverified.items():
        assert words in seen[number], number


@each_month
def test_the_next_step_of_the_people_named_in_the_table(months, month):
    for number, words in TABLE[month].steps.items():
        cells = [str(row["Actie"]) for row in months[month].todo[number]]
        assert any(words in cell for cell in cells), (number, cells)
    for number, day in TABLE[month].due.items():
        days = [row["Uiterlijk"].date() for row in months[month].todo[number] if row.get("Uiterlijk")]
        assert days == [day], number


@each_month
def test_a_message_is_made_ready_for_those_who_are_asked_and_nobody_else(months, month):
    assert months[month].kits == TABLE[month].kits


def test_nothing_is_born_overdue(months):
    for month, made in enumerate(months):
        for rows in made.todo.values():
            for row in rows:
                if row.get("Uiterlijk") and row["Stand"] in ("Nieuw", "Heropend"):
                    assert row["Uiterlijk"].date() > RUNS[month], row


def test_who_objected_is_never_looked_at_again_and_never_named(months):
    for made in months[1:]:
        (person,) = (one for one in made.content["employees"] if one["employee_id"] == "A19")
        assert (person["roster_state"], person["capture_status"]) == ("excluded", None)
        assert "A19" not in made.todo
        assert "Aafke Schijnveld" not in made.summary + made.page


def test_nobody_of_the_entity_without_consent_is_looked_at_after_the_one_warning(months):
    for month, looked in enumerate((True, False, True)):
        people = [one for one in months[month].content["employees"] if one["employee_id"] in COUNCIL]
        assert {one["capture_status"] == "ok" for one in people} == {looked}


def test_rejected_answers_stand_in_their_own_row_and_on_the_first_page(months):
    for number, why in (
        ("A14", "De reden van de uitzondering ontbreekt in de opmerking."),
        ("A15", "Dit woord is geen bekende beslissing."),
    ):
        (row,) = months[1].todo[number]
        assert f"is niet overgenomen: {why}" in str(row["Stand"])
        assert f"{number}: {why}" in months[1].summary.replace("\n", " ")
    assert "niet overgenomen" in months[1].page
    assert "niet overgenomen" not in months[2].page


def test_the_address_that_hr_corrected_is_looked_at_from_then_on(months):
    statuses = [
        next(one["capture_status"] for one in made.content["employees"] if one["employee_id"] == "B10")
        for made in months
    ]
    assert statuses == ["not_found", "ok", "ok"]


def test_the_case_opens_closes_when_put_right_and_comes_back(months):
    cases = [made.case for made in months]
    assert None not in cases
    first, second, third = cases
    assert (first.opened_on, first.closed_on) == (FIRST_RUN, None)
    # seen on the page that was saved the day before
    assert (second.closed_on, second.clean_on) == (SECOND_RUN, date(2026, 10, 21))
    assert (third.opened_on, third.closed_on, third.reopened_on) == (FIRST_RUN, None, THIRD_RUN)
    assert third.clean_on is None
