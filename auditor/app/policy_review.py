"""The yearly review of the policy: kept with a copy of the settings, and vouched for in the audit log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from auditor.app.paths import log_of, state_folder
from auditor.app.seal_report import banners_of
from auditor.config.plain_settings import plain_settings
from auditor.errors import StoreError, UsageError
from auditor.files.writing import write_atomic
from auditor.model.manifest import banners_digest
from auditor.model.policy import Policy
from auditor.model.policy_review import PolicyReview, SettingChange, changes_since, due_day

FILE_NAME = "policy-reviews.json"
POLICY_REVIEWED = "policy_reviewed"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where the review stands: the last one, the day of the next, and what changed since the last."""

    last: PolicyReview | None
    due: date
    changes: tuple[SettingChange, ...]


def review_state(policy: Policy, begun: date) -> ReviewState:
    """The state of the review; `begun` is the day of the first run. Raises StoreError."""
    reviews = reviews_of(policy)
    last = max(reviews, key=lambda one: one.day, default=None)
    changes = changes_since(last.settings, settings_of(policy)) if last else ()
    return ReviewState(last, due_day(reviews, begun), changes)


def sign_review(policy: Policy, engine: sa.Engine, signed_by: str, day: date) -> PolicyReview:
    """Record that somebody reviewed the policy as it is. The log names nobody.

    Raises UsageError without a name or for a day before the last review, StoreError.
    """
    name = " ".join(signed_by.split())[:_LONGEST_NAME]
    reviews = reviews_of(policy)
    if not name:
        raise UsageError(
            "Who signs the review?",
            'Example: auditor policy review --sign "An Peeters, HR"',
            code="REVIEW_UNSIGNED",
        )
    if reviews and day < max(one.day for one in reviews):
        raise UsageError(
            f"The policy was reviewed after {day} already.", "Look at the date.", code="REVIEW_TOO_EARLY"
        )
    review = PolicyReview(day, name, policy.sha256, settings_of(policy))
    path = state_folder(policy.path) / FILE_NAME
    text = json.dumps([_entry(one) for one in (*reviews, review)], ensure_ascii=False, indent=1) + "\n"
    try:
        write_atomic(path, text.encode("utf-8", "surrogatepass"))
    except OSError as trouble:
        raise StoreError(
            f"{path} cannot be written: {trouble.strerror or trouble}", code="NOT_WRITABLE"
        ) from None
    log_of(policy, engine).append(
        POLICY_REVIEWED,
        day=day.isoformat(),
        policy=policy.sha256,
        banners=banners_digest(banners_of(policy)),
        review=hashlib.sha256(json.dumps(_entry(review), sort_keys=True).encode()).hexdigest(),
    )
    return review


def reviews_of(policy: Policy) -> tuple[PolicyReview, ...]:
    """The reviews of an installation, in the order of signing. Raises StoreError for a damaged file: a
    review that cannot be read is not the same as none."""
    path = state_folder(policy.path) / FILE_NAME
    try:
        return tuple(map(_review, json.loads(path.read_text(encoding="utf-8"))))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise StoreError(
            f"{path} cannot be read.", "Put it back from a backup.", code="REVIEW_UNREADABLE"
        ) from None


def settings_of(policy: Policy) -> dict[str, str]:
    """The settings as they are kept with a review; a reference picture by its digest. Raises ConfigError."""
    pictures = {f"picture of {name}": sha256[:12] for name, sha256 in banners_of(policy).items()}
    return {**plain_settings(policy.path), **pictures}


def _entry(review: PolicyReview) -> dict[str, Any]:
    return {
        "day": review.day.isoformat(),
        "signed_by": review.signed_by,
        "policy_sha256": review.policy_sha256,
        "settings": dict(review.settings),
    }


def _review(entry: Mapping[str, Any]) -> PolicyReview:
    settings = {str(name): str(value) for name, value in entry["settings"].items()}
    day = date.fromisoformat(entry["day"])
    return PolicyReview(day, str(entry["signed_by"]), str(entry["policy_sha256"]), settings)
