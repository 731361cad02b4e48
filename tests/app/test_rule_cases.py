"""The exported cases: complete, with digests that anybody can work out, and the same as the program's own."""

import hashlib
import json

from auditor.app.registry import rules
from auditor.app.rule_cases import export_cases, rule_cases


def test_every_rule_is_exported_with_what_it_gets_wrong_and_its_cases(tmp_path):
    paths = export_cases(tmp_path / "cases")
    assert [path.name for path in paths] == ["README.md", *sorted(f"{rule.id}.json" for rule in rules())]
    for own in rule_cases():
        content = json.loads((tmp_path / "cases" / f"{own.rule_id}.json").read_text("utf-8"))
        assert content["gets_wrong"] == own.gets_wrong
        assert [one["id"] for one in content["cases"]] == [one.id for one in own.cases]
        for case in content["cases"]:
            kept = {key: case[key] for key in ("input", "expected", "never_repeated") if key in case}
            text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert hashlib.sha256(text.encode()).hexdigest() == case["sha256"]


def test_a_case_holds_all_that_it_needs(tmp_path):
    export_cases(tmp_path)
    link = json.loads((tmp_path / "CMP001.json").read_text("utf-8"))["cases"][2]
    assert link["title"] == "current, plain text"
    assert link["input"]["person"]["title"] == "Site Engineer"
    assert link["input"]["company"]["pages"][0] == "https://www.linkedin.com/company/vlinderbouw"
    assert link["input"]["evidence"]["page"]["positions"] == [
        {"title": "Site Engineer", "at": "Vlinderbouw", "current": "yes"}
    ]
    assert link["expected"] == {"outcome": "failed", "code": "ACT_NOT_LINKED", "act": "failed"}
    pictures = {path.stem for path in (tmp_path / "pictures").iterdir()}
    banners = {one["picture"] for one in link["input"]["company"]["banners"]}
    assert banners < pictures
    leaver = json.loads((tmp_path / "LVR001.json").read_text("utf-8"))["cases"]
    assert any(one["input"]["person"].get("grace_until") == "2026-11-25" for one in leaver)
