"""Every text for the code of conduct stands in four languages, with the same facts."""

from auditor.reports.policy_text import missing_policy_texts


def test_no_text_is_missing():
    assert missing_policy_texts() == []
