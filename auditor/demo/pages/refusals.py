"""The answers that are no profile: not found, the sign-up wall, and the script of a 999."""

# ruff: noqa: E501  (markup keeps its lines)
from __future__ import annotations

from html import escape
from random import Random
from urllib.parse import quote

from auditor.demo.pages.furniture import footer, header
from auditor.demo.pages.head import SITE
from auditor.demo.pages.sheet import STYLE, attribute
from auditor.demo.pages.words import WORDS, prose

_EN = WORDS["en"]


def not_found_page(slug: str, origin: str) -> str:
    """The page of a profile that is not public or does not exist; its page key is a profile's."""
    return f"""<!DOCTYPE html>
<html lang="en"><head>
        <meta name="pageKey" content="public_profile_v3_desktop">
    <meta name="robots" content="max-image-preview:large, noarchive">
    <meta name="bingbot" content="nocache">
<!---->        <meta name="locale" content="en_US">
        <meta id="config" data-app-version="2.0.2562" data-multiproduct-name="public-profile-frontend" \
data-service-name="public-profile-frontend" data-page-instance="urn:li:page:public_profile_v3;none==" data-member-id="0">
        <link rel="canonical" href="/public-profile/in/{quote(slug)}/">
        <title>Profile Not Found | {SITE}</title>
        <meta charset="UTF-8">{STYLE}
</head>
<body dir="ltr">{header(origin, _EN.sign_in, _EN.join)}
  <div class="focus-page">
  <main id="main-content" class="focus-page__core-rail">
    <div class="page-not-found">
      <h1 class="page-not-found__headline">
        An exact match for <strong> {escape(slug)} </strong> could not be found.
      </h1>
      <p class="page-not-found__subheadline">The profile you look for is not public or does not exist.</p>
      <a class="page-not-found__primary-cta-button" data-test-id="page-not-found__primary-cta-button" \
data-tracking-control-name="public_profile_not-found-log-in-primary-cta" href="{origin}/signup/cold-join">
        {_EN.join}
      </a>
    </div>
  </main>
  </div>{footer(origin)}
</body></html>
"""


def wall_address(asked: str, origin: str) -> str:
    """Where a visitor who met the wall is sent; `asked` is the full address asked for."""
    redirect = quote(asked, safe="")
    return f"{origin}/authwall?trk=bf&trkInfo=AQFReplica&original_referer=&sessionRedirect={redirect}"


def wall_page(origin: str) -> str:
    """The wall itself: answered with status 200, told by its page key."""
    hints = "".join(
        f'    <code id="i18n_join_{number}" style="display: none"><!--"{prose(Random(number), 2)}"--></code>\n'
        for number in range(60)
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head>
        <meta name="pageKey" content="auth_wall_desktop_profile">
<!----><!---->        <meta name="locale" content="en_US">
        <meta id="config" data-app-version="2.1.1133" data-multiproduct-name="seo-directory-frontend" \
data-service-name="seo-directory-frontend" data-page-instance="urn:li:page:auth_wall_desktop_profile;wall==" \
data-member-id="0">
      <link rel="canonical" href="/authwall">
      <title>
        Sign Up | {SITE}
      </title>
      <meta name="robots" content="noindex, noarchive">
      <meta property="og:title" content="Sign Up | {SITE}">
      <meta property="og:type" content="website">
      <meta property="og:url" content="/authwall">
      <meta name="litmsProfileName" content="seo-directory-frontend">
      <meta charset="UTF-8">{STYLE}
</head>
<body dir="ltr">{header(origin, _EN.sign_in, _EN.join)}
  <div class="focus-page">
    <main id="main-content" class="focus-page__core-rail" tabindex="-1">
    <code id="trackingPrefix" style="display: none"><!--"seo-authwall-base"--></code>
{hints}
      <div class="authwall-sign-in-form">
        <h2 class="authwall-sign-in-form__header-title">{_EN.sign_in}</h2>
      </div>
      <form class="join-form" action="{attribute(origin)}/signup/api/cors/createAccount" method="post">
        <h1 class="authwall-join-form__title">Join the {SITE}</h1>
        <label class="input-label" for="email-or-phone">{_EN.mail}</label>
        <input id="email-or-phone" name="email-or-phone" type="text">
        <label class="input-label" for="password">{_EN.password}</label>
        <input id="password" name="password" type="password">
        <p class="authwall-join-form__swap-cta">
          <button class="authwall-join-form__form-toggle--bottom form-toggle" data-tracking-control-name=\
"auth_wall_desktop_profile-login-toggle">{_EN.sign_in}</button>
        </p>
      </form>
      <div id="challenge-dialog" class="modal challenge-dialog" data-outlet="default-outlet">
        <h2 id="challenge-dialog-modal-header" class="modal__title">Security verification</h2>
      </div>
    </main>
  </div>{footer(origin)}
</body></html>
"""


def refusal_stub() -> str:
    """The body of a 999: a script that goes to the wall, and nothing else."""
    return """<html><head>
<script type="text/javascript">
window.onload = function() {
  // Parse the tracking code from cookies.
  var trk = "bf";
  var trkInfo = "bf";
  var cookies = document.cookie.split("; ");
  for (var i = 0; i < cookies.length; ++i) {
    if ((cookies[i].indexOf("trkCode=") == 0) && (cookies[i].length > 8)) {
      trk = cookies[i].substring(8);
    }
    else if ((cookies[i].indexOf("trkInfo=") == 0) && (cookies[i].length > 8)) {
      trkInfo = cookies[i].substring(8);
    }
  }
  window.location.href = window.location.protocol + "//" + location.host + "/authwall?trk=" + trk +
      "&trkInfo=" + trkInfo + "&original_referer=" + document.referrer.substr(0, 200) +
      "&sessionRedirect=" + encodeURIComponent(window.location.href);
}
</script>
</head></html>
"""
