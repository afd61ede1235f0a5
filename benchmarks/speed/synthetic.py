"""Made-up papers in any number, drawn from real abstracts while the benchmark runs; nothing of it is kept.

A paper mixes the sentences of two real abstracts, and bears a name of its own in place of the one that its model paper
introduces, so that the number of different names grows with the papers as it does in the world. Author names come from
syllables; who writes with whom is drawn as in ``benchmarks.coauthorship.synthetic``.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg_builder.document import Document
from kg_builder.errors import SourceError
from kg_builder.readers import find_sources, reader_for

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_OWN_NAME = re.compile(r"\A([A-Z][\w-]{2,20}): ")
_SYLLABLES = "badekilomurasetivonapeguzalanohirejo"
#: Records in a file.
_RECORDS = 10_000
#: New persons for each paper, and persons who write with one another.
_PERSONS_A_PAPER, _GROUP = 0.75, 60


@dataclass(frozen=True, slots=True)
class Model:
    """A real paper after which others are made."""

    name: str | None
    title: str
    sentences: tuple[str, ...]


def models_from(folder: Path) -> list[Model]:
    """The papers of a folder of sources that have an abstract, or any text."""
    models = []
    for source in find_sources([str(folder)], folder):
        try:
            documents = [d for d in reader_for(source).read(source) if isinstance(d, Document)]
        except SourceError:
            continue
        models += [_model(d) for d in documents if len(d.passages) > 1]
    return models


def write_papers(folder: Path, papers: int, models: list[Model], seed: int = 20_241_224) -> None:
    """Write papers in the form of arXiv's metadata snapshot, ten thousand a file.

    Args:
        folder: where to; made where it is missing.
        papers: how many.
        models: what they are made after.
        seed: of the random numbers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    records = _records(papers, models, random.Random(seed))
    for first in range(0, papers, _RECORDS):
        with (folder / f"{first // _RECORDS:04}.jsonl").open("w", encoding="utf-8") as file:
            for _ in range(min(_RECORDS, papers - first)):
                file.write(json.dumps(next(records), ensure_ascii=False) + "\n")


def _model(document: Document) -> Model:
    name = _OWN_NAME.match(document.title)
    text = " ".join(passage.text for passage in document.passages[1:])
    return Model(name and name.group(1), document.title, tuple(_SENTENCE.split(text)))


def _records(papers: int, models: list[Model], chance: random.Random) -> Iterator[dict[str, Any]]:
    persons = max(int(papers * _PERSONS_A_PAPER), _GROUP)
    for number in range(papers):
        one, other = chance.choice(models), chance.choice(models)
        sentences = list(one.sentences[:5]) + list(other.sentences[1:4])
        title, abstract = one.title, " ".join(sentences)
        if one.name:
            own = _word(chance, 3).capitalize() + chance.choice(("", "Net", "-LM", "Bench", "2"))
            title, abstract = (text.replace(one.name, own) for text in (title, abstract))
        yield {
            "id": f"{10 + number // 1_000_000 % 80:02}{1 + number // 100_000 % 12:02}.{number % 100_000:05}",
            "title": f"{title} {_word(chance, 2)}",
            "abstract": abstract,
            "categories": chance.choice(("cs.CL", "cs.CV", "cs.LG", "cs.AI")),
            "update_date": f"20{10 + number * 15 // papers:02}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "authors_parsed": _authors(chance, persons),
        }


def _authors(chance: random.Random, persons: int) -> list[list[str]]:
    home = chance.randrange(persons // _GROUP + 1) * _GROUP
    chosen = {
        home + int(chance.random() ** 2 * _GROUP) for _ in range(1 + min(int(chance.expovariate(0.25)), 40))
    }
    return [_person(number) for number in sorted(chosen)]


def _person(number: int) -> list[str]:
    own = random.Random(number)
    return [_word(own, 3).capitalize(), f"{_word(own, 2).capitalize()} {_word(own, 1).capitalize()}", ""]


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(
        _SYLLABLES[2 * place : 2 * place + 2]
        for place in chance.choices(range(len(_SYLLABLES) // 2), k=syllables)
    )
