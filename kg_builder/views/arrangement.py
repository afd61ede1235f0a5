"""Places for the nodes of a picture, by whichever layout suits its size, and kept for the next time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple
from zipfile import BadZipFile

import igraph
import numpy as np
import numpy.typing as npt

from kg_builder.views.picture import Picture

#: The most nodes that vis-network draws well; WebGL draws larger pictures.
MOST_BY_CANVAS = 5_000
#: From so many nodes on communities are laid out one by one: all together they would be a ball of wool.
_CLUSTERED_FROM = 1_500
#: From so many nodes on a layout takes long enough to be kept.
_KEPT_FROM = 500
#: Layouts kept; the oldest go.
_MOST_KEPT = 40
#: Raised whenever the same nodes and edges are laid out differently.
_LAYOUT_VERSION = 2


class Arrangement(NamedTuple):
    """Where the nodes of a picture lie.

    Args:
        places: the centre of each, in pixels at zoom 1, by the number of the node.
        communities: the community of each, where the layout goes by them.
    """

    places: npt.NDArray[np.float64]
    communities: npt.NDArray[np.int64] | None = None


def arranged(
    picture: Picture,
    boxes: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int, float]],
    cache: Path | None = None,
) -> Arrangement:
    """Lay a picture out, or take its layout from the cache.

    Args:
        picture: what is shown; where it has places of its own, those.
        boxes: width and height in pixels that each node needs.
        edges: numbers of both ends, and how strongly they are drawn together.
        cache: folder for layouts; what is in it may be deleted at any time.
    """
    if picture.places is not None:
        places = [picture.places[node.key] for node in picture.nodes]
        return Arrangement(np.array(places, dtype=np.float64).reshape(-1, 2))
    tied = [edge for edge in edges if edge[0] != edge[1]]
    if cache is None or len(boxes) < _KEPT_FROM:
        return _laid_out(boxes, tied)
    file = cache / f"{_fingerprint(boxes, tied)}.layout.npz"
    if (kept := _read(file, len(boxes))) is not None:
        return kept
    found = _laid_out(boxes, tied)
    _keep(found, file)
    return found


def _laid_out(boxes: Sequence[tuple[float, float]], edges: Sequence[tuple[int, int, float]]) -> Arrangement:
    if len(boxes) > _CLUSTERED_FROM:
        from kg_builder.views.clusters import clustered

        return Arrangement(*clustered(len(boxes), edges))
    from kg_builder.views.layout import layout

    return Arrangement(np.array(layout(boxes, edges), dtype=np.float64).reshape(-1, 2))


def _fingerprint(boxes: Sequence[tuple[float, float]], edges: Sequence[tuple[int, int, float]]) -> str:
    digest = hashlib.sha256(f"{_LAYOUT_VERSION} {igraph.__version__} {len(boxes)}".encode())
    digest.update(np.array(boxes, dtype="<f8").tobytes())
    digest.update(np.array(edges, dtype="<f8").tobytes())
    return digest.hexdigest()[:32]


def _read(file: Path, count: int) -> Arrangement | None:
    """A layout that was kept; ``None`` where there is none that can be read."""
    if not file.is_file():
        return None
    try:
        with np.load(file) as kept:
            places, communities = kept["places"], kept["communities"]
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    if places.shape != (count, 2):
        return None
    return Arrangement(places.astype(np.float64), communities if len(communities) == count else None)


def _keep(found: Arrangement, file: Path) -> None:
    """Write a layout, whole or not at all, and drop the oldest."""
    none = np.zeros(0, dtype=np.int64)
    communities = none if found.communities is None else found.communities
    try:
        file.parent.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
            np.savez_compressed(part, places=found.places, communities=communities)
        Path(part.name).replace(file)
        kept = sorted(file.parent.glob("*.layout.npz"), key=lambda f: (f.stat().st_mtime, f.name))
        for older in kept[:-_MOST_KEPT]:
            older.unlink(missing_ok=True)
    except OSError:
        # A folder that cannot be written costs the next page the time of the layout, nothing else.
        return
