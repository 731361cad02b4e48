"""What the desk and the member's page have in common: the port, the quiet server, the templates, and the
notice of a fault of ours."""

from __future__ import annotations

import contextlib
import os
import socket
import traceback
from collections.abc import Iterator
from pathlib import Path

import structlog
import uvicorn
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.types import ASGIApp

from auditor.errors import UsageError
from auditor.reports.people import shown

log = structlog.get_logger()

#: bytes of a request's head at most, the address included; it may come in as many pieces as the line likes
LARGEST_HEAD = 100_000


@contextlib.contextmanager
def bound_port(host: str, port: int, hint: str) -> Iterator[socket.socket]:
    """A socket that listens on a port; `port` 0 = any that is free. Raises UsageError, with the hint, where
    it is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as bound:
        # on Windows the option would let two programs have the same port
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1 if os.name == "posix" else 0)
        try:
            bound.bind((host, port))
            bound.listen(256)
        except OSError as trouble:
            raise UsageError(
                f"{host} port {port} cannot be used: {trouble.strerror or trouble}.", hint, code="PORT_TAKEN"
            ) from None
        yield bound


def quiet_server(app: ASGIApp, *, end_within: int, most_at_once: int | None = None) -> uvicorn.Server:
    """A server that logs no address, which may be somebody's link, trusts no header of a proxy, and says
    nothing of itself.

    `end_within`: seconds that answers may still take when it ends; `most_at_once`: requests, None = any
    number.
    """
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",  # also where another parser is installed: the limit of the head is this one's
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=most_at_once,
            timeout_graceful_shutdown=end_within,
            h11_max_incomplete_event_size=LARGEST_HEAD,
            lifespan="off",
        )
    )


def make_templates(package: str) -> Environment:
    """The templates of a package, with the filter `shown` for texts from outside."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["shown"] = shown
    return made


def note_fault(event: str, fault: Exception) -> str:
    """Log a fault of ours by its kind and place, which are returned, without its text, which may hold a
    name."""
    place = traceback.extract_tb(fault.__traceback__)[-1:]
    where = f"{Path(place[0].filename).name}:{place[0].lineno}" if place else ""
    log.error(event, kind=type(fault).__name__, where=where)
    return f"{type(fault).__name__} {where}"
