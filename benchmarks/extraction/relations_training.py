"""Training of the judge of relations, on the names that the name judge finds in papers it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.extraction.corpora import FOLDS, GoldPaper, fold_of
from benchmarks.extraction.names_training import View
from kg_builder.extract.draft import Draft
from kg_builder.extract.entities import add_entities
from kg_builder.extract.features import FEATURE_BITS
from kg_builder.extract.judgement import Thresholds, judged
from kg_builder.extract.relation_features import role_evidence
from kg_builder.extract.roles import ROLES, RoleJudge
from kg_builder.extract.tokens import name_key
from kg_builder.extract.whole import Floats

REGULARISATION = 0.04
ITERATIONS = 150
OPTIONAL_WEIGHT = 0.5
MIN_ENTITIES = 2


@dataclass(slots=True)
class RoleExample:
    """One entity: the features of all its mentions and of itself, and the share of each role."""

    paper: str
    indices: list[int]
    shares: Floats
    weight: float


def draft_of(view: View, probabilities: Floats) -> Draft:
    """The draft of a paper whose candidates were judged so."""
    draft = Draft(view.draft.document)
    judgements = judged(view.found, probabilities.tolist(), Thresholds())
    add_entities(draft, view.found, judgements, "training")
    return draft


def role_shares(roles: Sequence[str]) -> Floats:
    """The share of each class in the roles that the gold gives; alternatives (``a|b``) share theirs.

    >>> role_shares(["uses|based_on"]).tolist()
    [0.0, 0.5, 0.0, 0.0, 0.0, 0.5]
    """
    shares = np.zeros(len(ROLES))
    choices = [[r.upper() for r in role.split("|") if r.upper() in ROLES] for role in roles]
    choices = [choice for choice in choices if choice]
    for choice in choices:
        for role in choice:
            shares[ROLES.index(role)] += 1 / len(choice) / len(choices)
    if not choices:
        shares[0] = 1.0
    return shares


def examples_of(paper: GoldPaper, draft: Draft) -> list[RoleExample]:
    """The entities of a paper that the gold knows, with their roles."""
    named = {}
    for entity in sorted(paper.gold["entities"], key=lambda e: not e["optional"]):
        for name in (*entity["aliases"], entity["name"]):
            named[name_key(name)] = entity
    examples = []
    for index, (mentions, own) in role_evidence(draft).items():
        found = draft.entities[index]
        keys = [name_key(name) for name in (found.name, *found.aliases)]
        entity = next((named[key] for key in keys if key in named), None)
        if entity is None:
            continue
        features = set(own).union(*(indices for _, indices in mentions))
        weight = OPTIONAL_WEIGHT if entity["optional"] else 1.0
        examples.append(RoleExample(paper.id, sorted(features), role_shares(entity["roles"]), weight))
    return examples


def _fit(examples: Sequence[RoleExample]) -> RoleJudge:
    columns: list[int] = []
    ends = [0]
    classes, weights = [], []
    for example in examples:
        for role, share in enumerate(example.shares):
            if share > 0:
                columns.extend(example.indices)
                ends.append(len(columns))
                classes.append(role)
                weights.append(share * example.weight)
    # A feature of a single entity teaches nothing that holds for others.
    counts = np.bincount(columns, minlength=1 << FEATURE_BITS)
    kept = np.flatnonzero(counts >= MIN_ENTITIES)
    ones: NDArray[np.float32] = np.ones(len(columns), dtype=np.float32)
    matrix = csr_matrix((ones, columns, ends), shape=(len(classes), 1 << FEATURE_BITS))[:, kept]
    model = LogisticRegression(C=REGULARISATION, max_iter=ITERATIONS).fit(matrix, classes, weights)
    found = np.zeros((1 << FEATURE_BITS, len(ROLES)))
    found[kept] = model.coef_.T
    scale = np.abs(found).max(axis=0) / 127
    steps = np.rint(found / scale)
    return RoleJudge((steps * scale).astype(np.float32), model.intercept_.astype(np.float32))


def train_roles(
    papers: Sequence[GoldPaper], views: Sequence[View], held_out: Sequence[Floats]
) -> tuple[RoleJudge, list[RoleJudge]]:
    """The judge of relations, and for each fold of cross-validation one that did not see it.

    Args:
        papers: annotated papers.
        views: their candidates.
        held_out: what name judges that were not trained on each paper say of its candidates.
    """
    examples = [
        example
        for paper, view, rows in zip(papers, views, held_out, strict=True)
        for example in examples_of(paper, draft_of(view, rows))
    ]
    folds = [_fit([e for e in examples if fold_of(e.paper) != fold]) for fold in range(FOLDS)]
    return _fit(examples), folds
