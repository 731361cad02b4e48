import pytest

from auditor.identity.page_identity import slug_of
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
