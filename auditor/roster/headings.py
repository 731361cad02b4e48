"""The fields of a roster, and the column headings by which they are recognised (`_headings.tsv`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from auditor.files.tables import package_rows
from auditor.roster.words import compact, visible


class RosterField(StrEnum):
    """What a column means. These are the words that the policy's `roster.columns` may use."""

    EMPLOYEE_ID = "employee_id"
    CLIENT_NUMBER = "client_number"
    COMPANY_NUMBER = "company_number"
    LEGAL_ENTITY = "legal_entity"
    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    GIVEN_NAME = "given_name"
    INITIALS = "initials"
    NAME_PREFIX = "name_prefix"
    LAST_NAME = "last_name"
    BIRTH_NAME = "birth_name"
    PARTNER_NAME = "partner_name"
    PARTNER_PREFIX = "partner_prefix"
    NAME_ORDER = "name_order"
    JOB_TITLE = "job_title"
    MANAGER = "manager"
    LANGUAGE = "language"
    TIER = "tier"
    STATUS = "status"
    IS_ACTIVE = "is_active"
    HAS_LEFT = "has_left"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_BLOCKED = "account_blocked"
    ACCOUNT_DELETED = "account_deleted"
    USER_TYPE = "user_type"
    WORKER_TYPE = "worker_type"
    START_DATE = "start_date"
    REHIRE_DATE = "rehire_date"
    ORIGINAL_START = "original_start"
    END_DATE = "end_date"
    LAST_WORKING_DAY = "last_working_day"
    CONTRACT_END = "contract_end"
    RENEWED_UNTIL = "renewed_until"
    RETURN_DATE = "return_date"
    WORK_EMAIL = "work_email"
    LINKEDIN_URL = "linkedin_url"
    RELATION_UNTIL = "relation_until"
    IGNORE = "ignore"


#: what the heading of an end date means that may be that of a leave too: `Leave date`, `End`
END_OR_LEAVE = "end_or_leave"
#: Fields that hold a date.
DATE_FIELDS = (
    RosterField.START_DATE,
    RosterField.REHIRE_DATE,
    RosterField.ORIGINAL_START,
    RosterField.END_DATE,
    RosterField.LAST_WORKING_DAY,
    RosterField.CONTRACT_END,
    RosterField.RENEWED_UNTIL,
    RosterField.RETURN_DATE,
    RosterField.RELATION_UNTIL,
)
#: Fields from which a name can be made.
NAME_FIELDS = frozenset(
    {
        RosterField.FULL_NAME,
        RosterField.FIRST_NAME,
        RosterField.GIVEN_NAME,
        RosterField.LAST_NAME,
        RosterField.BIRTH_NAME,
    }
)
#: Fields that hold a status word, or yes or no.
STATUS_WORD_FIELDS = (
    RosterField.STATUS,
    RosterField.IS_ACTIVE,
    RosterField.HAS_LEFT,
    RosterField.ACCOUNT_ENABLED,
    RosterField.ACCOUNT_BLOCKED,
    RosterField.ACCOUNT_DELETED,
)
#: Fields that tell whether somebody is in service.
STATUS_FIELDS = frozenset({*STATUS_WORD_FIELDS, RosterField.END_DATE, RosterField.LAST_WORKING_DAY})
#: National numbers, bank accounts, birth dates: no mapping of the policy can open them.
_NEVER = re.compile(
    r"bsn|insz|niss(?!an)|nrn$|rijksregister|burgerservice|sofinummer|nationaalnummer"
    r"|identificatienummersociale"
    r"|n(umero|o|r)?(de)?(registre)?national$|registrenational|nationalregist|nationalid"
    r"|nationalidentif|socialsecurity"
    r"|securitesociale|sozialversicherung|svnummer|^ssn$|steuerid|steuernummer|taxid|fiscalenummer"
    r"|fiscaalnummer"
    r"|iban|bankrek|bankaccount|bankkonto|rekeningnummer|rekeningnr|comptebancaire|numerodecompte"
    r"|kontonummer"
    r"|kontonr|^bic$|swift|geboortedatum|geboortedag|geboorteplaats|geboorteland|^geboren|^gebdat|gebdatum"
    r"|birthd|dateofbirth|placeofbirth|countryofbirth|birthplace|birthcountry|^dob$|datedenaissance"
    r"|lieudenaissance|paysdenaissance|naissancele|^nele$|geburtsd|geburtst|geburtso|geburtsland"
)
#: Other things that nobody needs here and that are sensitive.
_SENSITIVE = re.compile(
    r"nationalit|staatsangeh|staatsburger|citizenship|geslacht|^gender|^sexe?$|^geschlecht|^genre$"
    r"|burgerlijke"
    r"|burgstaat|marital|etatcivil|familienstand|echtgeno|spouse|conjoint|epou(x|se)|ehepartner"
    r"|ehegatt|huwelijk"
    r"|verzuim|ziekte|ziekmeld|absencereason|reasonfor|^motif|motifd|reden|grund$|leavereason"
    r"|terminationreason"
    r"|kundigungsgrund|austrittsgrund|religi|konfession|geloof|vakbond|union|syndica|gewerkschaft"
    r"|salar(y|is)"
    r"|salaire|brutoloon|nettoloon|gehalt|^loon$|wage|remuner|compensation|priv(e|at|ate)(telefoon"
    r"|mail|email|tel|gsm|phone|adres|address|handy)"
    r"|(telefoon|mail|email|tel|gsm|phone|mobile|telefon|adres|address|adresse)(prive|privee|privat"
    r"|private|personal|home|perso)"
    r"|(personal|home)(email|phone|mobile|mail|address)|(personnelle?|privee?)$|thuisadres|woonadres"
    r"|woonplaats"
    r"|straat|street|huisn|postcode|postalcode|zipcode|^zip$|codepostal|^plz$|postleitzahl|^adres$"
    r"|^address$"
    r"|^adresse$|anschrift|strasse|^rue$|homeaddress|wohnort|wohnadresse|domicil|handicap|disab"
    r"|behinder|schwerbehind"
    r"|medisch|medical|medizin|gezondheid|health|sante$|paspoort|passport|passeport|reisepass|idnummer"
    r"|identiteits|kinderen|children|enfants|^kinder|noodcontact|emergency|urgence|notfall|kenteken"
    r"|nummerplaat"
    r"|ethnic|etnisch|race$|^foto|^photo|^age$|^alter$|^leeftijd$|agegroup|veteran|pensioenn"
    r"|verjaardag|geburtstag"
)
#: back at work after a leave; wider than whole names, since such a date can only keep people in service
_RETURN = re.compile(
    r"return|back(to|at)work|dateback|firstdayback|backon$|resum(es|ed|ing|ption)?(of)?(work|date|on$)"
    r"|terugkeer|terugkomst|hervat|weeraanhetwerk|^terug(op|per|van.*|verwacht)?$|datumterug"
    r"|retour|reprise(du|de|des|au)?(travail|fonctions?|poste|service|activites?)"
    r"|^(date)?(de)?(la)?reprise(prevue|effective)?$"
    r"|^(date)?(expected)?back(date)?$|rentree|wiedereinstieg|ru?e?ckkehr|wiederkehr|wiederaufnahme|zuru?e?ck"
)
#: things that are given back, taxes, and what is asked about a return
_NO_RETURN = re.compile(
    r"laptop|badge|materi|equip|devi[cs]e|asset|keys?(card)?return|returnkeys?|sleutel|schluss|schlusel|wagen|auto"
    r"|returncar|carreturn|gsm|phone|telefo|toestel|gerat|tax|belasting|mail|document|formul|signed|getekend"
    r"|goods|goederen|invest|bedrag|amount|interview|scolaire|bureaux?$|office|pc$|ordinateur|computer|notebook|tablet|voiture|cles?$|pasje|uniform|kled|retourner|returned(by|to)"
)
#: a new employment, in other words than those of the table
_REHIRE = re.compile(
    r"rehir|rejoin|reinstat|herindienst|herintre|opnieuwindienst|weerindienst|reembauch|reengag|reintegr"
    r"|wiedereintr|wiedereinst"
)
_NO_REHIRE = re.compile(r"eligib|recommend|code|reason|reden|motif|grund|type|status|geschikt|allowed")
_AFFIXES = re.compile(
    r"^(van|de|het|la|le|du|des)?(medewerker|werknemer|employee|worker|mitarbeiter|collaborateur"
    r"|salarie|travailleur"
    r"|personeel|staff|hr|huidige|current|actuelle?|aktuelle?)s?"
    r"|(vande|du|dela|des|der|ofthe|of)?(medewerker|werknemer|employee|worker|mitarbeiters?"
    r"|collaborateur|salarie"
    r"|travailleur|personeel|required|readonly|verplicht|obligatoire|pflichtfeld|optional|mandatory)$"
)
#: `profile.firstName`, `name.familyName`: what it is of, in exports of accounts and of interfaces
_OWNER = re.compile(
    r"^(?:profile|user|name|employee|worker|person|fields|attributes|properties)\.(?=[^\W\d]+$)", re.I
)
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)|\{[^}]*\}")
_INSIDE = re.compile(r"\[([^\]]*)\]|\(([^)]*)\)")
_DESCRIPTION = frozenset(
    {"oms", "omschrijving", "omschr", "description", "desc", "libelle", "bezeichnung", "text"}
)
_CODE = frozenset({"code", "cd", "id", "kode"})
_LONGEST_RETURN = 50


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a heading means. `field` is a RosterField or one of the kinds that the cells decide
    (`name`, `employee_or_name`, `in_service`, `out_of_service`, `contract_end_only`,
    `status_or_kind`) or that the other headings decide (`end_or_leave`).

    The lower `rank`, the better it fits where two columns claim one field. `language` names every
    language in which the heading is a word, `en nl`.
    """

    field: str
    language: str
    rank: int


@cache
def _aliases() -> Mapping[str, tuple[Recognised, ...]]:
    table: dict[str, tuple[Recognised, ...]] = {}
    for row in package_rows("auditor.roster", "_headings.tsv"):
        for rank, name in enumerate(row["aliases in order of preference"].split(" | ")):
            key = compact(name)
            table[key] = (*table.get(key, ()), Recognised(row["field"], row["language"], rank * 2))
    return table


@lru_cache(maxsize=5_000)
def recognise(heading: str) -> Recognised | None:
    """What a heading means, or None. Only whole names of the alias table count."""
    text = visible(heading)
    inside = [part for pair in _INSIDE.findall(text) for part in pair if part]
    bare = _BRACKETS.sub(" ", text)
    hints = {compact(part) for part in inside}
    if hints & _CODE and not hints & _DESCRIPTION and compact(text) not in _aliases():
        return Recognised("ignore", "", 0) if _look_up(compact(bare)) else None
    candidates = _candidates(text, bare, inside)
    for candidate in candidates[:1] if is_sensitive(text) else candidates:
        found = _look_up(candidate)
        if found is not None:
            return Recognised(found.field, found.language, found.rank - (1 if hints & _DESCRIPTION else 0))
    if (tells_of_return(text) or _tells_of_rehire(text)) and not is_sensitive(text):
        return Recognised(RosterField.RETURN_DATE, "", 0)
    return None


def tells_of_return(heading: str) -> bool:
    """True for a column on when somebody is back at work after a leave."""
    key = compact(heading)
    return len(key) <= _LONGEST_RETURN and bool(_RETURN.search(key)) and not _NO_RETURN.search(key)


def _tells_of_rehire(heading: str) -> bool:
    key = compact(heading)
    return len(key) <= _LONGEST_RETURN and bool(_REHIRE.search(key)) and not _NO_REHIRE.search(key)


def is_never_read(heading: str) -> bool:
    """True for national numbers, bank accounts and birth dates, whatever the policy maps them to."""
    return bool(_NEVER.search(compact(heading)))


def is_sensitive(heading: str) -> bool:
    """True for columns whose content nobody needs here and that HR should leave out."""
    return is_never_read(heading) or bool(_SENSITIVE.search(compact(heading)))


def nearest_known(headings: Iterable[str], fields: Iterable[str]) -> dict[str, str]:
    """For each heading that looks like a name of one of the fields: that field. Only to propose."""
    from rapidfuzz import fuzz, process

    wanted = set(fields)
    meant = {
        key: [_ALONE.get(one.field, one.field) for one in entries] for key, entries in _aliases().items()
    }
    names = [key for key, found in meant.items() if wanted.intersection(found)]
    proposals = {}
    for heading in headings:
        match = process.extractOne(compact(heading), names, scorer=fuzz.ratio, score_cutoff=80)
        if match is not None:
            proposals[heading] = meant[match[0]][0]
    return proposals


#: what a heading means where no other one says otherwise
_ALONE = {END_OR_LEAVE: str(RosterField.END_DATE)}


def _candidates(text: str, bare: str, inside: list[str]) -> list[str]:
    keys = [compact(text), compact(bare), _AFFIXES.sub("", compact(bare))]
    if ":" in bare:
        keys.append(compact(bare.rsplit(":", 1)[1]))
    keys.extend(compact(part) for part in inside)
    if _OWNER.match(text):
        keys.append(compact(_OWNER.sub("", text)))
    return [key for key in keys if key]


def _look_up(key: str) -> Recognised | None:
    entries = _aliases().get(key)
    if entries is None:
        return None
    first = min(entries, key=lambda entry: (entry.rank, entry.field))
    languages = {entry.language for entry in entries if entry.field == first.field}
    return Recognised(first.field, " ".join(sorted(languages)), first.rank)
