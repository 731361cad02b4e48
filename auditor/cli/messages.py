"""`auditor messages [CODE]`."""

from __future__ import annotations

from itertools import groupby

import click

from auditor.app.message_texts import message_texts, messages_of
from auditor.errors import ExitStatus


@click.command(epilog="Example: auditor messages STORE_IN_USE")
@click.argument("code", metavar="[CODE]", default="")
def messages(code: str) -> int:
    """Say what a message means and what to do, by the code printed with it.

    Without CODE, all messages are listed. The same texts are in docs/messages.md.
    """
    if code:
        for number, one in enumerate(messages_of(code)):
            click.echo(f"\n{one.code}: {one.says}" if number else f"{one.code}: {one.says}")
            if one.why:
                click.echo(f"\n{one.why}")
            if one.do:
                click.echo(f"\nWhat to do: {one.do}")
        return ExitStatus.CLEAN
    for kind, texts in groupby(message_texts(), key=lambda one: one.kind):
        click.echo(f"{kind}\n")
        for one in texts:
            click.echo(f"  {one.code}  {one.says}")
        click.echo()
    return ExitStatus.CLEAN
