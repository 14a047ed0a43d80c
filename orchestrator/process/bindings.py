"""Which version of a process a call activity calls, as Camunda 8 binds it; see
https://docs.camunda.io/docs/components/best-practices/modeling/choosing-the-resource-binding-type."""

from sqlmodel import col, select

from orchestrator.kernel.errors import NotFound
from orchestrator.process import definitions
from orchestrator.store.tables import ProcessDefinition, ProcessInstance
from orchestrator.store.unit import Unit


def called(
    unit: Unit, caller: ProcessInstance, process_id: str, binding: str, version_tag: str | None
) -> ProcessDefinition:
    """The newest version; of the binding `deployment` the one that was newest when the caller's
    version was deployed; of `versionTag` the newest of that tag. Raises NotFound
    (process.not_found)."""
    if binding == "latest":
        return definitions.newest(unit, process_id)
    query = select(ProcessDefinition).where(
        ProcessDefinition.tenant_id == unit.tenant_id,
        ProcessDefinition.process_id == process_id,
        col(ProcessDefinition.deleted_at).is_(None),
    )
    if binding == "versionTag":
        query = query.where(ProcessDefinition.version_tag == version_tag)
    else:  # the keys of deployments are ordered by time
        deployment = definitions.by_key(unit, caller.definition_key).deployment_key
        query = query.where(ProcessDefinition.deployment_key <= deployment)
    found = unit.session.exec(query.order_by(col(ProcessDefinition.version).desc())).first()
    if found is None:
        wanted = f"tagged '{version_tag}'" if binding == "versionTag" else "in this deployment"
        raise NotFound(f"There is no process '{process_id}' {wanted}.", code="process.not_found")
    return found
