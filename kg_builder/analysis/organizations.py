"""The network of organisations, as far as sources know them."""

from __future__ import annotations

from dataclasses import dataclass

from kg_builder.analysis.bylines import Bylines
from kg_builder.analysis.coverage import Weighting
from kg_builder.analysis.projection import DEFAULT_CAP, Projection, project
from kg_builder.analysis.window import Window
from kg_builder.errors import AnalysisError
from kg_builder.workspace import Workspace

_BASIS = """
    SELECT
        (SELECT count(DISTINCT start_id) FROM relationships."PRODUCED_AT"),
        (SELECT count(DISTINCT end_id) FROM relationships."AUTHORED" WHERE start_label = 'Organization'),
        (
            SELECT count(DISTINCT a.end_id) FROM relationships."AUTHORED" a
            JOIN relationships."AFFILIATED_WITH" f ON f.start_id = a.start_id
            WHERE a.start_label = 'Author'
        ),
        (SELECT count(*) FROM nodes."Paper")
"""


@dataclass(frozen=True, slots=True)
class Organizations:
    """Organisations joined by the papers that they share, and how they are known.

    Args:
        projection: the network.
        produced: papers of which a source names the organisation.
        signed: papers with an organisation in the author list.
        affiliated: papers with an author of whom some source names an affiliation.
        papers: papers of the graph.
    """

    projection: Projection
    produced: int
    signed: int
    affiliated: int
    papers: int


def project_organizations(
    workspace: Workspace,
    *,
    window: Window | None = None,
    cap: int | None = DEFAULT_CAP,
    weighting: Weighting = "newman",
) -> Organizations | None:
    """The network of organisations that stand behind the same papers.

    Args:
        workspace: the graph.
        window: papers of these days.
        cap: papers of more organisations are left out.
        weighting: as in `project`, n being the number of organisations.

    Returns:
        The network; ``None`` where no organisation is known of any paper in the window.
    """
    bylines = Bylines.of_organizations(workspace)
    try:
        projection = project(bylines, window=window, cap=cap, weighting=weighting)
    except AnalysisError:
        return None
    produced, signed, affiliated, papers = bylines.connection.execute(_BASIS).fetchall()[0]
    return Organizations(projection, produced, signed, affiliated, papers)
