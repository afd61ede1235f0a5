"""The real corpora: from files to finished workspace, and what is done with that."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.floor import documents_of
from benchmarks.speed.growth import KG_BUILDER
from benchmarks.speed.measured import ROOT, Run, repeated, run


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table.

    Args:
        what: what was done.
        wall: seconds on the clock.
        cpu: seconds of CPU of all processes.
        peak_mb: the most memory of all processes together.
        remark: target, rate, or what it is compared with.
    """

    what: str
    wall: float
    cpu: float
    peak_mb: float
    remark: str = ""


def build_row(what: str, sources: list[Path], graph: Path, runs: int, engine: str, remark: str) -> Row:
    """A build into an empty workspace."""

    def once() -> Run:
        for path in (graph, graph.with_name(graph.name + ".wal")):
            path.unlink(missing_ok=True)
        return run([*KG_BUILDER, "build", *sources, "-g", graph, "--engine", engine])

    done = repeated(runs, once)
    return Row(what, done.wall, done.cpu, done.peak_mb, remark)


def corpus_rows(data: Path, runs: int, peers: str | None) -> Iterator[Row]:
    """The rows of the corpora below ``../shared/data``.

    Args:
        data: the folder of the corpora.
        runs: how often each is run; the medians count.
        peers: the Python of an environment with the peers.
    """
    korean, english, anthology = (
        data / n for n in ("daily-papers-ko", "hf-daily-json", "acl-anthology-2019")
    )
    with tempfile.TemporaryDirectory(prefix="kg-builder-speed-") as temporary:
        graph = Path(temporary) / "korean.kg"
        yield build_row("287 Korean digests, one process", [korean], graph, runs, "local", "")
        yield build_row("287 Korean digests, all cores", [korean], graph, runs, "processes", "target 12 s")
        yield from _with_graph(korean, graph, runs, peers)
        graph = Path(temporary) / "english.kg"
        yield build_row("521 JSON days, all cores", [english], graph, runs, "processes", "target 25 s")
        graph = Path(temporary) / "all.kg"
        everything = [korean, english, anthology]
        yield build_row(
            "all three corpora in one build", everything, graph, 1, "processes", "target below 1 GB"
        )
    yield from _floor_rows(english, peers)


def _with_graph(sources: Path, graph: Path, runs: int, peers: str | None) -> Iterator[Row]:
    """What is done with the finished workspace of the Korean corpus."""
    again = repeated(runs, lambda: run([*KG_BUILDER, "build", sources, "-g", graph]))
    yield Row("the same again, nothing changed", again.wall, again.cpu, again.peak_mb, "target 1 s")
    lines = graph.with_suffix(".jsonl")
    done = repeated(runs, lambda: run([*KG_BUILDER, "export", "-f", "jsonl", "-o", lines, "-g", graph]))
    with lines.open("rb") as file:
        rows = sum(1 for _ in file)
    rate = f"{rows / done.wall:,.0f} rows a second; target 100,000"
    yield Row(f"export of {rows:,} rows", done.wall, done.cpu, done.peak_mb, rate)
    if peers:
        folder = graph.with_suffix(".biocypher")
        folder.mkdir()
        # Where it works it leaves a log.
        script = ROOT / "benchmarks/neo4j/biocypher_peer.py"
        peer = run([peers, script, lines, folder], folder=folder)
        seconds = json.loads(peer.output.splitlines()[-1])["seconds"]
        yield Row("peer: BioCypher writes the same", seconds, peer.cpu, peer.peak_mb, "its writing alone")
    run([*KG_BUILDER, "query", "summary", "-g", graph])
    cold = repeated(runs, lambda: run([*KG_BUILDER, "query", "top-papers", "-g", graph]))
    yield Row("kg-builder query, cold", cold.wall, cold.cpu, cold.peak_mb, "target 1.5 s")
    warm = run([sys.executable, "-m", "benchmarks.speed.queries", graph])
    took = json.loads(warm.output)
    slowest = max(took, key=took.get)
    remark = f"target 100 ms; slowest of {len(took)}: {slowest}"
    yield Row(
        "library query, warm, the slowest", took[slowest] / 1000, took[slowest] / 1000, warm.peak_mb, remark
    )


def _floor_rows(sources: Path, peers: str | None) -> Iterator[Row]:
    """Extraction of a thousand abstracts in one process, beside its peers."""
    done = run([sys.executable, "-m", "benchmarks.speed.floor", sources, "1000"])
    floor = json.loads(done.output)
    count = floor["documents"]
    for what, key in (("extraction", "kg_builder"), ("peer: spaCy's nlp.pipe, lists alone", "spacy")):
        remark = f"{1000 * floor[key] / count:.2f} ms a paper"
        yield Row(f"{what}, {count:,} abstracts", floor[key], floor[key], done.peak_mb, remark)
    if peers:
        with tempfile.TemporaryDirectory(prefix="kg-builder-speed-") as temporary:
            texts = Path(temporary) / "texts.json"
            documents = documents_of(sources, 1000)
            texts.write_text(json.dumps(["\n\n".join(p.text for p in d.passages) for d in documents]))
            peer = run([peers, ROOT / "benchmarks/speed/graphrag_peer.py", texts])
        cpu = json.loads(peer.output.splitlines()[-1])["cpu"]
        remark = "its language model answers at once: the overhead alone"
        yield Row(f"peer: neo4j-graphrag, {len(documents):,} abstracts", cpu, cpu, peer.peak_mb, remark)
