"""What a text compares with outright: "outperforms A and B", "A와 B 대비", "A보다"."""

from __future__ import annotations

import re

from kg_builder.extract.draft import Draft
from kg_builder.extract.result_scene import lined_up
from kg_builder.facts import Mention

# "NAME (2024) 모델보다", "NAME을 능가"
_AFTER = re.compile(
    r"\s?\)?(?:\s?\([^()\n]{1,30}\))?\s?(?:모델|방법|기법)?\s?"
    r"(?:보다|대비|에\s비해|에\s비하여|[와과]\s비교|[를을]\s(?:능가|앞서|앞선|앞지|뛰어넘|상회|넘어서))"
)
# "surpasses the original NAME"; "than" and "over" stand before too much else.
_BEFORE = re.compile(
    r"\b(?:outperform\w{0,3}|surpass\w{0,3}|exceed\w{0,3}|beat\w{0,4}|compared\s(?:to|with)|relative\sto)\s"
    r"(?:(?:the|both|even|existing|original|vanilla|standard|strong|state-of-the-art|prior|baselines?|models?|such|as|like)"
    r"\s){0,3}\Z",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|or)\b|[&/]|[와과]\s|및|그리고")
_REACH = 60
_LABELS = ("Model", "Method")


def compared(draft: Draft) -> dict[int, Mention]:
    """The models and methods that the words beside a mention make something to compare with, by entity index.

    In the annotated papers 62 of 65 names that the Korean forms mark are compared with, and all 30 that the
    English ones mark.
    """
    found: dict[int, Mention] = {}
    for sentence in _by_sentence(draft).values():
        passage = draft.document.passages[sentence[0].evidence.passage].text
        spans = tuple((m.evidence.mention_start, m.evidence.mention_end) for m in sentence)
        places = lined_up(passage, spans)
        for at, mention in enumerate(sentence):
            place, length = places[at]
            first, last = at - place, at - place + length - 1
            begin, end = spans[first][0], spans[last][1]
            # "Compared to A, B is small": only a list with its "and" is one.
            closed = length == 1 or _AND.search(passage, spans[last - 1][1], spans[last][0])
            before = (closed or at == first) and _BEFORE.search(passage, max(0, begin - _REACH), begin)
            if before or _AFTER.match(passage, end):
                found.setdefault(mention.entity, mention)
    return found


def _by_sentence(draft: Draft) -> dict[tuple[int, int], list[Mention]]:
    """The mentions of models and methods in each sentence, in reading order."""
    sentences: dict[tuple[int, int], list[Mention]] = {}
    named = [m for m in draft.mentions if draft.entities[m.entity].label in _LABELS]
    for mention in sorted(named, key=lambda m: (m.evidence.passage, m.evidence.mention_start)):
        sentences.setdefault((mention.evidence.passage, mention.evidence.start), []).append(mention)
    return sentences
