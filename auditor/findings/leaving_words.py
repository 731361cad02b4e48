"""Status words of which nobody has said what they mean, but which read like leaving."""

from __future__ import annotations

import re

from auditor.model.accents import without_accents

#: what reads like leaving, by language: expressions on small letters without accents
_LEAVING: dict[str, tuple[str, ...]] = {
    "en": (
        r"\btermin",
        r"^\W*term\W*$",
        r"\blaid[ -]?off",
        r"\blay[ -]?off",
        r"\bresign",
        r"\bquit",
        r"\bdismiss",
        r"\bredundan",
        r"\bfired\b",
        r"\bsacked\b",
        r"\blet go\b",
        r"\bretire",
        r"\bleft\b",
        r"\bleaver",
        r"\bleaving",
        r"\bdepart(ed|ing|ure)",
        r"\bexit",
        r"\bseparat",
        r"\bseverance",
        r"off-?board",
        r"\bformer\b",
        r"\breleased\b",
        r"\bended\b",
        r"\bend of (the )?(contract|employment|assignment|service)",
        r"\bcontract end",
        r"\bno longer\b",
        r"\bex\b",
        r"\bnotice period",
    ),
    "nl": (
        r"uit[ -]?(de )?dienst",
        r"\bontsl[ao]g",
        r"\bontslaan",
        r"\bvertrek",
        r"\bvertrokken",
        r"\bopgezegd",
        r"\bopzeg",
        r"beeindig",
        r"\beinde (contract|dienst)",
        r"\buitgestroomd",
        r"\buitstroom",
        r"\bafgevloeid",
        r"\bboventallig",
        r"gepensioneerd",
        r"\bpensioen",
        r"\boud[ -]?(medewerk|werknem|collega)",
        r"\bniet meer\b",
    ),
    "fr": (
        r"\bsorti",
        r"licenci",
        r"demission",
        r"\bpartie?s?\b",
        r"\bdeparts?\b",
        r"\bquitte",
        r"\bfin (de|du) (contrat|mission|service)",
        r"\brupture",
        r"\bretraite",
        r"\bancien(ne)?s?\b",
        r"\bradie",
        r"\brevoque",
        r"congedi",
        r"\bcessation",
        r"\bn'est plus\b",
    ),
    "de": (
        r"ausgeschieden",
        r"\bausscheid",
        r"austritt",
        r"ausgetreten",
        r"\bgekundigt",
        r"kundigung",
        r"entlass",
        r"\bverlassen",
        r"\bbeend",
        r"vertragsende",
        r"\baufhebung",
        r"freigestellt",
        r"pensionier",
        r"ruhestand",
        r"\brentner",
        r"\bin rente\b",
        r"\behemalig",
        r"\b(ab|weg)gang",
        r"\bnicht mehr\b",
    ),
}
_READS_LIKE_LEAVING = re.compile("|".join(one for words in _LEAVING.values() for one in words))


def reads_like_leaving(word: str) -> bool:
    """Whether a status word reads as if the person left or is about to, in nl, fr, de or en.

    Rather too often than too seldom: nothing is concluded about the person from it.
    """
    plain = without_accents(word.casefold()).replace("’", "'").replace("_", " ")
    return _READS_LIKE_LEAVING.search(plain) is not None
