"""The tables of a study, by the names of their files."""

from __future__ import annotations

import pyarrow as pa

from kg_builder.analysis.measures import strengths
from kg_builder.analysis.projection import Projection
from kg_builder.analysis.study import Study
from kg_builder.analysis.tables import rows_table

_SUGGESTED = {
    **dict.fromkeys(("source", "target", "source_id", "target_id"), pa.string()),
    "alike": pa.bool_(),
    "common": pa.int32(),
    "adamic_adar": pa.float64(),
    "resource_allocation": pa.float64(),
}


def study_tables(study: Study) -> dict[str, pa.Table]:
    """Every table of a study; communities are numbered from 0 by size.

    Returns:
        ``authors``, ``ties``, ``communities``, ``bridges``, ``growth``, ``suggestions``, ``organizations`` and
        ``organization_ties``, empty where there is nothing, and ``distances`` where a person was asked for.
    """
    organizations = study.organizations.projection if study.organizations else None
    tables = {
        "authors": study.author_table(),
        "ties": _ties(study.projection),
        "communities": _communities(study),
        "bridges": study.bridges,
        "growth": study.growth,
        "suggestions": rows_table([], _SUGGESTED) if study.suggestions is None else study.suggestions,
        "organizations": _organizations(organizations, study.projection),
        "organization_ties": _ties(organizations or _nobody(study.projection)),
    }
    return tables | ({"distances": study.person.table} if study.person else {})


def _ties(projection: Projection) -> pa.Table:
    """The ties with ids and names of their ends."""
    ties, authors = projection.ties, projection.authors
    ends = {
        f"{end}{suffix}": authors.column(column).take(ties.column(end))
        for end in ("source", "target")
        for suffix, column in (("", "id"), ("_name", "name"))
    }
    kept = ("papers", "newman", "fractional", "first", "last")
    return pa.table(ends | {name: ties.column(name) for name in kept})


def _nobody(projection: Projection) -> Projection:
    return Projection(
        projection.authors.slice(0, 0),
        projection.ties.slice(0, 0),
        projection.weighting,
        projection.window,
        projection.cap,
        projection.coverage,
        projection.trust,
    )


def _communities(study: Study) -> pa.Table:
    names = [name.text for name in study.community_names]
    after = [[part for part, _ in name.named_after] for name in study.community_names]
    table = study.community_table.append_column("name", pa.array(names, pa.string()))
    return table.append_column("named_after", pa.array(after, pa.list_(pa.string())))


def _organizations(projection: Projection | None, people: Projection) -> pa.Table:
    known = projection or _nobody(people)
    table = known.authors.drop_columns(["identity"])
    table = table.append_column("degree", pa.array(known.graph.degree(), pa.int32()))
    return table.append_column("strength", pa.array(strengths(known), pa.float64()))
