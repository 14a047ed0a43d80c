"""Agents: enrolment, heartbeats, the list."""

import json
from typing import Annotated, Literal

from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Json, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import AgentManager, AnAgent, Anyone
from orchestrator.api.services import S
from orchestrator.store.tables import Agent, Run
from orchestrator.store.unit import Unit
from orchestrator.work import agents, leases

router = Section(prefix="/v2/agents", tags=["agents"])


class Invitation(Model):
    name: Annotated[str, Field(max_length=200)] | None = None


class EnrollmentTokenView(Model):
    enrollment_token: str
    """Good for one agent, for a day."""


class Enrollment(Model):
    enrollment_token: str
    name: Annotated[str, Field(min_length=1, max_length=200)]
    machine: Json = None
    """What is worth knowing of the machine: a text, or an object."""


class EnrolledView(Model):
    agent_key: Key
    agent_token: str
    """Shown this once; the agent's bearer from now on."""


Told = Annotated[str, Field(max_length=1000)]


class AgentProblem(Model):
    """What is wrong on an agent's machine; `code` and `values` say the same as the message."""

    code: Annotated[str, Field(max_length=100)]
    values: Annotated[dict[str, Told], Field(max_length=20)] = Field(default_factory=dict)
    message: Told


class Heartbeat(Model):
    status: Literal["ONLINE", "DRAINING"]
    queues: Annotated[list[str], Field(max_length=1000)] = Field(default_factory=list)
    runs: Annotated[list[Key], Field(max_length=1000)] = Field(default_factory=list)
    problems: Annotated[list[AgentProblem], Field(max_length=100)] = Field(default_factory=list)
    """What is wrong there, such as a bot that is left out because of its robot.yaml."""


class HeartbeatAnswer(Model):
    drain: bool
    cancel_runs: list[Key]
    leases: dict[str, Instant]
    """New deadlines by run key."""
    lost_runs: list[Key]


class AgentRun(Model):
    run_key: Key = Field(validation_alias="key")
    work_item_key: Key = Field(validation_alias="item_key")
    queue: str
    started_at: Instant


class AgentView(Model):
    agent_key: Key
    name: str
    machine: str | None
    status: Literal["ONLINE", "DRAINING", "OFFLINE"]
    last_seen: Instant
    queues: list[str]
    problems: list[AgentProblem]
    """As its last heartbeat told them."""
    runs: list[AgentRun]


class AgentFilter(Filter):
    agent_key: Match[Key] | None = None
    name: Match[str] | None = None
    status: Match[str] | None = None


COLUMNS = {
    "agentKey": col(Agent.key),
    "name": col(Agent.name),
    "status": col(Agent.status),
    "lastSeen": col(Agent.last_seen),
}


@router.post("/enrollment-tokens", status_code=201)
def create_enrollment_token(body: Invitation, caller: AgentManager) -> EnrollmentTokenView:
    with caller.begin() as unit:
        return EnrollmentTokenView(enrollment_token=agents.invite(unit, body.name))


@router.post("/enroll", status_code=201)
def enroll_agent(body: Enrollment, s: S) -> EnrolledView:
    """Open: the one-time token is the credential."""
    machine = body.machine if isinstance(body.machine, str | None) else json.dumps(body.machine)
    with s.database.begin(actor="system") as unit:
        enrolled = agents.enroll(unit, body.enrollment_token, body.name, machine)
        return EnrolledView(agent_key=enrolled.agent.key, agent_token=enrolled.token)


@router.post("/heartbeat")
def heartbeat(body: Heartbeat, caller: AnAgent) -> HeartbeatAnswer:
    """A sign of life, which extends the leases of the runs it names."""
    problems = [problem.model_dump() for problem in body.problems]
    with caller.begin() as unit:
        agent = agents.seen(unit, caller.agent.key, body.status, body.queues, problems)
        extended = leases.extend(unit, agent.key, body.runs)
        return HeartbeatAnswer(
            drain=agent.drain,
            cancel_runs=extended.cancelled,
            leases={str(key): deadline for key, deadline in extended.leases.items()},
            lost_runs=extended.lost,
        )


@router.post("/search")
def search_agents(body: Search[AgentFilter], caller: Anyone) -> Found[AgentView]:
    with caller.searching() as unit:
        query = select(Agent).where(unit.within(col(Agent.tenant_id)))
        rows, total = find(unit, query, body, COLUMNS, col(Agent.key))
        return page_of(_views(unit, rows), total, body)


@router.post("/{key}/drain", status_code=204)
def drain_agent(key: Key, caller: AgentManager) -> None:
    """Let it finish what it has and take no more."""
    with caller.begin() as unit:
        agents.drain(unit, key)


def _views(unit: Unit, rows: list[Agent]) -> list[AgentView]:
    live = select(Run).where(
        col(Run.agent_key).in_([row.key for row in rows]), col(Run.ended_at).is_(None)
    )
    runs: dict[int, list[AgentRun]] = {}
    for run in unit.session.exec(live.order_by(col(Run.key))):
        runs.setdefault(run.agent_key, []).append(AgentRun.model_validate(run))
    return [
        AgentView(
            agent_key=row.key,
            name=row.name,
            machine=row.machine,
            status=row.status,
            last_seen=row.last_seen,
            queues=row.queues or [],
            problems=[AgentProblem.model_validate(each) for each in row.problems or []],
            runs=runs.get(row.key, []),
        )
        for row in rows
    ]
