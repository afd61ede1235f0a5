"""Which documents tell of one paper: documents that share an id are one, whatever the order of arrival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg_builder.ids import paper_keys

#: Which source format is believed first where two disagree (the first ranks highest).
FORMAT_RANK = ("acl", "openalex", "arxiv", "huggingface", "bibtex", "digest")

#: Which id a paper is called by (the first ranks highest); any other scheme comes after these.
_SCHEMES = ("arxiv", "doi", "acl", "openalex")


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

    def knows(self, key: str) -> bool:
        """Whether any document goes by this key."""
        return key in self._parent

    def name(self, key: str) -> str:
        """The best key of the group that the key is in."""
        root = self._parent.setdefault(key, key)
        while root != self._parent[root]:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root


def resolve_papers(documents: Iterable[Mapping[str, object]]) -> tuple[list[tuple[str, int, str]], Groups]:
    """The paper id of every document.

    Args:
        documents: rows with ``source``, ``document``, ``title``, ``arxiv_id``, ``doi``, ``external_ids``,
            ``published`` and ``date``.

    Returns:
        (source, document, paper id) for each row, and the groups, by which any known id finds its paper.
    """
    groups = Groups()
    first_keys = []
    for row in documents:
        when = str(row["published"] or row["date"] or "")
        external = row["external_ids"]
        assert external is None or isinstance(external, list)
        keys = paper_keys(
            title=str(row["title"]),
            arxiv=_text(row["arxiv_id"]),
            doi=_text(row["doi"]),
            external_ids=external or (),
            year=when[:4] or None,
        )
        groups.join(keys)
        document = row["document"]
        assert isinstance(document, int)
        first_keys.append((str(row["source"]), document, keys[0]))
    return [(source, document, groups.name(key)) for source, document, key in first_keys], groups


def _text(value: object) -> str | None:
    return None if value is None else str(value)
