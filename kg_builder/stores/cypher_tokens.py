"""Cypher split into tokens, strictly: what Neo4j and kglite could read in two ways is refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from kg_builder.errors import QueryError, ReadOnlyError


class TokenKind(Enum):
    """What a token is."""

    WORD = auto()
    """A bare name or keyword."""
    QUOTED = auto()
    """A name in backticks."""
    STRING = auto()
    NUMBER = auto()
    SYMBOL = auto()
    """One character of punctuation, or ``..``, ``::``."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query.

    Args:
        kind: what it is.
        text: for a word or a quoted name the name itself, for anything else the characters as written.
        line: its 1-based line in the query.
    """

    kind: TokenKind
    text: str
    line: int

    @property
    def keyword(self) -> str:
        """A word as the engines compare keywords: without case; empty for anything that is no word.

        Folding goes further than either engine's, so that no letter passes for another unseen (``ſ`` for S).
        """
        if self.kind is not TokenKind.WORD:
            return ""
        return unicodedata.normalize("NFKC", self.text).upper().casefold().upper()

    def is_symbol(self, *texts: str) -> bool:
        """Whether this is one of these symbols."""
        return self.kind is TokenKind.SYMBOL and self.text in texts


# Number before word: `1CREATE` is a number and a keyword to some lexers.
_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\n]+|\r\n)
  | (?P<comment>//[^\n]*)
  | (?P<block>/\*.*?\*/)
  | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
  | (?P<quoted>`(?:[^`]|``)*`)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<symbol>\.\.|::|[-+*/%^=~<>!|&(){}\[\],.:;$])
    """,
    re.VERBOSE | re.DOTALL,
)

#: Neo4j replaces these before it reads anything else, kglite only inside strings.
_UNICODE_ESCAPE = re.compile(r"\\u+([0-9A-Fa-f]{0,4})")

#: Line ends to one reader and not to another.
_DOUBTFUL_LINE_ENDS = re.compile("\r(?!\n)|[\v\f\x1c-\x1e\x85\u2028\u2029]")

_NOT_CLOSED = {"'": "a string", '"': "a string", "`": "a name in backticks"}


def tokenize(cypher: str) -> list[Token]:
    """Split a query into tokens; white space and comments are left out.

    Args:
        cypher: the query as the user wrote it.

    Raises:
        QueryError: a string or a name is not closed.
        ReadOnlyError: two engines could split it differently: unicode escapes for ASCII characters, odd line
            ends in comments, nested comments, unusual characters.
    """
    tokens: list[Token] = []
    position, line = 0, 1
    while position < len(cypher):
        found = _TOKEN.match(cypher, position)
        if found is None:
            raise _unreadable(cypher[position], line)
        kind, text = str(found.lastgroup), found.group()
        _refuse_doubtful(kind, text, line)
        if kind == "quoted":
            tokens.append(Token(TokenKind.QUOTED, text[1:-1].replace("``", "`"), line))
        elif kind in ("string", "number", "word", "symbol"):
            tokens.append(Token(TokenKind[kind.upper()], text, line))
        line += text.count("\n")
        position = found.end()
    _refuse_open_decimals(tokens)
    return tokens


def parameter_names(tokens: list[Token]) -> set[str]:
    """The names of the parameters (``$name``) that a query uses."""
    pairs = pairwise(tokens)
    return {b.text for a, b in pairs if a.is_symbol("$") and b.kind in (TokenKind.WORD, TokenKind.QUOTED)}


def _unreadable(character: str, line: int) -> QueryError:
    if character in _NOT_CLOSED:
        return QueryError(f"line {line} of the query: {_NOT_CLOSED[character]} is not closed")
    name = unicodedata.name(character, "a control character")
    return ReadOnlyError(
        f"line {line} of the query: U+{ord(character):04X} ({name}) may stand only in a string or a comment"
    )


def _refuse_doubtful(kind: str, text: str, line: int) -> None:
    for escape in _UNICODE_ESCAPE.finditer(text):
        code = escape.group(1)
        if kind != "string" or len(code) < 4 or int(code, 16) < 0x80:
            raise ReadOnlyError(
                f"line {line} of the query: write the character itself instead of {escape.group()!r}"
            )
    if kind == "quoted" and "\\" in text:
        raise ReadOnlyError(f"line {line} of the query: a name in backticks may not hold a backslash")
    if kind in ("comment", "block") and _DOUBTFUL_LINE_ENDS.search(text.removesuffix("\r")):
        raise ReadOnlyError(f"line {line} of the query: a comment holds a line end that is none everywhere")
    if kind == "block" and ("/*" in text[1:] or text.startswith("/*/")):
        raise ReadOnlyError(f"line {line} of the query: a comment may not hold the beginning of another one")


def _refuse_open_decimals(tokens: list[Token]) -> None:
    # `1. SET` is a property of 1 to one reader, the number 1.0 and a clause to another.
    for number, dot in pairwise(tokens):
        if number.kind is TokenKind.NUMBER and dot.is_symbol("."):
            raise ReadOnlyError(f"line {dot.line} of the query: write {number.text}.0 for {number.text}.")
