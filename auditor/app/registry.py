"""Discovers the rules, sources, extractors, reporters and writers in their folders."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import auditor.extract
import auditor.reports.documents
import auditor.rules
import auditor.sources
import auditor.writers
from auditor.config import load_policy
from auditor.discovery import discover, modules_of
from auditor.model.capture import Capture, CaptureFormat
from auditor.model.policy import Policy
from auditor.model.profile import Profile
from auditor.model.report import RuleText
from auditor.model.rule import Criterion, Rule
from auditor.ports import Extractor, Reporter, Source, Writer
from auditor.roster.headings import RosterField

_SECTION = re.compile(r"^(What it checks|Why it matters|Example|How to fix|Settings)\s*$", re.MULTILINE)


@cache
def rules() -> list[Rule]:
    """All rules, in the order of their ids."""
    return sorted(discover(auditor.rules, "RULE", Rule), key=lambda rule: rule.id)


@cache
def leaver_rules() -> frozenset[str]:
    """The ids of the rules about people who have left."""
    return frozenset(rule.id for rule in rules() if rule.about is Criterion.LEAVER)


@cache
def sources() -> dict[str, Source]:
    """All sources by name."""
    return {source.name: source for source in discover(auditor.sources, "SOURCE", Source)}


@cache
def source_titles() -> Mapping[str, str]:
    """The names of the sources for people, by source; of each that has one."""
    return {name: source.title for name, source in sources().items() if source.title}


@cache
def readers() -> Mapping[CaptureFormat, Callable[[Capture], Profile]]:
    """The reader of every capture format."""
    found = discover(auditor.extract, "EXTRACTOR", Extractor)
    return {one.format: _read_once(one.read) for one in found}


def _read_once(read: Callable[[Capture], Profile]) -> Callable[[Capture], Profile]:
    """A reader that remembers the latest capture: a source asks what a page is before it is examined."""
    latest: list[tuple[Capture, Profile]] = []

    def reading(capture: Capture) -> Profile:
        bare = replace(capture, file_name="", notes=())  # what says nothing of the content
        for known, profile in latest[:]:
            if known == bare:
                return profile
        profile = read(capture)
        latest[:] = [(bare, profile)]
        return profile

    return reading


def read_capture(capture: Capture) -> Profile:
    """What the reader of its format sees in a capture."""
    return readers()[capture.format](capture)


@cache
def reporters() -> list[Reporter]:
    """All reporters."""
    return discover(auditor.reports.documents, "REPORTER", Reporter)


@cache
def writers() -> list[Writer]:
    """All writers."""
    return discover(auditor.writers, "WRITER", Writer)


@cache
def rule_texts() -> tuple[RuleText, ...]:
    """Every rule in its own words, from its file."""
    texts = [_rule_text(module) for module in modules_of(auditor.rules)]
    return tuple(sorted(texts, key=lambda text: text.id))


def policy_of(path: Path, *, unfinished: bool = False) -> Policy:
    """The checked policy of a file; `unfinished` as in `load_policy`. Raises ConfigError."""
    return load_policy(
        path, rules(), list(sources().values()), fields=list(RosterField), unfinished=unfinished
    )


def _rule_text(module: ModuleType) -> RuleText:
    rule: Rule = module.RULE
    parts = _SECTION.split(inspect.cleandoc(module.__doc__ or ""))
    sections = {"Summary": parts[0].strip()}
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        sections[heading] = inspect.cleandoc(text.strip("\n")).strip()
    return RuleText(rule.id, rule.name, sections, rule.about, rule.words)
