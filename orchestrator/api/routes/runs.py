"""What agents report of their runs, and people read."""

from typing import Annotated, Literal

from fastapi import Query, UploadFile
from pydantic import Field

from orchestrator.api import sealing
from orchestrator.api.model import Instant, Key, Model
from orchestrator.api.routes.documents import content_type
from orchestrator.api.routes.work_items import FileView
from orchestrator.api.section import Section
from orchestrator.api.security import AnAgent, Anyone, Worker
from orchestrator.api.services import S
from orchestrator.kernel.errors import NotFound
from orchestrator.process import jobs
from orchestrator.store.tables import Run
from orchestrator.store.unit import Unit
from orchestrator.work import artifacts, logs, runs

router = Section(prefix="/v2/runs", tags=["runs"])


class LogLine(Model):
    time: Instant
    stream: Literal["stdout", "stderr", "agent"]
    text: str


class NumberedLine(LogLine):
    number: int


class NewLines(Model):
    lines: Annotated[list[LogLine], Field(max_length=5000)]


class Lines(Model):
    lines: list[NumberedLine]


class Appended(Model):
    last: int
    """The number of the last line."""


class Finish(Model):
    outcome: Literal[
        "EXITED", "TIMEOUT", "MEMORY", "CANCELLED", "ENVIRONMENT_FAILED", "AGENT_STOPPED"
    ]
    exit_code: int | None = None
    message: Annotated[str, Field(max_length=10_000)] = ""


class SettledItem(Model):
    work_item_key: Key
    outcome: Literal["DONE", "RETRY", "EXHAUSTED", "BUSINESS"]


class Finished(Model):
    settled: list[SettledItem]


@router.get("/{run_key}/logs")
def get_run_logs(
    run_key: Key, caller: Anyone, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> Lines:
    """Up to 1000 lines with numbers above `after`."""
    with caller.begin() as unit:
        runs.get(unit, run_key)
        sealing.check_run(unit, caller, run_key)
        found = logs.read(unit, run_key, after)
        return Lines(lines=[NumberedLine.model_validate(line) for line in found])


@router.post("/{run_key}/logs")
def append_run_logs(run_key: Key, body: NewLines, caller: AnAgent) -> Appended:
    lines = [logs.NewLine(line.time, line.stream, line.text) for line in body.lines]
    with caller.begin() as unit:
        _own(unit, caller, run_key)
        return Appended(last=logs.append(unit, run_key, lines))


@router.post("/{run_key}/artifacts", status_code=201)
def add_run_artifact(run_key: Key, file: UploadFile, caller: AnAgent, s: S) -> FileView:
    name = file.filename or "artifact"
    with caller.begin() as unit:
        run = _own(unit, caller, run_key)
        document = s.documents.put(unit, file.file, name, content_type(file))
        return FileView.model_validate(artifacts.add(unit, run, name, document.digest))


@router.post("/{run_key}/finish")
def finish_run(run_key: Key, body: Finish, caller: AnAgent) -> Finished:
    """The robot's process has ended; what the run still holds is settled. 409 lease.lost when
    the lease is gone."""
    how = body.outcome, body.exit_code, body.message
    settled = caller.command(lambda unit: jobs.finish_run(unit, run_key, caller.agent.key, *how))
    return Finished(
        settled=[SettledItem(work_item_key=one.item.key, outcome=one.outcome) for one in settled]
    )


def _own(unit: Unit, caller: Worker, run_key: int) -> Run:
    run = runs.get(unit, run_key)
    if run.agent_key != caller.agent.key:
        raise NotFound(f"there is no run {run_key} of this agent")
    return run
