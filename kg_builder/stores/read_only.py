"""The guard before both engines: a query may read the graph, and nothing else.

A read transaction is no sandbox: in it Neo4j still runs LOAD CSV and procedures that read files or addresses,
and kglite's read-only mode still reads files. So a query is let through only when every clause, function and
procedure in it is on the allow-list of ``allowed_cypher.yaml``. Where the engines could understand a query
differently from this module, it is refused too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from kg_builder.errors import QueryError, ReadOnlyError
from kg_builder.stores.cypher_tokens import Token, TokenKind, parameter_names, tokenize

#: kglite reads unions and subqueries by recursion; some hundreds of them take the process down with it.
_MOST_CHARACTERS = 100_000
_MOST_UNIONS = 50
_DEEPEST_NESTING = 50

_NAMES = (TokenKind.WORD, TokenKind.QUOTED)
_SUBQUERIES = frozenset({"EXISTS", "COUNT", "COLLECT", "CALL"})


@dataclass(frozen=True, slots=True)
class AllowedCypher:
    """The allow-list; see ``allowed_cypher.yaml`` for what each part means."""

    clauses: frozenset[str]
    keywords: frozenset[str]
    operands: frozenset[str]
    refused: frozenset[str]
    before_brackets: frozenset[str]
    functions: frozenset[str]
    procedures: frozenset[str]


@cache
def allowed_cypher() -> AllowedCypher:
    """The allow-list that ships with the package."""
    path = Path(__file__).with_name("allowed_cypher.yaml")
    tree = cast(dict[str, Any], yaml.safe_load(path.read_text(encoding="utf-8")))
    functions = frozenset(name for row in tree.pop("functions") for name in row)
    return AllowedCypher(functions=functions, **{name: frozenset(words) for name, words in tree.items()})


def check_read_only(cypher: str) -> None:
    """Let a query pass that only reads the graph.

    Args:
        cypher: one statement, with or without a ``;`` at its end.

    Raises:
        ReadOnlyError: it writes, reads files, reaches the network, administers, or calls what is not on the
            allow-list; the message names the word and what is allowed.
        QueryError: it is empty, no Cypher at all, or too long or deep for an engine to read safely.

    Example:
        >>> check_read_only("MATCH (m:Model {name: 'CREATE (n)'}) RETURN m.set")
        >>> check_read_only("RETURN apoc.load.json('x')")
        Traceback (most recent call last):
        kg_builder.errors.ReadOnlyError: line 1 of the query: the function apoc.load.json is not allowed in a query
    """
    _check_statement(_tokens(cypher))


def check_query(cypher: str, parameters: Mapping[str, Any]) -> None:
    """What both engines ask of a query before it runs: it only reads, and has its parameters.

    Raises:
        ReadOnlyError: it would do more than read (see `check_read_only`).
        QueryError: it is no Cypher, or a parameter has no value.
    """
    tokens = _tokens(cypher)
    _check_statement(tokens)
    missing = sorted(parameter_names(tokens) - set(parameters))
    if missing:
        given = " ".join(f"-p {name}=…" for name in missing)
        raise QueryError(f"the query needs {', '.join('$' + name for name in missing)}; give {given}")


def _tokens(cypher: str) -> list[Token]:
    if len(cypher) > _MOST_CHARACTERS:
        raise QueryError(
            f"the query is longer than {_MOST_CHARACTERS:,} characters; give long lists as parameters"
        )
    return tokenize(cypher)


def _check_statement(tokens: Sequence[Token]) -> None:
    statement = _one_statement(tokens)
    allowed = allowed_cypher()
    for position, token in enumerate(statement):
        if token.kind is TokenKind.WORD and not _is_name(statement, position):
            _check_word(statement, position, allowed)
    _check_functions(statement, allowed)
    _check_procedures(statement, allowed)
    _check_size(statement)


def _one_statement(tokens: Sequence[Token]) -> Sequence[Token]:
    for position, token in enumerate(tokens):
        if token.is_symbol(";"):
            if position + 1 < len(tokens):
                raise ReadOnlyError(f"line {token.line} of the query: one statement at a time, please")
            tokens = tokens[:position]
    if not tokens:
        raise QueryError("the query is empty")
    return tokens


def _is_name(tokens: Sequence[Token], position: int) -> bool:
    """Whether a bare word can be nothing but a name: after ``.``, ``:``, ``$``, or as a key of a map."""
    before = tokens[position - 1] if position else None
    if before is None:
        return False
    if before.is_symbol(".", ":", "::", "$"):
        return True
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    return before.is_symbol("{", ",") and after is not None and after.is_symbol(":")


def _check_word(tokens: Sequence[Token], position: int, allowed: AllowedCypher) -> None:
    word = tokens[position]
    if word.keyword in allowed.refused:
        raise _refusal(
            word,
            f"{word.text} is refused: queries only read; a name is written `{word.text}`, in backticks",
        )
    if _begins_a_query(tokens, position):
        if word.keyword not in allowed.clauses:
            clauses = ", ".join(sorted(allowed.clauses))
            raise _refusal(word, f"a query may not begin with {word.text}, only with {clauses}")
    elif _ends_an_operand(tokens, position - 1, allowed) and word.keyword not in allowed.keywords:
        raise _refusal(
            word, f"{word.text} may not stand here: it is none of the clauses that a query may use"
        )


def _begins_a_query(tokens: Sequence[Token], position: int) -> bool:
    if position == 0:
        return True
    before = tokens[position - 1]
    further = tokens[position - 2] if position > 1 else before
    if before.keyword == "UNION":
        return tokens[position].keyword not in ("ALL", "DISTINCT")
    if before.is_symbol("{"):
        return further.keyword in _SUBQUERIES or further.is_symbol(")")
    return before.keyword in ("ALL", "DISTINCT") and further.keyword == "UNION"


def _ends_an_operand(tokens: Sequence[Token], position: int, allowed: AllowedCypher) -> bool:
    """Whether a finished operand ends here, so that a bare word after it must be a keyword."""
    token = tokens[position]
    if token.kind is TokenKind.WORD:
        return (
            _is_name(tokens, position)
            or token.keyword in allowed.operands
            or token.keyword not in allowed.keywords | {"ANY", "NONE", "SINGLE", "SHORTEST", *_SUBQUERIES}
        )
    if token.kind is not TokenKind.SYMBOL:
        return True
    if token.text == "*":  # `RETURN *`, where `2 * n` is none
        return position > 0 and tokens[position - 1].keyword in ("WITH", "RETURN", "DISTINCT", "YIELD")
    return token.text in (")", "]", "}")


def _check_functions(tokens: Sequence[Token], allowed: AllowedCypher) -> None:
    for first, last in _dotted_names(tokens):
        if last + 1 >= len(tokens) or not tokens[last + 1].is_symbol("("):
            continue
        single = first == last and tokens[first].kind is TokenKind.WORD
        if first and tokens[first - 1].is_symbol("$"):
            continue  # $(…) and $any(…) name labels
        if first and tokens[first - 1].keyword == "CALL":
            continue  # a procedure
        if single and tokens[first].keyword in allowed.before_brackets:
            continue
        name = ".".join(t.text for t in tokens[first : last + 1 : 2])
        if name.lower() not in allowed.functions:
            raise _refusal(tokens[first], f"the function {name} is not allowed in a query")


def _check_procedures(tokens: Sequence[Token], allowed: AllowedCypher) -> None:
    names = dict(_dotted_names(tokens))
    for position, token in enumerate(tokens[:-1]):
        if token.keyword != "CALL" or _is_name(tokens, position) or position + 1 not in names:
            continue
        name = ".".join(t.text for t in tokens[position + 1 : names[position + 1] + 1 : 2])
        if name.lower() not in {procedure.lower() for procedure in allowed.procedures}:
            valid = ", ".join(sorted(allowed.procedures))
            raise _refusal(token, f"the procedure {name} may not be called, only {valid}")


def _check_size(tokens: Sequence[Token]) -> None:
    depth = 0
    for token in tokens:
        depth += token.is_symbol("(", "[", "{") - token.is_symbol(")", "]", "}")
        if depth > _DEEPEST_NESTING:
            raise QueryError(
                f"line {token.line} of the query: brackets nest deeper than {_DEEPEST_NESTING} levels"
            )
    if sum(token.keyword == "UNION" for token in tokens) > _MOST_UNIONS:
        raise QueryError(f"the query has more than {_MOST_UNIONS} UNIONs; UNWIND a list instead")


def _dotted_names(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First and last position of every ``a.b.c``; a single name is one too."""
    position = 0
    while position < len(tokens):
        if tokens[position].kind not in _NAMES:
            position += 1
            continue
        last = position
        while last + 2 < len(tokens) and tokens[last + 1].is_symbol(".") and tokens[last + 2].kind in _NAMES:
            last += 2
        yield position, last
        position = last + 1


def _refusal(token: Token, reason: str) -> ReadOnlyError:
    return ReadOnlyError(f"line {token.line} of the query: {reason}")
