"""Captures of records, put together by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from auditor.model.capture import Artifact, ArtifactKind, Capture, CaptureFormat, CaptureStatus


def capture_of(form: CaptureFormat, *artifacts: Artifact) -> Capture:
    return Capture(
        "E-1",
        "",
        "",
        CaptureStatus.OK,
        datetime(2026, 3, 2, tzinfo=UTC),
        "a source",
        form,
        artifacts=artifacts,
    )


def piece(
    body: object, address: str = "", kind: ArtifactKind = ArtifactKind.MAIN, trouble: str = ""
) -> Artifact:
    raw = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    return Artifact(kind, raw, address, trouble=trouble)
