// title: Papers by month
// description: How many papers were listed in each month, with their votes.
// columns: month, papers, votes
MATCH (p:Paper)
WHERE p.date IS NOT NULL
WITH left(p.date, 7) AS month, count(*) AS papers, sum(coalesce(p.votes, 0)) AS votes
RETURN month, papers, votes
ORDER BY month
