"""One thing that was looked at, how it is, and what to do about it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

#: The workspace that commands use where none is named.
_USUAL = Path("graph.kg")


class State(StrEnum):
    """How something is: in order, worth knowing, or to be mended."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the doctor found.

    Args:
        subject: what was looked at.
        state: how it is.
        found: what is so, in a few words.
        remedy: what to do, where something should be done.
    """

    subject: str
    state: State
    found: str
    remedy: str = ""


def command(words: str, graph: Path) -> str:
    """A command to be typed as it stands: with ``-g``, unless the workspace is the one that is used anyway.

    >>> command("kg-builder neo4j start", Path("my papers.kg")), command("kg-builder plan", Path("graph.kg"))
    ("kg-builder neo4j start -g 'my papers.kg'", 'kg-builder plan')
    """
    return words if graph == _USUAL else f"{words} -g {shlex.quote(str(graph))}"
