"""A document cut into words for judging: names as one placeholder, each word with its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from kg_builder.extract.candidates import CandidateSet, Occurrence
from kg_builder.extract.draft import Draft

NAME = "<n>"
_WORD = re.compile(r"([가-힣]+|[a-z]+(?:-[a-z]+){0,3}|\d+|[,.;:()\"%/&$])")


@dataclass(slots=True)
class PassageWords:
    """The words of one passage, lower-cased, every maximal name as `NAME`.

    Args:
        words: the words.
        starts: where each begins in the passage's text.
        sentence: for each word, the index of its sentence.
        section: the passage's section.
        spans: for each sentence, the range of its words.
    """

    words: list[str]
    starts: list[int]
    sentence: list[int]
    section: str
    spans: list[tuple[int, int]]

    def at(self, offset: int) -> int:
        """The index of the first word that begins at or after an offset."""
        return bisect_left(self.starts, offset)

    def sentence_at(self, word: int) -> int:
        """The index of the sentence of a word; after the last word, of the last sentence."""
        return self.sentence[min(word, len(self.sentence) - 1)] if self.sentence else 0

    def around(self, place: Occurrence, reach: int) -> tuple[int, int, int, int]:
        """Up to `reach` words of the same sentence on either side of an occurrence.

        Returns:
            The range of the words before it, and that of the words after it.
        """
        left, right = self.at(place.start), self.at(place.end)
        number = self.sentence_at(left)
        low, high = self.spans[number] if number < len(self.spans) else (0, len(self.words))
        return max(low, left - reach), left, right, min(high, right + reach)


def passage_words(draft: Draft, found: CandidateSet) -> dict[int, PassageWords]:
    """The words of the passages that name something, and of the title, by the index of the passage."""
    covered: dict[int, list[tuple[int, int]]] = {
        index: [] for index, passage in enumerate(draft.document.passages) if passage.section == "title"
    }
    for candidate in found.by_key.values():
        for place in candidate.occurrences:
            spans = covered.setdefault(place.passage, [])
            if place.maximal:
                spans.append((place.start, place.end))
    return {index: _of_passage(draft, index, sorted(spans)) for index, spans in covered.items()}


def _of_passage(draft: Draft, index: int, names: list[tuple[int, int]]) -> PassageWords:
    passage = draft.document.passages[index]
    words, starts = _words(passage.text.lower(), names)
    sentence: list[int] = []
    spans: list[tuple[int, int]] = []
    first = 0
    for number, (_, end) in enumerate(draft.sentences(index)):
        last = bisect_left(starts, end)
        spans.append((first, last))
        sentence += [number] * (last - first)
        first = last
    sentence += [max(0, len(spans) - 1)] * (len(words) - len(sentence))
    return PassageWords(words, starts, sentence, passage.section, spans or [(0, len(words))])


def _words(text: str, spans: list[tuple[int, int]]) -> tuple[list[str], list[int]]:
    words: list[str] = []
    starts: list[int] = []
    position = 0
    for low, high in [*spans, (len(text), len(text))]:
        if low < position:
            continue
        # Words stand at the odd places of what a split at its only group gives.
        pieces = _WORD.split(text[position:low])
        words += pieces[1::2]
        starts += list(accumulate(map(len, pieces[:-1]), initial=position))[1::2]
        if high > low:
            words.append(NAME)
            starts.append(low)
        position = high
    return words, starts
