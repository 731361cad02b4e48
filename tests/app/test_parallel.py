"""Judging on several cores: the same results in the same order, and a worker that dies costs one person."""

from contextlib import contextmanager
from datetime import date

import pytest

from auditor.app import parallel
from auditor.app.evidence import EvidenceStep
from auditor.app.parallel import Known, Work, workers_for
from auditor.app.perform_run import RunEvents, perform_run
from auditor.app.registry import sources
from auditor.app.run_plan import RunRequest
from auditor.errors import UsageError
from auditor.model.capture import CaptureFormat, CaptureStatus
from auditor.model.employee import Employee, RosterState
from tests.app.deadly import Deadly
from tests.feedback.firm import MONTHS, NAMES, RIGHT, WRONG, Firm
from tests.whole import findings, timeless

TODAY = date(2026, 11, 28)


def people(count):
    return [Employee(f"{n:03}", f"Invented {n}", RosterState.ACTIVE) for n in range(count)]


def outcomes(examinations):
    """What was concluded about each person, without the moment."""
    return [[(one.rule_id, one.outcome) for one in found.results] for found in examinations]


def work_of(firm, deadly=frozenset()):
    steps = {"saved_pages": EvidenceStep("saved_pages", Deadly(frozenset(deadly)), 45, can_refuse=False)}
    return Work.of(firm.policy, {"": ("saved_pages",)}, steps, TODAY)


def each(work, everybody, allowed=lambda one: True, wanted=2):
    with workers_for(work, wanted, 10_000) as workers:
        return list(workers.each(everybody, allowed))


@pytest.fixture
def firm(tmp_path):
    return Firm(tmp_path)


def test_several_workers_give_what_one_gives_in_the_same_order(firm):
    everybody = people(40)
    found = each(work_of(firm), everybody)
    assert [one.employee for one in found] == everybody
    alone = [work_of(firm).answer(one, Known()) for one in everybody]
    assert outcomes(found) == outcomes(alone)


def test_somebody_who_may_not_be_looked_at_is_not_asked_for(firm):
    found = each(work_of(firm), people(10), lambda one: one.employee_id != "004")
    assert [n for n, one in enumerate(found) if one is None] == [4]


@pytest.mark.parametrize("deadly", [{"003"}, {"007", "008", "019"}])
def test_whose_evidence_kills_a_worker_is_unreadable_and_all_others_are_read(firm, deadly):
    found = each(work_of(firm, deadly), people(25))
    crashed = {one.employee.employee_id for one in found if one.trials[0].crashed}
    assert crashed == deadly
    assert len(found) == 25
    assert all(
        one.trials[0].status is CaptureStatus.NOT_ATTEMPTED for one in found if not one.trials[0].crashed
    )


def test_a_few_people_need_no_second_process(firm, monkeypatch):
    monkeypatch.setattr(parallel, "_Pool", None)
    work = work_of(firm)
    with workers_for(work, 0, parallel.WORTH_IT) as workers:
        assert workers is None


@contextmanager
def never():
    yield lambda: False


def test_a_run_on_two_cores_reports_what_a_run_on_one_reports(firm, monkeypatch):
    monkeypatch.setattr(parallel, "WORTH_IT", 1)
    firm.audit(MONTHS[0], dict.fromkeys(NAMES, RIGHT) | {"0102": WRONG, "0103": None})
    made = {}
    for workers in (1, 2):
        request = RunRequest(
            firm.folder / "people.csv", firm.policy.path, firm.folder / f"reports-{workers}",
            captures=firm.folder / "saved", today=MONTHS[1], resume=False, workers=workers, keep=False,
        )  # fmt: skip
        perform_run(request, never(), RunEvents())
        made[workers] = timeless(findings(firm.folder / f"reports-{workers}"))
    assert made[1] == made[2]


@pytest.mark.parametrize("name", [name for name, one in sources().items() if not one.touches_network])
def test_every_source_of_files_can_be_sent_to_a_worker(name, tmp_path):
    import importlib
    import pickle

    scenario = importlib.import_module(f"tests.sources.scenarios.{name}").build(tmp_path)
    with sources()[name].open(scenario.settings, scenario.context) as opened:
        there = pickle.loads(pickle.dumps(opened))
        assert there.fetch(scenario.with_evidence) == opened.fetch(scenario.with_evidence)
        assert there.fetch(scenario.with_evidence).format is not CaptureFormat.NOTHING


@pytest.mark.long
def test_a_cluster_of_which_a_worker_is_killed_gives_the_same(firm):
    """A real scheduler and two workers; one of them is killed in the middle."""
    from distributed import LocalCluster

    everybody = people(60)
    work = work_of(firm)
    found = []
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        workers_for(work, 0, 60, cluster.scheduler_address) as workers,
    ):
        for one in workers.each(everybody, lambda one: True):
            found.append(one)
            if len(found) == 20:
                cluster.workers[0].process.process.kill()
    assert [one.employee for one in found] == everybody
    assert outcomes(found) == outcomes(map(work.examine, everybody))


def test_a_cluster_that_is_not_there_is_said_in_words(firm):
    pytest.importorskip("distributed")
    work = work_of(firm)
    with (
        pytest.raises(UsageError, match="cannot be reached"),
        workers_for(work, 0, 60, "tcp://127.0.0.1:9"),
    ):
        pass
