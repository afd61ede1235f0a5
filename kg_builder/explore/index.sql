-- What explore reads beside the graph's own tables: every node under a number, the most important first; every
-- relationship from both of its ends; the names, folded for the search; and the words in them, for its mistakes.

CREATE MACRO folded(text) AS
    trim(regexp_replace(lower(strip_accents(nfc_normalize(text))), '[\s_‐-―-]+', ' ', 'g'));

-- Texts are compared once, here; from then on nodes are known by numbers.
CREATE TEMP TABLE thing AS SELECT (row_number() OVER ())::INTEGER AS key, * FROM all_nodes;

CREATE TEMP TABLE link AS
    SELECT s.key AS start, e.key AS finish, l.type, l.place
    FROM all_relationships l
    JOIN thing s ON s.id = l.start_id AND s.label = l.start_label
    JOIN thing e ON e.id = l.end_id AND e.label = l.end_label;

CREATE TEMP TABLE ranked AS
    WITH degree AS (
        SELECT key, count(*) AS degree
        FROM (SELECT start AS key FROM link UNION ALL SELECT finish FROM link) GROUP BY key
    )
    SELECT key, (votes + coalesce(degree, 0))::BIGINT AS importance,
        (row_number() OVER (ORDER BY votes + coalesce(degree, 0) DESC, label, id) - 1)::INTEGER AS number
    FROM thing LEFT JOIN degree USING (key);

CREATE TABLE node AS
    SELECT number, label, id, name, place, importance FROM thing JOIN ranked USING (key) ORDER BY number;

CREATE TABLE edge AS
    WITH bound AS (
        SELECT s.number AS node, e.number AS other, type, place
        FROM link JOIN ranked s ON s.key = start JOIN ranked e ON e.key = finish
    )
    SELECT node, other, type, true AS leaving, place FROM bound
    UNION ALL
    SELECT other, node, type, false, place FROM bound
    ORDER BY node, type, leaving, other;

CREATE TABLE name AS
    SELECT DISTINCT number, label, folded(other) AS folded
    FROM (
        SELECT number, label, unnest(list_distinct([name, id] || others)) AS other
        FROM thing JOIN ranked USING (key)
        WHERE label NOT IN ('Result', 'Passage', 'Source')
    )
    WHERE other IS NOT NULL
    ORDER BY number;

CREATE TABLE word AS
    SELECT word, count(*) AS uses
    FROM (SELECT unnest(regexp_extract_all(folded, '[\p{L}\p{N}]+')) AS word FROM name)
    WHERE length(word) >= 3
    GROUP BY word;
