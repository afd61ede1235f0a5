"""How the collector of cycles is held back, and let go again."""

from __future__ import annotations

import gc

import pytest

from kg_builder.garbage import rarely_collected


def test_the_collector_runs_as_before_after_a_failure() -> None:
    before = gc.get_threshold()
    with pytest.raises(LookupError), rarely_collected():
        raise LookupError(gc.get_threshold()[0] > before[0])
    assert gc.get_threshold() == before


def test_the_collector_runs_rarely_inside() -> None:
    before = gc.get_threshold()
    with rarely_collected():
        assert gc.get_threshold()[0] > before[0]


def test_cycles_are_still_collected_in_the_end() -> None:
    with rarely_collected():
        cycle: list[object] = []
        cycle.append(cycle)
        del cycle
        assert gc.collect() > 0
