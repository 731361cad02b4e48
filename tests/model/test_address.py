from __future__ import annotations

import pytest

from auditor.model.address import AddressKind, page_link, profile_slug, read_profile_address, with_scheme

#: none of these leads to the profile that it seems to name
DISGUISED = [
    "javascript:alert(1)//www.linkedin.com/in/anna",
    "java\tscript:alert(1)//www.linkedin.com/in/anna",
    "data:text/html,https://www.linkedin.com/in/anna",
    "file:///C:/www.linkedin.com/in/anna",
    "ftp://www.linkedin.com/in/anna",
    "view-source:https://www.linkedin.com/in/anna",
    "foo//www.linkedin.com/in/anna",
    "https://www.linkedin.com@evil.example/in/anna",
    "https://evil.example@www.linkedin.com/in/anna",
    "https://evil.example\\@www.linkedin.com/in/anna",
    "https://www.linkedin.com.evil.example/in/anna",
    "https://www.linkedln.com/in/anna",
    "https://evil.example/https://www.linkedin.com/in/anna",
    "https://evil.example?u=https://www.linkedin.com/in/anna",
    "https://evil.example\N{FULLWIDTH SOLIDUS}www.linkedin.com/in/anna",
    "https://\N{FULLWIDTH LATIN SMALL LETTER W}ww.linkedin.com/in/anna",
    "https://www.lin\N{KELVIN SIGN}edin.com/in/anna",
    "https://www.linkedin.com/company/x/in/anna",
    "https://www.linkedin.com:x/in/anna",
    "https://[/in/anna",
]


@pytest.mark.parametrize("address", DISGUISED)
def test_a_disguise_is_no_profile_address(address: str) -> None:
    assert read_profile_address(address).kind is not AddressKind.PROFILE
    assert profile_slug(with_scheme(address), frozenset()) is None
    link = page_link(address.replace("/in/", "/company/"))
    assert link is None or link.slug_or_id != "anna"


@pytest.mark.parametrize(
    "address",
    ["https://www.linkedin.com/in/anna", "http://nl.linkedin.com/in/Anna/?trk=x", "linkedin.com/in/anna",
     "/in/anna",
     "//www.linkedin.com/in/anna", "https://www.linkedin.com:443/in/anna", "https://www.linkedin.com/mwlite/in/anna"],
)  # fmt: skip
def test_a_plain_address_is_one_everywhere(address: str) -> None:
    assert read_profile_address(address).slug == "anna"
    assert profile_slug(with_scheme(address), frozenset()) == "anna"


@pytest.mark.parametrize(
    "cell",
    ["LinkedIn: https://www.linkedin.com/in/anna", "LinkedIn:www.linkedin.com/in/anna",
     "(linkedin.com/in/anna)",
     "URL=https://www.linkedin.com/in/anna", "Anna <https://www.linkedin.com/in/anna>", "profiel - in/anna"],
)  # fmt: skip
def test_words_and_brackets_round_an_address_do_no_harm(cell: str) -> None:
    assert read_profile_address(cell).slug == "anna"


def test_other_hosts_count_only_where_they_are_named() -> None:
    address = "http://127.0.0.1:8000/in/anna"
    assert profile_slug(address, frozenset({"127.0.0.1:8000"})) == "anna"
    assert profile_slug(address, frozenset({"127.0.0.1:9000"})) is None


FOR_NONE = """\
geen|Nee|neen|n.v.t.|niet van toepassing|heeft geen|(geen)|onbekend|none|No|N/A|n.a.|not applicable
|without|aucun|Aucune|non|néant|sans objet|s.o.|n'en a pas|keine|Kein|nein|k. A.|keine Angabe
|nicht vorhanden|entfällt|-|–|—|---|/|[none]|x|?|..."""


@pytest.mark.parametrize("cell", FOR_NONE.replace("\n", "").split("|"))
def test_a_word_for_none_is_no_address(cell: str) -> None:
    assert read_profile_address(cell).kind is AddressKind.EMPTY


FOR_NO_PROFILE = """\
geen LinkedIn|heeft geen profiel|niet op LinkedIn|no profile|not on LinkedIn|pas de compte
|pas sur LinkedIn|sans profil|kein Profil|keinen Account|nicht bei LinkedIn"""


@pytest.mark.parametrize("cell", FOR_NO_PROFILE.replace("\n", "").split("|"))
def test_words_that_say_there_is_no_profile(cell: str) -> None:
    assert read_profile_address(cell).kind is AddressKind.NO_PROFILE


@pytest.mark.parametrize("cell", ["ja", "Anna Geen", "linkedin", "see HR", "na de zomer", "nonna"])
def test_other_words_stay_an_address_that_cannot_be_used(cell: str) -> None:
    assert read_profile_address(cell).kind is AddressKind.TEXT


@pytest.mark.parametrize("cell", ["linkedin.com/in/geen", "/in/none/", "not on linkedin.com/in/nee"])
def test_an_address_made_of_such_words_is_one(cell: str) -> None:
    assert read_profile_address(cell).kind is AddressKind.PROFILE


@pytest.mark.parametrize("slug", ["ine kuiper", "ine van den hof/", "el- amrani-7", "ine 12", "fay %C3%A9"])
@pytest.mark.parametrize("host", ["https://www.linkedin.com/in/", "linkedin.com/in/", "/in/"])
def test_a_name_with_a_space_leads_to_no_stranger(host: str, slug: str) -> None:
    assert read_profile_address(host + slug).kind is AddressKind.TEXT


@pytest.mark.parametrize(
    "behind",
    ["", "/ Ine Kuiper", " (privé)", ", Ine", " | LinkedIn", " https://linkedin.com/in/ine/", "?x=1 Ine",
     " - profiel"],
)  # fmt: skip
def test_what_is_set_apart_behind_an_address_does_no_harm(behind: str) -> None:
    assert read_profile_address("https://www.linkedin.com/in/ine" + behind).slug == "ine"
