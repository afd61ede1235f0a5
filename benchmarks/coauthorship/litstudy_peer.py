"""litstudy's network of the same author lists; run by ``python -m benchmarks.coauthorship --litstudy PYTHON``."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from litstudy.network import build_coauthor_network

from benchmarks.coauthorship.steps import step


@dataclass
class Signature:
    """What litstudy asks of an author."""

    name: str


@dataclass
class Paper:
    """What litstudy asks of a document."""

    authors: list[Signature]


if __name__ == "__main__":
    with step("author lists"):
        papers = [Paper([Signature(a) for a in p]) for p in json.loads(Path(sys.argv[1]).read_text())]
    with step("projection, papers counted"):
        build_coauthor_network(papers)
