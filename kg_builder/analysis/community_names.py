"""What communities are called: after the models and benchmarks that their papers name more than others do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from kg_builder.analysis.bylines import SQL, Bylines
from kg_builder.analysis.communities import Communities
from kg_builder.analysis.coverage import choose_papers
from kg_builder.analysis.projection import Projection

#: Names in the name of a community.
_PARTS: Final = 3
#: Which names serve, the first first: a community whose papers name no model and no benchmark goes by the next.
_TIERS: Final = (("Model", "Benchmark"), ("Method", "Topic"))
#: A name in several papers says more of a community than one in a single paper.
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class CommunityName:
    """What a community is called, and after what.

    Args:
        text: the name.
        named_after: the parts with the number of the community's papers that name them; empty where the community
            is called after its most central member.
    """

    text: str
    named_after: tuple[tuple[str, int], ...]


def name_communities(
    bylines: Bylines, projection: Projection, communities: Communities, table: pa.Table
) -> list[CommunityName]:
    """Name communities of authors.

    A community is called after the models and benchmarks that its papers name most beyond what the other
    communities' papers would let expect (log-likelihood ratio, Dunning 1993), where need be after methods and topics,
    and else after its most central member.

    Args:
        bylines: what the network was projected from, of a workspace: what papers name is read from its graph.
        projection: the network.
        communities: its communities.
        table: the communities to be named, as `community_table` returns them.
    """
    choose_papers(bylines, projection.window, projection.cap)
    bylines.connection.register(
        "given_community",
        pa.table({"id": projection.authors.column("id"), "community": pa.array(communities.membership)}),
    )
    bylines.connection.execute(
        "CREATE OR REPLACE TEMP TABLE community AS SELECT a.number AS author, c.community "
        "FROM given_community c JOIN author a USING (id)"
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in bylines.table((SQL / "community_topics.sql").read_text(encoding="utf-8")).to_pylist():
        found[row["community"]].append(row)
    return [_name(found[row["community"]], row["central"]) for row in table.to_pylist()]


def _name(candidates: list[dict[str, Any]], central: list[str]) -> CommunityName:
    for labels in _TIERS:
        for papers in (_SEVERAL, 1):
            named = [c for c in candidates if c["label"] in labels and c["papers"] >= papers]
            if named:
                parts = tuple(dict.fromkeys((c["name"], c["papers"]) for c in named))[:_PARTS]
                return CommunityName(" · ".join(name for name, _ in parts), parts)
    return CommunityName(f"around {central[0]}", ())
