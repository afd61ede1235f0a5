"""What a judge sees of a candidate: its form, the lists, its place in the document, the words around it.

A feature is a string; `feature_index` folds it into a table of fixed size, so that the weights need no dictionary.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from kg_builder.extract.candidates import Candidate, CandidateSet, Occurrence
from kg_builder.extract.contexts import NAME, PassageWords, neighbours
from kg_builder.extract.lexicon import lexicon
from kg_builder.extract.tokens import name_key

FEATURE_BITS = 18
_MASK = (1 << FEATURE_BITS) - 1
_REACH = 8
_SENTENCE_REACH = 40
_MAX_OCCURRENCES = 8
_LISTING = frozenset(
    (NAME, ",", "and", "or", "와", "과", "및", "이나", "나", "그리고", "/", "&", "(", ")", "등", "또는", "의")
)
_SHAPE = ((re.compile("[A-Z]+"), "X"), (re.compile("[a-z]+"), "x"), (re.compile("[0-9]+"), "d"))
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=1 << 18)
def feature_index(feature: str) -> int:
    """The place of a feature in the table of weights."""
    return crc32(feature.encode()) & _MASK


@lru_cache(maxsize=1 << 15)
def name_features(text: str) -> tuple[str, ...]:
    """Features of the name by itself."""
    key = name_key(text)
    lower = text.lower()[:40]
    shape = text
    for pattern, sign in _SHAPE:
        shape = pattern.sub(sign, shape)
    tokens = re.split(r"[\s\-]+", lower)
    padded = f"^{_DIGITS.sub('0', lower)}$"
    found = {"bias", f"shape={shape[:12]}", f"len={min(len(text), 20) // 2}", f"tokens={min(len(tokens), 5)}"}
    found.update(f"g{n}={padded[i : i + n]}" for n in (2, 3, 4) for i in range(len(padded) - n + 1))
    found.update((f"first={tokens[0]}", f"last={tokens[-1]}", f"key={key}", f"words={len(text.split())}"))
    head = re.match(r"[a-zà-ÿͰ-Ͽ]+", lower)
    if head:
        found.add(f"head={head.group()}")
    found.update(_list_features(key, text, head.group() if head else ""))
    return tuple(sorted(found))


@lru_cache(maxsize=1 << 15)
def name_indices(text: str) -> tuple[int, ...]:
    """The places of a name's features; kept, since the same names come again and again."""
    return tuple(map(feature_index, name_features(text)))


def _list_features(key: str, text: str, head: str) -> set[str]:
    lists = lexicon()
    found = set()
    for kind, keys in (
        ("model", lists.models),
        ("benchmark", lists.benchmarks),
        ("class", lists.classes),
        ("organization", lists.organizations),
        ("family", lists.families),
    ):
        if key in keys:
            found.add(f"list={kind}")
        if key.endswith("s") and key[:-1] in keys:
            found.add(f"list={kind}s")
    if head in lists.families:
        found.add("family-head")
    words = [w for w in re.split(r"[\s\-]+", text.lower()) if w]
    ordinary = sum(w in lists.ordinary for w in words)
    found.add(f"ordinary={'all' if ordinary == len(words) else 'some' if ordinary else 'none'}")
    return found


def place_features(candidate: Candidate, words: list[PassageWords]) -> set[str]:
    """Features of where and how often a candidate stands in its document."""
    body = [o for o in candidate.occurrences if words[o.passage].section != "title"]
    found = {
        f"title={candidate.in_title}",
        f"count={min(len(body), 6)}",
        f"maximal={sum(o.maximal for o in candidate.occurrences) * 3 // max(1, len(candidate.occurrences))}",
    }
    if body:
        first = body[0]
        place = words[first.passage]
        number = place.sentence[min(place.at(first.start), len(place.sentence) - 1)] if place.sentence else 0
        found.add(f"first={place.section}:{min(number, 6)}")
        found.add(f"early={first.passage}:{min(first.start // 40, 10)}")
        found.add(f"end={number - len(place.spans):d}" if len(place.spans) - number <= 3 else "end=no")
        found.add(f"opens={first.start < 3}:{first.passage}")
    found.update(f"in={words[o.passage].section}" for o in body)
    return found


def _stems(word: str) -> tuple[str, ...]:
    if word >= "가":
        return (word[:2], word[:3], word) if len(word) > 3 else (word[:2], word) if len(word) > 2 else (word,)
    return (word,)


def context_features(place: Occurrence, words: PassageWords) -> list[str]:
    """Features of the words around one occurrence outside the title."""
    before, after = neighbours(words, place, _SENTENCE_REACH)
    found: list[str] = []
    add = found.append
    glued = False
    if after:
        index = words.at(place.end)
        glued = words.starts[index] == place.end
    left = [*before[:3], "^", "^", "^"]
    right = [*after[:3], "^", "^", "^"]
    add(f"L1={left[0]}")
    add(f"L2={left[1]}")
    add(f"L12={left[1]} {left[0]}")
    add(f"L123={left[2]} {left[1]} {left[0]}")
    add(f"R1={glued}{right[0]}")
    add(f"R2={right[1]}")
    add(f"R12={right[0]} {right[1]}")
    add(f"LR={left[0]} {right[0]}")
    for word in before[:_REACH]:
        for stem in _stems(word):
            add(f"l={stem}")
    for word in after[:_REACH]:
        for stem in _stems(word):
            add(f"r={stem}")
    for word in {*before, *after}:
        add(f"s={word[:3] if word >= '가' else word}")
    for side, sequence in (("l", before), ("r", after)):
        skipped = 0
        for word in sequence:
            if word in _LISTING:
                skipped += 1
                continue
            for stem in _stems(word):
                add(f"list-{side}={stem}")
                add(f"list-{side}{min(skipped, 3)}={stem}")
            break
    return found


def title_features(candidate: Candidate, words: list[PassageWords]) -> set[str]:
    """Where the title begins with a candidate, the words of the title say what it is."""
    found: set[str] = set()
    for passage in words:
        if passage.section == "title":
            found.update(f"t{candidate.in_title[:1]}={word}" for word in passage.words)
    return found


def related_features(candidate: Candidate, found_set: CandidateSet, defined: dict[str, str]) -> set[str]:
    """Features of the other candidates that hold this name or are held by it, and of its definition."""
    found = set()
    key = candidate.key
    if key in defined:
        found.add(f"defined={defined[key]}")
    for other, held in found_set.by_key.items():
        if other == key:
            continue
        if other.startswith(key) and len(key) > 2:
            found.add(f"longer={held.in_title}")
        elif key.startswith(other) and len(other) > 2:
            found.add(f"shorter={held.in_title}")
        elif held.in_title == "prefix" and len(other) > 3 and (key.endswith(other) or key[:4] == other[:4]):
            found.add("akin-title")
    return found


def candidate_features(
    candidate: Candidate,
    found: CandidateSet,
    defined: dict[str, str],
    words: list[PassageWords],
    language: str,
) -> tuple[set[str], set[str]]:
    """Features of a candidate beside those of its name: its place in the document, the words around it."""
    place = place_features(candidate, words) | related_features(candidate, found, defined)
    place |= {f"{language}:{feature}" for feature in place}
    if candidate.in_title:
        place |= title_features(candidate, words)
    context: set[str] = set()
    for occurrence in candidate.occurrences[:_MAX_OCCURRENCES]:
        if words[occurrence.passage].section != "title":
            context.update(context_features(occurrence, words[occurrence.passage]))
    return place, context
