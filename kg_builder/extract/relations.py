"""The component ``kg_relations``: what the paper does with the things that it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language

from kg_builder.extract.draft import Draft
from kg_builder.facts import Mention, Relation, RelationType

if TYPE_CHECKING:
    from spacy.tokens import Doc

EXTRACTOR = "kg_relations@1"

_COMPARES = re.compile(
    r"보다|대비|비해|능가|뛰어넘|앞서|기존의|outperform|surpass|compared (?:to|with)|than |exceed|over ", re.I
)
_USES = re.compile(
    r"사용|활용|기반|이용|적용|통해|미세 ?조정|based on|using|use |uses|built on|fine-?tun|leverag|with ",
    re.I,
)
_EVALUATES = re.compile(r"평가|실험|분석|테스트|evaluat|assess|benchmark|test|experiment", re.I)


class RelationFinder:
    """Gives each model and benchmark the role that the sentences around it speak of most."""

    def __call__(self, doc: Doc) -> Doc:
        """Add relations to the draft of a Doc."""
        draft: Draft = doc._.draft
        by_entity: dict[int, list[Mention]] = {}
        for mention in draft.mentions:
            by_entity.setdefault(mention.entity, []).append(mention)
        for index, mentions in by_entity.items():
            self._relate(draft, index, mentions)
        return doc

    def _relate(self, draft: Draft, index: int, mentions: list[Mention]) -> None:
        if draft.introduced[index] >= 0.5:
            best = next((m for m in mentions if m.evidence.passage > 0), mentions[0])
            self._add(draft, "INTRODUCES", best, draft.introduced[index])
            return
        label = draft.entities[index].label
        for mention in mentions:
            said = mention.evidence.text(draft.document)
            kind: RelationType | None = None
            if label == "Benchmark":
                kind = "EVALUATES_ON"
            elif _COMPARES.search(said):
                kind = "COMPARES_WITH"
            elif _USES.search(said):
                kind = "USES"
            elif label == "Model" and _EVALUATES.search(said):
                kind = "EVALUATES"
            if kind is not None:
                self._add(draft, kind, mention, 0.5)
                return

    def _add(self, draft: Draft, kind: RelationType, mention: Mention, confidence: float) -> None:
        draft.relations.append(Relation(kind, mention.entity, mention.evidence, confidence, EXTRACTOR))


@Language.factory("kg_relations", default_config={"lists": True, "rules": True, "trained": True})
def make_relation_finder(nlp: Language, name: str, lists: bool, rules: bool, trained: bool) -> RelationFinder:
    """The component for these settings (see `kg_builder.extract.settings.ExtractionSettings`)."""
    return RelationFinder()
