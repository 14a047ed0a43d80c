"""An item of a batch that fails leaves nothing behind but its reason."""

import pytest
from sqlmodel import select

from orchestrator.audit import append, read, verify
from orchestrator.kernel.errors import Conflict
from orchestrator.process import batch_kinds, batches
from orchestrator.store.database import Database
from orchestrator.store.tables import BatchItem
from orchestrator.store.unit import Unit


def half_done(unit: Unit, key: int, _: batch_kinds.Parameters) -> None:
    append(unit, "thing/1", "thing.changed", {})
    raise Conflict(f"{key} is not to be changed after all")


def test_a_failed_item_is_taken_off_the_record(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "KINDS", {batch_kinds.CANCEL: half_done})
    with database.begin(actor="user:anna") as unit:
        operation = batches.create(unit, batch_kinds.CANCEL, [(7, 7)]).key
    with database.begin(actor="user:anna") as unit:
        assert batches.step(unit, operation)
    with database.begin(actor="user:anna") as unit:
        assert not batches.step(unit, operation)
    with database.begin(actor="user:anna") as unit:
        item = unit.session.exec(select(BatchItem)).one()
        assert (item.state, item.error) == (batches.FAILED, "7 is not to be changed after all")
        assert batches.get(unit, operation).state == batches.COMPLETED
        assert list(read(unit, "thing/1")) == []
        assert verify(unit) == []
