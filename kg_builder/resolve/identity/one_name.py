"""Signatures of one name: joined where the name is rare, and else as far as the company of each reaches."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from kg_builder.resolve.identity.clustering import average_linkage
from kg_builder.resolve.identity.evidence import UNLIKE_AFFILIATION, Evidence, weights
from kg_builder.resolve.identity.findings import Findings, probability

#: Signatures of one name that are compared with one another; of more, only ids and decisions join any.
LARGEST_NAME = 1_500


def join_signatures(evidence: Evidence, findings: Findings) -> None:
    """Join the signatures of each name that are surely one person's."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, person in enumerate(findings.people):
        blocks[person.name.key].append(i)
    for block in blocks.values():
        if len(block) > 1:
            _join_block(block, evidence, findings)


def _join_block(block: list[int], evidence: Evidence, findings: Findings) -> None:
    people = findings.people
    name = people[block[0]].name
    rare = f"the same name, which about {evidence.commonness.people(name):.2g} people are expected to share"
    if _is_rare(block, evidence, findings):
        for other in block[1:]:
            findings.components.join(block[0], other)
        findings.explain(block[0], rare)
        findings.is_one(block[0], probability(evidence.prior(name)))
        return
    if len(block) > LARGEST_NAME:
        text = f"{name.text} stands on {len(block)} papers, more than {LARGEST_NAME}"
        findings.notices.append(f"{text}: its signatures are joined by ids and decisions alone")
        return
    scores = evidence.signature_scores(block)
    groups, apart = _constraints(block, findings)
    for group in average_linkage(scores, apart, groups):
        for row in group[1:]:
            findings.components.join(block[group[0]], block[row])
        if len(group) > 1:
            findings.explain(block[group[0]], f"{rare}, and the company of {len(group)} papers")
            inner = scores[np.ix_(group, group)]
            mean = (inner.sum() - np.trace(inner)) / (len(group) * (len(group) - 1))
            findings.is_one(block[group[0]], probability(float(mean) + evidence.caution(name)))


def _is_rare(block: list[int], evidence: Evidence, findings: Findings) -> bool:
    """Whether a name is so rare, and nothing but papers tells its signatures apart, that they are one person's."""
    people = findings.people
    homes = any(people[i].affiliations for i in block)
    against = weights("signatures")["affiliation"] * UNLIKE_AFFILIATION if homes else 0.0
    name = people[block[0]].name
    if evidence.prior(name) + against <= evidence.caution(name):
        return False
    papers = {people[i].paper for i in block}
    return len(papers) == len(block) and all(findings.components.is_free(i) for i in block)


def _constraints(block: list[int], findings: Findings) -> tuple[list[list[int]], npt.NDArray[np.bool_]]:
    """Which of the signatures are one person already, and which two may never be."""
    groups: dict[int, list[int]] = defaultdict(list)
    for row, i in enumerate(block):
        groups[findings.components.root(i)].append(row)
    papers = np.array([findings.people[i].paper for i in block])
    apart: npt.NDArray[np.bool_] = papers[:, None] == papers[None, :]
    np.fill_diagonal(apart, False)
    # Those that are free are told apart by their own papers alone.
    bound = [root for root in groups if not findings.components.is_free(root)]
    for a in bound:
        for b in groups:
            if a != b and findings.components.are_apart(a, b):
                apart[np.ix_(groups[a], groups[b])] = apart[np.ix_(groups[b], groups[a])] = True
    return list(groups.values()), apart
