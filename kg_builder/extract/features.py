"""What a judge sees of a candidate: its name, its place in the document, the words around it.

A feature is a string, and what is kept of it is its hash: 32 bits tell the features of one document apart, and the
last `FEATURE_BITS` of them say where its weights stand in a table of fixed size, so that the weights need no
dictionary. Words are hashed once, not at each name beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from kg_builder.extract.candidates import Candidate, CandidateSet, Occurrence
from kg_builder.extract.contexts import NAME, PassageWords, passage_words
from kg_builder.extract.draft import Draft
from kg_builder.extract.kept import Kept
from kg_builder.extract.name_features import feature_hash, name_hashes
from kg_builder.extract.statements import KINDS, KindNoun, KindNouns, kind_noun, statements
from kg_builder.extract.structure import Structure

FEATURE_BITS = 18
FEATURE_MASK = (1 << FEATURE_BITS) - 1
_REACH = 8
_SENTENCE_REACH = 40
_MAX_OCCURRENCES = 8
_LISTING = frozenset(
    (NAME, ",", "and", "or", "와", "과", "및", "이나", "나", "그리고", "/", "&", "(", ")", "등", "또는", "의")
)
_DEFINED = ("", "defined=short", "defined=long")
_NO_WORD = b"^"
_SEED = {
    f: feature_hash(f)
    for f in ("l=", "r=", "L1=", "L2=", "L12=", "L123=", "R1=True", "R1=False", "R2=", "R12=", "LR=")
}
_NO_CONTEXT = (feature_hash("no-context"),)

Hashes = Collection[int]
WordFeatures = tuple[int, tuple[int, ...], tuple[int, ...], bytes, KindNoun | None]


def _stems(word: str) -> tuple[str, ...]:
    if word >= "가":
        return (word[:2], word[:3], word) if len(word) > 3 else (word[:2], word) if len(word) > 2 else (word,)
    return (word,)


def _word_features(word: str) -> WordFeatures:
    """The features of a word somewhere in a name's sentence, near before the name, near after it; its bytes; the kind
    that it tells of.
    """
    stems = _stems(word)
    return (
        feature_hash(f"s={word[:3] if word >= '가' else word}"),
        tuple([feature_hash(stem, _SEED["l="]) for stem in stems]),
        tuple([feature_hash(stem, _SEED["r="]) for stem in stems]),
        word.encode(),
        kind_noun(word),
    )


_WORDS = Kept(_word_features)


def _beside_list_hashes(side: str, skipped: int, word: str) -> tuple[int, ...]:
    """The features of the first word on one side that is no member of a name's own list."""
    stems = _stems(word)
    return tuple(
        [feature_hash(f"list-{place}={stem}") for place in (side, f"{side}{skipped}") for stem in stems]
    )


#: For each side what is kept of words behind so many members of the list, of which more than three count as three.
_BESIDE_LIST = {side: [Kept(partial(_beside_list_hashes, side, n)) for n in range(4)] for side in "lr"}


@lru_cache(maxsize=1 << 10)
def _statement_hash(pattern: str, kind: int) -> int:
    return feature_hash(f"said-{pattern}={KINDS[kind]}")


class CandidateFeatures(NamedTuple):
    """What a judge sees of one candidate; no group of hashes is empty.

    Args:
        name: features of the name.
        place: features of its place in the document.
        context: features of the words around it.
        said: how often the text says outright that it stands for each of `KINDS`.
    """

    name: Hashes
    place: Hashes
    context: Hashes
    said: list[float]


@dataclass(slots=True)
class _HashedPassage:
    """A passage's words and, for each of them, its features (see `_word_features`)."""

    words: PassageWords
    shared: Sequence[int]
    before: Sequence[tuple[int, ...]]
    after: Sequence[tuple[int, ...]]
    encoded: Sequence[bytes]
    nouns: KindNouns

    @classmethod
    def of(cls, words: PassageWords) -> _HashedPassage:
        known = map(_WORDS.__getitem__, words.words)
        shared, before, after, encoded, nouns = zip(*known, strict=True) if words.words else ((),) * 5
        return cls(words, shared, before, after, encoded, KindNouns.among(nouns))


@dataclass(slots=True)
class _View:
    """A document as the features of its candidates are read from it."""

    candidates: list[Candidate]
    ties: Structure
    passages: dict[int, _HashedPassage]
    language: int
    title_words: dict[str, set[int]] = field(default_factory=dict)


def candidate_features(draft: Draft, found: CandidateSet, ties: Structure) -> Iterator[CandidateFeatures]:
    """The features of each candidate: those of its name, of its place in the document, of the words around it.

    Args:
        draft: the document.
        found: its candidates.
        ties: how they hang together.

    """
    passages = {i: _HashedPassage.of(words) for i, words in passage_words(draft, found).items()}
    korean = any(p.language == "ko" for p in draft.document.passages)
    view = _View(list(found.by_key.values()), ties, passages, feature_hash("ko:" if korean else "en:"))
    for index, candidate in enumerate(view.candidates):
        context, said = _contexts(view, candidate)
        place = _place_hashes(view, index)
        yield CandidateFeatures(name_hashes(candidate.text), place, context or _NO_CONTEXT, said)


def _place_hashes(view: _View, index: int) -> set[int]:
    """Where and how often a candidate stands in its document; each feature also by language."""
    candidate, language = view.candidates[index], view.language
    occurrences = candidate.occurrences
    body = [place for place in occurrences if view.passages[place.passage].words.section != "title"]
    maximal = sum([o.maximal for o in occurrences]) * 3 // max(1, len(occurrences))
    found = set(_count_hashes(candidate.in_title, min(len(body), 6), maximal, language))
    if body:
        found.update(_first_hashes(_first_place(view, body[0]), language))
        for section in {view.passages[place.passage].words.section for place in body}:
            found.update(_with_language(f"in={section}", language))
    for feature in _related_features(view, index):
        found.update(_with_language(feature, language))
    if candidate.in_title:
        found |= _title_hashes(view, candidate.in_title)
    return found


@lru_cache(maxsize=1 << 12)
def _with_language(feature: str, language: int) -> tuple[int, int]:
    return feature_hash(feature), feature_hash(feature, language)


@lru_cache(maxsize=1 << 12)
def _count_hashes(in_title: str, count: int, maximal: int, language: int) -> tuple[int, ...]:
    features = (f"title={in_title}", f"count={count}", f"maximal={maximal}")
    return tuple(chain.from_iterable(_with_language(feature, language) for feature in features))


class _FirstPlace(NamedTuple):
    """Where a candidate first stands outside the title.

    Args:
        section: the section of the passage.
        sentence: the number of its sentence, up to six.
        passage: the number of the passage.
        part: in which forty characters of the passage it begins, up to ten.
        end: how far the sentence is from the passage's end, or 0 where it is far.
        opens: whether it opens the passage.
    """

    section: str
    sentence: int
    passage: int
    part: int
    end: int
    opens: bool


def _first_place(view: _View, first: Occurrence) -> _FirstPlace:
    words = view.passages[first.passage].words
    number, count = words.sentence_at(words.at(first.start)), len(words.spans)
    end = number - count if count - number <= 3 else 0
    part = min(first.start // 40, 10)
    return _FirstPlace(words.section, min(number, 6), first.passage, part, end, first.start < 3)


@lru_cache(maxsize=1 << 14)
def _first_hashes(place: _FirstPlace, language: int) -> tuple[int, ...]:
    features = (
        f"first={place.section}:{place.sentence}",
        f"early={place.passage}:{place.part}",
        f"end={place.end or 'no'}",
        f"opens={place.opens}:{place.passage}",
    )
    return tuple(chain.from_iterable(_with_language(feature, language) for feature in features))


def _related_features(view: _View, index: int) -> Iterator[str]:
    """The other candidates that hold this name or are held by it, and its definition."""
    ties, key = view.ties, view.candidates[index].key
    if ties.role[index]:
        yield _DEFINED[ties.role[index]]
    longer, shorter = ties.longer[index], ties.shorter[index]
    for other in longer:
        yield f"longer={view.candidates[other].in_title}"
    for other in shorter:
        yield f"shorter={view.candidates[other].in_title}"
    for other in ties.titled:
        title = view.candidates[other].key
        akin = len(title) > 3 and (key.endswith(title) or key[:4] == title[:4])
        if akin and other != index and other not in longer and other not in shorter:
            yield "akin-title"


def _title_hashes(view: _View, in_title: str) -> set[int]:
    """Where the title names a candidate, the words of the title say what it is."""
    found = view.title_words.get(in_title)
    if found is None:
        titles = [p.words.words for p in view.passages.values() if p.words.section == "title"]
        found = {feature_hash(f"t{in_title[:1]}={word}") for words in titles for word in words}
        view.title_words[in_title] = found
    return found


def _contexts(view: _View, candidate: Candidate) -> tuple[set[int], list[float]]:
    """The words around the first occurrences, those of the title aside, and what is said of it there."""
    found: set[int] = set()
    said = [0.0] * len(KINDS)
    for place in candidate.occurrences[:_MAX_OCCURRENCES]:
        passage = view.passages[place.passage]
        around = passage.words.around(place, _SENTENCE_REACH)
        for pattern, kind in statements(passage.words.words, passage.nouns, around):
            said[kind] += 1.0
            found.add(_statement_hash(pattern, kind))
        if passage.words.section != "title":
            _add_context(found, passage, place, around)
    return found, said


def _add_context(
    found: set[int], passage: _HashedPassage, place: Occurrence, around: tuple[int, int, int, int]
) -> None:
    words = passage.words.words
    low, left, right, high = around
    found.update(passage.shared[low:left], passage.shared[right:high])
    found.update(*passage.before[max(low, left - _REACH) : left])
    found.update(*passage.after[right : min(high, right + _REACH)])
    third, second, first = [_NO_WORD, _NO_WORD, _NO_WORD, *passage.encoded[max(low, left - 3) : left]][-3:]
    next_, next_but_one = [*passage.encoded[right : min(high, right + 2)], _NO_WORD, _NO_WORD][:2]
    glued = right < high and passage.words.starts[right] == place.end
    two_before = second + b" " + first
    found.update(
        (
            crc32(first, _SEED["L1="]),
            crc32(second, _SEED["L2="]),
            crc32(two_before, _SEED["L12="]),
            crc32(third + b" " + two_before, _SEED["L123="]),
            crc32(next_, _SEED["R1=True" if glued else "R1=False"]),
            crc32(next_but_one, _SEED["R2="]),
            crc32(next_ + b" " + next_but_one, _SEED["R12="]),
            crc32(first + b" " + next_, _SEED["LR="]),
        )
    )
    for side, order in (("l", range(left - 1, low - 1, -1)), ("r", range(right, high))):
        for skipped, index in enumerate(order):
            if words[index] not in _LISTING:
                found.update(_BESIDE_LIST[side][min(skipped, 3)][words[index]])
                break
