"""How long the desk's pages take for a large firm: 20,000 people, 5,000 findings.

    python -m scripts.benchmarks.desk                    makes the firm first: some minutes
    python -m scripts.benchmarks.desk --people 2000      a short look
    python -m scripts.benchmarks.desk --firm DIR         keeps the firm there, or takes the one that is there

Every page is asked for several times through the application, without a socket. Printed for each: CPU
milliseconds of the process (the best and the median of the rounds), how many times a trivial page that is,
and kilobytes. What comes once after the start, and once after an answer, is printed by itself. The goal is
300 ms and 1 MB a page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import structlog

from auditor.app.perform_run import RunEvents, perform_run
from auditor.app.run_plan import RunRequest
from auditor.web.access import Access
from auditor.web.desk import Desk, DeskSettings
from auditor.web.server import make_app

GOAL_MS, GOAL_BYTES = 300, 1_000_000
PORT = 8000
POLICY = """\
version: 1
language: en
entities:
  - name: Noordlicht Energie
    names: [Noordlicht Energie]
    pages: [https://www.linkedin.com/company/noordlicht-energie]
    headline: "{job title} at {company}"
    privacy:
      purpose: correct presentation
      balancing_note_date: 2020-01-15
      contact: privacy@noordlicht.example
      notice_date: 2020-02-01
      notice_in_joining_papers: true
sources:
  ladder: [saved_pages, vendor_file]
  saved_pages: {folder: ../saved}
  vendor_file: {file: records.json}
"""
HEAD = "Employee number;Full name;Status;Start date;End date;Job title;LinkedIn\n"
FIRST = ("Anneke", "Bram", "Chloë", "Dirk", "Els", "Femke", "Gijs", "Hanne", "Ilse", "Joris")
LAST = ("Voorbeeld", "Verzonnen", "Bedacht", "Fictief", "Denkbeeldig", "Vertrokken", "Ginder", "Overmorgen")
PAGE = "https://www.linkedin.com/company/noordlicht-energie"


def make_firm(folder: Path, people: int) -> None:
    """A roster, records of everybody's profile, and one run that has ended: one person in five has a
    wrong headline, one in a hundred one that a person must look at, one in twenty has left, and half of
    those still list the firm."""
    for name in ("config", "saved"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "config" / "policy.yaml").write_text(POLICY, "utf-8")
    now = datetime.now(UTC)
    left = (now - timedelta(days=70)).date()
    rows, records = [HEAD], []
    for n in range(people):
        leaver = n % 20 == 0
        name = f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST) % len(LAST)]} {_letters(n)}"
        slug = f"invented-{n:05}"
        address = f"https://www.linkedin.com/in/{slug}"
        end = left if leaver else ""
        rows.append(f"{n:05};{name};{'' if leaver else 'active'};2020-01-01;{end};Planner;{address}\n")
        if n % 10 == 9:
            continue  # nothing is known of these
        gone = leaver and n % 40 == 0
        wrong, unclear = n % 5 == 1, n % 100 == 3
        headline = "Cyclist and speaker" if wrong else "Planner at Noordlicht Energie"
        headline = "Planner at Noordlicht" if unclear else headline
        role = {"title": "Planner", "start_date": "Jan 2020", "end_date": "Jan 2026" if gone else "Present"}
        records.append(
            {
                "id": slug,
                "url": address,
                "input_url": address,
                "name": name,
                "position": headline,
                "current_company": {"name": "Noordlicht Energie", "link": PAGE},
                "experience": [
                    {"title": "Planner", "company": "Noordlicht Energie", "url": PAGE, "positions": [role]}
                ],
                "timestamp": (now - timedelta(days=1)).isoformat(),
            }
        )
    (folder / "people.csv").write_text("".join(rows), "utf-8")
    (folder / "config" / "records.json").write_text(json.dumps(records), "utf-8")
    request = RunRequest(folder / "people.csv", folder / "config" / "policy.yaml", folder / "reports")
    begun = time.process_time()
    end = perform_run(request, nullcontext(lambda: False), RunEvents())
    assert end.report is not None
    print(f"a run of {people:,} people: {len(end.report.findings):,} findings, "
          f"{time.process_time() - begun:.0f} CPU-s")  # fmt: skip


def _letters(n: int) -> str:
    return "".join(chr(97 + n // 26**place % 26) for place in (2, 1, 0)).capitalize()


class Client:
    """A browser that was let in, without a socket."""

    def __init__(self, desk: Desk) -> None:
        access = Access(PORT, lambda _why, _times: None)
        self._app = make_app(desk, access)
        self._session = access.let_in(access.new_link().partition("link=")[2])
        self._cookie = f"{access.cookie}={self._session.key if self._session else ''}"

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers of the answer; a form is sent where there are fields."""
        return asyncio.run(self._asked(path, fields))

    async def _asked(self, path: str, fields: dict[str, str] | None) -> tuple[int, bytes, dict[str, str]]:
        plain, _, query = path.partition("?")
        token = self._session.form_token if self._session else ""
        sent = urlencode({"token": token, **fields}).encode() if fields is not None else b""
        headers = [(b"host", f"127.0.0.1:{PORT}".encode()), (b"cookie", self._cookie.encode())]
        headers += [(b"content-type", b"application/x-www-form-urlencoded")] if fields is not None else []
        scope = {
            "type": "http", "method": "GET" if fields is None else "POST", "path": plain, "headers": headers,
            "raw_path": plain.encode(), "query_string": query.encode(), "http_version": "1.1",
            "scheme": "http", "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 1), "root_path": "",
        }  # fmt: skip
        status, body, found = 0, b"", {}

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": sent, "more_body": False}

        async def send(message: dict) -> None:  # type: ignore[type-arg]
            nonlocal status, body, found
            if message["type"] == "http.response.start":
                status = message["status"]
                found = {k.decode(): v.decode() for k, v in message["headers"]}
            else:
                body += message.get("body", b"")

        await self._app(scope, receive, send)  # type: ignore[arg-type]
        return status, body, found


def once(what: str, action: Callable[[], tuple[int, bytes, dict[str, str]]]) -> bytes:
    """Do something a single time and print what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    status, body, _ = action()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what:<44} {1000 * cpu:8.0f} ms CPU {1000 * wall:8.0f} ms wall   {status}")
    return body


def measure(client: Client, pages: dict[str, str], rounds: int) -> bool:
    """Ask for every page in turns and print what each took; whether all kept to the goal."""
    took: dict[str, list[float]] = {name: [] for name in pages}
    sizes: dict[str, int] = {}
    for _ in range(rounds):
        for name, path in pages.items():
            begun = time.process_time()
            status, body, _ = client.ask(path)
            took[name].append(1000 * (time.process_time() - begun))
            sizes[name] = len(body)
            assert status == 200, (name, status, body[:300])
    trivial = statistics.median(took["a file of the desk's"])
    good = True
    print(f"{'page':<28} {'best':>8} {'median':>8} {'x trivial':>10} {'kB':>8}")
    for name, times in took.items():
        kept = statistics.median(times) <= GOAL_MS and sizes[name] <= GOAL_BYTES
        good &= kept
        print(
            f"{name:<28} {min(times):8.1f} {statistics.median(times):8.1f} "
            f"{statistics.median(times) / trivial:10.0f} {sizes[name] / 1000:8.0f}{'' if kept else '  !'}"
        )
    return good


def memory() -> str:
    """The most memory that this process held so far."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB"


def main(given: list[str]) -> int:
    """Make the firm, ask for the pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--firm", type=Path)
    chosen = parser.parse_args(given)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.firm or Path(made)
        if not (folder / "reports").exists():
            make_firm(folder, chosen.people)
            if chosen.firm:
                print("made; call again to measure in a process of its own")
                return 0
        return _ask_pages(folder, chosen.rounds)


def _ask_pages(folder: Path, rounds: int) -> int:
    desk = Desk(
        DeskSettings(folder / "config" / "policy.yaml", folder / "reports", "Els", folder / "people.csv")
    )
    desk.latest.patience = None
    client = Client(desk)
    print(f"memory before anything was read: {memory()}")
    once("the first page after the start", lambda: client.ask("/"))
    once("the first look at Collect", lambda: client.ask("/collect"))
    print(f"memory afterwards: {memory()}")
    text = client.ask("/review?show=open")[1].decode()
    finding = next(iter(re.findall(r"finding=([0-9a-f]+)", text)))
    case = next(iter(re.findall(r"case=([^\"&]+)", client.ask("/leavers")[1].decode())))
    pages = {
        "a file of the desk's": "/static/desk.css",
        "month": "/",
        "collect": "/collect",
        "collect, last page": "/collect?page=99999",
        "review, to look at": "/review",
        "review, open": "/review?show=open",
        "review, all, last page": "/review?show=all&page=99999",
        "review, search": "/review?show=all&q=verzonnen",
        "one finding": f"/review/one?show=open&finding={finding}",
        "leavers": "/leavers",
        "a departure": f"/leavers/one?case={case}",
        "people": "/people",
        "people, search": "/people?q=bedacht",
        "a person": "/people/one?person=00021",
        "settings": "/settings",
    }
    good = measure(client, pages, rounds)
    report = desk.latest()
    assert report is not None
    answer = {"show": "open", "finding": finding, "person": "", "report": report.run.facts.id}
    once("an answer", lambda: client.ask("/review/answer", {**answer, "word": "asked", "remark": "once"}))
    once("the page after it", lambda: client.ask(pages["one finding"]))
    once("Collect after it", lambda: client.ask("/collect"))
    once("the answer taken back", lambda: client.ask("/review/undo", {**answer, "word": "asked"}))
    once("the month after it", lambda: client.ask("/"))
    print(f"memory in the end: {memory()}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
