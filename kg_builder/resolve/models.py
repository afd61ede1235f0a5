"""Models as a tree of variants: every model with its parts, and the wider names that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg_builder.ids import slug
from kg_builder.resolve.entities import NamedThing, entity_key, unmarked
from kg_builder.resolve.model_names import parse_model_name


@dataclass(frozen=True, slots=True)
class Model:
    """A Model node; the fields are its properties."""

    id: str
    name: str
    aliases: tuple[str, ...]
    family: str | None
    version: str | None
    size: str | None
    variant: str | None


@dataclass(frozen=True, slots=True)
class ModelTree:
    """All models, by id, and (narrower id, wider id) for each VARIANT_OF."""

    models: tuple[Model, ...]
    variant_of: tuple[tuple[str, str], ...]


def model_tree(things: Iterable[NamedThing]) -> ModelTree:
    """Read every model's name, and add the wider names that no text names by itself.

    Args:
        things: the models that the texts name.

    Returns:
        These and the wider ones, and how they hang together.
    """
    named = list(things)
    by_key = {entity_key(thing.name): thing for thing in named}
    for thing in named:
        for alias in thing.aliases:
            by_key.setdefault(entity_key(alias), thing)
    edges = set()
    added = []
    for thing in named:
        narrower = thing.id
        for wider in parse_model_name(thing.name).wider:
            found = by_key.get(entity_key(wider)) or by_key.get(entity_key(unmarked(wider)))
            if found is None:
                found = by_key[entity_key(wider)] = NamedThing("Model", slug(wider), wider, ())
                added.append(found)
            if found.id != narrower:
                edges.add((narrower, found.id))
            narrower = found.id
    models = []
    for thing in (*named, *added):
        parsed = parse_model_name(thing.name)
        family = by_key.get(entity_key(parsed.family))
        parts = (parsed.version, parsed.size, parsed.variant) if parsed.wider else (None, None, None)
        models.append(
            Model(thing.id, thing.name, thing.aliases, family.name if family else parsed.family, *parts)
        )
    return ModelTree(tuple(sorted(models, key=lambda m: m.id)), tuple(sorted(edges)))
