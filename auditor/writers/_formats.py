"""How cells look: one quiet design, every colour paired with a word, contrast at least 4.5 to 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top", "font_color": "#1B1F24"}
LINE = {"bottom": 1, "bottom_color": "#D0D7DE"}

#: (fill, text) of the four severities, from most to least severe
SEVERITY_COLOURS = (
    ("#F9D2D0", "#7A1210"),
    ("#FFE2B8", "#663A00"),
    ("#FFF6C2", "#554A00"),
    ("#DCE9F8", "#16447A"),
)
HEADING = ("#1F3A5F", "#FFFFFF")
EDITABLE_HEADING = ("#6B5200", "#FFFFFF")
EDITABLE = ("#FFFBE3", "#1B1F24")
GRAVE = ("#A61B1B", "#FFFFFF")
MILD = ("#FFE2B8", "#663A00")
PAST = ("#F9D2D0", "#7A1210")
QUIET = ("#FFFFFF", "#656D76")
LINK_COLOUR = "#0B57D0"

DAY_FORMATS = {"en": "yyyy-mm-dd", "nl": "dd-mm-yyyy", "fr": "dd/mm/yyyy", "de": "dd.mm.yyyy"}


@dataclass(frozen=True, slots=True)
class Formats:
    """The cell formats of one workbook, made once each. `book` is XlsxWriter's workbook."""

    book: Any
    language: str
    made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def of(self, **properties: Any) -> Any:
        """The format with these properties over the common font."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({**FONT, **properties})
        return self.made[key]

    def colours(self, pair: tuple[str, str], **properties: Any) -> Any:
        """A format with fill and text colour."""
        return self.of(bg_color=pair[0], font_color=pair[1], **properties)

    @property
    def day(self) -> str:
        """The number format of a day in the document's language."""
        return DAY_FORMATS.get(self.language, DAY_FORMATS["en"])

    @property
    def moment(self) -> str:
        """The number format of a day with a time."""
        return f"{self.day} hh:mm"
