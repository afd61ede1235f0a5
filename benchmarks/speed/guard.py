"""The two minutes of the benchmarks that guard every change: figures that do not depend on how fast the machine is.

    python -m benchmarks.speed.guard

Made-up papers (after the real ones where ``../shared`` is there, else after the examples) are extracted beside spaCy's
floor, and built in growing numbers. Both are CPU time of one process, as ratios: to the floor, and to what the smallest
build would take if time grew with the papers alone. It fails where one is far off what it was.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.speed.growth import builds, exponent, start_up
from benchmarks.speed.measured import ROOT, run
from benchmarks.speed.synthetic import models_from, write_papers

SHARED = Path(os.environ.get("KG_BUILDER_SHARED", ROOT.parent / "shared"))

#: Documents that are extracted beside the floor, and sizes of the builds.
_DOCUMENTS, _SIZES = 250, (400, 1_200, 3_600)
#: A change that makes extraction this many times as dear as spaCy's floor, or time grow with this power of the papers,
#: is gross. Of the floor it was 3; the room is for noise.
_MOST_FLOORS, _MOST_EXPONENT = 6.0, 1.15


def main() -> int:
    """Measure, print, and say by the exit code whether all is well."""
    corpus = SHARED / "data" / "hf-daily-json"
    models = models_from(corpus if corpus.is_dir() else ROOT / "examples")
    with tempfile.TemporaryDirectory(prefix="kg-builder-guard-") as temporary:
        write_papers(Path(temporary), _DOCUMENTS, models)
        done = run([sys.executable, "-m", "benchmarks.speed.floor", temporary, str(_DOCUMENTS)])
    floor = json.loads(done.output)
    floors = floor["kg_builder"] / floor["spacy"]
    sizes = builds(_SIZES, models, "local")
    base = start_up()
    work = [size.build.cpu - base for size in sizes]
    grown = exponent([size.papers for size in sizes], work)
    print(f"made after {len(models)} papers of {'the real corpus' if corpus.is_dir() else 'the examples'}")
    print(
        f"extraction: {1000 * floor['kg_builder'] / floor['documents']:.2f} ms of CPU a paper, spaCy's floor "
        f"{1000 * floor['spacy'] / floor['documents']:.2f} ms: {floors:.1f} times (fails above {_MOST_FLOORS:g})"
    )
    for size, took in zip(sizes, work, strict=True):
        linear = work[0] * size.papers / sizes[0].papers
        print(
            f"build of {size.papers:>6,} papers: {took:7.2f} s of CPU beside {base:.2f} s of start-up, "
            f"{took / linear:.2f} of the linear fit, {size.build.peak_mb:.0f} MB"
        )
    print(f"growth: papers to the power of {grown:.2f} (fails above {_MOST_EXPONENT:g})")
    return int(floors > _MOST_FLOORS or grown > _MOST_EXPONENT)


if __name__ == "__main__":
    sys.exit(main())
