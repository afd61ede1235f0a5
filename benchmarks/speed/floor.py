"""Extraction beside spaCy's own ``nlp.pipe``, over the same documents in one process.

The floor does what any pipeline of spaCy must that finds listed names: its multi-language tokenizer, sentences, and an
entity ruler with the very name lists that ship with kg-builder, and patterns for names by their form. It judges
nothing: no name that is in no list, no relation, no result, no evidence.

    python -m benchmarks.speed.floor FOLDER [DOCUMENTS]

prints an object: CPU seconds of both, and the characters read.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

import spacy

from kg_builder.document import Document
from kg_builder.errors import SourceError
from kg_builder.extract import extract
from kg_builder.readers import find_sources, reader_for

_NAMES = {"models": "Model", "benchmarks": "Benchmark", "organizations": "Organization"}
_LISTS = Path(__file__).parents[2] / "kg_builder" / "names"


def documents_of(folder: Path, count: int) -> list[Document]:
    """The first documents of a folder, by location."""

    def all_of() -> Any:
        for source in find_sources([str(folder)], folder):
            try:
                yield from (d for d in reader_for(source).read(source) if isinstance(d, Document))
            except SourceError:
                continue

    return list(islice(all_of(), count))


def floor_pipeline() -> spacy.Language:
    """The floor: tokenizer, sentences, names by list and by form."""
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    patterns: list[dict[str, Any]] = []
    for name, label in _NAMES.items():
        lines = (_LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        patterns += [
            {"label": label, "pattern": line.strip()} for line in lines if line.strip()[:1] not in "#"
        ]
    for shape in (r"^[A-Z][a-z]+[A-Z]\w*$", r"^[A-Z]{2,}[\w.-]*\d\w*$", r"^\w+-\d+(\.\d+)?[bB]$"):
        patterns.append({"label": "Name", "pattern": [{"TEXT": {"REGEX": shape}}]})
    patterns.append(
        {"label": "Value", "pattern": [{"LIKE_NUM": True}, {"TEXT": {"IN": ["%", "points", "x"]}}]}
    )
    ruler.add_patterns(patterns)
    return nlp


def main() -> None:
    """Measure both in turn, three rounds, and print the least of each."""
    documents = documents_of(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
    texts = ["\n\n".join(passage.text for passage in document.passages) for document in documents]
    nlp = floor_pipeline()
    list(extract(documents[:5]))
    ours, floor = [], []
    for _ in range(3):
        started = time.process_time()
        for _ in extract(documents):
            pass
        middle = time.process_time()
        for doc in nlp.pipe(texts):
            _ = doc.ents, list(doc.sents)
        floor.append(time.process_time() - middle)
        ours.append(middle - started)
    print(
        json.dumps(
            {
                "documents": len(documents),
                "characters": sum(map(len, texts)),
                "kg_builder": min(ours),
                "spacy": min(floor),
            }
        )
    )


if __name__ == "__main__":
    main()
