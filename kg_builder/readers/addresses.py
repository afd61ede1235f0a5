"""Ids of papers in web addresses and identifier strings."""

from __future__ import annotations

import re

from kg_builder.ids import arxiv_id

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
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
