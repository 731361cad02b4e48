"""The other sections of a profile: they name the firm and link to it, and prove nothing."""

# ruff: noqa: E501  (markup keeps its lines)
from __future__ import annotations

from html import escape

from auditor.demo.addresses import COMPANY_GHOST, PERSON_GHOST, SCHOOL_GHOST, ghost_address, logo_address
from auditor.demo.careers import TODAY
from auditor.demo.firms import SCHOOLS
from auditor.demo.pages.experience import CARD, META, TITLE
from auditor.demo.pages.sheet import View, attribute, lazy_image, section
from auditor.demo.pages.words import month_and_year, prose, sentence

_LOGO = "inline-block relative w-6 h-6 shrink-0 rounded-[6px] profile-section-card__image"
_MAIN_CARD = "base-card relative w-full hover:no-underline focus:no-underline base-card--link base-main-card flex flex-wrap"


def about(view: View) -> str:
    """What the person says about themselves."""
    paragraphs = "<br><br>".join(prose(view.draw(f"about{part}"), 4) for part in range(3))
    return section("summary", view.words.about, f"          <p>{paragraphs}</p>", "summary")


def posts(view: View) -> str:
    """Recent posts; one speaks of the firm and links to its page."""
    draw = view.draw("posts")
    firm = view.person.firm
    link = attribute(f"{view.origin}{firm.path}?trk=public_profile__posts-text")
    texts = [f'{escape(sentence(draw))} <a class="link" href="{link}">{escape(firm.name)}</a>']
    texts += [escape(prose(draw, 2)) for _ in range(5)]
    cards = "".join(_post(view, number, text) for number, text in enumerate(texts))
    return section(
        "activities",
        view.words.activity,
        f'        <ul data-test-id="activities__list">{cards}</ul>',
        "posts",
    )


def _post(view: View, number: int, text: str) -> str:
    href = attribute(f"{view.origin}/posts/{view.person.key(f'post{number}')[:19]}?trk=public_profile")
    return f"""
          <li>
            <div class="{_MAIN_CARD} py-2 pr-2 babybear:pr-0
                base-main-card--link main-activity-card">
              <a class="base-card__full-link absolute top-0 right-0 bottom-0 left-0 p-0 z-[2]" href="{href}" \
data-tracking-control-name="public_profile" data-tracking-will-navigate>
                <span class="sr-only">{escape(sentence(view.draw(f"sr{number}")))}</span>
              </a>
              <div class="base-main-card__info self-center ml-1 flex-1 relative break-words">
                <h3 class="base-main-card__title font-sans text-[18px] font-bold text-color-text overflow-hidden">
                  {text}
                </h3>
                <h4 class="base-main-card__subtitle body-text text-color-text overflow-hidden">
                  {view.words.liked} {escape(view.shown_name)}
                </h4>
              </div>
            </div>
          </li>"""


def education(view: View) -> str:
    """Schools, with years in `time` elements: no jobs."""
    rows = "".join(_school(view, step) for step in range(2))
    return section(
        "education text-color-text text-md",
        view.words.education,
        f'        <ul class="education__list">{rows}\n        </ul>',
        "educationsDetails",
    )


def _school(view: View, step: int) -> str:
    school = SCHOOLS[(view.person.index + step) % len(SCHOOLS)]
    left = view.person.jobs[-1].roles[-1].started.year - 4 * step
    href = attribute(f"{view.origin}{school.path}?trk=public_profile_school")
    logo = lazy_image(_LOGO, logo_address(school.name), SCHOOL_GHOST, view.origin, f"{school.name} Graphic")
    return f"""
      <li class="{CARD} education__list-item">
        <a class="profile-section-card__image-link" href="{href}_profile-section-card_image-click" \
data-tracking-control-name="public_profile_school_profile-section-card_image-click">{logo}</a>
        <div class="pl-0.5 grow break-words">
          <h3 class="{TITLE}">
            <a class="text-color-text text-[18px] link-styled" data-tracking-control-name="public_profile_school" \
href="{href}">
              {escape(school.name)}
            </a>
          </h3>
          <h4 class="text-color-text text-md [&amp;>*]:mb-0 not-first-middot leading-[1.75]">
            <span class="control-transition">{escape(sentence(view.draw(f"degree{step}")).rstrip("."))}</span>
          </h4>
          <div class="{META}">
            <p class="my-0.5 mx-0 inline-block">
              <span class="date-range text-color-text-secondary font-sans text-md leading-open font-regular">
                <time>{left - 4}</time> - <time>{left}</time>
              </span>
            </p>
          </div>
        </div>
      </li>"""


def volunteering(view: View) -> str:
    """Voluntary work, ongoing, at the firm's own foundation: linked, and no employment."""
    words, firm = view.words, view.person.firm
    control = "public_profile_volunteering-position_profile-section-card"
    href = attribute(f"{view.origin}{firm.path}?trk={control}")
    logo = lazy_image(_LOGO, logo_address(firm.name), COMPANY_GHOST, view.origin, f"{firm.name} Graphic")
    row = f"""
      <li class="{CARD}">
        <a class="profile-section-card__image-link" href="{href}_image-click" \
data-tracking-control-name="{control}_image-click" data-tracking-will-navigate>{logo}</a>
        <div class="pl-0.5 grow break-words">
          <h3 class="{TITLE}">
            {escape(sentence(view.draw("helper")).rstrip("."))}
          </h3>
          <h4 class="text-color-text text-md [&amp;>*]:mb-0 not-first-middot leading-[1.75]">
            <a class="relative hover:underline link-styled !font-normal" href="{href}_subtitle-click" \
data-tracking-control-name="{control}_subtitle-click" data-tracking-client-ingraph>
              {escape(firm.name)}
            </a>
          </h4>
          <div class="{META}">
            <p class="my-1">
              <span class="date-range text-color-text-secondary font-sans text-md leading-open font-regular">
                <time>{month_and_year(TODAY.replace(year=2019), words)}</time> - {words.present}
              </span>
            </p>
          </div>
        </div>
      </li>"""
    return section("volunteering", words.volunteering, f"        <ul>{row}\n        </ul>", "volunteering")


def recommendations(view: View) -> str:
    """Other people's words."""
    ghost = lazy_image(
        "inline-block relative rounded-[50%] w-6 h-6 base-card__picture",
        ghost_address(PERSON_GHOST),
        PERSON_GHOST,
        view.origin,
    )
    cards = "".join(
        f"""
          <li>
            <div class="endorsement-card flex flex-col">
              <div class="{_MAIN_CARD} endorsement-card__entity">{ghost}
                <div class="base-main-card__info self-center ml-1 flex-1 relative break-words">
                  <p class="endorsement-card__content body-text text-color-text-low-emphasis">
                    “{prose(view.draw(f"praise{number}"), 5)}”
                  </p>
                </div>
              </div>
            </div>
          </li>"""
        for number in range(2)
    )
    return section(
        "recommendations", view.words.recommendations, f"        <ul>{cards}</ul>", "recommendations"
    )
