"""Every query of the library on a workspace, warm, on the embedded engine.

    python -m benchmarks.speed.queries WORKSPACE

prints an object: milliseconds by query, the median of five runs after a first.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from kg_builder.stores.embedded import EmbeddedGraph
from kg_builder.stores.query_library import library_queries
from kg_builder.stores.querying import snapshot_folder
from kg_builder.workspace import Workspace

#: What is given for a required parameter: the best connected of its kind, which makes most work.
_EXAMPLES = {
    "model": "MATCH ()--(e:Model) RETURN e.name, count(*) AS c, e.id ORDER BY c DESC, e.id LIMIT 1",
    "benchmark": "MATCH (:Result)-->(e:Benchmark) RETURN e.name, count(*) AS c, e.id ORDER BY c DESC, e.id LIMIT 1",
    "organization": "MATCH (e:Organization) RETURN e.name ORDER BY e.id LIMIT 1",
    "person": "MATCH (a:Author)-[:CO_AUTHORED]-() RETURN a.name, count(*) AS c, a.id ORDER BY c DESC, a.id LIMIT 1",
    "other": "MATCH (a:Author)-[:CO_AUTHORED]-() RETURN a.name, count(*) AS c, a.id ORDER BY c, a.id LIMIT 1",
    "paper": "MATCH (p:Paper)-[:INTRODUCES]->() RETURN p.id, count(*) AS c ORDER BY c DESC, p.id LIMIT 1",
    "name": "MATCH (p:Paper)-[:INTRODUCES]->(e) WITH p, count(*) AS c, min(e.name) AS n RETURN n ORDER BY c DESC, p.id",
    "text": "RETURN 'model'",
}


def main() -> None:
    """Measure, and print."""
    path = Path(sys.argv[1])
    with Workspace(path) as workspace:
        engine = EmbeddedGraph.from_graph(workspace.graph(), snapshot_folder(path))
    examples = {name: engine.run(cypher).rows[0][0] for name, cypher in _EXAMPLES.items()}
    took = {}
    for name, query in library_queries().items():
        values = query.values({p.name: examples[p.name] for p in query.parameters.values() if p.required})
        times = []
        for _ in range(6):
            started = time.perf_counter()
            engine.run(query.cypher, values)
            times.append(1000 * (time.perf_counter() - started))
        took[name] = round(statistics.median(times[1:]), 2)
    print(json.dumps(took))


if __name__ == "__main__":
    main()
