from __future__ import annotations

from pathlib import Path

import pytest

from auditor.files.names import number_part
from auditor.sources._folder import tie

from .invented import person

PEOPLE = tuple(
    person(i, None) for i in ("12", "1042", "2024", "00077", "E-1", "E-1-2", "NL_0012", "NL_0012_B", "Ünal 7")
)


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("E-1.zip", "E-1"),
        ("e-1.ZIP", "E-1"),
        ("E-1-2.zip", "E-1-2"),
        ("E-12.zip", None),
        ("XE-1.zip", None),
        ("E-1.zip.zip", "E-1"),
        ("E-1 (1).zip", "E-1"),
        ("E-1/Complete_LinkedInDataExport_03-14-2025.zip", "E-1"),
        ("E-1_Basic_LinkedInDataExport_03-14-2025.zip", "E-1"),
        ("Basic_LinkedInDataExport_03-14-2025.zip.E-1.zip", None),
        ("Basic_LinkedInDataExport_12-01-2024.zip", None),
        ("Basic_LinkedInDataExport_12-01-2024 (12).zip", None),
        ("12_Basic_LinkedInDataExport_03-14-2025.zip", "12"),
        ("12.zip", "12"),
        ("12 januari export.zip", None),
        ("export 2024 final.zip", None),
        ("2024.zip", "2024"),
        ("1042 Bas Quillepot.zip", "1042"),
        ("2025-10-42 1042.zip", "1042"),
        ("77.zip", None),
        ("00077 - export.zip", "00077"),
        ("NL_0012.json", "NL_0012"),
        ("NL_0012_B.json", "NL_0012_B"),
        ("export NL_0012_B 2.json", "NL_0012_B"),
        ("Ünal 7.zip", "Ünal 7"),
        ("ünal_7.zip", "Ünal 7"),
        ("Profile.csv", None),
    ],
)
def test_only_the_whole_id_ties_a_file(path: str, owner: str | None) -> None:
    tied = tie([Path("top") / path], Path("top"), PEOPLE)
    assert list(tied.by_id) == ([owner] if owner else [])
    assert not tied.contested


@pytest.mark.parametrize("path", ["E-1/1042.zip", "E-1 1042.zip", "E-1 and E-1-2.zip"])
def test_a_file_that_names_two_people_is_nobodys(path: str) -> None:
    tied = tie([Path("top") / path], Path("top"), PEOPLE)
    assert not tied.by_id
    assert len(tied.contested) == 2


def test_an_empty_id_ties_nothing() -> None:
    assert not tie(
        [Path("top/ .zip"), Path("top/x.zip")], Path("top"), [person(" ", None), person("", None)]
    ).by_id


def test_a_number_that_is_no_file_name_is_found_in_the_form_that_the_program_writes(tmp_path):
    path = tmp_path / number_part("12/34 a") / "export.zip"
    assert tie([path], tmp_path, [person("12/34 a", None)]).by_id == {"12/34 a": [path]}
