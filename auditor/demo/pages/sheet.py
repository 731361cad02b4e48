"""What every page of the site carries: the view of a page, styles, and the script that loads pictures."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from auditor.demo.addresses import ghost_address
from auditor.demo.pages.words import WORDS, Words
from auditor.demo.people import Person


@dataclass(frozen=True, slots=True)
class View:
    """One person's page being written. `origin` is the site's address without a slash at the end."""

    person: Person
    origin: str
    shown_name: str
    masked: bool

    @property
    def words(self) -> Words:
        """The wording in the person's language."""
        return WORDS[self.person.language]

    @property
    def first(self) -> str:
        """The given name on the page."""
        return self.shown_name.split()[0]

    def draw(self, purpose: str) -> random.Random:
        """A source of chance that is the same each time for one purpose on one page."""
        return random.Random(self.person.key(purpose))


def attribute(text: str) -> str:
    """Text made safe for an attribute in double quotes (`&` becomes `&amp;`)."""
    return escape(text, quote=True)


def lazy_image(classes: str, address: str, ghost: str, origin: str, alt: str = "") -> str:
    """A picture whose address waits in `data-delayed-url` until the page's script moves it."""
    ghost_url = attribute(origin + ghost_address(ghost))
    return (
        f'<img class="{classes}" data-delayed-url="{attribute(origin + address)}"\n'
        f'          data-ghost-classes="bg-color-entity-ghost-background" data-ghost-url="{ghost_url}"'
        f' alt="{attribute(alt)}">'
    )


def section(name: str, heading: str, body: str, data_section: str, extra: str = "") -> str:
    """A titled section in the middle column."""
    data = f' data-section="{data_section}"' if data_section else ""
    return f"""
    <section class="core-section-container
        core-section-container--with-border border-b-1 border-solid border-color-border-faint py-4
        pp-section {name}"{data}{extra}>
<!---->
      <h2 class="core-section-container__title section-title">
        {escape(heading)}
      </h2>
<!---->
      <div class="core-section-container__content break-words">
{body}
      </div>
    </section>
"""


LOADER = """
    <script>
      document.addEventListener("DOMContentLoaded", function () {
        document.querySelectorAll("img[data-delayed-url]").forEach(function (image) {
          image.addEventListener("error", function () {
            if (image.src !== image.dataset.ghostUrl) { image.src = image.dataset.ghostUrl; }
          });
          image.src = image.dataset.delayedUrl;
          image.removeAttribute("data-delayed-url");
          image.classList.add("lazy-loaded");
        });
      });
    </script>
"""

STYLE = """
    <style>
      :root { --ink: #2b2a27; --soft: #6f6a60; --line: #e2dccf; --paper: #fffdf8; --ground: #f3eee4;
              --deed: #8a4b2a; }
      * { box-sizing: border-box; }
      body { margin: 0; background: var(--ground); color: var(--ink);
             font: 15px/1.45 Georgia, "Liberation Serif", "DejaVu Serif", serif; }
      a { color: var(--deed); text-decoration: none; }
      h1, h2, h3, h4, p, ul, figure { margin: 0; padding: 0; font-weight: normal; }
      ul { list-style: none; }
      button { font: inherit; border: 0; background: none; padding: 0; color: inherit; text-align: left; }
      .skip-link, .sr-only, .modal, code { display: none !important; }
      .replica-note { background: #43392c; color: #f7efe0; text-align: center; font-size: 13px;
                      padding: 5px; }
      .header { background: var(--paper); border-bottom: 1px solid var(--line); }
      .nav { max-width: 1128px; margin: auto; display: flex; align-items: center;
             justify-content: space-between; padding: 12px 16px; }
      .nav__logo-link { font-size: 22px; letter-spacing: 1px; color: var(--ink); }
      .btn-md, .btn-sm { border: 1px solid var(--deed); border-radius: 4px; padding: 6px 16px;
                         color: var(--deed); display: inline-block; }
      .btn-primary { background: var(--deed); color: #fff; }
      .main { max-width: 1128px; margin: 20px auto; display: flex; gap: 24px; padding: 0 16px; }
      .core-rail { flex: 1 1 0; max-width: 790px; min-width: 0; }
      .right-rail { flex: 0 0 300px; }
      .top-card-layout, .core-section-container, .aside-section-container { background: var(--paper);
            border: 1px solid var(--line); border-radius: 6px; margin-bottom: 12px; overflow: hidden; }
      .cover-img__image-frame { position: relative; height: 134px; overflow: hidden;
            background: var(--line); }
      .cover-img__image { width: 100%; height: 100%; object-fit: cover; display: block; }
      .top-card-layout__card { padding: 0 24px 20px; }
      .top-card__profile-image { width: 128px; height: 128px; border-radius: 50%;
            border: 4px solid var(--paper); margin-top: -78px; position: relative; background: var(--line); }
      .top-card-layout__entity-info-container { display: flex; gap: 24px; }
      .top-card-layout__entity-info { flex: 1 1 0; }
      .top-card-layout__entity-info--right-column { flex: 0 0 250px; font-weight: bold; }
      .top-card-layout__title { font-size: 26px; font-weight: bold; }
      .top-card-layout__headline { font-size: 16px; margin-top: 2px; }
      .top-card-layout__first-subline { color: var(--soft); font-size: 14px; margin-top: 6px; }
      .top-card-layout__cta { margin-top: 14px; }
      .top-card__links-container .flex { display: flex; align-items: center; margin-bottom: 10px; }
      .top-card__links-container img { width: 32px; height: 32px; margin-right: 10px; border-radius: 4px; }
      .core-section-container { padding: 18px 24px; }
      .section-title, .core-section-container h2 { font-size: 20px; margin-bottom: 10px; }
      .profile-section-card { display: flex; gap: 12px; padding: 10px 0;
            border-bottom: 1px solid var(--line); }
      .profile-section-card:last-child { border-bottom: 0; }
      .profile-section-card__image, .experience-group-header img { width: 48px; height: 48px;
            border-radius: 4px; background: var(--line); }
      .profile-section-card h3 { font-size: 17px; font-weight: bold; }
      .experience-group-header { display: flex; gap: 12px; }
      .experience-group-header h4 { font-size: 17px; font-weight: bold; }
      .experience-group__positions { margin-left: 26px; border-left: 2px solid var(--line);
            padding-left: 24px; }
      .text-color-text-low-emphasis, .date-range { color: var(--soft); font-size: 14px; }
      .before\\:middot::before { content: "· "; }
      .blur { filter: blur(4px); }
      .blurred-overlay { position: relative; min-height: 330px; }
      .blurred-overlay .container-raised { position: absolute; top: 110px; left: 14%; right: 14%;
            background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 20px;
            text-align: center; box-shadow: 0 3px 14px rgba(60, 45, 20, .15); }
      .aside-section-container { padding: 16px; }
      .base-card { display: flex; gap: 12px; padding: 10px 0; border-bottom: 1px solid var(--line); }
      .base-aside-card__title, .base-main-card__title { font-size: 15px; font-weight: bold; }
      .base-aside-card__subtitle, .base-aside-card__metadata { font-size: 13px; color: var(--soft); }
      .base-card__picture { flex: 0 0 48px; height: 48px; border-radius: 50%; background: var(--line); }
      .li-footer { max-width: 1128px; margin: 30px auto; color: var(--soft); font-size: 13px; }
      .li-footer__list { display: flex; flex-wrap: wrap; gap: 14px; padding: 0 16px; }
      .focus-page { max-width: 460px; margin: 60px auto; background: var(--paper); padding: 36px;
            border: 1px solid var(--line); border-radius: 6px; }
      .focus-page h1 { font-size: 24px; margin-bottom: 12px; }
      .focus-page input { display: block; width: 100%; margin: 8px 0; padding: 8px; }
      @media (max-width: 820px) { .main { display: block; }
            .top-card-layout__entity-info-container { display: block; } }
    </style>
"""
