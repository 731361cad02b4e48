"""The command says in its help what it prints."""

from tests.calling import call


def test_the_help_of_the_list_tells_of_lines_and_not_of_report_files():
    words = " ".join(call("identity", "list", "--help").stdout.split())
    assert "Print text, or one JSON object per line." in words
    assert "findings.json" not in words
