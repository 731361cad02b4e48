"""LinkedIn profile consistency auditor: a monthly check of banner, headline and company link."""

import os
import sys

# the pictures are small: more than one thread a product of matrices only costs time; must precede numpy
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _import_nothing_from_here() -> None:
    """Take the current folder off the import path before anything else is imported.

    Python puts it first (`python -m`) or wherever PYTHONPATH has an empty entry: a `click.py` lying among
    the company's files would be run. A checkout that is itself the current folder comes last.
    """
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    try:
        here = os.path.realpath(os.getcwd())  # noqa: PTH109
    except OSError:  # the folder is gone, so nothing can be imported from it
        return
    kept = [entry for entry in sys.path if os.path.realpath(entry) != here]
    sys.path[:] = [*kept, home] if os.path.realpath(home) == here else kept


# only where this is the program and not a part of another one
if os.path.splitext(os.path.basename(sys.argv[0] if sys.argv else ""))[0] in ("-m", "auditor"):  # noqa: PTH119, PTH122
    _import_nothing_from_here()

from typing import TYPE_CHECKING  # noqa: E402 - not before the import path is clean

if TYPE_CHECKING:
    from auditor.analysis import Audit

__version__ = "1.0.0"


def load(where: "str | os.PathLike[str]", run: str = "") -> "Audit":
    """A finished run as pandas tables, from the folder of its reports or from the store of a policy.

    With a policy, `run` is the run's id; without one the latest that ended is taken. Raises AuditorError.
    """
    from auditor.app.load_audit import load as load_audit  # here: pandas takes half a second

    return load_audit(os.fspath(where), run)
