-- The network of those papers that table team names, and of their authors alone. Weights are summed as whole
-- multiples of 1e-15, so that no order of rows or threads changes a digit.
CREATE OR REPLACE TEMP TABLE member AS
SELECT author, papers, (row_number() OVER (ORDER BY author) - 1)::INTEGER AS node
FROM (
    SELECT s.author, count(*)::INTEGER AS papers FROM signed s JOIN team t ON t.paper = s.paper GROUP BY s.author
);

CREATE OR REPLACE TEMP TABLE place AS
SELECT s.paper, m.node, t.day, round(1e15 / (t.size - 1))::BIGINT AS newman,
    round(2e15 / (t.size * (t.size - 1)::BIGINT))::BIGINT AS fractional
FROM signed s
JOIN team t ON t.paper = s.paper AND t.size > 1
JOIN member m ON m.author = s.author;

CREATE OR REPLACE TEMP TABLE tie AS
SELECT a.node AS source, b.node AS target, count(*)::INTEGER AS papers,
    round(sum(a.newman)::DOUBLE / 1e15, 12) AS newman,
    round(sum(a.fractional)::DOUBLE / 1e15, 12) AS fractional,
    min(a.day) AS first, max(a.day) AS last
FROM place a
JOIN place b ON b.paper = a.paper AND a.node < b.node
GROUP BY a.node, b.node;

DROP TABLE place;
