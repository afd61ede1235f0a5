"""The two corpora that tell who is who: papers, and the people behind some of their signatures."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from kg_builder.document import Document
from kg_builder.errors import SourceError
from kg_builder.readers import find_sources, reader_for
from kg_builder.resolve.people import PrintedName
from kg_builder.resolve.person_names import name_key

SHARED = Path(os.environ.get("KG_BUILDER_SHARED", Path(__file__).parents[2].parent / "shared"))
_FOLDERS = {"accounts": "data/hf-daily-json", "anthology": "data/acl-anthology-2019/xml"}
NAMES = tuple(_FOLDERS)
_WORD = re.compile(r"\w{4,}")

#: A signature: paper and key of the name.
Item = tuple[str, str]


def corpus(name: str) -> tuple[list[Document], dict[Item, str]]:
    """The papers of a corpus, and the person of each signature that is known."""
    papers = list(documents(SHARED / _FOLDERS[name]))
    return papers, _accounts(papers) if name == "accounts" else _anthology(papers)


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


def hidden(papers: list[Document]) -> tuple[list[PrintedName], dict[str, list[str]]]:
    """All signatures, numbered by `document`, without their ids; and what each paper is on."""
    signatures, terms = [], {}
    for document in sorted(papers, key=paper_id):
        paper = paper_id(document)
        terms[paper] = [*dict.fromkeys(_WORD.findall(document.title.lower())), *document.topics]
        year = (document.published or document.date or "")[:4]
        signatures += [
            PrintedName("source", 0, 1, a.name, paper, (), a.affiliations, int(year) if year else None)
            for a in document.authors
            if a.kind == "person"
        ]
    numbered = [
        PrintedName(s.source, n, 1, s.name, s.paper, (), s.affiliations, s.year)
        for n, s in enumerate(signatures)
    ]
    return numbered, terms


def is_held_out(person: str) -> bool:
    """Whether no weight was learnt on this person."""
    return hashlib.md5(person.encode(), usedforsecurity=False).digest()[0] % 2 == 1


def _accounts(papers: list[Document]) -> dict[Item, str]:
    """The accounts by which writers claimed their signatures."""
    lines = (SHARED / "data/identity/hf_accounts.jsonl").read_text(encoding="utf-8").splitlines()
    there = {paper_id(d) for d in papers}
    rows = [json.loads(line) for line in lines]
    return {(r["arxiv"], name_key(r["name"])): r["person"] for r in rows if r["arxiv"] in there}


def _anthology(papers: list[Document]) -> dict[Item, str]:
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
