"""LinkedIn profile consistency auditor: a monthly check of banner, headline and company link."""

import os

# the pictures are small: more than one thread a product of matrices only costs time; must precede numpy
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
