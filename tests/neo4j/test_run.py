"""A batch is written once, however often the driver tries; what is not transient is not tried again."""

from __future__ import annotations

from typing import Any

import neo4j
import pytest
from neo4j.exceptions import ConstraintError, TransientError

from kg_builder.errors import DatabaseError
from kg_builder.schema import graph_schema
from kg_builder.stores.neo4j.marks import Layout
from kg_builder.stores.neo4j.migration import apply_schema
from kg_builder.stores.neo4j.state import Run, read_state

pytestmark = pytest.mark.neo4j

CREATE = "UNWIND $rows AS row CREATE (n:Topic) SET n = row"


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


def test_what_will_not_pass_by_itself_is_not_tried_again(run: Run, driver: neo4j.Driver) -> None:
    with pytest.raises(ConstraintError):
        run.write(CREATE, [{"id": "a"}, {"id": "a"}], {})
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
