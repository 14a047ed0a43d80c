"""The Robocorp process API: reserve, release, create outputs."""

from typing import Literal

from orchestrator.api.model import Json, Key, Model
from orchestrator.api.routes.robocorp_work import Done
from orchestrator.api.section import Section
from orchestrator.api.security import ARun
from orchestrator.process import jobs
from orchestrator.work import claims, outputs
from orchestrator.work.model import WorkException

router = Section(prefix="/process-v1/workspaces/{workspace}/processes/{process}", tags=["robocorp"])


class Reserved(Model):
    work_item_id: Key | None
    """null: the queue is empty."""


class RobotException(Model):
    type: str
    code: str | None = None
    message: str | None = None


class Release(Model):
    work_item_id: Key
    state: Literal["COMPLETED", "FAILED"]
    exception: RobotException | None = None


class NewOutput(Model):
    payload: Json = None


class CreatedOutput(Model):
    id: Key


@router.post("/runs/{process_run}/robotRuns/{step_run}/reserve-next-work-item")
def reserve_next_work_item(caller: ARun) -> Reserved:
    """The item the run holds, or the next one of its queue."""
    with caller.begin() as unit:
        item = claims.reserve_next(unit, caller.run)
        return Reserved(work_item_id=item.key if item else None)


@router.post("/runs/{process_run}/robotRuns/{step_run}/release-work-item")
def release_work_item(body: Release, caller: ARun) -> Done:
    """The same release once more is answered as before."""
    why = WorkException(**body.exception.model_dump()) if body.exception else None
    run, item = caller.run.key, body.work_item_id
    caller.command(lambda unit: jobs.release(unit, run, item, body.state, why))
    return Done()


@router.post("/work-items/{item}/output")
def create_output(item: Key, body: NewOutput, caller: ARun) -> CreatedOutput:
    with caller.begin() as unit:
        return CreatedOutput(id=outputs.create(unit, caller.run, item, body.payload).key)
