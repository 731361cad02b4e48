"""What every rule must settle first: is there a readable page at all, and is it the person's?"""

from __future__ import annotations

from auditor.domain.capture import CaptureStatus
from auditor.domain.observed import Present
from auditor.domain.rule import WHO_IS_THIS, Subject, Undetermined

_REASONS = {
    CaptureStatus.NO_URL: "no usable profile address is on file",
    CaptureStatus.NOT_FOUND: "the profile is not public or does not exist",
    CaptureStatus.AUTH_WALL: "the site asked the visitor to sign in",
    CaptureStatus.RATE_LIMITED: "the site refused the visit",
    CaptureStatus.CHALLENGE: "the site asked for a security check",
    CaptureStatus.LOGGED_IN: "the page was saved while signed in, and is not used",
    CaptureStatus.WRONG_PAGE: "the page is not this person's profile",
    CaptureStatus.WRONG_PERSON: "the page bears another name than the roster",
    CaptureStatus.WHO_IS_THIS: "it is not sure that the page is this person's",
    CaptureStatus.TIMEOUT: "the page did not come in time",
    CaptureStatus.NETWORK_ERROR: "the page could not be fetched",
    CaptureStatus.UNREADABLE: "the page could not be read",
    CaptureStatus.NOT_ATTEMPTED: "the page was not opened in this run",
}


def unreadable(subject: Subject) -> Undetermined | None:
    """The answer of every rule where there is no readable evidence; None where there is some.

    A name that fits nobody like the person is for a person to look at, and so is one that may fit: then
    `expected` holds the roster's name and `observed` the page's. The rest has nothing to see.
    """
    status = subject.capture.status
    if status is CaptureStatus.OK:
        return None
    reason = _REASONS[status]
    if subject.capture.trouble and subject.capture.trouble != reason:
        reason = f"{reason} ({subject.capture.trouble})"
    if status is CaptureStatus.WHO_IS_THIS:
        shown = subject.profile.full_name
        name = shown.value if isinstance(shown, Present) else ""
        return Undetermined(WHO_IS_THIS, reason, True, expected=subject.employee.full_name, observed=name)
    return Undetermined(status.upper(), reason)
