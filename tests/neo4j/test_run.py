"""A batch is written once, however often the driver tries; what is not transient is not tried again."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import ConstraintError, TransientError

from kg_builder.errors import DatabaseError
from kg_builder.schema import graph_schema
from kg_builder.stores.neo4j.changes import Change
from kg_builder.stores.neo4j.marks import Layout
from kg_builder.stores.neo4j.migration import apply_schema
from kg_builder.stores.neo4j.state import Run, read_state
from kg_builder.stores.neo4j.writing import ChangeWriter

pytestmark = pytest.mark.neo4j

CREATE = "UNWIND $rows AS row CREATE (n:Topic) SET n = row"
CHANGE = "UNWIND $rows AS row MATCH (n:Topic {id: row.id}) SET n.ours = true"


@pytest.fixture
def run(driver: neo4j.Driver) -> Run:
    apply_schema(driver, "neo4j", graph_schema())
    return Run(driver, "neo4j", "tests", Layout.empty().extended(graph_schema()))


def count(driver: neo4j.Driver) -> int:
    return driver.execute_query("MATCH (n:Topic) RETURN count(n) AS n").records[0]["n"]


def test_a_batch_whose_commit_was_not_acknowledged_is_not_written_again(
    run: Run, driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = neo4j.Session.execute_write

    def twice(session: neo4j.Session, work: Any, *arguments: Any) -> Any:
        original(session, work, *arguments)
        return original(session, work, *arguments)

    monkeypatch.setattr(neo4j.Session, "execute_write", twice)
    counted = run.write(CREATE, [{"name": "no id, so that nothing but the note prevents a second one"}], {})
    assert counted == {"nodes_created": 1, "labels_added": 1, "properties_set": 1}
    assert count(driver) == 1


def test_a_transient_error_is_tried_again(
    run: Run, driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = neo4j.ManagedTransaction.run
    failures = [TransientError("deadlock"), TransientError("deadlock")]
    for error in failures:
        error._neo4j_code = "Neo.TransientError.Transaction.DeadlockDetected"

    def failing(transaction: neo4j.ManagedTransaction, query: str, *arguments: Any, **parameters: Any) -> Any:
        if query == CREATE and failures:
            raise failures.pop()
        return original(transaction, query, *arguments, **parameters)

    monkeypatch.setattr(neo4j.ManagedTransaction, "run", failing)
    run.write(CREATE, [{"id": "a"}], {"nodes_created": 1})
    assert failures == []
    assert count(driver) == 1


def test_a_deadlock_with_somebody_elses_transaction_is_tried_again_after_a_pause(
    run: Run, driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our batch holds the state node and waits for a topic; theirs, which holds that, then wants the state node."""
    run.write(CREATE, [{"id": "a"}], {})
    original = neo4j.ManagedTransaction.run
    tried: list[float] = []

    def noting(transaction: neo4j.ManagedTransaction, query: str, *arguments: Any, **more: Any) -> Any:
        if query == CHANGE:
            tried.append(time.monotonic())
        return original(transaction, query, *arguments, **more)

    monkeypatch.setattr(neo4j.ManagedTransaction, "run", noting)
    with (
        driver.session() as session,
        session.begin_transaction() as theirs,
        ThreadPoolExecutor(1) as pool,
    ):
        # Of two that block each other Neo4j ends the one that holds fewer locks: it shall be ours.
        theirs.run("UNWIND range(1, 500) AS n CREATE (:Guest {n: n})").consume()
        theirs.run("MATCH (n:Topic {id: 'a'}) SET n.theirs = true").consume()
        ours = pool.submit(run.write, CHANGE, [{"id": "a"}], {})
        _await_blocked(driver)
        theirs.run("MATCH (s:_KgBuilder) SET s.theirs = true").consume()
        theirs.commit()
        assert ours.result(60) == {"properties_set": 1}
    assert len(tried) == 2
    assert tried[1] - tried[0] > 0.5, "it waited before it tried again"
    found = driver.execute_query("MATCH (n:Topic) RETURN n.ours AS ours, n.theirs AS theirs").records
    assert [tuple(record.values()) for record in found] == [(True, True)]


def _await_blocked(driver: neo4j.Driver) -> None:
    """Wait until some transaction waits for a lock."""
    blocked = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*) AS n"
    deadline = time.monotonic() + 30
    while not driver.execute_query(blocked).records[0]["n"]:
        assert time.monotonic() < deadline, "the other transaction never came to wait"
        time.sleep(0.05)


def test_relationships_travel_in_the_order_of_the_nodes_they_lead_to(
    run: Run, driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that writers who share those nodes take them in one order."""
    driver.execute_query("UNWIND ['m1', 'm2'] AS id CREATE (:Model {id: id})")
    driver.execute_query("UNWIND ['p1', 'p2', 'p3'] AS id CREATE (:Paper {id: id})")
    original = Run.write
    travelled: list[tuple[str, str]] = []

    def noting(run: Run, statement: str, rows: list[dict[str, Any]], expected: dict[str, int]) -> Any:
        travelled.extend((row["end"], row["start"]) for row in rows)
        return original(run, statement, rows, expected)

    monkeypatch.setattr(Run, "write", noting)
    ends = [("p3", "m2"), ("p1", "m2"), ("p2", "m1"), ("p1", "m1")]
    ChangeWriter(run).write(Change("add", "USES", ("Paper", start, "Model", end)) for start, end in ends)
    assert travelled == [("m1", "p1"), ("m1", "p2"), ("m2", "p1"), ("m2", "p3")]
    assert driver.execute_query("MATCH ()-[r:USES]->() RETURN count(r) AS n").records[0]["n"] == 4


def test_what_will_not_pass_by_itself_is_not_tried_again(
    run: Run, driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = neo4j.ManagedTransaction.run
    tried: list[str] = []

    def counting(transaction: neo4j.ManagedTransaction, query: str, *arguments: Any, **more: Any) -> Any:
        tried.append(query)
        return original(transaction, query, *arguments, **more)

    monkeypatch.setattr(neo4j.ManagedTransaction, "run", counting)
    with pytest.raises(ConstraintError):
        run.write(CREATE, [{"id": "a"}, {"id": "a"}], {})
    assert tried.count(CREATE) == 1
    assert count(driver) == 0


def test_a_batch_that_comes_out_otherwise_than_expected_is_not_written(
    run: Run, driver: neo4j.Driver
) -> None:
    with pytest.raises(DatabaseError, match="only 1 of 2 came out as nodes created"):
        run.write(CREATE, [{"id": "a"}], {"nodes_created": 2})
    assert count(driver) == 0


def test_a_load_that_was_overtaken_writes_no_more(run: Run, driver: neo4j.Driver) -> None:
    run.write(CREATE, [{"id": "a"}], {})
    other = Run(driver, "neo4j", "tests", Layout.empty().extended(graph_schema()))
    other.write(CREATE, [{"id": "b"}], {})
    with pytest.raises(DatabaseError, match="another load"):
        run.write(CREATE, [{"id": "c"}], {})
    with pytest.raises(DatabaseError, match="another load"):
        run.finish("state", 1, 0, 0)
    state = read_state(driver, "neo4j")
    assert state is not None
    assert not state.complete
    assert count(driver) == 2
