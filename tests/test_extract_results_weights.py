"""The trained weights that ship: small, readable as numbers, and without a sentence in them."""

from pathlib import Path

import pytest

from kg_builder.errors import KgBuilderError
from kg_builder.extract.result_features import placed
from kg_builder.extract.result_weights import (
    WEIGHTS,
    GroupScores,
    LinearModel,
    result_models,
    shares,
    write_models,
)

MODELS = {"result", "direction", "subject", "baseline", "benchmark", "metric", "whole"}


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 3_000_000


def test_no_feature_holds_a_sentence() -> None:
    models = result_models()
    assert set(models) == MODELS
    longest = max((f for m in models.values() for f in m.columns[0]), key=len)
    assert len(longest) < 80


def test_written_models_are_read_as_they_were_and_the_same_bytes_come_out(tmp_path: Path) -> None:
    model = LinearModel(({"a": 0.5, "b c": -1.25},), (0.25,), ("no", "yes"), (2.0, 0.5))
    for name in ("one.npz", "two.npz"):
        write_models({"result": model}, tmp_path / name)
    assert result_models(tmp_path / "one.npz") == {"result": model}
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_probabilities_of_rivals_add_up_to_one() -> None:
    chances = shares([2.0, 0.0, -1.0])
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1)


def test_a_group_of_features_weighs_the_same_each_time_it_comes() -> None:
    model = LinearModel(({"< faster": 0.5, "< ~er": 0.25},), (0.125,), ("no", "yes"))
    scores = GroupScores(model)
    groups = [(placed, "<", "faster"), (placed, ">", "faster")]
    assert [scores.score(groups), scores.score(groups * 2)] == [0.625, 1.125]
    assert scores.score_of_words(["faster"], ["faster"]) == 0.5


def test_damaged_weights_name_the_file_and_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(b"no weights")
    with pytest.raises(KgBuilderError, match=r"weights\.npz.*reinstall"):
        result_models(path)
