-- Author lists as integers, numbered in the order of the ids. An imprecise date counts as the first day that it may
-- mean. A name that stands twice on one paper, taken for one person, signs it once.
CREATE OR REPLACE TEMP TABLE author AS
SELECT (row_number() OVER (ORDER BY id) - 1)::INTEGER AS number, id, name, identity FROM given_author;

CREATE OR REPLACE TEMP TABLE numbered AS
SELECT (row_number() OVER (ORDER BY id) - 1)::INTEGER AS number, id, title,
    try_cast(left(date || substr('-01-01', least(length(date), 10) - 3), 10) AS DATE) AS day,
    least(length(date), 10)::INTEGER AS digits, published, coalesce(complete, true) AS complete
FROM given_paper;

CREATE OR REPLACE TEMP TABLE signed AS
SELECT DISTINCT p.number AS paper, a.number AS author
FROM given_signature s
JOIN numbered p ON p.id = s.paper
JOIN author a ON a.id = s.author;

CREATE OR REPLACE TEMP TABLE paper AS
SELECT p.*, coalesce(c.size, 0)::INTEGER AS size
FROM numbered p
LEFT JOIN (SELECT paper, count(*) AS size FROM signed GROUP BY paper) c ON c.paper = p.number;

DROP TABLE numbered;
