"""The proof: an invented company of a seed is audited through every door, and every verdict is held against
its truth."""

from __future__ import annotations

import json
import os
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

import auditor
from auditor.app.connect_member import come_back, consent_address, look_again
from auditor.app.invite_members import PersonalLink, invite_members, open_link
from auditor.app.registry import policy_of
from auditor.app.run_audit import run_audit
from auditor.app.run_plan import RunRequest, open_store, prepare
from auditor.demo.consent_site import SECRET, ConsentSite
from auditor.demo.world import SECRET_VARIABLE, build_world
from auditor.errors import AuditorError, ReportError, SourceUnavailable
from auditor.files.writing import write_atomic
from auditor.model.employee import Employee
from auditor.model.examination import Examination
from auditor.model.policy import Policy
from auditor.model.rule import Confidence, Failed, NotApplicable, Outcome, Passed
from auditor.proof import baselines, records, roster
from auditor.proof.banners import Carried, pool, standards
from auditor.proof.doors import Door
from auditor.proof.firms import Firm, group_of
from auditor.proof.people import TODAY, Person, people_of
from auditor.proof.report import PROGRAM, Proof, as_json, tables
from auditor.proof.saved_pages import saved_page
from auditor.proof.score import Answer, Miss, Tally, Verdict, answer_of
from auditor.proof.truth import RULES, Truth, truth_of

_DEMO_TRUTH = {
    "passed": Truth.PASS,
    "failed": Truth.FAIL,
    "undetermined": Truth.OPEN,
    "not_applicable": Truth.NOTHING,
}
SMALLEST, LARGEST = 60, 200_000
#: the replica site shows the demo's company
SITE = 2000
#: when everything was saved, sent and answered; and what is too old to be used
_SEEN = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
_STALE = _SEEN - timedelta(days=200)
_RARE = "; one of each kind of situation, so that rare ones count like common ones"
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """What the proof is asked for. `browser`: how many more people are looked at on the replica site, in a
    real browser. `rare`: of all these people, only one of each kind of situation is audited."""

    people: int
    seed: int
    folder: Path
    workers: int | None = None
    browser: int = 0
    rare: bool = False


class _Sheet:
    """Where the answers are counted."""

    def __init__(self) -> None:
        self.scores: dict[str, dict[str, dict[str, Tally]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(Tally))
        )
        self.misses: list[Miss] = []

    def count(self, who: str, rule: str, door: Door, truth: Truth, verdict: Verdict) -> Answer:
        """Count a verdict and tell how it stands to the truth."""
        answer = answer_of(truth, verdict)
        self.scores[who][rule][door].add(truth, answer)
        return answer


_GOOD = frozenset({Answer.RIGHT, Answer.UNDETERMINED_RIGHTLY, Answer.NOT_ASKED})


def prove(request: ProofRequest, tell: Told = lambda _: None) -> Proof:
    """Invent the company of the seed in the folder, audit it, and hold the verdicts against the truth."""
    group = group_of(request.seed)
    carried = tuple(pool(request.seed, group, max(20, min(200, request.people // 20))))
    made = standards(request.seed, group)
    people = people_of(request.seed, request.people, group, carried, rare=request.rare)
    sheet = _Sheet()
    closed: list[str] = []
    for door in Door:
        own = tuple(person for person in people if person.sight.door is door)
        if not own:
            continue
        tell(f"{door}: {len(own)} people")
        try:
            found = _audit(request, group, made, door, own)
        except SourceUnavailable as trouble:
            closed.append(f"{door}: {trouble}")
            continue
        for person in own:
            _judge(sheet, person, found.get(person.number), made)
    if request.browser:
        tell(f"{Door.BROWSER}: {request.browser} people")
        try:
            _look_at_site(request, sheet)
        except AuditorError as trouble:  # no browser on this computer
            closed.append(f"{Door.BROWSER}: {trouble}")
    pictures = len({one.body for one in carried})
    return Proof(
        request.seed,
        len(people),
        pictures,
        auditor.__version__,
        sheet.scores,
        tuple(sheet.misses),
        tuple(closed),
        request.rare,
    )


def write_accuracy(proof: Proof, folder: Path) -> tuple[Path, Path]:
    """Write accuracy.json and accuracy.md into the folder; returns their paths. Raises ReportError."""
    data, text = folder / "accuracy.json", folder / "accuracy.md"
    heading = (
        f"# Accuracy\n\n{proof.people:,} invented people, {proof.pictures} banner pictures, "
        f"seed {proof.seed}, version {proof.version}{_RARE if proof.rare else ''}.\n\n"
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(data, json.dumps(as_json(proof), indent=1, ensure_ascii=False) + "\n", mode=None)
        write_atomic(text, heading + tables(proof), mode=None)
    except OSError as trouble:
        raise ReportError(
            f"{folder} cannot be written: {trouble.strerror or trouble}.", code="NOT_WRITABLE"
        ) from None
    return data, text


def _judge(
    sheet: _Sheet,
    person: Person,
    examination: Examination | None,
    made: Mapping[str, tuple[bytes, bytes]],
) -> None:
    door, truths = person.sight.door, truth_of(person)
    outcomes = _outcomes(examination)
    for rule in RULES:
        outcome = outcomes.get(rule)
        answer = sheet.count(PROGRAM, rule, door, truths[rule], verdict_of(outcome))
        if answer not in _GOOD:
            code = getattr(outcome, "code", "")
            sheet.misses.append(Miss(rule, answer, code, person.situation, person.number))
    shown = baselines.shown_of(person, made)
    for name, baseline in baselines.BASELINES.items():
        said = baselines.verdicts(baseline, person, shown)
        for rule in RULES:
            sheet.count(name, rule, door, truths[rule], said[rule])


def _outcomes(examination: Examination | None) -> dict[str, Outcome]:
    return {one.rule_id: one.outcome for one in examination.results} if examination else {}


def verdict_of(outcome: Outcome | None) -> Verdict:
    """What an outcome says; no outcome: nothing was asked."""
    match outcome:
        case Passed():
            return Verdict.PASSED
        case Failed():
            return Verdict.ASKED if outcome.confidence is Confidence.REVIEW else Verdict.FAILED
        case None | NotApplicable():
            return Verdict.NOT_APPLICABLE
    return Verdict.UNDETERMINED


def _audit(
    request: ProofRequest,
    group: tuple[Firm, ...],
    made: Mapping[str, tuple[bytes, bytes]],
    door: Door,
    people: Sequence[Person],
) -> dict[str, Examination]:
    """The examinations of the people of a door, by their number. Raises AuditorError."""
    folder = request.folder / door.name.lower()
    evidence = folder / "evidence"
    evidence.mkdir(parents=True, exist_ok=True)
    for place, firm in enumerate(group):
        files = roster.banner_files(place)
        current, previous = made[firm.entity]
        write_atomic(folder / "config" / files.current, current, mode=None)
        write_atomic(folder / "config" / files.previous, previous, mode=None)
    write_atomic(folder / "roster.csv", roster.roster_text(people), mode=None)
    _WRITERS.get(door, _no_files)(people, evidence)
    asked = RunRequest(
        roster=folder / "roster.csv",
        policy=folder / "config" / "policy.yaml",
        output=folder / "reports",
        captures=evidence if door is not Door.CONSENT else None,
        today=TODAY,
        resume=False,
        workers=request.workers,
    )
    with _policy(asked, group, door, people):
        return _run(asked)


def _run(asked: RunRequest) -> dict[str, Examination]:
    policy = policy_of(asked.policy)
    store = open_store(policy)
    end = run_audit(prepare(asked, policy, store), store, lambda: False)
    examinations = end.report.examinations if end.report else ()
    return {one.employee.employee_id: one for one in examinations}


@contextmanager
def _policy(
    asked: RunRequest, group: tuple[Firm, ...], door: Door, people: Sequence[Person]
) -> Iterator[None]:
    """Write the policy; for consents, with the replica of LinkedIn's consent page running."""
    if door is not Door.CONSENT:
        write_atomic(asked.policy, roster.policy_text(group, door), mode=None)
        yield
        return
    with ConsentSite(records.member_of(person) for person in people) as site:
        write_atomic(asked.policy, roster.policy_text(group, door, site.origin), mode=None)
        os.environ[SECRET_VARIABLE] = SECRET
        policy = policy_of(asked.policy)
        store = open_store(policy)
        now = datetime.now(UTC)
        links = invite_members(prepare(asked, policy, store), store.engine, now, again=True).links
        conditions = {person.number: person.sight.condition for person in people}
        for link in links:
            _consent(policy, store.engine, site, link, conditions[link.employee.employee_id], now)
        yield


def _consent(
    policy: Policy, engine: sa.Engine, site: ConsentSite, link: PersonalLink, condition: str, now: datetime
) -> None:
    """What a person does with the link: nothing, consent, or consent and end it at LinkedIn."""
    purpose, text = link.address.split("/")[-2:]
    invitation = open_link(policy, engine, purpose, text, now).invitation
    if condition == "never given" or invitation is None:
        return
    employee: Employee = link.employee
    browser = secrets.token_hex(16)
    address = consent_address(policy, engine, invitation, browser, now)
    known = {employee.employee_id: employee}
    come_back(policy, engine, site.visit(address, employee.employee_id), browser, known.get, now)
    if condition == "ended":
        site.end_consent(employee.employee_id)
        look_again(policy, engine, employee, now)


def _saved_pages(people: Iterable[Person], folder: Path) -> None:
    pictures = folder.parent / "pictures"
    pictures.mkdir(exist_ok=True)
    for person in people:
        file = saved_page(person, _moment(person))
        if file is None:
            continue
        _put(folder / file.name, file.body, _moment(person))
        if file.picture and person.carried:
            beside = folder / f"{file.name.removesuffix('.html')}_files"
            beside.mkdir(exist_ok=True)
            os.link(_shared(pictures, person.carried), beside / file.picture)


def _shared(folder: Path, carried: Carried) -> Path:
    """The one copy of a picture that many people carry."""
    path = folder / carried.file
    if not path.exists():
        _put(path, carried.body, _SEEN)
    return path


def _exports(people: Iterable[Person], folder: Path) -> None:
    for person in people:
        _put(folder / f"{person.number}.zip", records.export_of(person, _moment(person)), _moment(person))


def _snapshots(people: Iterable[Person], folder: Path) -> None:
    for person in people:
        if person.sight.condition != "no file":
            _put(folder / f"{person.number}.json", records.snapshot_of(person), _moment(person))


def _vendor(people: Iterable[Person], folder: Path) -> None:
    lines = (json.dumps(records.vendor_record(person, _moment(person))) for person in people)
    _put(folder / "leads.jsonl", "\n".join(lines).encode(), _SEEN)


def _statements(people: Iterable[Person], folder: Path) -> None:
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)
    answered = [person for person in people if person.sight.condition != "not answered"]
    for person in answered:
        if person.carried:
            _shared(pictures, person.carried)
    rows = (records.statement_of(person, _moment(person)) for person in answered)
    _put(folder / "answers.csv", records.table_text(records.STATEMENT, rows), _SEEN)


def _no_files(_people: Iterable[Person], _folder: Path) -> None:
    """Members' consents bring no file."""


_WRITERS: Mapping[Door, Callable[[Sequence[Person], Path], None]] = {
    Door.VISITOR: _saved_pages,
    Door.SIGNED_IN: _saved_pages,
    Door.EXPORT: _exports,
    Door.SNAPSHOT: _snapshots,
    Door.VENDOR: _vendor,
    Door.ATTESTATION: _statements,
}


def _moment(person: Person) -> datetime:
    return _STALE if person.stale else _SEEN


def _put(path: Path, body: bytes, moment: datetime) -> None:
    path.write_bytes(body)
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def _look_at_site(request: ProofRequest, sheet: _Sheet) -> None:
    """Some people of the demo's company, on its replica site, in a real browser; their truth is the demo's
    own."""
    folder = request.folder / "browser"
    with build_world(folder, max(60, request.browser), seed=request.seed) as world:
        chosen = Random(f"site/{request.seed}").sample(list(world.truth), request.browser)
        asked = RunRequest(
            world.roster,
            world.policy,
            folder / "reports",
            today=world.today,
            resume=False,
            select=tuple(one.employee_id for one in chosen),
        )
        found = _run(asked)
    for one in chosen:
        outcomes = _outcomes(found.get(one.employee_id))
        for rule, expected in one.outcomes.items():
            outcome = outcomes.get(rule)
            truth = _DEMO_TRUTH[expected.outcome]
            answer = sheet.count(PROGRAM, rule, Door.BROWSER, truth, verdict_of(outcome))
            if answer not in _GOOD:
                code = getattr(outcome, "code", "")
                sheet.misses.append(Miss(rule, answer, code, f"{Door.BROWSER} / {one.case}", one.employee_id))
