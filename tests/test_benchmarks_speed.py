"""The made-up papers and the arithmetic of the speed benchmarks."""

from __future__ import annotations

from pathlib import Path

from benchmarks.speed.growth import exponent
from benchmarks.speed.synthetic import models_from, write_papers
from kg_builder.readers import find_sources, reader_for

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_made_up_papers_can_be_read_and_are_all_different(tmp_path):
    write_papers(tmp_path, 40, models_from(EXAMPLES))
    (source,) = find_sources([str(tmp_path)], tmp_path)
    papers = list(reader_for(source).read(source))
    assert len({paper.arxiv_id for paper in papers}) == 40
    assert len({paper.title for paper in papers}) == 40
    assert all(paper.authors and len(paper.passages) == 2 for paper in papers)


def test_made_up_papers_are_the_same_every_time(tmp_path):
    for name in ("a", "b"):
        write_papers(tmp_path / name, 20, models_from(EXAMPLES))
    assert (tmp_path / "a" / "0000.jsonl").read_bytes() == (tmp_path / "b" / "0000.jsonl").read_bytes()


def test_the_exponent_is_two_where_time_grows_with_the_square():
    assert round(exponent([1, 3, 10], [2, 18, 200]), 9) == 2
