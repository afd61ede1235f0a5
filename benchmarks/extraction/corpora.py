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
    """All annotated papers whose text is found, in the order of the gold files."""
    papers = []
    for name, folder, language in FAMILIES:
        for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            file = gold.get("file") or f"{gold['date']}.json"
            document = next(
                (
                    d
                    for d in _documents(shared / "data" / folder / file)
                    if gold["id"] in (d.arxiv_id, d.title)
                ),
                None,
            )
            if document is not None and document.passages:
                papers.append(GoldPaper(gold, document, language))
    return papers


def unlabelled(shared: Path) -> Iterator[Document]:
    """Every paper of both families once that no gold file annotates."""
    annotated = {
        json.loads(line)["id"]
        for path in sorted(GOLD.glob("*.jsonl"))
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
