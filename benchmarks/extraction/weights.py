"""Writing the weights that ship with the package; the same model gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from kg_builder.extract.classifier import TrainedJudge
from kg_builder.extract.known import KnownNames
from kg_builder.extract.roles import RoleJudge

WEIGHTS = Path(__file__).parents[2] / "kg_builder" / "extract" / "weights"


def save_names(judge: TrainedJudge, folder: Path = WEIGHTS) -> None:
    """Write the name judge: its weights, and the table of known names."""
    folder.mkdir(exist_ok=True)
    linear = judge.linear
    scale = np.abs(linear.weights).max(axis=0) / 127
    arrays = judge.network.to_arrays() | {
        "weights": np.rint(linear.weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": linear.bias,
    }
    np.savez_compressed(folder / "names.npz", **arrays)  # type: ignore[arg-type]
    (folder / "known_names.tsv").write_text("".join(_lines(judge.known)), encoding="utf-8")


def _lines(known: KnownNames) -> list[str]:
    rows = [(key, entry) for key, entry in known.names.items()]
    rows += [(f"{head}*", entry) for head, entry in known.heads.items()]
    return [
        "\t".join([key, str(entry.papers), *(str(round(share * 100)) for share in entry.shares)]) + "\n"
        for key, entry in sorted(rows)
    ]


def save_roles(judge: RoleJudge, folder: Path = WEIGHTS) -> None:
    """Write the judge of relations."""
    scale = np.abs(judge.weights).max(axis=0) / 127
    steps = np.rint(judge.weights / scale).astype(np.int8)
    np.savez_compressed(
        folder / "relations.npz", weights=steps, scale=scale.astype(np.float32), bias=judge.bias
    )
