"""Everything one run learnt about one person: what was tried, what was seen, what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from auditor.model.capture import REFUSALS, CaptureStatus
from auditor.model.employee import Employee
from auditor.model.judgement import BannerJudgement
from auditor.model.message import Text
from auditor.model.profile import PageKind
from auditor.model.rule import WHO_IS_THIS, CheckResult, Undetermined

#: with these nothing was looked at, so there is no evidence
NOTHING_OPENED = frozenset({CaptureStatus.NO_URL, CaptureStatus.NOT_ATTEMPTED})


@dataclass(frozen=True, slots=True)
class Trial:
    """One step of the evidence ladder for one person: what was tried and what it gave.

    `fields` maps each profile field to `present`, `absent` or `unseen` (`Profile.field_states`); `decided`
    lists the rules whose outcome rests on this step. `postponed`: nothing was opened although it could
    have been (refused before, the day's cap, stopped), so resuming should try again. `crashed`: a source or
    an extractor of ours failed on it. `from_file`: the source reads files, which cannot refuse; `file_name`
    is the file's, without folder, where there was one. `digests` are the SHA-256 of what was read, the page
    first.
    """

    source: str
    status: CaptureStatus
    page_kind: PageKind | None
    captured_at: datetime
    http_status: int | None = None
    attempts: int = 1
    trouble: Text = ""
    layout: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    decided: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    postponed: bool = False
    crashed: bool = False
    from_file: bool = False
    file_name: str = ""
    digests: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a site refused the visit; a saved copy of a refusal is only a file of no use."""
        return self.status in REFUSALS and not self.from_file


@dataclass(frozen=True, slots=True)
class Basis:
    """What an examination rests on. `about` is a digest of the program, the policy and the roster's facts,
    `evidence` of what the first `steps` of the ladder held; from `first` to `last` the day makes no
    difference. So many evidence `pictures` came of it."""

    about: str
    evidence: str
    first: date
    last: date
    steps: int
    pictures: int


@dataclass(frozen=True, slots=True)
class Examination:
    """A person with the trials made and the results reached. No trial: no evidence was wanted.

    `judgements` are those of the person's pictures, for the next time; the store keeps them apart. `basis`
    None: the person is examined anew next time. `as_before`: it is that of the last run, since nothing that
    it rests on has changed.
    """

    employee: Employee
    trials: tuple[Trial, ...]
    results: tuple[CheckResult, ...]
    judgements: Mapping[str, BannerJudgement] = field(default_factory=dict, compare=False)
    basis: Basis | None = field(default=None, compare=False)
    as_before: bool = field(default=False, compare=False)

    @property
    def best(self) -> Trial | None:
        """The trial that decided most; among equals the earliest step."""
        return max(self.trials, key=lambda trial: len(trial.decided), default=None)

    @property
    def status(self) -> CaptureStatus | None:
        """The capture status to report for the person; None where nobody's page was wanted."""
        best = self.best
        return best.status if best else None

    def evidence_of(self, result: CheckResult) -> Trial | None:
        """The trial whose evidence a result rests on; None where nothing was looked at."""
        found = (t for t in self.trials if t.source == result.source and t.status not in NOTHING_OPENED)
        return next(found, None)


def asked_name(examination: Examination) -> str | None:
    """The name on a page of which it is not sure whether it is the person's; None where HR has nothing to
    answer."""
    outcomes = (result.outcome for result in examination.results)
    asked = (one for one in outcomes if isinstance(one, Undetermined) and one.code == WHO_IS_THIS)
    return next((str(one.observed) for one in asked), None)
