"""From documents and facts to the graph: a function of what the workspace holds, computed anew each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from sys import intern

import pyarrow as pa

from kg_builder.ids import slug
from kg_builder.resolve.background import in_background
from kg_builder.resolve.decisions import NameDecision, NameDecisions, shipped_decisions
from kg_builder.resolve.entities import NamedThing, NameUse, resolve_entities
from kg_builder.resolve.identity.decisions import PeopleDecisions
from kg_builder.resolve.models import ModelTree, model_tree
from kg_builder.resolve.papers import DOCUMENT_KEY, FORMAT_RANK, document_key, joined_keys
from kg_builder.resolve.people import PrintedName, ResolvedPeople, resolve_people
from kg_builder.resolve.tables import NUMBER, TEXT, TEXTS, Tables, run_statements, sql_text
from kg_builder.schema import Schema
from kg_builder.workspace.tables import node_table, relationship_table

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
    tables: Tables,
    schema: Schema,
    *,
    largest_team: int = LARGEST_TEAM,
    metric_directions: Mapping[str, bool] | None = None,
    people: PeopleDecisions | None = None,
) -> Resolution:
    """Compute every node and relationship table from the records.

    Args:
        tables: those of the records, where the graph's are to be too.
        schema: what the graph may hold.
        largest_team: papers of more persons leave no CO_AUTHORED relationships.
        metric_directions: whether more is better, by metric name.
        people: what the user decided on who is who.

    Returns:
        What was left out, and why.

    Raises:
        PeopleFileError: decisions on people contradict each other.
    """
    _resolve_papers(tables)
    run_statements(tables, "texts")
    things = _resolve_names(tables)
    # Telling people apart is work for this program, the rest for the database.
    signatures, terms = list(_signatures(tables)), _terms(tables)
    found = in_background(partial(resolve_people, signatures, terms, people))
    del signatures, terms
    run_statements(tables, "entities")
    run_statements(tables, "results")
    misfits = _extracted_relationships(tables, schema)
    _insert_things(tables, things, metric_directions or {})
    notices = _keep_people(tables, found())
    # Pairs of authors want much memory, by when what resolution held of people must be free again.
    del found
    run_statements(tables, "people", largest_team=largest_team)
    teams = tables.rows(f"SELECT DISTINCT paper, size FROM team WHERE size > {largest_team} ORDER BY paper")  # noqa: S608
    return Resolution(tuple((row["paper"], row["size"]) for row in teams), misfits, notices)


def _resolve_papers(tables: Tables) -> None:
    tables.make("format_rank", {"format": TEXT, "rank": NUMBER}, _format_ranks(tables))
    query = "SELECT source, document, title, arxiv_id, doi, external_ids, published, date FROM document"
    tables.make_mapped("document_key", DOCUMENT_KEY, document_key, query)
    shared = tables.rows(sql_text("shared_keys"))
    tables.make("joined_key", {"key": TEXT, "paper": TEXT}, joined_keys(row["keys"] for row in shared))
    topics = [row["topic"] for row in tables.rows("SELECT DISTINCT explode(topics) AS topic FROM document")]
    ids = [(topic, slug(topic)) for topic in topics if slug(topic)]
    tables.make("topic_id", {"topic": TEXT, "id": TEXT}, ids)
    run_statements(tables, "papers")


def _format_ranks(tables: Tables) -> list[tuple[str, int]]:
    # A format that a user's own reader brings ranks behind all that are known.
    formats = [row["format"] for row in tables.rows("SELECT DISTINCT format FROM source")]
    return [(f, FORMAT_RANK.index(f) if f in FORMAT_RANK else len(FORMAT_RANK)) for f in formats]


def _resolve_names(tables: Tables) -> tuple[NamedThing, ...]:
    """Tables ``entity_name`` (label, name, id) and ``organization_id`` (name, id), and the things themselves."""
    decided = tables.rows("SELECT label, alias, name, same FROM decision ORDER BY number")
    decisions = NameDecisions([*shipped_decisions(), *(NameDecision(**row) for row in decided)])
    uses = tables.rows(sql_text("names"))
    resolved = resolve_entities(
        (NameUse(**(use | {"aliases": tuple(use["aliases"] or ())})) for use in uses), decisions
    )
    names = [(label, name, id) for (label, name), id in sorted(resolved.ids.items())]
    tables.make("entity_name", {"label": TEXT, "name": TEXT, "id": TEXT}, names)
    organizations = [(name, id) for label, name, id in names if label == "Organization"]
    tables.make("organization_id", {"name": TEXT, "id": TEXT}, organizations)
    called = {(thing.label, thing.id): thing.name for thing in resolved.things}
    merges = [(m.label, m.id, called[m.label, m.id], m.alias, m.reason, m.example) for m in resolved.merges]
    columns = dict.fromkeys(("label", "id", "name", "alias", "reason", "example"), TEXT)
    tables.make("merged", columns, merges)
    tables.execute(f"CREATE OR REPLACE TABLE merge AS SELECT {', '.join(columns)} FROM merged", {})  # noqa: S608
    return resolved.things


def _signatures(tables: Tables) -> Iterator[PrintedName]:
    """The signatures of persons; what many of them share is held once."""
    for row in tables.rows(sql_text("signatures")):
        shared = {name: intern(row[name]) for name in ("source", "paper", "name")}
        lists = {name: tuple(map(intern, row[name] or ())) for name in ("ids", "affiliations")}
        yield PrintedName(**(row | shared | lists))


def _terms(tables: Tables) -> dict[str, tuple[str, ...]]:
    """What each paper is about; each term is held once."""
    rows = tables.rows(sql_text("paper_terms"))
    return {intern(row["paper"]): tuple(map(intern, row["terms"])) for row in rows}


def _keep_people(tables: Tables, found: ResolvedPeople) -> tuple[str, ...]:
    """Tables ``author_of`` (source, document, position, id), ``person`` and ``doubt``; what is to be told."""
    columns = {"source": TEXT, "document": NUMBER, "position": NUMBER, "id": TEXT}
    tables.make("author_of", columns, found.rows)
    person = {"id": TEXT, "name": TEXT, "variants": TEXTS, "identity": TEXT, "confidence": pa.float64()}
    tables.make(
        "person",
        {**person, "reasons": TEXTS},
        [(p.id, p.name, list(p.variants) or None, p.identity, p.confidence, p.reasons) for p in found.people],
    )
    doubt = dict.fromkeys(("first", "second", "first_signature", "second_signature", "reason"), TEXT)
    tables.make(
        "doubt",
        {**doubt, "probability": pa.float64(), "value": pa.float64()},
        [
            (d.first, d.second, d.first_signature, d.second_signature, d.reason, d.probability, d.value)
            for d in found.doubts
        ],
    )
    return found.notices


def _extracted_relationships(tables: Tables, schema: Schema) -> dict[str, int]:
    """Fill the tables of extracted relationships and of results' ends; count what the schema does not allow."""
    filled = {name: "best" for name, kind in schema.relationships.items() if kind.has_evidence}
    filled |= dict.fromkeys(_RESULT_ENDS, "claim_end")
    del filled["REPORTS"]
    ends = {"type": TEXT, "start_label": TEXT, "end_label": TEXT}
    kinds = [schema.relationships[name] for name in filled]
    tables.make("allowed", ends, [(k.name, *pair) for k in kinds for pair in product(k.starts, k.ends)])
    for name, table in filled.items():
        columns = "".join(f', f."{p}"' for p in schema.relationships[name].properties)
        tables.execute(
            f"INSERT INTO {relationship_table(name)} BY NAME "  # noqa: S608
            f"SELECT f.start_label, f.start_id, f.end_label, f.end_id{columns} FROM {table} f "
            f"JOIN allowed a USING (type, start_label, end_label) WHERE type = '{name}'",
            {},
        )
    left = tables.rows(sql_text("misfits"))
    return {row["misfit"]: row["count"] for row in left}


def _insert_things(
    tables: Tables, things: Sequence[NamedThing], metric_directions: Mapping[str, bool]
) -> None:
    tree = model_tree(thing for thing in things if thing.label == "Model")
    _insert_models(tables, tree)
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
        tables.make("thing", columns, rows)
        tables.execute(f"INSERT INTO {node_table(label)} BY NAME SELECT {kept} FROM thing", {})  # noqa: S608


def _insert_models(tables: Tables, tree: ModelTree) -> None:
    texts = dict.fromkeys(("family", "version", "size", "variant"), TEXT)
    rows = [
        (m.id, m.name, list(m.aliases) or None, m.family, m.version, m.size, m.variant) for m in tree.models
    ]
    tables.make("thing", {"id": TEXT, "name": TEXT, "aliases": TEXTS, **texts}, rows)
    tables.execute(f"INSERT INTO {node_table('Model')} BY NAME SELECT * FROM thing", {})  # noqa: S608
    tables.make("variant_of", {"start_id": TEXT, "end_id": TEXT}, tree.variant_of)
    tables.execute(
        f"INSERT INTO {relationship_table('VARIANT_OF')} BY NAME "  # noqa: S608
        "SELECT 'Model' AS start_label, start_id, 'Model' AS end_label, end_id FROM variant_of",
        {},
    )
