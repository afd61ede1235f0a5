"""The people file: decisions on who is who, one after the other, in YAML that people review.

::

    - merge: [hf:first-account, hf:second-account]
      name: Mina Seo
    - apart: ["Wei Li @ arxiv:2412.00001", "Wei Li @ arxiv:2412.00002"]
    - split: Jo Park
      into:
        - [arxiv:2412.00003]
        - [arxiv:2412.00004, arxiv:2412.00005]
    - name: Ada Brún
      of: Ada Brun

A person is named by an id that a source gives (``orcid:…``), by a name (all signatures of it), or by ``NAME @ PAPER``.
Who are apart may each be a list of these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg_builder.resolve.identity.decisions import Apart, Merge, PeopleDecisions, PeopleFileError

_KINDS: Mapping[str, frozenset[str]] = {
    "merge": frozenset({"name", "id"}),
    "apart": frozenset(),
    "split": frozenset({"into"}),
    "name": frozenset({"of"}),
}
#: Fewer cannot be one, nor apart.
_FEWEST_PEOPLE = 2
_HEADING = "# Decisions on who is who; read and written by: kg-builder people\n"


def read_people_file(path: Path, *, must_exist: bool = False) -> PeopleDecisions:
    """The decisions in a people file; none where there is no such file.

    Args:
        path: the file.
        must_exist: whether it is an error that there is none.

    Raises:
        PeopleFileError: it is no list of decisions, or two of them contradict each other.
    """
    if not path.exists():
        if must_exist:
            raise PeopleFileError("there is no such file; name one that holds decisions", location=str(path))
        return PeopleDecisions(location=str(path))
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it is not UTF-8"
        line = mark.line + 1 if mark else None
        raise PeopleFileError(
            f"this is no YAML ({reason}); mend it", location=str(path), line=line
        ) from error
    return _PeopleFile(str(path)).decisions(root)


class _PeopleFile:
    """Decisions out of YAML nodes, which know their lines."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._merges: list[Merge] = []
        self._apart: list[Apart] = []
        self._named: dict[str, Merge] = {}

    def decisions(self, root: yaml.Node | None) -> PeopleDecisions:
        """All decisions of a file."""
        if root is None:
            return PeopleDecisions(location=self._location)
        if not isinstance(root, yaml.SequenceNode):
            raise self._error("a people file is a list of decisions, each beginning with '- '", root)
        for node in root.value:
            self._read(node)
        self._refuse_chains()
        return PeopleDecisions(tuple(self._merges), tuple(self._apart), self._location)

    def _error(self, reason: str, node: yaml.Node) -> PeopleFileError:
        return PeopleFileError(reason, location=self._location, line=node.start_mark.line + 1)

    def _read(self, node: yaml.Node) -> None:
        if not isinstance(node, yaml.MappingNode):
            raise self._error(f"a decision begins with one of: {', '.join(_KINDS)}", node)
        fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in fields:
                raise self._error(f"{key.value!r} is given twice in one decision", key)
            fields[key.value] = value
        kind = next((k for k in ("merge", "apart", "split", "name") if k in fields), None)
        if kind is None:
            raise self._error(f"a decision begins with one of: {', '.join(_KINDS)}", node)
        strange = fields.keys() - _KINDS[kind] - {kind}
        if strange:
            may = ", ".join(sorted(_KINDS[kind])) or "nothing else"
            raise self._error(f"{min(strange)!r} is no part of a decision on {kind}; it takes {may}", node)
        line = node.start_mark.line + 1
        if kind == "merge":
            people = self._people(fields["merge"])
            name, identifier = (self._text(fields[k]) if k in fields else None for k in ("name", "id"))
            self._merges.append(Merge(people, line, name, identifier))
        elif kind == "apart":
            self._apart.append(Apart(self._sides(fields["apart"]), line))
        elif kind == "split":
            self._read_split(fields, node, line)
        else:
            if "of" not in fields:
                raise self._error("say with 'of' whose name this is", node)
            self._merges.append(Merge((self._text(fields["of"]),), line, name=self._text(fields["name"])))

    def _read_split(self, fields: Mapping[str, yaml.Node], node: yaml.Node, line: int) -> None:
        person = self._text(fields["split"])
        into = fields.get("into")
        if not isinstance(into, yaml.SequenceNode) or len(into.value) < 2:
            raise self._error("say with 'into' which papers are whose: two lists of paper ids or more", node)
        groups = [self._texts(group, fewest=1) for group in into.value]
        seen: set[str] = set()
        for papers, group in zip(groups, into.value, strict=True):
            twice = sorted(seen & set(papers))
            if twice:
                raise self._error(f"{twice[0]} stands in two of the lists", group)
            seen |= set(papers)
        signatures = [tuple(f"{person} @ {paper}" for paper in papers) for papers in groups]
        self._apart.append(Apart(tuple(signatures), line))
        self._merges += [Merge(group, line) for group in signatures]

    def _people(self, node: yaml.Node) -> tuple[str, ...]:
        people = self._texts(node, fewest=_FEWEST_PEOPLE)
        self._refuse_twice(people, node)
        return people

    def _sides(self, node: yaml.Node) -> tuple[tuple[str, ...], ...]:
        """Who are apart: for each of them, a person or a list of what names the signatures."""
        if not isinstance(node, yaml.SequenceNode) or len(node.value) < _FEWEST_PEOPLE:
            raise self._error(f"this is a list of {_FEWEST_PEOPLE} or more", node)
        sides = tuple(
            self._texts(side, fewest=1) if isinstance(side, yaml.SequenceNode) else (self._text(side),)
            for side in node.value
        )
        self._refuse_twice([name for side in sides for name in side], node)
        return sides

    def _refuse_twice(self, people: Sequence[str], node: yaml.Node) -> None:
        if len(set(people)) < len(people):
            raise self._error("the same person stands here twice", node)

    def _texts(self, node: yaml.Node, fewest: int) -> tuple[str, ...]:
        if not isinstance(node, yaml.SequenceNode) or len(node.value) < fewest:
            raise self._error(f"this is a list of {fewest} or more", node)
        return tuple(self._text(item) for item in node.value)

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
            raise self._error("this is a name or an id, on one line", node)
        return str(node.value).strip()

    def _refuse_chains(self) -> None:
        """No person stands in two merges: what follows from a chain of them would be merged unseen."""
        for merge in self._merges:
            for person in merge.people:
                other = self._named.setdefault(person, merge)
                if other is not merge:
                    raise PeopleFileError(
                        f"{person!r} stands in the decision of line {other.line} too; "
                        "put all who are one person into one merge",
                        location=self._location,
                        line=merge.line,
                    )


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """A decision as it stands in the file."""

    text: str
    line: int


def add_decision(path: Path, text: str) -> PeopleDecisions:
    """Write a decision at the end of a people file, unless the file would then contradict itself.

    Args:
        path: the file; made where there is none.
        text: the decision, as `merge_text` and the like make it.

    Returns:
        All decisions.

    Raises:
        PeopleFileError: the file as it is, or with this decision, is wrong; it is left as it was.
    """
    read_people_file(path)
    before = path.read_text(encoding="utf-8") if path.exists() else _HEADING
    if before and not before.endswith("\n"):
        before += "\n"
    return write_if_sound(path, before + text)


def write_if_sound(path: Path, text: str) -> PeopleDecisions:
    """Replace a people file, in one step, by a text that can be read.

    Raises:
        PeopleFileError: the text is wrong; the file is left as it was.
    """
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    try:
        decisions = _PeopleFile(str(path)).decisions(yaml.compose(text, Loader=yaml.SafeLoader))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return decisions


def without_last_decision(path: Path) -> tuple[str, WrittenDecision]:
    """The text of a people file without its last decision, and that decision.

    Raises:
        PeopleFileError: the file holds none.
    """
    read_people_file(path)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None or not root.value:
        raise PeopleFileError("there is no decision to be undone", location=str(path))
    lines = text.splitlines(keepends=True)
    start = root.value[-1].start_mark.line
    return "".join(lines[:start]), WrittenDecision("".join(lines[start:]), start + 1)


def merge_text(people: Sequence[str], name: str | None = None) -> str:
    """A merge as a people file writes it.

    >>> merge_text(["hf:a", "hf:b"], "Mina Seo")
    '- merge: ["hf:a", "hf:b"]\\n  name: "Mina Seo"\\n'
    """
    return f"- merge: {_list(people)}\n" + (f"  name: {_quoted(name)}\n" if name else "")


def apart_text(people: Sequence[Sequence[str]]) -> str:
    """That people are different ones, as a people file writes it.

    Args:
        people: for each of them, what names the signatures.

    >>> apart_text([["hf:a"], ["B @ p1", "B @ p2"]])
    '- apart: ["hf:a", ["B @ p1", "B @ p2"]]\\n'
    """
    sides = (_quoted(names[0]) if len(names) == 1 else _list(names) for names in people)
    return f"- apart: [{', '.join(sides)}]\n"


def split_text(person: str, groups: Sequence[Sequence[str]]) -> str:
    """A split as a people file writes it."""
    return f"- split: {_quoted(person)}\n  into:\n" + "".join(f"    - {_list(papers)}\n" for papers in groups)


def name_text(name: str, person: str) -> str:
    """A preferred name as a people file writes it."""
    return f"- name: {_quoted(name)}\n  of: {_quoted(person)}\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"
