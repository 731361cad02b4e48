"""An organisation's page is known by its identity, however the link is written."""

from __future__ import annotations

import pytest

from auditor.model.address import page_link

OWN_HOST = "127.0.0.1:8123"


@pytest.mark.parametrize(
    ("address", "kind", "slug"),
    [
        ("https://www.linkedin.com/company/brinkveld-stroom", "company", "brinkveld-stroom"),
        (
            "https://lk.linkedin.com/company/Brinkveld-Stroom/?trk=x&originalSubdomain=nl",
            "company",
            "brinkveld-stroom",
        ),
        ("http://linkedin.com/company/10464352/about/", "company", "10464352"),
        ("https://nl.linkedin.com/school/lindhof/?trk=public_profile_topcard-school", "school", "lindhof"),
        ("https://www.linkedin.com/showcase/brinkveld-labs", "showcase", "brinkveld-labs"),
        ("https://fr.linkedin.com/company/minist%C3%A8re-des-digues", "company", "ministère-des-digues"),
        ("https://fr.linkedin.com/company/ministe%CC%80re-des-digues", "company", "ministère-des-digues"),
        ("https://www.linkedin.com/company/a-&-b-studios.-%26-co.", "company", "a-&-b-studios.-&-co."),
        ("/company/brinkveld-stroom?trk=x", "company", "brinkveld-stroom"),
        (f"http://{OWN_HOST}/company/brinkveld-stroom", "company", "brinkveld-stroom"),
        ("https://www.linkedin.com/company/brinkveld-stroom\u200b", "company", "brinkveld-stroom"),
        (
            "\ufeffhttps://www.linkedin.com/company/brinkveld\u00ad-stroom/\u2060",
            "company",
            "brinkveld-stroom",
        ),
        ("https://www.linkedin.com/company/brinkveld-stroom%E2%80%8B", "company", "brinkveld-stroom"),
        ("https://www.linkedin.com/company/brinkveld-stroom%2F", "company", "brinkveld-stroom"),
        ("https://www.linkedin.com/company/brinkveld-stroom%2Fabout%2F", "company", "brinkveld-stroom"),
    ],
)
def test_forms_of_one_page(address: str, kind: str, slug: str):
    link = page_link(address, OWN_HOST)
    assert link is not None
    assert (link.kind, link.slug_or_id) == (kind, slug)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com.vreemd.example/company/brinkveld-stroom",
        "https://vreemdlinkedin.com/company/brinkveld-stroom",
        "https://www.linkedin.com@vreemd.example/company/brinkveld-stroom",
        "https://vreemd.example\\@www.linkedin.com/company/brinkveld-stroom",
        "http://127.0.0.1:9999/company/brinkveld-stroom",
        "file:///company/brinkveld-stroom",
        "javascript:/company/brinkveld-stroom",
        "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fwww.linkedin.com%2Fcompany%2Fx",
        "https://www.linkedin.com/in/brinkveld-stroom",
        "https://www.linkedin.com/company/",
        "https://www.linkedin.com/company/%20",
        "https://www.linkedin.com/company/%E2%80%8B",
        "https://www.linkedin.com/company/%2Fx",
        "http://[broken/company/x",
        "",
    ],
)
def test_what_leads_elsewhere_is_no_page(address: str):
    assert page_link(address, OWN_HOST) is None


def test_no_host_is_its_own_where_the_pages_address_is_unknown():
    assert page_link(f"http://{OWN_HOST}/company/brinkveld-stroom") is None
