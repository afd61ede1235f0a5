"""Roles without training: by the cue words of the first sentence that says anything of an entity."""

from __future__ import annotations

import re

from kg_builder.extract.draft import Draft
from kg_builder.extract.roles import Role
from kg_builder.facts import Mention, RelationType

#: How sure a rule is; right about every second time on annotated papers.
CONFIDENCE = 0.5

_COMPARES = re.compile(
    r"보다|대비|비해|능가|뛰어넘|앞서|기존의|outperform|surpass|compared (?:to|with)|than |exceed|over ",
    re.IGNORECASE,
)
_USES = re.compile(
    r"사용|활용|기반|이용|적용|통해|미세 ?조정|based on|using|use |uses|built on|fine-?tun|leverag|with ",
    re.IGNORECASE,
)
_EVALUATES = re.compile(r"평가|실험|분석|테스트|evaluat|assess|benchmark|test|experiment", re.IGNORECASE)


def roles_by_rule(draft: Draft) -> dict[int, list[Role]]:
    """At most one role for each entity that the paper does not introduce, by entity index."""
    found: dict[int, list[Role]] = {}
    for mention in draft.mentions:
        index = mention.entity
        if index in found or draft.introduced[index] >= 0.5:
            continue
        kind = _kind(draft, mention)
        if kind is not None:
            found[index] = [Role(kind, CONFIDENCE, mention)]
    return found


def _kind(draft: Draft, mention: Mention) -> RelationType | None:
    label = draft.entities[mention.entity].label
    said = mention.evidence.text(draft.document)
    if label == "Benchmark":
        return "EVALUATES_ON"
    if label not in ("Model", "Method"):
        return None
    if _COMPARES.search(said):
        return "COMPARES_WITH"
    if _USES.search(said):
        return "USES"
    return "EVALUATES" if label == "Model" and _EVALUATES.search(said) else None
