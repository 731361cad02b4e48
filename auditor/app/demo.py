"""The invented company for `auditor demo`: its world in a folder, and the request to audit it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor.app.run_plan import RunRequest
from auditor.demo.people import LARGEST, SMALLEST
from auditor.demo.site import SCENARIOS
from auditor.demo.world import PEOPLE, World, build_world
from auditor.errors import ReportError, UsageError

__all__ = ["LARGEST", "PEOPLE", "SCENARIOS", "SMALLEST", "demo_request", "demo_world"]
#: a changed page is noticed against earlier runs only, so this scenario goes on in another one's world
FOLLOWS = {"drifted": "sound"}


@contextmanager
def demo_world(output: Path, people: int, scenario: str, *, resume: bool) -> Iterator[World]:
    """The world of a scenario with its site running. Raises UsageError, ReportError."""
    folder = output / "demo" / f"{FOLLOWS.get(scenario, scenario)}-{people}"
    try:
        world = build_world(folder, people, scenario, resume=resume)
    except ValueError as trouble:
        raise UsageError(f"--people: {trouble}.") from None
    except OSError as trouble:
        raise ReportError(
            f"The invented company cannot be written to {folder}: {trouble.strerror or trouble}",
            "Choose another folder with --output.",
        ) from None
    with world:
        yield world


def demo_request(world: World, output: Path, *, resume: bool) -> RunRequest:
    """The audit of the world: the very request that `auditor run` makes of a real roster."""
    return RunRequest(
        roster=world.roster, policy=world.policy, output=output, today=world.today, resume=resume
    )
