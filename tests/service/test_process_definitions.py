"""Definitions are read once, and stay what they are whatever becomes of who read them."""

import pytest

from orchestrator.kernel.errors import Conflict
from orchestrator.process import definitions
from orchestrator.process.deploy import deploy
from orchestrator.store.database import Database
from tests.service.camunda import TASK


def read_in_vain(database: Database, key: int) -> None:
    with database.begin(actor="test") as unit:
        definitions.by_key(unit, key)
        raise Conflict("not now")


def test_a_definition_outlives_the_transaction_that_read_it(database: Database) -> None:
    with database.begin(actor="test") as unit:
        key = deploy(unit, [("task.bpmn", TASK.encode())]).processes[0].key
    with pytest.raises(Conflict):
        read_in_vain(database, key)
    with database.begin(actor="test") as unit:
        assert definitions.by_key(unit, key).process_id == "task"
