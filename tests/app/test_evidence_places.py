"""One answer to where a source's evidence lies: what is put there is what a run reads."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.app.evidence_ladder import _context
from auditor.app.evidence_places import evidence_place
from auditor.app.registry import policy_of, sources
from auditor.app.run_plan import RunRequest, open_store, prepare
from auditor.model.capture import CaptureStatus
from tests.privacy.firm import HEAD, POLICY

PAGE = '<html><head><link rel="canonical" href="{address}"></head><body><h1>Somebody</h1></body></html>'


@pytest.mark.parametrize(
    ("named", "captures", "there", "place"),
    [
        ("", "", (), "evidence/saved_pages"),
        ("", "", ("evidence/anna.html",), "evidence"),
        ("", "", ("evidence/saved_pages/anna.html", "evidence/answers.csv"), "evidence/saved_pages"),
        ("saved", "", (), "config/saved"),
        ("saved", "", ("config/saved/saved_pages/anna.html",), "config/saved/saved_pages"),
        ("saved", "given", (), "given/saved_pages"),
        ("", "given", ("given/2026/anna.html",), "given"),
        ("", "given", ("given/member_export/1.zip",), "given/saved_pages"),
    ],
)
def test_what_is_put_there_is_read_by_a_run(tmp_path, named, captures, there, place):
    plan = _plan(tmp_path, named, captures)
    for one in there:
        (tmp_path / one).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / one).write_text("<html></html>", encoding="utf-8")
    given = tmp_path / captures if captures else None
    found = evidence_place(plan.policy, "saved_pages", given)
    assert found == tmp_path / place
    (person,) = plan.people.employees
    new = found / "1042" / "page.html"
    new.parent.mkdir(parents=True)
    new.write_text(PAGE.format(address=person.profile_url), encoding="utf-8")
    context = _context(plan, plan.people.employees, datetime.now(UTC), lambda: False)
    with sources()["saved_pages"].open(plan.policy.source_settings["saved_pages"], context) as opened:
        capture = opened.fetch(person)
    assert (capture.status, capture.file_name) == (CaptureStatus.OK, "page.html")


def test_a_source_without_a_folder_has_none_where_others_are_named(tmp_path):
    """No run would look there."""
    plan = _plan(tmp_path, "saved", "")
    assert evidence_place(plan.policy, "member_export") is None


def _plan(folder: Path, named: str, captures: str):
    text = POLICY.format(notice="2026-02-01", second_notice="2026-02-01", more="", tail="")
    own = f"  saved_pages: {{folder: {named}}}\n" if named else ""
    (folder / "config").mkdir()
    path = folder / "config" / "policy.yaml"
    path.write_text(f"{text[: text.index('sources:')]}sources:\n  ladder: [saved_pages]\n{own}", "utf-8")
    row = "NL-1;Tjeerd Verzinsel;Noordlicht;active;2019-03-01;;Grid Planner;;;https://www.linkedin.com/in/tjeerd-x"
    (folder / "people.csv").write_text(f"{HEAD}\n{row}\n", "utf-8")
    given = folder / captures if captures else None
    request = RunRequest(
        folder / "people.csv", path, folder / "reports", resume=False, keep=False, captures=given
    )
    policy = policy_of(path)
    return prepare(request, policy, open_store(policy, keep=False))
