"""Names that only a number gives away: what it is compared with, or measured on, where no entity stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg_builder.extract.lexicon import lexicon
from kg_builder.extract.metrics import canonical_metric
from kg_builder.extract.result_scene import Named, Scene, Sentence
from kg_builder.extract.tokens import name_key
from kg_builder.facts import Entity, EntityLabel

_WORD = r"[A-Z][A-Za-z0-9]{0,24}(?:[-.+&/';][A-Za-z0-9+]{1,24}){0,4}\+?"
_NAME = rf"(?P<name>{_WORD}(?:\s(?:{_WORD}|v?\d{{1,4}}(?:\.\d)?(?![\d.%-]))){{0,3}})"
_ENDS = r"(?![\w%@])"
_TESTS = r"benchmarks?|datasets?|test|leaderboard|suite|corpus"
_KOREAN_TESTS = r"벤치마크|데이터\s?셋|데이터\s?세트|테스트|리더보드|대회|코퍼스"
# Below one stand metrics rather ("NSD에서 0.89").
_NUMBER = r"(?:약\s|최대\s|평균\s|각각\s|무려\s|\+|~)?(?!0\.)\d"
# "5.5 more than LAM", "surpassing the strongest prior baseline, X, by"; "X 방식보다", "X에 비해"
_COMPARED = (
    re.compile(
        r"\b(?:than|over|outperform(?:s|ing|ed)?|surpass(?:es|ing|ed)?|exceed(?:s|ing|ed)?|beat(?:s|ing)?|against|"
        r"compared\s(?:to|with)|relative\sto)\s(?:[a-z][a-z-]{0,16},?\s){0,5}" + _NAME + _ENDS
    ),
    re.compile(
        _NAME + r"(?:\s(?:모델|방법|방법론|기법|방식|기반|베이스라인|어댑터)(?:들)?)?(?:을|를)?\s?"
        r"(?:보다|대비|에\s비해|[와과]\s비교|능가|뛰어넘|초과|앞서)"
    ),
)
# "83.1 on TriQA", "accuracy on the Orbit benchmark"; "TriQA에서 83.1", "Orbit 데이터셋에서"
_MEASURED = (
    re.compile(rf"\d(?:\\?%|\spoints)?(?:\s[\w@-]{{1,16}}){{0,2}}\s(?:on|in)\s(?:the\s)?{_NAME}{_ENDS}"),
    re.compile(rf"\b(?:on|in|across)\s(?:the\s)?{_NAME}\s(?:{_TESTS})\b"),
    re.compile(rf"{_NAME}(?:\s[가-힣]{{1,6}}){{0,2}}\s(?:{_KOREAN_TESTS})(?:에서|의|에)"),
    re.compile(rf"{_NAME}에서(?:는|도)?\s{_NUMBER}"),
)
_HARDWARE = re.compile(
    r"\b(?:NVIDIA|GPU|CPU|TPU|RTX|[AHLVB]\d{2,4}|[KMGT]B|Apple|Intel|AMD|iPhone|Snapdragon|Jetson|CUDA|PyTorch|Python)s?\b",
    re.IGNORECASE,
)
_SHORTEST = 2
# "VideoLMs" are a class of things.
_PLURAL = re.compile(r"[A-Z]s\Z")
# Label, form, and what a sentence holds somewhere that has the form; quick to look for.
_FORMS: tuple[tuple[EntityLabel, re.Pattern[str], tuple[str, ...]], ...] = (
    (
        "Method",
        _COMPARED[0],
        ("than ", "over ", "outperform", "surpass", "exceed", "beat", "against ", "compared ", "relative "),
    ),
    ("Method", _COMPARED[1], ("보다", "대비", "에 비해", " 비교", "능가", "뛰어넘", "초과", "앞서")),
    ("Benchmark", _MEASURED[0], (" on ", " in ")),
    ("Benchmark", _MEASURED[1], (" benchmark", " dataset", " test", " leaderboard", " suite", " corpus")),
    ("Benchmark", _MEASURED[2], ("벤치마크", "데이터", "테스트", "리더보드", "대회", "코퍼스")),
    ("Benchmark", _MEASURED[3], ("에서",)),
)


def add_unnamed(scene: Scene) -> int:
    """Add what the form of the words beside numbers makes a rival or a benchmark, where no entity is named.

    Args:
        scene: the document; entities, roles, names and the names of sentences grow.

    Returns:
        How many entities the scene had before.
    """
    known = len(scene.entities)
    entities = list(scene.entities)
    by_key: dict[tuple[str, str], int] = {}
    for sentence in scene.sentences:
        text = scene.text(sentence.passage)
        for label, start, end in _found(text, sentence):
            key = (label, name_key(text[start:end]))
            index = by_key.setdefault(key, len(entities))
            if index == len(entities):
                entities.append(Entity(label, " ".join(text[start:end].split())))
                scene.roles.append(frozenset())
                scene.names.append([])
            named = Named(index, sentence.passage, start, end)
            scene.names[index].append(named)
            sentence.names.append(named)
            sentence.names.sort(key=lambda n: (n.start, n.end, n.entity))
    scene.entities = entities
    return known


def _found(text: str, sentence: Sentence) -> Iterator[tuple[EntityLabel, int, int]]:
    """Label and place of each name that a form gives away and nothing known covers."""
    taken = [(n.start, n.end) for n in sentence.names]
    taken += [(m.start, m.end) for m in sentence.metrics if m.source == "listed"]
    said = text[sentence.start : sentence.end].replace("\n", " ")
    for label, form, hints in _FORMS:
        if not any(hint in said for hint in hints):
            continue
        for match in form.finditer(text, sentence.start, sentence.end):
            start, end = match.span("name")
            said_to_be = form in (_MEASURED[1], _MEASURED[2])
            if not _is_name(text[start:end], said_to_be) or any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            yield label, start, end


def _is_name(name: str, said_to_be: bool) -> bool:
    """Whether a string has the form of a name of one thing; any that is no word will do where it is said to be one."""
    listed = lexicon()
    first = name.split()[0]
    if first in listed.function or name_key(first) in listed.classes or len(name) < _SHORTEST:
        return False
    if _PLURAL.search(name) or _HARDWARE.search(name) or canonical_metric(name) is not None:
        return False
    key = name_key(name)
    if key in listed.classes or key in listed.organizations:
        return False
    marked = sum(c.isupper() for c in name) > 1 or any(c.isdigit() for c in name)
    return marked or (said_to_be and name.casefold() not in listed.ordinary)
