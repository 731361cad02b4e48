import pytest

from auditor.identity.page_identity import page_identity, saved_from, slug_of
from auditor.model.address import read_profile_address


@pytest.mark.parametrize("slug", ["acaa12345678", "aaacaa-12345678", "acorinna-aa12345678", "acoraa12345678"])
def test_a_slug_that_looks_a_little_like_a_member_id_can_be_tied(slug: str) -> None:
    address = f"https://www.linkedin.com/in/{slug}/"
    assert (slug_of(address), read_profile_address(address).slug) == (slug, slug)


@pytest.mark.parametrize("member_id", ["ACoAAAbcdefghijk", "ACwAAAbcdefghijk", "acraaabcdefghijk"])
def test_a_member_id_is_no_slug(member_id: str) -> None:
    address = f"https://www.linkedin.com/in/{member_id}/"
    assert slug_of(address) is None
    assert not read_profile_address(address).slug


CANONICAL = '<link rel="canonical" href="https://nl.linkedin.com/in/ada-invented">'
DATA = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    "page",
    [
        CANONICAL,
        f"{CANONICAL}<!-- the page breaks off here",
        f"{CANONICAL}<script>the page breaks off here",
        DATA.format('{"@type": "Person", "url": ') + CANONICAL,
        DATA.format("[" * 5000) + CANONICAL,
        DATA.format('{"@graph": "none"}') + CANONICAL,
        DATA.format('{"@type": "Person", "url": "https://be.linkedin.com/in/ada-invented"}'),
    ],
)
def test_a_page_says_whose_it_is_also_where_a_part_of_it_is_damaged(page):
    assert page_identity(f"<html><head>{page}").slug == "ada-invented"


def test_an_address_that_is_none_says_nothing():
    broken = "https://[www.linkedin.com/in/ada-invented"
    assert slug_of(broken) is None
    assert page_identity("<html></html>", broken) is None
    assert page_identity(f'<link rel="canonical" href="{broken}">') is None


def test_where_a_browser_noted_the_place_a_file_was_saved_from_that_counts():
    noted = "<!-- saved from url=(0042)https://www.linkedin.com/in/ada-invented -->\n<html></html>"
    assert (page_identity(noted).slug, saved_from(noted)) == (
        "ada-invented",
        "https://www.linkedin.com/in/ada-invented",
    )
    opened = "<!-- saved from url=(0014)about:internet -->\n<html></html>"
    assert (page_identity(opened), saved_from(opened)) == (None, "")
