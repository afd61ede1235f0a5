"""Train the judges of names and of relations, and write the weights that ship with the package.

    python -m benchmarks.extraction.train [--shared ../shared] [--jobs 2] [--without-aside --output FOLDER]

The same corpora give the same bytes. With ``--without-aside`` the fifth of the annotated papers that is kept aside
takes no part: so the weights of ``benchmarks/extraction/weights_without_aside`` were made, on which
``python -m benchmarks.extraction`` reports.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from pathlib import Path

from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from benchmarks.extraction.corpora import GoldPaper, training_papers, unlabelled
from benchmarks.extraction.names_training import NameTrainer, View, answers_of, view_of
from benchmarks.extraction.relations_training import train_roles
from benchmarks.extraction.weights import WEIGHTS, save_names, save_roles


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--without-aside", action="store_true", help="train without the papers kept aside")
    parser.add_argument("--output", type=Path, default=WEIGHTS, help="folder that the weights are written to")
    options = parser.parse_args()
    # The number of rounds is part of the recipe; that the optimiser would go on is no news.
    warnings.simplefilter("ignore", ConvergenceWarning)
    # One thread a computation: sums in a fixed order, so that the weights are the same each time.
    with threadpool_limits(limits=1):
        train(options.shared, options.output, options.jobs, without_aside=options.without_aside)


def train(shared: Path, output: Path, jobs: int, *, without_aside: bool) -> None:
    """Train both judges and write their weights.

    Args:
        shared: the folder of the corpora.
        output: where the weights are written.
        jobs: threads to use.
        without_aside: whether the papers kept aside are left out.
    """
    pairs: list[tuple[GoldPaper, View]] = []
    for paper in training_papers(shared, without_aside=without_aside):
        view = view_of(paper.document)
        if view.found.by_key:
            pairs.append((paper, view))
    papers, views = [paper for paper, _ in pairs], [view for _, view in pairs]
    others = [view for document in unlabelled(shared) if (view := view_of(document)).found.by_key]
    print(f"{len(papers)} annotated papers, {len(others)} others", file=sys.stderr)
    answers = [answers_of(paper, view) for paper, view in pairs]
    names = NameTrainer(others, jobs).train(views, answers, [paper.id for paper in papers])
    output.mkdir(parents=True, exist_ok=True)
    save_names(names.judge, output)
    roles, _ = train_roles(papers, views, names.held_out)
    save_roles(roles, output)


if __name__ == "__main__":
    main()
