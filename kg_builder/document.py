"""What a reader yields: a paper's metadata, its author names as printed, and passages of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Section = Literal["title", "whats_new", "technical_details", "performance_highlights", "abstract", "body"]
AuthorKind = Literal["person", "organization"]

_LINE_END = re.compile(r"\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HANGUL = re.compile("[가-힣]")


def printed(text: str) -> str:
    """Text as a passage keeps it: line ends as ``\\n``, lone surrogates as U+FFFD, nothing else changed.

    >>> printed("one\\r\\ntwo")
    'one\\ntwo'
    """
    return _SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text))


def language_of(text: str) -> str:
    """``ko`` where the text holds Hangul, else ``en``.

    >>> language_of("GPT-4o를 사용합니다"), language_of("We use GPT-4o.")
    ('ko', 'en')
    """
    return "ko" if _HANGUL.search(text) else "en"


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of a paper's text, as printed.

    Args:
        section: which part of the source it stands in.
        text: the text as printed (see `printed`).
        language: ``ko`` or ``en``; found from the text where not given.
    """

    section: Section
    text: str
    language: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", printed(self.text))
        if not self.language:
            object.__setattr__(self, "language", language_of(self.text))


@dataclass(frozen=True, slots=True)
class Signature:
    """A name printed in a paper's author list.

    Args:
        name: the name as printed, spaces trimmed (``Geunseob Oh`` for a printed ``Geunseob, Oh``).
        kind: ``person``, or ``organization`` for a team or a company in the author list.
        ids: identifiers that the source gives this author, such as ``orcid:0000-0002-…`` or ``hf:account``.
        affiliations: organisations that the source ties to this author on this paper.
    """

    name: str
    kind: AuthorKind = "person"
    ids: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a source that could not be read, or was read with a doubt.

    Args:
        reason: what is wrong, and what to do.
        line: 1-based line in the source, where known.
        paper: title or id of the paper concerned, where known.
        lost: whether an entry could not be read at all (else it was kept, with this warning).
    """

    reason: str
    line: int | None = None
    paper: str | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One paper as one source tells of it.

    Args:
        title: the title as printed.
        arxiv_id: without version, such as ``2412.15118``.
        doi: lower case, without resolver address.
        external_ids: further ids with their scheme, such as ``acl:P19-1001`` or ``openalex:W123``.
        url: where the paper is found.
        votes: votes at the time of listing.
        date: ISO date on which the source lists the paper.
        published: ISO date of publication, as precise as the source gives it.
        venue: journal or proceedings.
        authors: the author list, in the order of the source.
        authors_complete: ``False`` where the source cuts the list off.
        passages: the text in reading order; the title is the first.
        topics: categories and keywords that the source gives.
        organizations: organisations that the source names as the paper's home.
        cites: ids of the papers that the source says are cited.
        problems: doubts about this entry, kept with it.
        line: 1-based line of the source where the entry begins.
    """

    title: str
    arxiv_id: str | None = None
    doi: str | None = None
    external_ids: tuple[str, ...] = ()
    url: str | None = None
    votes: int | None = None
    date: str | None = None
    published: str | None = None
    venue: str | None = None
    authors: tuple[Signature, ...] = ()
    authors_complete: bool = True
    passages: tuple[Passage, ...] = ()
    topics: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    line: int | None = field(default=None, compare=False)

    @property
    def identity(self) -> str:
        """What names this paper in messages: its arXiv id, else its DOI, else its title."""
        return self.arxiv_id or self.doi or self.title
