"""The engines: documents in order, the same facts from each; a bad paper or a dead worker costs the others nothing."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest
from spacy.language import Language

from kg_builder import Document, Passage
from kg_builder.document import Problem, Signature
from kg_builder.document_batches import DOCUMENTS, EXTRACTED, documents_batch, documents_in
from kg_builder.engines.automatic import MANY_DOCUMENTS, AutomaticEngine
from kg_builder.engines.extraction import extract_batches
from kg_builder.engines.processes import ProcessesEngine
from kg_builder.errors import ExtractionError
from kg_builder.extract import ExtractionSettings


@Language.component("fails_at_bad_titles")
def fails_at_bad_titles(doc):
    if "bad" in doc.text:
        raise ZeroDivisionError("no way")
    return doc


FAILING = ExtractionSettings(extra=("fails_at_bad_titles",))

FULL = Document(
    title="TinyWalk: Short Walks",
    arxiv_id="2501.00001",
    doi="10.1/x",
    external_ids=("acl:P1",),
    url="https://example.org/1",
    votes=3,
    date="2025-01-01",
    published="2024",
    venue="Walks",
    authors=(Signature("Mina Seo", ids=("hf:mina",), affiliations=("Harbor Lab",)), Signature("Ada Brun")),
    authors_complete=False,
    passages=(Passage("title", "TinyWalk"), Passage("abstract", "GPT-4o를 사용합니다.")),
    topics=("walking",),
    organizations=("Harbor Lab",),
    cites=("arxiv:2412.00001",),
    problems=(Problem("odd", line=3, paper="2501.00001"),),
    line=7,
)


def batch(*titles: str) -> pa.RecordBatch:
    return documents_batch(
        ("s", n, Document(t, passages=(Passage("title", t),))) for n, t in enumerate(titles)
    )


def test_a_document_survives_its_way_through_arrow():
    (back,) = documents_in(documents_batch([("s", 0, FULL)]))
    assert back == FULL
    assert (back.problems, back.line) == (FULL.problems, FULL.line)


def test_the_function_of_the_engines_can_be_pickled_and_keeps_the_schema_it_promises():
    function = pickle.loads(pickle.dumps(partial(extract_batches, settings=ExtractionSettings())))
    (out,) = function([documents_batch([("s", 0, FULL)])])
    assert out.schema == EXTRACTED
    assert out.select(DOCUMENTS.names).num_rows == 1
    assert out["mention"][0].as_py()


def test_a_paper_at_which_extraction_fails_keeps_the_reason_and_the_others_go_on():
    (out,) = extract_batches([batch("GPT-4o wins", "bad", "GPT-4o loses")], FAILING)
    assert out["failure"].to_pylist() == [None, "ZeroDivisionError: no way", None]
    assert [bool(mentions) for mentions in out["mention"].to_pylist()] == [True, False, True]


def test_where_extraction_fails_at_every_paper_it_is_an_error():
    with pytest.raises(ExtractionError, match="no way"):
        list(extract_batches([batch("bad", "worse, bad")], FAILING))


def test_processes_give_the_batches_of_the_local_engine_in_their_order():
    batches = [batch(*(f"GPT-{n}{i} wins" for i in range(n + 1))) for n in range(7)]
    with closing(ProcessesEngine(ExtractionSettings(), pytest.fail, workers=2)) as engine:
        assert list(engine.extract(batches)) == list(extract_batches(batches))


def test_no_more_batches_are_read_ahead_than_the_workers_can_hold():
    read = 0

    def endless():
        nonlocal read
        while True:
            read += 1
            yield batch("GPT-4o wins")

    with closing(ProcessesEngine(ExtractionSettings(), pytest.fail, workers=1)) as engine:
        stream = engine.extract(endless())
        for _ in range(20):
            next(stream)
        assert read <= 25


def deadly(*titles: str) -> dict:
    """What the engine makes of titles with a component that kills its worker, in a program of its own."""
    script = Path(__file__).with_name("deadly_component.py")
    done = subprocess.run([sys.executable, script, *titles], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


def test_a_paper_that_kills_its_worker_twice_is_kept_without_facts_and_the_others_go_on():
    out = deadly("GPT-4o wins", "a deadly one", "GPT-4o loses")
    assert out["mentions"] == [1, 0, 1]
    assert out["failures"] == [None, "the worker process was killed by SIGKILL twice at it", None]
    assert out["told"] == [
        "a deadly one: a worker process was killed by SIGKILL; the paper is extracted again"
    ]


def test_a_worker_that_is_killed_once_costs_nothing_and_is_told_with_its_paper(tmp_path):
    out = deadly("GPT-4o wins", f"GPT-4o {tmp_path / 'mark'} draws", "GPT-4o loses")
    assert out["failures"] == [None, None, None]
    assert all(out["mentions"])
    (told,) = out["told"]
    assert "draws: a worker process was killed by SIGKILL" in told


def test_a_component_that_the_workers_do_not_know_is_an_error_that_names_it():
    settings = ExtractionSettings(extra=("a component that nobody registered",))
    with (
        closing(ProcessesEngine(settings, pytest.fail, workers=1)) as engine,
        pytest.raises(ExtractionError, match="a component that nobody registered"),
    ):
        list(engine.extract([batch("one", "two")]))


def test_few_documents_start_no_worker(monkeypatch):
    monkeypatch.setattr(ProcessesEngine, "extract", lambda *_: pytest.fail("workers were started"))
    engine = AutomaticEngine(ExtractionSettings(), pytest.fail)
    assert sum(found.num_rows for found in engine.extract([batch("one", "two"), batch("three")])) == 3


def test_many_documents_go_to_workers(monkeypatch):
    monkeypatch.setattr("kg_builder.engines.automatic.cores", lambda: 2)
    monkeypatch.setattr(ProcessesEngine, "extract", lambda _, batches: (b for b in batches))
    one = batch(*("a title",) * 100)
    engine = AutomaticEngine(ExtractionSettings(), pytest.fail)
    passed = list(engine.extract([one] * (MANY_DOCUMENTS // 100 + 3)))
    assert all(found.schema == DOCUMENTS for found in passed)
    assert sum(found.num_rows for found in passed) == MANY_DOCUMENTS + 300
