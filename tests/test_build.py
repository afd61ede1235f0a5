"""Building and removing: the graph is a function of its sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from digests import OTHER, digest, entry
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg_builder import SourceError, Workspace, WorkspaceError, build, export, remove
from kg_builder.graph import iterate_nodes, iterate_relationships


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.md").write_text(digest(), encoding="utf-8")
    (tmp_path / "two.md").write_text(digest(OTHER, date="2025-01-03"), encoding="utf-8")
    return tmp_path


def exported(graph: Path) -> bytes:
    output = graph.with_suffix(".jsonl")
    export(graph, "jsonl", output)
    return output.read_bytes()


def relationships(graph: Path, kind: str) -> list:
    with Workspace(graph) as workspace:
        return [r for r in iterate_relationships(workspace.graph()) if r.type == kind]


def nodes(graph: Path, label: str) -> list:
    with Workspace(graph) as workspace:
        return [n for n in iterate_nodes(workspace.graph()) if n.label == label]


def test_building_the_same_source_again_reads_nothing_and_changes_nothing(folder):
    graph = folder / "g.kg"
    first = build([str(folder / "one.md")], graph)
    before = exported(graph)
    again = build([str(folder / "one.md")], graph)
    assert (first.read, first.changed) == (["one.md"], True)
    assert (again.read, again.unchanged, again.changed) == ([], ["one.md"], False)
    assert exported(graph) == before


def test_two_builds_of_the_same_sources_in_another_order_export_the_same_bytes(folder):
    build([str(folder / "one.md")], folder / "a.kg")
    build([str(folder / "two.md")], folder / "a.kg")
    build([str(folder)], folder / "b.kg")
    assert exported(folder / "a.kg") == exported(folder / "b.kg")


def test_a_source_that_changed_replaces_what_it_said(folder):
    graph = folder / "g.kg"
    build([str(folder)], graph)
    (folder / "two.md").write_text(digest(entry(title="Third", arxiv="2501.00003")), encoding="utf-8")
    build([str(folder)], graph)
    assert [p.properties["title"] for p in nodes(graph, "Paper")] == [
        "TinyWalk: Short Walks for Long Proofs",
        "Third",
    ]


def test_a_removed_source_leaves_no_trace(folder):
    build([str(folder / "one.md")], folder / "a.kg")
    build([str(folder)], folder / "b.kg")
    report = remove(["two.md"], folder / "b.kg")
    assert report.removed == ["two.md"]
    assert exported(folder / "a.kg") == exported(folder / "b.kg")


def test_removing_an_unknown_source_is_an_error_and_removes_nothing(folder):
    graph = folder / "g.kg"
    build([str(folder)], graph)
    before = exported(graph)
    with pytest.raises(SourceError, match="knows no such source"):
        remove(["one.md", "three.md"], graph)
    assert exported(graph) == before


STEPS = st.lists(
    st.tuples(st.sampled_from(["build", "remove"]), st.sampled_from(["one", "two", "three"])), max_size=6
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_order_of_builds_and_removals_gives_the_graph_of_what_is_left(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("orders")
    texts = {"one": digest(), "two": digest(OTHER, date="2025-01-03"), "three": digest(entry(votes=9), OTHER)}
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    left: set[str] = set()
    for verb, name in steps:
        if verb == "build":
            build([str(folder / f"{name}.md")], folder / "walk.kg")
            left.add(name)
        elif name in left:
            remove([f"{name}.md"], folder / "walk.kg")
            left.discard(name)
    if left:
        build([str(folder / f"{name}.md") for name in sorted(left)], folder / "direct.kg")
        assert exported(folder / "walk.kg") == exported(folder / "direct.kg")
    elif steps and any(verb == "build" for verb, _ in steps):
        assert exported(folder / "walk.kg") == b""


def test_a_vanished_file_takes_nothing_away_unless_sync_is_given(folder):
    graph = folder / "g.kg"
    build([str(folder)], graph)
    (folder / "two.md").unlink()
    assert build([str(folder)], graph).removed == []
    assert len(nodes(graph, "Paper")) == 2
    assert build([str(folder)], graph, sync=True).removed == ["two.md"]
    assert len(nodes(graph, "Paper")) == 1


def test_sync_of_one_folder_leaves_sources_of_another(folder):
    graph = folder / "g.kg"
    (folder / "sub").mkdir()
    (folder / "two.md").rename(folder / "sub" / "two.md")
    build([str(folder)], graph)
    (folder / "one.md").unlink()
    assert build([str(folder / "sub")], graph, sync=True).removed == []


def test_a_source_that_can_no_longer_be_read_keeps_what_it_said_and_is_told_until_mended(folder):
    graph = folder / "g.kg"
    build([str(folder)], graph)
    (folder / "two.md").write_bytes(b"")
    for _ in range(2):
        report = build([str(folder / "two.md"), str(folder / "one.md")], graph)
        assert ["two.md" in str(p) for p in report.problems] == [True]
        assert len(nodes(graph, "Paper")) == 2
    (folder / "two.md").write_text(digest(OTHER, date="2025-01-03"), encoding="utf-8")
    assert build([str(folder)], graph).problems == []


def test_where_nothing_can_be_read_no_workspace_is_left_behind(folder):
    (folder / "empty.md").write_bytes(b"")
    with pytest.raises(SourceError, match=r"empty\.md"):
        build([str(folder / "empty.md")], folder / "new.kg")
    assert not (folder / "new.kg").exists()


def test_a_bad_source_beside_a_good_one_costs_the_good_one_nothing(folder):
    (folder / "empty.md").write_bytes(b"")
    report = build([str(folder / "one.md"), str(folder / "empty.md")], folder / "g.kg")
    assert report.read == ["one.md"]
    assert len(report.problems) == 1


def test_a_paper_without_authors_is_kept_with_a_warning(folder):
    (folder / "one.md").write_text(
        digest(entry().replace("Authors: Mina Seo, Jonas Falk, Ada Brun\n", "")), encoding="utf-8"
    )
    report = build([str(folder / "one.md")], folder / "g.kg")
    assert len(nodes(folder / "g.kg", "Paper")) == 1
    assert any("author" in str(p).lower() for p in report.problems)


def test_the_same_paper_on_two_days_is_one_paper_listed_twice_with_the_greater_votes(folder):
    (folder / "two.md").write_text(digest(entry(votes=12), date="2025-01-05"), encoding="utf-8")
    graph = folder / "g.kg"
    build([str(folder)], graph)
    (paper,) = nodes(graph, "Paper")
    assert (paper.properties["votes"], paper.properties["date"]) == (12, "2025-01-02")
    assert [(r.properties["votes"], r.properties["date"]) for r in relationships(graph, "LISTED_IN")] in (
        [(7, "2025-01-02"), (12, "2025-01-05")],
        [(12, "2025-01-05"), (7, "2025-01-02")],
    )


def test_newmans_weight_of_a_paper_of_three_is_one_half_a_pair(folder):
    graph = folder / "g.kg"
    build([str(folder)], graph)
    weights = {
        (r.start, r.end): (r.properties["papers"], r.properties["weight"])
        for r in relationships(graph, "CO_AUTHORED")
    }
    assert weights == {
        ("name:ada-brun", "name:jonas-falk"): (1, 0.5),
        ("name:ada-brun", "name:mina-seo"): (2, 1.5),
        ("name:jonas-falk", "name:mina-seo"): (1, 0.5),
    }


def test_an_organization_in_the_author_list_is_no_person(folder):
    graph = folder / "g.kg"
    build([str(folder / "two.md")], graph)
    assert {(r.start_label, r.start) for r in relationships(graph, "AUTHORED")} == {
        ("Author", "name:ada-brun"),
        ("Author", "name:mina-seo"),
        ("Organization", "harbor-lab"),
    }


def test_a_paper_of_more_authors_than_the_limit_leaves_no_pairs_and_the_build_says_so(folder):
    report = build([str(folder / "one.md")], folder / "g.kg", largest_team=2)
    assert relationships(folder / "g.kg", "CO_AUTHORED") == []
    assert any("3 authors" in notice for notice in report.notices)


def test_every_extracted_relationship_reproduces_its_evidence(folder):
    graph = folder / "g.kg"
    build([str(folder)], graph)
    texts = {n.id: n.properties["text"] for n in nodes(graph, "Passage")}
    with Workspace(graph) as workspace:
        kinds = workspace.schema.relationships
        extracted = [r for r in iterate_relationships(workspace.graph()) if kinds[r.type].has_evidence]
    assert len(extracted) > 5
    for r in extracted:
        p, text = r.properties, texts[r.properties["passage"]]
        assert text[p["start"] : p["end"]] == p["evidence"]
        assert text[p["mention_start"] : p["mention_end"]] == p["mention"]


def test_unknown_values_are_absent_from_the_export(folder):
    (folder / "one.md").write_text(digest(entry().replace("Vote: 7\n", "")), encoding="utf-8")
    build([str(folder / "one.md")], folder / "g.kg")
    for line in exported(folder / "g.kg").decode().splitlines():
        for value in json.loads(line)["properties"].values():
            assert value not in (None, "", [], "none")


def test_a_workspace_in_use_by_another_process_is_one_clear_error(folder):
    import subprocess
    import sys

    graph = folder / "g.kg"
    build([str(folder / "one.md")], graph)
    hold = f"import duckdb; c = duckdb.connect({str(graph)!r}); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WorkspaceError, match="another process"):
            build([str(folder / "one.md")], graph)
        holder.stdin.close()


def test_a_file_that_is_no_workspace_is_refused_and_left_alone(folder):
    (folder / "notes.kg").write_text("my notes", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"notes\.kg"):
        build([str(folder / "one.md")], folder / "notes.kg")
    assert (folder / "notes.kg").read_text(encoding="utf-8") == "my notes"


def test_a_duckdb_file_of_another_program_is_refused(folder):
    import duckdb

    with duckdb.connect(str(folder / "other.kg")) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(WorkspaceError, match="no kg-builder workspace"):
        build([str(folder / "one.md")], folder / "other.kg")


def test_every_engine_gives_the_same_export_byte_for_byte(folder):
    (folder / "empty.md").write_bytes(b"")
    for engine in ("local", "processes"):
        (folder / engine).mkdir()
        build([str(folder / "*.md")], folder / engine / "g.kg", engine=engine)
    local, processes = (exported(folder / engine / "g.kg") for engine in ("local", "processes"))
    assert local == processes
    assert b"GSM8K" in local


def test_other_settings_extract_anew_without_reading_the_source_again(folder, monkeypatch):
    from kg_builder.extract import ExtractionSettings
    from kg_builder.readers.digest import DigestReader

    bare = ExtractionSettings(rules=False, trained=False)
    build([str(folder)], folder / "direct.kg", settings=bare)
    build([str(folder)], folder / "g.kg")
    assert exported(folder / "g.kg") != exported(folder / "direct.kg")
    monkeypatch.setattr(DigestReader, "read", lambda *_: pytest.fail("the source was read again"))
    report = build([str(folder)], folder / "g.kg", settings=bare)
    assert (report.read, report.papers) == (["one.md", "two.md"], 2)
    assert exported(folder / "g.kg") == exported(folder / "direct.kg")
    assert build([str(folder)], folder / "g.kg", settings=bare).unchanged == ["one.md", "two.md"]


def test_what_a_reader_told_of_a_paper_outlives_another_extraction(folder):
    from kg_builder.extract import ExtractionSettings

    (folder / "one.md").write_text(
        digest(entry().replace("Authors: Mina Seo, Jonas Falk, Ada Brun\n", "")), encoding="utf-8"
    )
    first = build([str(folder / "one.md")], folder / "g.kg")
    again = build([str(folder / "one.md")], folder / "g.kg", settings=ExtractionSettings(rules=False))
    assert len(first.problems) == 1
    assert again.problems == first.problems


def test_an_unchanged_source_is_not_even_sniffed(folder, monkeypatch):
    build([str(folder)], folder / "g.kg")
    monkeypatch.setattr("kg_builder.readers.source.SourceFile.open", lambda _: pytest.fail("it was opened"))
    assert build([str(folder)], folder / "g.kg").unchanged == ["one.md", "two.md"]


def test_a_batch_that_spans_sources_leaves_each_source_its_own_papers(folder):
    for number in range(5):
        papers = (entry(title=f"Walk{number}{i}: A Step", arxiv=f"2502.{number}{i:04}") for i in range(30))
        (folder / f"more{number}.md").write_text(digest(*papers), encoding="utf-8")
    build([str(folder)], folder / "g.kg")
    with Workspace(folder / "g.kg") as workspace:
        counts = workspace.connection.execute(
            "SELECT location, documents, count(*) FROM source JOIN document USING (source) GROUP BY ALL"
        ).fetchall()
    assert sorted(counts) == [(f"more{n}.md", 30, 30) for n in range(5)] + [
        ("one.md", 1, 1),
        ("two.md", 1, 1),
    ]
