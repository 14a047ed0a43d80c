"""Process instances."""

import time
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement
from sqlmodel import col, select

from orchestrator import audit
from orchestrator.api import sealing
from orchestrator.api.model import Instant, JsonObject, Key, Model
from orchestrator.api.routes.instance_search import InstanceFilter, columns
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Found, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, InstanceDeleter, Person, ProcessManager, Starter
from orchestrator.api.services import S, Services
from orchestrator.kernel.errors import Unavailable
from orchestrator.process import definitions, deletion, instances, start
from orchestrator.store.tables import ProcessInstance, Variable
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/process-instances", tags=["process instances"])

LONGEST_WAIT = 30.0


class InstanceView(Model):
    tenant_id: str
    process_instance_key: Key
    parent_process_instance_key: Key | None
    parent_element_instance_key: Key | None
    root_process_instance_key: Key
    process_definition_id: str
    process_definition_key: Key
    process_definition_version: int
    process_definition_name: str | None
    state: Literal["ACTIVE", "SUSPENDED", "COMPLETED", "TERMINATED"]
    has_incident: bool
    start_date: Instant
    end_date: Instant | None
    suspended_date: Instant | None
    process_definition_version_tag: str | None
    tags: list[str] = Field(default_factory=list)
    business_id: str | None
    """Camunda's word for the business key."""
    business_key: str | None
    is_sealed: bool
    """It may get a blind second look, or waits for one: what was read is not told to the caller."""


class NewInstance(Model):
    process_definition_id: str | None = None
    process_definition_key: Key | None = None
    variables: JsonObject = Field(default_factory=dict)
    process_definition_version: Annotated[int, Field(ge=-1)] = -1
    business_key: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    business_id: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    tenant_id: str | None = None
    await_completion: bool = False
    """Answer when the instance has ended, with its variables."""
    fetch_variables: list[str] | None = None
    request_timeout: Annotated[int, Field(ge=0, le=60_000)] = 0
    """How long to await its completion at most, in milliseconds; 0 is 30 seconds."""


class BusinessIdAssignment(Model):
    business_id: Annotated[str, Field(min_length=1, max_length=500)]


class StartedView(InstanceView):
    variables: JsonObject
    """When its completion was awaited."""
    already_started: bool
    """The business key had started this instance before; nothing new began."""


class HistoryEvent(Model):
    """One line of the ledger."""

    number: int
    time: Instant
    actor: str
    kind: str
    data: JsonObject | None


class History(Model):
    items: list[HistoryEvent]


@router.post("")
def create_process_instance(body: NewInstance, caller: Starter, s: S) -> StartedView:
    """Starts the newest version of the id, that version of it, or the version of the key."""
    request = start.StartRequest(
        body.process_definition_id,
        body.process_definition_key,
        body.variables,
        body.business_key or body.business_id,
        body.process_definition_version if body.process_definition_version > 0 else None,
    )
    with caller.begin() as unit:
        started = start.start(unit, request)
        if not body.await_completion:
            return _started(unit, caller, started.instance, started, {})
    key = started.instance.key
    _await_end(caller, s, key, body.request_timeout / 1000 or LONGEST_WAIT)
    with caller.begin() as unit:
        shown = unsealed(caller, col(Variable.instance_key))
        given = _variables(unit, key, body.fetch_variables, shown)
        return _started(unit, caller, instances.get(unit, key), started, given)


def _started(
    unit: Unit,
    caller: Person,
    row: ProcessInstance,
    started: start.Started,
    variables: dict[str, Any],
) -> StartedView:
    view = views(unit, caller, [row])[0]
    return StartedView(
        **view.model_dump(), variables=variables, already_started=started.already_started
    )


def _await_end(caller: Starter, s: Services, key: int, timeout: float) -> None:
    """Wait until the instance has ended. Raises Unavailable (process.not_ended) when it has not
    in time; it goes on."""
    clock = time.monotonic
    until = clock() + timeout
    with s.listener.watch(lambda n: (n.topic, n.key) == ("process-instance", str(key))) as watch:
        while True:
            with caller.begin() as unit:
                if instances.get(unit, key).ended_at is not None:
                    return
            if clock() >= until or s.closing.is_set():
                text = f"Process instance {key} has not ended in time; it goes on."
                raise Unavailable(text, code="process.not_ended")
            watch.wait(min(until - clock(), 1.0))


def _variables(
    unit: Unit, key: int, names: list[str] | None, shown: ColumnElement[bool]
) -> dict[str, Any]:
    rows = unit.session.exec(select(Variable).where(Variable.scope_key == key, shown))
    return {row.name: row.value["v"] for row in rows if names is None or row.name in names}


@router.post("/search")
def search_process_instances(body: Search[InstanceFilter], caller: Anyone) -> Found[InstanceView]:
    with caller.searching() as unit:
        query = select(ProcessInstance).where(unit.within(col(ProcessInstance.tenant_id)))
        newest = col(ProcessInstance.key).desc()
        rows, total = find(unit, query, body, columns(caller), newest)
        return page_of(views(unit, caller, rows), total, body)


@router.get("/{key}")
def get_process_instance(key: Key, caller: Anyone) -> InstanceView:
    with caller.begin() as unit:
        return views(unit, caller, [instances.get(unit, key)])[0]


@router.post("/{key}/cancellation", status_code=204)
def cancel_process_instance(key: Key, caller: ProcessManager) -> None:
    """Ends it with everything in it."""
    caller.command(lambda unit: instances.cancel(unit, key))


@router.post("/{key}/business-id-assignment", status_code=204)
def assign_process_instance_business_id(
    key: Key, body: BusinessIdAssignment, caller: ProcessManager
) -> None:
    """Once, to one that runs and has none. 409 process.business_key when another instance of the
    process has it, live or ended."""
    caller.command(lambda unit: instances.name(unit, key, body.business_id))


@router.post("/{key}/deletion", status_code=204)
def delete_process_instance(key: Key, caller: InstanceDeleter) -> None:
    """With what it has called and all that is about them; the record keeps who did what and when.
    Its documents stay. What kept it from being done twice (its business key, the references of its
    work) is free again. 409 process.at_work while something about it goes on."""
    caller.command(lambda unit: deletion.delete_instance(unit, key))


@router.get("/{key}/history")
def get_process_instance_history(key: Key, caller: Anyone) -> History:
    """What the ledger says of it, oldest first."""
    with caller.begin() as unit:
        instances.get(unit, key)
        sealing.check(unit, caller, key)
        lines = audit.read(unit, f"process-instance/{key}")
        return History(items=[HistoryEvent.model_validate(line) for line in lines])


def views(unit: Unit, caller: Person, rows: Sequence[ProcessInstance]) -> list[InstanceView]:
    roots = instances.roots(unit, rows)
    sealed = sealing.sealed_of(unit, caller, [row.key for row in rows])
    failed = instances.failed(unit, rows)
    return [
        InstanceView(
            process_instance_key=row.key,
            process_definition_id=row.process_id,
            process_definition_key=row.definition_key,
            process_definition_version=row.version,
            process_definition_name=definition.name,
            process_definition_version_tag=definition.version_tag,
            state=row.state,
            has_incident=row.key in failed,
            start_date=row.started_at,
            suspended_date=row.suspended_at,
            end_date=row.ended_at,
            business_key=row.business_key,
            business_id=row.business_key,
            tenant_id=row.tenant_id,
            parent_process_instance_key=row.parent_key,
            parent_element_instance_key=row.parent_element_key,
            root_process_instance_key=roots[row.key],
            is_sealed=row.key in sealed,
        )
        for row in rows
        for definition in (definitions.by_key(unit, row.definition_key),)
    ]
