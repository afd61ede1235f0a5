"""Networks as files for other programs: GraphML, GEXF, Pajek and VOSviewer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, Final
from xml.sax.saxutils import escape

import pyarrow as pa

from kg_builder.analysis.projection import Projection

#: What no label should hold, and XML 1.0 cannot, whatever the escape (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF], "\ufffd")


def write_graphml(projection: Projection, authors: pa.Table, stream: IO[str]) -> None:
    """Write GraphML (http://graphml.graphdrawing.org), as yEd, Gephi, Cytoscape, igraph and networkx read it.

    The name of an author stands there twice, as `name` and as `label`, by which Gephi calls a node.

    Args:
        projection: the network.
        authors: a column for each attribute of an author, in the order of `Projection.authors`.
        stream: where to.
    """
    ties = _tie_table(projection)
    authors = authors.append_column("label", [projection.names])
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for kind, table in (("node", authors), ("edge", ties)):
        for field in table.schema:
            stream.write(
                f'<key id="{kind}.{field.name}" for="{kind}" attr.name="{field.name}"'
                f' attr.type="{_xml_type(field.type)}"/>\n'
            )
    stream.write('<graph edgedefault="undirected">\n')
    for number, values in enumerate(_rows(authors)):
        stream.write(f'<node id="n{number}">{_data("node", values)}</node>\n')
    for source, target, values in _edges(projection, ties):
        stream.write(f'<edge source="n{source}" target="n{target}">{_data("edge", values)}</edge>\n')
    stream.write("</graph>\n</graphml>\n")


def _data(kind: str, values: Mapping[str, Any]) -> str:
    return "".join(f'<data key="{kind}.{name}">{_xml(value)}</data>' for name, value in values.items())


def write_gexf(projection: Projection, authors: pa.Table, stream: IO[str]) -> None:
    """Write GEXF 1.3 (https://gexf.net), Gephi's own format; arguments as in `write_graphml`."""
    ties = _tie_table(projection).drop_columns(["weight"])
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write('<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="undirected">\n')
    for kind, table in (("node", authors), ("edge", ties)):
        stream.write(f'<attributes class="{kind}">\n')
        for number, field in enumerate(table.schema):
            stream.write(f'<attribute id="{number}" title="{field.name}" type="{_xml_type(field.type)}"/>\n')
        stream.write("</attributes>\n")
    stream.write("<nodes>\n")
    names = {name: number for number, name in enumerate(authors.column_names)}
    for number, values in enumerate(_rows(authors)):
        label = _xml(projection.names[number], quoted=True)
        stream.write(f'<node id="{number}" label="{label}">{_attvalues(names, values)}</node>\n')
    stream.write("</nodes>\n<edges>\n")
    names = {name: number for number, name in enumerate(ties.column_names)}
    weights = projection.weights.tolist()
    for number, (source, target, values) in enumerate(_edges(projection, ties)):
        stream.write(
            f'<edge id="{number}" source="{source}" target="{target}" weight="{weights[number]!r}">'
            f"{_attvalues(names, values)}</edge>\n"
        )
    stream.write("</edges>\n</graph>\n</gexf>\n")


def _attvalues(numbers: Mapping[str, int], values: Mapping[str, Any]) -> str:
    cells = (f'<attvalue for="{numbers[n]}" value="{_xml(v, quoted=True)}"/>' for n, v in values.items())
    return f"<attvalues>{''.join(cells)}</attvalues>"


def write_pajek(projection: Projection, authors: pa.Table, stream: IO[str]) -> None:
    """Write a Pajek network; arguments as in `write_graphml`, of whose attributes the format holds none.

    Characters beyond ASCII are written as ``&#dddd;``, as Pajek itself writes them.
    """
    del authors
    stream.write(f"*Vertices {len(projection.names)}\n")
    for number, name in enumerate(projection.names, start=1):
        # The format knows no escape for the quotation mark that ends a label.
        label = " ".join(name.translate(_NOT_XML).replace('"', "'").split())
        label = label.encode("ascii", "xmlcharrefreplace").decode("ascii")
        stream.write(f'{number} "{label}"\n')
    stream.write("*Edges\n")
    weights = projection.weights.tolist()
    for number, (source, target) in enumerate(_ends(projection)):
        stream.write(f"{source + 1} {target + 1} {weights[number]!r}\n")


def write_vosviewer(projection: Projection, authors: pa.Table, stream: IO[str]) -> None:
    """Write the JSON of VOSviewer and VOSviewer Online; arguments as in `write_graphml`.

    Clusters are the communities, counted from 1; items are weighed by papers, co-authors and total link strength.
    """
    weights = {"papers": "Documents", "degree": "Links", "strength": "Total link strength"}
    scores = {"pagerank": "PageRank", "betweenness": "Betweenness", "core": "Core"}
    items = []
    for number, values in enumerate(_rows(authors), start=1):
        item: dict[str, Any] = {"id": number, "label": projection.names[number - 1]}
        if "community" in values:
            item["cluster"] = values["community"] + 1
        item["weights"] = {label: values[name] for name, label in weights.items() if name in values}
        item["scores"] = {label: values[name] for name, label in scores.items() if name in values}
        items.append(item)
    strengths = projection.weights.tolist()
    links = [
        {"source_id": source + 1, "target_id": target + 1, "strength": strengths[number]}
        for number, (source, target) in enumerate(_ends(projection))
    ]
    json.dump(
        {"network": {"items": items, "links": links}}, stream, ensure_ascii=False, separators=(",", ":")
    )
    stream.write("\n")


#: The writers by the name of the file that they write.
GRAPH_FILES: Final[Mapping[str, Callable[[Projection, pa.Table, IO[str]], None]]] = {
    "network.graphml": write_graphml,
    "network.gexf": write_gexf,
    "network.net": write_pajek,
    "network.vosviewer.json": write_vosviewer,
}


def _tie_table(projection: Projection) -> pa.Table:
    ties = projection.ties.drop_columns(["source", "target"])
    for name in ("first", "last"):
        place = ties.column_names.index(name)
        ties = ties.set_column(place, name, ties.column(name).cast(pa.string()))
    return ties.append_column("weight", pa.array(projection.weights))


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield {name: value for name, value in row.items() if value is not None}


def _ends(projection: Projection) -> Iterator[tuple[int, int]]:
    columns = (projection.ties.column(name).to_pylist() for name in ("source", "target"))
    return zip(*columns, strict=True)


def _edges(projection: Projection, ties: pa.Table) -> Iterator[tuple[int, int, dict[str, Any]]]:
    for (source, target), values in zip(_ends(projection), _rows(ties), strict=True):
        yield source, target, values


def _xml_type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind):
        return "long"
    return "double" if pa.types.is_floating(kind) else "string"


def _xml(value: Any, quoted: bool = False) -> str:
    text = escape(str(value).translate(_NOT_XML), {'"': "&quot;"} if quoted else {})
    return text.replace("\n", "&#10;") if quoted else text
