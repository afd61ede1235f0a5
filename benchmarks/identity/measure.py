"""Who is who, measured against baselines: ``python -m benchmarks.identity.measure [accounts|anthology]``.

The ids that are to be predicted are taken off the signatures before anything is resolved. Measured are the signatures
whose person the gold knows; *shared* are those whose name, in the gold, belongs to several people; *held out* are the
people on whom no weight was learnt. Over random halves of the people it is told how far kg-builder is ahead of the best
baseline of each half: that baseline is not the same in all, and a half knows fewer people to be confused with.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import pairwise as steps

import numpy as np

from benchmarks.identity.corpora import NAMES, Item, corpus, hidden, is_held_out, paper_id
from benchmarks.identity.measures import b_cubed, pairwise
from kg_builder.document import Document
from kg_builder.resolve.identity.candidates import compatible_names
from kg_builder.resolve.papers import Groups
from kg_builder.resolve.people import resolve_people
from kg_builder.resolve.person_names import name_key, parse_name

#: Random halves of the people.
_HALVES = 40
#: Borders of the groups of confidence.
_STEPS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


def authors(papers: list[Document]) -> dict[Item, tuple[str, float]]:
    """The id of the Author of each signature, and the confidence that it has."""
    signatures, terms = hidden(papers)
    start = time.process_time()
    found = resolve_people(signatures, terms)
    print(f"{len(signatures):,} signatures in {time.process_time() - start:.1f} CPU seconds")
    confidence = {person.id: person.confidence for person in found.people}
    return {
        (signatures[n].paper, name_key(signatures[n].name)): (id, confidence[id])
        for _, n, _, id in found.rows
    }


def reliability(found: Mapping[Item, tuple[str, float]], gold: Mapping[Item, str]) -> None:
    """Print, for Authors of each confidence, how many have all known signatures of one person, and no other's."""
    of_author: dict[str, set[Item]] = defaultdict(set)
    of_person: dict[str, set[Item]] = defaultdict(set)
    confidence = {}
    for item in gold.keys() & found.keys():
        author, confidence[author] = found[item]
        of_author[author].add(item)
        of_person[gold[item]].add(item)
    right = {a: of_person[gold[next(iter(items))]] == items for a, items in of_author.items()}
    print("confidence    Authors  mean   right")
    for low, high in steps(_STEPS):
        chosen = [a for a in right if low <= confidence[a] < high]
        if chosen:
            mean = sum(confidence[a] for a in chosen) / len(chosen)
            share = sum(right[a] for a in chosen) / len(chosen)
            print(f"{low:.2f} to {min(high, 1):.2f} {len(chosen):7}  {mean:.3f}  {share:.3f}")


def exact_name(papers: list[Document]) -> dict[Item, object]:
    """One person for each name, but for case, marks and hyphens."""
    return _by_name(papers, lambda name: name)


def surname_and_initial(papers: list[Document]) -> dict[Item, object]:
    """One person for each family name and first initial."""

    def key(name: str) -> object:
        parsed = parse_name(name)
        return parsed.family, parsed.given[0][:1] if parsed.given else ""

    return _by_name(papers, key)


def compatible_name(papers: list[Document]) -> dict[Item, object]:
    """One person for all names that agree, directly or through others."""
    names = {name_key(a.name): parse_name(a.name) for d in papers for a in d.authors}
    groups = Groups()
    for a, b, _ in compatible_names(names.values()):
        groups.join([a.key, b.key])
    return _by_name(papers, groups.name)


def _by_name(papers: list[Document], key: Callable[[str], object]) -> dict[Item, object]:
    known = {name: key(name) for name in sorted({name_key(a.name) for d in papers for a in d.authors})}
    return {(paper_id(d), name_key(a.name)): known[name_key(a.name)] for d in papers for a in d.authors}


def report(papers: list[Document], gold: Mapping[Item, str]) -> None:
    """Print one line for each way to tell people apart, and each set of signatures."""
    holders: dict[str, set[str]] = defaultdict(set)
    for (_, name), person in gold.items():
        holders[name].add(person)
    items = sorted(gold)
    sets = {
        "all": items,
        "learnt on": [i for i in items if not is_held_out(gold[i])],
        "held out": [i for i in items if is_held_out(gold[i])],
        "shared": [i for i in items if len(holders[i[1]]) > 1],
        "shared, held out": [i for i in items if len(holders[i[1]]) > 1 and is_held_out(gold[i])],
    }
    print(f"{'':22}{'set':18}{'n':>7}  B³ P     R     F1     pair P R     F1")
    known = authors(papers)
    ways: dict[str, Mapping[Item, object]] = {"ours": {item: person for item, (person, _) in known.items()}}
    ways |= {way.__name__: way(papers) for way in (exact_name, surname_and_initial, compatible_name)}
    for way, found in ways.items():
        for name, chosen in sets.items():
            there = [i for i in chosen if i in found]
            b, p = b_cubed(found, gold, there), pairwise(found, gold, there)
            values = (b.precision, b.recall, b.f1, p.precision, p.recall, p.f1)
            print(f"{way:22}{name:18}{len(there):7}  " + " ".join(f"{v:.4f}" for v in values))
    halves(ways, gold)
    reliability(known, gold)


def halves(ways: Mapping[str, Mapping[Item, object]], gold: Mapping[Item, str]) -> None:
    """Print B³ F1 on random halves of the people, and how far the best baseline of each half is behind."""
    people = sorted(set(gold.values()))
    found, leads = [], []
    for seed in range(_HALVES):
        chosen = set(random.Random(seed).sample(people, len(people) // 2))
        items = [i for i in sorted(gold) if gold[i] in chosen and i in ways["ours"]]
        scores = {way: b_cubed(authors, gold, items).f1 for way, authors in ways.items()}
        found.append(scores.pop("ours"))
        leads.append(found[-1] - max(scores.values()))
    low, high = np.quantile(leads, [0.05, 0.95])
    print(
        f"{_HALVES} random halves: B³ F1 {np.mean(found):.4f}, ahead of the best baseline by {np.mean(leads):+.4f}"
    )
    print(f"  (90 % from {low:+.4f} to {high:+.4f}; ahead in {np.mean(np.array(leads) > 0):.0%})")


def main() -> None:
    """Measure on the sets named, or on both."""
    for name in sys.argv[1:] or NAMES:
        papers, gold = corpus(name)
        print(f"\n{name}: {len(papers):,} papers")
        report(papers, gold)


if __name__ == "__main__":
    main()
