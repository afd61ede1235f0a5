"""Queries that try to do more than read, for the tests of the guard and of both engines."""

from __future__ import annotations

WRITES = [
    "CREATE (n:Evil)",
    "CREATE\t(n:Evil)",
    "MERGE (n:Evil {id: 'x'}) RETURN n",
    "INSERT (n:Evil)",
    "MATCH (n) SET n.evil = 1",
    "MATCH (n) SET n:Evil RETURN n",
    "MATCH (n) REMOVE n.id",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "MATCH (n) RETURN n UNION CREATE (n:Evil) RETURN n",
    "FOREACH (x IN [1] | CREATE (:Evil))",
    "MATCH (n) CALL (n) { CREATE (m:Evil) RETURN m } RETURN m",
    "MATCH (n) CALL { WITH n SET n.evil = 1 } IN TRANSACTIONS OF 10 ROWS",
    "CALL { MATCH (n) RETURN n } IN TRANSACTIONS RETURN n",
    "MATCH (n) RETURN n; CREATE (:Evil)",
    "RETURN 1 // harmless\nCREATE (:Evil)",
    "RETURN 'quiet' /* text */ CREATE (:Evil)",
    "WITH * CREATE (:Evil)",
    "RETURN 1CREATE (:Evil)",
    "MATCH (n) RETURN 1. SET n.evil = 1",
    "MATCH (as) WITH as SET as.evil = 1",
    "MATCH (n) RETURN n.end SET n.evil = 1",
    "MATCH (n) RETURN `n` CREATE (:Evil)",
    "MATCH (n) RETURN $`p` CREATE (:Evil)",
    "MATCH (n) WHERE EXISTS { CREATE (:Evil) } RETURN n",
    "CREATE INDEX evil FOR (n:Paper) ON (n.title)",
    "CREATE CONSTRAINT evil FOR (n:Paper) REQUIRE n.title IS UNIQUE",
    "DROP INDEX evil",
    "CALL db.createLabel('Evil')",
    "CALL db.cdc.enable()",
    "CALL db.node_text_index.build({type: 'Paper', text_column: 'title'})",
]

#: Read in another way by Neo4j, which replaces unicode escapes first, and by readers of other line ends.
DISGUISED_WRITES = [
    "\\u0043REATE (:Evil)",
    "\\u0043\\u0052EATE (:Evil)",
    "MATCH (n) \\u0053ET n.evil = 1",
    "RETURN 'a\\u0027 CREATE (:Evil) //'",
    "RETURN 'a\\\\u0027 CREATE (:Evil) //'",
    "RETURN 1 // \\u000aCREATE (:Evil)",
    "RETURN 1 /* \\u002a\\u002f CREATE (:Evil) /* */",
    "RETURN 1 // text\r'\nCREATE (:Evil) //'",
    "RETURN 1 // text\u2028'\nCREATE (:Evil) //'",
    "RETURN 1 /* /* */ ' */ CREATE (:Evil) //'",
    "/*/ RETURN 1 */ CREATE (:Evil)",
    "RETURN `a\\`, 1 AS ` CREATE (:Evil) //`",
    "CREATE\u00a0(:Evil)",
    "RETURN 1\u2003CREATE (:Evil)",
    "MATCH (n) \u017fET n.evil = 1",
]

READS_OF_FILES = [
    "LOAD CSV FROM '{file}' AS row RETURN row",
    "LOAD CSV WITH HEADERS FROM '{file}' AS row RETURN row",
    "load csv from '{file}' as row return row",
    "MATCH (n) LOAD CSV FROM '{file}' AS row RETURN row",
    "LOAD /* */ CSV FROM '{file}' AS row RETURN row",
    "CALL apoc.load.csv('{file}') YIELD list RETURN list",
    "CALL `apoc`.`load`.`json`('{file}') YIELD value RETURN value",
    "CALL apoc.export.csv.all('{file}', {{}}) YIELD file RETURN file",
    "RETURN apoc.load.json('{file}')",
    "RETURN `apoc`.`util`.`sha1`(['{file}'])",
]

ADMINISTRATION = [
    "SHOW USERS",
    "SHOW TRANSACTIONS",
    "SHOW SETTINGS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "USE system RETURN 1",
    "USE graph.byName('neo4j') MATCH (n) RETURN n",
    "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "CALL dbms.killConnection('bolt-1')",
    "CALL dbms.components",
    "CREATE USER evil SET PASSWORD 'evil12345'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "GRANT ROLE admin TO evil",
    "START DATABASE neo4j",
    "STOP DATABASE neo4j",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE MATCH (n) RETURN n",
    "CYPHER runtime=slotted MATCH (n) RETURN n",
    "USING PERIODIC COMMIT 500 RETURN 1",
    "MATCH (n) RETURN n FORMAT CSV",
    "FOR VALID_TIME ALL MATCH (n) RETURN n",
    "MATCH (n) RETURN n NEXT RETURN 1",
    "MATCH (n) LET x = 1 RETURN x",
    "CALL pagerank() YIELD node, score RETURN node, score",
    "CALL gds.graph.drop('x') YIELD graphName RETURN graphName",
    "RETURN vector_score(1, 'x', [1.0])",
    "RETURN gds.util.NaN()",
    "RETURN db.nameFromElementId('x')",
]


def attacks(file: str = "file:///etc/passwd") -> list[str]:
    """Every attack; those on files and addresses read `file`."""
    return [
        *WRITES,
        *DISGUISED_WRITES,
        *(query.format(file=file) for query in READS_OF_FILES),
        *(query.format(file="http://127.0.0.1:9/x.csv") for query in READS_OF_FILES),
        *ADMINISTRATION,
    ]
