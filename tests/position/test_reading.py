from dataclasses import replace
from datetime import date

import pytest

from auditor.model.company import Company, CompanyName
from auditor.model.day import Day
from auditor.model.observed import Absent, Present, Unseen
from auditor.model.profile import (
    CompanyShown,
    PageKind,
    PageLink,
    PageLinkKind,
    Position,
    Profile,
    nothing_seen,
)
from auditor.position.company_match import is_name_of, may_be_ours
from auditor.position.reading import PositionState, position_state, read_position


def page(slug, kind=PageLinkKind.COMPANY):
    return Present(PageLink(kind, slug))


COMPANY = Company(
    entity="Velora NV",
    names=(CompanyName("Velora"), CompanyName("Velora Group")),
    pages=(page("velora").value, page("velora-old-name").value, page("4242").value),
    sister_pages=(page("velora-foods").value,),
    sister_names=(CompanyName("Velora Foods"),),
    namesake_pages=(page("velora-yachts").value,),
)
HIDDEN = Unseen("masked")


def row(name, link, current=True, title="Analyst"):
    now = Unseen("no dates") if current is None else Present(current)
    return Position(Present(title) if title else HIDDEN, name, link, now)


def profile(*rows, kind=PageKind.PROFILE_FULL, card=HIDDEN, positions=None):
    return Profile(
        page_kind=kind,
        slug="x",
        full_name=Present("Sanne Verhoeven"),
        headline=HIDDEN,
        banner=HIDDEN,
        topcard_company=card,
        positions=positions or Present(rows),
    )


def card(name, link):
    return Present(CompanyShown(name, link))


OURS = row("Velora", page("velora"))
OURS_ENDED = row("Velora", page("velora"), current=False)
OURS_UNDATED = row("Velora", page("velora"), current=None)
TARNEX = row("Tarnex", page("tarnex"))

FULL = [
    ("linked", profile(OURS), PositionState.LINKED),
    ("former slug", profile(row("Velora", page("velora-old-name"))), PositionState.LINKED),
    ("numeric id", profile(row("Velora NV", page("4242"))), PositionState.LINKED),
    ("school form of our slug", profile(row("Velora", page("velora", PageLinkKind.SCHOOL))), "linked"),
    ("fifth of five", profile(TARNEX, TARNEX, TARNEX, TARNEX, OURS), PositionState.LINKED_PLUS_OTHER),
    ("ended elsewhere", profile(OURS, row("Tarnex", page("tarnex"), current=False)), PositionState.LINKED),
    ("plain text", profile(row("VELORA B.V.", Absent())), PositionState.NAMED),
    ("namesake by name", profile(row("Velora", page("velora-bakery"))), PositionState.NAMESAKE),
    ("namesake by list", profile(row("Velora Yachts", page("velora-yachts"))), PositionState.NAMESAKE),
    ("sister page", profile(row("Velora Foods", page("velora-foods"))), PositionState.SISTER),
    ("sister name", profile(row("Velora Foods", Absent())), PositionState.SISTER),
    ("past", profile(OURS_ENDED, TARNEX), PositionState.PAST_ONLY),
    ("undated", profile(OURS_UNDATED, TARNEX), PositionState.UNDATED),
    ("elsewhere", profile(TARNEX), PositionState.OTHER_ONLY),
    ("only old jobs elsewhere", profile(row("Tarnex", Absent(), current=False)), PositionState.NONE_VISIBLE),
    ("undated elsewhere", profile(row("Tarnex", Absent(), current=None)), PositionState.NONE_VISIBLE),
    ("freelance title", profile(row("Velora", Absent(), title="Freelance designer")), "freelance_for"),
    ("own business", profile(row("Zelfstandig", Absent(), title="Designer voor Velora")), "freelance_for"),
    ("freelancer elsewhere", profile(row("Tarnex", Absent(), title="Freelance designer")), "other_only"),
    ("own name elsewhere", profile(row("Tarnex", Absent(), title="Account manager Velora")), "other_only"),
    ("title hidden", profile(row("Velora", page("velora"), title="")), PositionState.LINKED),
    ("sister by name on a page we do not know", profile(row("Velora Foods", page("v-foods"))), "sister"),
    ("alumnus", profile(row("Velora", page("velora"), title="Alumnus")), PositionState.ALUMNI_ROLE),
    ("retired fr", profile(row("Velora", page("velora"), title="Retraité")), PositionState.ALUMNI_ROLE),
    ("board", profile(row("Velora", page("velora"), title="Non-Executive Director")), "board_role"),
    ("board de", profile(row("Velora", page("velora"), title="Mitglied des Aufsichtsrats")), "board_role"),
    ("board nl", profile(row("Velora", Absent(), title="Lid raad van commissarissen")), "board_role"),
    ("a job beats a board seat", profile(row("Velora", Absent(), title="Commissaris"), OURS), "linked"),
]


@pytest.mark.parametrize(("seen", "state"), [case[1:] for case in FULL], ids=[case[0] for case in FULL])
def test_a_full_page_gives_the_state(seen, state):
    assert position_state(seen, COMPANY, unverifiable=False, no_url=False) == state


@pytest.mark.parametrize(
    "title",
    [
        "Administrateur systèmes",
        "Executive Assistant to the Board of Directors",
        "Alumni Relations Officer",
        "Retirement Planner",
        "Dashboard Developer",
        "Freelance Coordinator",
        "Onboarding Specialist",
    ],
)
def test_jobs_that_only_sound_like_a_board_or_alumni_role_are_jobs(title):
    assert (
        position_state(profile(row("Velora", page("velora"), title=title)), COMPANY) is PositionState.LINKED
    )


DAY = Day(date(2026, 11, 30))
#: whatever the job was: the word before it, behind it or beside it says that it is over
OVER = """
Former Sales Manager; Former Store & Stock Manager; Ex-Project Manager; EX-MANAGER; (ex-)Planner
Retired HR Manager
Retired Network Engineer; Nurse (retired); Planner, retired; Emeritus; Fmr. Community Officer
Oud-medewerker; Oud-medewerker magazijn; Voormalig beheerder wagenpark; vml. verpleegkundige; v.m. planner
Gewezen coördinator; Vroegere planner; Gepensioneerd planner; Gepensioneerd | HR Manager; Planner op rust
Op brugpensioen; Pensioen; Magazijnier (uit dienst); Lasser - gestopt 2022; Jurist b.d.
Ancien responsable logistique; Ancienne coordinatrice qualité; Ancien de Velora
Anc. planificateur; Préretraité
Infirmier retraité; RETRAITÉE; Retraite; Ingénieur à la retraite; Comptable – fin de contrat
Ehemaliger Koordinator; Ehem. Sachbearbeiterin; Frühere Referentin; Krankenschwester a.D.; Ingenieur i. R.
Buchhalter im Ruhestand; Vorruhestand; Rentnerin; Alumni
Nurse (2012-2020); Nurse until 2020; Planner 2012-2020; Kok (tot 2021)
Vendeuse (jusqu'en 2019); Koch bis 2022
"""
#: jobs of today: what the marker describes, or a word that only looks like one
GOES_ON = """
Alumni Manager; Community & Alumni Officer; Manager, Alumni; Coordinator gepensioneerden; Rentnerbetreuer
Gestionnaire départs à la retraite; Coach mise à la retraite
Conseiller retraite; Juriste retraite et prévoyance
Gestionnaire préretraite; HR Officer (Pension); Payroll & Pensioen; Retirement Planner
Ex-vivo researcher; Ex Post Evaluator; Ex-works Coordinator; EX Designer; VM Engineer
Expat Manager; Export Clerk
Oud-papier sorteerder; Ancien Testament docent; Vendeur de meubles anciens; Previous Convictions Officer
Ex-nurse | Planner; Retired teacher, now Planner; Planner | ex Tarnex
Planner (ex-Tarnex); Planner, former intern
Planner | KU Leuven alumna; Planner since 2019, formerly buyer; Left Luggage Attendant
Planner (since 2019); Planner until 2028; Planner (2015-2018, 2021-now); Coordinator Horizon 2014-2020
"""


SEATS = """
Bestuurder; Bestuurder Velora NV; Bestuurder bij Velora; Onafhankelijk bestuurder; Gedelegeerd bestuurder
Bestuurder, vennoot; Bestuurder (2015-heden); Commissaris; Lid raad van toezicht
Administrateur; Administrateur délégué; Administratrice indépendante; Administrateur (non exécutif)
Administrateur chez Velora; Administrateur de sociétés; Trustee; Pension Fund Trustee; Founder & Trustee
Aufsichtsratsvorsitzende; Mitglied des Beirats; Verwaltungsratspräsidentin
"""
#: jobs in whose names a word of a board stands
BOARD_LIKE = """
Bestuurder heftruck; Bestuurder (tram); Heftruckbestuurder; Commissaris van politie; Toezichthouder speelplein
Administrateur Salesforce; Administrateur (SAP); Administrateur systèmes; Administratrice RH
Administratrice de biens; Administrateur de production; Trustee Services Manager; Trustee Accountant
Directieassistente raad van bestuur; Beiratsbetreuer; Kuratoriumsassistenz; Board Secretary
"""


def titles(text):
    return [one.strip() for line in text.strip().splitlines() for one in line.split(";")]


@pytest.mark.parametrize("title", titles(OVER))
def test_a_title_that_says_the_job_is_over_is_alumni_wording_whatever_the_job_was(title):
    seen = profile(row("Velora", page("velora"), title=title))
    assert read_position(seen, COMPANY, today=DAY).state is PositionState.ALUMNI_ROLE


@pytest.mark.parametrize("title", titles(GOES_ON))
def test_a_job_that_goes_on_is_no_alumni_wording(title):
    seen = profile(row("Velora", page("velora"), title=title))
    assert read_position(seen, COMPANY, today=DAY).state is PositionState.LINKED


@pytest.mark.parametrize("title", titles(SEATS))
def test_a_word_of_a_board_alone_or_with_what_goes_with_a_seat_is_a_board_role(title):
    assert position_state(profile(row("Velora", page("velora"), title=title)), COMPANY) == "board_role"


@pytest.mark.parametrize("title", titles(BOARD_LIKE))
def test_a_job_in_whose_name_a_word_of_a_board_stands_is_a_job(title):
    assert position_state(profile(row("Velora", page("velora"), title=title)), COMPANY) == "linked"
    assert position_state(profile(row("Velora", Absent(), title=title)), COMPANY) == "named"


@pytest.mark.parametrize(
    "title",
    titles("""
    Zelfstandig werkend kok; Zelfstandig werkende medewerker groen; Selbstständig arbeitende Köchin
    Contractor Safety Officer; Contractor Manager; Contractor Onboarding Lead; Freelancer Relations Lead
    """),
)
def test_a_grade_and_a_job_about_contractors_are_an_employees(title):
    assert position_state(profile(row("Velora", page("velora"), title=title)), COMPANY) == "linked"


@pytest.mark.parametrize(
    "title",
    titles("Contractor; IT Contractor; Contractor (Java); Zelfstandig grafisch ontwerper; Freelance Manager"),
)
def test_who_is_self_employed_for_the_company_is_asked_about(title):
    assert position_state(profile(row("Velora", page("velora"), title=title)), COMPANY) == "freelance_for"


def test_a_year_in_a_title_is_past_only_as_seen_from_a_day():
    seen = profile(row("Velora", page("velora"), title="Nurse until 2020"))
    assert read_position(seen, COMPANY).state is PositionState.LINKED


def test_a_masked_page_shows_a_weak_link_at_most():
    masked = profile(
        row("Velora", Absent(), current=None, title=""),
        kind=PageKind.PROFILE_MASKED,
        card=card("Velora", page("velora")),
    )
    reading = read_position(masked, COMPANY)
    assert (reading.state, reading.sure) == (PositionState.LINKED, False)


def test_a_masked_page_with_our_name_but_no_link_cannot_tell():
    seen = profile(row("Velora", Absent(), current=None, title=""), kind=PageKind.PROFILE_MASKED)
    assert position_state(seen, COMPANY) is PositionState.UNDATED
    named = profile(kind=PageKind.PROFILE_MASKED, card=card("Velora", Absent()), positions=HIDDEN)
    assert position_state(named, COMPANY) is PositionState.UNDATED


@pytest.mark.parametrize("topcard", [HIDDEN, Absent(), card("Tarnex", page("tarnex"))])
def test_a_masked_page_never_says_that_somebody_works_elsewhere_only(topcard):
    seen = profile(kind=PageKind.PROFILE_MASKED, card=topcard, positions=HIDDEN)
    assert position_state(seen, COMPANY) is PositionState.NONE_VISIBLE


def test_a_hidden_list_behind_another_top_card_hides_our_second_position_too():
    seen = profile(card=card("Tarnex", page("tarnex")), positions=HIDDEN)
    reading = read_position(seen, COMPANY)
    assert (reading.state, reading.sure) == (PositionState.NONE_VISIBLE, False)


#: rows of the list -> state, with a top card that links to us; never sure
BESIDE_OUR_CARD = [
    ("a row without dates", [OURS_UNDATED], PositionState.LINKED),
    ("a row without dates and another employer", [OURS_UNDATED, TARNEX], PositionState.LINKED_PLUS_OTHER),
    ("an end date", [OURS_ENDED], PositionState.UNDATED),
    ("an end date and another employer", [OURS_ENDED, TARNEX], PositionState.UNDATED),
    ("nothing of us", [row("Tarnex", Absent(), current=False)], PositionState.LINKED),
    ("nothing of us but another employer", [TARNEX], PositionState.LINKED_PLUS_OTHER),
]


@pytest.mark.parametrize(
    ("rows", "state"), [one[1:] for one in BESIDE_OUR_CARD], ids=[one[0] for one in BESIDE_OUR_CARD]
)
def test_the_top_card_settles_a_row_without_dates_and_loses_against_an_end_date(rows, state):
    reading = read_position(profile(*rows, card=card("Velora", page("velora"))), COMPANY)
    assert (reading.state, reading.sure) == (state, False)


def test_a_row_without_dates_that_nothing_settles_is_never_sure():
    for shown in (HIDDEN, card("Tarnex", page("tarnex"))):
        reading = read_position(profile(OURS_UNDATED, TARNEX, card=shown), COMPANY)
        assert (reading.state, reading.sure) == (PositionState.UNDATED, False)


def test_a_number_is_no_namesake_where_the_policy_knows_no_number():
    company = Company("Velora NV", (CompanyName("Velora"),), (page("velora").value,))
    reading = read_position(profile(row("Velora", page("998877"))), company)
    assert (reading.state, reading.link_seen) == (PositionState.NAMED, False)


def test_a_record_without_links_says_that_it_cannot_show_them():
    reading = read_position(profile(row("Velora", HIDDEN), kind=PageKind.RECORD), COMPANY)
    assert (reading.state, reading.link_seen, reading.sure) == (PositionState.NAMED, False, True)


def test_other_employers_are_seen_but_never_named():
    reading = read_position(profile(OURS, TARNEX), COMPANY)
    assert reading.state is PositionState.LINKED_PLUS_OTHER
    assert "Tarnex" not in repr(reading)


def test_walls_and_missing_addresses():
    wall = nothing_seen(PageKind.AUTH_WALL, "wall")
    assert position_state(wall, COMPANY) is PositionState.UNVERIFIABLE
    assert position_state(profile(OURS), COMPANY, unverifiable=True) is PositionState.UNVERIFIABLE
    assert position_state(wall, COMPANY, no_url=True) is PositionState.NO_URL


def signed_in(*rows, card=HIDDEN, whole=True):
    return replace(profile(*rows, kind=PageKind.PROFILE_SIGNED_IN, card=card), positions_whole=whole)


def test_a_schools_number_is_no_namesake_of_a_companys():
    seen = profile(row("Velora", page("998877", PageLinkKind.SCHOOL)))
    assert (read_position(seen, COMPANY).state, read_position(seen, COMPANY).link_seen) == ("named", False)


def test_a_list_that_is_cut_shows_a_current_position_and_proves_no_absence():
    assert read_position(signed_in(OURS, whole=False), COMPANY).state is PositionState.LINKED
    for seen in (signed_in(TARNEX, whole=False), signed_in(OURS_ENDED, TARNEX, whole=False), signed_in()):
        reading = read_position(seen, COMPANY)
        assert (reading.state, reading.list_seen) == (PositionState.NONE_VISIBLE, False)
    whole = read_position(signed_in(OURS_ENDED, TARNEX), COMPANY)
    assert (whole.state, whole.list_seen) == (PositionState.PAST_ONLY, True)


def test_a_signed_in_top_card_that_the_list_contradicts_leaves_it_open():
    ours = card("Velora", HIDDEN)
    assert read_position(signed_in(OURS_ENDED, TARNEX, card=ours), COMPANY).state is PositionState.UNDATED
    assert read_position(signed_in(TARNEX, card=ours), COMPANY).state is PositionState.UNDATED
    stranger = row("Velora", page("998877"))
    assert read_position(signed_in(stranger, card=ours), COMPANY).state is PositionState.NAMESAKE


def test_a_name_without_its_link_may_be_the_namesakes_where_the_policy_knows_one():
    seen = profile(row("Velora", HIDDEN))
    assert read_position(seen, COMPANY).namesake
    assert not read_position(profile(row("Velora", page("velora"))), COMPANY).namesake
    assert not read_position(seen, replace(COMPANY, namesake_pages=())).namesake


def test_only_a_visitors_page_tells_what_visitors_do_not_see():
    for kind, tells in ((PageKind.PROFILE_FULL, True), (PageKind.RECORD, False)):
        assert read_position(profile(kind=kind, positions=HIDDEN), COMPANY).list_seen is tells


def test_a_masked_page_tells_no_ended_row_from_an_ongoing_one_and_is_never_sure():
    seen = profile(OURS_ENDED, kind=PageKind.PROFILE_MASKED)
    reading = read_position(seen, COMPANY)
    assert (reading.state, reading.sure) == (PositionState.UNDATED, False)
    nothing = read_position(profile(kind=PageKind.PROFILE_MASKED, positions=HIDDEN), COMPANY)
    assert (nothing.state, nothing.sure) == (PositionState.NONE_VISIBLE, False)


def test_a_list_that_contradicts_the_top_card_is_not_sure():
    reading = read_position(signed_in(TARNEX, card=card("Velora", HIDDEN)), COMPANY)
    assert (reading.state, reading.sure) == (PositionState.UNDATED, False)


def test_an_address_is_no_namesakes_where_the_policy_knows_numbers_only():
    company = Company("Velora NV", (CompanyName("Velora"),), (page("4242").value,))
    reading = read_position(profile(row("Velora", page("velora-bakery"))), company)
    assert (reading.state, reading.link_seen) == (PositionState.NAMED, False)


@pytest.mark.parametrize(("shown", "known", "same"), [("No rd", "Nord", True), ("No r", "Nor", False)])
def test_words_written_together_are_the_same_name_from_four_letters_on(shown, known, same):
    assert is_name_of(shown, (CompanyName(known),)) is same


@pytest.mark.parametrize(
    ("shown", "known", "same"),
    [("St. Anna", "Sint Anna", True), ("Sainte Anna", "St Anna", True), ("Sint", "Saint", False)],
)
def test_a_saint_is_the_same_in_every_language_before_a_name_and_a_word_like_another_alone(
    shown, known, same
):
    assert is_name_of(shown, (CompanyName(known),)) is same


@pytest.mark.parametrize(
    "name",
    [
        "Velora Belgium",
        "Velora (Gent)",
        "Velora, Antwerpen",
        "Velora Services BV",
        "Groupe Velora",
        "Firma Velora",
        "Velora.com",
        "Velorra",
        "Tempo Interim (Velora)",
        "Tarnex-Velora",
        "Velora Foods Benelux",
        "Veloragroep",
        "V\u0435lora",
    ],
)
def test_a_name_that_holds_ours_or_nearly_is_ours_may_be_ours(name):
    for link in (Absent(), HIDDEN, page("some-page")):
        for rows in ([row(name, link)], [row(name, link, current=None)], [OURS_ENDED, row(name, link)]):
            reading = read_position(profile(*rows), COMPANY)
            assert reading.maybe_ours
            assert reading.state in ("other_only", "none_visible", "past_only")
    assert read_position(profile(card=card(name, HIDDEN), positions=HIDDEN), COMPANY).maybe_ours


@pytest.mark.parametrize(
    "name", ["Tarnex", "Velo Ranch", "Group", "ex-Velora", "Velora Yachts", "\u65e5\u7acb"]
)
def test_a_stranger_is_a_stranger_and_so_is_one_that_the_policy_names(name):
    assert not read_position(profile(row(name, Absent())), COMPANY).maybe_ours


def test_a_job_that_ended_at_what_may_be_ours_says_nothing_and_one_at_ours_needs_no_doubt():
    assert not read_position(profile(row("Velora Belgium", Absent(), current=False)), COMPANY).maybe_ours
    assert not read_position(profile(OURS, row("Velora Belgium", Absent())), COMPANY).maybe_ours


@pytest.mark.parametrize(
    ("title", "maybe"),
    [
        ("Planner at Velora (via Tempo)", True),
        ("Lasser bij Velora", True),
        ("Comptable chez Velora Belgique", True),
        ("Former planner at Velora", False),
        ("Account Lead for Velora", False),
        ("Planner", False),
    ],
)
def test_who_works_at_ours_for_another_employer_is_looked_at(title, maybe):
    assert read_position(profile(row("Tempo", page("tempo"), title=title)), COMPANY).maybe_ours is maybe


@pytest.mark.parametrize(
    ("ours", "other", "maybe"),
    [
        ("Delta", "Delta Air Lines", True),
        ("Delta", "Deltares", False),
        ("Orange", "Orangerie", False),
        ("Delta", "delta en dijk", False),
        ("Acme", "Acme Racing", True),
        ("Stad Gent", "Stad Brugge", False),
        ("Globex International", "Harbour International", False),
        ("AZ Sint-Wivina", "AZ Groeninge", False),
        ("ING", "Kingfisher", False),
    ],
)
def test_words_that_many_names_share_make_nobody_ours(ours, other, maybe):
    company = Company("x", (CompanyName(ours),), (page("x").value,))
    assert may_be_ours(other, company) is maybe
