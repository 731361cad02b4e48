"""The experience list of a full page: single roles, groups, and employers without a page."""

# ruff: noqa: E501  (markup keeps its lines)
from __future__ import annotations

from html import escape

from auditor.demo.addresses import COMPANY_GHOST, ghost_address, logo_address
from auditor.demo.careers import TODAY, Job, Role
from auditor.demo.firms import Employer
from auditor.demo.pages.sheet import View, attribute, lazy_image, section
from auditor.demo.pages.words import length, month_and_year, prose

CARD = "profile-section-card relative flex w-full list-none py-1.5 pr-2 pl-1"
TITLE = "[&amp;>*]:mb-0 text-[18px] text-color-text leading-regular group-hover:underline font-semibold"
META = (
    "text-color-text-low-emphasis text-md [&amp;>*]:mb-0 [&amp;>*]:text-md "
    "[&amp;>*]:text-color-text-low-emphasis"
)
_LOGO = "inline-block relative w-6 h-6 shrink-0 mr-0.5 box-content rounded-[6px] profile-section-card__image"
_ROW = "experience-item_profile-section-card"


def experience(view: View) -> str:
    """The section. Every row carries `currentPositionsDetails`, past ones too: so the real ones do."""
    rows = "".join(
        _group(view, job) if len(job.roles) > 1 else _row(view, job.employer, job.roles[0], "experience-item")
        for job in view.person.jobs
    )
    body = f'        <ul class="experience__list">\n{rows}\n        </ul>'
    return section("experience", view.words.experience, body, "experience")


def _row(view: View, employer: Employer, role: Role, kind: str) -> str:
    return f"""
      <li class="{CARD} {kind}" data-section="currentPositionsDetails">
<!---->        {_logo(view, employer)}
        <div class="pl-0.5 grow break-words">
          <h3 class="{TITLE}">
            <span class="experience-item__title">
              {escape(role.title)}
            </span>
          </h3>
          <h4 class="text-color-text text-md [&amp;>*]:mb-0 not-first-middot leading-[1.75]">
            {_subtitle(view, employer)}
          </h4>
          <div class="{META}">
            <p class="experience-item__meta-item">
{dates(view, role)}
            </p>
            <p class="experience-item__meta-item">
              {escape(view.person.town)}
            </p>
{_description(view, role)}
          </div>
        </div>
      </li>"""


def _logo(view: View, employer: Employer) -> str:
    if not employer.path:
        address = ghost_address(COMPANY_GHOST)
        return lazy_image(f"{_LOGO} bg-color-entity-ghost-background", address, COMPANY_GHOST, view.origin)
    image = lazy_image(
        _LOGO, logo_address(employer.name), COMPANY_GHOST, view.origin, f"{employer.name} Graphic"
    )
    href = _href(view, employer, f"{_ROW}_image-click")
    return (
        f'<a class="profile-section-card__image-link" href="{href}" '
        f'data-tracking-control-name="public_profile_{_ROW}_image-click" '
        f"data-tracking-will-navigate>{image}</a>"
    )


def _subtitle(view: View, employer: Employer) -> str:
    name = f'<span class="experience-item__subtitle">\n              {escape(employer.name)}\n            </span>'
    if not employer.path:
        return name
    href = _href(view, employer, f"{_ROW}_subtitle-click")
    return (
        f'<a class="relative hover:underline link-styled !font-normal" href="{href}" '
        f'data-tracking-control-name="public_profile_{_ROW}_subtitle-click" data-tracking-client-ingraph '
        f"data-tracking-will-navigate>{name}</a>"
    )


def _href(view: View, employer: Employer, control: str) -> str:
    return attribute(f"{view.origin}{employer.path}?trk=public_profile_{control}")


def dates(view: View, role: Role) -> str:
    """The date range of a role: one `time` element while it lasts, two when it has ended."""
    words = view.words
    end = f"<time>{month_and_year(role.ended, words)}</time>" if role.ended else words.present
    return f"""
    <span class="date-range text-color-text-secondary font-sans text-md leading-open font-regular">
      <time>{month_and_year(role.started, words)}</time> - {end}
      <span class="before:middot">{length(role.started, role.ended or TODAY, words)}</span>
    </span>"""


def _description(view: View, role: Role) -> str:
    text = prose(view.draw(f"{role.title}{role.started}"), 4)
    return f"""
            <div class="experience-item__meta-item" data-section="currentPositions">
              <div class="show-more-less-text">
                <p class="show-more-less-text__text--less">
                  {text}
                </p>
<!---->              </div>
            </div>"""


def _group(view: View, job: Job) -> str:
    words = view.words
    total = length(job.roles[-1].started, job.roles[0].ended or TODAY, words)
    logo = lazy_image(
        "inline-block relative w-6 h-6",
        logo_address(job.employer.name),
        COMPANY_GHOST,
        view.origin,
        job.employer.name,
    )
    href = _href(view, job.employer, "experience-group-header")
    rows = "".join(_row(view, job.employer, role, "experience-group-position py-0") for role in job.roles)
    return f"""
      <li class="experience-group">
        <a class="experience-group-header__url no-underline hover:no-underline font-bold border-0" \
data-tracking-control-name="public_profile_experience-group-header" data-tracking-will-navigate \
href="{href}" title="{attribute(job.employer.name)}">
          <div class="experience-group-header flex pb-1.5">
            <div class="mr-0.5 pb-0.5">{logo}</div>
            <div class="pl-1">
              <h4 class="experience-group-header__company text-[18px] font-bold text-color-text">
                {escape(job.employer.name)}
              </h4>
              <p class="experience-group-header__meta-item mt-0.5">
                <span class="date-range text-color-text-secondary font-sans text-md">
                  <span>{total}</span>
                </span>
              </p>
            </div>
          </div>
        </a>
        <ul class="experience-group__positions">{rows}
        </ul>
      </li>"""
