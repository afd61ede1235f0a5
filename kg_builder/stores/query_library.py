"""The library of queries: one ``*.cypher`` file each, whose first lines say what it asks and what it takes."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg_builder.errors import QueryError
from kg_builder.resources import shipped
from kg_builder.schema import graph_schema

#: Types of values. A label of the schema is a type as well: a text that names a node of it.
VALUE_TYPES = ("string", "integer", "float", "boolean", "date")

_HEADER_LINE = re.compile(r"//\s?(?P<text>.*)")
_ENTRY = re.compile(r"(?P<key>title|description|example|columns|param (?P<name>\w+)): (?P<text>.*)")
_PARAMETER = re.compile(
    r"(?P<type>\w+) (?:(?P<required>required)|= (?P<default>\S+))\s\s+(?P<description>\S.*)"
)
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query.

    Args:
        name: its name, as in ``$name``.
        type: what it may be; a ``date`` is written ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; a label stands for
            the name, another spelling or the id of a node.
        description: what it does.
        required: whether it must be given.
        default: its value where it is not given; ``None`` stands for no restriction.
    """

    name: str
    type: str
    description: str
    required: bool
    default: Any = None

    def value(self, given: object) -> Any:
        """What was given, as a value of this parameter's type.

        Args:
            given: a value of the type, or text as the command line has it.

        Raises:
            QueryError: it is none.

        Example:
            >>> Parameter("limit", "integer", "how many", required=False, default=20).value("5")
            5
        """
        try:
            return self._converted(given)
        except (ValueError, KeyError, TypeError) as error:
            raise QueryError(
                f"parameter {self.name}: {given!r} is no {self.type} ({self.description})"
            ) from error

    def _converted(self, given: object) -> Any:
        if given is None:
            if self.required or self.default is not None:
                raise ValueError(given)
            return None
        text = str(given)
        if self.type == "boolean":
            return _BOOLEANS[text.lower()]
        if isinstance(given, bool):
            raise TypeError(given)
        if self.type == "integer":
            return int(text)
        if self.type == "float":
            return float(text)
        if self.type == "date" and not _DATE.fullmatch(text):
            raise ValueError(given)
        return text


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """A query of the library.

    Args:
        name: the name of its file without ``.cypher``.
        title: what it asks, in a few words.
        description: what the answer is, in a sentence or two.
        parameters: by name, in the order of the header.
        columns: the columns of its answer.
        cypher: the whole text, header included.
        example: values of the required parameters that have an answer in the graph of the example digests.
    """

    name: str
    title: str
    description: str
    parameters: Mapping[str, Parameter]
    columns: tuple[str, ...]
    cypher: str
    example: Mapping[str, str]

    def values(self, given: Mapping[str, object]) -> dict[str, Any]:
        """A value for every parameter: what was given, else the default.

        Args:
            given: values or texts by the parameter's name.

        Raises:
            QueryError: a required one is missing, one is unknown, or a value has the wrong type.
        """
        for name in given:
            if name not in self.parameters:
                raise QueryError(f"query {self.name} has no parameter {name!r}; {self._usage(name)}")
        missing = [p.name for p in self.parameters.values() if p.required and p.name not in given]
        if missing:
            raise QueryError(f"query {self.name} needs {', '.join(missing)}; {self._usage()}")
        return {
            p.name: p.value(given[p.name]) if p.name in given else p.default for p in self.parameters.values()
        }

    def _usage(self, meant: str = "") -> str:
        if not self.parameters:
            return "it takes none"
        close = get_close_matches(meant, self.parameters, n=1)
        return f"did you mean {close[0]}?" if close else f"it takes {', '.join(self.parameters)}"


def library_queries(folder: Path | None = None) -> dict[str, LibraryQuery]:
    """Every query of the library by name.

    Args:
        folder: where the files are; the library that ships with the package where ``None``.

    Raises:
        QueryError: a file's header is wrong.
    """
    paths = sorted((folder or shipped("queries")).glob("*.cypher"))
    return {path.stem: read_query(path) for path in paths}


def library_query(name: str, folder: Path | None = None) -> LibraryQuery:
    """The query of a name.

    Args:
        name: its name; ``_`` may stand for ``-``.
        folder: as for `library_queries`.

    Raises:
        QueryError: there is none, or its file's header is wrong.
    """
    root = folder or shipped("queries")
    names = {path.stem: path for path in sorted(root.glob("*.cypher"))}
    path = names.get(name.replace("_", "-"))
    if path is None:
        close = get_close_matches(name, names, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise QueryError(f"there is no query {name!r}; {hint}`kg-builder queries` lists them")
    return read_query(path)


def read_query(path: Path) -> LibraryQuery:
    """Read a query file.

    Its first lines are comments: ``// title: …``, ``// description: …``, ``// param NAME: TYPE = DEFAULT  …``
    (or ``TYPE required  …``; defaults are JSON), ``// example: NAME="…"`` where something is required, and
    ``// columns: a, b``. A comment that begins with none of these goes on with the entry before.

    Raises:
        QueryError: the header lacks an entry, or a parameter is not declared as above.
    """
    text = path.read_text(encoding="utf-8")
    entries = {key: (name, said) for key, name, said in _header(text)}
    for key in ("title", "description", "columns"):
        if key not in entries:
            raise QueryError(f"{path}: the header has no `// {key}: …`")
    parameters = {
        name: _parameter(path, name, said)
        for key, (name, said) in entries.items()
        if key.startswith("param ")
    }
    columns = tuple(column.strip() for column in entries["columns"][1].split(","))
    return LibraryQuery(
        path.stem,
        entries["title"][1],
        entries["description"][1],
        parameters,
        columns,
        text,
        _example(path, entries.get("example", ("", ""))[1]),
    )


def _example(path: Path, said: str) -> dict[str, str]:
    try:
        return dict(pair.split("=", 1) for pair in shlex.split(said))
    except ValueError as error:
        raise QueryError(f'{path}: the example is not written as NAME="…"') from error


def _header(text: str) -> Iterator[tuple[str, str, str]]:
    """Key, name of the parameter (or nothing) and text of every entry of a header."""
    entry: tuple[str, str, str] | None = None
    for line in text.splitlines():
        comment = _HEADER_LINE.fullmatch(line)
        if comment is None:
            break
        found = _ENTRY.fullmatch(comment["text"])
        if found is not None:
            if entry is not None:
                yield entry
            entry = (found["key"], found["name"] or "", found["text"])
        elif entry is not None:
            entry = (*entry[:2], f"{entry[2]} {comment['text'].strip()}")
    if entry is not None:
        yield entry


def _parameter(path: Path, name: str, said: str) -> Parameter:
    found = _PARAMETER.fullmatch(said)
    types = (*VALUE_TYPES, *graph_schema().labels)
    if found is None or found["type"] not in types:
        raise QueryError(
            f"{path}: parameter {name} is not declared as `TYPE = DEFAULT  DESCRIPTION` or "
            f"`TYPE required  DESCRIPTION`, where TYPE is one of {', '.join(types)}"
        )
    kind = found["type"]
    if found["required"]:
        return Parameter(name, kind, found["description"], required=True)
    try:
        default = json.loads(found["default"])
    except json.JSONDecodeError as error:
        raise QueryError(f"{path}: the default of parameter {name} is no JSON") from error
    return Parameter(name, kind, found["description"], required=False, default=default)
