"""Train the weights of the search for results on the gold.

    python -m benchmarks.extraction.results_train [--shared ../shared] [--without-aside]

Needs scikit-learn, which the package itself does not. The same gold, code and versions give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.extraction.results_examples import Choice, Example, examples, named_by_gold, with_flaws
from kg_builder.document import Document
from kg_builder.extract.result_weights import WEIGHTS, LinearModel, write_models
from kg_builder.readers.registry import reader_for
from kg_builder.readers.source import SourceFile

#: Gold files, and the folder of ``data`` that their texts stand in.
FAMILIES = {"daily-papers-ko": "daily-papers-ko", "hf-daily-en": "hf-daily-json"}
#: Inverse strength of regularisation of each model, chosen by cross-validation.
STRENGTHS = {
    "result": 0.15,
    "direction": 0.3,
    "subject": 0.5,
    "baseline": 0.2,
    "benchmark": 0.15,
    "metric": 0.2,
}
#: A feature counts only where so many papers have it: what single papers say stays out of the weights.
MIN_PAPERS = 3
FOLDS = 5


def paper_hash(paper: str) -> int:
    """A number that decides, by the paper alone, which part of the gold it belongs to."""
    return int(hashlib.sha256(paper.encode()).hexdigest(), 16)


def is_aside(paper: str) -> bool:
    """Whether a paper belongs to the fifth that is kept aside."""
    return paper_hash(paper) % 5 == 0


def fold_of(paper: str) -> int:
    """Which fold of the cross-validation a paper is tested in; both languages of a paper share it."""
    return paper_hash(paper) // 5 % FOLDS


def gold_documents(shared: Path) -> Iterator[tuple[str, Document, Mapping[str, Any]]]:
    """(family, document, gold line) of every annotated paper, in the order of the gold files.

    Args:
        shared: the folder that holds ``gold`` and ``data``.
    """
    for family, folder in FAMILIES.items():
        lines = (shared / "gold" / f"{family}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        documents: dict[tuple[str, str | None], Document] = {}
        for name in sorted({row["file"] for row in rows}):
            path = shared / "data" / folder / name
            source = SourceFile(str(path), path)
            for item in reader_for(source).read(source):
                if isinstance(item, Document):
                    documents[name, item.arxiv_id] = item
        for row in rows:
            yield family, documents[row["file"], row["id"]], row


def _matrix(rows: Sequence[frozenset[str]], kept: Mapping[str, int]) -> Any:
    """Sets of features as a sparse matrix of ones."""
    columns: list[int] = []
    ends = [0]
    for features in rows:
        columns += sorted(kept[f] for f in features if f in kept)
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(kept)))


def fitted(rows: Sequence[Example], strength: float) -> LinearModel:
    """A logistic model of examples.

    Args:
        rows: the examples of one model.
        strength: inverse strength of regularisation.
    """
    papers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for feature in row.features:
            papers[feature].add(row.paper)
    kept = {f: i for i, f in enumerate(sorted(f for f, p in papers.items() if len(p) >= MIN_PAPERS))}
    matrix = _matrix([row.features for row in rows], kept)
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit(matrix, [r.answer for r in rows], sample_weight=[r.weight for r in rows])
    return _model(list(kept), model.coef_, model.intercept_, tuple(model.classes_))


def _model(features: list[str], columns: Any, bias: Any, classes: tuple[str, ...]) -> LinearModel:
    """The model with its numbers rounded, so that the last bits of a solver do not reach the file."""
    tables = tuple(dict(zip(features, np.round(column, 4).tolist(), strict=True)) for column in columns)
    return LinearModel(tables, tuple(round(float(b), 4) for b in bias), classes)


def chosen(rows: Sequence[Choice], strength: float) -> LinearModel:
    """A conditional logit of choices (McFadden, 1974).

    Args:
        rows: the choices of one model.
        strength: inverse strength of regularisation.
    """
    papers: dict[str, set[str]] = defaultdict(set)
    options: list[frozenset[str]] = []
    right: list[bool] = []
    starts: list[int] = []
    for row in rows:
        starts.append(len(options))
        options += [*row.candidates, frozenset(f"absent {f}" for f in row.absence)]
        right += [*row.right, not any(row.right)]
        for features in options[starts[-1] :]:
            for feature in features:
                papers[feature].add(row.paper)
    kept = {f: i for i, f in enumerate(sorted(f for f, p in papers.items() if len(p) >= MIN_PAPERS))}
    matrix = _matrix(options, kept)
    weights = np.array([row.weight for row in rows])
    solution = minimize(
        _choice_loss,
        np.zeros(len(kept)),
        args=(matrix, np.array(starts), np.array(right), weights, strength),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 500},
    )
    return _model(list(kept), solution.x[None, :], [0.0], ("no", "yes"))


def _choice_loss(
    values: Any, matrix: Any, starts: Any, right: Any, weights: Any, strength: float
) -> tuple[float, Any]:
    """Loss of a conditional logit where any of several right options will do, and its gradient."""
    scores = matrix @ values
    sizes = np.diff(np.append(starts, len(scores)))
    top = np.repeat(np.maximum.reduceat(scores, starts), sizes)
    raised = np.exp(scores - top)
    total = np.add.reduceat(raised, starts)
    hit = np.add.reduceat(raised * right, starts)
    loss = -np.sum(weights * np.log(hit / total)) + values @ values / (2 * strength)
    share = raised * (1 / np.repeat(total, sizes) - right / np.repeat(hit, sizes)) * np.repeat(weights, sizes)
    return float(loss), matrix.T @ share + values / strength


def calibrated(rows: Sequence[Example], strength: float) -> tuple[float, float]:
    """Slope and offset that turn scores on unseen papers into probabilities (Platt, 1999)."""
    scores, answers, weights = [], [], []
    for fold in range(FOLDS):
        model = fitted([r for r in rows if fold_of(r.paper) != fold], strength)
        for row in rows:
            if fold_of(row.paper) == fold:
                scores.append(model.scores(row.features)[0])
                answers.append(row.answer == "yes")
                weights.append(row.weight)
    platt = LogisticRegression(C=1e6).fit(np.array(scores)[:, None], answers, sample_weight=weights)
    return round(float(platt.coef_[0, 0]), 6), round(float(platt.intercept_[0]), 6)


def train(rows: Iterable[Example | Choice]) -> dict[str, LinearModel]:
    """Every model, the one that finds results calibrated on papers that it was not trained on."""
    by_model: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row)
    models = {}
    for name, strength in STRENGTHS.items():
        if isinstance(by_model[name][0], Choice):
            models[name] = chosen(by_model[name], strength)
            continue
        model = fitted(by_model[name], strength)
        scale = calibrated(by_model[name], strength) if len(model.classes) == 2 else (1.0, 0.0)
        models[name] = replace(model, scale=scale)
    return models


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    root = Path(__file__).parents[2]
    parser.add_argument("--shared", type=Path, default=root.parent / "shared")
    parser.add_argument("--without-aside", action="store_true", help="leave the fifth kept aside out")
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    rows: list[Example | Choice] = []
    for _, document, gold in gold_documents(options.shared):
        if not (options.without_aside and is_aside(gold["id"])):
            facts = named_by_gold(document, gold)
            rows += examples(document, gold, facts)
            rows += examples(document, gold, with_flaws(gold["id"], facts))
    options.output.parent.mkdir(exist_ok=True)
    write_models(train(rows), options.output)
    print(f"{options.output}: {options.output.stat().st_size:,} bytes from {len(rows):,} decisions")


if __name__ == "__main__":
    main()
