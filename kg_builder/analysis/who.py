"""Finding a person of a network by id or name."""

from __future__ import annotations

from kg_builder.analysis.projection import Projection
from kg_builder.errors import AnalysisError
from kg_builder.lookup import Named, look_up
from kg_builder.resolve.person_names import name_key


def find_person(projection: Projection, wanted: str) -> int:
    """The row of `Projection.authors` of the person with this id or name.

    Case, diacritics, hyphens and full stops do not count, unless the name as written has a bearer.

    Raises:
        AnalysisError: there is none, and the message names the nearest; or several share the name.
    """
    if wanted in projection.ids:
        return projection.ids.index(wanted)
    matches = [row for row, name in enumerate(projection.names) if name == wanted]
    if not matches:
        key = name_key(wanted)
        matches = [row for row, name in enumerate(projection.names) if name_key(name) == key]
    if len(matches) == 1:
        return matches[0]
    if matches:
        among = ", ".join(projection.ids[row] for row in matches)
        raise AnalysisError(f"{len(matches)} people are called {wanted!r}; give the id of one: {among}")
    raise AnalysisError(f"nobody in this network is called {wanted!r}{_nearest(projection, wanted)}")


def _nearest(projection: Projection, wanted: str) -> str:
    """The names that come near. Nobody is taken for one of them: of people a beginning says too little."""
    people = (Named(person, (name,)) for person, name in zip(projection.ids, projection.names, strict=True))
    found = look_up(wanted, people)
    names = found.offers if found.node is None else found.node.spellings
    if names:
        return f"; did you mean {' or '.join(names)}?"
    return "; the window, the cap or the sources may leave the person out"
