-- Papers, authors and ties by period. Table history (paper, size, day, period): dated papers under the cap, up to the
-- end of the window; what is new is new to all of them, not to the window alone.
CREATE OR REPLACE TEMP TABLE author_period AS
SELECT s.author, h.period, min(h.period) OVER (PARTITION BY s.author) AS first
FROM signed s JOIN history h USING (paper)
GROUP BY s.author, h.period;

CREATE OR REPLACE TEMP TABLE tie_period AS
SELECT a.author AS source, b.author AS target, ha.period, count(*) AS papers,
    min(ha.period) OVER (PARTITION BY a.author, b.author) AS first
FROM signed a
JOIN history ha ON ha.paper = a.paper
JOIN signed b ON b.paper = a.paper AND a.author < b.author
GROUP BY a.author, b.author, ha.period;
