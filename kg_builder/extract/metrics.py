"""The metrics that texts name: their names in Korean and English, and whether more of them is better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from kg_builder.extract.kept import Kept
from kg_builder.extract.word_lists import word_list

MetricSource = Literal["listed", "word", "phrase"]

_WORD = re.compile(r"[A-Za-z\\][A-Za-z0-9]*|[가-힣]+|[A-Za-z0-9@]+")
_KEY = re.compile(r"[a-z0-9]+|[가-힣]{1,2}")


@dataclass(frozen=True, slots=True)
class MetricMention:
    """A place where a passage names a metric.

    Args:
        start: where the words begin in the passage.
        end: where they end (exclusive).
        name: the metric's name in the graph.
        source: ``listed``, ``word`` for words that only hint at it ("faster"), ``phrase`` for a noun phrase
            that no list holds.
    """

    start: int
    end: int
    name: str
    source: MetricSource


@dataclass(frozen=True, slots=True)
class _Form:
    """One printed form of a metric; `exact` where capitals count."""

    printed: str
    exact: bool
    name: str
    source: MetricSource


def _key(printed: str) -> str:
    """What the lookup begins with: the first Latin word in small letters, or two Hangul syllables."""
    match = _KEY.match(printed.lower().lstrip("\\"))
    return match.group() if match else printed[:1].lower()


@cache
def _entries() -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], word_list("metrics.yaml"))


@cache
def _forms() -> dict[str, list[_Form]]:
    """Printed forms by their key, the longest first."""
    table: dict[str, list[_Form]] = {}
    for entry in _entries():
        for source, field in (("listed", "printed"), ("word", "words")):
            for printed in entry.get(field, ()):
                form = _Form(
                    printed if printed != printed.lower() else printed.lower(),
                    printed != printed.lower(),
                    entry["name"],
                    cast(MetricSource, source),
                )
                table.setdefault(_key(printed), []).append(form)
    for forms in table.values():
        forms.sort(key=lambda f: (-len(f.printed), f.printed))
    return table


@cache
def metric_directions() -> Mapping[str, bool]:
    """Whether more is better, by the metric's name in the graph; metrics where it depends are left out.

    >>> metric_directions()["FID"], metric_directions()["accuracy"]
    (False, True)
    """
    return {e["name"]: e["higher_is_better"] for e in _entries() if "higher_is_better" in e}


@cache
def _names() -> dict[str, str]:
    return {p.casefold(): e["name"] for e in _entries() for p in (*e["printed"], e["name"])}


def canonical_metric(printed: str) -> str | None:
    """The name in the graph of a metric printed so, or ``None`` where no list holds it.

    >>> canonical_metric("추론 속도"), canonical_metric("FID score"), canonical_metric("nonsense")
    ('inference speed', 'FID', None)
    """
    return _names().get(" ".join(printed.split()).casefold())


def _beginning(word: str) -> list[_Form]:
    table = _forms()
    if "가" <= word[0] <= "힣":
        return table.get(word[:2], []) + table.get(word[0], [])
    return table.get(_key(word), [])


#: The printed forms that may begin with a word of a text.
_BEGINNING = Kept(_beginning)


def _matching(text: str, start: int, forms: list[_Form]) -> tuple[_Form, int] | None:
    """The longest form that stands at `start` as a word of its own, and where it ends."""
    for form in forms:
        length = len(form.printed)
        # A line end may stand where the form has a space; every other character counts.
        piece = text[start : start + length].replace("\n", " ")
        if (piece if form.exact else piece.lower()) != form.printed:
            continue
        after = text[start + length : start + length + 1]
        last = form.printed[-1]
        if (last.isascii() and last.isalnum()) and after.isascii() and (after.isalnum() or after == "@"):
            continue
        return form, start + length
    return None


def listed_metrics(text: str, start: int, end: int) -> Iterator[MetricMention]:
    """The listed metrics that a piece of a passage names, in order, without overlaps.

    Args:
        text: the passage.
        start: where the piece begins.
        end: where it ends.

    >>> [m.name for m in listed_metrics("it raises Pass@1 accuracy and FID", 0, 33)]
    ['Pass@1', 'FID']
    """
    position = start
    for word in _WORD.finditer(text, start, end):
        forms = _BEGINNING[word.group()]
        at = word.start()
        if not forms or at < position:
            continue
        if at > 0 and text[at - 1].isdigit() and "가" <= text[at] <= "힣":
            continue  # "3시간": a unit
        found = _matching(text, at, forms)
        if found is not None and found[1] <= end:
            form, position = found
            yield MetricMention(at, position, form.name, form.source)
