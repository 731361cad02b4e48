"""What a banner of ours means of which a picture editor left only a part is for the policy to say."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from auditor.model.rule import Failed, Passed, Undetermined
from auditor.proof.editor import cut
from auditor.rules.bnr001_banner import RULE, EditorChanges, Settings
from tests.rules.subjects import original, subject


@pytest.mark.parametrize(
    ("wanted", "answer", "code"),
    [
        (EditorChanges.ACCEPT, Passed, "BANNER_EDITED"),
        (EditorChanges.REVIEW, Undetermined, "BANNER_REVIEW_EDITED"),
        (EditorChanges.REPORT, Failed, "BANNER_EDITED"),
    ],
)
def test_half_of_our_banner_is_what_the_policy_makes_of_it(wanted, answer, code):
    held = io.BytesIO()
    whole = Image.open(io.BytesIO(original("current"))).convert("RGB")
    cut(whole, 0.5, (0.5, 0.5)).save(held, "PNG")
    seen = subject({"page": {"banner": "current"}})
    banner = replace(seen.profile.banner.value, picture=held.getvalue())
    shown = replace(seen.profile.banner, value=banner)
    outcome = RULE.check(replace(seen, profile=replace(seen.profile, banner=shown)), Settings(wanted))
    assert (type(outcome), outcome.code) == (answer, code)
    assert "only 50 % in sight" in str(getattr(outcome, "message", "") or getattr(outcome, "reason", ""))
