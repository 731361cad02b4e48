"""What a source brought for one person: bytes and circumstances, not yet read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from auditor.model.message import Text


class CaptureStatus(StrEnum):
    """How the attempt to get evidence of a person ended."""

    OK = "ok"
    NO_URL = "no_url"
    NOT_FOUND = "not_found"
    AUTH_WALL = "auth_wall"
    RATE_LIMITED = "rate_limited"
    CHALLENGE = "challenge"
    LOGGED_IN = "logged_in"
    WRONG_PAGE = "wrong_page"
    WRONG_PERSON = "wrong_person"
    #: the name on the page may be the person's: HR is asked, nothing is judged until then
    WHO_IS_THIS = "who_is_this"
    TIMEOUT = "timeout"
    NETWORK_ERROR = "network_error"
    UNREADABLE = "unreadable"
    NOT_ATTEMPTED = "not_attempted"


#: The site refuses us: going on would be pushing.
REFUSALS = frozenset({CaptureStatus.AUTH_WALL, CaptureStatus.RATE_LIMITED, CaptureStatus.CHALLENGE})


class CaptureFormat(StrEnum):
    """The shape of the main artifact; one extractor reads each."""

    PAGE = "page"
    #: a page whose reader may have been signed in when it was saved, as the policy accepts
    SIGNED_IN_PAGE = "signed_in_page"
    #: what was read of a saved page that is not kept itself
    PAGE_READING = "page_reading"
    MEMBER_EXPORT = "member_export"
    DMA_SNAPSHOT = "dma_snapshot"
    VENDOR_RECORD = "vendor_record"
    ATTESTATION = "attestation"
    NOTHING = "nothing"


class Crash(StrEnum):
    """The part of the program that failed on a person's evidence."""

    SOURCE = "source"
    EXTRACTOR = "extractor"


class ArtifactKind(StrEnum):
    """What one piece of a capture is."""

    MAIN = "main"
    BANNER = "banner"
    TOP_CARD = "top_card"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Artifact:
    """One piece of a capture. `address` is where it came from (a URL or a name inside a file).

    `trouble` says why `body` is empty although the piece is known to exist.
    """

    kind: ArtifactKind
    body: bytes
    address: str = ""
    media_type: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """What one source brought for one employee. `captured_at` is aware (UTC).

    `http_status` is None where there was no HTTP. `trouble` is a short phrase for people. `final`: where
    nothing was opened, trying again within the run would not change that. `file_name` is that of the file
    it comes from, without folder, `file_sha256` the digest of its bytes; empty where there is none. `crash`:
    which part of ours failed on it.
    """

    employee_id: str
    url: str
    final_url: str
    status: CaptureStatus
    captured_at: datetime
    source: str
    format: CaptureFormat
    http_status: int | None = None
    attempts: int = 1
    artifacts: tuple[Artifact, ...] = ()
    trouble: Text = ""
    retry_after: float | None = None
    notes: tuple[Text, ...] = ()
    final: bool = False
    file_name: str = ""
    crash: Crash | None = None
    file_sha256: str = ""

    def first(self, kind: ArtifactKind) -> Artifact | None:
        """The first artifact of a kind, or None."""
        return next((artifact for artifact in self.artifacts if artifact.kind is kind), None)

    def digests(self) -> tuple[str, ...]:
        """SHA-256 of what was read: of the file where it comes from one, else of the main piece; then of the
        other pieces, such as the banner."""
        bodies = [artifact for artifact in self.artifacts if artifact.body]
        others = [one for one in bodies if one.kind is not ArtifactKind.MAIN or not self.file_sha256]
        found = [hashlib.sha256(one.body).hexdigest() for one in others]
        return (self.file_sha256, *found) if self.file_sha256 else tuple(found)
