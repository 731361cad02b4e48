"""A firm's own page: the same classes as a profile's, another page key."""

# ruff: noqa: E501  (markup keeps its lines)
from __future__ import annotations

from html import escape

from auditor.demo.addresses import COMPANY_GHOST, logo_address
from auditor.demo.firms import Firm
from auditor.demo.pages.furniture import footer, header
from auditor.demo.pages.head import SITE
from auditor.demo.pages.sheet import LOADER, STYLE, lazy_image
from auditor.demo.pages.words import WORDS

#: recipe of the cover picture of an organisation
COVER_RECIPE = "image-scale_191_1128"


def organisation_page(firm: Firm, origin: str) -> str:
    """The page of one of the group's firms, with its numeric id."""
    words = WORDS["en"]
    cover = (
        f"{origin}/dms/image/v2/D4D3DAQ{firm.code}/{COVER_RECIPE}/{COVER_RECIPE}/0/1642471190223?e=2147483647"
    )
    logo = lazy_image(
        "top-card-layout__entity-image top-card__profile-image",
        logo_address(firm.name),
        COMPANY_GHOST,
        origin,
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head>
        <meta name="pageKey" content="d_org_guest_company_overview">
        <meta name="locale" content="en_US">
        <meta id="config" data-app-version="1.1.4410" data-service-name="organization-guest-frontend" data-member-id="0">
        <link rel="canonical" href="{origin}{firm.path}">
        <title>{escape(firm.name)} | {SITE}</title>
        <meta charset="UTF-8">{STYLE}{LOADER}
</head>
<body dir="ltr">{header(origin, words.sign_in, words.join)}
  <main class="main" id="main-content"><section class="core-rail">
    <section class="top-card-layout" data-semaphore-content-urn="urn:li:organization:{firm.numeric_id}">
      <figure class="cover-img"><div class="cover-img__image-frame">
        <img class="cover-img__image" src="{cover}" fetchpriority="auto" data-embed-id="cover-image" alt>
      </div></figure>
      <div class="top-card-layout__card">{logo}
        <h1 class="top-card-layout__title">{escape(firm.name)}</h1>
        <h2 class="top-card-layout__headline">{escape(firm.industry)}</h2>
        <h3 class="top-card-layout__first-subline">{escape(firm.town)}</h3>
        <h4 class="top-card-layout__second-subline">{escape(firm.slogan)}</h4>
      </div>
    </section>
  </section></main>{footer(origin)}
</body></html>
"""
