"""Jobs: work items under the names of the Camunda 8 API
(https://docs.camunda.io/docs/apis-tools/orchestration-cluster-api-rest)."""

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Literal

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.arrivals import wait, work_arriving
from orchestrator.api.model import Filter, Instant, JsonObject, Key, Model
from orchestrator.api.routes.job_views import (
    COLUMNS,
    ActivatedJob,
    JobView,
    activated,
    job_views,
)
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person, WorkManager
from orchestrator.api.services import S
from orchestrator.process import job_workers
from orchestrator.store.tables import ProcessInstance, WorkItem
from orchestrator.work import queues

router = Section(prefix="/v2/jobs", tags=["jobs"])

DEFAULT_WAIT = 10.0
LONGEST_WAIT = 60.0
Milliseconds = Annotated[int, Field(ge=0, le=10**12)]


class Activation(Model):
    type: Annotated[str, Field(min_length=1, max_length=500)]
    timeout: Annotated[int, Field(ge=1, le=10**9)]
    max_jobs_to_activate: Annotated[int, Field(ge=1, le=1000)]
    worker: Annotated[str, Field(min_length=1, max_length=200)] = "default"
    fetch_variable: list[str] | None = None
    request_timeout: Annotated[int, Field(ge=-(10**9), le=10**9)] = 0
    """In milliseconds; 0 waits 10 seconds for the first job, less than 0 not at all."""
    tenant_ids: list[str] | None = None
    """Of which tenants; without, of all of the caller's."""
    tenant_filter: Literal["PROVIDED", "ASSIGNED"] = "PROVIDED"
    """ASSIGNED: of all of the caller's, whatever `tenantIds` says."""


class Activated(Model):
    jobs: list[ActivatedJob]


class Completed(Model):
    variables: JsonObject | None = None


class Failed(Model):
    retries: Annotated[int, Field(ge=0, le=1000)] = 0
    error_message: str = ""
    retry_back_off: Milliseconds = 0


class Thrown(Model):
    error_code: Annotated[str, Field(min_length=1, max_length=500)]
    error_message: str | None = None


class Changeset(Model):
    retries: Annotated[int, Field(ge=1, le=10**6)] | None = None
    timeout: Milliseconds | None = None
    priority: Annotated[int, Field(ge=-(2**31), lt=2**31)] | None = None


class JobUpdate(Model):
    changeset: Changeset


class JobFilter(Filter):
    job_key: Match[Key] | None = None
    type: Match[str] | None = None
    element_id: Match[str] | None = None
    element_instance_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    creation_time: Match[Instant] | None = None
    last_update_time: Match[Instant] | None = None
    priority: Match[int] | None = None
    tenant_id: Match[str] | None = None
    state: Match[str] | None = None
    retries: Match[int] | None = None
    deadline: Match[Instant] | None = None
    end_time: Match[Instant] | None = None
    error_code: Match[str] | None = None
    error_message: Match[str] | None = None
    has_failed_with_retries_left: bool | None = None
    worker: Match[str] | None = None
    kind: Match[str] | None = None
    listener_event_type: Match[str] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None


@router.post("/activation")
async def activate_jobs(body: Activation, request: Request, caller: WorkManager, s: S) -> Activated:
    """Leases jobs of a type to the worker; waits for the first one."""
    clock = asyncio.get_running_loop().time
    seconds = body.request_timeout / 1000 or DEFAULT_WAIT
    end = clock() + min(max(seconds, 0.0), LONGEST_WAIT)
    assigned = body.tenant_filter == "ASSIGNED"
    tenants = sorted(caller.standing.tenants) if assigned else caller.tenants
    async with work_arriving(s, tenants, {body.type}) as arrived:
        while True:
            arrived.clear()
            jobs, due = await run_in_threadpool(_try, caller, tenants, body)
            if jobs or clock() >= end:
                return Activated(jobs=jobs)
            if not await wait(s, request, arrived, min(end, clock() + due)):
                return Activated(jobs=[])


def _try(
    caller: Person, tenants: Sequence[str], body: Activation
) -> tuple[list[ActivatedJob], float]:
    """What there is now, and in how many seconds a deferred job is due. Tenants come in a new
    order each time, so that none is always served last."""
    jobs, due = list[ActivatedJob](), LONGEST_WAIT
    for tenant in random.sample(tenants, len(tenants)):
        left = body.max_jobs_to_activate - len(jobs)
        if left:
            found, seconds = _try_in(caller, tenant, body, left)
            jobs, due = jobs + found, min(due, seconds)
    return jobs, due


def _try_in(
    caller: Person, tenant: str, body: Activation, most: int
) -> tuple[list[ActivatedJob], float]:
    timeout = timedelta(milliseconds=body.timeout)
    with caller.database.begin(actor=caller.actor, tenant_id=tenant) as unit:
        found = job_workers.activate(unit, body.worker, body.type, most, timeout)
        due = None if found else queues.next_due(unit, [body.type])
        seconds = LONGEST_WAIT if due is None else max((due - unit.now).total_seconds(), 0.05)
        return activated(unit, found, body.worker, body.fetch_variable), seconds


@router.post("/{key}/completion", status_code=204)
def complete_job(key: Key, caller: WorkManager, body: Completed | None = None) -> None:
    variables = (body.variables if body else None) or {}
    caller.command(lambda unit: job_workers.complete(unit, key, variables))


@router.post("/{key}/failure", status_code=204)
def fail_job(key: Key, caller: WorkManager, body: Failed | None = None) -> None:
    """Without retries left, the job's element gets an incident."""
    said = body or Failed()
    back_off = timedelta(milliseconds=said.retry_back_off)
    failure = job_workers.Failure(said.error_message, said.retries, back_off)
    caller.command(lambda unit: job_workers.fail(unit, key, failure))


@router.post("/{key}/error", status_code=204)
def throw_job_error(key: Key, body: Thrown, caller: WorkManager) -> None:
    """A BPMN error. One that no event catches goes to a person, as a review."""
    code, message = body.error_code, body.error_message or ""
    caller.command(lambda unit: job_workers.throw(unit, key, code, message))


@router.patch("/{key}", status_code=204)
def update_job(key: Key, body: JobUpdate, caller: WorkManager) -> None:
    change = body.changeset
    timeout = None if change.timeout is None else timedelta(milliseconds=change.timeout)
    caller.command(
        lambda unit: job_workers.update(unit, key, change.retries, timeout, change.priority)
    )


@router.post("/search")
def search_jobs(body: Search[JobFilter], caller: Anyone) -> Found[JobView]:
    with caller.searching() as unit:
        query = (
            select(WorkItem)
            .join(ProcessInstance, col(ProcessInstance.key) == WorkItem.instance_key)
            .where(unit.within(col(WorkItem.tenant_id)))
            .where(unsealed(caller, col(WorkItem.instance_key)))
        )
        rows, total = find(unit, query, body, COLUMNS, col(WorkItem.key))
        return page_of(job_views(unit, rows), total, body)
