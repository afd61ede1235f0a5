"""What a graph follows from beside its records: code, settings, and what the user decided."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import pyarrow as pa

from kg_builder.extract.metrics import metric_directions
from kg_builder.fingerprint import code_fingerprint
from kg_builder.ids import content_hash
from kg_builder.resolve.identity.decisions import PeopleDecisions
from kg_builder.resolve.people_file import read_people_file
from kg_builder.schema import Schema, graph_schema
from kg_builder.workspace import Workspace

#: Where the decisions on people stand, relative to the workspace's folder.
PEOPLE_FILE = "people_file"
_LARGEST_TEAM = "largest_team"

#: The table of decisions on names.
DECISION: Final = {
    "number": pa.int32(),
    **dict.fromkeys(("label", "alias", "name"), pa.string()),
    "same": pa.bool_(),
}
#: A decision on a name: label, alias, name, and whether they are one.
NameRow = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class GraphPremises:
    """What a graph follows from beside its records.

    Args:
        schema: what it may hold.
        largest_team: papers of more persons leave no CO_AUTHORED relationships.
        people: what the user decided on who is who.
        names: what the user decided on names, in the order of deciding.
    """

    schema: Schema
    largest_team: int
    people: PeopleDecisions
    names: tuple[NameRow, ...] = ()

    @classmethod
    def of(cls, workspace: Workspace, largest_team: int | None = None) -> Self:
        """The premises of a workspace's graph.

        Args:
            workspace: open.
            largest_team: as last time where ``None``.

        Raises:
            PeopleFileError: the people file cannot be read, or contradicts itself.
        """
        query = "SELECT label, alias, name, same FROM decision ORDER BY number"
        rows = workspace.connection.execute(query).fetchall()
        return cls(
            workspace.schema,
            largest_team or _limit_before(workspace),
            read_people_file(people_file(workspace)),
            tuple((label, alias, name, same) for label, alias, name, same in rows),
        )

    @classmethod
    def for_file(cls, graph: Path, largest_team: int | None = None) -> Self:
        """The premises of the graph that is to stand in a workspace file, which need not exist."""
        if graph.is_file():
            with Workspace(graph) as workspace:
                return cls.of(workspace, largest_team)
        people = read_people_file(graph.parent / "people.yaml")
        return cls(graph_schema(), largest_team or _limit_at_first(), people)

    @property
    def fingerprint(self) -> str:
        """Differs where the graph of the same records may differ."""
        decided = repr((self.people.merges, self.people.apart, self.names))
        directions = sorted(metric_directions().items())
        return f"{graph_version()};{self.largest_team};{content_hash(directions, decided)}"

    def remember(self, workspace: Workspace) -> None:
        """Keep in a workspace what the next computation takes from the last."""
        workspace.set_meta(_LARGEST_TEAM, str(self.largest_team))


def graph_version() -> str:
    """Which code computes graphs, by which schema."""
    return f"{code_fingerprint('resolve')};{graph_schema().version}"


def people_file(workspace: Workspace) -> Path:
    """The file of decisions on people: beside the workspace, unless another was named."""
    named = workspace.meta(PEOPLE_FILE)
    return workspace.path.parent / (named or "people.yaml")


def use_people_file(workspace: Workspace, people: Path) -> None:
    """Take decisions on people from a file from now on.

    Args:
        workspace: open for writing.
        people: the file; kept relative to the workspace's folder.
    """
    folder = workspace.path.resolve().parent
    workspace.set_meta(PEOPLE_FILE, Path(os.path.relpath(people.resolve(), folder)).as_posix())


def knows_largest_team(workspace: Workspace) -> bool:
    """Whether a graph was computed here before, by a limit that stays."""
    return workspace.meta(_LARGEST_TEAM) is not None


def _limit_before(workspace: Workspace) -> int:
    known = workspace.meta(_LARGEST_TEAM)
    return _limit_at_first() if known is None else int(known)


def _limit_at_first() -> int:
    # Late: where nothing changed, which is often, there is nothing to resolve.
    from kg_builder.resolve.graph import LARGEST_TEAM

    return LARGEST_TEAM
