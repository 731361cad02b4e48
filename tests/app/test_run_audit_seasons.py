"""Two banners that hold without end are no mistake of the policy, but everybody who should know is told."""

from __future__ import annotations

import pytest

from tests.privacy.firm import Firm
from tests.rules.subjects import original

TWO = """    banners:
      - {name: Summer, file: brand/summer.png, role: current, valid_from: 2026-06-01%s}
      - {name: Winter, file: brand/winter.png, role: current, valid_from: 2026-11-01}
"""


@pytest.mark.parametrize(("end", "warned"), [("", True), (", valid_to: 2026-10-31, grace_days: 30", False)])
def test_first_page_and_dry_run_warn_of_banners_without_a_last_day(tmp_path, end, warned):
    firm = Firm(tmp_path)
    (firm.policy.parent / "brand").mkdir()
    (firm.policy.parent / "brand" / "summer.png").write_bytes(original("current"))
    (firm.policy.parent / "brand" / "winter.png").write_bytes(original("previous"))
    firm.write_policy(more=TWO % end)
    firm.save_all()
    words = "several current banners have no last day (Summer, Winter)"
    dry = firm.run("--dry-run")
    assert (dry.returncode, words in dry.stderr) == (0, warned)
    firm.run()
    (folder,) = firm.reports.iterdir()
    assert (words in (folder / "index.html").read_text("utf-8")) == warned
