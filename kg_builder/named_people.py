"""Which Authors, and which of their signatures, somebody means by a name, and how a people file names them."""

from __future__ import annotations

from kg_builder.errors import UsageError
from kg_builder.ids import slug
from kg_builder.resolve.identity.signatures import scheme_rank
from kg_builder.workspace import Workspace


def authors_named(workspace: Workspace, name: str) -> list[str]:
    """The ids of all Authors that go by a name, have an id, or signed as ``NAME @ PAPER``.

    Args:
        workspace: open.
        name: as the user typed it.

    Raises:
        UsageError: nobody goes by this name.
    """
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


def author_named(workspace: Workspace, name: str) -> str:
    """The id of the one Author that a name means; see `authors_named`.

    Raises:
        UsageError: nobody goes by this name, or several do.
    """
    found = authors_named(workspace, name)
    if len(found) > 1:
        shown = ", ".join(found[:10]) + (" …" if len(found) > 10 else "")
        raise UsageError(f"{len(found)} people are called {name!r}; name one by its id: {shown}")
    return found[0]


def signed_papers(workspace: Workspace, author: str) -> dict[str, str]:
    """The name printed on each paper of an Author."""
    rows = workspace.connection.execute(
        "SELECT paper, min(name) FROM person_signature WHERE id = ? GROUP BY paper ORDER BY paper", [author]
    ).fetchall()
    return dict(rows)


def meaning(workspace: Workspace, author: str) -> list[str]:
    """How a people file names the signatures of an Author: by an id, by the name, or one by one.

    Args:
        workspace: open.
        author: id of the Author.
    """
    known = workspace.connection.execute(
        "SELECT DISTINCT unnest(ids) FROM person_signature WHERE id = ?", [author]
    ).fetchall()
    ids = sorted((i for (i,) in known), key=scheme_rank)
    signed = signed_papers(workspace, author)
    spellings = sorted(set(signed.values()))
    if ids:
        return ids[:1]
    if len(spellings) == 1 and len(authors_named(workspace, spellings[0])) == 1:
        return spellings
    return [f"{name} @ {paper}" for paper, name in signed.items()]


def parted_signatures(workspace: Workspace, author: str, first: str, second: str) -> list[list[str]]:
    """The signatures of one Author that each of two names means, one by one, as a people file names them.

    Where the one means signatures that the other means too, these are the one's, and the other's are the rest.

    Args:
        workspace: open.
        author: id of the Author.
        first: a spelling, an id or ``NAME @ PAPER``.
        second: another.

    Raises:
        UsageError: both mean the same.
    """
    signed = signed_papers(workspace, author)
    one, other = (_papers_meant(workspace, author, name) for name in (first, second))
    if one == other:
        raise UsageError(
            f"{first!r} and {second!r} are the same signatures of one person; say which papers are another person's: "
            f"kg-builder people split {first!r} PAPER"
        )
    groups = (one - other or one, other - one or other)
    return [[f"{signed[paper]} @ {paper}" for paper in sorted(group)] for group in groups]


def _papers_meant(workspace: Workspace, author: str, name: str) -> set[str]:
    """The papers of an Author on which the signature is what a name means: all, where it is the Author's id."""
    rows = workspace.connection.execute(
        "SELECT paper, name, ids FROM person_signature WHERE id = ?", [author]
    ).fetchall()
    on_paper = {paper for paper, printed, _ in rows if name.casefold() == f"{printed} @ {paper}".casefold()}
    spelt = {paper for paper, printed, _ in rows if slug(printed) == slug(name)}
    known = {paper for paper, _, ids in rows if name in ids}
    return on_paper or spelt or known or {paper for paper, _, _ in rows}
