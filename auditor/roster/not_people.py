"""Rows of a roster that are nobody: totals, group rows, mailboxes, rooms, service accounts."""

from __future__ import annotations

import re

from auditor.roster.words import folded, word_list

_TOTAL = re.compile(
    r"^(algemeen |eind|sub|grand |zwischen|gesamt)?(totaal|total|totaux|totalen|totals|summe|gesamt"
    r"|endsumme)\b"
    r"|^(aantal|anzahl|nombre|effectif|effectifs|count|headcount|number of|som|somme|sum|gemiddelde"
    r"|moyenne|average)\b"
    r"( (medewerkers|werknemers|personen|rijen|records|rows|employees|people|lignes|salaries|collaborateurs"
    r"|mitarbeiter|zeilen|personnes|heads|total|totaal|van|de|der))*( \d[\d ]*)?$"
    r"|^\d+ (rows?|rijen|records?|lignes|zeilen|medewerkers|employees|personen|people)\b"
)
_GROUP = re.compile(
    r"^(afdeling|departement|department|dienst|service|abteilung|entiteit|entite|entity|vestiging"
    r"|site|standort"
    r"|bedrijf|company|societe|firma|team|groep|group|groupe|gruppe|kostenplaats|cost center|locatie"
    r"|location"
    r"|werkgever|legal entity|region|regio|division|divisie)\b",
)
_FOOTER = re.compile(
    r"^(opgesteld|gemaakt|afgedrukt|gegenereerd|pagina|page|seite|bron|source|quelle|genere|edite"
    r"|imprime|erstellt"
    r"|gedruckt|generated|printed|created|exported|export|confidential|vertrouwelijk|confidentiel"
    r"|vertraulich"
    r"|einde|end of report|fin|ende|peildatum|datum|date|stand|versie|version|note|nb|opmerking"
    r"|legende|legend)\b"
)
_ACCOUNT = re.compile(
    r"^(svc|sa|srv|sys|adm|app|bot|task|sql|api|ext-svc|service|robot|rpa|backup|scan|test|mfp|prn|rm|room|mtg|conf)[-_.]",
    re.IGNORECASE,
)
#: those that are nobody's name nor initials
_NOBODY = re.compile(r"^(svc|srv|sys|adm|sql|api|ext svc|rpa|mfp|prn|mtg)\b")
_ROOM = re.compile(
    r"^(vergaderzaal|vergaderruimte|vergaderkamer|meeting room|meetingroom|conference room|board room"
    r"|boardroom"
    r"|salle de reunion|salle de conference|besprechungsraum|besprechungszimmer|konferenzraum"
    r"|sitzungszimmer"
    r"|focus room|huddle room|bedrijfswagen|poolwagen|pool car)( \w{1,12}){0,2}$"
)
_ROOM_OR_NAME = re.compile(r"^(salle|zaal|ruimte|room|projector|beamer|parking)( \w{1,12}){0,2}$")
_SHARED = re.compile(
    r"\b(shared mailbox|gedeelde mailbox|gedeeld postvak|boite partagee|freigegebenes postfach"
    r"|service ?account"
    r"|serviceaccount|system account|systeemaccount|dienstkonto|compte de service|mailbox|postvak"
    r"|resource account"
    r"|test ?user|testaccount|testgebruiker|test account|distribution list|distributielijst|noreply"
    r"|no reply"
    r"|health ?mailbox|on premises directory synchronization)\b"
)


def is_total_or_group(first: str, filled: int, *, ruled_alone: bool = False) -> bool:
    """True for totals, group rows and footers; `first` is the first filled cell, `filled` how many are.

    `ruled_alone`: the row is one cell in a text file of several columns, where a torn row looks alike.
    """
    plain = folded(first)
    if _TOTAL.search(plain):
        return filled <= 4
    if ":" in first and _GROUP.search(plain):
        return filled <= 2
    if filled > 1:
        return False
    return bool(_FOOTER.search(plain)) if ruled_alone else True


def is_mailbox_or_room(name: str, mail: str, user_type: str, *, is_employed: bool, has_parts: bool) -> bool:
    """True for what an account list holds besides people.

    An employee number, a start date or a profile (`is_employed`) speaks for a person, and so do a first and a
    last name in columns of their own (`has_parts`), though not for a first name that means a room.
    """
    if folded(user_type).replace(" ", "") in word_list("not a user") or "#ext#" in mail.casefold():
        return True
    plain, local = folded(name), mail.partition("@")[0].casefold()
    if _SHARED.search(plain) or _NOBODY.search(plain):
        return True
    if _ROOM.search(plain) or (_ROOM_OR_NAME.search(plain) and not (is_employed and _has_first_name(plain))):
        return True
    if (is_employed or has_parts) and " " in plain:
        # "Press Office" of press@ is the mailbox that its address says it is
        return local in word_list("mailbox") and set(plain.split()) <= word_list("mailbox")
    return local in word_list("mailbox") or bool(_ACCOUNT.search(local) or _ACCOUNT.search(name.strip()))


def _has_first_name(plain: str) -> bool:
    """True for `salle marie`, not for `salle 3` and `salle des fetes`."""
    behind = plain.split()[1:]
    return (
        bool(behind) and all(word.isalpha() for word in behind) and behind[0] not in word_list("name prefix")
    )


def is_shared_mailbox(mail: str) -> bool:
    """True for an address that several people use, which tells nothing about who is who."""
    return mail.partition("@")[0].casefold() in word_list("mailbox")
