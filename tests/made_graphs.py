"""A graph with everything in it that makes engines disagree: ties, gaps, odd names, characters beyond the BMP."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kg_builder.graph import Node, Relationship
from kg_builder.ids import content_hash, slug

#: Words whose order, case or width differs between languages and engines.
ODD_WORDS = [
    *("Zeta", "alpha", "Éclair", "éclair", "모델", "가나다", "𝒳-net", "😀chat"),
    *("a'b", 'q"t', "c\\d", "e`f", "İx", "\uffffz"),
]


def made_graph(papers: int, seed: int = 1) -> tuple[list[Node], list[Relationship]]:
    """Nodes and relationships of every label and type, the same ones for the same arguments."""
    return _Maker(papers, random.Random(seed)).made()


class _Maker:
    def __init__(self, papers: int, chance: random.Random) -> None:
        self.chance = chance
        self.nodes: dict[tuple[str, str], Node] = {}
        self.relationships: dict[str, Relationship] = {}
        self.papers = papers

    def made(self) -> tuple[list[Node], list[Relationship]]:
        self._things()
        for number in range(self.papers):
            self._paper(number)
        self._between_models()
        self._coauthors()
        return list(self.nodes.values()), list(self.relationships.values())

    def node(self, label: str, key: str, /, **properties: object) -> Node:
        known = {k: v for k, v in properties.items() if v is not None and v != []}
        return self.nodes.setdefault((label, key), Node(label, key, {"id": key, **known}))

    def relate(self, start: Node, kind: str, end: Node, /, **properties: object) -> None:
        known = {k: v for k, v in properties.items() if v is not None and v != []}
        made = Relationship(kind, start.label, start.id, end.label, end.id, known)
        self.relationships.setdefault(made.id, made)

    def _named(self, label: str, name: str, **properties: object) -> Node:
        return self.node(label, slug(name), name=name, aliases=[name.upper(), f"the {name}"], **properties)

    def _things(self) -> None:
        some = range(max(4, self.papers // 4))
        words = [f"{ODD_WORDS[i % len(ODD_WORDS)]}{i}" for i in some]
        self.models = [
            self._named("Model", f"{w} Model", family=w if i % 3 else None, size="7B" if i % 2 else None)
            for i, w in enumerate(words)
        ]
        self.benchmarks = [
            self._named("Benchmark", f"{w}Bench", kind="dataset" if i % 2 else "benchmark")
            for i, w in enumerate(words)
        ]
        self.methods = [self._named("Method", f"{w} Tuning") for w in words]
        self.metrics = [
            self._named("Metric", f"metric {i}", higher_is_better=[True, False, None][i % 3])
            for i in range(6)
        ]
        self.organizations = [self._named("Organization", f"{w} Labs") for w in words]
        self.topics = [self.node("Topic", f"t{i}", name=f"Topic {i}") for i in range(5)]
        people = range(self.papers * 4)
        self.authors = [
            self.node(
                "Author",
                f"name:p{i}",
                name=f"{ODD_WORDS[i % len(ODD_WORDS)]} Person {i // 2}",
                identity="name",
            )
            for i in people
        ]
        self.sources = [
            self.node(
                "Source",
                f"source:{i}",
                format="digest",
                location=f"days/{i:03}.md",
                date=_day(i),
                reader="made@1",
            )
            for i in range(max(1, self.papers // 10))
        ]

    def _paper(self, number: int) -> None:
        votes = number % 5 or None
        paper = self.node(
            "Paper",
            f"arxiv:2401.{number:05}",
            title=f"On {self.chance.choice(ODD_WORDS)} and {number % 7}",
            arxiv_id=f"2401.{number:05}",
            date=_day(number) if number % 6 else None,
            votes=votes,
        )
        source = self.sources[number % len(self.sources)]
        self.relate(paper, "LISTED_IN", source, votes=votes, date=source.properties["date"])
        for place, author in enumerate(self.chance.sample(self.authors, self.chance.randint(1, 6)), 1):
            self.relate(author, "AUTHORED", paper, position=place)
            if number % 4 == 0:
                self.relate(author, "AFFILIATED_WITH", self.chance.choice(self.organizations), papers=1)
        if number % 5 == 0:
            self.relate(self.chance.choice(self.organizations), "AUTHORED", paper, position=9)
            self.relate(paper, "PRODUCED_AT", self.chance.choice(self.organizations))
        self.relate(paper, "HAS_TOPIC", self.chance.choice(self.topics))
        if number:
            self.relate(paper, "CITES", self.node("Paper", f"arxiv:2401.{number - 1:05}"))
        for position, section in enumerate(("title", "abstract")):
            self._passage(paper, section, position, source)

    def _passage(self, paper: Node, section: str, position: int, source: Node) -> None:
        chosen: list[tuple[str, Node]] = []
        for kind, things, most in (
            ("INTRODUCES", self.models + self.methods + self.benchmarks, 1),
            ("USES", self.models + self.methods + self.benchmarks, 2),
            ("EVALUATES", self.models, 1),
            ("EVALUATES_ON", self.benchmarks, 3),
            ("COMPARES_WITH", self.models + self.methods, 3),
        ):
            chosen += [(kind, thing) for thing in self.chance.sample(things, self.chance.randint(0, most))]
        chosen += [("MENTIONS", thing) for _, thing in chosen]
        chosen += [("MENTIONS", self.chance.choice(self.metrics + self.organizations))]
        text = f"{paper.properties['title']}: "
        spots = []
        for kind, thing in chosen:
            name = str(thing.properties["name"])
            spots.append((kind, thing, len(text), name))
            text += f"{name} is named here. "
        if self.chance.random() < 0.8:
            number = self.chance.randint(1, 99)
            spots.append(("REPORTS", self._result(paper, number), len(text), f"{number}%"))
            text += f"{number}% is reached. 𝒳"
        passage = self.node(
            "Passage",
            f"{paper.id}/{section}/{content_hash(text)}",
            section=section,
            language="en",
            text=text,
            position=position,
            sources=[source.id],
        )
        self.relate(paper, "HAS_PASSAGE", passage)
        for kind, thing, start, mention in spots:
            end = text.index(". ", start) + 1
            self.relate(paper, kind, thing, **self._evidence(passage, text, start, end, mention, source))

    def _evidence(
        self, passage: Node, text: str, start: int, end: int, mention: str, source: Node
    ) -> dict[str, object]:
        return {
            "passage": passage.id,
            "start": start,
            "end": end,
            "evidence": text[start:end],
            "mention": mention,
            "mention_start": start,
            "mention_end": start + len(mention),
            "confidence": self.chance.randint(1, 9) / 10,
            "extractor": "made@1",
            "count": self.chance.randint(1, 3),
            "sources": [source.id],
        }

    def _result(self, paper: Node, number: int) -> Node:
        kind = self.chance.choice(["absolute", "delta", "ratio", "change"])
        result = self.node(
            "Result",
            f"{paper.id}#{content_hash(number, kind)}",
            value=float(number),
            from_value=1.5 if kind == "change" else None,
            unit=self.chance.choice(["%", "x", None]),
            kind=kind,
            direction=self.chance.choice(["up", "down", None]) if kind != "absolute" else None,
            text=f"{number}%",
        )
        for end, things, most in (
            ("OF", self.models + self.methods, 2),
            ("ON", self.benchmarks, 2),
            ("AGAINST", self.models, 2),
            ("MEASURES", self.metrics, 1),
        ):
            for thing in self.chance.sample(things, self.chance.randint(0, most)):
                self.relate(result, end, thing)
        return result

    def _between_models(self) -> None:
        said = [r for r in self.relationships.values() if r.type == "USES"]
        for number, model in enumerate(self.models[1:]):
            if number % 3:
                self.relate(model, "VARIANT_OF", self.models[number // 2])
            elif said:
                self.relate(
                    model, "BASED_ON", self.models[number // 2], **said[number % len(said)].properties
                )

    def _coauthors(self) -> None:
        teams: dict[str, list[str]] = {}
        for made in list(self.relationships.values()):
            if made.type == "AUTHORED" and made.start_label == "Author":
                teams.setdefault(made.end, []).append(made.start)
        pairs: dict[tuple[str, str], list[float]] = {}
        for team in teams.values():
            for first, second in _pairs(sorted(team)):
                pairs.setdefault((first, second), []).append(1 / (len(team) - 1))
        for (first, second), weights in pairs.items():
            start, end = self.nodes["Author", first], self.nodes["Author", second]
            self.relate(start, "CO_AUTHORED", end, papers=len(weights), weight=sum(weights))


def _pairs(team: list[str]) -> Iterator[tuple[str, str]]:
    for place, first in enumerate(team):
        for second in team[place + 1 :]:
            yield first, second


def _day(number: int) -> str:
    return f"2024-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
