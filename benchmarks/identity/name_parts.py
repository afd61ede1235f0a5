"""Counts of given and family names, made anew: ``python -m benchmarks.identity.name_parts SOURCE... > FILE``.

A part is counted once for every different name that it stands in.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from kg_builder.document import Document
from kg_builder.errors import SourceError
from kg_builder.readers import find_sources, reader_for
from kg_builder.resolve.identity.commonness import family_part, given_part
from kg_builder.resolve.person_names import name_key, parse_name

#: Parts of fewer different names are left out.
FEWEST = 4


def names_in(paths: list[str]) -> set[str]:
    """The different names of persons in the sources."""
    found: set[str] = set()
    for source in find_sources(paths, Path(), None, None):
        try:
            for item in reader_for(source, None).read(source):
                if isinstance(item, Document):
                    found.update(name_key(a.name) for a in item.authors if a.kind == "person")
        except SourceError as error:
            print(error, file=sys.stderr)
    return found


def main() -> None:
    """Count, and print as CSV."""
    names = [parse_name(key) for key in sorted(names_in(sys.argv[1:]))]
    parts = {
        "family": Counter(family_part(name) for name in names if name.family),
        "given": Counter(given_part(name) for name in names if len(given_part(name)) > 1),
    }
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("part", "name", "names"))
    writer.writerow(("family", "", len(names)))
    for part, counts in parts.items():
        writer.writerows((part, name, n) for name, n in sorted(counts.items()) if n >= FEWEST)


if __name__ == "__main__":
    main()
