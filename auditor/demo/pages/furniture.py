"""What stands round every page: the bar at the top, people also viewed, the footer."""

# ruff: noqa: E501  (markup keeps its lines)
from __future__ import annotations

from html import escape
from random import Random

from auditor.demo.pages.head import SITE
from auditor.demo.pages.sheet import View, attribute
from auditor.demo.pages.words import WORDS, prose
from auditor.demo.people import CONNECTORS, full_name, job_title, town

#: strangers beside each profile
_NEIGHBOURS = 12
_FOOTER = ("About", "Accessibility", "Privacy", "Cookies", "Copyright", "Guidelines")


def header(origin: str, sign_in: str, join: str) -> str:
    """The note that this is no real site, and the bar with the sign-in links every page has."""
    return f"""
      <div class="replica-note">A replica for testing: invented people, invented firms, on this computer only.</div>
      <a href="#main-content" class="skip-link btn-md btn-primary absolute z-11 -top-[100vh] focus:top-0"></a>
      <header class="header base-detail-page__header px-mobile-container-padding global-alert-offset sticky-header">
        <nav class="nav pt-1.5 pb-2 flex items-center justify-between relative flex-nowrap" aria-label="Primary">
          <a href="{origin}/?trk=public_profile_nav-header-logo" class="nav__logo-link link-no-visited-state z-1" \
data-tracking-control-name="public_profile_nav-header-logo" data-tracking-will-navigate>{SITE}</a>
          <div class="nav__cta-container order-3 flex gap-x-1 justify-end min-w-[100px] flex-nowrap">
            <a class="nav__button-tertiary btn-md btn-tertiary" data-tracking-control-name=\
"public_profile_nav-header-join" href="{origin}/signup/public-profile-join">{escape(join)}</a>
            <a class="nav__button-secondary btn-md btn-secondary-emphasis" data-tracking-control-name=\
"public_profile_nav-header-signin" href="{origin}/login?session_redirect={attribute(origin)}">{escape(sign_in)}</a>
          </div>
        </nav>
      </header>"""


def also_viewed(view: View) -> str:
    """Strangers, some of whom say that they work for the firm."""
    draw = view.draw("browsemap")
    cards = "".join(_neighbour(view, draw) for _ in range(_NEIGHBOURS))
    return f"""
      <section class="right-rail papabear:w-right-rail-width papabear:ml-column-gutter mamabear:max-w-[790px]">
        <section class="aside-section-container mb-4 browsemap">
          <h2 class="aside-section-container__title section-title">
            {escape(view.words.also_viewed)}
          </h2>
          <div class="aside-section-container__content break-words">
            <ul class="show-more-less__list show-more-less__list--no-hidden-elems">{cards}
            </ul>
          </div>
        </section>
        <section class="aside-section-container mb-4 course-recommendations">
          <p class="base-aside-card__subtitle">{prose(draw, 6)}</p>
        </section>
      </section>"""


def _neighbour(view: View, draw: Random) -> str:
    language = view.person.language
    name = " ".join(full_name(language, draw))
    href = attribute(f"{view.origin}/in/{draw.getrandbits(40):x}?trk=public_profile_browsemap-profile")
    at = f" {CONNECTORS[language]} {view.person.firm.name}" if draw.random() < 1 / 2 else ""
    return f"""
              <li>
                <a href="{href}" target="_self" data-tracking-control-name="public_profile_browsemap-profile" \
data-tracking-will-navigate class="base-card relative w-full hover:no-underline base-card--link base-aside-card flex
                    base-aside-card--link">
                  <div class="base-card__picture bg-clip-content bg-contain box-border h-[56px] w-[56px]" \
data-ghost-classes="bg-color-entity-ghost-background"></div>
                  <div class="base-aside-card__info self-center pl-0.5 flex flex-col flex-1">
                    <h3 class="base-aside-card__title font-sans text-md font-bold text-color-text relative">
                      {escape(name)}
                    </h3>
                    <p class="base-aside-card__subtitle font-sans text-sm text-color-text leading-open">
                      {escape(job_title(language, draw) + at)}
                    </p>
                    <div class="base-aside-card__metadata font-sans text-sm leading-open font-regular">
                      {escape(town(language, draw))}
                    </div>
                  </div>
                </a>
              </li>"""


def footer(origin: str) -> str:
    """The links at the bottom and the choice of language."""
    items = "".join(
        f"""
          <li class="li-footer__item font-sans text-xs text-color-text-low-emphasis flex flex-shrink-0 p-1 relative">
            <a class="li-footer__item-link flex items-center font-sans text-xs font-bold" \
href="{origin}/{name.casefold()}?trk=public_profile_v3_desktop_footer-{name.casefold()}" \
data-tracking-control-name="public_profile_v3_desktop_footer-{name.casefold()}">{name}</a>
          </li>"""
        for name in _FOOTER
    )
    languages = "".join(
        f"""
          <li class="language-selector__item" role="presentation">
            <button class="font-sans text-xs link block py-[5px] px-2 w-full hover:cursor-pointer" data-locale=\
"{words.locale}" data-tracking-control-name="language-selector-{words.locale}" lang="{words.locale}" \
role="menuitem">{code}</button>
          </li>"""
        for code, words in WORDS.items()
    )
    return f"""
      <footer class="li-footer bg-transparent w-full">
        <ul class="li-footer__list flex flex-wrap flex-row items-start justify-start w-full h-auto min-h-[50px]">
          <li class="li-footer__item"><span class="li-footer__copy-text">{SITE} 2026</span></li>{items}{languages}
        </ul>
      </footer>"""
