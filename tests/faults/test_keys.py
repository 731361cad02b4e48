"""A key that a killed call wrote only half is no key."""

import pytest

from auditor.wiring import pseudonyms
from auditor.wiring.pseudonyms import Pseudonyms


@pytest.mark.parametrize("rest", [b"", b"\x01" * 5])
def test_a_key_that_was_cut_off_is_made_anew(tmp_path, rest):
    whole = Pseudonyms(tmp_path)
    whole.of("7")
    (path,) = tmp_path.glob("pseudonym-*.key")
    assert Pseudonyms(tmp_path).of("7") == whole.of("7")
    path.write_bytes(rest)
    healed = Pseudonyms(tmp_path)
    assert healed.of("7") != pseudonyms._pseudonym(rest, "7")
    assert healed.of("7") == Pseudonyms(tmp_path).of("7")
    assert len(path.read_bytes()) == 32
    assert path.stat().st_mode & 0o077 == 0
