"""Metrics that no list holds: the noun phrase that a number says something about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg_builder.extract.metrics import MetricMention

_REACH = 80

_CHANGE = (
    r"(?:reduc|improv|increas|boost|lower|cut|decreas|rais|enhanc|prun|sav|shorten|shrink|compress|lift|drop|"
    r"mitigat|suppress|elevat|slash|trim|speed|accelerat|minimiz|advanc|push)[a-z]{0,4}"
)
_HEDGE = (
    r"(?:(?:by|up|to|from|over|more|than|about|around|approximately|nearly|almost|as|much|many|an?|the|average|of|at|"
    r"least|roughly|average|only|just|another|additional|further|significant|>|<|~|\\sim|\$)\s?){0,6}"
)
_NOUNS = r"[A-Za-z][\w/+@'-]{0,30}(?:\s[A-Za-z][\w/+@'-]{0,30}){0,4}"
# "reducing average response length by more than"
_OBJECT_BEFORE = re.compile(_CHANGE + r"\s(?P<phrase>" + _NOUNS + r"?)\s(?:by|from)\s?" + _HEDGE + r"\Z")
# "an Annualized Rate of Return (ARR) of", "the survival rate of only"
_OF_BEFORE = re.compile(
    r"(?P<phrase>[A-Za-z][\w+@-]{0,30}(?:\s[A-Za-z][\w+@-]{0,30}){0,2}\s"
    r"(?:rate|score|ratio|index|error|coefficient|distance|loss|similarity|gain|return))"
    r"s?(?:\s\([^()]{1,20}\))?\s(?:of|to|at|is|=|reaches|reaching)\s?" + _HEDGE + r"\Z"
)
_CAPITALS_BEFORE = re.compile(
    r"(?P<phrase>\b[A-Z][A-Za-z]{0,12}[A-Z@][\w@+-]{0,14})(?:\s(?:score|scores|of|=|by))?\s?[:=(]?\s?(?:of\s)?\Z"
)
_AFTER = re.compile(
    r"[\s)]{0,2}(?:(?:relative|absolute|average|overall|mean)\s)?"
    r"(?:(?:reduction|improvement|increase|gain|decrease|boost|drop|saving|growth|decline)s?\s(?:in|of|on|for)\s(?:the\s)?|"
    r"(?:higher|lower|better|fewer|less|more|smaller|shorter|longer|larger|greater)\s|of\s(?:the\s|all\s)?)"
    r"(?P<phrase>" + _NOUNS + ")"
)
_RATE_AFTER = re.compile(
    r"\s(?P<phrase>(?:[A-Za-z][\w-]{0,20}\s){0,3}(?:rate|score|ratio|index|error|usage|consumption|length|quality))\b"
)
_CAPITALS_AFTER = re.compile(
    r"(?:(?:\s?(?:이상|이하|가량|정도))?의)?\s(?:in\s|on\s|for\s)?(?P<phrase>[A-Z][A-Za-z]{0,12}[A-Z@][\w@+-]{0,14})(?![\w-])"
)
_PHRASE_END = re.compile(
    r"\s(?:by|from|to|on|in|for|with|over|than|and|or|while|at|of|compared|across|when|during|without|relative|under|"
    r"through|that|which|per|is|are|using|via|but|against|versus|vs|as|between)\b.*",
    re.DOTALL,
)
_PHRASE_START = re.compile(
    r"\A(?:the|an?|its|their|our|average|overall|mean|total|both|all|end-to-end|significant|this|these|relative|of|up|to|"
    r"reducing|improving|state-of-the-art|SOTA|and|or)\s"
)
_GENERIC = frozenset(
    ("it", "them", "which", "that", "baseline", "baselines", "models", "model", "methods", "method", "average",
     "approaches", "state-of-the-art", "prior", "previous", "tasks", "task", "results", "benchmarks", "performance",
     "improvement", "improvements", "gains", "gain", "cases", "time", "times", "others", "humans", "reduction",
     "points", "problems", "instances", "questions", "scenarios", "experiments", "SOTA", "LLM", "LLMs")
)  # fmt: skip

_KOREAN_NOUNS = r"[가-힣A-Za-z][가-힣A-Za-z@+-]{0,14}(?:\s[가-힣A-Za-z][가-힣A-Za-z@+-]{0,14}){0,2}"
_KOREAN_HEDGE = (
    r"(?:(?:각각|최대|최소|약|평균|평균적으로|무려|단|단지|추가로|적어도|거의|상대적으로|절대적으로|더|총|기존|대비|"
    r"대략|이전|보다|\+|~)\s?){0,4}"
)
_KOREAN_BEFORE = re.compile(
    r"(?<![0-9A-Za-z가-힣])(?P<phrase>"
    + _KOREAN_NOUNS
    + r"?)(?:\s?\([^()]{1,40}\))?(?:을|를|이|가|은|는|도)?\s"
    + _KOREAN_HEDGE
    + r"\Z"
)
_KOREAN_AFTER = re.compile(
    r"(?:까지|의|정도|가량|이상|이하|미만|만큼|\s|더)*(?:(?:높은|낮은|적은|짧은|긴|큰|작은|많은|향상된|개선된|감소된|감소한|증가한|"
    r"상승한|우수한|뛰어난)\s)?(?P<phrase>[가-힣A-Za-z]{2,12}(?:\s[가-힣A-Za-z]{2,12})?(?:률|율|도|량|성|시간|속도|비용|점수|수|길이|크기))"
    r"(?:을|를|이|가|로|으로|에서|의|\s|,|\.)"
)
_KOREAN_GENERIC = re.compile(
    r"(?:.*\s)?(?:모델|방법|방법론|연구|시스템|기법|결과|실험|데이터셋|벤치마크|향상|개선|증가|감소|논문|작업|이|그|접근법|"
    r"알고리즘|프레임워크|기존|대비|것|경우|등|통해|최대|평균|약|각각|수|보다|점|중|후|때|이상|이하|정도|정확하|한|된|하여|달성|기록)"
    r"(?:들)?(?:은|는|이|가|에서|에)?\Z"
)
_KOREAN_TRIM = re.compile(
    r"(?:^(?:기존|평균|전체|최대|그|이|약|더|또한|특히|의|및)\s)|(?:\s(?:향상|개선|증가|감소|상승|하락|절감)(?:률|율)?$)"
)
# A word that a noun phrase cannot go on over: particles by themselves, comparisons, adverbs, verbs that connect.
_KOREAN_STOP = re.compile(
    r"(?:에서|에서는|에서의|에는|으로|로|와|과|은|는|이|가|을|를|도|의|비해|대해|위해|통해|따라|함께|모두|특히|또한)\Z|"
    r"[가-힣A-Za-z0-9-]*(?:보다|보다는|에서|에서는|에서의|에게|적으로|면서|면서도|지만|하고|하며|하여|되어|이며|으며|까지|부터|하게)\Z"
)
_KOREAN_PLACE = re.compile(r"(?<=[가-힣A-Za-z]{2})(?:에서는|에서의|에서|에는|의)\Z")
_BARE_PERFORMANCE = re.compile(
    r"(?:(?:모델|전체|평균|기존|상대적|최종|모델의|모든|향상된|높은|더|기본|최고|최대|종합)\s?)*(?:성능|성과)\Z"
)
_PARTICLE_END = re.compile(r"(?<=[가-힣]{2})(?:을|를|은|는|이|가)$")
_ENDS_LIKE_A_PARTICLE = ("길이", "깊이", "높이", "차이", "평가", "추가", "물가", "단가", "전문가")
_KOREAN_CAPITALS = re.compile(
    r"(?P<phrase>\b[A-Z][A-Za-z]{0,12}[A-Z@][\w@+.-]{0,14}?)(?:에서|은|는|이|가|을|를)(?:는|의)?\s"
    + _KOREAN_HEDGE
    + r"\Z",
    re.ASCII,
)


def _english(phrase: str) -> str | None:
    phrase = _PHRASE_END.sub("", " " + phrase).strip()
    trimmed = _PHRASE_START.sub("", phrase + " ").strip()
    while trimmed != phrase:
        phrase, trimmed = trimmed, _PHRASE_START.sub("", trimmed + " ", count=1).strip()
    words = phrase.split()
    if not words or words[-1] in _GENERIC or len(phrase) < 2:
        return None
    return phrase


def _korean(phrase: str) -> str | None:
    phrase = _KOREAN_TRIM.sub("", phrase.strip()).strip()
    phrase = _KOREAN_PLACE.sub("", phrase)
    # What stands before the last word that ends a phrase is another's: "기존 방법에 비해 정렬", "일반적으로 정렬"
    words = phrase.split()
    last = max((i for i, word in enumerate(words) if _KOREAN_STOP.match(word)), default=-1)
    phrase = " ".join(words[last + 1 :])
    if not phrase.endswith(_ENDS_LIKE_A_PARTICLE):
        phrase = _PARTICLE_END.sub("", phrase)
    if len(phrase) < 2 or _KOREAN_GENERIC.match(phrase) or _BARE_PERFORMANCE.match(phrase):
        return None
    return phrase


def _placed(text: str, match: re.Match[str], phrase: str | None) -> MetricMention | None:
    """The mention of a phrase that was trimmed, where it stands in the passage."""
    if phrase is None:
        return None
    at = text.find(phrase, match.start("phrase"), match.end("phrase"))
    return None if at < 0 else MetricMention(at, at + len(phrase), phrase, "phrase")


def metric_phrases(text: str, low: int, begin: int, end: int, high: int) -> Iterator[MetricMention]:
    """Noun phrases beside a number that may name what it measures.

    Args:
        text: the passage; line ends count as spaces.
        low: where the sentence begins.
        begin: where the number begins.
        end: where the number ends.
        high: where the sentence ends.

    >>> text = "It cuts rollout overhead by 40% here."
    >>> [m.name for m in metric_phrases(text, 0, 28, 31, len(text))]
    ['rollout overhead']
    """
    flat = text[max(low, begin - _REACH) : min(high, end + _REACH)].replace("\n", " ")
    shift = max(low, begin - _REACH)
    before, after = flat[: begin - shift], end - shift
    seen = set()
    hangul = any("가" <= c <= "힣" for c in flat)
    matches = [(p.search(before), _english) for p in (_OBJECT_BEFORE, _OF_BEFORE, _CAPITALS_BEFORE)]
    matches += [(p.match(flat, after), _english) for p in (_AFTER, _RATE_AFTER, _CAPITALS_AFTER)]
    if hangul:
        matches += [
            (_KOREAN_CAPITALS.search(before), _english),
            (_KOREAN_BEFORE.search(before), _korean),
            (_KOREAN_AFTER.match(flat, after), _korean),
        ]
    for match, trimmed in matches:
        mention = _placed(flat, match, trimmed(match["phrase"])) if match else None
        if mention is not None and (mention.start, mention.end) not in seen:
            seen.add((mention.start, mention.end))
            yield MetricMention(shift + mention.start, shift + mention.end, mention.name, "phrase")
