"""Ids of nodes: derived from content alone, so that any two builds agree."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―_]+")
_NOT_WORD = re.compile(r"[\W_]+")
_ARXIV = re.compile(r"(?:arxiv:)?\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\Z", re.IGNORECASE)

#: Hex digits kept of a hash: 16 (64 bits) keep collisions unlikely up to a billion passages.
_HASH_DIGITS = 16


def content_hash(*parts: object) -> str:
    """A short hash of the parts, each kept apart from its neighbours.

    >>> content_hash("a", "bc") == content_hash("ab", "c")
    False
    """
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_HASH_DIGITS]


def slug(name: str) -> str:
    """A name as an id: NFKC, case folded, runs of space, ``-`` and ``_`` made one ``-``, all else kept.

    >>> slug("Qwen2.5 7B_Instruct"), slug("HumanEval+"), slug("a/b")
    ('qwen2.5-7b-instruct', 'humaneval+', 'a/b')
    """
    return _SEPARATORS.sub("-", unicodedata.normalize("NFKC", name).casefold()).strip("-")


def arxiv_id(text: str) -> str | None:
    """The arXiv id in ``text`` without prefix and version, or ``None`` where it is none.

    >>> arxiv_id("arXiv:2412.15118v2"), arxiv_id("cs/0112017"), arxiv_id("P19-1001")
    ('2412.15118', 'cs/0112017', None)
    """
    found = _ARXIV.match(text.strip())
    return found.group(1) if found else None


def normal_title(title: str) -> str:
    """A title without case, punctuation and spacing, for telling whether two titles are one.

    >>> normal_title("B-STaR:  Monitoring and Balancing")
    'b star monitoring and balancing'
    """
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", title).casefold()).strip()


def paper_keys(
    *,
    title: str,
    arxiv: str | None = None,
    doi: str | None = None,
    external_ids: Iterable[str] = (),
    year: str | None = None,
) -> list[str]:
    """All ids by which a document knows its paper, the first being the one the paper is called by.

    Args:
        title: the printed title.
        arxiv: arXiv id without version.
        doi: DOI in lower case.
        external_ids: further ids with their scheme (``acl:…``, ``openalex:…``).
        year: four digits; it tells papers of one title apart.

    Returns:
        Ids in the order arxiv, doi, acl, openalex, others; where there is none, one ``title:`` id.
    """
    keys = [f"arxiv:{arxiv}"] if arxiv else []
    keys += [f"doi:{doi}"] if doi else []
    external = sorted(set(external_ids))
    for scheme in ("acl:", "openalex:"):
        keys += [e for e in external if e.startswith(scheme)]
    keys += [e for e in external if e not in keys]
    return keys or [f"title:{content_hash(normal_title(title), year)}"]


def author_id(name: str) -> str:
    """The id of an author of whom only the name is known.

    >>> author_id("Keren Gu-Lemberg")
    'name:keren-gu-lemberg'
    """
    return f"name:{slug(name)}"


def passage_id(paper: str, section: str, text: str) -> str:
    """The id of a passage: its paper, its section and a hash of its text."""
    return f"{paper}/{section}/{content_hash(text)}"


def source_id(location: str) -> str:
    """The id of a source: a hash of its stated location."""
    return f"source:{content_hash(location)}"


def relationship_id(start_label: str, start: str, kind: str, end_label: str, end: str) -> str:
    """The id of a relationship: ``START|TYPE|END``, each end as ``Label/id``."""
    return f"{start_label}/{start}|{kind}|{end_label}/{end}"
