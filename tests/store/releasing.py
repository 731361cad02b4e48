"""Keeps a small store of today's schema for ever: python -m tests.store.releasing

To be run once for each schema that is released; from then on every later program is tested on it.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from auditor.store.database import newest_revision, open_database, sqlite_address

RELEASED = Path(__file__).parent / "released"


def main() -> int:
    from tests.store.filled import fill

    target = RELEASED / f"{newest_revision()}.sql"
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "store.sqlite3"
        engine = open_database(sqlite_address(path))
        fill(engine)
        engine.dispose()
        with closing(sqlite3.connect(path)) as store:
            target.write_text("\n".join(store.iterdump()) + "\n", encoding="utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
