"""What a text compares with outright: "outperforms A and B", "A와 B 대비", "A보다"."""

from __future__ import annotations

import re
from functools import lru_cache

from kg_builder.extract.draft import Draft
from kg_builder.extract.result_cues import BEATS
from kg_builder.extract.result_scene import lined_up
from kg_builder.facts import Mention

_AGAINST = (
    r"보다|대비|에\s비해|에\s비하여|[와과](?:의)?\s(?:비교|(?:성능\s)?(?:차이|격차))|"
    rf"의\s\d[\d.]*\s?(?:%p?|점)?[를을]\s(?:크게\s|훨씬\s)?(?:{BEATS}|넘어|웃돌)|"
    rf"[를을]\s(?:(?:약|평균|최대|무려)\s)?(?:\d[\d.]*\s?(?:%p?|점|포인트)?\s(?:이상\s)?)?(?:{BEATS}|넘어서)"
)
# "NAME (2024) 모델보다", "NAME을 능가"; "NAME과 같은 기존 모델에 비해", but not "NAME과 같은 모델은 다른 것보다"
_AFTER = re.compile(
    r"\s?\)?(?:\s?\([^()\n]{1,30}\))?\s?(?:"
    rf"(?:모델|방법|기법)?\s?(?:{_AGAINST})|"
    rf"[와과]\s같은\s(?:[가-힣A-Z]{{1,8}}(?<![은는이가서])\s){{0,4}}[가-힣A-Z]{{1,8}}?\s?(?:{_AGAINST}))"
)
# "surpasses the original NAME", "outperforms the next-best model, NAME"; "than" and "over" stand before too much else.
_BEFORE = re.compile(
    r"\b(?:outperform\w{0,3}|surpass\w{0,3}|exceed\w{0,3}|beat\w{0,4}|compared\s(?:to|with)|relative\sto)\s"
    r"(?:(?:the|both|even|its|all|other|many|most|several|existing|original|vanilla|standard|strong(?:er|est)?|"
    r"(?:next-|second-)?best|leading|larger|previous|current|recent|powerful|proprietary|advanced|top|competitive|"
    r"(?:closed|open)-source|frontier|state-of-the-art|sota|prior|baselines?|models?|methods?|approach(?:es)?|systems?|"
    r"such|as|like|including),?\s){0,7}(?:\((?:e\.g\.|i\.e\.)?,?\s?)?\Z",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|or)\b|[&/]|[와과]\s|및|그리고")
_REACH = 110
_LABELS = ("Model", "Method")


def compared(draft: Draft) -> dict[int, Mention]:
    """The models and methods that the words beside a mention make something to compare with, by entity index.

    In the annotated papers 71 of 75 names that the Korean forms mark are compared with, and 39 of 40 that the
    English ones mark.
    """
    found: dict[int, Mention] = {}
    for sentence in _by_sentence(draft).values():
        passage = draft.document.passages[sentence[0].evidence.passage].text
        spans = tuple((m.evidence.mention_start, m.evidence.mention_end) for m in sentence)
        for at in rivals(passage, spans):
            found.setdefault(sentence[at].entity, sentence[at])
    return found


@lru_cache(maxsize=64)
def rivals(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """Which of the names of a sentence the words beside them make something to compare with.

    Args:
        text: the text of the passage.
        spans: (start, end) of the names of models and methods, in order.

    >>> rivals("A beats B and C on D", ((0, 1), (8, 9), (14, 15), (19, 20)))
    (1, 2)
    """
    places = lined_up(text, spans)
    found = []
    for at, (place, length) in enumerate(places):
        first, last = at - place, at - place + length - 1
        begin, end = spans[first][0], spans[last][1]
        # "Compared to A, B is small": only a list with its "and" is one.
        closed = length == 1 or _AND.search(text, spans[last - 1][1], spans[last][0])
        before = (closed or at == first) and _BEFORE.search(text, max(0, begin - _REACH), begin)
        if before or _AFTER.match(text, end):
            found.append(at)
    return tuple(found)


def _by_sentence(draft: Draft) -> dict[tuple[int, int], list[Mention]]:
    """The mentions of models and methods in each sentence, in reading order."""
    sentences: dict[tuple[int, int], list[Mention]] = {}
    named = [m for m in draft.mentions if draft.entities[m.entity].label in _LABELS]
    for mention in sorted(named, key=lambda m: (m.evidence.passage, m.evidence.mention_start)):
        sentences.setdefault((mention.evidence.passage, mention.evidence.start), []).append(mention)
    return sentences
