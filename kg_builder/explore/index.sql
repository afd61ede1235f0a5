-- What explore reads beside the graph's own tables: every node under a number, the most important first; every
-- relationship from both of its ends; the names, folded for the search; and the words in them, for its mistakes.

CREATE MACRO folded(text) AS
    trim(regexp_replace(lower(strip_accents(nfc_normalize(text))), '[\s_‐-―-]+', ' ', 'g'));

CREATE TEMP TABLE thing AS SELECT * FROM all_nodes;

CREATE TEMP TABLE link AS SELECT * FROM all_relationships;

CREATE TEMP TABLE degree AS
    SELECT label, id, count(*) AS degree
    FROM (SELECT start_label AS label, start_id AS id FROM link UNION ALL SELECT end_label, end_id FROM link)
    GROUP BY ALL;

CREATE TABLE node AS
    SELECT (row_number() OVER (ORDER BY t.votes + coalesce(d.degree, 0) DESC, t.label, t.id) - 1)::INTEGER AS number,
        t.label, t.id, t.name, t.place, (t.votes + coalesce(d.degree, 0))::BIGINT AS importance
    FROM thing t LEFT JOIN degree d USING (label, id)
    ORDER BY number;

CREATE TEMP TABLE bound AS
    SELECT s.number AS start, e.number AS finish, l.type, l.place
    FROM link l
    JOIN node s ON s.label = l.start_label AND s.id = l.start_id
    JOIN node e ON e.label = l.end_label AND e.id = l.end_id;

CREATE TABLE edge AS
    SELECT start AS node, finish AS other, type, true AS leaving, place FROM bound
    UNION ALL
    SELECT finish, start, type, false, place FROM bound
    ORDER BY node, type, leaving, other;

CREATE TABLE name AS
    SELECT DISTINCT number, label, folded(other) AS folded
    FROM (
        SELECT n.number, n.label, unnest(list_distinct([n.name, n.id] || t.others)) AS other
        FROM node n JOIN thing t USING (label, id)
        WHERE n.label NOT IN ('Result', 'Passage', 'Source')
    )
    WHERE other IS NOT NULL
    ORDER BY number;

CREATE TABLE word AS
    SELECT word, count(*) AS uses
    FROM (SELECT unnest(regexp_extract_all(folded, '[\p{L}\p{N}]+')) AS word FROM name)
    WHERE length(word) >= 3
    GROUP BY word;
