"""A workspace of any size, filled by SQL: papers, their authors, what they name, and results with evidence."""

from __future__ import annotations

from pathlib import Path

from kg_builder.workspace import Workspace

#: Parts of made-up names; numbers tell the rest apart.
_SYLLABLES = "['ka','mo','ri','te','su','no','vel','dan','qui','xor','한','별','누리','zen','lu','per']"

_SQL = """
CREATE MACRO word(n) AS list_extract({s}, 1 + (hash(n) % 16)::INT) || list_extract({s}, 1 + (hash(n + 7) % 16)::INT)
    || list_extract({s}, 1 + (hash(n * 3) % 16)::INT);
INSERT INTO nodes."Paper" BY NAME
    SELECT 'arxiv:' || i AS id, '' || i AS arxiv_id, word(i) || ' for ' || word(i + 1) || ' and ' || word(i + 2)
        || ' ' || i AS title, 'https://example.org/' || i AS url, (hash(i) % 90)::BIGINT AS votes,
        strftime(DATE '2015-01-01' + (i % 3500)::INT, '%Y-%m-%d') AS date FROM range({papers}) t(i);
INSERT INTO nodes."Author" BY NAME
    SELECT 'name:a' || i AS id, upper(word(i)) || ' ' || word(i * 5) || i AS name, 'name' AS identity,
        0.9 AS confidence FROM range({papers} * 2) t(i);
INSERT INTO nodes."Model" BY NAME
    SELECT 'm' || i AS id, word(i) || '-' || i || 'B' AS name, ['the ' || word(i) || ' ' || i] AS aliases,
        word(i) AS family FROM range({papers} // 10) t(i);
INSERT INTO nodes."Benchmark" BY NAME
    SELECT 'b' || i AS id, word(i) || 'Bench' || i AS name FROM range({papers} // 50) t(i);
INSERT INTO nodes."Metric" BY NAME
    SELECT 'metric' || i AS id, 'metric ' || i AS name, i % 2 = 0 AS higher_is_better FROM range(20) t(i);
INSERT INTO nodes."Passage" BY NAME
    SELECT 'arxiv:' || i || '/abstract/1' AS id, 'abstract' AS section, 'en' AS language, 1 AS position,
        word(i) || ' is compared with ' || word(i + 4) || ', and reaches 71.5% there.' AS text
        FROM range({papers}) t(i);
INSERT INTO nodes."Result" BY NAME
    SELECT 'arxiv:' || i || '#r' AS id, (hash(i) % 1000) / 10.0 AS value, '%' AS unit, 'absolute' AS kind,
        '71.5%' AS text FROM range({papers}) t(i);
INSERT INTO relationships."AUTHORED" BY NAME
    SELECT 'Author' AS start_label, 'name:a' || (hash(i * 4 + k) % ({papers} * 2)) AS start_id,
        'Paper' AS end_label, 'arxiv:' || i AS end_id, min(k + 1) AS position
        FROM range({papers}) t(i), range(4) u(k) GROUP BY ALL;
INSERT INTO relationships."CO_AUTHORED" BY NAME
    SELECT 'Author' AS start_label, a.start_id AS start_id, 'Author' AS end_label, b.start_id AS end_id,
        count(*) AS papers, count(*) / 3.0 AS weight FROM relationships."AUTHORED" a
        JOIN relationships."AUTHORED" b ON a.end_id = b.end_id AND a.start_id < b.start_id GROUP BY ALL;
INSERT INTO relationships."HAS_PASSAGE" BY NAME
    SELECT 'Paper' AS start_label, 'arxiv:' || i AS start_id, 'Passage' AS end_label,
        'arxiv:' || i || '/abstract/1' AS end_id FROM range({papers}) t(i);
INSERT INTO relationships."REPORTS" BY NAME
    SELECT 'Paper' AS start_label, 'arxiv:' || i AS start_id, 'Result' AS end_label, 'arxiv:' || i || '#r' AS end_id,
        'arxiv:' || i || '/abstract/1' AS passage, 0 AS start, 50 AS "end", 'It reaches 71.5% there.' AS evidence,
        '71.5%' AS mention, 11 AS mention_start, 16 AS mention_end, 0.9 AS confidence, 'made@1' AS extractor,
        1 AS count FROM range({papers}) t(i);
INSERT INTO relationships."OF" BY NAME
    SELECT 'Result' AS start_label, 'arxiv:' || i || '#r' AS start_id, 'Model' AS end_label,
        'm' || (hash(i) % ({papers} // 10)) AS end_id FROM range({papers}) t(i);
INSERT INTO relationships."ON" BY NAME
    SELECT 'Result' AS start_label, 'arxiv:' || i || '#r' AS start_id, 'Benchmark' AS end_label,
        'b' || floor(sqrt(hash(i) % (({papers} // 50) ** 2)::BIGINT))::BIGINT AS end_id FROM range({papers}) t(i);
INSERT INTO relationships."MEASURES" BY NAME
    SELECT 'Result' AS start_label, 'arxiv:' || i || '#r' AS start_id, 'Metric' AS end_label,
        'metric' || i % 20 AS end_id FROM range({papers}) t(i);
INSERT INTO relationships."COMPARES_WITH" BY NAME
    SELECT 'Paper' AS start_label, 'arxiv:' || i AS start_id, 'Model' AS end_label,
        'm' || (hash(i * 9 + k) % ({papers} // 10)) AS end_id, 'arxiv:' || i || '/abstract/1' AS passage,
        0 AS start, 40 AS "end", 'It is compared with that.' AS evidence, 'that' AS mention, 20 AS mention_start,
        24 AS mention_end, 0.8 AS confidence, 'made@1' AS extractor, 1 AS count
        FROM range({papers}) t(i), range(2) u(k) GROUP BY ALL;
INSERT INTO relationships."VARIANT_OF" BY NAME
    SELECT 'Model' AS start_label, 'm' || i AS start_id, 'Model' AS end_label, 'm' || i // 4 AS end_id
        FROM range(1, {papers} // 10) t(i);
"""


def make_workspace(path: Path, papers: int) -> None:
    """Write a workspace of about 5.1 nodes and 15 relationships a paper; the same for the same number.

    Args:
        path: the file to be made.
        papers: how many papers.
    """
    with Workspace(path, writable=True) as made, made.transaction() as connection:
        connection.execute(_SQL.format(s=_SYLLABLES, papers=papers))
        made.mark_graph_fresh()
