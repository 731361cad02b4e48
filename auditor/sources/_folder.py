"""The evidence folder and the files in it. Nothing outside the folder is ever read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from auditor.errors import SourceUnavailable
from auditor.files.names import number_part
from auditor.model.capture import Capture, CaptureFormat, CaptureStatus
from auditor.model.employee import Employee, RosterState
from auditor.model.message import Message, Text, say_count
from auditor.ports import SourceContext

MOST_ENTRIES = 200_000
DEEPEST = 8


def evidence_folder(source: str, configured: str, context: SourceContext) -> Path:
    """The folder a source reads: that of this run, or else the configured one next to the policy.

    A sub-folder that bears the source's name is taken first, so that one folder can serve a whole
    ladder. Raises SourceUnavailable where there is none.
    """
    folder = context.folder or (context.policy.path.parent / configured if configured else None)
    if folder is None:
        raise SourceUnavailable(
            f"{source}: no evidence folder is set.",
            f"Give one with --captures DIR, or as sources.{source}.folder in the policy.",
            code="EVIDENCE_FOLDER",
        )
    if not folder.is_dir():
        raise SourceUnavailable(
            f"{source}: the evidence folder {folder} does not exist.",
            "Create it, or correct its name.",
            code="EVIDENCE_FOLDER",
        )
    own = folder / source
    return own if own.is_dir() else folder


def evidence_file(source: str, configured: str, context: SourceContext) -> Path:
    """The one file a source reads: as configured, in the evidence folder or next to the policy."""
    if not configured:
        raise SourceUnavailable(
            f"{source}: no file is set.", f"Set sources.{source}.file in the policy.", code="EVIDENCE_FILE"
        )
    places = [context.policy.path.parent]
    if context.folder is not None:
        places = [context.folder / source, context.folder, *places]
    found = next((place / configured for place in places if (place / configured).is_file()), None)
    if found is None:
        raise SourceUnavailable(
            f"{source}: the file {configured} is neither in the evidence folder nor next to the policy.",
            code="EVIDENCE_FILE",
        )
    return found


def files_in(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    """Files with one of the (lower-case) suffixes, in the order of their names, at any depth.

    Links are not followed out of the folder and hidden files are passed over. Raises
    SourceUnavailable where the folder holds too much to be an evidence folder.
    """
    root = folder.resolve()
    seen = 0
    waiting = [(folder, 0)]
    while waiting:
        place, depth = waiting.pop()
        entries = _entries(place)
        seen += len(entries)
        if seen > MOST_ENTRIES:
            raise SourceUnavailable(
                f"The evidence folder {folder} contains more than {MOST_ENTRIES} files.",
                "Use a folder that contains only the evidence.",
                code="EVIDENCE_FOLDER_FULL",
            )
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if depth < DEEPEST:
                    waiting.append((Path(entry.path), depth + 1))
            elif Path(entry.name).suffix.lower() in suffixes and _is_ours(entry, root):
                yield Path(entry.path)


def _entries(place: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            found = [entry for entry in entries if not entry.name.startswith((".", "~$"))]
    except OSError:
        return []
    return sorted(found, key=lambda entry: entry.name)


def _is_ours(entry: os.DirEntry[str], root: Path) -> bool:
    try:
        if not entry.is_file():
            return False
        return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(root)
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The people of the roster who are not looked at, for instance because they objected: their files are
    counted, and named nowhere."""

    names: frozenset[str]
    numbers: frozenset[str]
    objects: Callable[[str], bool]

    @classmethod
    def of(cls, context: SourceContext) -> LeftOut:
        """Those of a run."""
        people = [one for one in context.employees if one.roster_state is RosterState.EXCLUDED]
        names = frozenset(" ".join(one.full_name.casefold().split()) for one in people) - {""}
        return cls(names, frozenset(number_part(one.employee_id) for one in people), context.objects)

    def owns(self, path: Path, folder: Path, address: str = "") -> bool:
        """Whether a file is theirs by the page's address, its folder, or the name in its own."""
        plain = " ".join(re.sub(r"[\W_]+", " ", path.stem.casefold()).split())
        bare = (" ".join(re.sub(r"[\W_]+", " ", name).split()) for name in self.names)
        if not self.numbers.isdisjoint(path.relative_to(folder).parts[:-1]) or any(
            one in plain for one in bare
        ):
            return True
        return bool(address) and self.objects(address)


def left_out_notice(count: int, folder: Path) -> tuple[Message, ...]:
    """What HR is told of files of people who are not looked at: how many, where, and no name."""
    if not count:
        return ()
    files = "{n} file" if count == 1 else "{n} files"
    rest = " in the folder {folder} of people who are not looked at, for instance after an objection; "
    return (
        say_count(
            f"{files}{rest}they were not read: delete them",
            "{n} file in the folder {folder} of people who are not looked at, for instance after an "
            "objection; it was not read: delete it",
            "{n} files in the folder {folder} of people who are not looked at, for instance after an "
            "objection; they were not read: delete them",
            n=count,
            folder=folder,
        ),
    )


_NOISE = re.compile(
    r"(?:basic|complete)_linkedindataexport(?:_\d{2}-\d{2}-\d{4})?"
    r"|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)\d{2}-\d{2}-\d{4}(?!\d)|\(\d{1,3}\)"
)
_BETWEEN = re.compile(r"[\s_,;+()\[\]]+|\s+-\s+")
_SUFFIX = re.compile(r"(?:\.[a-z]{2,6}){1,3}$")
#: a bare number that may as well be a day or a year
_DAY_OR_YEAR = re.compile(r"\d{1,2}|(?:19|20)\d{2}")
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonFiles:
    """Files by employee id, and the ids whose files also contain the id of somebody else."""

    by_id: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    contested: frozenset[str] = frozenset()

    def of_left_out(self, employees: Iterable[Employee]) -> int:
        """How many files are of people who are not looked at."""
        left_out = {one.employee_id for one in employees if one.roster_state is RosterState.EXCLUDED}
        return sum(len(self.by_id.get(one, ())) for one in left_out)


def tie(files: Iterable[Path], folder: Path, employees: Iterable[Employee]) -> PersonFiles:
    """Tie each file to the one person whose id stands in its name or in that of a folder above it, as it is
    or as the program itself writes it in names.

    Never by likeness: the id must stand there whole. A file that names two people is nobody's.
    """
    ids: dict[Words, set[str]] = {}
    for employee in employees:
        if employee.employee_id.strip():
            number = employee.employee_id
            for name in {number, number_part(number)}:
                ids.setdefault(_words(name), set()).add(number)
    by_id: dict[str, list[Path]] = {}
    contested: set[str] = set()
    for path in files:
        named = _named(path.relative_to(folder).parts, ids)
        if len(named) == 1:
            by_id.setdefault(named.pop(), []).append(path)
        else:
            contested |= named
    return PersonFiles(by_id, frozenset(contested))


def _named(parts: Sequence[str], ids: Mapping[Words, set[str]]) -> set[str]:
    named: set[str] = set()
    for name in (*parts[:-1], _SUFFIX.sub("", parts[-1].lower())):
        whole = ids.get(_words(name))
        named |= whole if whole else _inside(_words(_NOISE.sub(" ", name.lower())), ids)
    return named


def _inside(words: Words, ids: Mapping[Words, set[str]]) -> set[str]:
    """The ids among the words; one that is part of a longer one does not count."""
    found: set[str] = set()
    start = 0
    while start < len(words):
        length = next(
            (n for n in range(len(words) - start, 0, -1) if _is_id(words[start : start + n], words, ids)), 0
        )
        if length:
            found |= ids[words[start : start + length]]
        start += length or 1
    return found


def _is_id(run: Words, words: Words, ids: Mapping[Words, set[str]]) -> bool:
    alone = len(run) == len(words)
    return run in ids and (alone or not _DAY_OR_YEAR.fullmatch(" ".join(run)))


def _words(text: str) -> Words:
    words = (word.strip(".-") for word in _BETWEEN.split(text.casefold()))
    return tuple(word for word in words if word)


def without_evidence(
    employee: Employee,
    source: str,
    status: CaptureStatus,
    trouble: Text,
    *,
    captured_at: datetime | None = None,
    notes: tuple[Text, ...] = (),
) -> Capture:
    """A capture without artifacts. `captured_at` is now where the evidence has no date of its own; to the
    minute where nothing was tried, so that people of whom nothing is known share what is said of them."""
    nothing_tried = status in (CaptureStatus.NOT_ATTEMPTED, CaptureStatus.NO_URL)
    now = datetime.now(UTC)
    return Capture(
        employee_id=employee.employee_id,
        url=employee.profile_url or "",
        final_url="",
        status=status,
        captured_at=captured_at or (now.replace(second=0, microsecond=0) if nothing_tried else now),
        source=source,
        format=CaptureFormat.NOTHING,
        attempts=0 if nothing_tried else 1,
        trouble=trouble,
        notes=notes,
    )
