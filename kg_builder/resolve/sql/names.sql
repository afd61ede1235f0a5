-- How often, and by how many papers, each name is used; organisations come from author lists and affiliations too.
SELECT e.label, e.name, e.aliases, e.kind, count(DISTINCT p.paper) AS papers, min(p.paper) AS example
FROM entity e
JOIN paper_of p USING (source, document)
GROUP BY e.label, e.name, e.aliases, e.kind
UNION ALL
SELECT 'Organization', name, NULL, NULL, count(DISTINCT paper), min(paper)
FROM (
    SELECT s.name, p.paper FROM signature s JOIN paper_of p USING (source, document) WHERE s.kind = 'organization'
    UNION ALL
    SELECT explode(d.organizations), p.paper FROM document d JOIN paper_of p USING (source, document)
    UNION ALL
    SELECT explode(s.affiliations), p.paper FROM signature s JOIN paper_of p USING (source, document)
) AS named
GROUP BY name;
