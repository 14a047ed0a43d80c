"""What process instances are searched, counted and changed in batches by."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key
from orchestrator.api.routes.variable_views import VariableMatch, with_variables
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Columns, Match, matching
from orchestrator.api.security import Person
from orchestrator.store.tables import (
    BatchItem,
    ElementInstance,
    Incident,
    ProcessDefinition,
    ProcessInstance,
    Variable,
    WorkItem,
)

# Names of their own: the query that asks may look into these tables itself.
_BatchItem = aliased(BatchItem)
_ElementInstance = aliased(ElementInstance)
_Incident = aliased(Incident)
_WorkItem = aliased(WorkItem)


class InstanceFilter(Filter):
    process_instance_key: Match[Key] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None
    process_definition_name: Match[str] | None = None
    process_definition_version: Match[int] | None = None
    state: Match[str] | None = None
    has_incident: bool | None = None
    error_message: Match[str] | None = None
    """Of an open incident."""
    has_retries_left: bool | None = None
    """One of its jobs has failed and is tried again."""
    parent_process_instance_key: Match[Key] | None = None
    parent_element_instance_key: Match[Key] | None = None
    start_date: Match[Instant] | None = None
    end_date: Match[Instant] | None = None
    suspended_date: Match[Instant] | None = None
    business_key: Match[str] | None = None
    business_id: Match[str] | None = None
    tenant_id: Match[str] | None = None
    batch_operation_key: Match[Key] | None = None
    variables: Annotated[list[VariableMatch], Field(max_length=100)] | None = None
    element_id: Match[str] | None = None
    """With the next two: all that is given holds of one of its element instances."""
    element_instance_state: Match[str] | None = None
    has_element_instance_incident: bool | None = None
    either: Annotated[list["InstanceFilter"], Field(max_length=100)] | None = Field(
        None, alias="$or"
    )
    TOGETHER = frozenset({"element_id", "element_instance_state", "has_element_instance_incident"})

    def together(self) -> ColumnElement[bool]:
        if not self.model_fields_set & self.TOGETHER:
            return true()
        failed = select(_Incident.key).where(
            _Incident.element_key == _ElementInstance.key, _Incident.state == "ACTIVE"
        )
        query = select(_ElementInstance.key).where(
            _ElementInstance.instance_key == ProcessInstance.key,
            *matching(col(_ElementInstance.element_id), self.element_id),
            *matching(col(_ElementInstance.state), self.element_instance_state),
            *matching(failed.exists(), self.has_element_instance_incident),
        )
        return query.exists()


OPEN_INCIDENTS = select(_Incident.key).where(
    _Incident.instance_key == ProcessInstance.key, _Incident.state == "ACTIVE"
)
_RETRIED = select(_WorkItem.key).where(
    _WorkItem.instance_key == ProcessInstance.key,
    col(_WorkItem.exception).is_not(None),
    _WorkItem.state == "NEW",
)
_COLUMNS: Columns = {
    "processInstanceKey": col(ProcessInstance.key),
    "processDefinitionId": col(ProcessInstance.process_id),
    "processDefinitionKey": col(ProcessInstance.definition_key),
    "processDefinitionName": select(ProcessDefinition.name)
    .where(ProcessDefinition.key == ProcessInstance.definition_key)
    .scalar_subquery(),
    "processDefinitionVersion": col(ProcessInstance.version),
    "state": col(ProcessInstance.state),
    "hasIncident": OPEN_INCIDENTS.exists(),
    "hasRetriesLeft": _RETRIED.exists(),
    "businessKey": col(ProcessInstance.business_key),
    "businessId": col(ProcessInstance.business_key),
    "parentProcessInstanceKey": col(ProcessInstance.parent_key),
    "parentElementInstanceKey": col(ProcessInstance.parent_element_key),
    "tenantId": col(ProcessInstance.tenant_id),
    "startDate": col(ProcessInstance.started_at),
    "endDate": col(ProcessInstance.ended_at),
    "suspendedDate": col(ProcessInstance.suspended_at),
    "batchOperationKey": lambda wanted: (
        select(_BatchItem.key)
        .where(
            _BatchItem.instance_key == ProcessInstance.key,
            *matching(col(_BatchItem.operation_key), wanted),
        )
        .exists()
    ),
}


def columns(caller: Person) -> Columns:
    """Values and messages are compared only where the caller may be told them."""
    told = unsealed(caller, col(_Incident.instance_key))
    known = unsealed(caller, col(Variable.instance_key))
    return {
        **_COLUMNS,
        "errorMessage": lambda wanted: OPEN_INCIDENTS.where(
            told, *matching(col(_Incident.message), wanted)
        ).exists(),
        "variables": lambda wanted: with_variables(col(ProcessInstance.key), wanted, known),
    }
