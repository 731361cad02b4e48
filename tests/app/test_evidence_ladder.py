"""Thirty people, evidence through six doors: one report, every verdict names its source and age."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from auditor.proof.pages.visitor import full_page
from tests.calling import call
from tests.pages.people import BannerForm, Link, Person, Role
from tests.pages.variants import LANGUAGES
from tests.sources.invented import snapshot, vendor_record, written, zipped
from tests.whole import findings

pytestmark = pytest.mark.browser
SOURCES = ("public_page", "saved_pages", "member_export", "dma_snapshot", "vendor_file", "attestation")
PAGE = "https://be.linkedin.com/company/vintergloed"
WORDS = ("ondara", "quivel", "brimwald", "sorrenta", "talvik")
HEADLINE = "Grid planner at Vintergloed"
POLICY = """\
version: 1
entities:
  - name: Vintergloed
    names: [Vintergloed]
    pages: [{page}, http://{host}/company/vintergloed]
    headline: "{{job title}} at {{company}}"
    privacy:
      purpose: correct presentation
      balancing_note_date: 2026-01-15
      contact: privacy@vintergloed.example
      notice_date: 2026-02-01
sources:
  ladder: [{ladder}]
  public_page: {{allowed_hosts: ["{host}"], seconds_between: 0, jitter: 0}}
  vendor_file: {{file: people.json}}
  attestation: {{file: answers.csv}}
"""


def page_of(slug: str, host: str) -> str:
    role = Role("Grid planner", "Vintergloed", Link(PAGE, "company", "vintergloed"), "Jan 2020")
    person = Person(slug, name_of(slug), HEADLINE, BannerForm(None), (role,), LANGUAGES[0], role, host)
    return full_page(person, "2026")


def name_of(slug: str) -> str:
    return slug.replace("-", " ").title()


@contextmanager
def site():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            host = f"127.0.0.1:{self.server.server_port}"
            body = (
                page_of(self.path.rsplit("/", 1)[-1], host).encode() if self.path.startswith("/in/") else b""
            )
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def hand_over(folder, slugs):
    """Writes the five kinds of files; `slugs` by source, employee ids are E-<source>-<number>."""
    for slug in slugs["saved_pages"]:
        written(folder / "saved_pages" / f"{slug}.html", page_of(slug, "www.linkedin.com"))
    for number, slug in enumerate(slugs["member_export"]):
        first, last = name_of(slug).split(" ", 1)
        files = {
            "Profile.csv": f"First Name,Last Name,Headline\n{first},{last},{HEADLINE}\n",
            "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
            "Vintergloed,Grid planner,,Ghent,Jan 2020,\n",
        }
        written(folder / "member_export" / f"E2{number}.zip", zipped(files))
    for number, slug in enumerate(slugs["dma_snapshot"]):
        first, last = name_of(slug).split(" ", 1)
        rows = [{"First Name": first, "Last Name": last, "Headline": HEADLINE}]
        written(folder / "dma_snapshot" / f"E3{number}" / "profile.json", snapshot("PROFILE", rows))
        position = {
            "Company Name": "Vintergloed",
            "Title": "Grid planner",
            "Started On": "2020",
            "Finished On": "",
        }
        written(folder / "dma_snapshot" / f"E3{number}" / "positions.json", snapshot("POSITIONS", [position]))
    records = [
        vendor_record(slug, name=name_of(slug), position=HEADLINE, timestamp="2026-11-10T04:05:06.000Z")
        for slug in slugs["vendor_file"]
    ]
    written(folder / "people.json", records)
    rows = "".join(f"E5{n};{HEADLINE};{PAGE};20/11/2026\n" for n in range(len(slugs["attestation"])))
    written(folder / "answers.csv", "Employee ID;Headline;Company page;Date\n" + rows)


def test_thirty_people_six_doors_one_report(tmp_path):
    slugs = {source: [f"{word}-{source[:4]}-invented" for word in WORDS] for source in SOURCES}
    hand_over(tmp_path / "evidence", slugs)
    with site() as host:
        written(
            tmp_path / "config" / "policy.yaml",
            POLICY.format(page=PAGE, host=host, ladder=", ".join(SOURCES)),
        )
        rows = ["Employee number;Full name;Status;Start date;End date;Job title;LinkedIn"]
        for row, source in enumerate(SOURCES):
            base = f"http://{host}" if source == "public_page" else "https://www.linkedin.com"
            rows += [
                f"E{row}{number};{name_of(slug)};active;2020-01-01;;Grid planner;{base}/in/{slug}"
                for number, slug in enumerate(slugs[source])
            ]
        written(tmp_path / "people.csv", "\n".join(rows) + "\n")
        done = call(
            "run", "--roster", str(tmp_path / "people.csv"), "--today", "2026-11-22",
            "--policy", str(tmp_path / "config" / "policy.yaml"),
            "--captures", str(tmp_path / "evidence"), "--output", str(tmp_path / "reports"),
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    people = {person["employee_id"]: person for person in findings(tmp_path / "reports")["employees"]}
    assert Counter(person["source"] for person in people.values()) == dict.fromkeys(SOURCES, 5)
    told = {
        SOURCES[int(key[1])]: {
            result["rule"]: f"{result['outcome']} {result['code']}" for result in person["results"]
        }
        for key, person in people.items()
    }
    assert {told[source]["HDL001"] for source in SOURCES} == {"passed OK_EXACT"}
    assert {
        told[source]["CMP001"] for source in ("public_page", "saved_pages", "vendor_file", "attestation")
    } == {"passed OK_LINKED"}
    # an export holds the employer's name and no link: it can never show whether the link is there
    assert {told[source]["CMP001"] for source in ("member_export", "dma_snapshot")} == {
        "undetermined ACT_LINK_UNSEEN"
    }
    for person in people.values():
        for result in person["results"]:
            if result["outcome"] in ("passed", "failed"):
                assert result["source"] == person["source"]
                assert result["seen_on"]
