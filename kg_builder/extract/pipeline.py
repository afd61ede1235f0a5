"""The spaCy pipeline: a light tokenizer for Korean and English, and the components in their order."""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import TYPE_CHECKING

from kg_builder.extract.draft import PASSAGE_BREAK, Draft
from kg_builder.extract.settings import ExtractionSettings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

#: Where each built-in component is registered, in the order in which they run.
COMPONENTS = {
    "kg_names": "kg_builder.extract.names",
    "kg_relations": "kg_builder.extract.relations",
    "kg_results": "kg_builder.extract.results",
    "kg_organizations": "kg_builder.extract.organizations",
}

#: Those whose weights `ExtractionSettings.weights` replaces.
_WITH_WEIGHTS = ("kg_names", "kg_relations", "kg_results")

_TOKEN = re.compile(r"[가-힣]+|[^\s가-힣]+|\s+")


class ScriptTokenizer:
    """Splits at white space and where Hangul begins or ends, so that particles come off Latin names.

    It needs no dictionary, where ``spacy.blank("ko")`` needs MeCab, and it keeps every character: the text of
    the Doc is the text that was given.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a Doc."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        for piece in _TOKEN.findall(text):
            if piece == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@cache
def pipeline(settings: ExtractionSettings) -> Language:
    """The pipeline for these settings; built once.

    Args:
        settings: what is switched on, and which further components run.

    Returns:
        A spaCy Language whose components read and extend ``doc._.draft``.
    """
    import spacy
    from spacy.tokens import Doc

    if not Doc.has_extension("draft"):
        Doc.set_extension("draft", default=None)
    nlp = spacy.blank("xx")
    nlp.tokenizer = ScriptTokenizer(nlp.vocab)
    for name, module in COMPONENTS.items():
        importlib.import_module(module)
        config: dict[str, bool | str | None] = {
            "lists": settings.lists,
            "rules": settings.rules,
            "trained": settings.trained,
        }
        if name in _WITH_WEIGHTS:
            config["weights"] = settings.weights
        nlp.add_pipe(name, config=config)
    for name in settings.extra:
        nlp.add_pipe(name)
    return nlp


def as_doc(nlp: Language, draft: Draft, *, words: bool = True) -> Doc:
    """A Doc of the document's passages, joined, that carries the draft.

    Args:
        nlp: the pipeline.
        draft: the draft to be carried.
        words: whether the text is cut into words; the built-in components read the passages themselves and need
            none, so that without further components the Doc holds one mark a passage only.
    """
    from spacy.tokens import Doc

    texts = [passage.text for passage in draft.document.passages]
    # Not nlp.make_doc: it refuses texts beyond a length that only parsers need.
    doc = nlp.tokenizer(PASSAGE_BREAK.join(texts)) if words else Doc(nlp.vocab, words=["¶"] * len(texts))
    doc._.draft = draft
    return doc
