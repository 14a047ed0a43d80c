"""Delete what is over: process instances with all that is about them, and decisions.

The record keeps who did what and when, and that it was deleted; what its lines said is erased, for
the chain covers their digests. Documents stay: they are deleted by themselves (`documents`).
"""

from collections.abc import Iterable

from sqlalchemy import delete as delete_rows
from sqlmodel import col, select

from orchestrator.audit import append, erase
from orchestrator.kernel.errors import Conflict, NotFound
from orchestrator.process import instances
from orchestrator.process.execute import lock
from orchestrator.store import sql
from orchestrator.store.documents import TOPIC as DOCUMENTS
from orchestrator.store.tables import DecisionInstance, ProcessInstance
from orchestrator.store.unit import Unit


def delete_instance(unit: Unit, key: int) -> None:
    """With what it has called. Raises NotFound, Conflict (process.called) for one that another has
    called, Conflict (process.at_work) while something about it goes on."""
    instance = lock(unit, key)
    if instance.parent_key is not None:
        text = f"Instance {key} was called by {instance.parent_key}; it goes with that one."
        raise Conflict(text, code="process.called")
    keys = instances.below(unit, key)
    _check_is_over(unit, key, keys)
    gone = instances.by_keys(unit, keys).values()
    _erase(unit, keys, instance)
    for each in gone:
        facts = {"process": each.process_id, "version": each.version, "started": each.started_at}
        append(unit, f"process-instance/{each.key}", "process_instance.deleted", facts)
        unit.notify("process-instance", each.key)


def delete_decision(unit: Unit, evaluation_key: int) -> None:
    """All decisions of an evaluation. Raises NotFound, Conflict (process.at_work) while the
    instance that asked for it runs."""
    query = select(DecisionInstance).where(
        DecisionInstance.tenant_id == unit.tenant_id,
        DecisionInstance.evaluation_key == evaluation_key,
    )
    rows = unit.session.exec(query.with_for_update()).all()
    if not rows:
        text = f"There is no decision instance {evaluation_key}."
        raise NotFound(text, code="decision.not_found")
    if rows[-1].instance_key is not None:
        _check_is_over(unit, rows[-1].instance_key, [rows[-1].instance_key])
    for row in rows:
        unit.session.delete(row)
    stream = f"decision/{evaluation_key}"
    erase(unit, [stream])
    append(unit, stream, "decision.deleted", {"decision": rows[-1].decision_id})


def _check_is_over(unit: Unit, key: int, keys: Iterable[int]) -> None:
    found = sql.execute(unit, "instances_at_work", keys=list(keys)).fetchone()
    if found is not None:
        text = f"Instance {key} cannot be deleted while {found.what} {found.key} is not over."
        raise Conflict(text, code="process.at_work")


def _erase(unit: Unit, keys: list[int], instance: ProcessInstance) -> None:
    gone = sql.execute(unit, "instances_erase", keys=keys).fetchall()
    erase(unit, [row.name for row in gone if row.what == "stream"])
    left_behind = [row.name for row in gone if row.what == "digest"]
    sql.execute(unit, "documents_release", digests=left_behind, since=instance.started_at)
    unit.notify(DOCUMENTS, "")
    rows = delete_rows(ProcessInstance).where(
        col(ProcessInstance.tenant_id) == unit.tenant_id, col(ProcessInstance.key).in_(keys)
    )
    unit.session.connection().execute(rows)
