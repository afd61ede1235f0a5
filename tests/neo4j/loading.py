"""Loads a graph as a process of its own, which a test can kill: the seed as argument, the server by environment."""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from graphs import MemoryGraph, node, relationship

from kg_builder.stores.neo4j import writing
from kg_builder.stores.neo4j.connection import connect, connection_settings
from kg_builder.stores.neo4j.load import load

PAPERS = 300
MODELS = 40


def graph_of(seed: int) -> MemoryGraph:
    """A graph of a few kinds; two seeds share most of it, with other values here and there."""
    chance = random.Random(seed)
    models = [node("Model", f"m{n}", name=f"M{n}", size=f"{chance.randint(1, 3)}B") for n in range(MODELS)]
    papers = [node("Paper", f"p{n:03}", title=f"Paper {n}") for n in range(PAPERS) if chance.random() < 0.8]
    uses = [
        relationship(f"Paper/{paper.id}", "USES", f"Model/m{n}", confidence=chance.random())
        for paper in papers
        for n in sorted(chance.sample(range(MODELS), 5))
    ]
    return MemoryGraph(models + papers, uses)


def main() -> None:
    # Small, so that a kill falls between batches as often as within one.
    writing.BATCH_ROWS = 50
    with connect(connection_settings(None, "neo4j")) as driver:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        load(graph_of(int(sys.argv[1])), driver, database="neo4j", owner="crash", yes=True)


if __name__ == "__main__":
    main()
