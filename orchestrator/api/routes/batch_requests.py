"""Asking for batch operations: one change of all things that fit a filter."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement
from sqlmodel import col, select

from orchestrator.api.model import Filter, Key, Model
from orchestrator.api.routes import job_views
from orchestrator.api.routes.change_models import MOST, Id, Migration, elements_of
from orchestrator.api.routes.instance_search import InstanceFilter, columns
from orchestrator.api.routes.jobs import Changeset, JobFilter
from orchestrator.api.search import Columns, conditions
from orchestrator.api.section import Section
from orchestrator.api.security import BatchMaker, InstanceBatchDeleter, JobBatchMaker, Person
from orchestrator.kernel.errors import InvalidInput
from orchestrator.process import batch_kinds, batches, definitions, instances
from orchestrator.process.batch_kinds import Parameters
from orchestrator.store.tables import BatchOperation, Incident, ProcessInstance, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import lifecycle

router = Section(prefix="/v2", tags=["batch operations"])


class InstancesWanted(Model):
    filter: InstanceFilter


class MigrationWanted(InstancesWanted):
    migration_plan: Migration


class MoveWanted(Model):
    source_element_id: Id
    target_element_id: Id


class ModificationWanted(InstancesWanted):
    move_instructions: Annotated[list[MoveWanted], Field(min_length=1, max_length=MOST)]


class JobsWanted(Model):
    filter: JobFilter
    changeset: Changeset


class BatchCreated(Model):
    batch_operation_key: Key
    batch_operation_type: str


_ROOT = col(ProcessInstance.parent_key).is_(None)


@router.post("/process-instances/cancellation")
def cancel_process_instances_batch(body: InstancesWanted, caller: BatchMaker) -> BatchCreated:
    """Cancels what is active; what another instance has called ends with that one."""
    live = col(ProcessInstance.state).in_(["ACTIVE", "SUSPENDED"])
    return _of_instances(batch_kinds.CANCEL, body.filter, caller, live, _ROOT)


@router.post("/process-instances/deletion")
def delete_process_instances_batch(
    body: InstancesWanted, caller: InstanceBatchDeleter
) -> BatchCreated:
    """Deletes what has ended; what another instance has called goes with that one."""
    ended = col(ProcessInstance.ended_at).is_not(None)
    return _of_instances(batch_kinds.DELETE, body.filter, caller, ended, _ROOT)


@router.post("/process-instances/suspension")
def suspend_process_instances_batch(body: InstancesWanted, caller: BatchMaker) -> BatchCreated:
    active = col(ProcessInstance.state) == "ACTIVE"
    return _of_instances(batch_kinds.SUSPEND, body.filter, caller, active)


@router.post("/process-instances/resumption")
def resume_process_instances_batch(body: InstancesWanted, caller: BatchMaker) -> BatchCreated:
    suspended = col(ProcessInstance.state) == "SUSPENDED"
    return _of_instances(batch_kinds.RESUME, body.filter, caller, suspended)


@router.post("/process-instances/incident-resolution")
def resolve_incidents_batch(body: InstancesWanted, caller: BatchMaker) -> BatchCreated:
    """Resolves every open incident of the instances."""
    return _of_incidents(caller, *wanted(body.filter, columns(caller)))


@router.post("/process-instances/{key}/incident-resolution")
def resolve_process_instance_incidents(key: Key, caller: BatchMaker) -> BatchCreated:
    """Resolves every open incident of the instance."""
    with caller.begin() as unit:
        instances.get(unit, key)
    return _of_incidents(caller, col(ProcessInstance.key) == key)


@router.post("/process-instances/migration")
def migrate_process_instances_batch(body: MigrationWanted, caller: BatchMaker) -> BatchCreated:
    """Brings what is active to another definition. What cannot go stays, and fails with why;
    `/v2/migrations` tries it on copies first and can take it back."""
    plan = body.migration_plan
    elements = elements_of(plan.mapping_instructions)
    with caller.begin() as unit:
        definitions.usable(unit, plan.target_process_definition_key)
    parameters = {"target": str(plan.target_process_definition_key), "elements": elements}
    active = col(ProcessInstance.state) == "ACTIVE"
    return _of_instances(batch_kinds.MIGRATE, body.filter, caller, active, parameters=parameters)


@router.post("/process-instances/modification")
def modify_process_instances_batch(body: ModificationWanted, caller: BatchMaker) -> BatchCreated:
    """Moves the tokens of what is active."""
    moves = [(one.source_element_id, one.target_element_id) for one in body.move_instructions]
    active = col(ProcessInstance.state) == "ACTIVE"
    parameters = {"moves": moves}
    return _of_instances(batch_kinds.MODIFY, body.filter, caller, active, parameters=parameters)


@router.post("/jobs/batch-update")
def update_jobs_batch(body: JobsWanted, caller: JobBatchMaker) -> BatchCreated:
    """Changes jobs that are not over."""
    change = body.changeset.model_dump()
    if not any(value is not None for value in change.values()):
        raise InvalidInput("The changeset changes nothing.")
    with caller.begin() as unit:
        query = (
            select(WorkItem.key, WorkItem.instance_key)
            .join(ProcessInstance, col(ProcessInstance.key) == WorkItem.instance_key)
            .where(WorkItem.tenant_id == unit.tenant_id)
            .where(col(WorkItem.state).not_in([lifecycle.DONE, lifecycle.CANCELLED]))
            .where(*wanted(body.filter, job_views.COLUMNS))
        )
        return created(unit, batch_kinds.UPDATE_JOB, list(unit.session.exec(query)), change)


def wanted(given: Filter, by: Columns) -> list[ColumnElement[bool]]:
    """Raises InvalidInput for a filter that names nothing: it would fit all there is."""
    if not given.model_dump(exclude_none=True):
        raise InvalidInput("The filter names nothing; say which ones are meant.")
    return conditions(given, by)


def _of_instances(
    kind: str,
    given: InstanceFilter,
    caller: Person,
    *more: ColumnElement[bool],
    parameters: Parameters | None = None,
) -> BatchCreated:
    with caller.begin() as unit:
        query = select(ProcessInstance.key).where(
            ProcessInstance.tenant_id == unit.tenant_id, *wanted(given, columns(caller)), *more
        )
        targets = [(key, key) for key in unit.session.exec(query)]
        return created(unit, kind, targets, parameters)


def _of_incidents(caller: Person, *which: ColumnElement[bool]) -> BatchCreated:
    with caller.begin() as unit:
        query = (
            select(Incident.key, Incident.instance_key)
            .join(ProcessInstance, col(ProcessInstance.key) == Incident.instance_key)
            .where(Incident.tenant_id == unit.tenant_id, Incident.state == "ACTIVE", *which)
        )
        return created(unit, batch_kinds.RESOLVE, list(unit.session.exec(query).all()))


def created(
    unit: Unit,
    kind: str,
    targets: Sequence[tuple[int, int | None]],
    parameters: Parameters | None = None,
) -> BatchCreated:
    return batch_created(batches.create(unit, kind, targets, parameters))


def batch_created(row: BatchOperation) -> BatchCreated:
    return BatchCreated(batch_operation_key=row.key, batch_operation_type=row.kind)
