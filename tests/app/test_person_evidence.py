"""What of a person lies in the evidence folders is found, handed out, erased and let go of; others' stays."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from auditor.app.evidence_places import evidence_place
from auditor.app.hand_over import make_places, places_of
from auditor.app.person_evidence import evidence_of, remove_evidence
from auditor.app.registry import policy_of
from auditor.store import persons
from tests.privacy.everything import places_of as found_in
from tests.privacy.firm import UNMISTAKABLE, Firm
from tests.sources.invented import zipped

ONE, OTHER, _, LEAVER = UNMISTAKABLE
ANSWERS = "employee_id,headline,company_link,banner,answered_on\n"


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    made = Firm(tmp_path_factory.mktemp("firm"))
    text = made.policy.read_text("utf-8")
    more = "member_export: {folder: ../exports}, attestation: {file: answers.csv, pictures: p}"
    made.policy.write_text(text.replace("folder: ../saved}", f"folder: ../saved}}, {more}"), "utf-8")
    made.write_roster(UNMISTAKABLE)
    made.save_all(UNMISTAKABLE)
    for row in (ONE, OTHER):
        own = made.folder / "exports" / row.number / "member-page"
        own.mkdir(parents=True)
        first, last = row.name.split()
        profile = f"First Name,Last Name,Headline\n{first},{last},Planner\n".encode()
        (own / "export.zip").write_bytes(zipped({"Profile.csv": profile}))
    (made.folder / "saved" / ONE.number).mkdir()
    (made.folder / "saved" / ONE.number / "note.txt").write_text(f"of {ONE.name}", "utf-8")
    (made.folder / "saved" / f"{ONE.slug}_files").mkdir()
    (made.folder / "saved" / f"{ONE.slug}_files" / "1.png").write_bytes(b"picture")
    lines = [f"{row.number},Planner,,,2026-11-20T10:00:00+00:00\n" for row in (ONE, OTHER)]
    (made.folder / "config" / "answers.csv").write_text(ANSWERS + "".join(lines), "utf-8")
    assert made.run().returncode in (0, 1, 3)
    return made


@pytest.fixture
def firm(audited, tmp_path):
    return audited.copied_to(tmp_path)


def files(firm) -> set[str]:
    found = (*firm.folder.glob("saved/**/*"), *firm.folder.glob("exports/**/*"))
    return {str(path.relative_to(firm.folder)) for path in found if path.is_file()}


def test_a_persons_files_are_theirs_alone(firm):
    policy, engine = policy_of(firm.policy), firm.engine()
    with engine.connect() as connection:
        person = persons.people_known(connection)[ONE.number]
    found = {str(path.relative_to(firm.folder)) for path in _plain(evidence_of(policy, engine, [person]))}
    assert found == {
        f"saved/{ONE.slug}.html",
        f"saved/{ONE.slug}_files/1.png",
        f"saved/{ONE.number}/note.txt",
        f"exports/{ONE.number}/member-page/export.zip",
    }
    assert evidence_of(policy, engine, []) == []


def _plain(paths):
    return [path.resolve() for path in paths]


def test_the_export_names_and_holds_them(firm):
    done = firm.privacy("export", ONE.number, "--output", str(firm.folder / "theirs.json"))
    assert done.returncode == 0, done.stderr
    told = json.loads((firm.folder / "theirs.json").read_text("utf-8"))
    assert len(told["evidence_files"]) == 4
    assert any(ONE.name in one.get("content", "") for one in told["evidence_files"])
    assert [one["headline"] for one in told["statements"]] == ["Planner"]
    assert OTHER.name not in json.dumps(told, ensure_ascii=False)


def test_erasing_takes_them_and_leaves_everybody_elses(firm):
    others = {one for one in files(firm) if ONE.slug not in one and ONE.number not in one}
    done = firm.privacy("erase", ONE.number, "--yes")
    assert json.loads(done.stdout)["deleted"]["evidence_files"] == 4, done.stderr
    assert "tidy them by hand" not in done.stderr
    assert files(firm) == others
    for mark in (ONE.name, ONE.number, ONE.slug):
        assert found_in(mark, firm.folder / "saved", firm.folder / "exports", firm.folder / "config") == []
    assert (firm.folder / "saved").is_dir()
    assert OTHER.number in (firm.folder / "config" / "answers.csv").read_text("utf-8")


def test_a_form_of_hrs_own_is_named_for_hr_to_tidy(firm):
    form = firm.folder / "config" / "answers.csv"
    form.write_text(f"Employee id;Headline\n{ONE.number};Planner\n", "utf-8")
    done = firm.privacy("erase", ONE.number, "--yes")
    assert "These files still hold the person's data" in done.stderr
    assert "answers.csv" in done.stderr
    assert ONE.number in form.read_text("utf-8"), "it is not ours to write to"


def test_what_was_handed_over_goes_once_it_is_too_old_to_count(firm):
    """An export counts for 90 days, an answer for 30: after 31 days the answers go, after 91 the exports."""
    export = firm.folder / "exports" / ONE.number / "member-page" / "export.zip"
    handed = datetime.now(UTC) - timedelta(days=91)
    os.utime(export, (handed.timestamp(), handed.timestamp()))
    form = firm.folder / "config" / "answers.csv"
    now = datetime.now(UTC)
    days = (now - timedelta(days=31), now - timedelta(days=29))
    form.write_text(
        ANSWERS
        + "".join(
            f"{row.number},Planner,,,{day.isoformat()}\n" for row, day in zip((ONE, OTHER), days, strict=True)
        ),
        "utf-8",
    )
    before = files(firm)
    dry = json.loads(firm.privacy("purge", "--dry-run", "--output", str(firm.reports)).stdout)["counts"]
    assert (dry["page_copies"], dry["answers"]) == (1, 1)
    assert files(firm) == before
    firm.privacy("purge", "--output", str(firm.reports))
    assert before - files(firm) == {f"exports/{ONE.number}/member-page/export.zip"}
    rows = form.read_text("utf-8").splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == [OTHER.number]


def test_a_leavers_files_go_with_the_leaver(firm):
    before = files(firm)
    firm.privacy("purge", "--today", "2027-09-02", "--output", str(firm.reports))
    gone = before - files(firm)
    assert f"saved/{LEAVER.slug}.html" in gone
    assert not any(OTHER.slug in one for one in gone)
    assert found_in(LEAVER.name, firm.folder / "saved") == []


def test_empty_folders_go_and_the_places_stay(tmp_path, firm):
    policy = policy_of(firm.policy)
    make_places(places_of(policy))
    lone = evidence_place(policy, "saved_pages") / "7" / "member-page" / "page.html"
    lone.parent.mkdir(parents=True)
    lone.write_text("x", "utf-8")
    assert remove_evidence(policy, [lone]) == 1
    assert not lone.parent.parent.exists()
    assert evidence_place(policy, "saved_pages").is_dir()
