"""The people whose page is still wanted, as a workbook and a page with clickable links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.app.collect import Collector
from auditor.app.evidence_places import collected_places
from auditor.app.latest_report import LatestReport
from auditor.app.registry import writers
from auditor.app.run_plan import RunPlan, RunRequest, prepare, today_of
from auditor.app.wanted_people import Wanted, people_of_plan
from auditor.findings.decisions import settle
from auditor.language.words import Words, mark, words_of
from auditor.model.document import (
    CellKind,
    Column,
    Heading,
    HtmlPage,
    Link,
    Paragraph,
    Steps,
    Table,
    TextBlock,
    Workbook,
)
from auditor.reports.people import shown
from auditor.reports.saving_drawings import saving_drawings
from auditor.store.decisions import DecisionStore

#: so many people stand on the page for the browser, each with a link; the workbook lists everybody
MOST_LINKED = 500
HOW = (
    mark("Open the link in a private window of your browser, without signing in."),
    mark("Press Ctrl+S and choose “Webpage, complete” or a single file."),
    mark("Save it in the folder for saved pages; its name does not matter."),
)


@dataclass(frozen=True, slots=True)
class Worklist:
    """Whose page is wanted, of how many people, and how many may be asked for in a month (0 = all)."""

    wanted: tuple[Wanted, ...]
    people: int
    sample: int

    @property
    def months_for_all(self) -> int:
        """In how many months everybody's turn comes; 1 without a sample."""
        return max(1, -(-self.people // self.sample)) if self.sample else 1


def worklist_of(request: RunRequest) -> tuple[Worklist, RunPlan]:
    """The list for a roster and a policy, by what lies in the folders and what earlier runs saw. Raises
    AuditorError."""
    latest = LatestReport(request.policy)
    policy, store = latest.policy, latest.store
    plan = prepare(replace(request, keep=False), policy, store)
    people = people_of_plan(plan, settle(DecisionStore(store.engine).all()))
    places = collected_places(policy, request.captures)
    collector = Collector(policy, people, latest(), policy.path.parent, places)
    collector.note_kept()
    return Worklist(tuple(collector.wanted()), collector.people, policy.sample), plan


def write_worklist(worklist: Worklist, plan: RunPlan, folder: Path, language: str = "") -> list[Path]:
    """Write the workbook and the page. Raises ReportError."""
    words = words_of(language or plan.policy.language)
    name = f"worklist_{today_of(plan.policy):%Y-%m-%d}"
    say = words.say
    title = say("Pages that are still wanted")
    documents = (
        Workbook(
            f"{name}.xlsx",
            title,
            (_table(worklist, words),),
            say("Confidential - HR only"),
            language=words.language,
            page_of=say("Page {page} of {pages}"),
            part_printed=say("the first {n} of {all} rows"),
        ),
        HtmlPage(f"{name}.html", title, words.language, _blocks(worklist, words)),
    )
    return [
        path
        for document in documents
        for writer in writers()
        if isinstance(document, writer.kinds)
        for path in writer.write(document, folder)
    ]


def _lines(worklist: Worklist, words: Words) -> tuple[str, ...]:
    first = words.count(
        "{n} page is still wanted, of {all} people.",
        "{n} pages are still wanted, of {all} people.",
        len(worklist.wanted),
        all=words.number(worklist.people),
    )
    if not worklist.sample:
        return (first,)
    second = words.count(
        "The policy asks for {sample} people a month, and for leavers: everybody's turn comes in {n} month.",
        "The policy asks for {sample} people a month, and for leavers: everybody's turn comes in {n} months.",
        worklist.months_for_all,
        sample=words.number(worklist.sample),
    )
    return (first, second)


def _how(words: Words) -> tuple[str, ...]:
    return tuple(words.say(text) for text in HOW)


def _table(worklist: Worklist, words: Words) -> Table:
    say = words.say
    columns = (
        Column("name", say("Name"), 28, CellKind.WRAPPED),
        Column("employee_no", say("Employee no."), 14),
        Column("entity", say("Entity"), 22, CellKind.WRAPPED),
        Column("profile", say("Profile"), 26, CellKind.LINK),
        Column("seen", say("Newest page"), 14, CellKind.DATE),
        Column("leaver", say("Former employee"), 16),
        Column("done", say("Saved"), 12, editable=True),
    )
    rows = tuple(
        (
            shown(one.employee.full_name),
            shown(one.employee.employee_id),
            shown(one.employee.entity),
            _link(one, words) or "",
            one.seen_on,
            say("yes") if one.leaver else "",
            None,
        )
        for one in worklist.wanted
    )
    return Table(
        "worklist",
        say("Pages wanted"),
        columns,
        rows,
        lead=(
            *_lines(worklist, words),
            say("How to save a page"),
            *(f"{number}. {text}" for number, text in enumerate(_how(words), 1)),
        ),
        empty=say("Every page that is wanted is there."),
        freeze_columns=1,
    )


def _link(one: Wanted, words: Words) -> Link | None:
    url = one.employee.profile_url
    number = shown(one.employee.employee_id)
    return Link(url, words.say("Open profile {id}", id=number)) if url else None


def _blocks(worklist: Worklist, words: Words) -> tuple[TextBlock, ...]:
    blocks: list[TextBlock] = [Heading(words.say("Pages that are still wanted"), 1)]
    blocks += [Paragraph(text) for text in _lines(worklist, words)]
    blocks += [Heading(words.say("How to save a page")), Steps(_how(words), saving_drawings(words))]
    left = MOST_LINKED
    for title, chosen in _groups(worklist.wanted, words):
        blocks.append(Heading(f"{title} ({words.number(len(chosen))})"))
        for one in chosen[:left]:
            blocks += _person(one, words)
        if len(chosen) > left:
            more = words.count(
                "{n} more person: the workbook lists everybody.",
                "{n} more people: the workbook lists everybody.",
                len(chosen) - left,
            )
            blocks.append(Paragraph(more))
        left -= len(chosen[:left])
    return tuple(blocks)


def _groups(wanted: Sequence[Wanted], words: Words) -> list[tuple[str, list[Wanted]]]:
    leavers = [one for one in wanted if one.leaver]
    others = [one for one in wanted if not one.leaver]
    groups = [(words.say("Former employees first"), leavers), (words.say("In service"), others)]
    return [group for group in groups if group[1]]


def _person(one: Wanted, words: Words) -> list[TextBlock]:
    employee = one.employee
    if not employee.profile_url:
        return []
    seen = words.labelled(words.say("Newest page"), words.day(one.seen_on)) if one.seen_on else ""
    about = (shown(employee.employee_id), shown(employee.entity), seen)
    return [
        Link(employee.profile_url, shown(employee.full_name)),
        Paragraph(" · ".join(filter(None, about)), quiet=True),
    ]
