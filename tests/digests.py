"""Digests for tests, in the form of the real ones; the papers are invented."""

from __future__ import annotations

from pathlib import Path

from kg_builder import build

HEADING = "## Daily Papers ({date})\n\n"

ENTRY = """### [{title}](https://arxiv.org/abs/{arxiv})

![](https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/{arxiv}.png)

Vote: {votes}

Authors: {authors}

- ***What's New***: {new}
- ***Technical Details***: {details}
- ***Performance Highlights***: {highlights}

"""


def entry(
    title: str = "TinyWalk: Short Walks for Long Proofs",
    arxiv: str = "2501.00001",
    votes: int = 7,
    authors: str = "Mina Seo, Jonas Falk, Ada Brun",
    new: str = "TinyWalk는 긴 증명을 짧은 걸음으로 나누는 새로운 프레임워크입니다.",
    details: str = "TinyWalk는 Qwen2.5-7B를 기반으로 학습되었습니다.",
    highlights: str = "TinyWalk는 GSM8K에서 GPT-4o보다 3.5% 높은 정확도를 보였습니다.",
) -> str:
    """One entry of a digest."""
    return ENTRY.format(
        title=title,
        arxiv=arxiv,
        votes=votes,
        authors=authors,
        new=new,
        details=details,
        highlights=highlights,
    )


def digest(*entries: str, date: str = "2025-01-02") -> str:
    """A digest of these entries; of one where none is given."""
    return HEADING.format(date=date) + "".join(entries or (entry(),))


OTHER = entry(
    title="GreyMap: Maps Without Colours",
    arxiv="2501.00002",
    votes=3,
    authors="Ada Brun, Mina Seo, Harbor Lab",
    new="GreyMap은 색 없이 지도를 그리는 모델입니다.",
    details="GreyMap은 CLIP을 사용합니다.",
    highlights="GreyMap은 ImageNet에서 81.2%의 정확도를 달성했습니다.",
)

#: Two people of one name who share company, two who do not, and one written in two ways.
WEI_ZHANGS = (
    entry(authors="Mina Seo, Jonas Falkenrath, Wei Zhang"),
    entry(title="Second", arxiv="2501.00002", authors="Minah Seo, Ada Brunwald"),
    entry(title="Third", arxiv="2501.00003", authors="Wei Zhang, Jonas Falkenrath"),
    entry(title="Fourth", arxiv="2501.00004", authors="Wei Zhang, Pia Holmqvist"),
)


def built(folder: Path, *entries: str) -> Path:
    """The workspace ``g.kg`` of a folder, of one digest ``one.md`` of these entries."""
    (folder / "one.md").write_text(digest(*entries), encoding="utf-8")
    build([str(folder / "one.md")], folder / "g.kg")
    return folder / "g.kg"
