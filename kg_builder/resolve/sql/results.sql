-- Results. One claim told twice, in two languages say, is one Result where paper, value, unit, benchmarks and metrics
-- agree; claims of one document that agree in these are told apart by their place among each other.

CREATE OR REPLACE TEMP TABLE result_end AS
SELECT r.source, r.document, r.result, r.type, e.label, e.id
FROM (
    SELECT source, document, result, 'OF' AS type, explode(subjects) AS entity FROM result
    UNION ALL
    SELECT source, document, result, 'ON' AS type, explode(benchmarks) AS entity FROM result
    UNION ALL
    SELECT source, document, result, 'AGAINST' AS type, explode(baselines) AS entity FROM result
    UNION ALL
    SELECT source, document, result, 'MEASURES' AS type, explode(metrics) AS entity FROM result
) AS r
JOIN entity_of e USING (source, document, entity);

CREATE OR REPLACE TEMP TABLE claim AS
WITH listed AS (
    SELECT source, document, result, type, array_join(array_sort(array_agg(DISTINCT id)), '|') AS ids
    FROM result_end
    WHERE type IN ('ON', 'MEASURES')
    GROUP BY source, document, result, type
),
keyed AS (
    SELECT r.*, p.paper, p.rank, p.id AS passage_id,
        facts_text(number_text(r.value), r.unit, b.ids, m.ids) AS facts
    FROM result r
    JOIN passage_of p USING (source, document, passage)
    LEFT JOIN listed b
        ON b.source = r.source AND b.document = r.document AND b.result = r.result AND b.type = 'ON'
    LEFT JOIN listed m
        ON m.source = r.source AND m.document = r.document AND m.result = r.result AND m.type = 'MEASURES'
)
SELECT *,
    paper || '/' || substring(sha256(facts || '#' || CAST(row_number() OVER (
        PARTITION BY source, document, facts ORDER BY passage, mention_start, result
    ) AS STRING)), 1, 16) AS id
FROM keyed;

-- As with entities, texts join at the end, once a claim.
CREATE OR REPLACE TEMP TABLE best_claim AS
WITH numbered AS (
    SELECT *, row_number() OVER (
        PARTITION BY id ORDER BY confidence DESC, rank, passage_id, mention_start, "start", extractor, source
    ) AS place
    FROM claim
),
counted AS (
    SELECT id, count(DISTINCT (passage_id, mention_start)) AS count, array_sort(array_agg(DISTINCT source)) AS sources
    FROM claim
    GROUP BY id
)
SELECT f.id, f.paper, f.value, f.from_value, f.unit, f.kind, f.direction,
    f.passage_id, f."start", f."end", f.mention_start, f.mention_end, f.confidence, f.extractor, c.count, c.sources,
    substring(p.text, f."start" + 1, f."end" - f."start") AS evidence,
    substring(p.text, f.mention_start + 1, f.mention_end - f.mention_start) AS mention
FROM numbered f
JOIN counted c USING (id)
JOIN nodes."Passage" p ON p.id = f.passage_id
WHERE f.place = 1;

INSERT INTO nodes."Result" BY NAME
SELECT id, value, from_value, unit, kind, direction, mention AS text FROM best_claim;

INSERT INTO relationships."REPORTS" BY NAME
SELECT
    'Paper' AS start_label, paper AS start_id, 'Result' AS end_label, id AS end_id,
    passage_id AS passage, "start", "end",
    evidence, mention, mention_start, mention_end, confidence, extractor, count, sources
FROM best_claim;

CREATE OR REPLACE TEMP TABLE claim_end AS
SELECT DISTINCT x.type, 'Result' AS start_label, c.id AS start_id, x.label AS end_label, x.id AS end_id
FROM result_end x
JOIN claim c USING (source, document, result);

DROP TABLE best_claim;
DROP TABLE claim;
DROP TABLE result_end;
DROP TABLE passage_of;
