"""A run as people start it: filled-in workbooks are read first, reports written, notices sent, all told."""

from contextlib import contextmanager

from auditor.app.perform_run import RunEvents, perform_run
from auditor.app.run_plan import RunRequest
from auditor.model.finding import FindingState
from tests.feedback.firm import MONTHS, WRONG, Firm


@contextmanager
def never():
    yield lambda: False


def test_what_hr_filled_in_inside_the_reports_is_read_before_the_run(tmp_path):
    firm = Firm(tmp_path)
    firm.audit(MONTHS[0], {"0101": WRONG, "0102": WRONG})
    told = []
    events = RunEvents(
        taken=lambda files: told.append(("taken", [one.file_name for one in files])),
        planned=lambda plan: told.append(("planned", len(plan.people.employees))),
        progress=lambda done, total: told.append(("progress", done, total)),
        written=lambda made, folder, files: told.append(("written", folder.name, bool(files))),
    )
    request = RunRequest(
        tmp_path / "people.csv", firm.policy.path, tmp_path / "reports", captures=tmp_path / "saved",
        today=MONTHS[0], resume=False,
    )  # fmt: skip
    end = perform_run(request, never(), events)
    assert told[0] == ("planned", 5)
    assert [one for one in told if one[0] == "progress"][-1] == ("progress", 5, 5)
    assert told[-1] == ("written", end.run_id, True)
    book = next(end.folder.glob("linkedin-audit_all_*.xlsx"))
    firm.report = end.report
    firm.filled_in(book, lambda sheet: sheet.answer("0101", decision="Asked"), book)
    told.clear()
    later = RunRequest(
        tmp_path / "people.csv", firm.policy.path, tmp_path / "reports", captures=tmp_path / "saved",
        today=MONTHS[1], resume=False,
    )  # fmt: skip
    end = perform_run(later, never(), events)
    assert told[0] == ("taken", [book.name])
    firm.report = end.report
    assert firm.state("0101") in (FindingState.OPEN, FindingState.UNVERIFIED)
    assert firm.finding("0101").more_days == 30


def test_a_stopped_run_writes_no_report_and_goes_on_later(tmp_path):
    firm = Firm(tmp_path)
    firm.audit(MONTHS[0], {"0101": WRONG})
    asked = []

    @contextmanager
    def after_two():
        yield lambda: len(asked) >= 2

    request = RunRequest(
        tmp_path / "people.csv", firm.policy.path, tmp_path / "reports", captures=tmp_path / "saved",
        today=MONTHS[1],
    )  # fmt: skip
    events = RunEvents(progress=lambda done, total: asked.append(done))
    end = perform_run(request, after_two(), events)
    assert (end.interrupted, end.report) == (True, None)
    assert perform_run(request, never(), RunEvents()).report is not None
