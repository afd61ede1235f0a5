"""Graphs to look at: a small one in plain words, and one whose every field is hostile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphs import MemoryGraph

from kg_builder.graph import Node, Relationship


class HeldGraph(MemoryGraph):
    """A graph in memory whose nodes and relationships a test may look through and change."""

    def __init__(self, nodes: Iterable[Node], relationships: Iterable[Relationship]) -> None:
        self.all_nodes = list(nodes)
        self.all_relationships = list(relationships)
        super().__init__(self.all_nodes, self.all_relationships)


class Drafted:
    """Nodes and relationships under construction."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[str, str], Node] = {}
        self.relationships: list[Relationship] = []

    def node(self, label: str, identifier: str, /, **properties: Any) -> Node:
        made = Node(label, identifier, {"id": identifier, **properties})
        return self.nodes.setdefault((label, identifier), made)

    def relate(self, start: Node, kind: str, end: Node, /, **properties: Any) -> None:
        self.relationships.append(Relationship(kind, start.label, start.id, end.label, end.id, properties))

    def tell(
        self,
        start: Node,
        kind: str,
        end: Node,
        sentence: str,
        mention: str,
        confidence: float = 0.9,
        paper: Node | None = None,
    ) -> None:
        """A relationship with evidence, as if the sentence began at character 10 of its passage."""
        at = sentence.index(mention)
        self.relate(
            start,
            kind,
            end,
            passage=f"{(paper or start).id}/abstract/1",
            start=10,
            end=10 + len(sentence),
            evidence=sentence,
            mention=mention,
            mention_start=10 + at,
            mention_end=10 + at + len(mention),
            confidence=confidence,
            extractor="made@1",
            count=1,
        )

    def held(self) -> HeldGraph:
        return HeldGraph(self.nodes.values(), self.relationships)


def small_graph() -> HeldGraph:
    """Two papers with one model in common, three results on one benchmark, a family and three authors."""
    draft = Drafted()
    swift = draft.node(
        "Paper", "arxiv:2401.00001", title="SwiftNet: Small Models Read Faster", votes=40, date="2024-01-02",
        url="https://arxiv.org/abs/2401.00001",
    )  # fmt: skip
    slow = draft.node("Paper", "arxiv:2401.00002", title="느린 모델에 대하여", votes=3, date="2024-02-03")
    net = draft.node("Model", "swiftnet", name="SwiftNet")
    base = draft.node("Model", "heron-7b", name="Heron-7B", aliases=["왜가리"], family="Heron", size="7B")
    family = draft.node("Model", "heron", name="Heron", family="Heron")
    bench = draft.node("Benchmark", "readbench", name="ReadBench", kind="benchmark")
    trick = draft.node("Method", "page-turning", name="Page Turning")
    accuracy = draft.node("Metric", "accuracy", name="accuracy", higher_is_better=True)
    latency = draft.node("Metric", "latency", name="latency", higher_is_better=False)
    draft.tell(swift, "INTRODUCES", net, "Here SwiftNet is presented. 𝒳", "SwiftNet")
    draft.tell(swift, "MENTIONS", net, "Here SwiftNet is presented. 𝒳", "SwiftNet")
    draft.tell(swift, "COMPARES_WITH", base, "𝒳 It outruns Heron-7B.", "Heron-7B", 0.6)
    draft.tell(swift, "EVALUATES_ON", bench, "Measured on ReadBench.", "ReadBench")
    draft.tell(slow, "USES", base, "이 연구는 Heron-7B를 씁니다.", "Heron-7B")
    draft.tell(slow, "MENTIONS", trick, "Page Turning은 다루지 않습니다.", "Page Turning", 0.3)
    draft.tell(net, "BASED_ON", base, "SwiftNet grew out of Heron-7B.", "Heron-7B", paper=swift)
    draft.relate(base, "VARIANT_OF", family)
    for value, metric, kind in (
        (71.5, accuracy, "absolute"),
        (80.25, accuracy, "absolute"),
        (12.0, latency, "absolute"),
    ):
        result = draft.node(
            "Result",
            f"{swift.id}#{value}",
            value=value,
            unit="%" if metric is accuracy else "ms",
            kind=kind,
            text=str(value),
        )
        draft.tell(swift, "REPORTS", result, f"It reaches {value} there.", str(value))
        draft.relate(result, "OF", net if value > 75 else base)
        draft.relate(result, "ON", bench)
        draft.relate(result, "MEASURES", metric)
    gain = draft.node(
        "Result", f"{swift.id}#gain", value=8.75, unit="points", kind="delta", direction="up", text="8.75"
    )
    draft.tell(swift, "REPORTS", gain, "That is 8.75 points more than Heron-7B.", "8.75")
    draft.relate(gain, "OF", net)
    draft.relate(gain, "AGAINST", base)
    draft.relate(gain, "MEASURES", accuracy)
    people = [draft.node("Author", f"name:{name}", name=name) for name in ("ada", "bo", "cy")]
    for place, person in enumerate(people[:2], 1):
        draft.relate(person, "AUTHORED", swift, position=place)
    for place, person in enumerate(people[1:], 1):
        draft.relate(person, "AUTHORED", slow, position=place)
    draft.relate(people[0], "CO_AUTHORED", people[1], papers=1, weight=1.0)
    draft.relate(people[1], "CO_AUTHORED", people[2], papers=1, weight=1.0)
    return draft.held()


#: What people put into titles to break pages.
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    '" onmouseover="alert(4)" x="',
    "' onfocus='alert(5)' autofocus '",
    "<a href='javascript:alert(6)'>href</a>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "<!-- <svg onload=alert(8)> -->",
    "]]><style>*{display:none}</style>",
    "\u202egnp.exe\u202d\u2066x",
    "line\u2028separator\u2029here",
    "A" * 10_000,
    "모" * 5_000,
    "nul\x00 bell\x07 lone\ud800",
    "&lt;b&gt; &amp; \\u003cscript\\u003e",
    "__proto__",
)


def hostile_graph() -> HeldGraph:
    """A graph in which every string that a source can bring is hostile."""
    draft = Drafted()
    for number, text in enumerate(HOSTILE):
        clean = text.encode("utf-8", "replace").decode("utf-8")
        paper = draft.node(
            "Paper",
            f"title:{clean[:300]}{number}",
            title=clean,
            url=f"javascript:alert('{number}')",
            venue=clean,
            date=clean[:20],
            votes=number,
        )
        model = draft.node("Model", f"{clean[:300]}{number}", name=clean, aliases=[clean, "x"], family=clean)
        draft.tell(paper, "INTRODUCES", model, f"{clean} is said.", clean)
        result = draft.node(
            "Result", f"r{number}{clean[:40]}", unit=clean[:300], text=clean, value=1.0, kind=clean[:9]
        )
        draft.tell(paper, "REPORTS", result, f"{clean} is said.", clean)
        draft.relate(result, "OF", model)
    return draft.held()
