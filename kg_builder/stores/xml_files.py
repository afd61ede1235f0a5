"""The graph as one XML file that network programs open: GraphML and GEXF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from kg_builder.graph import Graph, iterate_nodes, iterate_relationships
from kg_builder.schema import Property, Schema

#: How both formats call what is no text; lists, which not all programs read, are texts of JSON.
_TYPES = {"integer": "long", "float": "double", "boolean": "boolean"}

#: What XML 1.0 cannot hold, whatever the escape (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF], "\ufffd")

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_graphml(graph: Graph, stream: IO[str]) -> None:
    """Write GraphML that networkx, Gephi and yEd open; labels and types stand in the key ``label``.

    Args:
        graph: what to write.
        stream: where to.
    """
    nodes, edges = _node_properties(graph.schema), _edge_properties(graph.schema)
    stream.write(_HEAD + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    stream.writelines(_graphml_keys("node", nodes))
    stream.writelines(_graphml_keys("edge", edges))
    stream.write('<graph edgedefault="directed">\n')
    for node in iterate_nodes(graph):
        stream.write(f"<node id={_attribute(f'{node.label}/{node.id}')}>")
        stream.writelines(_graphml_values("node", node.label, node.properties))
        stream.write("</node>\n")
    for r in iterate_relationships(graph):
        start, end = _attribute(f"{r.start_label}/{r.start}"), _attribute(f"{r.end_label}/{r.end}")
        stream.write(f"<edge id={_attribute(r.id)} source={start} target={end}>")
        stream.writelines(_graphml_values("edge", r.type, r.properties))
        stream.write("</edge>\n")
    stream.write("</graph>\n</graphml>\n")


def write_gexf(graph: Graph, stream: IO[str]) -> None:
    """Write GEXF 1.3 (https://gexf.net), which Gephi, Gephi Lite and networkx open.

    A node is shown by its name or title, and its label stands in the attribute ``type``; the type of a
    relationship is its ``label`` and its ``kind``, by which two between the same nodes are told apart.

    Args:
        graph: what to write.
        stream: where to.
    """
    nodes, edges = ["type", *_node_properties(graph.schema)], list(_edge_properties(graph.schema))
    stream.write(
        _HEAD + '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="directed">\n'
    )
    stream.writelines(_gexf_attributes("node", nodes, _node_properties(graph.schema)))
    stream.writelines(_gexf_attributes("edge", edges, _edge_properties(graph.schema)))
    stream.write("<nodes>\n")
    numbers = {name: number for number, name in enumerate(nodes)}
    for node in iterate_nodes(graph):
        shown = node.properties.get(graph.schema.labels[node.label].caption, node.id)
        stream.write(f"<node id={_attribute(f'{node.label}/{node.id}')} label={_attribute(str(shown))}>")
        stream.writelines(_gexf_values(numbers, {"type": node.label} | node.properties))
        stream.write("</node>\n")
    stream.write("</nodes>\n<edges>\n")
    numbers = {name: number for number, name in enumerate(edges)}
    for r in iterate_relationships(graph):
        start, end = _attribute(f"{r.start_label}/{r.start}"), _attribute(f"{r.end_label}/{r.end}")
        kind = _attribute(r.type)
        stream.write(f"<edge id={_attribute(r.id)} source={start} target={end} label={kind} kind={kind}>")
        stream.writelines(_gexf_values(numbers, r.properties))
        stream.write("</edge>\n")
    stream.write("</edges>\n</graph>\n</gexf>\n")


def _node_properties(schema: Schema) -> dict[str, Property]:
    return {p.name: p for label in schema.labels.values() for p in label.properties.values()}


def _edge_properties(schema: Schema) -> dict[str, Property]:
    return {p.name: p for kind in schema.relationships.values() for p in kind.properties.values()}


def _graphml_keys(owner: str, properties: Mapping[str, Property]) -> Iterator[str]:
    yield f'<key id="{owner}.label" for="{owner}" attr.name="label" attr.type="string"/>\n'
    for p in properties.values():
        kind = _TYPES.get(p.type, "string")
        yield f'<key id="{owner}.{p.name}" for="{owner}" attr.name="{p.name}" attr.type="{kind}"/>\n'


def _graphml_values(owner: str, label: str, properties: Mapping[str, Any]) -> Iterator[str]:
    yield f'<data key="{owner}.label">{label}</data>'
    for name, value in properties.items():
        # A line end other than \n would be read as one.
        text = escape(_text(value).translate(_NOT_XML), {"\r": "&#13;"})
        yield f'<data key="{owner}.{name}">{text}</data>'


def _gexf_attributes(owner: str, names: Iterable[str], properties: Mapping[str, Property]) -> Iterator[str]:
    yield f'<attributes class="{owner}">\n'
    for number, name in enumerate(names):
        kind = _TYPES.get(properties[name].type, "string") if name in properties else "string"
        yield f'<attribute id="{number}" title="{name}" type="{kind}"/>\n'
    yield "</attributes>\n"


def _gexf_values(numbers: Mapping[str, int], properties: Mapping[str, Any]) -> Iterator[str]:
    yield "<attvalues>"
    for name, value in properties.items():
        yield f'<attvalue for="{numbers[name]}" value={_attribute(_text(value))}/>'
    yield "</attvalues>"


def _attribute(text: str) -> str:
    return quoteattr(text.translate(_NOT_XML))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
