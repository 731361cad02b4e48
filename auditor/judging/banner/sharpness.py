"""How soft or how crisp the candidate is against the banner: one small filter for the whole picture."""

from __future__ import annotations

import numpy as np

from auditor.judging.banner.raster import Raster, blur

_SIGMAS = (0.6, 1.1, 2.0)
_RIDGE = 0.002


def match_sharpness(seen: Raster, expected: Raster) -> tuple[Raster, float]:
    """`expected` made as soft or as crisp as `seen`, and the softness found.

    The softness is the response at fine detail: 1 = as crisp as the banner, below 0.5 = blurred.
    The filter is a sum of blurs with unit gain, found by robust least squares on the whole picture,
    so a change in one place cannot be explained by it.
    """
    blurs = [blur(expected, sigma) for sigma in _SIGMAS]
    columns = np.stack([soft - expected for soft in blurs])
    rows = _busy(columns[-1])
    weights = _fit(columns.reshape(len(_SIGMAS), -1)[:, rows], (seen - expected).ravel()[rows])
    shaped = expected + np.tensordot(weights, columns, axes=1).astype(np.float32)
    return np.asarray(shaped, dtype=np.float32), float(1.0 - weights.sum())


def _busy(detail: Raster, most: int = 20_000) -> np.ndarray:
    """Where strokes and edges are: the only places that tell about sharpness."""
    size = np.abs(detail).ravel()
    order = np.argpartition(size, max(0, size.size - most))[-most:]
    return np.asarray(order[size[order] > 1.0])


def _fit(columns: np.ndarray, target: np.ndarray) -> np.ndarray:
    weights = np.zeros(len(columns))
    if target.size < 100:
        return weights
    for _ in range(3):
        rest = target - weights @ columns
        spread = 3.0 * 1.4826 * float(np.median(np.abs(rest))) + 1.0
        trust = np.square(np.clip(1 - np.square(rest / spread), 0, 1))
        weighted = columns * trust
        normal = weighted @ columns.T
        normal[np.diag_indices(len(columns))] += _RIDGE * np.trace(normal) + 1.0
        weights = np.linalg.solve(normal, weighted @ target)
    return np.asarray(np.clip(weights, -1.5, 1.5))
