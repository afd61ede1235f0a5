"""Computing one thing beside others."""

from __future__ import annotations

import threading
from contextvars import ContextVar

import pytest

from kg_builder.resolve.background import in_background

WEIGHT: ContextVar[int] = ContextVar("WEIGHT", default=1)


def test_what_is_computed_in_the_background_goes_on_beside_its_caller():
    both = threading.Barrier(2, timeout=10)
    waited = in_background(both.wait)
    both.wait()
    assert waited() in (0, 1)


def test_what_fails_in_the_background_fails_where_its_result_is_asked_for():
    def fail() -> None:
        raise ValueError("no people here")

    result = in_background(fail)
    with pytest.raises(ValueError, match="no people here"):
        result()


def test_the_background_sees_the_settings_of_its_caller():
    token = WEIGHT.set(2)
    try:
        assert in_background(WEIGHT.get)() == 2
    finally:
        WEIGHT.reset(token)
