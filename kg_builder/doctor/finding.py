"""One thing that was looked at, how it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
