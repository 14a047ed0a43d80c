"""Resolve incidents: what failed is tried again."""

from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.bpmn.commands import ResolveIncident
from orchestrator.kernel.errors import Conflict
from orchestrator.process import jobs
from orchestrator.process.execute import execute, lock
from orchestrator.store import keyed
from orchestrator.store.tables import Incident, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work.lifecycle import FAILED


def resolve(unit: Unit, key: int) -> Incident:
    """Raises NotFound, Conflict (incident.resolved)."""
    incident = keyed.get(unit, Incident, key, f"There is no incident {key}.")
    instance = lock(unit, incident.instance_key)
    unit.session.refresh(incident)
    if incident.state != "ACTIVE":
        raise Conflict(f"Incident {key} has been resolved.", code="incident.resolved")
    failed = unit.session.exec(
        select(WorkItem).where(
            WorkItem.tenant_id == unit.tenant_id,
            WorkItem.element_key == incident.element_key,
            col(WorkItem.state) == FAILED,
        )
    ).first()
    if failed is not None:
        jobs.retry(unit, failed.key)
    else:
        execute(unit, instance, ResolveIncident(incident.element_key))
    append(unit, f"incident/{key}", "incident.resolved", {"instance": instance.key})
    unit.session.refresh(incident)
    return incident
