"""Evaluation of results: value, unit, direction, and what each is attached to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg_builder.evaluation.exported import ExportedGraph, name_key
from kg_builder.evaluation.names import accepted
from kg_builder.evaluation.tally import Tally

_SEVERAL = re.compile(r"\s*(?:,|와 |과 |및|and |\+ )\s*")
_ENDS = ("OF", "ON", "AGAINST", "MEASURES")
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class FoundResult:
    """A result as a graph tells it.

    Args:
        properties: of its node.
        ends: for each of OF, ON, AGAINST and MEASURES the keys of the names it leads to.
    """

    properties: Mapping[str, Any]
    ends: Mapping[str, set[str]]


class PaperNames:
    """What the gold of one paper says of its names, for judging what results are attached to."""

    def __init__(self, gold: Mapping[str, Any]) -> None:
        self.entities = {key: e for e in gold["entities"] for key in accepted(e)}
        self.introduced = {
            k for e in gold["entities"] if any("introduces" in r for r in e["roles"]) for k in accepted(e)
        }
        self.rivals = {
            k for e in gold["entities"] if set(e["roles"]) == {"compares_with"} for k in accepted(e)
        }

    def parts(self, name: str) -> set[str]:
        """The keys by which a name, or any part of "A and B", may be called."""
        found: set[str] = set()
        for part in (name, *_SEVERAL.split(name)):
            if part.strip():
                key = name_key(part)
                found |= accepted(self.entities[key]) if key in self.entities else {key}
        return found

    def type_of(self, name: str | None) -> str | None:
        """The type of a name, where the gold has it."""
        entity = self.entities.get(name_key(name)) if name else None
        return None if entity is None else str(entity["type"])

    def subject_right(self, subject: str | None, of: set[str]) -> bool:
        """Whether what a result is of fits what the gold says; for a method, anything but a mere rival does."""
        rival = subject is not None and name_key(subject) in self.rivals
        if subject is not None and (self.type_of(subject) == "Model" or rival):
            own = of & self.introduced
            own_is_no_model = bool(own) and all(self.entities[k]["type"] != "Model" for k in own)
            return bool(of & self.parts(subject)) or (own_is_no_model and not rival)
        return not (of and of <= self.rivals)

    def right(self, want: Mapping[str, Any], found: FoundResult) -> bool:
        """Whether a found result says all that the gold says of one."""
        stated, ends = found.properties, found.ends
        if _unit(want["unit"]) != _unit(stated.get("unit")):
            return False
        if want["direction"] is not None and want["direction"] != stated.get("direction"):
            return False
        if "from" in want and not same_value(stated.get("from_value"), want["from"]):
            return False
        if want["benchmark"] is not None and not ends["ON"] & self.parts(want["benchmark"]):
            return False
        if want["metric"] is not None and not ends["MEASURES"]:
            return False
        return self._baseline_right(want, ends["AGAINST"]) and self.subject_right(want["subject"], ends["OF"])

    def _baseline_right(self, want: Mapping[str, Any], against: set[str]) -> bool:
        baseline = want["baseline"]
        if baseline is None or want["kind"] == "absolute" or "from" in want:
            return True
        return bool(against & self.parts(baseline)) or name_key(baseline) not in self.entities


def _unit(unit: str | None) -> str:
    return "" if unit in (None, "", "none", "points") else str(unit)


def same_value(found: Any, wanted: Any) -> bool:
    """Whether two numbers are one, whatever their signs."""
    if found is None or wanted is None:
        return False
    return abs(abs(float(found)) - abs(float(wanted))) < _TOLERANCE


def score_results(
    whole: Tally, values: Tally, graph: ExportedGraph, gold: Mapping[str, Any], nodes: Iterable[str]
) -> None:
    """Compare a paper's results with the gold.

    Args:
        whole: counts of results that are right in all their parts.
        values: counts of values alone.
        graph: the export.
        gold: the paper's line of the gold file.
        nodes: the paper's Result nodes.
    """
    paper, ident = PaperNames(gold), str(gold["id"])
    left = [
        FoundResult(
            graph.properties[node],
            {end: {graph.entity_key(n, paper.entities) for n in graph.targets(node, end)} for end in _ENDS},
        )
        for node in nodes
    ]
    of_whole, of_values = whole.of(ident), values.of(ident)
    for want in sorted(gold["results"], key=lambda w: bool(w.get("optional"))):
        same = [found for found in left if same_value(found.properties.get("value"), want["value"])]
        best = next((found for found in same if paper.right(want, found)), same[0] if same else None)
        if best is not None:
            left.remove(best)
        if want.get("optional"):
            continue
        right = best is not None and paper.right(want, best)
        of_values.found += best is not None
        of_values.missed += best is None
        of_whole.found += right
        of_whole.missed += not right
        of_whole.extra += best is not None and not right
        if not right:
            verdict = "missed " if best is None else "wrong  "
            got = "" if best is None else f" got {dict(best.properties)} {dict(best.ends)}"
            whole.errors.append(f"{verdict} {ident}: {want}{got}")
    of_whole.extra += len(left)
    of_values.extra += len(left)
    whole.errors += [f"extra   {ident}: {dict(found.properties)} {dict(found.ends)}" for found in left]
