"""Files that people name in a policy: only plain files, only as large as they may be, never waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class UnusableFile(Exception):
    """Why a file is not read, in words that follow its name."""


def read_plain_file(path: Path, most: int) -> bytes:
    """The bytes of a plain file. Raises FileNotFoundError, and UnusableFile for a folder, a device, a
    pipe, a file of more than `most` bytes and one that cannot be read."""
    try:
        # without O_NONBLOCK the opening of a pipe would wait for somebody to write into it
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise UnusableFile("is not an ordinary file")
            body = file.read(most + 1)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as trouble:
        if path.is_dir():
            raise UnusableFile("is a folder") from None
        raise UnusableFile(f"cannot be read ({getattr(trouble, 'strerror', None) or trouble})") from None
    if len(body) > most:
        raise UnusableFile(f"is larger than {most:,} bytes")
    return body


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a link on the way to the file leads out of the folder."""
    real = path.resolve()
    named = Path(os.path.abspath(path))  # noqa: PTH100  .resolve() would follow the links
    return real != named and not real.is_relative_to(folder.resolve())
