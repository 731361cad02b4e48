"""How often each field could be read in a run, per source and shape of page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auditor.domain.capture import CaptureStatus
from auditor.domain.examination import Examination


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the pages of a run let us read.

    `pages` counts the readable pages by `<source>.<shape>`. By `<source>.<shape>.<field>`, as shares
    between 0 and 1: `read` of the pages on which the field was decided (shown, or surely not there),
    `shown` of those on which it stood.
    """

    pages: Mapping[str, int] = field(default_factory=dict)
    read: Mapping[str, float] = field(default_factory=dict)
    shown: Mapping[str, float] = field(default_factory=dict)


def measure(examinations: Iterable[Examination]) -> Coverage:
    """The coverage of all pages that could be read."""
    pages: Counter[str] = Counter()
    states: dict[str, Counter[str]] = {}
    for examination in examinations:
        for trial in examination.trials:
            if trial.status is not CaptureStatus.OK or trial.page_kind is None:
                continue
            shape = f"{trial.source}.{trial.page_kind}"
            pages[shape] += 1
            for name, state in trial.fields:
                states.setdefault(f"{shape}.{name}", Counter())[state] += 1
    read, shown = {}, {}
    for key, counts in sorted(states.items()):
        total = pages[key.rsplit(".", 1)[0]]
        shown[key] = counts["present"] / total
        read[key] = (counts["present"] + counts["absent"]) / total
    return Coverage(dict(sorted(pages.items())), read, shown)
