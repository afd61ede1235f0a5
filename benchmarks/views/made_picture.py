"""Pictures of any size: papers of made-up topics, what they name, and the sentences that say so."""

from __future__ import annotations

import random
from math import log1p

from kg_builder.views.picture import Picture, ShownEdge, ShownNode

_LABELS = ("Model", "Benchmark", "Method")
_TYPES = ("USES", "EVALUATES_ON", "COMPARES_WITH", "MENTIONS")


def made_picture(count: int, edges_each: int = 3, seed: int = 1) -> Picture:
    """A picture of a quarter papers; few entities are named often, most within one topic.

    Args:
        count: how many nodes.
        edges_each: how many edges for each node.
        seed: of the random numbers.
    """
    papers = count // 4
    pairs = _pairs(count, papers, count * edges_each, random.Random(seed))
    degrees = [0] * count
    for a, b in pairs:
        degrees[a] += 1
        degrees[b] += 1
    most = log1p(max(degrees))
    nodes = [_node(n, papers, log1p(max(degrees[n] - 1, 0)) / most) for n in range(count)]
    edges = [_edge(number, nodes[a], nodes[b]) for number, (a, b) in enumerate(pairs)]
    cited = {n.id: (n.name, str(n.properties["url"])) for n in nodes[:papers]}
    return Picture("overview", "Made", "A made-up graph.", tuple(nodes), tuple(edges), papers=cited)


def _pairs(count: int, papers: int, wanted: int, chance: random.Random) -> list[tuple[int, int]]:
    topics = max(count // 150, 3)
    named: list[list[int]] = [[] for _ in range(topics)]
    for entity in range(papers, count):
        named[chance.randrange(topics)].append(entity)
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < wanted:
        paper = chance.randrange(papers)
        near = named[paper % topics]
        if near and chance.random() < 0.8:
            entity = near[int(len(near) * chance.random() ** 2)]
        else:
            entity = papers + int((count - papers) * chance.random() ** 4)
        pairs[paper, entity] = None
    return sorted(pairs)


def _node(number: int, papers: int, weight: float) -> ShownNode:
    if number < papers:
        identity = f"arxiv:24{number % 100:02}.{number:06}"
        name = f"논문 {number}: 큰 모델로 글을 더 빠르게 읽는 방법에 대하여"
        told = {"id": identity, "votes": number % 90, "url": f"https://arxiv.org/abs/24{number:08}"}
        return ShownNode("Paper", identity, name, told, weight=weight, date=f"2024-{number % 12 + 1:02}-01")
    identity, name = f"thing-{number}", f"Thing-{number}"
    told = {"id": identity, "aliases": [f"T{number}"]}
    return ShownNode(_LABELS[number % 3], identity, name, told, weight=weight)


def _edge(number: int, paper: ShownNode, entity: ShownNode) -> ShownEdge:
    sentence = (
        f"이 논문은 {entity.name}을(를) 바탕으로 {number % 977}개의 과제에서 성능을 재고, 이전의 방법보다 나은 "
        f"결과를 얻었다고 말합니다 (문장 {number // 2})."
    )
    at = sentence.index(entity.name)
    evidence = {
        "evidence": sentence,
        "mention": entity.name,
        "start": 0,
        "end": len(sentence),
        "mention_start": at,
        "mention_end": at + len(entity.name),
        "confidence": (number * 37 % 1000) / 1000,
        "passage": f"{paper.id}/abstract/1",
    }
    return ShownEdge(_TYPES[number % 4], paper.key, entity.key, evidence)
