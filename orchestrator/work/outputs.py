"""What runs make of their items."""

from collections.abc import Sequence
from typing import Any

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


def merged(unit: Unit, outputs: Sequence[WorkItem]) -> dict[str, Any] | None:
    """The output variables of an item: the object payloads of its `outputs`, later ones over
    earlier ones, and their files as document references in `files`; None without outputs."""
    if not outputs:
        return None
    variables: dict[str, Any] = {}
    for output in outputs:
        if isinstance(output.payload, dict):
            variables |= output.payload
    documents = _documents(unit, [output.key for output in outputs])
    return variables | ({"files": documents} if documents else {})


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
