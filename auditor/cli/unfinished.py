"""The policy for commands that check nobody; they work before everything is filled in."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store
from auditor.cli.console import Console
from auditor.model.policy import Policy


def unfinished_policy(path: Path) -> Policy:
    """Load the policy and print what must be filled in before people are checked. Raises ConfigError."""
    loaded = policy_of(path, unfinished=True)
    if loaded.to_fill_in:
        console = Console()
        console.say("Before anybody is checked, fill in:")
        for mistake in loaded.to_fill_in:
            console.say(f"  {mistake}")
    return loaded


def open_unfinished(path: Path) -> tuple[Policy, sa.Engine]:
    """The policy, loaded in the same way, and its open store. Raises AuditorError."""
    loaded = unfinished_policy(path)
    return loaded, open_store(loaded).engine
