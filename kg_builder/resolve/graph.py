"""From documents and facts to the graph: a function of what the workspace holds, computed anew each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern

import duckdb
import pyarrow as pa

from kg_builder.ids import slug
from kg_builder.resolve.decisions import NameDecision, NameDecisions, shipped_decisions
from kg_builder.resolve.entities import NamedThing, NameUse, resolve_entities
from kg_builder.resolve.identity.decisions import PeopleDecisions
from kg_builder.resolve.models import ModelTree, model_tree
from kg_builder.resolve.papers import FORMAT_RANK, resolve_papers
from kg_builder.resolve.people import PrintedName, resolve_people
from kg_builder.resolve.tables import NUMBER, SQL, TEXT, TEXTS, make_table, read_rows, run_statements
from kg_builder.schema import Schema
from kg_builder.workspace.tables import create_graph_tables, node_table, relationship_table

#: Papers with more persons than this leave no CO_AUTHORED relationships, unless told otherwise.
LARGEST_TEAM = 500

_RESULT_ENDS = ("OF", "ON", "AGAINST", "MEASURES")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the computation of a graph has to tell.

    Args:
        large_teams: papers left out of CO_AUTHORED, with the number of their authors.
        misfits: extracted relationships that the schema does not allow and that were dropped, with their number.
        people: what is to be known of the identity of authors.
    """

    large_teams: tuple[tuple[str, int], ...] = ()
    misfits: Mapping[str, int] = field(default_factory=dict)
    people: tuple[str, ...] = ()


def resolve(
    connection: duckdb.DuckDBPyConnection,
    schema: Schema,
    *,
    largest_team: int = LARGEST_TEAM,
    metric_directions: Mapping[str, bool] | None = None,
    people: PeopleDecisions | None = None,
) -> Resolution:
    """Compute every node and relationship table from the records.

    Args:
        connection: a workspace's connection, with an open transaction.
        schema: what the graph may hold.
        largest_team: papers of more persons leave no CO_AUTHORED relationships.
        metric_directions: whether more is better, by metric name.
        people: what the user decided on who is who.

    Returns:
        What was left out, and why.

    Raises:
        PeopleFileError: decisions on people contradict each other.
    """
    create_graph_tables(connection, schema)
    _resolve_papers(connection)
    run_statements(connection, "texts")
    things = _resolve_names(connection)
    notices = _resolve_people(connection, largest_team, people)
    run_statements(connection, "entities")
    run_statements(connection, "results")
    misfits = _extracted_relationships(connection, schema)
    _insert_things(connection, things, metric_directions or {})
    teams = connection.execute(
        "SELECT DISTINCT paper, size FROM team WHERE size > ? ORDER BY paper", [largest_team]
    ).fetchall()
    return Resolution(tuple((paper, size) for paper, size in teams), misfits, notices)


def _resolve_papers(connection: duckdb.DuckDBPyConnection) -> None:
    make_table(connection, "format_rank", {"format": TEXT, "rank": NUMBER}, _format_ranks(connection))
    query = "SELECT source, document, title, arxiv_id, doi, external_ids, published, date FROM document"
    rows, groups = resolve_papers(read_rows(connection, query))
    make_table(connection, "paper_of", {"source": TEXT, "document": NUMBER, "paper": TEXT}, rows)
    cited = connection.execute("SELECT DISTINCT unnest(cites) FROM document").fetchall()
    known = [(key, groups.name(key)) for (key,) in cited if groups.knows(key)]
    make_table(connection, "paper_key", {"key": TEXT, "paper": TEXT}, known)
    topics = connection.execute("SELECT DISTINCT unnest(topics) FROM document").fetchall()
    make_table(
        connection, "topic_id", {"topic": TEXT, "id": TEXT}, [(t, slug(t)) for (t,) in topics if slug(t)]
    )
    run_statements(connection, "papers")


def _format_ranks(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    # A format that a user's own reader brings ranks behind all that are known.
    formats = [row[0] for row in connection.execute("SELECT DISTINCT format FROM source").fetchall()]
    return [(f, FORMAT_RANK.index(f) if f in FORMAT_RANK else len(FORMAT_RANK)) for f in formats]


def _resolve_names(connection: duckdb.DuckDBPyConnection) -> tuple[NamedThing, ...]:
    """Tables ``entity_name`` (label, name, id) and ``organization_id`` (name, id), and the things themselves."""
    rows = connection.execute("SELECT label, alias, name, same FROM decision ORDER BY number").fetchall()
    decisions = NameDecisions([*shipped_decisions(), *(NameDecision(*row) for row in rows)])
    uses = connection.execute((SQL / "names.sql").read_text(encoding="utf-8")).fetchall()
    resolved = resolve_entities(
        (
            NameUse(label, name, tuple(aliases), kind, papers, example)
            for label, name, aliases, kind, papers, example in uses
        ),
        decisions,
    )
    names = [(label, name, id) for (label, name), id in sorted(resolved.ids.items())]
    make_table(connection, "entity_name", {"label": TEXT, "name": TEXT, "id": TEXT}, names)
    organizations = [(name, id) for label, name, id in names if label == "Organization"]
    make_table(connection, "organization_id", {"name": TEXT, "id": TEXT}, organizations)
    called = {(thing.label, thing.id): thing.name for thing in resolved.things}
    merges = [(m.label, m.id, called[m.label, m.id], m.alias, m.reason, m.example) for m in resolved.merges]
    columns = dict.fromkeys(("label", "id", "name", "alias", "reason", "example"), TEXT)
    make_table(connection, "merged", columns, merges)
    connection.execute("DELETE FROM merge")
    connection.execute("INSERT INTO merge BY NAME SELECT * FROM merged")
    return resolved.things


def _signatures(connection: duckdb.DuckDBPyConnection) -> Iterator[PrintedName]:
    """The signatures of persons; what many of them share is held once."""
    for row in read_rows(connection, _sql("signatures")):
        shared = {name: intern(row[name]) for name in ("source", "paper", "name")}
        lists = {name: tuple(map(intern, row[name])) for name in ("ids", "affiliations")}
        yield PrintedName(**(row | shared | lists))


def _terms(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    """What each paper is about; each term is held once."""
    rows = read_rows(connection, _sql("paper_terms"))
    return {intern(row["paper"]): tuple(map(intern, row["terms"])) for row in rows}


def _resolve_people(
    connection: duckdb.DuckDBPyConnection, largest_team: int, decisions: PeopleDecisions | None
) -> tuple[str, ...]:
    """Fill what concerns people; tell what a reader of the graph should know of it."""
    # Pairs of authors want much memory, by when what resolution held of people must be free again.
    notices = _tell_people_apart(connection, decisions)
    run_statements(connection, "people", largest_team=largest_team)
    return notices


def _tell_people_apart(
    connection: duckdb.DuckDBPyConnection, decisions: PeopleDecisions | None
) -> tuple[str, ...]:
    """Tables ``author_of`` (source, document, position, id), ``person`` and ``doubt``."""
    found = resolve_people(_signatures(connection), _terms(connection), decisions)
    columns = {"source": TEXT, "document": NUMBER, "position": NUMBER, "id": TEXT}
    make_table(connection, "author_of", columns, found.rows)
    person = {"id": TEXT, "name": TEXT, "variants": TEXTS, "identity": TEXT, "confidence": pa.float64()}
    make_table(
        connection,
        "person",
        {**person, "reasons": TEXTS},
        [(p.id, p.name, list(p.variants) or None, p.identity, p.confidence, p.reasons) for p in found.people],
    )
    doubt = dict.fromkeys(("first", "second", "first_signature", "second_signature", "reason"), TEXT)
    make_table(
        connection,
        "doubt",
        {**doubt, "probability": pa.float64(), "value": pa.float64()},
        [
            (d.first, d.second, d.first_signature, d.second_signature, d.reason, d.probability, d.value)
            for d in found.doubts
        ],
    )
    return found.notices


def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _extracted_relationships(connection: duckdb.DuckDBPyConnection, schema: Schema) -> dict[str, int]:
    """Fill the tables of extracted relationships and of results' ends; count what the schema does not allow."""
    filled = [(name, "best") for name in schema.relationships if schema.relationships[name].has_evidence]
    filled += [(name, "claim_end") for name in _RESULT_ENDS]
    for name, table in filled:
        kind = schema.relationships[name]
        if name == "REPORTS":
            continue
        columns = ", ".join(f'"{p}"' for p in kind.properties)
        connection.execute(
            f"INSERT INTO {relationship_table(name)} BY NAME "  # noqa: S608
            f"SELECT start_label, start_id, end_label, end_id{', ' if columns else ''}{columns} FROM {table} "
            "WHERE type = $type AND list_contains($starts, start_label) AND list_contains($ends, end_label)",
            {"type": name, "starts": list(kind.starts), "ends": list(kind.ends)},
        )
        connection.execute(
            f"DELETE FROM {table} WHERE type = $type "  # noqa: S608
            "AND list_contains($starts, start_label) AND list_contains($ends, end_label)",
            {"type": name, "starts": list(kind.starts), "ends": list(kind.ends)},
        )
    left = connection.execute(
        "SELECT type || ' ' || start_label || ' to ' || end_label AS misfit, count(*) "
        "FROM (SELECT type, start_label, end_label FROM best UNION ALL BY NAME "
        "SELECT type, start_label, end_label FROM claim_end) GROUP BY misfit ORDER BY misfit"
    ).fetchall()
    return dict(left)


def _insert_things(
    connection: duckdb.DuckDBPyConnection, things: Sequence[NamedThing], metric_directions: Mapping[str, bool]
) -> None:
    tree = model_tree(thing for thing in things if thing.label == "Model")
    _insert_models(connection, tree)
    directions = {slug(name): higher for name, higher in metric_directions.items()}
    columns = {"id": TEXT, "name": TEXT, "aliases": TEXTS, "kind": TEXT, "higher_is_better": pa.bool_()}
    for label, kept in (
        ("Benchmark", "id, name, aliases, kind"),
        ("Method", "id, name, aliases"),
        ("Metric", "id, name, aliases, higher_is_better"),
        ("Organization", "id, name, aliases"),
    ):
        rows = [
            (t.id, t.name, list(t.aliases) or None, t.kind, directions.get(t.id))
            for t in things
            if t.label == label
        ]
        make_table(connection, "thing", columns, rows)
        connection.execute(f"INSERT INTO {node_table(label)} BY NAME SELECT {kept} FROM thing")  # noqa: S608


def _insert_models(connection: duckdb.DuckDBPyConnection, tree: ModelTree) -> None:
    texts = dict.fromkeys(("family", "version", "size", "variant"), TEXT)
    rows = [
        (m.id, m.name, list(m.aliases) or None, m.family, m.version, m.size, m.variant) for m in tree.models
    ]
    make_table(connection, "thing", {"id": TEXT, "name": TEXT, "aliases": TEXTS, **texts}, rows)
    connection.execute(f"INSERT INTO {node_table('Model')} BY NAME SELECT * FROM thing")  # noqa: S608
    make_table(connection, "variant_of", {"start_id": TEXT, "end_id": TEXT}, tree.variant_of)
    connection.execute(
        f"INSERT INTO {relationship_table('VARIANT_OF')} BY NAME "  # noqa: S608
        "SELECT 'Model' AS start_label, start_id, 'Model' AS end_label, end_id FROM variant_of"
    )
