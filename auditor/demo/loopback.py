"""A small web server on this computer's own address, on which the replicas are built."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for. `target` is the path with its query."""

    target: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site answers. `delay` in seconds before the first byte."""

    body: bytes
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


class LoopbackSite(ABC):
    """A running site that answers with `reply_to`, several visitors at a time; use it in a `with` statement.

    `port` 0 takes any free port. A subclass is complete before it calls `super().__init__`, which starts it.
    """

    def __init__(self, port: int = 0) -> None:
        self._closing = threading.Event()
        self._server = _Server((LOOPBACK, port), _Handler)
        self._server.site = self
        self.host = f"{LOOPBACK}:{self._server.server_port}"
        self.origin = f"http://{self.host}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop serving; a second call does nothing."""
        if not self._closing.is_set():
            self._closing.set()
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def wait(self, seconds: float) -> None:
        """Keep a visitor waiting, but not longer than the site lives."""
        self._closing.wait(seconds)

    @abstractmethod
    def reply_to(self, request: Request) -> Reply:
        """The answer to one request; called from several threads."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    site: LoopbackSite

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who hangs up is no trouble; nothing is written anywhere."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    # head and body leave together, at once
    wbufsize = 65_536
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(b"")

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def log_message(self, format: str, *args: object) -> None:
        """The site keeps counts, not logs."""

    def _answer(self, body: bytes) -> None:
        reply = self.server.site.reply_to(Request(self.path, body, dict(self.headers)))
        if reply.delay:
            self.server.site.wait(reply.delay)
        self.send_response(reply.status, "Request denied" if reply.status == 999 else None)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)
        self.wfile.flush()
