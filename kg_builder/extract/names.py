"""The component ``kg_names``: finds what a document names, and of what kind it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language

from kg_builder.extract.candidates import candidates
from kg_builder.extract.classifier import trained_judge
from kg_builder.extract.draft import Draft
from kg_builder.extract.entities import add_entities
from kg_builder.extract.judgement import Judge
from kg_builder.extract.rules import RuleJudge

if TYPE_CHECKING:
    from spacy.tokens import Doc

EXTRACTOR = "kg_names@2"


class NameFinder:
    """Finds candidates, has them judged, and makes entities and mentions of those that name something.

    Several documents are judged together, which costs less; what is found in one does not depend on the others.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def __call__(self, doc: Doc) -> Doc:
        """Add entities and mentions to the draft of a Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Add entities and mentions to the drafts of many Docs, so many at a time."""
        source = iter(stream)
        while docs := list(islice(source, batch_size)):
            drafts: list[Draft] = [doc._.draft for doc in docs]
            documents = [(draft, candidates(draft)) for draft in drafts]
            for (draft, found), judged in zip(documents, self.judge(documents), strict=True):
                draft.found = found
                add_entities(draft, found, judged, EXTRACTOR)
            yield from docs


@Language.factory("kg_names", default_config={"lists": True, "rules": True, "trained": True, "weights": None})
def make_name_finder(  # spaCy passes them all
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    lists: bool,
    rules: bool,
    trained: bool,
    weights: str | None,
) -> NameFinder:
    """The component for these settings (see `kg_builder.extract.settings.ExtractionSettings`)."""
    if trained:
        return NameFinder(trained_judge(Path(weights)) if weights else trained_judge())
    return NameFinder(RuleJudge(lists=lists, forms=rules))
