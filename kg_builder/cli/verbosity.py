"""``-q`` and ``-v`` on every command: silent but for results and errors, or with a word on what is done."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import IntEnum
from functools import wraps
from typing import Annotated, Any

import typer


class Verbosity(IntEnum):
    """How much is told beside the results."""

    QUIET = 0
    USUAL = 1
    VERBOSE = 2


class _Told:
    verbosity = Verbosity.USUAL


_QUIET = Annotated[bool, typer.Option("-q", "--quiet", help="Print results and errors only.")]
_VERBOSE = Annotated[
    bool, typer.Option("-v", "--verbose", help="Also say what is done and how long it takes.")
]


def verbosity() -> Verbosity:
    """How much this run of the command line tells."""
    return _Told.verbosity


def add_verbosity(app: typer.Typer) -> None:
    """Give every command of an app, and of the groups in it, the options ``-q`` and ``-v``."""
    for command in app.registered_commands:
        if command.callback is not None:
            command.callback = _heeding(command.callback)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            add_verbosity(group.typer_instance)


def _heeding(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same command with two options more."""
    signature = inspect.signature(command, eval_str=True)
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=annotation)
        for name, annotation in (("quiet", _QUIET), ("verbose", _VERBOSE))
    ]

    @wraps(command)
    def heeding(*arguments: Any, quiet: bool, verbose: bool, **named: Any) -> Any:
        _Told.verbosity = Verbosity.VERBOSE if verbose else Verbosity.QUIET if quiet else Verbosity.USUAL
        return command(*arguments, **named)

    whole = signature.replace(parameters=[*signature.parameters.values(), *more])
    heeding.__signature__ = whole  # type: ignore[attr-defined]
    heeding.__annotations__ = {p.name: p.annotation for p in whole.parameters.values()}
    return heeding
