"""Who is who, measured against baselines: ``python -m benchmarks.identity.measure [accounts|anthology]``.

The ids that are to be predicted are taken off the signatures before anything is resolved. Measured are the signatures
whose person the gold knows; *shared* are those whose name, in the gold, belongs to several people; *held out* are the
names that no weight was learnt on.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import yaml

from benchmarks.identity.measures import b_cubed, pairwise
from kg_builder.document import Document
from kg_builder.errors import SourceError
from kg_builder.readers import find_sources, reader_for
from kg_builder.resolve.identity.candidates import compatible_names
from kg_builder.resolve.papers import Groups
from kg_builder.resolve.people import PrintedName, resolve_people
from kg_builder.resolve.person_names import name_key, parse_name

SHARED = Path(os.environ.get("KG_BUILDER_SHARED", Path(__file__).parents[2].parent / "shared"))
_WORD = re.compile(r"\w{4,}")

#: A signature: paper and key of the name.
Item = tuple[str, str]


def documents(folder: Path) -> Iterator[Document]:
    """All papers in a folder, each once."""
    seen: set[str] = set()
    for source in find_sources([str(folder)], Path(), None, None):
        try:
            for item in reader_for(source, None).read(source):
                if isinstance(item, Document) and paper_id(item) not in seen:
                    seen.add(paper_id(item))
                    yield item
        except SourceError as error:
            print(f"passed over: {error}", file=sys.stderr)


def paper_id(document: Document) -> str:
    """What a paper is called here."""
    return document.arxiv_id or next(iter(document.external_ids), document.title)


def accounts_gold(papers: list[Document]) -> dict[Item, str]:
    """The accounts by which writers claimed their signatures."""
    lines = (SHARED / "data/identity/hf_accounts.jsonl").read_text(encoding="utf-8").splitlines()
    there = {paper_id(d) for d in papers}
    rows = [json.loads(line) for line in lines]
    return {(r["arxiv"], name_key(r["name"])): r["person"] for r in rows if r["arxiv"] in there}


def anthology_gold(papers: list[Document]) -> dict[Item, str]:
    """The people whom the Anthology lists: by the id on the signature, else by a name that is one person's only."""
    text = (SHARED / "data/acl-anthology-2019/name_variants.yaml").read_text(encoding="utf-8")
    people: dict[str, set[str]] = defaultdict(set)
    for entry in yaml.safe_load(text):
        names = [_full(name) for name in (entry["canonical"], *entry.get("variants", ()))]
        for name in names:
            people[name].add(entry.get("id") or names[0])
    listed = set().union(*people.values())
    gold: dict[Item, str] = {}
    for document in papers:
        for author in document.authors:
            given = [i.partition(":")[2] for i in author.ids if i.startswith("acl-person:")]
            meant = set(given) & listed if given else people.get(author.name, set())
            if len(meant) == 1:
                gold[paper_id(document), name_key(author.name)] = min(meant)
    return gold


def _full(name: Mapping[str, str]) -> str:
    return f"{name.get('first') or ''} {name['last']}".strip()


def ours(papers: list[Document]) -> dict[Item, object]:
    """The Authors that kg-builder makes of names, co-authors, topics and titles, ids hidden."""
    signatures, terms = [], {}
    for document in sorted(papers, key=paper_id):
        paper = paper_id(document)
        terms[paper] = [*dict.fromkeys(_WORD.findall(document.title.lower())), *document.topics]
        signatures += [
            PrintedName("source", 0, 0, a.name, paper, (), a.affiliations)
            for a in document.authors
            if a.kind == "person"
        ]
    numbered = [
        PrintedName(s.source, n, 1, s.name, s.paper, (), s.affiliations) for n, s in enumerate(signatures)
    ]
    start = time.process_time()
    found = resolve_people(numbered, terms)
    print(f"{len(signatures):,} signatures in {time.process_time() - start:.1f} CPU seconds")
    return {(numbered[n].paper, name_key(numbered[n].name)): id for _, n, _, id in found.rows}


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


def is_held_out(item: Item) -> bool:
    """Whether no weight was learnt on signatures of this name."""
    return hashlib.md5(item[1].encode(), usedforsecurity=False).digest()[0] % 2 == 1


def report(papers: list[Document], gold: Mapping[Item, str]) -> None:
    """Print one line for each way to tell people apart, and each set of signatures."""
    holders: dict[str, set[str]] = defaultdict(set)
    for (_, name), person in gold.items():
        holders[name].add(person)
    items = sorted(gold)
    sets = {
        "all": items,
        "held out": [i for i in items if is_held_out(i)],
        "shared": [i for i in items if len(holders[i[1]]) > 1],
    }
    print(f"{'':22}{'set':10}{'n':>7}  B³ P     R     F1     pair P R     F1")
    for way in (ours, exact_name, surname_and_initial, compatible_name):
        found = way(papers)
        for name, chosen in sets.items():
            there = [i for i in chosen if i in found]
            b, p = b_cubed(found, gold, there), pairwise(found, gold, there)
            values = (b.precision, b.recall, b.f1, p.precision, p.recall, p.f1)
            print(f"{way.__name__:22}{name:10}{len(there):7}  " + " ".join(f"{v:.4f}" for v in values))


def main() -> None:
    """Measure on the sets named, or on both."""
    wanted = sys.argv[1:] or ["accounts", "anthology"]
    for name in wanted:
        folder = "data/hf-daily-json" if name == "accounts" else "data/acl-anthology-2019/xml"
        papers = list(documents(SHARED / folder))
        print(f"\n{name}: {len(papers):,} papers")
        report(papers, accounts_gold(papers) if name == "accounts" else anthology_gold(papers))


if __name__ == "__main__":
    main()
