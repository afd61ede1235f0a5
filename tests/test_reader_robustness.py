"""Whatever the bytes: no crash but the project's own error, no hang, no good paper lost beside a bad one."""

from __future__ import annotations

import json
import random
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg_builder.document import Document, Problem
from kg_builder.errors import KgBuilderError
from kg_builder.readers import READERS, SourceFile, reader_for

DIGEST_ENTRY = """\
### [{title}](https://arxiv.org/abs/2503.{number:05})

![](https://cdn.example/{number}.png)

Vote: {number}

Authors: Mina Park, Geunseob, Oh, Tidy Team, ['Ada Low', "Luca D'Amico"], +

- ***What's New***: {title}은 표를 정리하는 모델입니다 ("GPT-4o를" 씁니다).
- **Technical Details**: 한 줄.
둘째 줄.
- 라벨 없는 글.
"""


def digest_entry(number: int) -> str:
    return DIGEST_ENTRY.format(title=f"Paper {number}: A [B] Study", number=number)


def paper_record(number: int) -> dict:
    return {
        "paper": {
            "id": f"2503.{number:05}",
            "authors": [
                {"name": "Ada Low", "user": {"user": "ada"}, "status": "claimed_verified"},
                {"name": "Oh"},
            ],
            "publishedAt": "2025-02-27T17:59:59.000Z",
            "title": f"Paper {number}",
            "summary": 'We clean "tables".\nTwice.',
            "upvotes": number,
            "ai_keywords": ["a", "b"],
            "organization": {"name": "x", "fullname": "X Y"},
        }
    }


WORK = {"id": "https://openalex.org/W1", "title": "T", "authorships": [{"author": {"display_name": "A B"}}]}
ROW = {
    "id": "0704.0001",
    "title": "T",
    "authors_parsed": [["Low", "Ada", ""]],
    "categories": "cs.CL",
    "abstract": "x",
}
SEEDS = {
    "digest": "## Daily Papers (2025-03-01)\n\n" + digest_entry(1) + "\n" + digest_entry(2),
    "huggingface": json.dumps([paper_record(1), repr(paper_record(2)), paper_record(3)], indent=1),
    "arxiv": f"{json.dumps(ROW)}\n{json.dumps(ROW)}\n",
    "openalex": f"{json.dumps(WORK)}\n{json.dumps(WORK)}\n",
    "acl": '<collection id="P19"><volume id="1"><meta><year>2019</year></meta><paper id="1"><title>T</title>'
    "<author><first>A</first><last>B</last></author></paper></volume></collection>",
    "bibtex": "@article{a, title = {T {\\'e} $x$}, author = {B, A and {C D}}, year = 2020}\n@misc{b, title = {U}}\n",
}
NASTY = [
    "\x00", "\x0c", "\x1b", "\u202e", "\u200b", "\u2028", "\ufeff", "\n", "\r", "\n\n", '"', "'", "\\",
    "{", "}", "[", "]", "(", ")", "](", "### [", "## Daily Papers (", "Authors: ", "Vote: ", ",", ", ,", "+",
    "- ***What's New***:", "*" * 9, "\\ud800", "1e999", "9" * 30, "null", "<!DOCTYPE a>", "<paper>", "&x;",
    "@article{", "%", "$", "et al.", " and ",
]  # fmt: skip


def mutated(seed: bytes, randomness: random.Random) -> bytes:
    """The bytes after one to four small accidents."""
    content = bytearray(seed)
    for _ in range(randomness.randint(1, 4)):
        start = randomness.randrange(len(content) + 1)
        end = min(len(content), start + randomness.choice([0, 1, 1, 2, 5, 40]))
        accident = randomness.randrange(6)
        if accident == 0:
            del content[start:end]
        elif accident == 1:
            content[start:end] = randomness.choice(NASTY).encode()
        elif accident == 2:
            content[start:end] = bytes(randomness.randrange(256) for _ in range(end - start))
        elif accident == 3:
            content[start:start] = content[start:end] * randomness.choice([1, 2, 50])
        elif accident == 4:
            del content[start:]
        else:
            other = randomness.randrange(len(content) + 1)
            content[start:end], content[other:other] = content[other : other + 5], content[start:end]
    return bytes(content)


def outcomes(form: str, content: bytes) -> list[Document | Problem]:
    """What a reader gives; the project's own error is a way to give nothing."""
    with suppress(KgBuilderError):
        return list(READERS[form].read(SourceFile("source", content)))
    return []


def check(results: list[Document | Problem]) -> None:
    """What holds for everything that a reader gives."""
    for result in results:
        if isinstance(result, Problem):
            assert result.lost
            assert result.reason
            continue
        assert result.title.strip()
        assert result.passages[0].section == "title"
        assert all(passage.text.strip() for passage in result.passages)
        assert all(any(c.isalpha() for c in author.name) for author in result.authors)
        repr(result).encode("utf-8")


@pytest.mark.parametrize("form", sorted(SEEDS))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(randomness=st.randoms(use_true_random=False))
def test_damaged_sources_never_crash(form, randomness):
    content = mutated(SEEDS[form].encode(), randomness)
    check(outcomes(form, content))
    with suppress(KgBuilderError):
        reader_for(SourceFile("source", content))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(randomness=st.randoms(use_true_random=False))
def test_a_damaged_entry_costs_no_other_in_a_digest(randomness):
    damaged = mutated(digest_entry(2).encode(), randomness)
    content = b"\n\n".join([digest_entry(1).encode(), damaged, digest_entry(3).encode()])
    found = {result.title for result in outcomes("digest", content) if isinstance(result, Document)}
    assert found >= {"Paper 1: A [B] Study", "Paper 3: A [B] Study"}


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(randomness=st.randoms(use_true_random=False))
def test_a_damaged_record_costs_no_other_in_json(randomness):
    one, two, three = (json.dumps(paper_record(n), indent=1).encode() for n in (1, 2, 3))
    content = b"[" + b",\n".join([one, mutated(two, randomness), three]) + b"]"
    found = {result.title for result in outcomes("huggingface", content) if isinstance(result, Document)}
    assert found >= {"Paper 1", "Paper 3"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("form", "record"),
    [("huggingface", paper_record(1)["paper"]), ("arxiv", ROW), ("openalex", WORK)],
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_fields_of_the_wrong_kind_never_crash(form, record, data):
    fields = {key: data.draw(json_values | st.just(value)) for key, value in record.items()}
    for key in (
        "locations",
        "primary_location",
        "concepts",
        "abstract_inverted_index",
        "versions",
        "doi",
        "authors",
    ):
        fields[key] = data.draw(json_values)
    content = json.dumps({"paper": fields} if form == "huggingface" else fields)
    check(outcomes(form, content.encode("utf-8", "replace")))


@pytest.mark.parametrize("form", sorted(SEEDS))
@pytest.mark.parametrize(
    "unit", ["x", "*", "a, ", "[", "{", "(", "'", '"', "\\", "&", "<", "- ", "# ", "\n", "### [", "\u202e"]
)
def test_a_long_run_of_characters_is_read_in_seconds(form, unit):
    seed = SEEDS[form]
    middle = len(seed) // 2
    content = (seed[:middle] + unit * (400_000 // len(unit)) + seed[middle:]).encode()
    started = time.process_time()
    outcomes(form, content)
    assert time.process_time() - started < 20


@pytest.mark.parametrize("form", ["huggingface", "arxiv", "openalex"])
@pytest.mark.parametrize("unit", ["[", '{"a":', '{"paper":', '{"results":['])
def test_deep_nesting_is_the_projects_own_error(form, unit):
    deep = unit * 200_000
    assert not [r for r in outcomes(form, deep.encode()) if isinstance(r, Document)]


def test_a_literal_that_is_nested_deeply_is_a_problem():
    content = json.dumps(["{'paper': " + "[" * 100_000, repr(paper_record(1))])
    results = outcomes("huggingface", content.encode())
    assert [isinstance(result, Document) for result in results] == [False, True]
