"""The report: precision, recall and F1 of every kind of fact, with an interval, and what was wrong."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg_builder.errors import EvaluationError
from kg_builder.evaluation.exported import ExportedGraph, author_key, name_key, read_export
from kg_builder.evaluation.names import NameTallies, score_names
from kg_builder.evaluation.results import score_results
from kg_builder.evaluation.tally import Counts, Tally

Gold = Mapping[str, Any]
KINDS = (
    "authors", "orgs", "coauthors", "models", "benchmarks", "introduces", "introduced_as", "relations", "results",
    "results_value",
)  # fmt: skip
_EXTRACTED = frozenset(
    ("INTRODUCES", "MENTIONS", "USES", "EVALUATES", "EVALUATES_ON", "COMPARES_WITH", "BASED_ON", "REPORTS")
)
_SHOWN_PAIRS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of fact: its counts, the 95 % interval of its F1 (over papers), and the errors."""

    kind: str
    counts: Counts
    interval: tuple[float, float]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """How well a graph agrees with the gold.

    Args:
        rows: one for each of `KINDS`.
        evidence: how many extracted relationships carry evidence that reproduces, and how many there are.
        papers: number of papers scored.
        missing: ids of gold papers that the graph lacks.
    """

    rows: tuple[Row, ...]
    evidence: tuple[int, int]
    papers: int
    missing: tuple[str, ...]

    def row(self, kind: str) -> Row:
        """The row of a kind."""
        return next(row for row in self.rows if row.kind == kind)


def read_gold(path: Path) -> list[Gold]:
    """The papers of a gold file, one JSON object a line.

    Raises:
        EvaluationError: the file cannot be read, or a line is no annotated paper.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read ({error})") from error
    papers = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            paper = json.loads(line)
            paper["id"], paper["title"], paper["authors"]
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationError(
                f"{path}:{number}: not an annotated paper ({error!r}); each line is a JSON object with id, title and "
                "authors at least"
            ) from error
        papers.append(paper)
    return papers


def evaluate(gold: Path | Sequence[Gold], export: Path | ExportedGraph) -> Report:
    """Compare an exported graph with papers annotated by hand.

    Only papers that the gold names are scored. Names are compared without case, white space and hyphens; what the
    gold marks as optional costs nothing, missed or found.

    Args:
        gold: a gold file, or its papers.
        export: an export (``kg-builder export -f jsonl``), or the graph read from one.

    Raises:
        EvaluationError: one of the files cannot be used.
    """
    papers = read_gold(gold) if isinstance(gold, Path) else list(gold)
    graph = read_export(export) if isinstance(export, Path) else export
    tallies = {kind: Tally() for kind in KINDS}
    missing = []
    for paper in papers:
        node = _node_of(paper, graph)
        if node is None:
            missing.append(str(paper["id"]))
        _score_paper(tallies, graph, paper, node)
    _score_coauthors(tallies["coauthors"], graph, papers)
    ids = [str(paper["id"]) for paper in papers]
    rows = tuple(
        Row(kind, tally.total(), tally.interval(ids if kind != "coauthors" else [""]), tuple(tally.errors))
        for kind, tally in tallies.items()
    )
    return Report(rows, evidence_share(graph), len(papers), tuple(missing))


def _node_of(paper: Gold, graph: ExportedGraph) -> str | None:
    """The Paper node of a gold paper, by its id, else its address, else its title."""
    keys = (paper["id"], paper.get("url", ""), paper["title"])
    return next((graph.paper_of[key] for key in keys if key in graph.paper_of), None)


def _score_paper(tallies: Mapping[str, Tally], graph: ExportedGraph, paper: Gold, node: str | None) -> None:
    ident = str(paper["id"])
    byline = graph.bylines.get(node, []) if node is not None else []
    printed = {author_key(name) for name in paper["authors"]}
    tallies["authors"].compare(
        ident,
        {frozenset((author_key(name),)): name for name in paper["authors"]},
        (),
        {graph.author(n, printed): graph.name(n) for n in byline if graph.labels[n] == "Author"},
    )
    tallies["orgs"].compare(
        ident,
        {frozenset((name_key(name),)): name for name in paper.get("organizations", ())},
        (),
        {name_key(graph.name(n)): graph.name(n) for n in byline if graph.labels[n] == "Organization"},
    )
    if "entities" not in paper:
        return
    names = NameTallies(
        tallies["models"],
        tallies["benchmarks"],
        tallies["introduces"],
        tallies["introduced_as"],
        tallies["relations"],
    )
    score_names(names, graph, paper, node)
    results = graph.targets(node, "REPORTS") if node is not None else []
    score_results(tallies["results"], tallies["results_value"], graph, paper, results)


def _score_coauthors(tally: Tally, graph: ExportedGraph, papers: Iterable[Gold]) -> None:
    """Pairs of names that one gold paper prints, and those whose Author nodes CO_AUTHORED joins."""
    joined = {frozenset((r.start, r.end)) for r in graph.relationships if r.type == "CO_AUTHORED"}
    wanted: set[frozenset[str]] = set()
    found: set[frozenset[str]] = set()
    for paper in papers:
        node = _node_of(paper, graph)
        printed = {author_key(name) for name in paper["authors"]}
        wanted |= {frozenset(pair) for pair in combinations(sorted(printed), 2)}
        authors = sorted({a for a in graph.bylines.get(node or "", []) if graph.labels[a] == "Author"})
        found |= {
            frozenset((graph.author(a, printed), graph.author(b, printed)))
            for a, b in combinations(authors, 2)
            if frozenset((a, b)) in joined
        }
    counts = tally.of("")
    counts.found, counts.extra, counts.missed = len(wanted & found), len(found - wanted), len(wanted - found)
    for verdict, pairs in (("extra ", found - wanted), ("missed", wanted - found)):
        tally.errors += [f"{verdict}  pair {pair}" for pair in sorted(map(sorted, pairs))[:_SHOWN_PAIRS]]


def evidence_share(graph: ExportedGraph) -> tuple[int, int]:
    """How many extracted relationships stand on a passage of their own paper that says what they quote, and all."""
    texts = {p["id"]: str(p["text"]) for n, p in graph.properties.items() if graph.labels[n] == "Passage"}
    passages: dict[str, set[str]] = defaultdict(set)
    papers_of: dict[str, set[str]] = defaultdict(set)
    for found in graph.relationships:
        if found.type == "HAS_PASSAGE":
            passages[found.start].add(str(graph.properties[found.end]["id"]))
        elif found.type == "INTRODUCES":
            papers_of[found.end].add(found.start)
    good = total = 0
    for found in graph.relationships:
        if found.type not in _EXTRACTED:
            continue
        total += 1
        stated = found.properties
        papers = {found.start} if graph.labels[found.start] == "Paper" else papers_of[found.start]
        said = stated.get("evidence") or ""
        text = texts.get(stated.get("passage", ""), "")
        right = bool(said) and text[stated.get("start", 0) : stated.get("end", 0)] == said
        right = right and any(stated["passage"] in passages[paper] for paper in papers)
        if right and found.type == "MENTIONS":
            right = any(name_key(name) in name_key(said) for name in graph.names(found.end) if name)
        good += right
    return good, total
