-- How often, and by how many papers, each name is used; organisations come from author lists and affiliations too.
SELECT e.label, e.name, e.aliases, e.kind, count(DISTINCT p.paper), min(p.paper)
FROM entity e
JOIN paper_of p USING (source, document)
GROUP BY ALL
UNION ALL
SELECT 'Organization', name, [], NULL, count(DISTINCT paper), min(paper)
FROM (
    SELECT s.name, p.paper FROM signature s JOIN paper_of p USING (source, document) WHERE s.kind = 'organization'
    UNION ALL
    SELECT unnest(d.organizations), p.paper FROM document d JOIN paper_of p USING (source, document)
    UNION ALL
    SELECT unnest(s.affiliations), p.paper FROM signature s JOIN paper_of p USING (source, document)
)
GROUP BY name;
