"""The component ``kg_names``: finds what a document names, and of what kind it is."""

from __future__ import annotations

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
    """Finds candidates, has them judged, and makes entities and mentions of those that name something."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def __call__(self, doc: Doc) -> Doc:
        """Add entities and mentions to the draft of a Doc."""
        draft: Draft = doc._.draft
        found = draft.found = candidates(draft)
        add_entities(draft, found, self.judge(draft, found), EXTRACTOR)
        return doc


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
