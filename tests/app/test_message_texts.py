"""Every message that ends a command has a code, and every code is explained."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import auditor
from auditor import errors
from auditor.app.message_texts import MessageKind, message_texts, messages_of
from auditor.cli.main import run_program
from auditor.errors import AuditorError, UsageError
from auditor.findings.assessment import Why
from auditor.model.case import StepReason
from auditor.model.decision import DecisionReason

PACKAGE = Path(auditor.__file__).parent
RAISED = {
    name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, AuditorError)
}
RAISED.add("StillReading")
#: given by the command line itself, not by an error's class
BY_THE_COMMAND_LINE = {"INTERNAL_ERROR", "INTERRUPTED", "RUN_NOT_SOUND"}


def errors_made():
    """Every place where an error is made: where it is, and the codes that it may have there."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in RAISED:
                place = f"{path.relative_to(PACKAGE).as_posix()}:{call.lineno}"
                given = next((one.value for one in call.keywords if one.arg == "code"), None)
                if isinstance(given, ast.IfExp):
                    yield place, {given.body.value, given.orelse.value}
                elif isinstance(given, ast.Constant):
                    yield place, {given.value}
                else:  # handed on from another error, as by the roster
                    yield place, set()


def test_every_error_has_a_code_that_is_explained():
    known = {one.code for one in message_texts()}
    made = list(errors_made())
    assert len(made) > 150
    assert {place: codes - known for place, codes in made if codes - known} == {}
    handed_on = {place.partition(":")[0] for place, codes in made if not codes}
    assert handed_on == {"app/first_policy.py", "roster/intake.py"}


def test_every_explained_error_is_raised_somewhere():
    raised = set().union(*(codes for _, codes in errors_made())) | BY_THE_COMMAND_LINE
    explained = {one.code for one in message_texts() if one.kind is MessageKind.ERROR}
    assert explained - raised == set()


def test_a_code_means_one_thing():
    assert [code for code, n in Counter(one.code for one in message_texts()).items() if n > 1] == []


def test_an_error_says_why_and_what_to_do():
    silent = [
        one.code for one in message_texts() if one.kind is MessageKind.ERROR and not (one.why and one.do)
    ]
    assert silent == []


def test_a_released_code_stays():
    """People search for it and write it into their own notes: a code is never renamed, only added."""
    released = (Path(__file__).parent / "message_codes.txt").read_text("utf-8").split()
    assert set(released) - {one.code for one in message_texts()} == set()


def test_a_code_may_be_typed_in_small_letters():
    (one,) = messages_of(" store_in_use ")
    assert one.do.startswith("Wait until it has finished")
    with pytest.raises(UsageError, match="There is no message 'NOPE'"):
        messages_of("NOPE")


def test_every_reason_of_findings_json_and_of_the_lists_is_explained():
    """As it stands there; one that may stand in two places is explained for both."""
    for reason in (*Why, *DecisionReason, *StepReason):
        kinds = {one.kind for one in messages_of(reason)}
        wanted = {MessageKind.NOT_ASSESSED} if reason in set(Why) else set()
        wanted |= {MessageKind.ANSWER} if reason in {*DecisionReason, *StepReason} else set()
        assert kinds & {MessageKind.NOT_ASSESSED, MessageKind.ANSWER} == wanted, reason
    assert [one.code for one in messages_of("unknown_word")] == [
        "NOT_ASSESSED_UNKNOWN_WORD",
        "ANSWER_UNKNOWN_WORD",
    ]


def test_the_terminal_names_the_code_and_the_command_explains_it(capsys):
    assert run_program(["rules", "explain", "NOPE"]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "More about it: auditor messages RULE_UNKNOWN"
    assert run_program(last.removeprefix("More about it: auditor ").split()) == 0
    said = capsys.readouterr().out
    assert said.startswith("RULE_UNKNOWN: There is no rule of this id.")
    assert "What to do:" in said


def test_a_mistyped_option_has_a_code_too(capsys):
    assert run_program(["run", "--no-such-option"]) == 2
    assert capsys.readouterr().err.endswith("More about it: auditor messages COMMAND_LINE\n")


def test_the_list_names_every_code(capsys):
    assert run_program(["messages"]) == 0
    said = capsys.readouterr().out
    assert [one.code for one in message_texts() if f"  {one.code}  " not in said] == []
