"""Logs name nobody: the same person has the same twelve signs for a year, under a key of the installation."""

from auditor.app.pseudonyms import SIGNS, Pseudonyms


def test_a_person_keeps_the_pseudonym_and_nobody_shares_it(tmp_path):
    first = Pseudonyms(tmp_path).of("0412")
    assert (len(first), Pseudonyms(tmp_path).of("0412")) == (SIGNS, first)
    assert Pseudonyms(tmp_path).of("0413") != first


def test_another_installation_gives_another_pseudonym(tmp_path):
    assert Pseudonyms(tmp_path / "a").of("0412") != Pseudonyms(tmp_path / "b").of("0412")


def test_last_year_is_found_again_as_long_as_its_key_lies_there(tmp_path):
    now = Pseudonyms(tmp_path).of("0412")
    (key,) = tmp_path.glob("pseudonym-*.key")
    (tmp_path / "pseudonym-2019.key").write_bytes(key.read_bytes()[::-1])
    both = Pseudonyms(tmp_path).all_of("0412")
    assert len(both) == 2
    assert now in both
