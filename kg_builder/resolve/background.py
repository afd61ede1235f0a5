"""Computing one thing beside others."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


def in_background(function: Callable[[], Result]) -> Callable[[], Result]:
    """Begin to compute something in a thread of its own, which pays where this one waits for a database meanwhile.

    The thread ends with the program, so that Ctrl-C need not wait for it.

    Args:
        function: what to compute.

    Returns:
        What waits for the result, and gives it or raises what the function raised.

    Example:
        >>> total = in_background(lambda: sum(range(5)))
        >>> total()
        10
    """
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(context.run(function))
        except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
            future.set_exception(error)

    context = contextvars.copy_context()
    threading.Thread(target=run, name="kg-builder-background", daemon=True).start()
    return future.result
