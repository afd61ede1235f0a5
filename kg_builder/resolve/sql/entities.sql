-- Entities, and what papers do with them, each relationship with its best evidence. Table entity_name (label, name, id)
-- says which thing each name is, thing holds the things with all their properties.

CREATE OR REPLACE TEMP TABLE entity_of AS
SELECT e.source, e.document, e.entity, e.label, n.id
FROM entity e
JOIN entity_name n USING (label, name);

-- Every find: one row a place in a text, the same place in two sources being one find.
CREATE OR REPLACE TEMP TABLE find AS
WITH found AS (
    SELECT 'MENTIONS' AS type, source, document, CAST(NULL AS INTEGER) AS subject, entity AS target,
        passage, "start", "end", mention_start, mention_end, confidence, extractor
    FROM mention
    UNION ALL
    SELECT type, source, document, subject, target,
        passage, "start", "end", mention_start, mention_end, confidence, extractor
    FROM relation
)
SELECT
    f.type,
    CASE WHEN f.subject IS NULL THEN 'Paper' ELSE s.label END AS start_label,
    CASE WHEN f.subject IS NULL THEN p.paper ELSE s.id END AS start_id,
    t.label AS end_label, t.id AS end_id,
    p.id AS passage, f."start", f."end", f.mention_start, f.mention_end, f.confidence, f.extractor, f.source, p.rank
FROM found f
JOIN passage_of p USING (source, document, passage)
JOIN entity_of t ON t.source = f.source AND t.document = f.document AND t.entity = f.target
LEFT JOIN entity_of s ON s.source = f.source AND s.document = f.document AND s.entity = f.subject
WHERE f.type = 'MENTIONS' OR NOT (f.subject IS NULL AND f.type = 'BASED_ON');

-- Texts join at the end, once a relationship: sorting and counting carry places alone.
CREATE OR REPLACE TEMP TABLE best AS
WITH numbered AS (
    SELECT *, row_number() OVER (
        PARTITION BY type, start_label, start_id, end_label, end_id
        ORDER BY confidence DESC, rank, passage, mention_start, mention_end, "start", "end", extractor, source
    ) AS place
    FROM find
),
counted AS (
    SELECT type, start_label, start_id, end_label, end_id,
        count(DISTINCT (passage, mention_start)) AS count,
        array_sort(array_agg(DISTINCT source)) AS sources
    FROM find
    GROUP BY type, start_label, start_id, end_label, end_id
)
SELECT f.type, f.start_label, f.start_id, f.end_label, f.end_id,
    f.passage, f."start", f."end", f.mention_start, f.mention_end, f.confidence, f.extractor, c.count, c.sources,
    substring(p.text, f."start" + 1, f."end" - f."start") AS evidence,
    substring(p.text, f.mention_start + 1, f.mention_end - f.mention_start) AS mention
FROM numbered f
JOIN counted c USING (type, start_label, start_id, end_label, end_id)
JOIN nodes."Passage" p ON p.id = f.passage
WHERE f.place = 1;

DROP TABLE find;
