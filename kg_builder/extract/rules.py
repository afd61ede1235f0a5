"""The judge that needs no training: name lists, form, and the words around a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg_builder.extract.candidates import Candidate, CandidateSet
from kg_builder.extract.draft import Draft
from kg_builder.extract.judgement import Judgement, NameLabel
from kg_builder.extract.lexicon import lexicon

_BENCHMARK = (
    r"benchmarks?|datasets?|corpus|corpora|leaderboards?|test ?sets?|test suite|suite|"
    r"벤치마크|데이터 ?셋|데이터 ?세트|코퍼스|말뭉치|리더보드|테스트 ?셋"
)
_MODEL = r"(?:language )?models?|LLMs?|chatbot|assistant|모델|챗봇"
_METHOD = (
    r"framework|method|approach|algorithm|technique|pipeline|strategy|paradigm|system|architecture|loss|"
    r"프레임워크|방법론?|기법|알고리즘|파이프라인|전략|접근법|시스템|아키텍처"
)
_AFTER: dict[NameLabel, re.Pattern[str]] = {
    "Benchmark": re.compile(rf"[)\"'”’]?(?:은|는|이라는|라는|인)? ?(?:{_BENCHMARK})", re.I),
    "Model": re.compile(rf"[)\"'”’]?(?:은|는|이라는|라는|인)? ?(?:{_MODEL})", re.I),
    "Method": re.compile(rf"[)\"'”’]?(?:은|는|이라는|라는|인)? ?(?:\w+ )?(?:{_METHOD})", re.I),
}
_NEARBY: dict[NameLabel, re.Pattern[str]] = {
    "Benchmark": re.compile(_BENCHMARK, re.I),
    "Model": re.compile(_MODEL, re.I),
    "Method": re.compile(_METHOD, re.I),
}
_PRESENTED_BEFORE = re.compile(
    r"\b(?:introduc|propos|present|develop|releas|releas|call|dub|nam|term|construct|creat)\w{0,4}\b[^.]{0,60}$",
    re.I,
)
_PRESENTED_AFTER = re.compile(r"[^.]{0,40}(?:라는|제안|소개|제시|개발|도입|구축|공개)")
_BENCHMARK_FORM = re.compile(r"(?:bench|eval|arena|qa|dataset|corpus)(?:[-+ ]?[\w.]{0,8})?\Z", re.I)
_MODEL_FORM = re.compile(
    r"[A-Za-z]+[- ]?(?:v?\d[\w.]*|[A-Z]{1,3}\d*)?(?:[- ](?:\d+(?:\.\d+)?[BM]|Instruct|Chat|Base|Pro|mini|Turbo))+\Z"
)
_WINDOW = 60


class RuleJudge:
    """Judges by certain signs only; confidences are fixed steps.

    Args:
        lists: whether the name lists are consulted.
        forms: whether form and context are judged beside them.
    """

    def __init__(self, *, lists: bool, forms: bool) -> None:
        self.lists = lists
        self.forms = forms

    def __call__(self, documents: Sequence[tuple[Draft, CandidateSet]]) -> list[dict[str, Judgement]]:
        """For each document, judgements by candidate key."""
        return [self._judged(draft, found) for draft, found in documents]

    def _judged(self, draft: Draft, found: CandidateSet) -> dict[str, Judgement]:
        judged = {}
        for key, candidate in found.by_key.items():
            if key in lexicon().classes or key in lexicon().organizations:
                continue
            judgement = self._judge(draft, candidate)
            if judgement is not None:
                judged[key] = judgement
        return judged

    def _judge(self, draft: Draft, candidate: Candidate) -> Judgement | None:
        listed = _listed(candidate) if self.lists else None
        if not self.forms:
            return Judgement(listed, 0.7, 0.0) if listed else None
        scores = _scores(draft, candidate)
        introduced = _introduced(draft, candidate)
        if listed:
            scores[listed] += 2.0
        label = max(scores, key=lambda name: scores[name])
        if introduced >= 0.5 and scores[label] <= 0.0:
            label = "Method"
        elif introduced < 0.5 and scores[label] < 1.0:
            return None
        return Judgement(label, min(0.95, 0.5 + 0.15 * scores[label]), introduced)


def _listed(candidate: Candidate) -> NameLabel | None:
    lists = lexicon()
    if candidate.key in lists.models or candidate.key in lists.families:
        return "Model"
    if candidate.key in lists.benchmarks:
        return "Benchmark"
    return "Method" if candidate.key in lists.methods else None


def _scores(draft: Draft, candidate: Candidate) -> dict[NameLabel, float]:
    scores: dict[NameLabel, float] = {"Model": 0.0, "Benchmark": 0.0, "Method": 0.0}
    for occurrence in candidate.occurrences:
        text = draft.document.passages[occurrence.passage].text
        after = text[occurrence.end : occurrence.end + _WINDOW]
        for label, pattern in _AFTER.items():
            if pattern.match(after):
                scores[label] += 1.5
            elif candidate.in_title == "prefix" and _NEARBY[label].search(after):
                scores[label] += 0.4
    if _BENCHMARK_FORM.search(candidate.text):
        scores["Benchmark"] += 1.5
    if _MODEL_FORM.match(candidate.text):
        scores["Model"] += 1.2
    return scores


def _introduced(draft: Draft, candidate: Candidate) -> float:
    if candidate.in_title == "prefix":
        return 0.9
    for occurrence in candidate.occurrences:
        passage = draft.document.passages[occurrence.passage]
        if passage.section == "title":
            continue
        before = passage.text[max(0, occurrence.start - _WINDOW) : occurrence.start]
        after = passage.text[occurrence.end : occurrence.end + _WINDOW]
        if _PRESENTED_BEFORE.search(before) or (
            passage.section == "whats_new" and _PRESENTED_AFTER.match(after)
        ):
            return 0.6
    return 0.0
