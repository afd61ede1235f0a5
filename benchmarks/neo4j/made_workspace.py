"""A workspace of any size with a made-up graph: papers that each use some models, with evidence, by SQL alone."""

from __future__ import annotations

from pathlib import Path

from kg_builder.workspace import Workspace

MODELS = 2_000
USES_A_PAPER = 6

# The step between the models of one paper: with it no paper uses a model twice.
_STEP = 331

_PAPERS = """
INSERT INTO nodes."Paper" BY NAME
SELECT printf('arxiv:%09d', n) AS id, 'A study of the number ' || n AS title, '2025-01-01' AS date, n % 97 AS votes
FROM range(?) papers(n)
"""

_MODELS = """
INSERT INTO nodes."Model" BY NAME
SELECT printf('m-%06d', n) AS id, 'M-' || n AS name, ['M ' || n] AS aliases FROM range(?) models(n)
"""

_USES = f"""
INSERT INTO relationships."USES" BY NAME
SELECT
    'Paper' AS start_label, printf('arxiv:%09d', n) AS start_id, 'Model' AS end_label,
    printf('m-%06d', model) AS end_id, printf('arxiv:%09d/abstract/0123456789abcdef', n) AS passage,
    0 AS "start", length(evidence) AS "end", evidence, mention, 14 AS mention_start,
    14 + length(mention) AS mention_end, 0.9 AS confidence, 'relations@1' AS extractor, 1 AS count,
    ['source:0123456789abcdef'] AS sources
FROM (
    SELECT n, model, 'M-' || model AS mention,
           'We build upon M-' || model || ' for the study of the number ' || n || '.' AS evidence
    FROM (SELECT n, (n * 7919 + k * {_STEP}) % {MODELS} AS model FROM range(?) papers(n), range({USES_A_PAPER}) uses(k))
)
"""


def make_workspace(path: Path, papers: int) -> None:
    """Write a workspace with so many papers and six times as many relationships.

    Args:
        path: the file, which must not exist.
        papers: how many papers.
    """
    with Workspace(path, writable=True) as workspace, workspace.transaction() as connection:
        connection.execute(_MODELS, [MODELS])
        connection.execute(_PAPERS, [papers])
        connection.execute(_USES, [papers])
        workspace.mark_graph_fresh()
