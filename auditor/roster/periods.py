"""What a date is of, by the headings around it: the employment, or a leave or another period."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.roster.grid import Row
from auditor.roster.headings import END_OR_LEAVE, RosterField, tells_of_return
from auditor.roster.words import compact, folded

#: what a group of columns is about: employment, or something else that begins and ends
_OF_EMPLOYMENT = re.compile(
    r"dienstverband|dienstbetrekking|in dienst|vertrag|contract|contrat|employ|emploi|arbeitsverhaltnis"
    r"|beschaftig|anstellung|aanstelling|tewerkstelling|occupation"
)
_OF_SOMETHING_ELSE = re.compile(
    r"verlof|vakantie|ouderschap|elternzeit|mutterschutz|urlaub|conge|\bleave\b|holiday|absen|afwezig|abwesen"
    r"|verzuim|ziek|krank|malad|sick|sabbat|tijdskrediet|credit temps|onderbreking|proef|essai|prob[ae]"
    r"|formation|schulung|training|ausbildung|mission|opdracht|projec?t|projekt|functie|funktion"
    r"|fonction|position|visum|visa|vergunning|permi[ts]|detach|entsend|secondment|stage|maternit|parental"
    r"|opleiding|lease|abonne"
)


def is_about_employment(text: str) -> bool:
    """True for a folded heading on the employment itself."""
    return bool(_OF_EMPLOYMENT.search(text))


#: headings that say nothing without what they are of
WITHOUT_A_SUBJECT = frozenset(
    {
        "begin",
        "beginn",
        "start",
        "debut",
        "begindatum",
        "beginndatum",
        "startdatum",
        "startdate",
        "datumbegin",
    }
    | {
        "datededebut",
        "datedebut",
        "einde",
        "ende",
        "end",
        "fin",
        "einddatum",
        "enddatum",
        "enddate",
        "datumeinde",
    }
    | {"datedefin", "datefin", "status", "statut", "state", "toestand"}
)


_BEGINNING = r"begin|start|aanvang|vanaf|\bvan\b|debut|\bdu\b|\bab\b|\bvon\b|\bseit\b|from|since|sinds"
#: the beginning of something that another column tells the end of
_BEGINS = re.compile(f"{_BEGINNING}|ingang|eerste|premier|erster|depuis")
_ABSENCE = (
    r"verlof|ouderschap|elternzeit|mutterschutz|urlaub|conge|\bleave\b|\bloa\b|absen[ct]|afwezig|abwesen"
    r"|sabbat|tijdskrediet|credit temps|loopbaanonderbreking|maternit|parental|time off"
)
_OF_A_PERIOD = (
    rf"{_BEGINNING}|end|einde|fin\b|until"
    r"|\bto\b|\btot\b|\bau\b|\bbis\b|last day|laatste dag|dernier jour|letzter tag|\bon leave|of absence"
)
_OF_A_KIND = (
    r"type|soort|aard|category|categorie|kind|\bart\b|art$|nature|reason|motif|grund|reden|code|\bcd\b"
)
#: a leave of absence that begins or ends, or of one kind or another; `Leave balance` is about holidays
_OF_A_LEAVE = re.compile(f"(?=.*(?:{_ABSENCE}))(?=.*(?:{_OF_A_PERIOD}|{_OF_A_KIND}))")
_KIND_OF_LEAVE = re.compile(f"(?=.*(?:{_ABSENCE}))(?=.*(?:{_OF_A_KIND}))")
#: a reason that does not say of what
_REASONS = frozenset({"motif", "grund", "reden", "reason"})


def beside_a_leave(
    name: str, index: int, headings: Sequence[str], sample: Sequence[Row], *, employs: bool
) -> str:
    """The heading by which a date of going may be that of a leave, empty where there is none.

    `Return date` speaks anywhere in the sheet; `Leave type` for a `Departure` and for a `Start` and `End`;
    `End of leave` for a last day worked; `Start of leave` for an `End` just behind it, or anywhere where no
    column is about the employment (`employs`). `headings`: those that the policy ignores are empty.
    """
    if name not in (END_OR_LEAVE, RosterField.LAST_WORKING_DAY):
        return ""
    others = [one for place, one in enumerate(headings) if place != index]
    speaking = [one for one in others if tells_of_return(one)]
    if name == RosterField.LAST_WORKING_DAY or "leave" in folded(headings[index]):
        speaking += [one for one in others if _OF_A_LEAVE.search(folded(one))]
    if compact(headings[index]) in WITHOUT_A_SUBJECT:
        near = others if not employs else headings[max(index - 1, 0) : index]
        speaking += [one for one in near if begins_something_else(one)]
        speaking += _kinds_of_leave(others, mostly_filled=_is_mostly_filled(sample, index))
    else:
        speaking += [one for one in others if _KIND_OF_LEAVE.search(folded(one))]
    return next(iter(speaking), "")


def _kinds_of_leave(headings: Sequence[str], *, mostly_filled: bool) -> list[str]:
    """The headings on the kind of a leave, where a mere `Start` stands among them too.

    `mostly_filled`: nearly everybody has an end, so that a `Reason` may be that of a leave.
    """
    if not any(compact(one) in WITHOUT_A_SUBJECT and _BEGINS.search(folded(one)) for one in headings):
        return []
    return [
        one
        for one in headings
        if _KIND_OF_LEAVE.search(folded(one)) or (mostly_filled and compact(one) in _REASONS)
    ]


def _is_mostly_filled(sample: Sequence[Row], index: int) -> bool:
    rows = [row for row in sample if not row.is_blank()]
    return sum(bool(row.cell(index).strip()) for row in rows) * 2 > len(rows)


def begins_something_else(heading: str) -> bool:
    """True for the beginning of a leave or another period that is not the employment."""
    plain = folded(heading)
    if _OF_EMPLOYMENT.search(plain):
        return False
    return bool(_BEGINS.search(plain) and _OF_SOMETHING_ELSE.search(plain))


def is_of_something_else(heading: str, group: str, *, employs: bool) -> bool:
    """True for `End` under `Parental leave`, and under any other group where one is about employment."""
    if not group or compact(heading) not in WITHOUT_A_SUBJECT or _OF_EMPLOYMENT.search(group):
        return False
    return employs or bool(_OF_SOMETHING_ELSE.search(group))
