"""The component ``kg_organizations``: mentions of listed companies and institutions."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from spacy.language import Language

from kg_builder.extract.candidates import Candidate
from kg_builder.extract.draft import Draft
from kg_builder.extract.lexicon import lexicon
from kg_builder.facts import Entity, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

EXTRACTOR = "kg_organizations@1"
#: A listed name that stands by itself is nearly always the organisation; the list may hold a product of that name.
CONFIDENCE = 0.9


class OrganizationFinder:
    """Adds listed organisations where no other name stands."""

    def __call__(self, doc: Doc) -> Doc:
        """Add entities and mentions to the draft of a Doc."""
        draft: Draft = doc._.draft
        if draft.found is None:
            return doc
        listed = [c for c in draft.found.by_key.values() if _is_organization(c)]
        if not listed:
            return doc
        taken = sorted(
            (m.evidence.passage, m.evidence.mention_start, m.evidence.mention_end) for m in draft.mentions
        )
        for candidate in listed:
            places = [
                place
                for place in candidate.occurrences
                if place.maximal and not _overlaps(taken, place.passage, place.start, place.end)
            ]
            if places:
                index = len(draft.entities)
                draft.entities.append(Entity("Organization", candidate.text))
                draft.introduced.append(0.0)
                for place in places:
                    evidence = draft.evidence(place.passage, place.start, place.end)
                    draft.mentions.append(Mention(index, evidence, CONFIDENCE, EXTRACTOR))
        return doc


def _is_organization(candidate: Candidate) -> bool:
    lists = lexicon()
    return (
        candidate.key in lists.organizations
        and candidate.key not in lists.classes
        and not candidate.text.islower()
    )


def _overlaps(taken: list[tuple[int, int, int]], passage: int, start: int, end: int) -> bool:
    at = bisect_left(taken, (passage, start, 0))
    after = at < len(taken) and taken[at][0] == passage and taken[at][1] < end
    before = at > 0 and taken[at - 1][0] == passage and taken[at - 1][2] > start
    return after or before


@Language.factory("kg_organizations", default_config={"lists": True, "rules": True, "trained": True})
def make_organization_finder(  # spaCy passes them all
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    lists: bool,
    rules: bool,  # noqa: ARG001
    trained: bool,  # noqa: ARG001
) -> OrganizationFinder | NoOrganizations:
    """The component for these settings (see `kg_builder.extract.settings.ExtractionSettings`)."""
    return OrganizationFinder() if lists else NoOrganizations()


class NoOrganizations:
    """Stands in where the lists are switched off: without them no organisation is known."""

    def __call__(self, doc: Doc) -> Doc:
        """The Doc as it is."""
        return doc
