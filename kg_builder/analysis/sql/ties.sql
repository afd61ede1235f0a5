-- The authors of those papers that table team names, numbered in the order of their ids, and their places on papers
-- of two authors or more.
CREATE OR REPLACE TEMP TABLE member AS
SELECT author, papers, (row_number() OVER (ORDER BY author) - 1)::INTEGER AS node
FROM (
    SELECT s.author, count(*)::INTEGER AS papers FROM signed s JOIN team t ON t.paper = s.paper GROUP BY s.author
);

CREATE OR REPLACE TEMP VIEW place AS
SELECT s.paper, m.node, t.size, t.day
FROM signed s
JOIN team t ON t.paper = s.paper AND t.size > 1
JOIN member m ON m.author = s.author
ORDER BY t.size, s.paper, m.node;
