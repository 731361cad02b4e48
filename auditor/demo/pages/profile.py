"""A person's page, put together."""

# ruff: noqa: E501  (markup keeps its lines)
from __future__ import annotations

from random import Random

from auditor.demo.cases import Shape
from auditor.demo.names import full_name
from auditor.demo.pages.experience import experience
from auditor.demo.pages.furniture import also_viewed, footer, header
from auditor.demo.pages.head import head
from auditor.demo.pages.masked import masked_experience
from auditor.demo.pages.sections import about, education, posts, recommendations, volunteering
from auditor.demo.pages.sheet import View
from auditor.demo.pages.topcard import top_card
from auditor.demo.people import Person

_MASKED = (Shape.MASKED, Shape.MASKED_BARE)


def profile_page(person: Person, origin: str) -> str:
    """The whole page of a person who has one. `origin` is `http://host:port`."""
    view = View(person, origin, shown_name(person), person.case.shape in _MASKED)
    career = (
        masked_experience(view) if view.masked else experience(view) + education(view) + volunteering(view)
    )
    main = "papabear:w-content-max-w " if not person.new_layout else ""
    return f"""<!DOCTYPE html>

    <html lang="{person.language}">{head(view)}
      <body dir="ltr">{header(origin, view.words.sign_in, view.words.join)}
    <main class="main papabear:flex {main}papabear:mx-auto papabear:pt-desktop-content-top-margin
        " id="main-content" role="main">
      <section class="core-rail mx-auto papabear:w-core-rail-width mamabear:max-w-[790px] babybear:max-w-[790px]">
        <div class="details mx-details-container-padding">
    <section class="profile">
{top_card(view)}{about(view)}{posts(view)}{career}{recommendations(view)}
    </section>
        </div>
      </section>{also_viewed(view)}
    </main>{footer(origin)}
      </body>
    </html>
"""


def shown_name(person: Person) -> str:
    """The name on the page: masked pages cut a family name to its initial, strangers bear their own."""
    if person.case.stranger:
        return _strangers_name(person)
    if person.case.shape in _MASKED and " " not in person.last and person.index % 2:
        return f"{person.first} {person.last[0]}."
    return person.name


def _strangers_name(person: Person) -> str:
    """A name that shares no word with the person's: it comes from another language."""
    language = "de" if person.language != "de" else "fr"
    return " ".join(full_name(language, Random(person.key("stranger"))))
