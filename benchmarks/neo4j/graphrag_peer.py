"""neo4j-graphrag's ``Neo4jWriter``: a graph in JSON lines into a database. Run by the peers' Python.

    NEO4J_URI=… NEO4J_PASSWORD=… python graphrag_peer.py GRAPH.jsonl

It needs APOC on the server. Prints an object: the seconds that writing took, reading not counted.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path

import neo4j
from neo4j_graphrag.components.kg_writer import Neo4jWriter
from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship


def graph_of(path: Path) -> Neo4jGraph:
    """The graph as its own classes hold it."""
    graph = Neo4jGraph(nodes=[], relationships=[])
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        if row["type"] == "node":
            graph.nodes.append(Neo4jNode(id=row["id"], label=row["labels"][0], properties=row["properties"]))
        else:
            graph.relationships.append(
                Neo4jRelationship(
                    start_node_id=row["start"]["id"],
                    end_node_id=row["end"]["id"],
                    type=row["label"],
                    properties=row["properties"],
                )
            )
    return graph


def main() -> None:
    """Read, write, and say how long writing took."""
    graph = graph_of(Path(sys.argv[1]))
    auth = (os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(os.environ["NEO4J_URI"], auth=auth) as driver:
        writer = Neo4jWriter(driver, neo4j_database="neo4j")
        started = time.monotonic()
        done = asyncio.run(writer.run(graph))
        seconds = time.monotonic() - started
    if done.status != "SUCCESS":
        sys.exit(f"Neo4jWriter: {done.metadata}")
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
