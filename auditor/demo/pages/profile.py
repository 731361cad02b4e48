"""A person's page, put together round the card at its top."""
# ruff: noqa: E501  (markup keeps its lines)

from __future__ import annotations

from html import escape
from random import Random

from auditor.demo.addresses import (
    COMPANY_GHOST,
    PERSON_GHOST,
    SCHOOL_GHOST,
    banner_address,
    logo_address,
    portrait_address,
)
from auditor.demo.cases import Shape
from auditor.demo.firms import SCHOOLS, Employer
from auditor.demo.pages.experience import experience
from auditor.demo.pages.furniture import also_viewed, footer, header
from auditor.demo.pages.head import head
from auditor.demo.pages.overlays import masked_experience, sign_in_overlay
from auditor.demo.pages.sections import about, education, posts, recommendations, volunteering
from auditor.demo.pages.sheet import View, attribute, lazy_image
from auditor.demo.people import Person, full_name


def top_card(view: View) -> str:
    """The section with everything about the person as a whole."""
    return f"""
    <section class="top-card-layout container-lined overflow-hidden babybear:rounded-[0px]">
{_cover(view)}
      <div class="top-card-layout__card relative p-2 papabear:p-details-container-padding">
{_portrait(view)}
          <div class="top-card-layout__entity-info-container flex flex-wrap papabear:flex-nowrap">
            <div class="top-card-layout__entity-info flex-grow flex-shrink-0 basis-0 babybear:w-full">
{_name(view)}
{_headline(view)}
{_sublines(view)}
            </div>
            <div class="top-card-layout__entity-info flex-grow flex-shrink-0 basis-0 babybear:w-full
                top-card-layout__entity-info--right-column ml-details-container-padding max-w-[288px]">
              <div class="top-card__links-container">
{_current_employer(view)}
{_school(view)}
              </div>
            </div>
          </div>
      </div>
    </section>
"""


def _cover(view: View) -> str:
    address = attribute(view.origin + banner_address(view.person))
    return f"""
    <figure class="cover-img min-h-[87px] papbear:min-h-[100px] rounded-t-[2px] babybear:rounded-[0px] -z-1">
<!---->      <div class="cover-img__image-frame relative w-full overflow-hidden pb-[calc((134/782)*100%)]">
        <div class="cover-img__image-position absolute top-0 right-0 bottom-0 left-0
            ">
            <img class="cover-img__image relative w-full h-full object-cover" src="{address}" \
fetchpriority="auto" data-embed-id="cover-image" alt>
        </div>
      </div>
<!---->    </figure>"""


def _portrait(view: View) -> str:
    classes = (
        "inline-block relative rounded-[50%] w-16 h-16 top-card-layout__entity-image "
        "top-card__profile-image top-card__profile-image--real-image onload shadow-color-shadow"
    )
    image = lazy_image(classes, portrait_address(view.person), PERSON_GHOST, view.origin, view.shown_name)
    box = "top-card__profile-image-container top-card__profile-image-container--cvw-fix flex"
    if view.person.new_layout:
        image = (
            f'<button class="cursor-pointer" aria-label="{attribute(view.shown_name)}" '
            'data-modal="public_profile_logo_contextual-sign-in-info_modal" '
            f'data-test-id="logo-button" type="button">{image}</button>'
            + sign_in_overlay(view, "public_profile_logo_contextual-sign-in-info_modal")
        )
    return f"""
        <div class="{box}
            top-card-layout__entity-image-container flex" data-section="picture">
            {image}
        </div>"""


def _name(view: View) -> str:
    overlay = sign_in_overlay(view, "public_profile_top-card_title-modal-id")
    return f"""
              <button class="cursor-pointer hover:bg-color-background-none-tint-hover" \
data-modal="public_profile_top-card_title-modal-id" \
data-tracking-control-name="public_profile_top-card_title-modal-outlet-button">
                <h1 class="top-card-layout__title font-sans text-lg papabear:text-xl font-bold leading-open">
                  {escape(view.shown_name)}
                </h1>
              </button>
<!---->{overlay}"""


def _headline(view: View) -> str:
    if view.masked or view.person.headline is None:
        return "<!---->"
    return f"""
                <h2 class="top-card-layout__headline break-words font-sans text-md leading-open">
                  {escape(view.person.headline)}
                </h2>"""


def _sublines(view: View) -> str:
    words, draw = view.words, view.draw("followers")
    join = (
        f"/signup/public-profile-join?vieweeVanityName={view.person.key('join')[:8]}"
        "&trk=public_profile_top-card-primary-button-join-to-view-profile"
    )
    return f"""
                <h3 class="top-card-layout__first-subline font-sans text-md text-color-text-low-emphasis">
                  <div class="profile-info-subheader">
                    <span>{escape(view.person.town)}</span>
                    <span class="before:middot"></span>
                    <button class="link cursor-pointer text-md" \
data-tracking-control-name="public_profile_profile-info-subheader_contact-info_modal-trigger">
                      {escape(words.contact)}
                    </button>
                    <div class="not-first-middot">
                      <span>{draw.randint(80, 2400)} {words.followers}</span>
                      <span>500+ {words.connections}</span>
                    </div>
                  </div>
                </h3>
                <div class="top-card-layout__cta-container flex flex-wrap mt-0.5 papabear:mt-0 ml-[-12px]">
                  <a class="top-card-layout__cta mt-2 top-card-layout__cta--primary btn-md btn-primary" \
href="{attribute(view.origin + join)}">
                    {escape(words.join_to_view)}
                  </a>
                </div>"""


def _current_employer(view: View) -> str:
    current = next((job.employer for job in view.person.jobs if job.is_current), None)
    if current is None or view.person.case.shape is Shape.MASKED_BARE:
        return "<!---->"
    shown = _link(view, current, "current-company", COMPANY_GHOST)
    return f"""
                <div data-section="currentPositionsDetails">
                  {shown}
                </div>"""


def _school(view: View) -> str:
    school = SCHOOLS[view.person.index % len(SCHOOLS)]
    return f"""
                <div data-section="educationsDetails">
                  {_link(view, school, "school", SCHOOL_GHOST)}
                </div>"""


def _link(view: View, employer: Employer, purpose: str, ghost: str) -> str:
    classes = "flex text-md mb-1.5 font-sans font-bold leading-open items-center"
    image = lazy_image(
        "inline-block relative w-4 h-4 mr-1 shrink-0 rounded-[6px] bg-clip-content",
        logo_address(employer.name),
        ghost,
        view.origin,
    )
    name = f"""<span class="top-card-link__description line-clamp-2">
                      {escape(employer.name)}
                    </span>"""
    if not employer.path:
        return f'<div class="{classes}">{image}{name}</div>'
    href = attribute(f"{view.origin}{employer.path}?trk=public_profile_topcard-{purpose}")
    return (
        f'<a href="{href}" target="_self" data-tracking-control-name="public_profile_topcard-{purpose}" '
        f'data-tracking-will-navigate class="{classes}\n                    link" '
        f'data-test-id="top-card-link">{image}{name}</a>'
    )


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
