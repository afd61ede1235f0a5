"""Which documents tell of one paper: documents that share an id are one, whatever the order of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from kg_builder.ids import paper_keys

#: Which source format is believed first where two disagree (the first ranks highest).
FORMAT_RANK = ("acl", "openalex", "arxiv", "huggingface", "bibtex", "digest")

#: Which id a paper is called by (the first ranks highest); any other scheme comes after these.
_SCHEMES = ("arxiv", "doi", "acl", "openalex")

#: By which ids a document knows its paper; the first key is the one that the document alone would call it by.
DOCUMENT_KEY: Final = {
    "source": pa.string(),
    "document": pa.int32(),
    "keys": pa.list_(pa.string()),
    "first_key": pa.string(),
    "count": pa.int32(),
}


def _rank(key: str) -> tuple[int, str]:
    scheme = key.partition(":")[0]
    return (_SCHEMES.index(scheme) if scheme in _SCHEMES else len(_SCHEMES), key)


class Groups:
    """A disjoint set over keys; each group is called by its best key.

    Example:
        >>> groups = Groups()
        >>> groups.join(["doi:10.1/x", "arxiv:2412.1"])
        >>> groups.join(["doi:10.1/x", "acl:P1"])
        >>> groups.name("acl:P1")
        'arxiv:2412.1'
    """

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def join(self, keys: Iterable[str]) -> None:
        """Put all keys into one group."""
        roots = {self.name(key) for key in keys}
        if roots:
            best = min(roots, key=_rank)
            for root in roots:
                self._parent[root] = best

    def name(self, key: str) -> str:
        """The best key of the group that the key is in."""
        root = self._parent.setdefault(key, key)
        while root != self._parent[root]:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root


def document_key(document: Mapping[str, Any]) -> tuple[str, int, list[str], str, int]:
    """By which ids a document knows its paper.

    Args:
        document: a row with ``source``, ``document``, ``title``, ``arxiv_id``, ``doi``, ``external_ids``,
            ``published`` and ``date``.

    Returns:
        A row of `DOCUMENT_KEY`.
    """
    keys = paper_keys(
        title=document["title"],
        arxiv=document["arxiv_id"],
        doi=document["doi"],
        external_ids=document["external_ids"] or (),
        year=(document["published"] or document["date"] or "")[:4] or None,
    )
    return document["source"], document["document"], keys, min(keys, key=_rank), len(keys)


def joined_keys(sets: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """What each id is called by that documents share.

    Args:
        sets: the ids of each document that knows its paper by several, of which others know one.

    Returns:
        (id, the best id of its paper), by id.

    Example:
        >>> joined_keys([["arxiv:2412.1", "doi:10.1/x"], ["doi:10.1/x", "acl:P1"]])
        [('acl:P1', 'arxiv:2412.1'), ('arxiv:2412.1', 'arxiv:2412.1'), ('doi:10.1/x', 'arxiv:2412.1')]
    """
    groups = Groups()
    known: set[str] = set()
    for keys in sets:
        groups.join(keys)
        known.update(keys)
    return [(key, groups.name(key)) for key in sorted(known)]
