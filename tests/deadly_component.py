"""A program whose extraction kills its workers: at each ``deadly`` paper, and once at one that names a missing file."""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import closing
from pathlib import Path

import pyarrow as pa
from spacy.language import Language

from kg_builder import Document, Passage
from kg_builder.document_batches import documents_batch
from kg_builder.engines.processes import ProcessesEngine
from kg_builder.extract import ExtractionSettings


@Language.component("deadly")
def deadly(doc):
    missing = [Path(word) for word in doc.text.split() if word.startswith("/") and not Path(word).exists()]
    for path in missing:
        path.touch()
    if missing or "deadly" in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return doc


def main() -> None:
    documents = (("s", n, Document(t, passages=(Passage("title", t),))) for n, t in enumerate(sys.argv[1:]))
    told: list[str] = []
    with closing(ProcessesEngine(ExtractionSettings(extra=("deadly",)), told.append, workers=1)) as engine:
        out = pa.Table.from_batches(engine.extract([documents_batch(documents)]))
    mentions = [len(mentions) for mentions in out["mention"].to_pylist()]
    sys.stdout.write(json.dumps({"mentions": mentions, "failures": out["failure"].to_pylist(), "told": told}))


if __name__ == "__main__":
    main()
