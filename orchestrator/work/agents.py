"""Agents: enrolment, signs of life, draining."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import InvalidInput, Unauthenticated
from orchestrator.store import keyed
from orchestrator.store.tables import Agent, EnrollmentToken
from orchestrator.store.unit import Unit

ONLINE, DRAINING, OFFLINE = "ONLINE", "DRAINING", "OFFLINE"
TOKEN_LIFE = timedelta(hours=24)
SILENCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new agent with its token, which is given once."""

    agent: Agent
    token: str


def invite(unit: Unit, name: str | None) -> str:
    """A token that lets one agent enrol within a day."""
    token = secrets.token_urlsafe(32)
    row = EnrollmentToken(
        digest=_digest(token),
        tenant_id=unit.tenant_id,
        name=name,
        created_at=unit.now,
        expires_at=unit.now + TOKEN_LIFE,
    )
    unit.session.add(row)
    append(unit, f"enrollment/{row.digest[:16]}", "agent.invited", {"name": name})
    return token


def enroll(unit: Unit, invitation: str, name: str, machine: str | None) -> Enrolled:
    """Use up the invitation; the agent belongs to its tenant. Raises `Unauthenticated` when it
    is unknown, used or expired."""
    row = unit.session.exec(
        select(EnrollmentToken)
        .where(EnrollmentToken.digest == _digest(invitation))
        .with_for_update()
    ).one_or_none()
    if row is None or row.used_at is not None or row.expires_at < unit.now:
        raise Unauthenticated("the enrollment token is unknown, used or expired")
    row.used_at, unit.tenant_id = unit.now, row.tenant_id
    unit.session.add(row)
    token = secrets.token_urlsafe(32)
    agent = Agent(
        key=unit.keys.next(),
        tenant_id=row.tenant_id,
        name=name,
        machine=machine,
        token_digest=_digest(token),
        enrolled_at=unit.now,
        last_seen=unit.now,
    )
    _record(unit, agent, "agent.enrolled")
    return Enrolled(agent, token)


def by_token(unit: Unit, token: str) -> Agent | None:
    """The agent this token was made for, of whatever tenant."""
    return unit.session.exec(
        select(Agent).where(Agent.token_digest == _digest(token))
    ).one_or_none()


def get(unit: Unit, key: int) -> Agent:
    """Raises `NotFound`."""
    return keyed.get(unit, Agent, key, f"there is no agent {key}")


def seen(
    unit: Unit,
    key: int,
    status: str,
    queues: Sequence[str],
    problems: Sequence[Mapping[str, Any]] = (),
) -> Agent:
    """A sign of life. Only a change of status is recorded in the ledger. An agent that comes
    back after silence has been started again, so a request to drain is over."""
    if status not in {ONLINE, DRAINING}:
        raise InvalidInput(f"an agent says it is {ONLINE} or {DRAINING}, not {status!r}")
    agent = get(unit, key)
    changed = agent.status != status
    agent.drain = agent.drain and agent.status != OFFLINE
    agent.status, agent.queues, agent.last_seen = status, list(queues), unit.now
    agent.problems = [dict(each) for each in problems]
    unit.session.add(agent)
    if changed:
        _record(unit, agent, "agent.status_changed")
    return agent


def drain(unit: Unit, key: int) -> Agent:
    """Ask the agent to finish what it has and take no more."""
    agent = get(unit, key)
    agent.drain = True
    _record(unit, agent, "agent.drain_requested")
    return agent


def mark_silent(unit: Unit, silence: timedelta = SILENCE) -> list[Agent]:
    """Agents not seen for that long are OFFLINE; their leases end by themselves."""
    query = (
        select(Agent)
        .where(Agent.tenant_id == unit.tenant_id, Agent.status != OFFLINE)
        .where(col(Agent.last_seen) < unit.now - silence)
        .with_for_update(skip_locked=True)
    )
    silent = list(unit.session.exec(query))
    for agent in silent:
        agent.status = OFFLINE
        _record(unit, agent, "agent.status_changed")
    return silent


def _record(unit: Unit, agent: Agent, kind: str) -> None:
    unit.session.add(agent)
    append(unit, f"agent/{agent.key}", kind, {"name": agent.name, "status": agent.status})
    unit.notify("agent", agent.key)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
