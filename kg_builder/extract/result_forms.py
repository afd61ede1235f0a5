"""Forms of words that settle what a number says, whatever a trained judge thinks of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg_builder.extract.metrics import MetricMention
from kg_builder.extract.result_cues import BEATS, direction_cues, governed_by_verb
from kg_builder.extract.result_numbers import Quantity
from kg_builder.extract.result_scene import Named, Sentence, lined_up, named_beside, standing_for

_REACH = 48
_POINTING = {"better": "up", "up": "up", "beats": "up", "down": "down"}

_KOREAN_CHANGE = re.compile(
    r"(?:\s|까지|포인트|이상|가량|정도|만큼|더|추가로|나)*"
    r"(?:(?P<up>향상|증가|개선|상승|빠르|빠른|빨라|늘)|(?P<down>감소|줄|단축|절감|하락|절약|저하|축소))"
)
# "24.4%의 성공률 향상", "33.1%의 시간을 절약": what changed stands between; "80%의 정확도로 향상" is a score.
_KOREAN_CHANGE_OF = re.compile(
    r"(?:의)?\s(?:[가-힣A-Za-z@-]{1,14}\s){0,2}[가-힣A-Za-z@-]{1,14}(?<![로서며고여은는에])"
    r"(?:\s?\([^()]{1,30}\))?(?:을|를)?\s?(?:\s더\s)?"
    r"(?:(?P<up>향상|증가|개선|상승)|(?P<down>감소|줄이|줄여|줄였|단축|절감|절약|하락|저하))"
)
_ENGLISH_CHANGE = re.compile(
    r"\s{1,2}(?:(?:relative|absolute|average|overall|performance|accuracy|additional)\s){0,2}"
    r"(?:(?P<up>improvement|increase|gain|boost|speedup|speed-up|faster|higher|better|more)"
    r"|(?:(?:latency|memory|cost|time|error|compute|token|energy|storage)s?\s)?"
    r"(?P<down>reduction|decrease|drop|decline|lower|fewer|less|shorter|smaller|cheaper|slower))"
)
_SHARE_OF = re.compile(
    r"\sof\s(?:the\s|its\s|their\s|all\s)?(?:[a-z][a-z-]{2,14}\s){0,2}"
    r"(?:cost|compute|memory|parameter|time|token|FLOP|budget|consumption|overhead|latency|energy|storage|size)s?\b"
)
# "24.0% in the MT Bench", "98% across 130 LIBERO tasks"; "MBPP by 6%"
_ON_AFTER = re.compile(r"[^,.;:()\n]{0,24}?\b(?:on|in|across)\s(?:the\s|\d{1,4}\s)?", re.IGNORECASE)
_BY_BEFORE = re.compile(r"\sby\s(?:(?:over|up|to|about|nearly|around|more|than|an?)\s){0,3}\+?")
# "TriQA 문서 검색에서 90%"
_TASK_OF = re.compile(r"(?:\s[가-힣A-Za-z-]{1,12}){0,3}에서(?:는|도|의)?\s(?:(?:약|최대|평균|무려)\s|\+)?")
# "faster than Megatron-LM"; "GPT-4o보다 31%"
_THAN_AFTER = re.compile(
    r"[^,;:()\n]{0,32}?\b(?:than|over)\s(?:(?:the|a|an|original|vanilla|standard|base|baseline)\s){0,2}"
)
# "compared with 82.9% for Zeta"
_FOR_AFTER = re.compile(r"\s?%?\sfor\s(?:the\s)?")
_THAN_AFTER_LIST = re.compile(r"\s?(?:모델|방법)?\s?(?:보다|대비|에\s비해|[와과]\s비교)")
# "over Alpha and Beta", "compared with Alpha and Beta"
_THAN_BEFORE_LIST = re.compile(
    r"\b(?:over|than|against|versus|compared\s(?:to|with)|relative\sto)\s(?:(?:the|both)\s)?\Z", re.IGNORECASE
)
_THAN_BEFORE = re.compile(
    r"\s?(?:모델|방법|기반)?\s?(?:보다|대비|에\s비해|와\s비교해|와\s비교하여)\s?[^,;.\d]{0,16}"
)
# "NAME을 약 12% 초과하는"
_OBJECT_BEFORE = re.compile(r"[를을]\s(?:(?:약|평균|최대|무려)\s)?")
_BEATEN_AFTER = re.compile(rf"\s?(?:이상\s|더\s)?(?:{BEATS}|넘어서)")
# "NAME의 14.9%를 크게 넘어섰다"
_OF_JUST_BEFORE = re.compile(r"[A-Za-z0-9)]\s?(?:모델|방법)?의\s(?:약\s)?\Z")
_SCORE_BEATEN = re.compile(rf"(?:점)?[를을]\s(?:크게\s|훨씬\s|모두\s)?(?:{BEATS}|넘어|웃돌|넘는)")
# "GPT-4o보다 2.1%p 낮았다"
_THAN_JUST_BEFORE = re.compile(r"(?:보다|대비|에\s비해)\s(?:(?:약|최대|평균|무려|각각)\s)?\Z")
_HIGHER_OR_LOWER = re.compile(
    r"(?:\s|포인트|이상|가량|정도|만큼|더)*(?:(?P<up>높|많|우수|뛰어|앞서|앞선)|(?P<down>낮|적|뒤처|뒤떨어))"
)
# "(90.2% vs. 91.1%)"
_VERSUS_AFTER = re.compile(r"\s?(?:vs\.?|versus)\s")
_VERSUS_BEFORE = re.compile(r"\d\s?%?\s(?:vs\.?|versus)\s\Z")
# "NAME의 2.5배", "NAME 모델의 99%의 정확도를", "NAME의 2% 미만"
_OF_BEFORE = re.compile(r"\s?(?:모델|방법)?의\s(?:약\s|최대\s|단\s)?")
_SHARE_AFTER = re.compile(r"(?:의\s|\s?(?:미만|이하|수준|만))")
# "When applied to NAME, it reduces"
_APPLIED_TO = re.compile(r"\b(?:applied|applying)(?:\s\w+){0,2}\sto\s(?:the\s)?\Z", re.IGNORECASE)
# "93.4 on TriQA"; "TriQA에서 83.1", but not "TriQA에서 5개의"
_ON_BENCHMARK = re.compile(r"\}?\s(?:on|in)\s(?:the\s)?")
_AT_BENCHMARK = re.compile(
    r"(?:\s(?:벤치마크|데이터\s?셋|데이터\s?세트))?(?:에서|의)(?:는|도)?\s(?:약\s|최대\s|평균\s|각각\s)?"
)
_COUNTED = re.compile(r"\s?(?:개|가지|종|명|건|회|쌍|편|단계|시간|샷|shot)")
# "FID of 1.94", "F1: 30.3", "정확도 81.2"
_OF_METRIC = re.compile(
    r"(?:\s(?:scores?|values?|점수|값))?(?:\s?[:=]\s?|\sof\s(?:\\emph\{)?|\s|[은는이가]\s)(?:약\s|최대\s|평균\s)?"
)
# "8%의 AP25", "20% 이상의 평균 정확도"
_METRIC_AFTER = re.compile(
    r"(?:\s?(?:이상|이하|미만|가량|정도))?의\s(?:(?:전체|평균|전반적인|높은|낮은|최종|종합)\s)?"
)
# "Elo ratings of 1578"
_RATED = re.compile(r"(?:\s(?:scores?|ratings?|values?))?\sof\s")
# "30-second clips", "15초 동안의"; "Corvus 3.0"
_LONG = re.compile(r"\d++(?:\.\d++)?-[a-z]++\s[a-z]")
_LASTING = re.compile(r"\s?(?:동안|간의|길이|분량|짜리)")
_VERSION = re.compile(r"\d\.\d")
_VERSIONED = re.compile(r"[A-Z][\w-]*+\s\Z")


def settled_number(
    text: str, sentence: Sentence, quantity: Quantity, benchmarks: Sequence[Named]
) -> bool | None:
    """Whether a number certainly is a result, or certainly none; ``None`` where its form leaves that open.

    Among the annotated papers 71 of 71 numbers that these forms make results are some, and none of 20 others.

    Args:
        text: the text of the passage.
        sentence: the sentence that holds the number.
        quantity: the number.
        benchmarks: the places in the sentence that name benchmarks.
    """
    printed = text[quantity.start : quantity.end]
    if quantity.kind == "time" and (_LASTING.match(text, quantity.end) or _LONG.match(text, quantity.start)):
        return False
    scored = [m for m in sentence.metrics if m.source == "listed" and m.end <= quantity.begin]
    fraction = quantity.kind == "percent" or (quantity.kind == "bare" and "." in printed)
    if fraction and any(_OF_METRIC.fullmatch(text, m.end, quantity.begin) for m in scored):
        return True
    if quantity.kind == "bare" and any(_RATED.fullmatch(text, m.end, quantity.begin) for m in scored):
        return True
    near = max(sentence.start, quantity.begin - _REACH)
    if (
        quantity.kind == "bare"
        and _VERSION.fullmatch(printed)
        and _VERSIONED.search(text, near, quantity.begin)
    ):
        return False
    if quantity.kind not in ("bare", "percent", "points") or _COUNTED.match(text, quantity.end):
        return None
    for named in benchmarks:
        if named.start >= quantity.end and _ON_BENCHMARK.fullmatch(text, quantity.end, named.start):
            return True
        if named.end <= quantity.begin and _AT_BENCHMARK.fullmatch(text, named.end, quantity.begin):
            return True
    return None


def settled_direction(text: str, sentence: Sentence, quantity: Quantity) -> str | None:
    """``up`` or ``down`` where sign, verb or noun leave no doubt, else ``None``.

    Args:
        text: the text of the passage.
        sentence: the sentence that holds the number.
        quantity: the number.
    """
    if quantity.kind in ("percent", "points", "bare", "level") and quantity.signed:
        return "up" if quantity.signed == "+" else "down"
    leading = text[max(sentence.start, quantity.begin - _REACH) : quantity.begin]
    after = text[quantity.end : min(sentence.end, quantity.end + _REACH)]
    if _VERSUS_AFTER.match(after) or _VERSUS_BEFORE.search(leading) or _is_beaten(leading, after):
        return "absolute"
    compared = _THAN_JUST_BEFORE.search(leading) and _HIGHER_OR_LOWER.match(after)
    if compared:
        return compared.lastgroup
    if share_of(text, sentence, quantity):
        return "down"
    for form in (_KOREAN_CHANGE, _KOREAN_CHANGE_OF, _ENGLISH_CHANGE):
        match = form.match(after)
        if match is not None and quantity.shape != "low":
            return match.lastgroup
    if governed_by_verb(text, sentence, quantity):
        before, _ = direction_cues(text, sentence, quantity)
        telling = [cue for _, cue in before if cue != "against"]
        return _POINTING.get(telling[0]) if telling else None
    return None


def _is_beaten(before: str, after: str) -> bool:
    """Whether a number is a score that is beaten: "GPT의 14.9%를 크게 넘어섰다"."""
    return _OF_JUST_BEFORE.search(before) is not None and _SCORE_BEATEN.match(after) is not None


def share_of(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a percentage says what share of a cost is left: "only 12% of the compute"."""
    if quantity.kind != "percent" or quantity.signed:
        return False
    return _SHARE_OF.match(text, quantity.end, min(sentence.end, quantity.end + _REACH)) is not None


def settled_subject(text: str, sentence: Sentence, index: int, names: Sequence[Named]) -> int | None:
    """The entity that a number in brackets beside it, or its place in a list, makes the subject."""
    return _in_its_place(text, sentence, index, names, may_be_rivals=True)


def _in_its_place(
    text: str, sentence: Sentence, index: int, names: Sequence[Named], *, may_be_rivals: bool
) -> int | None:
    own = printed_with(text, sentence, index, names)
    if own is not None:
        return own.entity
    after = _first_after(sentence, index, names)
    if after is not None and _FOR_AFTER.fullmatch(text, sentence.numbers[index].end, after.start):
        return after.entity
    listed = standing_for(text, sentence, index, names) if len(names) > 1 else None
    compared = listed and _compared(text, listed, names)
    # Benchmarks are no rivals: "over A and B" is on them.
    barred = compared == "after" or (may_be_rivals and compared)
    return None if listed is None or barred else listed.entity


def printed_with(text: str, sentence: Sentence, index: int, names: Sequence[Named]) -> Named | None:
    """The name that a number is printed with, in brackets or as its score: "B (43.8%)", "B의 43.8%를 넘어섰다".

    Args:
        text: the text of the passage.
        sentence: the sentence that holds the number.
        index: which of its numbers is asked about.
        names: the names of one kind in the sentence, in order.
    """
    quantity, before = sentence.numbers[index], _last_before(sentence, index, names)
    own = before is not None and _OF_BEFORE.fullmatch(text, before.end, quantity.begin) is not None
    if own and _SCORE_BEATEN.match(text, quantity.end):
        return before
    return named_beside(text, sentence, index, names)


def settled_benchmark(text: str, sentence: Sentence, index: int, names: Sequence[Named]) -> int | None:
    """The benchmark beside a number in brackets, in its place of a list, after its "on" or before its "by"."""
    quantity = sentence.numbers[index]
    settled = _in_its_place(text, sentence, index, names, may_be_rivals=False)
    if settled is not None:
        return settled
    after = _first_after(sentence, index, names)
    if after is not None and _ON_AFTER.fullmatch(text, quantity.end, after.start):
        return after.entity
    before = _last_before(sentence, index, names)
    if before is None:
        return None
    tied = any(form.fullmatch(text, before.end, quantity.begin) for form in (_BY_BEFORE, _TASK_OF))
    return before.entity if tied else None


def settled_baseline(text: str, sentence: Sentence, index: int, names: Sequence[Named]) -> int | None:
    """What a number is greater or smaller than, where "than" or "보다" ties the two directly."""
    quantity = sentence.numbers[index]
    listed = standing_for(text, sentence, index, names) if len(names) > 1 else None
    if listed is not None and _compared(text, listed, names):
        return listed.entity
    after = _first_after(sentence, index, names)
    if after is not None and _THAN_AFTER.fullmatch(text, quantity.end, after.start):
        return after.entity
    before = _last_before(sentence, index, names)
    if before is not None and _THAN_BEFORE.fullmatch(text, before.end, quantity.begin):
        return before.entity
    if before is not None and (_share_of_name(text, before, quantity) or _beaten(text, before, quantity)):
        return before.entity
    improved = [n for n in names if _APPLIED_TO.search(text, max(sentence.start, n.start - _REACH), n.start)]
    return improved[0].entity if len({n.entity for n in improved}) == 1 else None


def _beaten(text: str, before: Named, quantity: Quantity) -> bool:
    """Whether a number says by how much a named thing is beaten: "A를 약 12% 초과하는"."""
    ties = _OBJECT_BEFORE.fullmatch(text, before.end, quantity.begin) is not None
    return ties and _BEATEN_AFTER.match(text, quantity.end) is not None


def _share_of_name(text: str, before: Named, quantity: Quantity) -> bool:
    """Whether a number says how much of a named thing's own something is: "A의 2.5배", "A의 2% 미만"."""
    if not _OF_BEFORE.fullmatch(text, before.end, quantity.begin):
        return False
    shared = quantity.kind == "percent" and _SHARE_AFTER.match(text, quantity.end) is not None
    return shared or quantity.kind == "times"


def settled_metric(
    text: str, quantity: Quantity, candidates: Sequence[MetricMention]
) -> MetricMention | None:
    """The metric that a number is printed with: "8%의 AP25", "20% 이상의 AP50".

    Args:
        text: the text of the passage.
        quantity: the number.
        candidates: the metrics that its sentence names.
    """
    behind = [m for m in candidates if m.source != "word" and m.start >= quantity.end]
    return next((m for m in behind if _METRIC_AFTER.fullmatch(text, quantity.end, m.start)), None)


def _compared(text: str, listed: Named, names: Sequence[Named]) -> str | None:
    """Where a list of names is made what one compares with: ``before`` ("over A and B"), ``after`` ("A와 B 대비")."""
    at = names.index(listed)
    place, length = lined_up(text, tuple((n.start, n.end) for n in names))[at]
    first, last = names[at - place], names[at - place + length - 1]
    if _THAN_AFTER_LIST.match(text, last.end):
        return "after"
    than = _THAN_BEFORE_LIST.search(text, max(0, first.start - _REACH), first.start)
    return "before" if than else None


def _first_after(sentence: Sentence, index: int, names: Sequence[Named]) -> Named | None:
    """The first name after a number, within reach and before the next number."""
    end = sentence.numbers[index].end
    limit = min([end + _REACH, *(q.begin for q in sentence.numbers[index + 1 : index + 2])])
    return next((n for n in names if end <= n.start < limit), None)


def _last_before(sentence: Sentence, index: int, names: Sequence[Named]) -> Named | None:
    """The last name before a number, within reach and after the number before."""
    begin = sentence.numbers[index].begin
    limit = max([begin - _REACH, *(q.end for q in sentence.numbers[max(0, index - 1) : index])])
    return next((n for n in reversed(names) if limit <= n.end <= begin), None)
