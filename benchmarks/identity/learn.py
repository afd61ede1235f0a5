"""Learn what evidence weighs: ``python -m benchmarks.identity.learn > kg_builder/resolve/identity/weights.yaml``.

The file that ships is what this prints, byte for byte, from the two corpora and `prior.yaml`: the weights to begin
with, and those that are set by hand. Logistic regression, of those people of the two corpora who are not held out, on
pairs of signatures with one name and on pairs of people whose names agree, as resolution by the prior meets them. A
name that agrees with a listed person's but is not listed for that person is somebody else's, most of the time, in the
Anthology, which lists the spellings of its people.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.identity.corpora import NAMES, Item, corpus, hidden, is_held_out
from kg_builder.document import Document
from kg_builder.resolve.identity.bylines import authorships
from kg_builder.resolve.identity.circles import group_of
from kg_builder.resolve.identity.commonness import Commonness
from kg_builder.resolve.identity.evidence import WEIGHTS_FILE, Evidence, weights
from kg_builder.resolve.identity.persons import identify
from kg_builder.resolve.identity.signatures import Authorship
from kg_builder.resolve.person_names import name_key

#: What a pair counts of which only one side is known to the Anthology.
_UNLISTED = 0.25
#: The pull of each weight towards the prior one, as variance of a normal distribution around it.
_VARIANCE = 1.0

#: The weights to begin with.
PRIOR = Path(__file__).with_name("prior.yaml")
#: What is set by hand, and why, stands in the prior.
_CHOSEN = ("caution", "caution_common", "affiliation")
_BY_HAND = {"signatures": (*_CHOSEN, "commonness")}
#: What the pairs of the smaller corpus count together at least, as a share of the larger one's.
_LEAST_SHARE = 0.3

#: Evidence, whether it is one person, and how much the pair counts.
Example = tuple[dict[str, float], bool, float]


def signature_examples(papers: list[Document], gold: Mapping[Item, str]) -> list[Example]:
    """Pairs of signatures with one name; each signature counts as much as another, however many its name has."""
    signatures, terms = hidden(papers)
    commonness = Commonness(sorted({name_key(s.name) for s in signatures}))
    people = list(authorships(signatures, commonness))
    evidence = Evidence(people, terms, commonness)
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, person in enumerate(people):
        if (
            not is_held_out(gold.get((person.paper, person.name.key), ""))
            and (person.paper, person.name.key) in gold
        ):
            blocks[person.name.key].append(i)
    examples: list[Example] = []
    for block in blocks.values():
        if len(block) < 2:
            continue
        name = people[block[0]].name
        prior = {
            "bias": 1.0,
            "commonness": math.log(commonness.people(name) + 0.01),
            "east_asian": float(name.is_east_asian),
        }
        features = evidence.signature_features(block)
        for j, second in enumerate(block):
            for i, first in enumerate(block[:j]):
                same = gold[people[first].paper, name.key] == gold[people[second].paper, name.key]
                values = {kind: float(matrix[i, j]) for kind, matrix in features.items()}
                examples.append((prior | values, same, 2 / len(block)))
    return examples


def people_examples(papers: list[Document], gold: Mapping[Item, str], *, is_listed: bool) -> list[Example]:
    """Pairs of people whose names agree, as they are met while people are joined."""
    signatures, terms = hidden(papers)
    examples: list[Example] = []

    def person(circle: list[Authorship]) -> tuple[str, int] | None:
        known = Counter(gold[key] for a in circle if (key := (a.paper, a.name.key)) in gold)
        return max(known.items(), key=lambda item: (item[1], item[0])) if known else None

    def observe(first: list[Authorship], second: list[Authorship], features: dict[str, float]) -> None:
        a, b = person(first), person(second)
        if any(p and is_held_out(p[0]) for p in (a, b)) or not (a or b):
            return
        if a and b:
            examples.append((features, a[0] == b[0], 1 + math.log(a[1] * b[1])))
        elif is_listed and "SAME" not in features:
            examples.append((features, False, _UNLISTED))

    identify(signatures, terms, observer=observe)
    return examples


def fit(
    examples: Sequence[Example], start: Mapping[str, float], fixed: Iterable[str] = ()
) -> dict[str, float]:
    """Logistic regression by Newton's method, each weight drawn towards the prior.

    Args:
        examples: what to learn from.
        start: the prior.
        fixed: weights that stay.

    Returns:
        The weights.
    """
    names = [name for name in start if name not in set(fixed)]
    x = np.array([[features.get(name, 0.0) for name in names] for features, _, _ in examples])
    offset = np.array(
        [sum(start[n] * f.get(n, 0.0) for n in start if n not in names) for f, _, _ in examples]
    )
    y = np.array([same for _, same, _ in examples], dtype=np.float64)
    count = np.array([weight for _, _, weight in examples])
    before = np.array([start[name] for name in names])

    def loss(w: npt.NDArray[np.float64]) -> float:
        log_odds = x @ w + offset
        return float(
            count @ (np.logaddexp(0, log_odds) - y * log_odds) + ((w - before) ** 2).sum() / 2 / _VARIANCE
        )

    w = before.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ w + offset, -30, 30)))
        slope = x.T @ (count * (p - y)) + (w - before) / _VARIANCE
        curve = (x * (count * p * (1 - p))[:, None]).T @ x + np.eye(len(w)) / _VARIANCE
        step = np.linalg.solve(curve, slope)
        while loss(w - step) > loss(w) and np.abs(step).max() > 1e-6:
            step /= 2
        w = w - step
        if np.abs(step).max() < 1e-6:
            break
    return {**start, **{name: round(float(value), 2) for name, value in zip(names, w, strict=True)}}


def balanced(corpora: Sequence[list[Example]]) -> list[Example]:
    """The examples of all corpora, those of a small one counting more, so that the large one does not decide alone."""
    totals = [sum(count for *_, count in examples) for examples in corpora]
    least = _LEAST_SHARE * max(totals)
    return [
        (features, same, count * max(1.0, least / total))
        for examples, total in zip(corpora, totals, strict=True)
        for features, same, count in examples
    ]


def learnt(corpora: Iterable[str] = NAMES) -> dict[str, dict[str, float]]:
    """The weights of each kind, learnt from people who are not held out."""
    found: dict[str, list[list[Example]]] = defaultdict(list)
    for name in corpora:
        papers, gold = corpus(name)
        found["signatures"].append(signature_examples(papers, gold))
        people = people_examples(papers, gold, is_listed=name == "anthology")
        for kind in ("namesakes", "people", "letters"):
            found[kind].append([example for example in people if group_of(example[0]) == kind])
    weights_of = {}
    for kind, parts in found.items():
        print(f"# {kind}: pairs {', '.join(f'{len(examples):,}' for examples in parts)}", file=sys.stderr)
        # What spellings weigh, the accounts do not tell: hardly anyone has two there.
        is_told_by_both = kind in ("signatures", "namesakes")
        examples = balanced(parts) if is_told_by_both else [e for part in parts for e in part]
        weights_of[kind] = fit(examples, weights(kind), fixed=_BY_HAND.get(kind, _CHOSEN))
    return weights_of


def written(text: str, found: Mapping[str, Mapping[str, float]]) -> str:
    """The file of the prior with the weights that were found in place of those that it has.

    >>> written("people: # known\\n  SPELLING: 4\\n", {"people": {"SPELLING": 4.5}})
    'people: # known\\n  SPELLING: 4.5\\n'
    """
    kind, lines = "", []
    for line in text.splitlines():
        name = line.partition(":")[0]
        kind = name if name in found else kind
        is_weight = line.startswith("  ") and name.strip() in found.get(kind, {})
        lines.append(f"{name}: {found[kind][name.strip()]:g}" if is_weight else line)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Learn from both corpora, and print the file of weights."""
    WEIGHTS_FILE.set(PRIOR)
    print(written(PRIOR.read_text(encoding="utf-8"), learnt()), end="")


if __name__ == "__main__":
    main()
