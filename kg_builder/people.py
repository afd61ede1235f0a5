"""Decisions on people, kept in a file that people review: suggested, written, undone, explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg_builder.errors import KgBuilderError, UsageError
from kg_builder.ingest.premises import people_file, use_people_file
from kg_builder.ingest.refresh import refresh_graph
from kg_builder.ingest.report import BuildReport
from kg_builder.named_people import author_named, authors_named, meaning, parted_signatures, signed_papers
from kg_builder.resolve.identity.decisions import PeopleDecisions
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
        wrong_pairs: pairs of signatures that are expected to be wrong as it is: what a decision is worth.
        reason: what speaks for it.
    """

    first: str
    second: str
    first_signature: str
    second_signature: str
    probability: float
    wrong_pairs: float
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
        titles: of the paper of each signature.
    """

    id: str
    name: str
    identity: str
    confidence: float
    reasons: tuple[str, ...]
    signatures: tuple[str, ...]
    titles: tuple[str, ...]


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
        return [_explanation(workspace, author) for author in authors_named(workspace, name)]


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
        a, b = author_named(workspace, first), author_named(workspace, second)
        if a == b:
            raise UsageError(f"{first!r} and {second!r} are one person already")
        meant = list(dict.fromkeys([*meaning(workspace, a), *meaning(workspace, b)]))
    return _decide(graph, merge_text(meant, name), people)


def keep_people_apart(graph: Path, first: str, second: str, people: Path | None = None) -> BuildReport:
    """Decide that two Authors, or two spellings of one, are different people, and compute the graph anew.

    Where both are one Author, its signatures are parted: those that the one name means from those of the other. A name
    that means some of the other's too leaves it the rest.

    Args:
        graph: the workspace file.
        first: name or id of an Author, or a name on a paper.
        second: another.
        people: see `merge_people`.

    Raises:
        UsageError: nobody, or several, go by such a name, or both mean the same signatures.
        PeopleFileError: the decision contradicts another; nothing is written.
    """
    with Workspace(graph) as workspace:
        a, b = author_named(workspace, first), author_named(workspace, second)
        if a != b:
            meant = [meaning(workspace, a), meaning(workspace, b)]
        else:
            meant = parted_signatures(workspace, a, first, second)
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
        signed = signed_papers(workspace, author_named(workspace, author))
    strange = sorted(set(papers) - set(signed))
    if strange:
        raise UsageError(f"{author!r} did not sign {', '.join(strange)}")
    groups = [sorted(set(papers)), [paper for paper in signed if paper not in papers]]
    if not groups[1]:
        raise UsageError(f"{author!r} signed no other paper; there is nothing to split")
    names = set(signed.values())
    if len(names) == 1:
        return _decide(graph, split_text(min(names), groups), people)
    # A split in the file is of one spelling; signatures of several are told apart one by one.
    meant = [[f"{signed[paper]} @ {paper}" for paper in group] for group in groups]
    return _decide(graph, apart_text(meant), people)


def name_person(graph: Path, author: str, name: str, people: Path | None = None) -> BuildReport:
    """Decide what a person shall be called; see `merge_people`."""
    with Workspace(graph) as workspace:
        meant = meaning(workspace, author_named(workspace, author))
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


def _explanation(workspace: Workspace, author: str) -> Explanation:
    row = workspace.connection.execute(
        'SELECT a.name, a.identity, a.confidence, r.reasons FROM nodes."Author" a '
        "JOIN person_reason r USING (id) WHERE id = ?",
        [author],
    ).fetchone()
    assert row is not None
    name, identity, confidence, reasons = row
    signed = signed_papers(workspace, author)
    titles = _titles(workspace, author)
    return Explanation(
        author,
        name,
        identity,
        confidence,
        tuple(reasons),
        tuple(f"{n} @ {paper}" for paper, n in signed.items()),
        tuple(titles[paper] for paper in signed),
    )


def _titles(workspace: Workspace, author: str) -> dict[str, str]:
    """The titles of the papers of an Author, by id."""
    query = (
        'SELECT p.id, p.title FROM nodes."Paper" p JOIN person_signature s ON s.paper = p.id WHERE s.id = ?'
    )
    return dict(workspace.connection.execute(query, [author]).fetchall())
