"""The plan for OpenAlex on paper: ``python -m benchmarks.scale.plan`` prints what `plan.yaml` makes of 250M works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

_ASSUMPTIONS = Path(__file__).with_name("plan.yaml")


def plan() -> Iterator[tuple[str, str]]:
    """What is planned, a row each: what, and how much."""
    tree = yaml.safe_load(_ASSUMPTIONS.read_text(encoding="utf-8"))
    m, a = tree["measured"], tree["assumed"]
    works = a["works"]
    full = works * a["with_abstract"]
    bare = works - full
    hours = (full / m["papers_per_cpu_second"] + bare / m["titles_per_cpu_second"]) / 3600
    yield "sources, packed", _bytes(a["snapshot_gz_bytes"])
    yield "reading and extraction", f"{hours:,.0f} CPU hours"
    yield (
        f"… on {a['cores']} cores",
        f"{hours / a['cores']:.1f} hours, {hours * a['euro_per_core_hour']:,.0f} €",
    )
    yield "shuffled by it", "nothing: rows part into files where they are made"
    yield "record tables", _bytes(full * m["record_bytes"] + bare * m["record_bytes_without"])
    yield "papers joined in Python, memory", _bytes(works * a["shared"] * a["paper_key_bytes"])
    signatures = works * a["signatures"]
    yield "people told apart, one process", f"{signatures * m['people_cpu_seconds'] / 3600:,.0f} hours"
    yield "… memory", _bytes(signatures * m["people_bytes"])
    pairs = works * a["pairs"]
    yield "shuffle of CO_AUTHORED in Spark SQL", f"{pairs:,.0f} rows, {_bytes(pairs * a['pair_row_bytes'])}"
    finds = full * m["facts_relationships"] * 1.5
    yield "shuffle of extracted relationships", f"{finds:,.0f} rows, {_bytes(finds * a['find_row_bytes'])}"
    # Papers, a title and perhaps an abstract each, authors, facts.
    nodes = works + works + full + a["authors"] + full * m["facts_nodes"]
    ties = works * (1 + a["signatures"] + a["citations"] + a["topics"]) + works + full
    ties += full * m["facts_relationships"] + pairs * a["distinct_pairs"]
    yield "nodes", f"{nodes:,.0f}"
    yield "relationships", f"{ties:,.0f}"
    yield "Neo4j store", _bytes((nodes + ties) * m["store_bytes"])
    seconds = (nodes + ties) / m["imported_per_second"]
    yield "import at the measured rate (2 cores)", f"{seconds / 3600:,.0f} hours"
    faster = a["import_cores"] / 2
    yield f"… if it grows with cores, {a['import_cores']}", f"{seconds / 3600 / faster:,.1f} hours"


def _bytes(count: float) -> str:
    for unit, size in (("TB", 1e12), ("GB", 1e9)):
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return f"{count / 1e6:,.0f} MB"


def main() -> None:
    """Print the plan."""
    for what, amount in plan():
        print(f"{what:<44}{amount}")


if __name__ == "__main__":
    main()
