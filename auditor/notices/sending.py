"""Sends one message to one address through Apprise, never waiting longer than agreed."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING

from auditor.model.notice import Message

if TYPE_CHECKING:
    from apprise import Apprise

#: seconds one address may take, connecting and answering together
PATIENCE = 20.0
#: so much later the library gives up, so that it is always told the same way
_BEHIND = 0.5
_VARIABLE = "env:"
WITHOUT_PACKAGES = "notices need packages that are not installed (apprise)"


def resolve(address: str, environment: Mapping[str, str] = os.environ) -> str:
    """The address itself; `env:NAME` is looked up, empty where it is not set."""
    if address.startswith(_VARIABLE):
        return environment.get(address.removeprefix(_VARIABLE), "").strip()
    return address


def packages_are_there() -> bool:
    """Whether the extra `notices` is installed."""
    try:
        return find_spec("apprise") is not None
    except ValueError:  # kept from being imported
        return False


def send(address: str, message: Message, patience: float = PATIENCE) -> str:
    """Send it; returns why it could not be sent, empty when it was. Never raises, never quotes the
    address. A server that hangs is left behind in a thread, whose own waits are as short."""
    url = resolve(address)
    if not url:
        return f"the variable {address.removeprefix(_VARIABLE)} is not set"
    sender = _sender(url, patience)
    if isinstance(sender, str):
        return sender
    outcomes: list[str] = []
    thread = threading.Thread(target=lambda: outcomes.append(_notify(sender, message)), daemon=True)
    thread.start()
    thread.join(patience)
    return outcomes[0] if outcomes else f"no answer within {patience:g} s"


def _sender(url: str, patience: float) -> Apprise | str:
    """What sends to the address, or why nothing can. Its own waits are cut to little more than `patience`,
    since the program's end waits for its threads."""
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it quotes addresses
    try:
        from apprise import Apprise, AppriseAsset

        sender = Apprise(asset=AppriseAsset(app_id="auditor", async_mode=False, secure_logging=True))
        if not sender.add(url):
            return "the address is not understood"
        longest = patience + _BEHIND
        for service in sender:
            service.socket_connect_timeout = min(service.socket_connect_timeout, longest)
            service.socket_read_timeout = min(service.socket_read_timeout, longest)
        return sender
    except ImportError:
        return WITHOUT_PACKAGES
    except Exception as trouble:
        return f"{type(trouble).__name__} while reading the address"


def _notify(sender: Apprise, message: Message) -> str:
    try:
        accepted = sender.notify(body=message.body, title=message.title, body_format="text")
    except Exception as trouble:
        return f"{type(trouble).__name__} while sending"
    return "" if accepted else "the server did not accept it"
