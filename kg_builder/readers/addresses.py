"""Ids of papers in web addresses and identifier strings."""

from __future__ import annotations

import re

from kg_builder.ids import arxiv_id

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ACL = re.compile(
    r"https?://(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/"
    r"([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9]{1,40}-[a-z0-9]{1,40}\.\d{1,5})(?:\.pdf|/|\Z)"
)
_OPENALEX = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:works/|authors/)?)?([WAIwai]\d{1,15})")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(\S+)", re.IGNORECASE)


def arxiv_id_of(address: str | None) -> str | None:
    """The arXiv id in an address, as arXiv, the Hugging Face pages and others write it.

    >>> arxiv_id_of("https://arxiv.org/pdf/2412.15118v2.pdf"), arxiv_id_of("https://arxiv.org/abs/cs/0112017")
    ('2412.15118', 'cs/0112017')
    """
    path = re.split(r"[?#]", address or "", maxsplit=1)[0].rstrip("/").removesuffix(".pdf")
    parts = path.rsplit("/", 2)
    return arxiv_id(parts[-1]) or arxiv_id("/".join(parts[-2:]))


def doi_of(text: str | None) -> str | None:
    """A DOI in lower case without resolver address, or ``None``.

    >>> doi_of("https://doi.org/10.18653/v1/P19-1001"), doi_of("P19-1001")
    ('10.18653/v1/p19-1001', None)
    """
    found = _DOI.fullmatch((text or "").strip())
    return found.group(1).lower() if found else None


def arxiv_id_of_doi(doi: str | None) -> str | None:
    """The arXiv id that one of arXiv's own DOIs stands for.

    >>> arxiv_id_of_doi("10.48550/arxiv.2101.00001")
    '2101.00001'
    """
    found = _ARXIV_DOI.fullmatch(doi or "")
    return arxiv_id(found.group(1)) if found else None


def acl_id_of(address: str | None) -> str | None:
    """The Anthology's id in one of its addresses.

    >>> acl_id_of("https://aclanthology.org/P19-1001/"), acl_id_of("https://www.aclweb.org/anthology/P19-1001.pdf")
    ('P19-1001', 'P19-1001')
    """
    found = _ACL.match(address or "")
    return found.group(1) if found else None


def openalex_id_of(address: str | None, kind: str) -> str | None:
    """The id in one of OpenAlex's addresses, where it is of the kind: ``W`` for works, ``A`` for authors.

    >>> openalex_id_of("https://openalex.org/W2741809807", "W"), openalex_id_of("https://openalex.org/A5", "W")
    ('W2741809807', None)
    """
    found = _OPENALEX.fullmatch((address or "").strip())
    return found.group(1).upper() if found and found.group(1)[0].upper() == kind else None
