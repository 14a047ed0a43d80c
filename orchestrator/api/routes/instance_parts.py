"""What belongs to one process instance: its calls, the flows it took, its incidents."""

from sqlmodel import col

from orchestrator.api.model import Key, Model
from orchestrator.api.routes.incidents import IncidentFilter, IncidentView, found_incidents
from orchestrator.api.search import Found, Search
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.process import instances
from orchestrator.store import sql
from orchestrator.store.tables import Incident

router = Section(prefix="/v2", tags=["process instances"])


class Call(Model):
    process_instance_key: Key
    process_definition_key: Key
    process_definition_name: str


class TakenFlow(Model):
    sequence_flow_id: str
    element_id: str
    """What the flow leads to."""
    process_instance_key: Key
    root_process_instance_key: Key
    process_definition_key: Key
    process_definition_id: str
    tenant_id: str


class TakenFlows(Model):
    items: list[TakenFlow]


@router.get("/process-instances/{key}/call-hierarchy")
def get_process_instance_call_hierarchy(key: Key, caller: Anyone) -> list[Call]:
    """From the instance that began the calls down to this one."""
    with caller.begin() as unit:
        instances.get(unit, key)
        return [
            Call(
                process_instance_key=row.key,
                process_definition_key=row.definition_key,
                process_definition_name=row.name or row.process_id,
            )
            for row in sql.execute(unit, "instance_callers", key=key)
        ]


@router.get("/process-instances/{key}/sequence-flows")
def get_process_instance_sequence_flows(key: Key, caller: Anyone) -> TakenFlows:
    with caller.begin() as unit:
        row = instances.get(unit, key)
        root = instances.roots(unit, [row])[key]
        taken = [
            TakenFlow(
                sequence_flow_id=flow,
                element_id=element_id,
                process_instance_key=key,
                root_process_instance_key=root,
                process_definition_key=row.definition_key,
                process_definition_id=row.process_id,
                tenant_id=row.tenant_id,
            )
            for flow, element_id in instances.flows_taken(unit, key).items()
        ]
        return TakenFlows(items=taken)


@router.post("/process-instances/{key}/incidents/search")
def search_process_instance_incidents(
    key: Key, body: Search[IncidentFilter], caller: Anyone
) -> Found[IncidentView]:
    """Also those of the instances that it has called."""
    with caller.searching() as unit:
        instances.get(unit, key)
        here = col(Incident.instance_key).in_(instances.below(unit, key))
        return found_incidents(unit, caller, body, here)


@router.post("/element-instances/{key}/incidents/search")
def search_element_instance_incidents(
    key: Key, body: Search[IncidentFilter], caller: Anyone
) -> Found[IncidentView]:
    """Also those of the elements within it, and of the instances that these have called."""
    with caller.searching() as unit:
        keys = [row.key for row in sql.execute(unit, "elements_below", key=key)]
        return found_incidents(unit, caller, body, col(Incident.element_key).in_(keys))
