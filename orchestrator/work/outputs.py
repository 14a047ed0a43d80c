"""What runs make of their items."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.store.documents import reference, references
from orchestrator.store.tables import Document, Run, WorkFile, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import files, holding
from orchestrator.work.lifecycle import OUTPUT
from orchestrator.work.limits import check_payload


def create(unit: Unit, run: Run, parent_key: int, payload: Any) -> WorkItem:
    """Make an output of the item the run holds. Equal outputs are separate outputs.

    Raises `LeaseLost` when the run does not hold the parent.
    """
    check_payload(payload)
    parent = holding.held(unit, run, parent_key)
    output = WorkItem(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        queue=parent.queue,
        state=OUTPUT,
        payload=payload,
        parent_key=parent_key,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(output)
    files.attach_all(unit, output.key, references(payload))
    append(unit, f"work-item/{parent_key}", "work_item.output_created", {"output": output.key})
    return output


def merge(unit: Unit, item_key: int, variables: dict[str, Any]) -> dict[str, Any]:
    """Make the outputs of an item its output, which is returned: their object payloads, later
    ones over earlier ones, their files as document references in `files`, and `variables`."""
    query = select(WorkItem).where(
        WorkItem.tenant_id == unit.tenant_id, WorkItem.parent_key == item_key
    )
    made = unit.session.exec(query.order_by(col(WorkItem.key))).all()
    output: dict[str, Any] = {}
    for one in made:
        if isinstance(one.payload, dict):
            output |= one.payload
    documents = _documents(unit, [one.key for one in made])
    output |= ({"files": documents} if documents else {}) | variables
    keep = update(WorkItem).where(col(WorkItem.key) == item_key).values(output=output)
    unit.session.connection().execute(keep)
    return output


def _documents(unit: Unit, item_keys: list[int]) -> list[dict[str, Any]]:
    query = (
        select(WorkFile.name, Document)
        .join(
            Document,
            (col(Document.digest) == WorkFile.digest)
            & (col(Document.tenant_id) == WorkFile.tenant_id),
        )
        .where(WorkFile.tenant_id == unit.tenant_id, col(WorkFile.item_key).in_(item_keys))
        .order_by(col(WorkFile.key))
    )
    return [reference(document, name) for name, document in unit.session.exec(query)]
