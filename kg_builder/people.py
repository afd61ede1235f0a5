"""Decisions on people, kept in a file that people review: suggested, written, undone, explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg_builder.errors import KgBuilderError, UsageError
from kg_builder.ids import slug
from kg_builder.ingest.refresh import people_file, refresh_graph, use_people_file
from kg_builder.ingest.report import BuildReport
from kg_builder.resolve.identity.decisions import PeopleDecisions
from kg_builder.resolve.identity.signatures import scheme_rank
from kg_builder.resolve.people_file import (
    add_decision,
    apart_text,
    merge_text,
    name_text,
    split_text,
    without_last_decision,
    write_if_sound,
)
from kg_builder.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A decision that would help.

    Args:
        first: id of an Author.
        second: id of another; the same where two spellings were joined with little certainty.
        first_signature: ``NAME @ PAPER`` of the one.
        second_signature: ``NAME @ PAPER`` of the other.
        probability: that they are one person.
        value: pairs of signatures that are expected to be wrong as it is.
        reason: what speaks for it.
    """

    first: str
    second: str
    first_signature: str
    second_signature: str
    probability: float
    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Who an Author is taken for, and why.

    Args:
        id: of the Author.
        name: what the person is called.
        identity: ``source``, ``curated`` or ``name``.
        confidence: 0 to 1.
        reasons: why the signatures are taken for one person.
        signatures: ``NAME @ PAPER`` of each.
    """

    id: str
    name: str
    identity: str
    confidence: float
    reasons: tuple[str, ...]
    signatures: tuple[str, ...]


def suggest_decisions(graph: Path, limit: int = 20) -> list[Suggestion]:
    """The decisions that would help most, first.

    Args:
        graph: the workspace file.
        limit: how many.
    """
    columns = "first, second, first_signature, second_signature, probability, value, reason"
    with Workspace(graph) as workspace:
        if not _is_explained(workspace):
            return []
        rows = workspace.connection.execute(
            f"SELECT {columns} FROM person_doubt "  # noqa: S608
            "ORDER BY value DESC, first, second, first_signature, second_signature LIMIT ?",
            [limit],
        ).fetchall()
    return [Suggestion(*row) for row in rows]


def explain_people(graph: Path, name: str) -> list[Explanation]:
    """Why signatures are taken for one person, for every Author of a name.

    Args:
        graph: the workspace file.
        name: a name, another spelling, or the id of an Author.

    Raises:
        UsageError: nobody goes by this name.
    """
    with Workspace(graph) as workspace:
        return [_explanation(workspace, author) for author in _authors(workspace, name)]


def merge_people(
    graph: Path, first: str, second: str, name: str | None = None, people: Path | None = None
) -> BuildReport:
    """Decide that two Authors are one person, and compute the graph anew.

    Args:
        graph: the workspace file.
        first: name or id of an Author.
        second: name or id of another.
        name: what the person shall be called.
        people: the file of decisions; ``people.yaml`` beside the workspace unless named once.

    Raises:
        UsageError: nobody, or several, go by such a name, or both are one already.
        PeopleFileError: the decision contradicts another; nothing is written.
    """
    with Workspace(graph) as workspace:
        a, b = _author(workspace, first), _author(workspace, second)
        if a == b:
            raise UsageError(f"{first!r} and {second!r} are one person already")
        meant = list(dict.fromkeys([*_meaning(workspace, a), *_meaning(workspace, b)]))
    return _decide(graph, merge_text(meant, name), people)


def keep_people_apart(graph: Path, first: str, second: str, people: Path | None = None) -> BuildReport:
    """Decide that two Authors are different people; see `merge_people`."""
    with Workspace(graph) as workspace:
        a, b = _author(workspace, first), _author(workspace, second)
        if a == b:
            raise UsageError(f"{first!r} and {second!r} are one Author; split it by papers")
        meant = [_meaning(workspace, a)[0], _meaning(workspace, b)[0]]
    return _decide(graph, apart_text(meant), people)


def split_person(graph: Path, author: str, papers: list[str], people: Path | None = None) -> BuildReport:
    """Decide that the signatures on some papers are another person's, and compute the graph anew.

    Args:
        graph: the workspace file.
        author: name or id of the Author.
        papers: ids of the papers whose signature is another person's.
        people: see `merge_people`.

    Raises:
        UsageError: the Author did not sign one of the papers, or no other.
    """
    with Workspace(graph) as workspace:
        id = _author(workspace, author)
        signed = _signatures(workspace, id)
        strange = sorted(set(papers) - set(signed))
        if strange:
            raise UsageError(f"{author!r} did not sign {', '.join(strange)}")
        rest = [paper for paper in signed if paper not in papers]
        if not rest:
            raise UsageError(f"{author!r} signed no other paper; there is nothing to split")
        names = {signed[paper] for paper in signed}
    if len(names) > 1:
        raise UsageError(
            f"{author!r} is printed as {', '.join(sorted(names))}; keep these names apart instead"
        )
    return _decide(graph, split_text(min(names), [sorted(set(papers)), rest]), people)


def name_person(graph: Path, author: str, name: str, people: Path | None = None) -> BuildReport:
    """Decide what a person shall be called; see `merge_people`."""
    with Workspace(graph) as workspace:
        meant = _meaning(workspace, _author(workspace, author))
    return _decide(graph, name_text(name, meant[0]) if len(meant) == 1 else merge_text(meant, name), people)


def undo_decision(graph: Path, people: Path | None = None) -> str:
    """Take the last decision out of the file, and compute the graph anew.

    Returns:
        The decision as it stood in the file.

    Raises:
        PeopleFileError: there is none.
    """
    with Workspace(graph) as workspace:
        path = people or people_file(workspace)
    rest, last = without_last_decision(path)
    _change(graph, people, lambda file: write_if_sound(file, rest))
    return last.text


def _decide(graph: Path, text: str, people: Path | None) -> BuildReport:
    return _change(graph, people, lambda file: add_decision(file, text))


def _change(graph: Path, people: Path | None, change: Callable[[Path], PeopleDecisions]) -> BuildReport:
    """Change the file and compute the graph; where that fails, the file is as it was."""
    with Workspace(graph, writable=True) as workspace:
        if people:
            use_people_file(workspace, people)
        path = people_file(workspace)
        before = path.read_bytes() if path.exists() else None
        change(path)
        report = BuildReport()
        try:
            refresh_graph(workspace, report)
        except KgBuilderError:
            if before is None:
                path.unlink()
            else:
                path.write_bytes(before)
            raise
        return report


def _is_explained(workspace: Workspace) -> bool:
    row = workspace.connection.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_name = 'person_doubt'"
    ).fetchone()
    return row != (0,)


def _authors(workspace: Workspace, name: str) -> list[str]:
    """The ids of all Authors that go by a name, have an id, or signed as ``NAME @ PAPER``."""
    printed, on, paper = name.rpartition(" @ ")
    if on:
        signed = workspace.connection.execute(
            "SELECT DISTINCT id FROM person_signature WHERE paper = ? AND lower(name) = lower(?) ORDER BY id",
            [paper, printed],
        ).fetchall()
        if signed:
            return [id for (id,) in signed]
    rows = workspace.connection.execute(
        'SELECT id, name, variants FROM nodes."Author" ORDER BY id'
    ).fetchall()
    exact = [id for id, _, _ in rows if id == name]
    wanted = slug(name)
    found = exact or [id for id, n, variants in rows if wanted in {slug(v) for v in (n, *(variants or ()))}]
    if not found:
        raise UsageError(f"nobody in this graph is called {name!r}")
    return found


def _author(workspace: Workspace, name: str) -> str:
    found = _authors(workspace, name)
    if len(found) > 1:
        shown = ", ".join(found[:10]) + (" …" if len(found) > 10 else "")
        raise UsageError(f"{len(found)} people are called {name!r}; name one by its id: {shown}")
    return found[0]


def _signatures(workspace: Workspace, author: str) -> dict[str, str]:
    """The name printed on each paper of an Author."""
    rows = workspace.connection.execute(
        "SELECT paper, min(name) FROM person_signature WHERE id = ? GROUP BY paper ORDER BY paper", [author]
    ).fetchall()
    return dict(rows)


def _meaning(workspace: Workspace, author: str) -> list[str]:
    """How a people file names the signatures of an Author: by an id, by the name, or one by one."""
    known = workspace.connection.execute(
        "SELECT DISTINCT unnest(ids) FROM person_signature WHERE id = ?", [author]
    ).fetchall()
    ids = sorted((i for (i,) in known), key=scheme_rank)
    signed = _signatures(workspace, author)
    spellings = sorted(set(signed.values()))
    if ids:
        return ids[:1]
    if len(spellings) == 1 and len(_authors(workspace, spellings[0])) == 1:
        return spellings
    return [f"{name} @ {paper}" for paper, name in signed.items()]


def _explanation(workspace: Workspace, author: str) -> Explanation:
    row = workspace.connection.execute(
        'SELECT a.name, a.identity, a.confidence, r.reasons FROM nodes."Author" a '
        "JOIN person_reason r USING (id) WHERE id = ?",
        [author],
    ).fetchone()
    assert row is not None
    name, identity, confidence, reasons = row
    signatures = tuple(f"{n} @ {paper}" for paper, n in _signatures(workspace, author).items())
    return Explanation(author, name, identity, confidence, tuple(reasons), signatures)
