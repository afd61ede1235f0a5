"""The facts of one document while the components of the pipeline are finding them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg_builder.document import Document
from kg_builder.extract.sentences import sentences
from kg_builder.facts import Entity, Evidence, Facts, Mention, Relation, Result

if TYPE_CHECKING:
    from kg_builder.extract.candidates import CandidateSet

#: What stands between two passages in the text of the spaCy Doc.
PASSAGE_BREAK = "\n\n"


@dataclass(slots=True)
class Draft:
    """What has been found so far; every component reads it and adds to it (``doc._.draft``).

    Args:
        document: the document that is read.
        entities: what it names; the other lists point into it by index.
        mentions: every place where an entity is named.
        relations: what the paper does with them.
        results: the numbers it reports.
        found: the strings that were considered as names.
        introduced: for each entity, 0 to 1, how likely the paper presents it as its own.
    """

    document: Document
    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    introduced: list[float] = field(default_factory=list)
    found: CandidateSet | None = None
    _sentences: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def sentences(self, passage: int) -> list[tuple[int, int]]:
        """The sentences of a passage as (start, end) in its text; found once, then kept."""
        found = self._sentences.get(passage)
        if found is None:
            source = self.document.passages[passage]
            found = sentences(source.text, source.language)
            self._sentences[passage] = found
        return found

    def sentence_at(self, passage: int, offset: int) -> int:
        """The index, among the passage's sentences, of the one that holds an offset."""
        found = self.sentences(passage)
        return max(0, bisect_right(found, (offset, len(self.document.passages[passage].text) + 1)) - 1)

    def evidence(self, passage: int, start: int, end: int) -> Evidence:
        """The evidence for words at [start, end) of a passage: the sentence, widened where they run over it."""
        first, last = self.sentences(passage)[self.sentence_at(passage, start)]
        return Evidence(passage, min(first, start), max(last, end), start, end)

    def offsets(self) -> list[int]:
        """Where each passage begins in the text of the spaCy Doc."""
        starts, position = [], 0
        for passage in self.document.passages:
            starts.append(position)
            position += len(passage.text) + len(PASSAGE_BREAK)
        return starts

    def facts(self) -> Facts:
        """What has been found, as the value that extraction yields."""
        return Facts(tuple(self.entities), tuple(self.mentions), tuple(self.relations), tuple(self.results))
