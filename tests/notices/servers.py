"""Servers on this computer's own address that take notices: mail, a webhook, and one that never answers."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a sender needs."""

    def handle(self) -> None:
        self._say(220, "invented mail server")
        while line := self.rfile.readline():
            verb = line.split(b":")[0].strip().upper().split(b" ")[0]
            if verb == b"DATA":
                self._say(354, "go on")
                self.server.received.append(self._message())
                self._say(250, "taken")
            elif verb == b"QUIT":
                self._say(221, "bye")
                return
            elif verb == b"RCPT" and self.server.refuses:
                self._say(550, "nobody of that name")
            else:
                self._say(250, "fine")

    def _say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())

    def _message(self) -> EmailMessage:
        body = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            body += line[1:] if line.startswith(b"..") else line
        return message_from_bytes(body, policy=policy.default)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    refuses = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Mail)
        self.received: list[EmailMessage] = []

    @property
    def address(self) -> str:
        port = self.server_address[1]
        return f"mailto://127.0.0.1:{port}?from=audit@invented.example&to=hr@invented.example&mode=insecure"


class Webhook(ThreadingHTTPServer):
    """Keeps what was posted; answers with `status`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hook)
        self.received: list[dict] = []
        self.status = 200

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.server_address[1]}/hook?token=s3cret"


class _Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(json.loads(body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[socketserver.BaseServer]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def mail_server():
    return serving(_Server())


def webhook():
    return serving(Webhook())


@contextmanager
def silent_server() -> Iterator[str]:
    """Accepts connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"json://127.0.0.1:{listening.getsockname()[1]}/"
