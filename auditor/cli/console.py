"""Output to the terminal: results to stdout, everything else to stderr."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click


def more_about(code: str) -> str:
    """Where a message is explained: its code, which docs/messages.md and `auditor messages` know."""
    return f"More about it: auditor messages {code}"


class Console:
    """Prints messages. Quiet leaves out all but problems; verbose adds the structured log."""

    def __init__(self, *, verbose: bool = False, quiet: bool = False, progress: bool = True) -> None:
        self.verbose = verbose
        self.quiet = quiet
        self._progress = progress and not quiet and sys.stderr.isatty()
        self._width = 0

    def show_log(self) -> None:
        """Send the structured log to stderr, in which there are only errors unless verbose."""
        import structlog  # here: it takes a third of a second, and few commands write to the log

        structlog.configure(
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(
                logging.INFO if self.verbose else logging.ERROR
            ),
            logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        )

    def say(self, text: str) -> None:
        """Print a message to stderr."""
        self._clear()
        click.echo(text, err=True)

    def tell(self, text: str) -> None:
        """Print a message to stderr, unless quiet."""
        if not self.quiet:
            self.say(text)

    def result(self, text: str) -> None:
        """Print a part of the requested result to stdout."""
        self._clear()
        click.echo(text)

    def progress(self, done: int, total: int) -> None:
        """Show how far the run is. Does nothing if stderr is not a terminal."""
        if not self._progress:
            return
        line = f"  {done} of {total} people"
        self._width = len(line)
        click.echo("\r" + line, err=True, nl=done == total)
        if done == total:
            self._width = 0

    def _clear(self) -> None:
        if self._width:
            click.echo("\r" + " " * self._width + "\r", err=True, nl=False)
            self._width = 0


class StopRequest:
    """Becomes true when the user asks to stop. The second request ends the program at once."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.asked = False

    def __call__(self) -> bool:
        """Return whether the user asked to stop."""
        return self.asked

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Note the request; on the second one, end at once."""
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self._console.say("Stopping after the current person. Press Ctrl-C again to stop at once.")


@contextmanager
def end_on_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the command as Ctrl-C does: with a message and status 130."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@contextmanager
def stop_on_signals(console: Console) -> Iterator[StopRequest]:
    """Let Ctrl-C, SIGTERM and SIGHUP stop the run between two people."""
    request = StopRequest(console)
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), request.on_signal) for name in names}
    try:
        yield request
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
