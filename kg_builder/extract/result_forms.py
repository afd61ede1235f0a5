"""Forms of words that settle what a number says, whatever a trained judge thinks of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg_builder.extract.result_cues import direction_cues, governed_by_verb
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
    r"\s(?:(?:relative|absolute|average|overall|performance|accuracy|additional)\s){0,2}"
    r"(?:(?P<up>improvement|increase|gain|boost|speedup|speed-up|faster|higher|better|more)"
    r"|(?P<down>reduction|decrease|drop|decline|lower|fewer|less|shorter|smaller|cheaper|slower))"
)
_SHARE_OF = re.compile(
    r"\sof\s(?:the\s|its\s|their\s|all\s)?(?:[a-z][a-z-]{2,14}\s){0,2}"
    r"(?:cost|compute|memory|parameter|time|token|FLOP|budget|consumption|overhead|latency|energy|storage|size)s?\b"
)
# "24.0% in the MT Bench", "98% across 130 LIBERO tasks"; "MBPP by 6%"
_ON_AFTER = re.compile(r"[^,.;:()\n]{0,24}?\b(?:on|in|across)\s(?:the\s|\d{1,4}\s)?", re.IGNORECASE)
_BY_BEFORE = re.compile(r"\sby\s(?:(?:over|up|to|about|nearly|around|more|than|an?)\s){0,3}\+?")
# "faster than Megatron-LM"; "GPT-4o보다 31%"
_THAN_AFTER = re.compile(
    r"[^,;:()\n]{0,32}?\b(?:than|over)\s(?:(?:the|a|an|original|vanilla|standard|base|baseline)\s){0,2}"
)
# "compared with 82.9% for Zeta"
_FOR_AFTER = re.compile(r"\s?%?\sfor\s(?:the\s)?")
_THAN_AFTER_LIST = re.compile(r"\s?(?:모델|방법)?\s?(?:보다|대비|에\s비해|[와과]\s비교)")
_THAN_BEFORE = re.compile(
    r"\s?(?:모델|방법|기반)?\s?(?:보다|대비|에\s비해|와\s비교해|와\s비교하여)\s?[^,;.\d]{0,16}"
)


def settled_direction(text: str, sentence: Sentence, quantity: Quantity) -> str | None:
    """``up`` or ``down`` where sign, verb or noun leave no doubt, else ``None``.

    Args:
        text: the text of the passage.
        sentence: the sentence that holds the number.
        quantity: the number.
    """
    if quantity.kind in ("percent", "points", "bare", "level") and quantity.signed:
        return "up" if quantity.signed == "+" else "down"
    after = text[quantity.end : min(sentence.end, quantity.end + _REACH)]
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


def share_of(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a percentage says what share of a cost is left: "only 12% of the compute"."""
    if quantity.kind != "percent" or quantity.signed:
        return False
    return _SHARE_OF.match(text, quantity.end, min(sentence.end, quantity.end + _REACH)) is not None


def settled_subject(text: str, sentence: Sentence, index: int, names: Sequence[Named]) -> int | None:
    """The entity that a number in brackets beside it, or its place in a list, makes the subject."""
    beside = named_beside(text, sentence, index, names)
    if beside is not None:
        return beside.entity
    after = _first_after(sentence, index, names)
    if after is not None and _FOR_AFTER.fullmatch(text, sentence.numbers[index].end, after.start):
        return after.entity
    return _listed(text, sentence, index, names)


def settled_benchmark(text: str, sentence: Sentence, index: int, names: Sequence[Named]) -> int | None:
    """The benchmark beside a number in brackets, in its place of a list, after its "on" or before its "by"."""
    quantity = sentence.numbers[index]
    settled = settled_subject(text, sentence, index, names)
    if settled is not None:
        return settled
    after = _first_after(sentence, index, names)
    if after is not None and _ON_AFTER.fullmatch(text, quantity.end, after.start):
        return after.entity
    before = _last_before(sentence, index, names)
    if before is not None and _BY_BEFORE.fullmatch(text, before.end, quantity.begin):
        return before.entity
    return None


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
    return None


def _listed(text: str, sentence: Sentence, index: int, names: Sequence[Named]) -> int | None:
    listed = standing_for(text, sentence, index, names) if len(names) > 1 else None
    return None if listed is None or _compared(text, listed, names) else listed.entity


def _compared(text: str, listed: Named, names: Sequence[Named]) -> bool:
    """Whether the list of names that a name is a member of is what something is compared with."""
    at = names.index(listed)
    place, length = lined_up(text, tuple((n.start, n.end) for n in names))[at]
    return _THAN_AFTER_LIST.match(text, names[at - place + length - 1].end) is not None


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
