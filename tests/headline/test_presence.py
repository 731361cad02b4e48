import pytest

from auditor.headline.mention import headline_mention
from auditor.model.company import Company, CompanyName
from auditor.model.observed import Absent, Present, Unseen

COMPANY = Company(
    entity="Velora NV",
    names=(CompanyName("Velora"), CompanyName("Kiwi", needs_connector=True)),
    pages=(),
    sister_names=(CompanyName("Velora Foods"),),
)
SEEN = {
    "present": [
        "Analyst at Velora",
        "Analyst | Velora",
        "Verkoper bij Velora NV | spreker",
        "Chargée de projet au sein de Velora",
        "Ex-Tarnex, now Analyst at Velora",
        "Analyst at Velora & Founder at Tarnex",
        "Chef bei Kiwi",
        "Head of R&D at Velora",
        "Hoofd P&O bij Velora",
        "Head of IT/OT at Velora",
        "IT-Systemadministratorin bei Velora",
        "Netwerkadministrator bij Velora",
        "Open to work | Analyst at Velora",
    ],
    "past": [
        "Ex-Velora",
        "Former analyst at Velora",
        "Oud-medewerker Velora",
        "Ancienne comptable chez Velora, maintenant photographe",
        "Teacher at Tarnex (ex-Velora)",
        "Ehemalige Leiterin bei Velora",
        "Velora alumna",
    ],
    "none": ["Analyst at Tarnex", "Gardener", "Kiwi grower", "Velora-certified trainer", "Mother of two"],
    "unknown": [
        "Analyst at Velo…",
        "Analyst at Velora Foods",
        "Analyst at Veloora",
        "Freelance analyst for Velora",
        "Retired | 30 years at Velora",
        "Incoming analyst at Velora",
        "I love Velora",
        "Zomerfestival bij Velora",
        "#Velora",
        "Аналитик",
        "Looking for a job at Velora",
        "Former head of R&D at Velora",
        "Proud mum of a nurse & wizard at Velora",
        "Head of sales at Tarnex & wizard at Velora",
        "Analyst bij Velora, gestopt in juni",
        "Analyst at Velora - contract ended end of June",
        "Analyst at Velora (last day Friday)",
        "Analyst bei Velora, Vertrag endet im Juni",
        "Analyst at Velora → ?",
        "Unemployed | Velora",
        "Analyst at Velora | currently between jobs",
        "Analyst at Velora (laid off in June)",
        "Werkloos (Velora)",
        "Sans emploi depuis juin | Velora",
        "Zwischen zwei Jobs, Velora",
        "",
    ],
}


@pytest.mark.parametrize(
    ("state", "text"), [(state, text) for state, texts in SEEN.items() for text in texts]
)
def test_the_mention_is_told(state, text):
    assert headline_mention(Present(text), COMPANY) == state


@pytest.mark.parametrize("headline", [Unseen("masked page"), Absent(), Present("***** **")])
def test_what_was_not_seen_is_unknown(headline):
    assert headline_mention(headline, COMPANY) == "unknown"
