"""The one JSON object that a source puts together for a person."""

from __future__ import annotations

import json
from typing import Any

from auditor.model.capture import ArtifactKind, Capture


def main_object(capture: Capture) -> dict[str, Any] | None:
    """The object in the main artifact; None where there is none or it is damaged."""
    main = capture.first(ArtifactKind.MAIN)
    try:
        found = json.loads(main.body) if main else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
