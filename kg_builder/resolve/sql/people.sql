-- Authors, organisations among them, affiliations and co-authorship; table author_of (source, document, position, id)
-- says which person each signature is, organization_id (name, id) how organisations are called.

CREATE OR REPLACE TEMP TABLE byline AS
SELECT r.paper, r.rank, s.position, s.name, s.affiliations, 'Author' AS label, a.id
FROM signature s
JOIN ranked r USING (source, document)
JOIN author_of a USING (source, document, position)
UNION ALL
SELECT r.paper, r.rank, s.position, s.name, s.affiliations, 'Organization' AS label, o.id
FROM signature s
JOIN ranked r USING (source, document)
JOIN organization_id o USING (name)
WHERE s.kind = 'organization';

INSERT INTO nodes."Author" BY NAME SELECT id, name, variants, identity, confidence FROM person;

-- What explains the Authors, and the decisions that would help most; beside the graph, not in it.
CREATE OR REPLACE TABLE person_reason AS SELECT id, reasons FROM person;
CREATE OR REPLACE TABLE person_signature AS
SELECT a.id, r.paper, s.name, s.ids
FROM author_of a
JOIN signature s USING (source, document, position)
JOIN ranked r USING (source, document)
ORDER BY a.id, r.paper, s.name, a.source;
CREATE OR REPLACE TABLE person_doubt AS SELECT * FROM doubt;

INSERT INTO relationships."AUTHORED" BY NAME
SELECT label AS start_label, id AS start_id, 'Paper' AS end_label, paper AS end_id,
    min_by(position, (rank, position)) AS position
FROM byline
GROUP BY label, id, paper;

INSERT INTO relationships."AFFILIATED_WITH" BY NAME
SELECT 'Author' AS start_label, b.id AS start_id, 'Organization' AS end_label, o.id AS end_id,
    count(DISTINCT b.paper) AS papers
FROM (SELECT id, paper, explode(affiliations) AS name FROM byline WHERE label = 'Author') AS b
JOIN organization_id o USING (name)
GROUP BY b.id, o.id;

INSERT INTO relationships."PRODUCED_AT" BY NAME
SELECT DISTINCT 'Paper' AS start_label, r.paper AS start_id, 'Organization' AS end_label, o.id AS end_id
FROM (SELECT paper, explode(organizations) AS name FROM ranked) AS r
JOIN organization_id o USING (name);

-- Newman's weight (Newman 2001, Phys. Rev. E 64, 016132): each paper of n authors adds 1/(n-1) to each of its pairs.
-- Summed as whole numbers of 1e-15, so that the order of the rows changes nothing.
CREATE OR REPLACE TEMP TABLE team AS
SELECT a.start_id AS author, a.end_id AS paper, coalesce(p.published, p.date) AS date,
    count(*) OVER (PARTITION BY a.end_id) AS size
FROM relationships."AUTHORED" a
JOIN nodes."Paper" p ON p.id = a.end_id
WHERE a.start_label = 'Author';

INSERT INTO relationships."CO_AUTHORED" BY NAME
SELECT 'Author' AS start_label, a.author AS start_id, 'Author' AS end_label, b.author AS end_id,
    count(*) AS papers,
    round(CAST(sum(CAST(round(1e15 / (a.size - 1)) AS BIGINT)) AS DOUBLE) / 1e3) / 1e12 AS weight,
    min(a.date) AS first_date,
    max(a.date) AS last_date
FROM team a
JOIN team b ON a.paper = b.paper AND a.author < b.author
WHERE a.size <= $largest_team
GROUP BY a.author, b.author;
