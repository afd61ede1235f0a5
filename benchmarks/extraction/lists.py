"""Make the shipped lists of names and of ordinary words from ``../shared``.

    python -m benchmarks.extraction.lists [--shared ../shared]

The source lists are dirty: price-list keys, task variants, sentences. What stays is short, looks like a name and,
where it has neither a digit nor an inner capital, is no word of running text.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

NAMES = Path(__file__).parents[2] / "kg_builder" / "names"

MODEL_LISTS = ("epoch_models", "helm_models", "litellm_models", "fastchat_models", "opencompass_models")
BENCHMARK_LISTS = (
    "helm_scenarios",
    "inspect_evals",
    "lm_eval_families",
    "lm_eval_readme_titles",
    "opencompass_datasets",
    "mteb_tasks",
)
MIN_PAPERS_OF_WORD = 12

_BRACKET = re.compile(r"\s*[(\[].*$")
_PROVIDER = re.compile(
    r"^.*[/:@]|^(?:[a-z]{2,6}\.)?(?:anthropic|amazon|meta|cohere|mistral|ai21|openai|twelvelabs|writer)\."
)
_DEPLOYMENT = re.compile(
    r"(?:[-_](?:hf|vllm|turbomind|lmdeploy|api|latest|fp8|tput|turbo-together|\d{6,8}|\d{4}-\d\d-\d\d|v\d+:\d+))+$"
)
_TASK_SUFFIX = re.compile(
    r"(?:Retrieval|Classification|Clustering|Reranking|STS|PairClassification)?(?:\.v\d)?$"
)
_WORD = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")


def _lines(path: Path) -> Iterator[str]:
    yield from (line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _is_name(text: str, ordinary: frozenset[str], max_tokens: int) -> bool:
    words = text.split()
    if (
        not 2 <= len(text) <= 40
        or len(words) > max_tokens
        or " by " in text
        or not re.search("[A-Za-z]", text)
    ):
        return False
    if re.search(r"[,;+×]|https?", text):
        return False
    marked = re.search(r"\d|[a-z][A-Z]|[A-Z]{2}", text)
    return bool(marked) or not all(re.sub(r"\W", "", w).casefold() in ordinary for w in words)


def ordinary_words(shared: Path) -> frozenset[str]:
    """Words that at least `MIN_PAPERS_OF_WORD` English abstracts hold in lower case."""
    papers: dict[str, str] = {}
    for path in sorted((shared / "data" / "hf-daily-json").glob("*.json")):
        papers.update(_abstracts(json.loads(path.read_text(encoding="utf-8"))))
    counts = Counter(word for text in papers.values() for word in set(_WORD.findall(text)))
    return frozenset(word for word, count in counts.items() if count >= MIN_PAPERS_OF_WORD)


def _abstracts(tree: object) -> Iterator[tuple[str, str]]:
    entries = tree.get("data", []) if isinstance(tree, dict) else tree
    for entry in entries if isinstance(entries, list) else []:
        paper = entry.get("paper") if isinstance(entry, dict) else None
        if isinstance(paper, dict) and isinstance(paper.get("summary"), str):
            yield str(paper["id"]), paper["summary"]


def model_names(shared: Path, ordinary: frozenset[str]) -> list[str]:
    """Model names of all model lists, cleaned."""
    found = set()
    for name in MODEL_LISTS:
        for line in _lines(shared / "data" / "names" / f"{name}.txt"):
            cleaned = _DEPLOYMENT.sub("", _PROVIDER.sub("", _BRACKET.sub("", line)))
            if _is_name(cleaned, ordinary, 4) and not re.match(r"\d", cleaned):
                found.add(cleaned)
    return _spelled_once(found)


def benchmark_names(shared: Path, ordinary: frozenset[str]) -> list[str]:
    """Benchmark and dataset names of all benchmark lists, cleaned."""
    found = set()
    for name in BENCHMARK_LISTS:
        for line in _lines(shared / "data" / "names" / f"{name}.txt"):
            cleaned = _TASK_SUFFIX.sub("", _BRACKET.sub("", line.split(":")[0])).strip()
            if _is_name(cleaned, ordinary, 3):
                found.add(cleaned)
    return _spelled_once(found)


def _spelled_once(names: Iterable[str]) -> list[str]:
    """One spelling of each name: the one with most capitals, since price lists write all in lower case."""
    spelled: dict[str, str] = {}
    for name in sorted(names, key=lambda n: (-sum(c.isupper() for c in n), n)):
        spelled.setdefault(re.sub(r"[\s_-]", "", name.casefold()), name)
    return sorted(spelled.values(), key=lambda n: (n.casefold(), n))


def model_families(models: Iterable[str], ordinary: frozenset[str]) -> list[str]:
    """First words of model names that stand before a version or size in at least two names."""
    heads = Counter(
        m.group().casefold() for name in models if (m := re.match(r"[A-Za-z]{3,}(?=[-\s]?v?\d)", name))
    )
    return sorted(head for head, count in heads.items() if count >= 2 and head not in ordinary)


def main() -> None:
    """Write the lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    ordinary = ordinary_words(shared)
    models = model_names(shared, ordinary)
    lists = {
        "ordinary_words": sorted(ordinary),
        "models": models,
        "benchmarks": benchmark_names(shared, ordinary),
        "model_families": model_families(models, ordinary),
    }
    for name, lines in lists.items():
        (NAMES / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{name}: {len(lines)}")


if __name__ == "__main__":
    main()
