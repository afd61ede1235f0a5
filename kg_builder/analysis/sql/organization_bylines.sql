-- The organisations behind papers: where a source says so of the paper, where one stands in the author list, and
-- where an author of the paper is affiliated with one (in whichever paper a source says so).
CREATE OR REPLACE TEMP VIEW given_author AS
SELECT id, name, CAST(NULL AS VARCHAR) AS identity FROM nodes."Organization";

CREATE OR REPLACE TEMP VIEW given_paper AS
SELECT id, title, coalesce(published, date) AS date, published IS NOT NULL AS published, true AS complete
FROM nodes."Paper";

CREATE OR REPLACE TEMP VIEW given_signature AS
SELECT start_id AS paper, end_id AS author FROM relationships."PRODUCED_AT"
UNION ALL
SELECT end_id AS paper, start_id AS author FROM relationships."AUTHORED" WHERE start_label = 'Organization'
UNION ALL
SELECT a.end_id AS paper, f.end_id AS author
FROM relationships."AUTHORED" a
JOIN relationships."AFFILIATED_WITH" f ON f.start_id = a.start_id
WHERE a.start_label = 'Author';
