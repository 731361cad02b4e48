"""What hides a page: the overlays that ask a visitor to sign in, and asterisks in place of experience."""
# ruff: noqa: E501  (markup keeps its lines)

from __future__ import annotations

from html import escape

from auditor.demo.addresses import COMPANY_GHOST, ghost_address, profile_path
from auditor.demo.pages.experience import CARD, META, TITLE
from auditor.demo.pages.sheet import View, attribute, lazy_image, section
from auditor.demo.pages.words import masked


def sign_in_overlay(view: View, name: str) -> str:
    """The hidden overlay behind one of the page's buttons."""
    title = escape(view.words.view_full.format(first=view.first))
    return f"""
    <div class="contextual-sign-in-modal" data-impression-id="{name}_contextual-sign-in-modal">
<!---->
      <div id="{name}" class="modal modal--contextual-sign-in" data-outlet="{name}">
        <div class="modal__overlay flex items-center bg-color-background-scrim justify-center fixed bottom-0 left-0
            right-0 top-0 opacity-0 invisible pointer-events-none z-[1000]" aria-hidden="true">
          <section aria-modal="true" role="dialog" aria-labelledby="{name}-modal-header" tabindex="-1" \
class="max-h-full modal__wrapper overflow-auto p-0 max-w-[1128px] min-h-[160px] relative
              w-[1128px] mamabear:w-[744px] babybear:w-[360px]
              rounded-md">
            <button class="modal__dismiss btn-tertiary h-[40px] w-[40px] p-0 rounded-full indent-0
                contextual-sign-in-modal__modal-dismiss absolute right-0 m-[20px] cursor-pointer" \
aria-label="{escape(view.words.dismiss)}"></button>
            <div class="modal__main w-full">
              <h2 class="contextual-sign-in-modal__context-screen-title font-sans text-lg" id="{name}-modal-header">
                {title}
              </h2>
{_sign_in_form(view, name)}
            </div>
<!---->          </section>
        </div>
      </div>
    </div>
"""


def _sign_in_form(view: View, name: str) -> str:
    words = view.words
    here = attribute(view.origin + profile_path(view.person))
    control = f"{name}_sign-in-modal_sign-in"
    return f"""
    <div class="sign-in-modal">
      <button class="sign-in-modal__outlet-btn cursor-pointer btn-md btn-primary" data-modal="{name}_sign-in-modal">
        {escape(words.sign_in)}
      </button>
      <div id="{name}_sign-in-modal" class="modal modal--sign-in" data-outlet="{name}_sign-in-modal">
        <h2 class="sign-in-modal__header font-sans text-display-md text-color-text">
          {escape(words.welcome)}
        </h2>
    <code id="i18n_{name}_mail" style="display: none"><!--"{escape(words.mail)}"--></code>
    <form data-id="sign-in-form" action="{view.origin}/uas/login-submit" method="post" novalidate class="mt-1.5 mb-2">
      <input name="loginCsrfParam" value="{view.person.key("csrf")[:36]}" type="hidden">
      <div class="mt-1.5" data-js-module-id="guest-input">
        <label class="input-label mb-1" for="{name}_session_key">
          {escape(words.mail)}
        </label>
        <div class="text-input flex">
          <input class="text-color-text font-sans text-md outline-0" autocomplete="username" \
id="{name}_session_key" name="session_key" required data-tracking-control-name="{control}-session-key" type="text">
        </div>
      </div>
      <div class="mt-1.5" data-js-module-id="guest-input">
        <label class="input-label mb-1" for="{name}_session_password">
          {escape(words.password)}
        </label>
        <div class="text-input flex">
          <input class="text-color-text font-sans text-md outline-0" autocomplete="current-password" \
id="{name}_session_password" name="session_password" required \
data-tracking-control-name="{control}-password" type="password">
        </div>
      </div>
      <input name="session_redirect" value="{here}" type="hidden">
      <button class="btn-md btn-primary flex-shrink-0 cursor-pointer" data-id="sign-in-form__submit-btn" \
data-tracking-control-name="{control}-submit-btn" type="submit">
        {escape(words.sign_in)}
      </button>
    </form>
      </div>
    </div>"""


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
