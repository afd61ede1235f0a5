"""Train the weights of the search for results on the gold.

    python -m benchmarks.extraction.results_train [--shared ../shared] [--without-aside]

Needs scikit-learn, which the package itself does not. The same gold, code and versions give the same bytes. The
gold's own names are learnt from, and once more with the flaws that extraction has, so that the weights of names and
relations take no part. With ``--without-aside`` the weights go to ``weights_without_aside``, on which
``python -m benchmarks.extraction`` reports.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from benchmarks.extraction.corpora import FOLDS, fold_of, training_papers
from benchmarks.extraction.results_confidence import Told, judged
from benchmarks.extraction.results_examples import Choice, Example, examples, named_by_gold, with_flaws
from kg_builder.extract.result_parts import TrainedJudge, evidence
from kg_builder.extract.result_weights import WEIGHTS, LinearModel, write_models

WITHOUT_ASIDE = Path(__file__).parent / "weights_without_aside" / WEIGHTS.name
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


def _matrix(rows: Sequence[tuple[str, ...]], kept: Mapping[str, int]) -> Any:
    """Features as a sparse matrix of how often each comes."""
    columns: list[int] = []
    ends = [0]
    for features in rows:
        columns += sorted(kept[f] for f in features if f in kept)
        ends.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(kept)))
    matrix.sum_duplicates()
    return matrix


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
    options: list[tuple[str, ...]] = []
    right: list[bool] = []
    starts: list[int] = []
    for row in rows:
        starts.append(len(options))
        options += [*row.candidates, tuple(f"absent {f}" for f in row.absence)]
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
                scores.append(model.bias[0] + sum(model.columns[0].get(f, 0.0) for f in row.features))
                answers.append(row.answer == "yes")
                weights.append(row.weight)
    platt = LogisticRegression(C=1e6).fit(np.array(scores)[:, None], answers, sample_weight=weights)
    return round(float(platt.coef_[0, 0]), 6), round(float(platt.intercept_[0]), 6)


def train(
    rows: Iterable[Example | Choice], scale: tuple[float, float] | None = None
) -> dict[str, LinearModel]:
    """Every model, the one that finds results calibrated on papers that it was not trained on.

    Args:
        rows: the decisions to learn from.
        scale: its slope and offset, where they are known.
    """
    by_model: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row)
    models = {}
    for name, strength in STRENGTHS.items():
        if isinstance(by_model[name][0], Choice):
            models[name] = chosen(by_model[name], strength)
            continue
        model = fitted(by_model[name], strength)
        if name == "result":
            model = replace(model, scale=scale or calibrated(by_model[name], strength))
        models[name] = model
    return models


def with_confidence(
    models: dict[str, LinearModel], rows: Sequence[Example | Choice], told: Sequence[Told]
) -> dict[str, LinearModel]:
    """The models and one more, which says how likely a result is right in all its parts.

    It learns from what models that were not trained on a paper find in it.

    Args:
        models: every other model.
        rows: the decisions that they learnt from.
        told: the papers.
    """
    chances: list[Mapping[str, float]] = []
    right: list[bool] = []
    for fold in range(FOLDS):
        others = [row for row in rows if fold_of(row.paper) != fold]
        judge = TrainedJudge(train(others, models["result"].scale))
        for paper in told:
            if fold_of(str(paper.gold["id"])) == fold:
                for chance, hit in judged(judge, paper):
                    chances.append(chance)
                    right.append(hit)
    names = sorted(chances[0])
    table = np.array([[evidence(chance[name]) for name in names] for chance in chances])
    fit = LogisticRegression(C=1.0, max_iter=1000).fit(table, right)
    return models | {"whole": _model(names, fit.coef_, fit.intercept_, ("no", "yes"))}


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    root = Path(__file__).parents[2]
    parser.add_argument("--shared", type=Path, default=root.parent / "shared")
    parser.add_argument("--without-aside", action="store_true", help="leave the fifth kept aside out")
    parser.add_argument("-o", "--output", type=Path, help="the file to write")
    options = parser.parse_args()
    output: Path = options.output or (WITHOUT_ASIDE if options.without_aside else WEIGHTS)
    rows: list[Example | Choice] = []
    told: list[Told] = []
    for paper in training_papers(options.shared, without_aside=options.without_aside):
        facts = named_by_gold(paper.document, paper.gold)
        flawed = with_flaws(paper.id, facts)
        rows += examples(paper.document, paper.gold, facts)
        rows += examples(paper.document, paper.gold, flawed)
        told.append(Told(paper.document, paper.gold, flawed))
    # One thread a computation: sums in a fixed order, so that the weights are the same each time.
    with threadpool_limits(limits=1):
        models = with_confidence(train(rows), rows, told)
    output.parent.mkdir(exist_ok=True)
    write_models(models, output)
    print(f"{output}: {output.stat().st_size:,} bytes from {len(rows):,} decisions")


if __name__ == "__main__":
    main()
