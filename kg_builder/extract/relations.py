"""The component ``kg_relations``: what the paper does with the things that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language

from kg_builder.extract.compared import compared
from kg_builder.extract.draft import Draft
from kg_builder.extract.role_rules import roles_by_rule
from kg_builder.extract.roles import Role, RoleJudge, role_judge
from kg_builder.facts import Mention, Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc

EXTRACTOR = "kg_relations@2"
INTRODUCED_FROM = 0.5

#: How sure the words beside a name are that the paper compares with it, and how sure any other role must be then.
_COMPARED, _BESIDE_COMPARED = 0.95, 0.75

_PRESENTS = re.compile(
    r"제안|소개|제시|개발|도입|공개|구축|라는|introduc|propos|present|develop|releas|construct|call|dub"
)


class RelationFinder:
    """Adds what the paper introduces, and the roles of everything else that it names.

    Args:
        judge: the trained judge of roles; ``None`` to go by rules.
    """

    def __init__(self, judge: RoleJudge | None) -> None:
        self.judge = judge

    def __call__(self, doc: Doc) -> Doc:
        """Add relations to the draft of a Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Add relations to the drafts of many Docs, so many at a time."""
        source = iter(stream)
        while docs := list(islice(source, batch_size)):
            drafts: list[Draft] = [doc._.draft for doc in docs]
            judged = (
                self.judge.roles(drafts) if self.judge is not None else [roles_by_rule(d) for d in drafts]
            )
            for draft, roles in zip(drafts, judged, strict=True):
                self._add_introduced(draft)
                self._add_roles(draft, roles)
            yield from docs

    def _add_roles(self, draft: Draft, roles: dict[int, list[Role]]) -> None:
        marked = compared(draft)
        subject = _main_subject(draft)
        for index, found in roles.items():
            named = _confidence(draft, index)
            for role in _with_comparison(found, marked.get(index)):
                base = role.type == "BASED_ON"
                if base and (subject is None or draft.entities[index].label != "Model"):
                    continue
                confidence = round(role.confidence * named, 3)
                evidence = role.mention.evidence
                draft.relations.append(
                    Relation(role.type, index, evidence, confidence, EXTRACTOR, subject if base else None)
                )

    def _add_introduced(self, draft: Draft) -> None:
        for index, chance in enumerate(draft.introduced):
            if chance >= INTRODUCED_FROM and draft.entities[index].label in ("Model", "Benchmark", "Method"):
                evidence = _presented(draft, index).evidence
                draft.relations.append(Relation("INTRODUCES", index, evidence, round(chance, 3), EXTRACTOR))


def _with_comparison(found: list[Role], mention: Mention | None) -> list[Role]:
    """The roles of an entity, where the words beside `mention` say that the paper compares with it."""
    if mention is None:
        return found
    likely = [r for r in found if r.type != "COMPARES_WITH" and r.confidence >= _BESIDE_COMPARED]
    return [Role("COMPARES_WITH", _COMPARED, mention), *likely]


def _presented(draft: Draft, index: int) -> Mention:
    """The mention whose sentence presents the thing; else the first outside the title; else the first."""
    mentions = [m for m in draft.mentions if m.entity == index]
    passages = draft.document.passages
    body = [m for m in mentions if passages[m.evidence.passage].section != "title"]
    said = (m for m in body if _PRESENTS.search(m.evidence.text(draft.document).lower()))
    return next(said, (body or mentions)[0])


def _confidence(draft: Draft, index: int) -> float:
    return max((m.confidence for m in draft.mentions if m.entity == index), default=0.0)


def _main_subject(draft: Draft) -> int | None:
    """The model or method that the paper introduces before all: of those, the likeliest and then the first."""
    new = [
        index
        for index, chance in enumerate(draft.introduced)
        if chance >= INTRODUCED_FROM and draft.entities[index].label in ("Model", "Method")
    ]
    return max(new, key=lambda index: (draft.introduced[index], -index), default=None)


@Language.factory(
    "kg_relations", default_config={"lists": True, "rules": True, "trained": True, "weights": None}
)
def make_relation_finder(  # spaCy passes them all
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    lists: bool,  # noqa: ARG001
    rules: bool,  # noqa: ARG001
    trained: bool,
    weights: str | None,
) -> RelationFinder:
    """The component for these settings (see `kg_builder.extract.settings.ExtractionSettings`)."""
    if not trained:
        return RelationFinder(None)
    return RelationFinder(role_judge(Path(weights)) if weights else role_judge())
