"""The roster and the evidence are compared only where somebody gives them."""

from __future__ import annotations

import pytest

from auditor.app.purge_receipts import Receipts
from auditor.app.verify_inputs import evidence_checks
from auditor.errors import UsageError
from auditor.model.verification import Standing
from auditor.store.log import LogLine
from tests.app.test_seal_report import MANIFEST


def test_evidence_is_there_deleted_with_a_receipt_or_not_as_it_was_read(tmp_path):
    assert [one.standing for one in evidence_checks(MANIFEST, Receipts(), None)] == [Standing.NOT_CHECKED]
    receipt = LogLine(4, "2027-02-01T08:00:00+00:00", "purge_began", {}, "", "")
    found = list(evidence_checks(MANIFEST, Receipts(copies={"page 2": receipt}), tmp_path))
    assert [one.standing for one in found] == [Standing.ALTERED, Standing.DELETED]
    assert found[1].remark == "on 2027-02-01, see line 4 of the log"


def test_a_folder_of_evidence_that_is_not_there_is_a_mistake_of_the_call(tmp_path):
    with pytest.raises(UsageError):
        list(evidence_checks(MANIFEST, Receipts(), tmp_path / "nowhere"))
