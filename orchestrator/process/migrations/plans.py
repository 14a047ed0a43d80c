"""What a person does with a migration plan. The background does its steps; see `steps`."""

from collections.abc import Mapping, Sequence

from sqlalchemy import literal
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from orchestrator.audit import append
from orchestrator.bpmn.change.plan import Plan
from orchestrator.kernel.errors import InvalidInput
from orchestrator.process import definitions
from orchestrator.process.migrations.lifecycle import (
    CANARY,
    CHECKING,
    PAUSED,
    PENDING,
    REVERTING,
    RUNNING,
    move,
)
from orchestrator.store import keyed
from orchestrator.store.tables import Migration, MigrationMember, ProcessInstance
from orchestrator.store.unit import Unit

TOPIC = "migration"


def create(
    unit: Unit,
    source_key: int,
    target_key: int,
    elements: Mapping[str, str],
    instance_keys: Sequence[int] | None = None,
) -> Migration:
    """A plan for all live instances of the source, or those named; its dry run begins.

    Raises NotFound, InvalidInput (migration.empty) without an instance, and
    bpmn.BadInstruction for a mapping that fits no instance.
    """
    source, target = definitions.by_key(unit, source_key), definitions.usable(unit, target_key)
    Plan(definitions.executable(source), definitions.executable(target), elements)
    migration = Migration(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        source_key=source.key,
        target_key=target.key,
        elements=dict(elements),
        created_by=unit.actor,
        created_at=unit.now,
    )
    unit.session.add(migration)
    unit.flush()
    count = _gather(unit, migration, instance_keys)
    if not count:
        text = f"No instance of {source.process_id} version {source.version} is running."
        raise InvalidInput(text, code="migration.empty")
    facts = {"source": str(source.key), "target": str(target.key), "elements": dict(elements)}
    record(unit, migration, "created", instances=count, **facts)
    return migration


def check_again(unit: Unit, key: int) -> Migration:
    """Begin the dry run anew, of those that have not gone."""
    migration = lock(unit, key)
    move(migration, CHECKING)
    for member in unit.session.exec(members(migration, PENDING)):
        member.verdict = None
    return record(unit, migration, "checking")


def start_canary(unit: Unit, key: int, size: int, *, risky: bool = False) -> Migration:
    """Let the first `size` of those that have not gone go, then pause. `risky`: also those whose
    dry run warns. Raises NotFound, Conflict (migration.state)."""
    migration = lock(unit, key)
    move(migration, CANARY)
    migration.canary, migration.risky = size, risky
    return record(unit, migration, "canary", size=size, risky=risky)


def go_on(unit: Unit, key: int, *, risky: bool = False) -> Migration:
    """Let all the others go."""
    migration = lock(unit, key)
    move(migration, RUNNING)
    migration.risky = risky
    return record(unit, migration, "running", risky=risky)


def pause(unit: Unit, key: int) -> Migration:
    migration = lock(unit, key)
    move(migration, PAUSED)
    return record(unit, migration, "paused")


def revert(unit: Unit, key: int) -> Migration:
    """Bring back all that have gone."""
    migration = lock(unit, key)
    move(migration, REVERTING)
    return record(unit, migration, "reverting")


def get(unit: Unit, key: int) -> Migration:
    """Raises NotFound."""
    return keyed.get(unit, Migration, key, f"There is no migration {key}.")


def lock(unit: Unit, key: int) -> Migration:
    """The plan, which nobody else changes before this transaction ends. Raises NotFound."""
    return keyed.lock(unit, Migration, key, f"There is no migration {key}.")


def record(unit: Unit, migration: Migration, kind: str, **facts: object) -> Migration:
    """Put a step of the plan on its record, and wake who waits for one."""
    unit.session.add(migration)
    append(unit, f"migration/{migration.key}", f"migration.{kind}", facts)
    unit.notify(TOPIC, migration.key)
    return migration


def counts(unit: Unit, key: int) -> dict[str, int]:
    """How many members are in each state, and those that have not gone by verdict."""
    query = (
        select(MigrationMember.state, MigrationMember.verdict, func.count())
        .where(MigrationMember.migration_key == key)
        .group_by(col(MigrationMember.state), col(MigrationMember.verdict))
    )
    found: dict[str, int] = {}
    for state, verdict, count in unit.session.exec(query):
        name = (verdict or "UNCHECKED") if state == PENDING else state
        found[name] = found.get(name, 0) + count
    return found


def _gather(unit: Unit, migration: Migration, only: Sequence[int] | None) -> int:
    live = select(
        literal(migration.key),
        col(ProcessInstance.key),
        col(ProcessInstance.tenant_id),
        literal(PENDING),
    ).where(
        col(ProcessInstance.tenant_id) == unit.tenant_id,
        col(ProcessInstance.definition_key) == migration.source_key,
        col(ProcessInstance.ended_at).is_(None),
    )
    if only is not None:
        live = live.where(col(ProcessInstance.key).in_(only))
    columns = ["migration_key", "instance_key", "tenant_id", "state"]
    unit.session.connection().execute(insert(MigrationMember).from_select(columns, live))
    return sum(counts(unit, migration.key).values())


def members(migration: Migration, state: str) -> SelectOfScalar[MigrationMember]:
    """The query for the members in a state, the oldest instance first."""
    query = select(MigrationMember).where(
        MigrationMember.migration_key == migration.key, MigrationMember.state == state
    )
    return query.order_by(col(MigrationMember.instance_key))
