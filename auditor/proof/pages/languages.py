"""The words of a visitor's page in twelve languages; a right reader needs none of them."""

from __future__ import annotations

from auditor.proof.pages.people import Language

_ENGLISH = ("Jan", "May", "Sep", "Dec")
LANGUAGES = (
    Language("en_US", "en", "Present", "3 years 7 months", "Experience", "View full profile", _ENGLISH),
    Language("nl_NL", "nl", "heden", "3 jaar", "Ervaring", "Bekijk profiel", ("jan.", "mei", "sep.", "dec.")),
    Language("fr_FR", "fr", "aujourd’hui", "3 ans", "Expérience", "Voir", ("janv.", "mai", "sept.", "déc.")),
    Language(
        "de_DE", "de", "Heute", "3 Jahre", "Berufserfahrung", "Ansehen", ("Jan.", "Mai", "Sept.", "Dez.")
    ),
    Language(
        "pt_BR", "pt", "o momento", "3 anos", "Experiência", "Ver", ("jan de", "mai de", "set de", "dez de")
    ),
    Language("pl_PL", "pl", "obecnie", "3 lata", "Doświadczenie", "Zobacz", ("sty", "maj", "wrz", "gru")),
    Language("ja_JP", "ja", "現在", "3年", "職歴", "表示", ("1月", "5月", "9月", "12月")),
    Language("ar_AE", "ar", "حتى الآن", "٣ سنوات", "الخبرة", "عرض", ("يناير", "مايو", "سبتمبر", "ديسمبر")),
    Language("es_ES", "es", "actualidad", "3 años", "Experiencia", "Ver", ("ene.", "may.", "sept.", "dic.")),
    Language("it_IT", "it", "Presente", "3 anni", "Esperienza", "Visualizza", ("gen", "mag", "set", "dic")),
    Language("sv_SE", "sv", "nuvarande", "3 år", "Erfarenhet", "Visa", ("jan.", "maj", "sep.", "dec.")),
    Language("tr_TR", "tr", "halen", "3 yıl", "Deneyim", "Göster", ("Oca", "May", "Eyl", "Ara")),
)
