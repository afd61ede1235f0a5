"""What a build, or a removal, has to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg_builder.document import Problem
from kg_builder.errors import SourceError

#: Told after every source: how many sources are done, of how many, and how many papers were read in all.
Progress = Callable[[int, int, int], None]


@dataclass(frozen=True, slots=True)
class ToldProblem:
    """A problem together with the source that it stands in."""

    location: str
    problem: Problem

    def __str__(self) -> str:
        p = self.problem
        return str(SourceError(p.reason, location=self.location, line=p.line, paper=p.paper))


@dataclass(slots=True)
class BuildReport:
    """What a build, or a removal, did.

    Args:
        read: locations of the sources that were read.
        unchanged: locations of those that were as they had been.
        removed: locations of those that were forgotten.
        passed_over: files found in folders that no reader recognises.
        papers: papers read.
        refused: facts dropped because their evidence did not reproduce.
        problems: what could not be read, or was read with a doubt, now or earlier.
        notices: what the computation of the graph left out, and why.
        nodes: number of nodes by label, after the build.
        relationships: number of relationships by type, after the build.
        changed: whether the graph differs from what it was.
    """

    read: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    papers: int = 0
    refused: int = 0
    problems: list[ToldProblem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    nodes: Mapping[str, int] = field(default_factory=dict)
    relationships: Mapping[str, int] = field(default_factory=dict)
    changed: bool = False
