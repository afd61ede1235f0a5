"""The search: names by their words, in any case, the best and the most important first; mistakes are forgiven."""

from __future__ import annotations

from dataclasses import dataclass

from kg_builder.explore.snapshot import SnapshotFile

#: Kinds of things that have a page of their own and are found by name, in the order in which they are offered.
FOUND = ("Paper", "Author", "Model", "Benchmark", "Method", "Organization", "Metric", "Topic")

#: Characters and words of a search that are looked at.
_LONGEST, _MOST_WORDS = 200, 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found."""

    number: int
    label: str
    id: str
    name: str
    importance: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Args:
        hits: one page of them.
        total: how many there are.
        spelled: the words that were looked for, where those asked for are nowhere and similar ones are.
    """

    hits: tuple[Hit, ...]
    total: int
    spelled: str | None = None


def search(
    snapshot: SnapshotFile, text: str, *, label: str | None = None, first: int = 0, most: int = 20
) -> Found:
    """Find things by name.

    All words must occur in one of its names, in any order, each whole or in part. First come names that are the
    text, then those that begin with it, then those in which a word begins with it, then the rest; among equals
    the more important, which is votes and the number of relationships. Where nothing is found, words that
    differ by one or two letters are looked for.

    Args:
        snapshot: where to look.
        text: what to look for.
        label: one of `FOUND`; all where ``None``.
        first: how many hits to pass over.
        most: how many hits to return.
    """
    folded = _folded(snapshot, text[:_LONGEST])
    if not folded:
        return Found((), 0)
    found = _search(snapshot, folded, label, first, most)
    if found.total:
        return found
    spelled = _respelled(snapshot, folded)
    if spelled == folded:
        return found
    again = _search(snapshot, spelled, label, first, most)
    return Found(again.hits, again.total, spelled if again.total else None)


def _folded(snapshot: SnapshotFile, text: str) -> str:
    # A lone surrogate cannot be asked for.
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
    return str(snapshot.rows("SELECT folded($text) AS folded", {"text": clean})[0]["folded"])


def _search(snapshot: SnapshotFile, folded: str, label: str | None, first: int, most: int) -> Found:
    words = list(dict.fromkeys(folded.split(" ")))[:_MOST_WORDS]
    conditions = [f"contains(folded, $word{place})" for place in range(len(words))]
    values: dict[str, object] = {f"word{place}": word for place, word in enumerate(words)}
    if label is not None:
        conditions.append("label = $label")
        values["label"] = label
    # The numbers of nodes are their ranks by importance.
    rows = snapshot.rows(
        f"""
        WITH hit AS (
            SELECT number, min(CASE WHEN folded = $text THEN 0 WHEN starts_with(folded, $text) THEN 1
                WHEN contains(folded, ' ' || $text) THEN 2 ELSE 3 END) AS class
            FROM name WHERE {" AND ".join(conditions)} GROUP BY number
        ), page AS (
            SELECT number, class, count(*) OVER () AS total FROM hit
            ORDER BY class, number LIMIT $most OFFSET $first
        )
        SELECT n.number, n.label, n.id, n.name, n.importance, total
        FROM page JOIN node n USING (number) ORDER BY class, number
        """,  # noqa: S608
        {**values, "text": folded, "most": most, "first": first},
    )
    hits = tuple(Hit(r["number"], r["label"], r["id"], r["name"], r["importance"]) for r in rows)
    return Found(hits, rows[0]["total"] if rows else 0)


def _respelled(snapshot: SnapshotFile, folded: str) -> str:
    """The text with each word that occurs nowhere replaced by the likeliest that does."""
    words = folded.split(" ")[:_MOST_WORDS]
    return " ".join(_likeliest(snapshot, word) for word in words)


def _likeliest(snapshot: SnapshotFile, word: str) -> str:
    if len(word) < (4 if word.isascii() else 3):
        return word
    # DuckDB counts bytes: a syllable of Hangul is three.
    mistakes = (1 if len(word) < 6 else 2) if word.isascii() else 3
    # So many mistakes leave one of these parts as it is, which is quicker to look for; two letters that have
    # changed places may spoil two parts.
    size = max(1, len(word) // (mistakes + 2))
    parts = [word[at : at + size] for at in range(0, size * (mistakes + 2), size)] if word.isascii() else [""]
    holds = " OR ".join(f"contains(word, $part{place})" for place in range(len(parts)))
    rows = snapshot.rows(
        f"""
        SELECT word FROM word
        WHERE ({holds}) AND abs(strlen(word) - strlen($word)) <= $mistakes
            AND damerau_levenshtein(word, $word) <= $mistakes
            AND (strlen(word) > length(word)) = (strlen($word) > length($word))
        ORDER BY damerau_levenshtein(word, $word), uses DESC, word LIMIT 1
        """,  # noqa: S608
        {"word": word, "mistakes": mistakes, **{f"part{i}": part for i, part in enumerate(parts)}},
    )
    return str(rows[0]["word"]) if rows else word
