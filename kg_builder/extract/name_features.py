"""What a judge sees of a name by itself: its form, its letters, the lists that hold it."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits
from zlib import crc32

from kg_builder.extract.lexicon import lexicon
from kg_builder.extract.metrics import canonical_metric
from kg_builder.extract.tokens import name_key

_LONGEST = 40
#: Capitals, small letters and digits of ASCII as one sign each, of which runs become one.
_SHAPE = str.maketrans(
    ascii_uppercase + ascii_lowercase + digits,
    "X" * len(ascii_uppercase) + "x" * len(ascii_lowercase) + "d" * 10,
)
#: All but the last of a run; nothing is put in its place, since a template would have to be filled in each time.
_REPEATED = re.compile(r"X(?=X)|x(?=x)|d(?=d)")
_DIGITS = re.compile(r"\d+")
_PARTS = re.compile(r"[\s\-]+")
_HEAD = re.compile(r"[a-zà-ÿͰ-Ͽ]+")
_METRIC_TAIL = re.compile(r"[\s@_-]?\d[\d.,]{0,8}[kK%]?\Z")
_NUMBER_ENDS = tuple(".,kK%")


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
# More than half of the names of a corpus stand in one document only, so that their features must be quick to make:
# what does not depend on the name is hashed beforehand.
_SEED = {f: feature_hash(f) for f in ("shape=", "first=", "last=", "key=", "words=", "head=")}
_BIAS, _FAMILY_HEAD, _METRIC = map(feature_hash, ("bias", "family-head", "list=metric"))
_LENGTHS = tuple(feature_hash(f"len={half}") for half in range(11))
_TOKENS = tuple(feature_hash(f"tokens={count}") for count in range(6))
_LISTED = tuple(
    (feature_hash(f"list={kind}"), feature_hash(f"list={kind}s"))
    for kind in ("model", "benchmark", "class", "organization", "family")
)
_ALL_ORDINARY, _SOME_ORDINARY, _NONE_ORDINARY = map(
    feature_hash, ("ordinary=all", "ordinary=some", "ordinary=none")
)


@lru_cache(maxsize=1 << 14)
def name_hashes(text: str) -> tuple[int, ...]:
    """The features of a name; kept, since the same names come again and again."""
    lower = text.lower()[:_LONGEST]
    padded = f"^{_DIGITS.sub('0', lower)}$"
    found = _form_hashes(text, lower)
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


def _form_hashes(text: str, lower: str) -> set[int]:
    key = name_key(text)
    shape = _REPEATED.sub("", text.translate(_SHAPE))
    parts = _PARTS.split(lower)
    head = _HEAD.match(lower)
    found = {
        _BIAS,
        feature_hash(shape[:12], _SEED["shape="]),
        _LENGTHS[min(len(text), 20) // 2],
        _TOKENS[min(len(parts), 5)],
        feature_hash(parts[0], _SEED["first="]),
        feature_hash(parts[-1], _SEED["last="]),
        feature_hash(key, _SEED["key="]),
        feature_hash(str(len(text.split())), _SEED["words="]),
    }
    if head:
        found.add(feature_hash(head.group(), _SEED["head="]))
        if head.group() in lexicon().families:
            found.add(_FAMILY_HEAD)
    _add_list_hashes(found, key, text)
    return found


def _add_list_hashes(found: set[int], key: str, text: str) -> None:
    lists = lexicon()
    of_kinds = (lists.models, lists.benchmarks, lists.classes, lists.organizations, lists.families)
    singular = key[:-1] if key.endswith("s") else None
    for keys, (listed, listed_plural) in zip(of_kinds, _LISTED, strict=True):
        if key in keys:
            found.add(listed)
        if singular in keys:
            found.add(listed_plural)
    if names_metric(text):
        found.add(_METRIC)
    words = [w for w in _PARTS.split(text.lower()) if w]
    ordinary = sum([w in lists.ordinary for w in words])
    found.add(_ALL_ORDINARY if ordinary == len(words) else _SOME_ORDINARY if ordinary else _NONE_ORDINARY)


@lru_cache(maxsize=1 << 14)
def names_metric(text: str) -> bool:
    """Whether a string is a metric's name, perhaps with a number behind it.

    >>> names_metric("CIDEr@0.5"), names_metric("FID 24.19"), names_metric("GSM8K")
    (True, True, False)
    """
    if canonical_metric(text) is not None:
        return True
    # Few names end like a number; the others need no search for one.
    if not (text[-1:].isdecimal() or text[-1:] in _NUMBER_ENDS):
        return False
    return canonical_metric(_METRIC_TAIL.sub("", text)) is not None
