"""The annotated papers and the unlabelled ones, read from ``../shared`` by the project's own readers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg_builder.document import Document
from kg_builder.readers import SourceFile, reader_for

#: Gold file, the folder that its papers were taken from, and their language.
FAMILIES = (("daily-papers-ko", "daily-papers-ko", "ko"), ("hf-daily-en", "hf-daily-json", "en"))
GOLD = Path(__file__).parent / "gold"
#: Further papers, annotated for training alone by the same guidelines: nothing is measured on them.
ANNOTATED = Path(__file__).parent / "annotated"
#: Papers of the gold once more, by those who annotated the others (see `benchmarks.extraction.agreement`).
ANNOTATED_TWICE = Path(__file__).parent / "annotated_twice"
FOLDS = 5


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """An annotated paper with the text that was annotated."""

    gold: dict[str, Any]
    document: Document
    language: str

    @property
    def id(self) -> str:
        """The paper's id in the gold."""
        return str(self.gold["id"])


def _hash(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def is_aside(paper: str) -> bool:
    """Whether a paper belongs to the fifth that is kept aside until the end."""
    return _hash(paper) % 5 == 0


def fold_of(paper: str) -> int:
    """The fold of a paper in cross-validation; both languages of a paper share it."""
    return _hash(f"{paper}/fold") % FOLDS


@cache
def _documents(path: Path) -> tuple[Document, ...]:
    source = SourceFile(path.name, path)
    return tuple(d for d in reader_for(source).read(source) if isinstance(d, Document))


def gold_papers(shared: Path) -> list[GoldPaper]:
    """The papers of the gold whose text is found, in the order of its files."""
    return annotated_papers(GOLD, shared)


def training_papers(shared: Path, *, without_aside: bool) -> list[GoldPaper]:
    """The papers to learn from: those of the gold, and those that were annotated for training alone.

    Args:
        shared: the folder of the corpora.
        without_aside: whether the papers kept aside are left out.
    """
    gold = [paper for paper in gold_papers(shared) if not (without_aside and is_aside(paper.id))]
    return [*gold, *annotated_papers(ANNOTATED, shared)]


def annotated_papers(folder: Path, shared: Path) -> list[GoldPaper]:
    """The papers whose annotations lie in a folder, in the order of its files; those without text are left out."""
    papers = []
    for name, corpus, language in FAMILIES:
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            file = gold.get("file") or f"{gold['date']}.json"
            documents = _documents(shared / "data" / corpus / file)
            document = next((d for d in documents if gold["id"] in (d.arxiv_id, d.title)), None)
            if document is not None and document.passages:
                papers.append(GoldPaper(gold, document, language))
    return papers


def unlabelled(shared: Path) -> Iterator[Document]:
    """Every paper of both families once that nobody annotated."""
    annotated = {
        json.loads(line)["id"]
        for folder in (GOLD, ANNOTATED)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    for _, folder, language in FAMILIES:
        seen = set(annotated)
        for path in sorted((shared / "data" / folder).rglob("*.md" if language == "ko" else "*.json")):
            if path.name == "LICENSE.md":
                continue
            for document in _documents(path):
                if document.identity not in seen and document.passages:
                    seen.add(document.identity)
                    yield document
