"""BioCypher's writer: a graph in JSON lines into the files of neo4j-admin's importer. Run by the peers' Python.

    python biocypher_peer.py GRAPH.jsonl FOLDER

Prints an object: the seconds that writing took, and the arguments for ``neo4j-admin database import full``.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from biocypher import BioCypher

Row = dict[str, Any]


def schema_of(rows: list[Row]) -> dict[str, Row]:
    """What BioCypher is told of the graph: its labels and types, with the kinds of their properties."""
    schema: dict[str, Row] = {}
    for row in rows:
        if row["type"] == "node":
            name = row["labels"][0]
            entry = schema.setdefault(
                name.lower(),
                {"represented_as": "node", "preferred_id": "id", "input_label": name, "properties": {}},
            )
        else:
            name = row["label"]
            ends = {
                side: row[end]["labels"][0].lower() for side, end in (("source", "start"), ("target", "end"))
            }
            entry = schema.setdefault(
                name.lower().replace("_", " "),
                {
                    "represented_as": "edge",
                    "label_as_edge": name,
                    "input_label": name,
                    "properties": {},
                    **ends,
                },
            )
        for key, value in row["properties"].items():
            if key != "id":
                entry["properties"].setdefault(
                    key, "str[]" if isinstance(value, list) else type(value).__name__
                )
    return schema


def nodes(rows: list[Row]) -> Iterator[tuple[str, str, Row]]:
    """Id, label and properties of each node."""
    for row in rows:
        if row["type"] == "node":
            yield row["id"], row["labels"][0], {k: v for k, v in row["properties"].items() if k != "id"}


def edges(rows: list[Row]) -> Iterator[tuple[None, str, str, str, Row]]:
    """Ends, type and properties of each relationship."""
    for row in rows:
        if row["type"] == "relationship":
            yield None, row["start"]["id"], row["end"]["id"], row["label"], row["properties"]


def main() -> None:
    """Read, write, and say how long writing took."""
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    rows = [json.loads(line) for line in source.open(encoding="utf-8")]
    os.chdir(folder)
    Path("schema.yaml").write_text(yaml.safe_dump(schema_of(rows)), encoding="utf-8")
    settings = {
        "biocypher": {"offline": True, "log_to_disk": False, "debug": False, "head_ontology": None},
        # Its other format, Parquet, needs an importer with libraries that Maven Central's jars do not name.
        "neo4j": {"database_name": "neo4j", "wipe": True, "file_format": "csv"},
    }
    Path("settings.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    writer = BioCypher(
        biocypher_config_path="settings.yaml",
        schema_config_path="schema.yaml",
        output_directory=str(folder / "out"),
    )
    started = time.monotonic()
    writer.write_nodes(nodes(rows))
    writer.write_edges(edges(rows))
    writer.write_import_call()
    seconds = time.monotonic() - started
    script = next((folder / "out").glob("neo4j-admin-import-call*")).read_text(encoding="utf-8")
    call = next(line for line in script.splitlines() if "database import full" in line)
    arguments = shlex.split(call)
    print(json.dumps({"seconds": seconds, "arguments": arguments[arguments.index("full") + 1 :]}))


if __name__ == "__main__":
    main()
