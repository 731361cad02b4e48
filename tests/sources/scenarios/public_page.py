from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from auditor.sources.public_page import PublicPageSettings

from ..invented import ADDRESSLESS, BAS, NOBODY, ODA, context, page, picture
from ..scenario import Scenario

COVER = "/dms/image/v2/D4D16AQx/profile-displaybackgroundimage-shrink_200_800/0/1700000000000?e=1&t=2"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/dms/"):
            self.answer(200, "image/jpeg", picture())
        elif self.path == "/in/broken":
            self.answer(500, "text/plain", b"no")
        else:
            self.answer(200, "text/html", page("oda-vintermark", COVER.replace("&", "&amp;")).encode())

    def answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def build(folder: Path) -> Iterator[Scenario]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    host = f"127.0.0.1:{server.server_port}"
    settings = PublicPageSettings((host,), seconds_between=0, jitter=0, visit_seconds=10)
    there = replace(ODA, profile_url=f"http://{host}/in/oda-vintermark")
    broken = replace(BAS, profile_url=f"http://{host}/in/broken")
    try:
        yield Scenario(settings, context(None), there, broken, NOBODY, ADDRESSLESS, None)
    finally:
        server.shutdown()
        server.server_close()
