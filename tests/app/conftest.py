"""A firm with a roster and a policy, a network source that can refuse, and a folder that is watched."""

from __future__ import annotations

import pytest

from auditor.app import evidence_ladder as evidence
from auditor.app import registry as families
from auditor.app import run_plan as ground
from auditor.demo.consent_site import SECRET
from tests.app import test_run_audit_rate_limits as manners
from tests.app.collecting import collectors_of
from tests.app.consenting import Door


@pytest.fixture
def site(monkeypatch):
    site = manners.Site()
    known = {"public_page": site.source()}
    for module in (evidence, ground, families):
        monkeypatch.setattr(module, "sources", lambda: known)
    return site


@pytest.fixture
def firm(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "policy.yaml").write_text(
        manners.POLICY + "sources: {ladder: [public_page]}\n", "utf-8"
    )
    manners.write(tmp_path, [manners.row(n) for n in range(1, 7)])
    return tmp_path


@pytest.fixture
def door(tmp_path, monkeypatch):
    """A firm of four whose people may connect LinkedIn, and the replica that they meet."""
    monkeypatch.setenv("INVENTED_APP_SECRET", SECRET)
    opened = Door(tmp_path / "firm")
    yield opened
    opened.close()


@pytest.fixture
def make(firm):
    """Makes collectors of the module's own firm."""
    return collectors_of(firm)


@pytest.fixture
def collector(make):
    return make()
