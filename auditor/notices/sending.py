"""Sends one message to one address through Apprise, never waiting longer than agreed."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Mapping

from auditor.domain.notice import Message

#: seconds one address may take, connecting and answering together
PATIENCE = 20.0
_VARIABLE = "env:"


def resolve(address: str, environment: Mapping[str, str] = os.environ) -> str:
    """The address itself; `env:NAME` is looked up, empty where it is not set."""
    if address.startswith(_VARIABLE):
        return environment.get(address.removeprefix(_VARIABLE), "").strip()
    return address


def send(address: str, message: Message, patience: float = PATIENCE) -> str:
    """Send it; returns why it could not be sent, empty when it was. Never raises, never quotes the
    address. A server that hangs is left behind in a thread that ends with the program."""
    url = resolve(address)
    if not url:
        return f"the variable {address.removeprefix(_VARIABLE)} is not set"
    import apprise  # noqa: F401  # here, since a program that ends amid an import in a thread may hang

    told: list[str] = []
    thread = threading.Thread(target=lambda: told.append(_send(url, message)), daemon=True)
    thread.start()
    thread.join(patience)
    return told[0] if told else f"no answer within {patience:g} s"


def _send(url: str, message: Message) -> str:
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it quotes addresses
    try:
        from apprise import Apprise, AppriseAsset, NotifyFormat

        sender = Apprise(asset=AppriseAsset(app_id="auditor", async_mode=False, secure_logging=True))
        if not sender.add(url):
            return "the address is not understood"
        accepted = sender.notify(body=message.body, title=message.title, body_format=NotifyFormat.TEXT)
    except Exception as trouble:
        return f"{type(trouble).__name__} while sending"
    return "" if accepted else "the server did not accept it"
