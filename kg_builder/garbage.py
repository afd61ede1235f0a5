"""Python's collector of reference cycles, held back while much is made that lives on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Objects made before the youngest are looked through, and how often that happens before older ones are. A build makes
#: few cycles and many objects that stay; at Python's own thresholds (700, 10, 10) the collector took 6 % of the CPU of
#: extraction, looking again and again through what lives on.
_THRESHOLDS = (50_000, 20, 20)


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Look for cycles rarely, until the end of the ``with`` block.

    Example:
        >>> before = gc.get_threshold()
        >>> with rarely_collected():
        ...     rare = gc.get_threshold()
        >>> rare[0] > before[0], gc.get_threshold() == before
        (True, True)
    """
    before = gc.get_threshold()
    gc.set_threshold(*_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
