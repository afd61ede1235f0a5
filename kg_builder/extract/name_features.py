"""What a judge sees of a name by itself: its form, its letters, the lists that hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

from kg_builder.extract.lexicon import lexicon
from kg_builder.extract.metrics import canonical_metric
from kg_builder.extract.tokens import name_key

_LONGEST = 40
_SHAPE = ((re.compile("[A-Z]+"), "X"), (re.compile("[a-z]+"), "x"), (re.compile("[0-9]+"), "d"))
_DIGITS = re.compile(r"\d+")
_PARTS = re.compile(r"[\s\-]+")
_HEAD = re.compile(r"[a-zà-ÿͰ-Ͽ]+")
_METRIC_TAIL = re.compile(r"[\s@_-]?\d[\d.,]{0,8}[kK%]?\Z")


def feature_hash(feature: str, seed: int = 0) -> int:
    """The 32 bits that stand for a feature.

    Args:
        feature: the feature, or the rest of it.
        seed: the hash of what stands before that rest.

    >>> feature_hash("first=gpt") == feature_hash("gpt", feature_hash("first="))
    True
    """
    return crc32(feature.encode(), seed)


_GRAMS = tuple((n, feature_hash(f"g{n}=")) for n in (2, 3, 4))


@lru_cache(maxsize=1 << 14)
def name_hashes(text: str) -> tuple[int, ...]:
    """The features of a name; kept, since the same names come again and again."""
    lower = text.lower()[:_LONGEST]
    padded = f"^{_DIGITS.sub('0', lower)}$"
    found = {feature_hash(feature) for feature in _form_features(text, lower)}
    # Most names are ASCII, where a piece of the bytes is the piece of the text.
    encoded = padded.encode()
    whole = len(encoded) == len(padded)
    for n, seed in _GRAMS:
        places = range(len(padded) - n + 1)
        grams = (
            [encoded[i : i + n] for i in places] if whole else [padded[i : i + n].encode() for i in places]
        )
        found.update([crc32(gram, seed) for gram in grams])
    return tuple(found)


def _form_features(text: str, lower: str) -> Iterator[str]:
    key = name_key(text)
    shape = text
    for pattern, sign in _SHAPE:
        shape = pattern.sub(sign, shape)
    parts = _PARTS.split(lower)
    head = _HEAD.match(lower)
    yield "bias"
    yield f"shape={shape[:12]}"
    yield f"len={min(len(text), 20) // 2}"
    yield f"tokens={min(len(parts), 5)}"
    yield f"first={parts[0]}"
    yield f"last={parts[-1]}"
    yield f"key={key}"
    yield f"words={len(text.split())}"
    if head:
        yield f"head={head.group()}"
    yield from _list_features(key, text, head.group() if head else "")


def _list_features(key: str, text: str, head: str) -> Iterator[str]:
    lists = lexicon()
    for kind, keys in (
        ("model", lists.models),
        ("benchmark", lists.benchmarks),
        ("class", lists.classes),
        ("organization", lists.organizations),
        ("family", lists.families),
    ):
        if key in keys:
            yield f"list={kind}"
        if key.endswith("s") and key[:-1] in keys:
            yield f"list={kind}s"
    if head in lists.families:
        yield "family-head"
    if names_metric(text):
        yield "list=metric"
    words = [w for w in _PARTS.split(text.lower()) if w]
    ordinary = sum(w in lists.ordinary for w in words)
    yield f"ordinary={'all' if ordinary == len(words) else 'some' if ordinary else 'none'}"


def names_metric(text: str) -> bool:
    """Whether a string is a metric's name, perhaps with a number behind it.

    >>> names_metric("CIDEr@0.5"), names_metric("FID 24.19"), names_metric("GSM8K")
    (True, True, False)
    """
    return canonical_metric(text) is not None or canonical_metric(_METRIC_TAIL.sub("", text)) is not None
