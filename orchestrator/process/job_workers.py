"""Job workers of Camunda's clients: they lease work items as agents do, without enrolling.

A job is a work item. A worker is an agent of the caller's tenant, made when it first asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict, InvalidInput
from orchestrator.process import jobs
from orchestrator.store import sql
from orchestrator.store.tables import WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import agents, claims, items, runs
from orchestrator.work.lifecycle import CANCELLED, DONE, LEASED
from orchestrator.work.model import APPLICATION, BUSINESS, COMPLETED, FAILED, Claim, WorkException

MACHINE = "API client"
SIGN_OF_LIFE = agents.SILENCE / 6


@dataclass(frozen=True, slots=True)
class Failure:
    """What a worker says of a job it could not do. `retries` are those still left."""

    message: str
    retries: int
    back_off: timedelta


def activate(
    unit: Unit, worker: str, job_type: str, maximum: int, timeout: timedelta
) -> list[Claim]:
    """Lease up to `maximum` jobs of a type to the worker."""
    agent_key = _agent_key(unit, worker, job_type)
    return claims.claim(unit, agent_key, [job_type], maximum, max(int(timeout.total_seconds()), 1))


def complete(unit: Unit, key: int, variables: Mapping[str, Any]) -> None:
    """The job is done. Raises NotFound, Conflict (job.not_active) when no worker holds it."""
    run_key = _held(key, items.standing(unit, key).run_key)
    jobs.release(unit, run_key, key, COMPLETED, variables=variables)
    runs.end(unit, run_key)


def fail(unit: Unit, key: int, failure: Failure) -> None:
    """The job failed; without retries left its element gets an incident."""
    item = _locked(unit, key)
    run_key = _holder(item)
    item.max_attempts = item.attempts + max(failure.retries, 0)
    exception = WorkException(APPLICATION, "JOB_FAILED", failure.message or "No reason was given.")
    jobs.release(unit, run_key, key, FAILED, exception)
    if failure.retries > 0:
        later = unit.now + failure.back_off if failure.back_off else None
        item.not_before = later
        unit.notify("queue", item.queue)
    runs.end(unit, run_key)


def throw(unit: Unit, key: int, code: str, message: str) -> None:
    """The job ends in a BPMN error: for the event that catches it, else for a person."""
    run_key = _holder(_locked(unit, key))
    jobs.release(unit, run_key, key, FAILED, WorkException(BUSINESS, code, message or code))
    runs.end(unit, run_key)


def update(
    unit: Unit, key: int, retries: int | None, timeout: timedelta | None, priority: int | None
) -> None:
    """Change a job that is not done. One that has failed waits on, for its incident to be
    resolved. Raises NotFound, InvalidInput, Conflict (job.not_active)."""
    item = _locked(unit, key)
    if item.state in {DONE, CANCELLED}:
        raise Conflict(f"Job {key} is {item.state}.", code="job.not_active")
    if retries is not None:
        if retries < 1:
            raise InvalidInput("a job needs at least one retry")
        item.max_attempts = _used(item) + retries
    if timeout is not None:
        _holder(item)
        item.lease_deadline = unit.now + timeout
    if priority is not None:
        item.priority = priority
    unit.session.add(item)
    seconds = None if timeout is None else timeout.total_seconds()
    changed = {"retries": retries, "timeout": seconds, "priority": priority}
    append(unit, f"work-item/{key}", "work_item.updated", changed)


def _agent_key(unit: Unit, worker: str, job_type: str) -> int:
    """The agent that the worker is. A sign of life just after another says nothing new, and would
    make workers of one name wait for each other."""
    row = sql.execute(unit, "worker_find", worker=worker, machine=MACHINE).fetchone()
    if row is None:
        return _seen(unit, _enroll(unit, worker), {job_type})
    lately = row.status == agents.ONLINE and unit.now - row.last_seen < SIGN_OF_LIFE
    if lately and job_type in row.queues:
        return int(row.key)
    return _seen(unit, row.key, {*row.queues, job_type})


def _seen(unit: Unit, key: int, types: set[str]) -> int:
    return agents.seen(unit, key, agents.ONLINE, sorted(types)).key


def _enroll(unit: Unit, worker: str) -> int:
    invitation = agents.invite(unit, worker)
    unit.flush()
    agent = agents.enroll(unit, invitation, worker, MACHINE).agent
    unit.flush()
    return agent.key


def _locked(unit: Unit, key: int) -> WorkItem:
    """The job, locked behind its process instance, as everywhere. Raises NotFound."""
    jobs.lock_owner(unit, key)
    return items.lock(unit, key)


def _holder(item: WorkItem) -> int:
    return _held(item.key, item.run_key if item.state == LEASED else None)


def _held(key: int, run_key: int | None) -> int:
    if run_key is None:
        raise Conflict(f"Job {key} is held by no worker.", code="job.not_active")
    return run_key


def _used(item: WorkItem) -> int:
    """Attempts that have ended."""
    return item.attempts - int(item.state == LEASED)
