"""A desk that is served for a test, and a small browser without scripts that talks to it."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import uuid4

from auditor.web.access import Access
from auditor.web.desk import Desk, DeskSettings
from auditor.web.server import make_server

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_FIELD = re.compile(r"<input\b([^>]*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass
class Answer:
    """What the desk answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    path: str

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def words(self) -> str:
        """The page's text without its markup."""
        plain = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", self.text, flags=re.DOTALL)
        return " ".join(unescape(plain).split())

    def links(self, start: str) -> list[str]:
        """The addresses on the page that begin so."""
        found = (unescape(one) for one in re.findall(r'href="([^"]+)"', self.text))
        return list(dict.fromkeys(one for one in found if one.startswith(start)))

    def form(self, action: str, **wanted: str) -> dict[str, str]:
        """The hidden fields of the form with this action (and these values)."""
        for head, inside in _FORM.findall(self.text):
            if dict(_ATTRIBUTE.findall(head)).get("action") != action:
                continue
            fields = {}
            for one in _FIELD.findall(inside):
                facts = {name: unescape(value) for name, value in _ATTRIBUTE.findall(one)}
                if facts.get("type") == "hidden":
                    fields[facts["name"]] = facts.get("value", "")
            if wanted.items() <= fields.items():
                return fields
        raise AssertionError(f"no form {action} on {self.path}")


@dataclass
class Browser:
    """Keeps the cookie; sends what a browser sends with its own forms."""

    port: int
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request, just as it is given."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {
            "Host": f"127.0.0.1:{self.port}",
            **self.headers,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        if self.cookie and "Cookie" not in sent:
            sent["Cookie"] = self.cookie
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read(), path)
        connection.close()
        if "set-cookie" in found.headers:
            self.cookie = found.headers["set-cookie"].partition(";")[0]
        return found

    def get(self, path: str) -> Answer:
        """A page, redirects followed."""
        answer = self.ask("GET", path)
        return self.get(answer.headers["location"]) if answer.status == 303 else answer

    def post(
        self, path: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> Answer:
        """A form of the page's own; the page that follows."""
        if files is None:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        else:
            mark = uuid4().hex
            parts = [
                f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
                for k, v in fields.items()
            ]
            for name, (file_name, content) in files.items():
                about = f'form-data; name="{name}"; filename="{file_name}"'
                head = f"--{mark}\r\nContent-Disposition: {about}\r\n\r\n"
                parts.append(head.encode() + content + b"\r\n")
            body, kind = (
                b"".join([*parts, f"--{mark}--\r\n".encode()]),
                f"multipart/form-data; boundary={mark}",
            )
        answer = self.ask("POST", path, body, Content_Type=kind, Origin=f"http://127.0.0.1:{self.port}")
        return self.get(answer.headers["location"]) if answer.status == 303 else answer


@dataclass
class Served:
    """A desk that is being served."""

    desk: Desk
    access: Access
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def browser(self) -> Browser:
        """A browser that was let in."""
        found = Browser(self.port)
        assert found.ask("GET", self.access.new_link()).status == 200
        return found


@contextmanager
def served(settings: DeskSettings, *, watching: bool = False) -> Iterator[Served]:
    """Serve a desk on a free port of loopback."""
    desk = Desk(settings)
    desk.latest.patience = None  # a busy machine
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen(128)
        port = bound.getsockname()[1]
        access = Access(port, desk.note_refusal)
        server = make_server(desk, access)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])), daemon=True)
        thread.start()
        if watching:
            threading.Thread(target=desk.watch, daemon=True).start()
        try:
            yield Served(desk, access, port)
        finally:
            server.should_exit = True
            thread.join(10)
            desk.end()
