"""What a person hands over on the member's page: read, and kept where HR's run finds it."""

from __future__ import annotations

import csv
import io
import shutil
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa

from auditor.app.consent import has_objected, note
from auditor.app.evidence import is_from_the_future
from auditor.app.evidence_places import evidence_place, evidence_root
from auditor.app.examine import STATUS_OF_PAGE
from auditor.app.keep_evidence import arriving, keep_export, keep_page, remove_left_over
from auditor.app.registry import read_capture, sources
from auditor.app.run_plan import today_of
from auditor.files.names import number_part
from auditor.files.reading import MEGABYTE, try_to_read
from auditor.files.writing import write_atomic
from auditor.identity.page_identity import page_identity
from auditor.identity.same_person import Identity, same_person
from auditor.model.address import profile_slug
from auditor.model.capture import Capture, CaptureStatus
from auditor.model.employee import Employee, PersonName
from auditor.model.observed import Present
from auditor.model.policy import Policy
from auditor.model.profile import PageKind, Profile
from auditor.ports import SourceContext
from auditor.sources.attestation import BadForm, form_rows
from auditor.sources.member_export import capture_export
from auditor.sources.saved_pages import SOURCE as SAVED_PAGES
from auditor.sources.saved_pages import SUFFIXES, SavedPagesSettings, capture_saved_file, read_saved_file

PAGES, EXPORTS, FORM = "saved_pages", "member_export", "attestation"
#: a page and an export may be this large at most; so may a banner
LARGEST_PAGE, LARGEST_EXPORT, LARGEST_PICTURE = 25 * MEGABYTE, 90 * MEGABYTE, 8 * MEGABYTE
#: the sub-folder of what people hand over themselves, in their own folder of a source
OWN = "member-page"
COLUMNS = ("employee_id", "headline", "company_link", "banner", "answered_on")
_LONGEST_FIELD = 500
_PICTURES = ((b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"))
#: what is kept is written and deleted by one thread at a time
_LOCK = threading.Lock()


class Taken(StrEnum):
    """What became of something that was handed over."""

    READ = "read"
    OTHER_PERSON = "other_person"
    NO_PROFILE = "no_profile"
    SIGNED_IN = "signed_in"
    NOT_LOADED = "not_loaded"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NOT_TAKEN = "not_taken"
    OBJECTED = "objected"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a run finds evidence: the folder of saved pages and of exports, the form's file and its pictures.

    None: the policy names no place that people can add to.
    """

    pages: Path | None
    exports: Path | None
    form: Path | None
    pictures: Path | None

    def own(self, source: str, employee_id: str) -> Path | None:
        """The folder of what a person handed over to a source; None where it has no place."""
        root = self.pages if source == PAGES else self.exports
        return root / number_part(employee_id) / OWN if root else None


def places_of(policy: Policy, captures: Path | None = None) -> Places:
    """The places of a policy, as a run has them; `captures` is the one folder for all evidence, where a run
    is given one."""
    settings = policy.source_settings
    beside = policy.path.parent
    asked = settings.get(FORM)
    file, folder = (asked.file, asked.pictures) if asked else ("", "")
    form = None
    if file and Path(file).suffix.lower() == ".csv":
        root = evidence_root(policy, captures)
        around = [root / FORM, root, beside] if root else [beside]
        found = (place / file for place in around if (place / file).is_file())
        form = next(found, (captures or beside) / file)
    pictures = form.parent / folder if form and folder else None
    pages, exports = (evidence_place(policy, name, captures) for name in (PAGES, EXPORTS))
    return Places(pages, exports, form, pictures)


def make_places(places: Places) -> None:
    """Make what is not there yet, so that a run before the first answer finds its sources, and delete what a
    killed process left there half arrived. Raises OSError."""
    remove_left_over(places.pages, places.exports)
    for folder in (places.pages, places.exports):
        if folder:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if places.form and not places.form.exists():
        _write_rows(places.form, [])


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What the short form says. `banner` holds the bytes of a picture, empty where none was chosen."""

    headline: str
    company_link: str
    banner: bytes = b""


def evidence_days(policy: Policy, source: str) -> int:
    """For how many days a source's evidence counts."""
    return policy.evidence_days.get(source, sources()[source].evidence_days)


def answers_of(places: Places, employee_id: str) -> list[dict[str, str]]:
    """What a person stated in the short form, by its columns; also in a form that HR made."""
    if not places.form or not places.form.is_file():
        return []
    try:
        rows = form_rows(places.form, {})
    except BadForm:
        return []
    own = employee_id.strip().casefold()
    mine = [row for row in rows if str(row.get("employee_id", "")).strip().casefold() == own]
    return [{name: "" if value is None else str(value) for name, value in row.items()} for row in mine]


def drop_old_answers(policy: Policy, places: Places, today: date, *, dry_run: bool) -> int:
    """Delete the answers of the short form that are too old by now to count; returns how many. A form that HR
    made is HR's own. Raises OSError where it cannot be written."""
    first = (today - timedelta(days=evidence_days(policy, FORM))).isoformat()
    with _LOCK:
        rows = _rows(places.form) if places.form and places.form.is_file() else None
        old = [row for row in rows or () if row[-1][:10] < first]
        if rows and old and places.form and not dry_run:
            _write_rows(places.form, [row for row in rows if row not in old])
            for row in old:
                _remove_pictures(places, row[0])
    return len(old)


def accepts_signed_in(policy: Policy) -> bool:
    """Whether pages that were saved while signed in are read today."""
    settings = policy.source_settings[PAGES]
    return isinstance(settings, SavedPagesSettings) and settings.accepts_signed_in(today_of(policy))


def take_file(
    policy: Policy, engine: sa.Engine, places: Places, employee: Employee, name: str, upload: Path
) -> Taken:
    """Read an uploaded page or export and keep it for the run, or say why not. Its content never raises.

    Of `name`, which comes from outside, only the ending and the day of an export are used. Raises OSError
    where nothing can be written.
    """
    if has_objected(policy, engine, employee):
        return Taken.OBJECTED
    plain = name[-300:]
    suffix = Path(plain).suffix.lower() if "\0" not in plain else ""
    if suffix not in SUFFIXES | {".zip"}:
        return Taken.UNREADABLE
    source = EXPORTS if suffix == ".zip" else PAGES
    if upload.stat().st_size > (LARGEST_EXPORT if source == EXPORTS else LARGEST_PAGE):
        return Taken.TOO_LARGE
    target = places.own(source, employee.employee_id)
    if target is None:
        return Taken.NOT_TAKEN
    with arriving(target) as work:
        if source == EXPORTS:
            taken = _export(employee, upload, plain, work)
        else:
            taken = _page(policy, employee, upload, work)
        if taken is Taken.READ:
            with _LOCK:
                _replace(target, work, pages=source == PAGES)
    return _noted(policy, engine, places, employee, taken, source)


def take_form(
    policy: Policy, engine: sa.Engine, places: Places, employee: Employee, answer: FormAnswer, now: datetime
) -> Taken:
    """Keep what a person states as the newest answer of theirs. Raises OSError where it cannot be written."""
    if has_objected(policy, engine, employee):
        return Taken.OBJECTED
    if places.form is None:
        return Taken.NOT_TAKEN
    if len(answer.banner) > LARGEST_PICTURE:
        return Taken.TOO_LARGE
    suffix = next((suffix for start, suffix in _PICTURES if answer.banner.startswith(start)), "")
    if answer.banner and (not suffix or places.pictures is None):
        return Taken.UNREADABLE
    texts = [_field(answer.headline), _field(answer.company_link)]
    if not any((*texts, answer.banner)):
        return Taken.NOT_TAKEN
    banner = ""
    with _LOCK:
        rows = _rows(places.form)
        if rows is None:
            return Taken.NOT_TAKEN
        _remove_pictures(places, employee.employee_id)
        if answer.banner and places.pictures:
            banner = f"{_picture_stem(employee.employee_id)}{suffix}"
            places.pictures.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomic(places.pictures / banner, answer.banner)
        kept = [row for row in rows if row[0] != employee.employee_id]
        _write_rows(places.form, [*kept, [employee.employee_id, *texts, banner, now.isoformat()]])
    return _noted(policy, engine, places, employee, Taken.READ, FORM)


def kept_captures(policy: Policy, places: Places, employee: Employee) -> dict[str, Capture]:
    """The person's newest page, export and answer, by source, as a run would read them."""
    found: dict[str, Capture] = {}
    number = number_part(employee.employee_id)
    if places.pages and (places.pages / number).is_dir() and profile_slug(employee.profile_url or ""):
        today = today_of(policy)
        context = SourceContext(
            policy, (employee,), places.pages / number, lambda: False, today, read_page=read_capture
        )
        with SAVED_PAGES.open(policy.source_settings[PAGES], context) as pages:
            _keep_newest(found, PAGES, [pages.fetch(employee)])
    if places.exports:
        exports = [path for path in _files(places.exports / number) if path.suffix.lower() == ".zip"]
        _keep_newest(found, EXPORTS, [capture_export(path, employee) for path in exports])
    if places.form and places.form.is_file():
        from auditor.sources.attestation import Attestations

        answers = Attestations(policy.source_settings[FORM], places.form, day_first=policy.roster.day_first)
        _keep_newest(found, FORM, [answers.fetch(employee)])
    return found


def remove_handed_over(places: Places, employee_id: str) -> bool:
    """Delete what a person handed over on this page; False where there was nothing. Raises OSError."""
    removed = False
    with _LOCK:
        for source in (PAGES, EXPORTS):
            folder = places.own(source, employee_id)
            if folder and folder.is_dir():
                shutil.rmtree(folder)
                removed = True
        rows = _rows(places.form) if places.form and places.form.is_file() else None
        kept = [row for row in rows or () if row[0] != employee_id]
        if places.form and rows is not None and len(kept) < len(rows):
            _write_rows(places.form, kept)
            removed = True
        _remove_pictures(places, employee_id)
    return removed


def _noted(
    policy: Policy, engine: sa.Engine, places: Places, employee: Employee, taken: Taken, source: str
) -> Taken:
    """What was kept leaves a line in the log; what came while the person objected is deleted again."""
    if taken is Taken.READ and has_objected(policy, engine, employee):
        remove_handed_over(places, employee.employee_id)
        return Taken.OBJECTED
    if taken is Taken.READ:
        note(policy, engine, f"handed_over_{source}", employee.employee_id)
    return taken


def _page(policy: Policy, employee: Employee, upload: Path, folder: Path) -> Taken:
    """Read a saved page and keep what was read of the person's own profile; the page itself is not kept."""
    if read_saved_file(upload).trouble:
        return Taken.UNREADABLE
    own = profile_slug(employee.profile_url or "")
    accepted = accepts_signed_in(policy)
    capture = capture_saved_file(upload, employee.employee_id, signed_in=accepted)
    profile = read_capture(capture) if capture.status is CaptureStatus.OK else None
    if profile is not None and profile.page_kind is PageKind.PROFILE_SIGNED_IN:
        whose = profile.slug or ""  # as the page itself shows it; where it was saved from may be another's
    else:
        whose = _slug_in(upload, employee)
        capture = capture_saved_file(upload, employee.employee_id, employee.profile_url or "")
        profile = read_capture(capture) if capture.status is CaptureStatus.OK else None
    if whose and whose != own:
        return Taken.OTHER_PERSON
    if profile is None or is_from_the_future(capture, datetime.now(UTC).date()):
        return Taken.UNREADABLE
    if profile.page_kind is PageKind.LOGGED_IN:
        return Taken.NOT_LOADED if accepted else Taken.SIGNED_IN
    if STATUS_OF_PAGE.get(profile.page_kind) is not CaptureStatus.OK:
        return Taken.NO_PROFILE
    if not whose or not _may_be(employee, profile):
        return Taken.OTHER_PERSON
    keep_page(capture, profile, whose, folder)
    return Taken.READ


def _export(employee: Employee, upload: Path, name: str, folder: Path) -> Taken:
    """Keep of an archive only the audited columns of its three tables."""
    kept = keep_export(upload, name, folder)
    capture = capture_export(kept, employee) if kept else None
    if (
        capture is None
        or capture.status is not CaptureStatus.OK
        or is_from_the_future(capture, datetime.now(UTC).date())
    ):
        return Taken.UNREADABLE
    return Taken.READ if _may_be(employee, read_capture(capture)) else Taken.OTHER_PERSON


def _slug_in(path: Path, employee: Employee) -> str:
    """The profile that a saved page says it is; empty where it names none."""
    page = read_saved_file(path)
    identity = page_identity(page.text, page.origin, employee.profile_url or "")
    return identity.slug if identity else ""


def _may_be(employee: Employee, profile: Profile) -> bool:
    known = employee.name or PersonName(employee.full_name)
    shown = profile.full_name
    return not isinstance(shown, Present) or same_person(known, shown.value) is not Identity.DIFFERS


def _keep_newest(found: dict[str, Capture], source: str, captures: list[Capture]) -> None:
    usable = [one for one in captures if one.status is CaptureStatus.OK]
    if usable:
        found[source] = max(usable, key=lambda one: one.captured_at)


def _files(root: Path) -> list[Path]:
    """The files of a person's folder; links lead nowhere and hidden ones are passed over."""
    found = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in found if not any(p.startswith(".") for p in path.relative_to(root).parts))


def _replace(target: Path, work: Path, *, pages: bool) -> None:
    """Put what has arrived in the place of what was handed over before."""
    target.mkdir(exist_ok=True, mode=0o700)
    new = {path.name for path in work.iterdir()}
    for path in work.iterdir():
        path.replace(target / path.name)
    for path in target.iterdir():
        if path.name not in new and (path.suffix != ".zip") is pages:  # both may lie in one folder
            path.unlink()


def _rows(form: Path) -> list[list[str]] | None:
    """The answers as this page writes them; None for a form that is not ours to write to."""
    if not form.is_file():
        return []
    try:
        form_rows(form, {})
    except BadForm:
        return None
    found = try_to_read(form, LARGEST_PAGE)
    rows = list(csv.reader(io.StringIO(found.body.decode("utf-8-sig", "replace"), newline="")))
    return rows[1:] if not found.trouble and rows and tuple(rows[0]) == COLUMNS else None


def _write_rows(form: Path, rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([list(COLUMNS), *rows])
    form.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomic(form, out.getvalue())


def _field(text: str) -> str:
    """A text as one cell; a spreadsheet program must not take it for a formula."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text[:_LONGEST_FIELD])
    plain = " ".join(plain.split())
    return f" {plain}" if plain.startswith(("=", "+", "-", "@")) else plain


def _picture_stem(number: str) -> str:
    return f"{OWN}-{number_part(number)}"


def _remove_pictures(places: Places, number: str) -> None:
    for _, suffix in _PICTURES:
        if places.pictures:
            (places.pictures / f"{_picture_stem(number)}{suffix}").unlink(missing_ok=True)
