"""What blocks the next run, in the order in which it is to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from auditor.app.apply_decisions import planned
from auditor.app.paths import state_folder
from auditor.app.registry import policy_of, sources
from auditor.app.run_plan import RunPlan, RunRequest, open_store, prepare, today_of
from auditor.errors import AuditorError, ConfigError, SourceUnavailable, hint_of_extra
from auditor.files.writing import temporary_neighbour
from auditor.findings.run_notices import banner_notices
from auditor.language.words import words_of
from auditor.model.company import standing_banner
from auditor.model.policy import Policy
from auditor.model.rule import Criterion
from auditor.notices.sending import WITHOUT_PACKAGES, packages_are_there
from auditor.reports.not_assessed import rejected_lines
from auditor.store.database import alone

#: intake codes of notices that keep everybody of an entity from being checked
_BLOCKING = frozenset({"G05A"})


class Verdict(StrEnum):
    """What a check says of the next run."""

    FINE = "fine"
    WARNS = "warns"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `hint` says how to mend it, `code` names its message."""

    name: str
    verdict: Verdict
    text: str
    hint: str = ""
    code: str = ""


def examine_installation(policy: Path, roster: Path | None, output: Path) -> Iterator[Check]:
    """Every check, in order; after one that blocks all others are left out that depend on it."""
    try:
        loaded = policy_of(policy, unfinished=True)
    except ConfigError as trouble:
        yield from (Check("policy", Verdict.BLOCKS, str(one), code=trouble.code) for one in trouble.mistakes)
        return
    except AuditorError as trouble:
        yield Check("policy", Verdict.BLOCKS, trouble.message, trouble.hint, trouble.code)
        return
    open_points = [f"{one.key}: {one.message}" for one in loaded.to_fill_in]
    for text in open_points:
        yield Check("policy", Verdict.BLOCKS, text, f"Fill it in: {policy}")
    if not open_points:
        yield Check("policy", Verdict.FINE, f"{policy} is complete.")
    yield from _folders(loaded, output)
    yield from _banners(loaded)
    yield from _doors(loaded)
    if loaded.notices.addresses and not packages_are_there():
        text = f"No notice can be sent: {WITHOUT_PACKAGES}."
        yield Check("notices", Verdict.WARNS, text, hint_of_extra("notices"))
    if roster is None:
        yield Check("roster", Verdict.WARNS, "No roster was named.", "Name it with --roster FILE.")
        return
    yield from _roster(loaded, RunRequest(roster, policy, output, resume=False, keep=False))


def _folders(policy: Policy, output: Path) -> Iterator[Check]:
    for name, folder in (("store", state_folder(policy.path)), ("reports", output)):
        try:
            with temporary_neighbour(folder / ".trial"):
                pass
        except OSError as trouble:
            text = f"Nothing can be written to {folder}: {trouble.strerror or trouble}."
            yield Check(name, Verdict.BLOCKS, text, "Check who owns the folder, and free some disk space.")
            return
    try:
        store = open_store(policy)
        with alone(store.engine):
            yield Check("store", Verdict.FINE, f"The store opens; runs so far: {len(store.run_ids())}.")
    except AuditorError as trouble:
        yield Check("store", Verdict.BLOCKS, trouble.message, trouble.hint, trouble.code)


def _banners(policy: Policy) -> Iterator[Check]:
    if not any(one.rule.about is Criterion.BANNER for one in policy.rules):
        return
    today = today_of(policy)
    for entity, company in policy.companies.items():
        banner = standing_banner(company.banners, today, language=company.language)
        if banner is None:
            hint = f"auditor banner add PICTURE --entity {entity!r} --name NAME"
            text = f"{entity}: no banner is valid today, so nobody's banner can be judged."
            yield Check("banner", Verdict.WARNS, text, hint)
        else:
            yield Check("banner", Verdict.FINE, f"{entity}: {banner.name!r} is valid today.")
    for notice in banner_notices(policy.companies.values()):
        yield Check("banner", Verdict.WARNS, notice.message)


def _doors(policy: Policy) -> Iterator[Check]:
    """Whether each source of the ladder can be opened; no site is visited."""
    for name in dict.fromkeys((*policy.ladder, *(n for c in policy.companies.values() for n in c.ladder))):
        source = sources()[name]
        settings = policy.source_settings[name]
        if source.touches_network:
            try:
                if source.try_out:
                    source.try_out(settings)
            except SourceUnavailable as trouble:
                yield Check(
                    "evidence", Verdict.BLOCKS, f"{name}: {trouble.message}", trouble.hint, trouble.code
                )
                continue
            hosts = ", ".join(sorted(getattr(settings, "allowed_hosts", ())))
            text = f"{name}: visits {hosts}." if hosts else f"{name} can be asked."
            yield Check("evidence", Verdict.FINE, text)
            continue
        named = getattr(settings, "folder", "") or getattr(settings, "file", "")
        if not named:
            text = f"{name}: the policy names no place for it."
            hint = f"Set sources.{name} in the policy, or use --captures."
            yield Check("evidence", Verdict.WARNS, text, hint)
        elif not (policy.path.parent / named).exists():
            yield Check("evidence", Verdict.BLOCKS, f"{name}: {policy.path.parent / named} does not exist.")
        else:
            yield Check("evidence", Verdict.FINE, f"{name}: {named}")


def _roster(policy: Policy, request: RunRequest) -> Iterator[Check]:
    try:
        plan: RunPlan = prepare(replace(request, keep=False), policy, open_store(policy, keep=False))
    except AuditorError as trouble:
        yield Check("roster", Verdict.BLOCKS, trouble.message, trouble.hint, trouble.code)
        return
    people = planned(plan)
    yield Check("roster", Verdict.FINE, f"{request.roster} is read: {len(people)} people.")
    for line in rejected_lines(plan.reading.rows, words_of("en")):
        yield Check("roster", Verdict.WARNS, line, f"auditor inspect roster {request.roster}")
    for notice in dict.fromkeys((one.code, one.message) for one in plan.people.notices if not one.row):
        code, message = notice
        yield Check("roster", Verdict.BLOCKS if code in _BLOCKING else Verdict.WARNS, message)
