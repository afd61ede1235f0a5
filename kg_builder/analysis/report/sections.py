"""What a study found, as the sections of a report."""

from __future__ import annotations

from kg_builder.analysis.coverage import Coverage, Trust
from kg_builder.analysis.pagerank import DAMPING, TOLERANCE
from kg_builder.analysis.report.content import Block, Content, Paragraph, Section, Table, printed, share
from kg_builder.analysis.report.network_sections import (
    communities_section,
    growth_section,
    network_section,
    sizes_section,
)
from kg_builder.analysis.report.people_sections import (
    authors_section,
    bridges_section,
    organizations_section,
    person_section,
    suggestions_section,
    ties_section,
)
from kg_builder.analysis.report.wording import WEIGHTS, counted, counted_papers
from kg_builder.analysis.study import Study
from kg_builder.version import __version__


def report_content(study: Study, name: str) -> Content:
    """The report of a study.

    Args:
        study: what was found.
        name: what the graph is called.
    """
    sections = [
        _summary(study),
        _basis(study),
        network_section(study),
        communities_section(study),
        growth_section(study),
        sizes_section(study),
        authors_section(study),
        ties_section(study),
        bridges_section(study),
        suggestions_section(study),
        organizations_section(study),
        person_section(study),
    ]
    return Content(
        title=f"Who wrote with whom: {name}",
        subtitle=f"Papers of {study.settings.window}. kg-builder {__version__}.",
        sections=[section for section in sections if section is not None],
    )


def key_figures(study: Study) -> list[tuple[str, int | float | None, str]]:
    """The figures that say most, each with how it was counted."""
    projection, measures, found = study.projection, study.measures, study.communities
    coverage, count = projection.coverage, projection.authors.num_rows
    groups = study.community_table.num_rows
    largest = measures.component_sizes[0]
    return [
        ("papers", coverage.papers, counted_papers(study)),
        ("authors", count, "people who signed them"),
        ("ties", projection.ties.num_rows, "pairs of authors with a paper together"),
        ("weight of all ties", coverage.weight(projection.weighting), WEIGHTS[projection.weighting]),
        ("authors per paper", coverage.signatures / coverage.papers, "mean over the papers"),
        ("co-authors per author", measures.mean_degree, "mean over the authors, those without any included"),
        ("components", len(measures.component_sizes), "groups between which no chain of co-authors leads"),
        ("largest component", largest, f"authors in it, {share(largest, count)} of all"),
        ("communities", groups, f"of two authors or more; Leiden, seed {found.seed}"),
        ("modularity", found.modularity, f"of the communities, at resolution {found.resolution:g}"),
        (
            "clustering",
            measures.clustering,
            "mean share of an author's pairs of co-authors who wrote together",
        ),
        ("transitivity", measures.transitivity, "closed triples as a share of all connected triples"),
    ]


def _summary(study: Study) -> Section:
    table = Table(
        "The network in figures",
        ("figure", "value", "how it was counted"),
        key_figures(study),
        "All tables and the network itself are in the files beside this report.",
    )
    return Section("summary", "Key figures", [table])


def _basis(study: Study) -> Section:
    coverage, trust = study.projection.coverage, study.projection.trust
    blocks: list[Block] = [Paragraph(text) for text in (*_counted(study, coverage), *_identity(trust))]
    blocks += [Paragraph(text) for text in _methods(study)]
    return Section("basis", "What this rests on", blocks)


def _counted(study: Study, coverage: Coverage) -> list[str]:
    weighting, cap = study.projection.weighting, study.projection.cap
    said = [
        f"The graph holds {coverage.papers_in_graph:,} papers; {coverage.papers_in_window:,} lie in the window, "
        f"{coverage.papers:,} are counted. {coverage.papers_with_one_author:,} papers have one author and bring no "
        f"tie; {coverage.papers_without_author:,} name no person and are not counted."
    ]
    if cap is None:
        said.append(f"No cap was set: the largest paper has {coverage.largest_paper:,} authors.")
    elif coverage.papers_over_cap:
        whole = coverage.weight(weighting) + coverage.weight_over_cap(weighting)
        pairs = coverage.pairs + coverage.pairs_over_cap
        said.append(
            f"Left out by the cap of {cap} authors: {counted(coverage.papers_over_cap, 'paper')} (the largest of "
            f"{coverage.largest_paper:,} authors), with {coverage.pairs_over_cap:,} pairs of authors "
            f"({share(coverage.pairs_over_cap, pairs)} of all pairs), "
            f"{printed(coverage.weight_over_cap(weighting))} of the weight "
            f"({share(coverage.weight_over_cap(weighting), whole)} of all), and "
            f"{coverage.authors_over_cap_alone:,} authors who signed no other paper. --no-cap counts them."
        )
    else:
        said.append(f"The cap of {cap} authors leaves no paper out.")
    said.append(
        f"{coverage.papers_cut_off:,} counted papers have an author list that every source cuts off "
        f"({share(coverage.papers_cut_off, coverage.papers)}): ties of theirs are missing, and those that are here "
        "weigh too much."
    )
    said.append(_dates(coverage))
    if study.printed_twice:
        said.append(
            f"{study.printed_twice:,} author lists of the graph's sources print one name twice; it counts as one "
            "person there unless a decision parts them."
        )
    return said


def _dates(coverage: Coverage) -> str:
    said = [
        "A paper's date is that of its publication where a source gives it, else the first day that lists it "
        f"({coverage.papers_by_listing_date:,} counted papers)."
    ]
    if coverage.papers_dated_by_year or coverage.papers_dated_by_month:
        said.append(
            f"{coverage.papers_dated_by_year:,} are dated by the year and {coverage.papers_dated_by_month:,} by the "
            "month alone, which count as their first day."
        )
    if coverage.papers_without_date:
        said.append(
            f"{coverage.papers_without_date:,} papers of the graph have no date: they are counted where no window is "
            "asked for, and in no period."
        )
    return " ".join(said)


def _identity(trust: Trust) -> list[str]:
    return [
        f"Unverified identity: {trust.authors_by_name:,} of {trust.authors:,} authors "
        f"({share(trust.authors_by_name, trust.authors)}), with {trust.signatures_by_name:,} author places, are told "
        f"by their name alone; {trust.ties_by_name:,} of {trust.ties:,} ties ({share(trust.ties_by_name, trust.ties)}) "
        "have such an end. People who share a name may be one author here, and one person may be several; decide with "
        "kg-builder people."
    ]


def _methods(study: Study) -> list[str]:
    central, found = study.measures.betweenness, study.communities
    said = [f"Weight of a tie: {WEIGHTS[study.projection.weighting]}."]
    if central.sources is None:
        said.append("Betweenness is exact; each tie is one step, whatever its weight.")
    else:
        said.append(
            f"Betweenness is estimated from the shortest paths of {central.sources} authors (seed {central.seed}); "
            "each tie is one step, whatever its weight. One half of them and the other agree on "
            f"{_percent(central.top_20)} of the twenty highest and {_percent(central.top_100)} of the hundred highest; "
            "all together are steadier than either half. More authors are asked for with --samples."
        )
    said.append(
        f"PageRank is weighted, with damping {DAMPING:g}, solved to a residual of {TOLERANCE:g}. Communities "
        f"maximise modularity by the Leiden algorithm, seed {found.seed}; "
        + (
            "there is no tie to find them by."
            if found.stability is None
            else f"the next seed gives communities that agree to {found.stability:.2f} (adjusted Rand index, 1 being "
            "the same), so take their borders as one of several good ones."
        )
    )
    return said


def _percent(part: float | None) -> str:
    return "an unknown part" if part is None else f"{100 * part:.0f} %"
