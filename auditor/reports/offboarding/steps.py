"""What the steps of a departure are called: sides, owners and conditions in words."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language.words import Words, mark
from auditor.offboarding.steps import Step, steps

SIDES = {"company": mark("The company"), "leaver": mark("The person")}
DOERS = {
    "Contract owner": mark("Contract owner"),
    "HR": mark("HR"),
    "HR + DPO": mark("HR + DPO"),
    "IT": mark("IT"),
    "Leaver": mark("The person"),
    "Legal": mark("Legal"),
    "Marketing": mark("Marketing"),
    "Marketing / Recruiting / IT": mark("Marketing / Recruiting / IT"),
    "Page admin": mark("Page admin"),
    "Program": mark("Program"),
}
CONDITIONS = {
    "all": mark("always"),
    "role": mark("when the person had a role there"),
    "seat": mark("when the person had a seat"),
    "secret": mark("when the person knew shared passwords"),
    "factor": mark("when the person held a second factor"),
    "finding": mark("when still shown"),
    "open": mark("when still open after the letter"),
    "decided": mark("when so decided"),
    "agreement": mark("when a settlement agreement is made"),
    "pictured": mark("when the person is pictured"),
    "banner": mark("when the banner is still ours"),
    "wanted": mark("when wanted"),
    "verified": mark("when the profile shows a workplace verification"),
    "expense": mark("when one was paid"),
    "contractor": mark("for contractors"),
}


def step_facts(step: Step, words: Words) -> tuple[str, ...]:
    """Who does a step, when it applies and what confirms it, a line each."""
    say = words.say
    return (
        words.labelled(say("Owner"), say(DOERS[step.owner])),
        words.labelled(say("Applies"), say(CONDITIONS[step.when])),
        words.labelled(say("Confirmation wanted"), say(step.evidence)),
    )


def sentences() -> Iterator[str]:
    """Every English sentence of the table, for the catalogues."""
    for step in steps():
        yield from (step.what, step.evidence)
