"""What a masked page shows in place of experience: one employer's name, and asterisks."""

from __future__ import annotations

from html import escape

from auditor.demo.addresses import COMPANY_GHOST, ghost_address
from auditor.demo.pages.experience import CARD, META, TITLE
from auditor.demo.pages.overlays import sign_in_overlay
from auditor.demo.pages.sheet import View, lazy_image, section
from auditor.demo.pages.words import masked


def masked_experience(view: View) -> str:
    """The section: the latest employer in plain text, everything else blurred."""
    words, jobs = view.words, view.person.jobs
    hidden = [(job.employer.name, job.roles[0].title) for job in jobs[1:]] or [("Wolkenrand", "Planner")]
    rows = "".join(_row(view, masked(name), f"<p>{masked(title)} undefined</p>") for name, title in hidden)
    title = f'<p class="blur" aria-hidden="true">{masked(jobs[0].roles[0].title)}</p>'
    body = f"""
        <div class="blurred-overlay w-screen h-screen relative !w-full !h-full experience-education__list">
          <ul class="visible-list">{_row(view, escape(jobs[0].employer.name), title)}
          </ul>
          <div class="blurred-content blur" tabindex="-1" aria-hidden="true">
            <ul class="blurred-list" aria-hidden="true">{rows}{_school(view)}
            </ul>
          </div>
          <div class="absolute top-1/2 left-0 right-0 m-auto container-raised container-lined text-center">
            <h2 class="blurred_overlay__title font-bold text-lg m-2 mt-3">\
{escape(words.view_experience.format(first=view.first))}</h2>
            <h3 class="blurred_overlay__sub_title font-light text-md m-2">{escape(words.see_more)}</h3>
{sign_in_overlay(view, "blurred-overlay-sign-in-modal")}
          </div>
        </div>"""
    return section("experience-education", words.both, body, "", ' data-nosnippet="true"')


def _row(view: View, name: str, title: str, meta: str = "") -> str:
    logo = lazy_image(
        "inline-block relative w-6 h-6 shrink-0 profile-section-card__image",
        ghost_address(COMPANY_GHOST),
        COMPANY_GHOST,
        view.origin,
    )
    return f"""
            <li class="{CARD} !pl-0">
<!---->          {logo}
              <div class="pl-0.5 grow break-words">
                <h3 class="{TITLE}">
                  {name}
                </h3>
                <h4 class="text-color-text text-md [&amp;>*]:mb-0 not-first-middot leading-[1.75]">
                  {title}
                </h4>
                <div class="{META}">
<!---->{meta}
                </div>
              </div>
            </li>"""


def _school(view: View) -> str:
    meta = """
                  <p>
                    <span class="date-range text-color-text-secondary font-sans text-md">
                      <time>2004</time> - <time>2008</time>
                    </span>
                  </p>"""
    return _row(view, "*********** *********", "<p>****** ** ********</p>", meta)
