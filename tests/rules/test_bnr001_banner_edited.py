"""What a banner of ours means of which a picture editor left only a part is for the policy to say."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from auditor.app.registry import rules, sources
from auditor.config.load import load_policy
from auditor.model.rule import Failed, Passed, Undetermined
from auditor.proof.editor import cut
from auditor.rules.bnr001_banner import RULE
from tests.rules.subjects import original, subject

POLICY = (
    "version: 1\nentities:\n  - {name: V, names: [V], pages: [v], privacy: {purpose: p, "
    "balancing_note_date: 2026-01-15, contact: c, notice_date: 2026-02-01}}\n"
)


@pytest.mark.parametrize(
    ("wanted", "answer", "code"),
    [
        ("", Undetermined, "BANNER_REVIEW_EDITED"),
        ("rules: {BNR001: {editor_changes: accept}}\n", Passed, "BANNER_EDITED"),
        ("rules: {BNR001: {editor_changes: review}}\n", Undetermined, "BANNER_REVIEW_EDITED"),
        ("rules: {BNR001: {editor_changes: report}}\n", Failed, "BANNER_EDITED"),
    ],
)
def test_half_of_our_banner_is_what_the_policy_makes_of_it(tmp_path, wanted, answer, code):
    held = io.BytesIO()
    whole = Image.open(io.BytesIO(original("current"))).convert("RGB")
    cut(whole, 0.5, (0.5, 0.5)).save(held, "PNG")
    seen = subject({"page": {"banner": "current"}})
    banner = replace(seen.profile.banner.value, picture=held.getvalue())
    shown = replace(seen.profile.banner, value=banner)
    (tmp_path / "policy.yaml").write_text(POLICY + wanted, encoding="utf-8")
    policy = load_policy(tmp_path / "policy.yaml", rules(), list(sources().values()))
    bound = next(rule for rule in policy.rules if rule.id == RULE.id)
    outcome = RULE.check(replace(seen, profile=replace(seen.profile, banner=shown)), bound.settings)
    assert (type(outcome), outcome.code) == (answer, code)
    assert "only 50 % in sight" in str(getattr(outcome, "message", "") or getattr(outcome, "reason", ""))
