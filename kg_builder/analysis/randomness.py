"""igraph's random numbers from a seed, so that one seed gives one answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import igraph


@contextmanager
def seeded(seed: int) -> Iterator[random.Random]:
    """Let igraph draw from a generator with this seed, and give Python's own back afterwards."""
    generator = random.Random(seed)  # noqa: S311 - samples and communities, no secrets
    igraph.set_random_number_generator(generator)
    try:
        yield generator
    finally:
        igraph.set_random_number_generator(random)
