"""A whole co-authorship analysis: every measure of one network, with the settings that it was made with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa

from kg_builder.analysis.bylines import Bylines
from kg_builder.analysis.communities import Communities, bridging_authors, community_table, find_communities
from kg_builder.analysis.community_names import CommunityName, name_communities
from kg_builder.analysis.coverage import Weighting, choose_papers
from kg_builder.analysis.growth import fitting_period, growth
from kg_builder.analysis.measures import Measures, measure
from kg_builder.analysis.organizations import Organizations, project_organizations
from kg_builder.analysis.paths import Step, collaboration_distances, collaboration_path, distance_counts
from kg_builder.analysis.projection import DEFAULT_CAP, Projection, project
from kg_builder.analysis.suggestions import Check, check_suggestions, suggest_links
from kg_builder.analysis.who import find_person
from kg_builder.analysis.window import Period, Window
from kg_builder.errors import AnalysisError
from kg_builder.workspace import Workspace

#: Pairs that are suggested, those whose names may be one person's among them.
SUGGESTED: Final = 200
ALL_DATES: Final = Window()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a study is asked for.

    Args:
        window: papers of these days.
        by: the periods of growth; those that fit the dates of the papers where ``None``.
        weighting: how a tie weighs.
        cap: papers of more authors are left out; no limit where ``None``.
        seed: of communities and samples.
        samples: authors from whom shortest paths are followed; exact where that is quick, unless given.
        resolution: the higher, the smaller the communities.
        person: someone whose distances to all others are told.
        to: someone to whom the path from `person` is told.
    """

    window: Window = ALL_DATES
    by: Period | None = None
    weighting: Weighting = "newman"
    cap: int | None = DEFAULT_CAP
    seed: int = 1
    samples: int | None = None
    resolution: float = 1.0
    person: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class PersonStudy:
    """One person in the network.

    Args:
        id: of the person.
        name: of the person.
        distances: how many authors stand at which distance, those out of reach last.
        table: the distance of every author.
        to: the name of the other person, where a path was asked for.
        path: the steps to the other; ``None`` where nobody else was asked for, or no path leads there.
    """

    id: str
    name: str
    distances: tuple[dict[str, int | None], ...]
    table: pa.Table
    to: str | None
    path: tuple[Step, ...] | None


@dataclass(frozen=True, slots=True)
class Study:
    """A network with all that was measured on it.

    Args:
        settings: what was asked for.
        projection: the network.
        measures: of its authors.
        communities: its partition.
        community_table: a row for each community of two members or more, see `community_table`.
        community_names: their names, in the same order.
        bridges: authors who join communities.
        growth: the network by periods.
        paper_sizes: authors and papers: how many papers in the window have how many authors, over the cap too.
        printed_twice: author lists in which a name stands twice; it is taken for one person there.
        suggestions: pairs that may write together next; ``None`` where `unsuggested` says why there are none.
        check: how suggestions fared; ``None`` where `unchecked` says why that cannot be told.
        organizations: the network of organisations; ``None`` where none is known.
        person: where a person was asked for.
    """

    settings: Settings
    projection: Projection
    measures: Measures
    communities: Communities
    community_table: pa.Table
    community_names: tuple[CommunityName, ...]
    bridges: pa.Table
    growth: pa.Table
    paper_sizes: tuple[tuple[int, int], ...]
    printed_twice: int
    suggestions: pa.Table | None
    unsuggested: str | None
    check: Check | None
    unchecked: str | None
    organizations: Organizations | None
    person: PersonStudy | None

    def author_table(self) -> pa.Table:
        """The measures of every author, with the community, from 0 by size, and how the identity is known."""
        table = self.measures.table.append_column("community", pa.array(self.communities.membership))
        return table.append_column("identity", self.projection.authors.column("identity"))


def study(workspace: Workspace, settings: Settings | None = None) -> Study:
    """Project the author lists of a workspace and measure the network.

    Args:
        workspace: the graph.
        settings: what is asked for.

    Raises:
        AnalysisError: no paper is left to count, or a person is unknown.
    """
    settings = settings or Settings()
    bylines = Bylines.of_workspace(workspace)
    window, cap = settings.window, settings.cap
    by = settings.by or fitting_period(bylines, window)
    projection = project(bylines, window=window, cap=cap, weighting=settings.weighting)
    person = study_person(bylines, projection, settings)
    measures = measure(projection, samples=settings.samples, seed=settings.seed)
    communities = find_communities(projection, seed=settings.seed, resolution=settings.resolution)
    table = community_table(projection, communities)
    suggestions, unsuggested = _suggested(projection)
    check, unchecked = _checked(bylines, settings)
    return Study(
        settings=replace(settings, by=by),
        projection=projection,
        measures=measures,
        communities=communities,
        community_table=table,
        community_names=tuple(name_communities(bylines, projection, communities, table)),
        bridges=bridging_authors(projection, communities, measures, count=100),
        growth=growth(bylines, by, window=window, cap=cap),
        paper_sizes=_paper_sizes(bylines, settings),
        printed_twice=_printed_twice(workspace),
        suggestions=suggestions,
        unsuggested=unsuggested,
        check=check,
        unchecked=unchecked,
        organizations=project_organizations(workspace, window=window, cap=cap, weighting=settings.weighting),
        person=person,
    )


def study_person(bylines: Bylines, projection: Projection, settings: Settings) -> PersonStudy | None:
    """The distances of `Settings.person` and the path to `Settings.to`, where asked for."""
    if settings.person is None:
        return None
    row = find_person(projection, settings.person)
    table = collaboration_distances(projection, settings.person)
    found = PersonStudy(
        projection.ids[row], projection.names[row], tuple(distance_counts(table)), table, None, None
    )
    if settings.to is None:
        return found
    path = collaboration_path(bylines, projection, settings.person, settings.to)
    return replace(found, to=projection.names[find_person(projection, settings.to)], path=path)


def _suggested(projection: Projection) -> tuple[pa.Table | None, str | None]:
    try:
        return suggest_links(projection, count=SUGGESTED), None
    except AnalysisError as error:
        return None, str(error)


def _checked(bylines: Bylines, settings: Settings) -> tuple[Check | None, str | None]:
    try:
        return check_suggestions(bylines, window=settings.window, cap=settings.cap), None
    except AnalysisError as error:
        return None, str(error)


def _paper_sizes(bylines: Bylines, settings: Settings) -> tuple[tuple[int, int], ...]:
    choose_papers(bylines, settings.window, settings.cap)
    rows = bylines.connection.execute(
        "SELECT size, count(*) FROM chosen WHERE size > 0 GROUP BY size ORDER BY size"
    ).fetchall()
    return tuple((size, papers) for size, papers in rows)


def _printed_twice(workspace: Workspace) -> int:
    row = workspace.connection.execute(
        """
        SELECT count(*) FROM (
            SELECT DISTINCT source, document FROM signature WHERE kind = 'person'
            GROUP BY source, document, name HAVING count(*) > 1
        )
        """
    ).fetchone()
    return int(row[0]) if row else 0
