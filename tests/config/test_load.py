"""The policy file: all mistakes together, each with its place; entities see each other as sisters."""

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from auditor.app.registry import policy_of, rules, sources
from auditor.app.start import starter_file
from auditor.config import load_policy
from auditor.config.entities import read_page
from auditor.errors import ConfigError
from auditor.model.address import page_link
from auditor.model.company import BannerBands, BannerRole
from auditor.model.rule import Passed, Rule, Severity
from auditor.roster.headings import RosterField


@dataclass(frozen=True, slots=True)
class Strict:
    strictness: str = "standard"


RULES = [Rule("HDL001", "Headline", Severity.MEDIUM, Strict, lambda s, o: Passed("OK"))]
SOURCES = list(sources().values())
PRIVACY = """
    privacy: {purpose: p, balancing_note_date: 2026-01-15, contact: dpo@x.example, notice_date: 2026-02-01}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes_of(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_policy(path, RULES, SOURCES)
    return [str(mistake).removeprefix(f"{path}:") for mistake in caught.value.mistakes]


def banner(path: Path, colour: str) -> None:
    picture = Image.new("RGB", (1584, 396), colour)
    draw = ImageDraw.Draw(picture)
    for step in range(0, 1584, 97):
        draw.ellipse((step, 40, step + 200, 240), outline="white", width=9)
    picture.save(path)


def test_all_mistakes_are_shown_together_with_line_and_column(tmp_path):
    path = write(
        tmp_path,
        "version: 1\n"
        "langauge: nl\n"
        "entities:\n"
        "  - name: Vlinderbouw\n"
        "    names: [Vlinderbouw]\n"
        "    pages: [vlinderbouw]\n"
        "    banners:\n"
        "      - {name: Autumn, file: gone.png, valid_from: 31-12-2026}" + PRIVACY + "  - name: Egelwerk\n"
        "    names: [Egelwerk]\n"
        "    pages: [https://evil.example/in/x]" + PRIVACY + "rules:\n"
        "  HDL001:\n"
        "    strictnes: exact\n"
        "    severity: huge\n"
        "  HDL9: {}\n",
    )
    found = mistakes_of(path)
    assert "2:1: langauge: is not a known setting; did you mean language?" in found
    assert any(one.startswith("8:") and "valid_from" in one and "must be a date" in one for one in found)
    assert any(one.startswith("12:") and "no page address" in one for one in found)
    assert "16:5: rules.HDL001.strictnes: is not a known setting; did you mean strictness?" in found
    assert "17:5: rules.HDL001.severity: must be one of high, medium, low, info" in found
    assert any(one.startswith("18:3: rules.HDL9") for one in found)


def test_files_and_pages_are_checked_once_the_shape_is_right(tmp_path):
    (tmp_path / "broken.png").write_bytes(b"<html>not a picture</html>")
    banner(tmp_path / "good.png", "navy")
    path = write(
        tmp_path,
        "version: 1\n"
        "entities:\n"
        "  - name: Vlinderbouw\n"
        "    names: [Vlinderbouw]\n"
        "    pages: [https://evil.example/in/x]\n"
        "    banners:\n"
        "      - {name: A, file: gone.png}\n"
        "      - {name: B, file: broken.png}\n"
        "      - {name: C, file: good.png}\n"
        "      - {name: D, file: good.png}" + PRIVACY,
    )
    found = mistakes_of(path)
    assert len(found) == 4
    assert found[0].startswith("5:")
    assert "no page address" in found[0]
    assert "there is no such file" in found[1]
    assert "broken.png" in found[2]
    assert "the same picture as 'C'" in found[3]


@pytest.mark.parametrize("text", ["", "- 1\n", "a: [1\n", "a: 1\na: 2\n", "\x00", "just words"])
def test_what_is_no_policy_is_refused_in_words(tmp_path, text):
    assert mistakes_of(write(tmp_path, text))


def test_a_missing_file_names_the_way_out(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_policy(tmp_path / "none.yaml", RULES, SOURCES)
    assert "auditor init" in caught.value.hint


def test_entities_are_sisters_of_each_other(tmp_path):
    banner(tmp_path / "a.png", "navy")
    banner(tmp_path / "b.png", "darkgreen")
    path = write(
        tmp_path,
        "version: 1\nentities:\n"
        "  - name: Vlinderbouw\n"
        "    names: [Vlinderbouw, {text: Bouw, needs_connector: true}]\n"
        "    pages: [https://nl.linkedin.com/company/Vlinderbouw/, company/vb-old, '998877']\n"
        "    banners: [{name: A, file: a.png}]" + PRIVACY + "  - name: Egelwerk\n"
        "    names: Egelwerk\n"
        "    pages: [https://www.linkedin.com/school/egelwerk]\n"
        "    banners: [{name: B, file: b.png}]\n"
        "    headline: ['{functie} bij {bedrijf}', {text: x, language: fr}]" + PRIVACY,
    )
    policy = load_policy(path, RULES, SOURCES)
    first, second = policy.companies.values()
    assert [page.slug_or_id for page in first.pages] == ["vlinderbouw", "vb-old", "998877"]
    assert first.sister_pages == (page_link("https://www.linkedin.com/school/egelwerk"),)
    assert [(one.name, one.role) for one in first.banners] == [
        ("A", BannerRole.CURRENT),
        ("Egelwerk: B", BannerRole.SISTER),
    ]
    assert [(one.text, one.language) for one in second.templates] == [
        ("{functie} bij {bedrijf}", ""),
        ("x", "fr"),
    ]
    assert policy.company_of("") is first
    assert policy.company_of("Nobody") is None
    assert policy.privacy["Egelwerk"].notice_date == date(2026, 2, 1)


def test_the_starting_policy_says_what_only_people_can_decide(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_bytes(starter_file("policy.yaml"))
    wanted = ["purpose", "ground", "balancing_note_date", "contact", "notice_date"]
    with pytest.raises(ConfigError) as caught:
        load_policy(path, rules(), SOURCES)
    assert [one.key for one in caught.value.mistakes] == [f"entities[0].privacy.{name}" for name in wanted]
    assert all("fill in" in one.message and one.line > 1 for one in caught.value.mistakes)
    policy = load_policy(path, rules(), SOURCES, unfinished=True)
    assert policy.ladder == ("saved_pages",)
    assert policy.permission is None
    assert policy.privacy == {}
    assert len(policy.to_fill_in) == 5


PICTURES = {
    "a device": ("/dev/zero", "is not an ordinary file"),
    "a folder": ("brand", "is a folder"),
    "a pipe": ("pipe", "is not an ordinary file"),
    "a link to a place outside": ("link.png", "outside the folder"),
    "a link that leads nowhere": ("lost.png", "there is no such file"),
    "a link to itself": ("circle.png", ""),
    "too large": ("huge.png", "larger than 20,000,000 bytes"),
    "too many pixels": ("bomb.png", "pixels"),
    "an odd name": ("../../../etc/passwd\\0.png", "invisible character U+0000"),
}


@pytest.mark.skipif(os.name != "posix", reason="devices, pipes and links of POSIX")
@pytest.mark.parametrize("kind", PICTURES)
def test_a_banner_is_a_plain_picture_of_the_folder(tmp_path, kind):
    folder, outside = tmp_path / "firm", tmp_path / "elsewhere"
    (folder / "brand").mkdir(parents=True)
    outside.mkdir()
    banner(outside / "out.png", "navy")
    os.mkfifo(folder / "pipe")
    (folder / "link.png").symlink_to(outside / "out.png")
    (folder / "lost.png").symlink_to(folder / "nowhere.png")
    (folder / "circle.png").symlink_to(folder / "circle.png")
    with (folder / "huge.png").open("wb") as file:
        file.truncate(20_000_001)
    Image.new("1", (15_000, 15_000)).save(folder / "bomb.png")
    name, words = PICTURES[kind]
    path = write(
        folder,
        "version: 1\nentities:\n  - name: Vlinderbouw\n    names: [V]\n    pages: [vlinderbouw]\n"
        f'    banners: [{{name: A, file: "{name}"}}]' + PRIVACY,
    )
    (found,) = mistakes_of(path)
    assert found.startswith("6:25: entities[0].banners[0].file: ")
    assert words in found


def test_a_link_inside_the_folder_is_followed(tmp_path):
    (tmp_path / "brand").mkdir()
    banner(tmp_path / "brand" / "a.png", "navy")
    (tmp_path / "current.png").symlink_to(tmp_path / "brand" / "a.png")
    text = (
        "version: 1\nentities:\n  - name: V\n    names: [V]\n    pages: [v]\n"
        "    banners: [{name: A, file: current.png}]"
    )
    policy = load_policy(write(tmp_path, text + PRIVACY), RULES, SOURCES)
    assert [one.name for one in policy.companies["V"].banners] == ["A"]


TWO_ENTITIES = (
    "version: 1\nentities:\n"
    "  - {name: V, names: [V], pages: [v], privacy: {purpose: p, balancing_note_date: 2026-01-15, "
    "contact: c, notice_date: 2026-02-01}}\n"
    "  - {name: W, names: [W], pages: [w], privacy: {purpose: p, balancing_note_date: 2026-01-15, "
    "contact: c, notice_date: 2026-02-01}}\n"
)


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("", BannerBands()),
        ("banner: {match_below: 1.2, differs_above: 2.0}\n", BannerBands(1.2, 2.0)),
        ("rules: {BNR001: {match_below: 1.2, differs_above: 2.0}}\n", BannerBands(1.2, 2.0)),
        ("banner: {differs_above: 2.0}\nrules: {BNR001: {match_below: 1.2}}\n", BannerBands(1.2, 2.0)),
        ("rules: {BNR001: {enabled: false, match_below: 1.2}}\n", BannerBands(1.2)),
    ],
)
def test_banner_bands_hold_for_every_entity_also_from_their_former_place(tmp_path, text, bands):
    policy = load_policy(write(tmp_path, TWO_ENTITIES + text), rules(), SOURCES)
    assert [company.banner_bands for company in policy.companies.values()] == [bands, bands]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "banner: {match_below: 1.2}\nrules: {BNR001: {match_below: 1.3}}\n",
            "6:18: rules.BNR001.match_below: is set as banner.match_below too; remove it here",
        ),
        ("rules: {BNR001: {match_below: 100}}\n", "5:18: rules.BNR001.match_below: must be at most 3"),
        ("banner: {match_under: 1}\n", "5:10: banner.match_under: is not a known setting"),
    ],
)
def test_a_mistaken_band_is_named_where_it_stands(tmp_path, text, said):
    with pytest.raises(ConfigError) as caught:
        load_policy(write(tmp_path, TWO_ENTITIES + text), rules(), SOURCES)
    (mistake,) = caught.value.mistakes
    assert said in str(mistake)


ACCEPTED = "sources: {saved_pages: {signed_in: accept, decided_by: DPO, decided_on: 2026-01-05, reason: r}}\n"


def test_signed_in_pages_are_accepted_only_by_a_decision_on_record(tmp_path):
    def settings(text):
        return load_policy(write(tmp_path, TWO_ENTITIES + text), rules(), SOURCES).source_settings[
            "saved_pages"
        ]

    assert not settings("").accepts_signed_in(date(2099, 1, 1))
    accepted = settings(ACCEPTED)
    assert [accepted.accepts_signed_in(date(2026, 1, day)) for day in (4, 5)] == [False, True]
    assert not settings(ACCEPTED.replace("accept", "refuse")).accepts_signed_in(date(2026, 1, 5))
    for part in ("decided_by: DPO, ", "decided_on: 2026-01-05, ", ", reason: r"):
        with pytest.raises(ConfigError) as caught:
            settings(ACCEPTED.replace(part, ""))
        (mistake,) = caught.value.mistakes
        assert f"saved_pages.{part.strip(', ').partition(':')[0]}: is missing" in str(mistake)


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.linkedin.com/company/vlinderbouw\u200b",
        "\ufeffhttps://www.linkedin.com/company/vlinderbouw/",
        "https://www.linkedin.com/company/vlinderbouw%2F",
        "company/vlinderbouw\u200e",
        "/company/vlinderbouw/about/?trk=x",
        "Vlinderbouw\u2060",
        "vlinderbouw/",
    ],
)
def test_a_page_is_the_same_whatever_was_copied_along_with_its_address(typed):
    assert read_page(typed) == page_link("https://www.linkedin.com/company/vlinderbouw")


@pytest.mark.parametrize(
    "typed", ["@vlinderbouw", "\u200b", "Vlinderbouw NV", "person/vlinderbouw", "company:x"]
)
def test_what_names_no_page_is_a_mistake_and_no_page_of_that_name(typed):
    assert read_page(typed) is None


def firm(names: str, headline: str = "[]") -> str:
    return (
        f"version: 1\nentities:\n  - name: Zonnepaneel\n    names: {names}\n"
        f"    pages: [zonnepaneel]\n    headline: {headline}{PRIVACY}"
    )


def test_a_mistyped_template_is_named_with_its_place(tmp_path):
    path = write(tmp_path, firm("[ZP]", '["{functie} bij {bedrijf}", "{functie} bij {bedrjf}"]'))
    assert mistakes_of(path) == [
        "6:43: entities[0].headline[1].text: unknown placeholder {bedrjf}; did you mean {bedrijf}?"
    ]


@pytest.mark.parametrize(
    ("names", "place"),
    [
        ("Zonnepaneel, Zonnepaneel Benelux", "4:5: entities[0].names[0]"),
        ('["ZP", "Dak, Dak & Zon"]', "4:19: entities[0].names[1]"),
    ],
)
def test_names_behind_each_other_in_one_text_are_asked_about(tmp_path, names, place):
    (said,) = mistakes_of(write(tmp_path, firm(names)))
    assert said.startswith(f"{place}: '")
    assert "seems to be several names; write each on a line of its own" in said
    assert "needs_connector: false}" in said


def test_a_name_with_a_comma_is_one_name_where_the_policy_says_so(tmp_path):
    path = write(tmp_path, firm('[{text: "Dak, Dak & Zon", needs_connector: false}, "Bakker, De Wit & Co"]'))
    (company,) = load_policy(path, RULES, SOURCES).companies.values()
    assert [name.text for name in company.names] == ["Dak, Dak & Zon", "Bakker, De Wit & Co"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ('{"Laatste dag": enddate}', "there is no field 'enddate'; did you mean end_date?; known: "),
        ('{"Kengetal": EMPLOYEE_ID}', "there is no field 'EMPLOYEE_ID'; did you mean employee_id?; known: "),
        ('{"Wie": xyzzy}', "there is no field 'xyzzy'; known: employee_id, end_date, job_title"),
        ('{end_date: "Laatste dag"}', 'write {"Laatste dag": end_date}'),
    ],
)
def test_a_column_is_given_a_field_that_exists(tmp_path, columns, said):
    path = write(tmp_path, TWO_ENTITIES + f"roster:\n  columns: {columns}\n")
    with pytest.raises(ConfigError) as caught:
        load_policy(path, RULES, SOURCES, fields=["employee_id", "end_date", "job_title"])
    (mistake,) = caught.value.mistakes
    assert str(mistake).startswith(f"{path}:6:13: roster.columns.")
    assert said in str(mistake)


def test_every_field_of_the_roster_may_stand_in_the_policy(tmp_path):
    columns = {f"Kolom {name}": str(name) for name in RosterField}
    path = write(tmp_path, TWO_ENTITIES + f"roster: {{columns: {json.dumps(columns)}}}\n")
    assert policy_of(path).roster.columns == columns
    path = write(tmp_path, TWO_ENTITIES + 'roster: {columns: {"Kolom": job_titel}}\n')
    with pytest.raises(ConfigError, match=r"did you mean job_title\?"):
        policy_of(path)


def test_a_heading_of_the_form_stands_behind_its_field(tmp_path):
    text = TWO_ENTITIES + "sources: {attestation: {columns: {%s}}}\n"
    policy = load_policy(write(tmp_path, text % "headline: Mijn regel"), RULES, SOURCES)
    assert policy.source_settings["attestation"].columns == {"headline": "Mijn regel"}
    (said,) = mistakes_of(write(tmp_path, text % "Mijn regel: headline"))
    assert "there is no field 'Mijn regel' in the form; the field stands first" in said
    assert said.startswith("5:35: sources.attestation.columns.Mijn regel")


def test_a_setting_in_other_letters_is_recognised(tmp_path):
    (said,) = mistakes_of(write(tmp_path, TWO_ENTITIES + "rules: {hdl001: {}}\n"))
    assert said.endswith("is not a known setting; did you mean HDL001?")


@pytest.mark.parametrize(
    "typed",
    [
        "linkedin.com/company/Zonnepaneel",
        "www.linkedin.com/company/zonnepaneel/about",
        "NL.linkedin.com/company/zonnepaneel",
    ],
)
def test_a_page_may_be_typed_without_https(tmp_path, typed):
    text = firm("[Zonnepaneel]").replace("[zonnepaneel]", f"['{typed}']")
    (company,) = load_policy(write(tmp_path, text), RULES, SOURCES).companies.values()
    assert company.pages == (page_link("https://www.linkedin.com/company/zonnepaneel"),)
    assert company.page_address == f"https://{typed}"
