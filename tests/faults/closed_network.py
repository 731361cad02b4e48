"""A small audit in a network that has nothing but the loopback address; run inside `unshare --net`."""

from __future__ import annotations

import errno
import fcntl
import socket
import struct
import sys
from pathlib import Path

from auditor.cli.main import run_program
from auditor.demo.world import build_world

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1


def raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        name, flags = struct.unpack(
            "16sH14x", fcntl.ioctl(handle, _GET_FLAGS, struct.pack("16sH14x", b"lo", 0))
        )
        fcntl.ioctl(handle, _SET_FLAGS, struct.pack("16sH14x", name, flags | _UP))


def is_closed() -> bool:
    """No way leads out: a documentation address cannot even be tried."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as handle:
        handle.settimeout(2)
        return handle.connect_ex(("192.0.2.1", 80)) == errno.ENETUNREACH


def main(folder: Path, limit: str) -> int:
    raise_loopback()
    if not is_closed():
        print("the network is not closed", file=sys.stderr)
        return 90
    with build_world(folder / "world") as world:
        return run_program(
            [
                "run",
                "--roster",
                str(world.roster),
                "--policy",
                str(world.policy),
                "--output",
                str(folder / "reports"),
                "--today",
                str(world.today),
                "--no-progress",
                "--limit",
                limit,
            ]
        )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
