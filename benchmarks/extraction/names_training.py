"""Training of the name judge: a linear first look, the table of known names, networks for the second look.

Annotated papers are few, so the unlabelled ones are used twice: a first judge says what their candidates are, and a
second linear look learns from those answers too; and what all of them say of a name, and what is annotated, becomes the
table of known names.
Whatever is computed for an annotated paper comes from a model that was not trained on it, as it will be for new papers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from benchmarks.extraction.corpora import FOLDS, GoldPaper, fold_of
from kg_builder.document import Document
from kg_builder.extract.candidates import CandidateSet, candidates
from kg_builder.extract.classifier import LinearLook, Network, Sight, TrainedJudge, sight_of
from kg_builder.extract.draft import Draft
from kg_builder.extract.features import FEATURE_BITS
from kg_builder.extract.known import Known, KnownNames, head_of
from kg_builder.extract.structure import Structure, structure
from kg_builder.extract.tokens import name_key
from kg_builder.extract.whole import CLASSES, Floats, Seen, softmax, types_of, whole_features

LABEL_CLASS = {"Model": 1, "Benchmark": 2, "Method": 3}
DOUBTFUL_WEIGHT = 0.5
REGULARISATION = 0.07
ITERATIONS = 60
TAUGHT_WEIGHT = 0.15
TAUGHT_CONFIDENCE = 0.6
TAUGHT_EVERY = 3
NETWORKS = 6
TEACHING_NETWORKS = 1
HIDDEN = 48
EPOCHS = 35
MIN_PAPERS = 2
MIN_CANDIDATES = 2


@dataclass(slots=True)
class View:
    """A document's candidates with their features."""

    paper: str
    draft: Draft
    found: CandidateSet
    ties: Structure
    sight: Sight


@dataclass(slots=True)
class Answers:
    """What the gold says of the candidates of one paper: class and weight of each."""

    classes: NDArray[np.int64]
    weights: Floats


@dataclass(slots=True)
class TrainedNames:
    """A trained judge, and what it says of each paper it was trained on, by models that were not."""

    judge: TrainedJudge
    held_out: list[Floats]


def view_of(document: Document) -> View:
    """A document's candidates with their features."""
    draft = Draft(document)
    found = candidates(draft)
    ties = structure(draft, found)
    return View(document.identity, draft, found, ties, sight_of([Seen(draft, found, ties)]))


def answers_of(paper: GoldPaper, view: View) -> Answers:
    """The gold's classes for a paper's candidates; what is optional or could be read otherwise weighs half."""
    named = {}
    for entity in sorted(paper.gold["entities"], key=lambda e: not e["optional"]):
        for name in (*entity["aliases"], entity["name"]):
            named[name_key(name)] = entity
    classes, weights = [], []
    for key in view.found.by_key:
        entity = named.get(key)
        if entity is None:
            classes.append(0)
            weights.append(1.0)
            continue
        new = "introduces" in entity["roles"]
        perhaps_new = any("introduces" in role for role in entity["roles"])
        classes.append(LABEL_CLASS[entity["type"]] + 3 * new)
        weights.append(DOUBTFUL_WEIGHT if entity["optional"] or perhaps_new != new else 1.0)
    return Answers(np.array(classes, dtype=np.int64), np.array(weights))


def _matrix(views: Sequence[View]) -> csr_matrix:
    columns, ends = [], [0]
    for view in views:
        indices = view.sight.indices
        bounds = [*view.sight.starts[::3].tolist(), len(indices)]
        for low, high in pairwise(bounds):
            columns.append(np.unique(indices[low:high]))
            ends.append(ends[-1] + len(columns[-1]))
    joined = np.concatenate(columns)
    shape = (len(ends) - 1, 1 << FEATURE_BITS)
    return csr_matrix((np.ones(len(joined), dtype=np.float32), joined, np.array(ends)), shape=shape)


def _look(matrix: csr_matrix, classes: NDArray[np.int64], weights: Floats) -> LinearLook:
    """The linear look, in steps of 1/127 of the greatest weight of each class.

    A feature of a single candidate teaches nothing that holds for others, and is left out.
    """
    kept = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]) >= MIN_CANDIDATES)
    model = LogisticRegression(C=REGULARISATION, max_iter=ITERATIONS, tol=1e-3)
    model.fit(matrix[:, kept], classes, weights)
    found = np.zeros((matrix.shape[1], CLASSES))
    found[kept] = model.coef_.T
    scale = np.abs(found).max(axis=0) / 127
    steps = np.rint(found / scale)
    return LinearLook((steps * scale).astype(np.float32), model.intercept_.astype(np.float32))


def count_names(probabilities: Floats, keys: Sequence[str]) -> KnownNames:
    """What all papers together say of each name and of each head of names.

    Args:
        probabilities: of the candidates of all papers, shape (candidates, `CLASSES`).
        keys: their keys; within a paper they differ, so that each stands for one paper.
    """
    shares = np.column_stack([types_of(probabilities), probabilities[:, CLASSES - 3 :].sum(axis=1)])
    names_of, places = np.unique(np.array(keys, dtype=object), return_inverse=True)
    counts = np.bincount(places)
    sums = np.column_stack([np.bincount(places, column) for column in shares.T])
    heads_of, head_places = np.unique(
        np.array([head_of(key) for key in names_of], dtype=object), return_inverse=True
    )
    head_sums = np.column_stack([np.bincount(head_places, column) for column in sums.T])
    head_counts, members = np.bincount(head_places, counts), np.bincount(head_places)
    names = {
        key: Known(int(count), _percent(total / count))
        for key, count, total in zip(names_of, counts, sums, strict=True)
        if count >= MIN_PAPERS
    }
    heads = {
        head: Known(int(count), _percent(total / count))
        for head, count, total, kept in zip(heads_of, head_counts, head_sums, members, strict=True)
        if kept >= 2 and len(head) >= 2
    }
    return KnownNames(names, heads)


def _percent(shares: Floats) -> tuple[float, float, float, float, float]:
    none, model, benchmark, method, introduced = (round(float(s), 2) for s in shares)
    return none, model, benchmark, method, introduced


def _second_look(view: View, linear: LinearLook, known: KnownNames) -> Floats:
    scores = linear.views(view.sight.indices, view.sight.starts)
    return whole_features([Seen(view.draft, view.found, view.ties)], scores, view.sight.said, known)


def _fit_network(numbers: Floats, answers: Sequence[Answers], count: int) -> Network:
    mean, scale = numbers.mean(axis=0), numbers.std(axis=0) + 1e-6
    scaled = (numbers - mean) / scale
    classes = np.concatenate([a.classes for a in answers])
    weights = np.concatenate([a.weights for a in answers])
    layers = []
    for seed in range(count):
        model = MLPClassifier(
            (HIDDEN,), alpha=1.0, max_iter=EPOCHS, random_state=seed, learning_rate_init=0.003
        )
        model.fit(scaled, classes, sample_weight=weights)
        (hidden, output), (hidden_bias, output_bias) = model.coefs_, model.intercepts_
        layers.append((hidden, hidden_bias, output, output_bias))
    return Network(mean, scale, tuple(layers))


class NameTrainer:
    """Trains the name judge on annotated papers, with the help of unlabelled ones.

    Args:
        unlabelled: views of the unlabelled papers.
        jobs: processes to use.
    """

    def __init__(self, unlabelled: Sequence[View], jobs: int) -> None:
        self.unlabelled = unlabelled
        self.jobs = jobs
        self.matrix = _matrix(unlabelled)
        self.keys = [key for view in unlabelled for key in view.found.by_key]
        sizes = [len(view.found.by_key) for view in unlabelled]
        self.begins = np.cumsum([0, *sizes[:-1]]).tolist()
        # A third of the papers teaches nearly as well as all of them, and three times as fast.
        self.teaching = np.repeat([i % TAUGHT_EVERY == 0 for i in range(len(unlabelled))], sizes)

    def train(self, views: Sequence[View], answers: Sequence[Answers], papers: Sequence[str]) -> TrainedNames:
        """The judge trained on these papers.

        Args:
            views: the papers' candidates.
            answers: what the gold says of them.
            papers: their ids, which decide the folds.
        """
        folds = [[i for i, paper in enumerate(papers) if fold_of(paper) != fold] for fold in range(FOLDS)]
        parts = [*folds, list(range(len(papers)))]
        first = Parallel(self.jobs, prefer="threads")(
            delayed(self._linear)(views, answers, part, None) for part in parts
        )
        numbers = self._held_out_numbers(views, papers, first)
        taught = Parallel(self.jobs, prefer="threads")(
            delayed(self._teach)(first[f], _network_of(numbers, answers, part, TEACHING_NETWORKS))
            for f, part in enumerate(parts)
        )
        second = Parallel(self.jobs, prefer="threads")(
            delayed(self._linear)(views, answers, part, taught[f]) for f, part in enumerate(parts)
        )
        numbers = self._held_out_numbers(views, papers, second)
        networks = Parallel(self.jobs, prefer="threads")(
            delayed(_network_of)(numbers, answers, part) for part in parts
        )
        held_out = [networks[fold_of(p)].probabilities(n) for p, n in zip(papers, numbers, strict=True)]
        return TrainedNames(TrainedJudge(second[-1][0], networks[-1], second[-1][1]), held_out)

    def _linear(
        self,
        views: Sequence[View],
        answers: Sequence[Answers],
        part: Sequence[int],
        taught: tuple[NDArray[np.int64], Floats] | None,
    ) -> tuple[LinearLook, KnownNames]:
        matrix = _matrix([views[i] for i in part])
        classes = np.concatenate([answers[i].classes for i in part])
        weights = np.concatenate([answers[i].weights for i in part])
        if taught is not None:
            kept = taught[1] > 0
            matrix = vstack([matrix, self.matrix[kept]])
            classes = np.concatenate([classes, taught[0][kept]])
            weights = np.concatenate([weights, taught[1][kept]])
        look = _look(matrix, classes, weights)
        said = softmax(self.matrix @ look.weights + look.bias)
        told = np.eye(CLASSES)[np.concatenate([answers[i].classes for i in part])]
        keys = [key for i in part for key in views[i].found.by_key]
        return look, count_names(np.concatenate([said, told]), [*self.keys, *keys])

    def _teach(
        self, first: tuple[LinearLook, KnownNames], network: Network
    ) -> tuple[NDArray[np.int64], Floats]:
        """Classes and weights for the unlabelled candidates: those that the first judge is fairly sure of."""
        linear, known = first
        certain = np.eye(1, CLASSES).repeat(len(self.keys), axis=0)
        for view, low in zip(self.unlabelled, self.begins, strict=True):
            if self.teaching[low]:
                answers = network.probabilities(_second_look(view, linear, known))
                certain[low : low + len(answers)] = answers
        answers = certain
        sure = answers.max(axis=1)
        chosen = (sure > TAUGHT_CONFIDENCE) & self.teaching
        return answers.argmax(axis=1), np.where(chosen, TAUGHT_WEIGHT * TAUGHT_EVERY * sure, 0.0)

    def _held_out_numbers(
        self, views: Sequence[View], papers: Sequence[str], models: Sequence[tuple[LinearLook, KnownNames]]
    ) -> list[Floats]:
        return [_second_look(v, *models[fold_of(p)]) for v, p in zip(views, papers, strict=True)]


def _network_of(
    numbers: Sequence[Floats], answers: Sequence[Answers], part: Sequence[int], count: int = NETWORKS
) -> Network:
    return _fit_network(np.concatenate([numbers[i] for i in part]), [answers[i] for i in part], count)
