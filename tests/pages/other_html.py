"""Builds the pages that the site shows in place of a visitor's profile page."""

# ruff: noqa: E501 - lines of HTML
from __future__ import annotations

from auditor.proof.pages.visitor import esc

TRAILER = '<a href="/login">Sign in</a><a href="/signup">Join now</a></body></html>'


def not_found(slug: str) -> str:
    return f"""<html lang="en"><head><meta name="pageKey" content="public_profile_v3_desktop">
<meta name="locale" content="nl_NL"><meta id="config" data-member-id="0">
<link rel="canonical" href="/public-profile/in/{esc(slug)}/"><title>Profile Not Found</title></head><body>
<main><div class="page-not-found"><h1 class="page-not-found__headline">No match for <strong>{esc(slug)}</strong>
</h1><p class="page-not-found__subheadline">Not public or not there.</p></div></main>{TRAILER}"""


def auth_wall() -> str:
    return f"""<html lang="en"><head><meta name="pageKey" content="auth_wall_desktop_profile">
<meta name="locale" content="en_US"><meta id="config" data-member-id="0"><link rel="canonical" href="/authwall">
</head><body><form action="/signup/api/cors/createAccount"><h1 class="authwall-join-form__title">Join</h1></form>
<div class="modal hidden"><h2>Security verification</h2><div id="captcha-challenge"></div></div>{TRAILER}"""


def script_stub() -> str:
    return """<html><head><script type="text/javascript">
window.onload = function() { var trk = "bf"; var trkInfo = "bf"; var domain = "www.linkedin.com";
  window.location.href = "https://" + domain + "/authwall?trk=" + trk + "&trkInfo=" + trkInfo +
      "&sessionRedirect=" + encodeURIComponent(window.location.href); }
</script></head></html>"""


def refresh_stub() -> str:
    return """<html><head><meta http-equiv="refresh" content="1;url=https://www.linkedin.com">
<script>var _0x1=function(){};</script></head><body></body></html>"""


def guest_home() -> str:
    return f"""<html lang="en"><head><meta name="pageKey" content="d_homepage-guest-home">
<meta name="locale" content="en_US"><link rel="canonical" href="https://www.linkedin.com/"></head><body>
<h1 class="main-heading">Welcome</h1><form action="/uas/login-submit"><input type="password"></form>{TRAILER}"""


def job_page() -> str:
    """Same heading class as a profile, another page key."""
    return f"""<html><head><meta name="pageKey" content="d_jobs_guest_details"></head><body>
<section class="top-card-layout"><h1 class="top-card-layout__title">Planner</h1>
<h2 class="top-card-layout__headline">Vreemdwerk</h2></section>{TRAILER}"""


def organisation(kind: str, slug: str, name: str) -> str:
    return f"""<html><head><meta name="pageKey" content="d_org_guest_{kind}_overview">
<meta name="locale" content="en_US"><meta id="config" data-member-id="0">
<link rel="canonical" href="https://nl.linkedin.com/{kind}/{slug}"></head><body>
<section class="top-card-layout"><figure class="cover-img"><img class="cover-img__image" data-embed-id="cover-image"
 src="https://media.licdn.com/dms/image/v2/D4D3DAQz/image-scale_191_1128/image-scale_191_1128/0/1642471190000/c">
</figure><h1 class="top-card-layout__title">{esc(name)}</h1><h2 class="top-card-layout__headline">Energy</h2></section>
<div data-semaphore-content-urn="urn:li:organization:9950011"></div>{TRAILER}"""


def sign_in() -> str:
    return f"""<html><head><meta name="pageKey" content="d_checkpoint_lg_consumerLogin"></head><body>
<form class="login__form"><input type="password"></form>{TRAILER}"""


def checkpoint() -> str:
    return f"""<html><head><title>Security Verification</title></head><body>
<form id="captcha-challenge" action="/checkpoint/challenge/verify"></form>{TRAILER}"""


def signed_in_theme(name: str) -> str:
    return f"""<html class="theme theme--mercado"><head><title>{esc(name)}</title></head><body>
<h1 class="text-heading-xlarge">{esc(name)}</h1><div class="text-body-medium break-words">Secret headline</div>
<img id="profile-background-image-target-image" src="https://media.licdn.com/x">{TRAILER}"""


def signed_in_rewrite(name: str) -> str:
    return f"""<html><head><title>{esc(name)}</title></head><body>
<div componentkey="com.linkedin.sdui.profile.card.x" class="_a1b2"><p>{esc(name)}</p></div>{TRAILER}"""


def signed_in_data(name: str) -> str:
    return f"""<html><head></head><body><code style="display:none" id="bpr-guid-12"><!--
{{"included":[{{"$type":"com.linkedin.voyager.dash.identity.profile.Profile","firstName":"{esc(name)}"}}]}}
--></code>{TRAILER}"""


def proxy_page() -> str:
    return (
        "<html><head><title>Blocked</title></head><body><h1>Your office blocks this site</h1></body></html>"
    )
