"""The steps of a migration plan, each a batch of instances in a transaction of its own."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlmodel import col, select

from orchestrator.bpmn.change.forecast import Forecast, Verdict
from orchestrator.bpmn.change.plan import Plan
from orchestrator.kernel.errors import DeskhandError, Finding
from orchestrator.process import definitions, migrate
from orchestrator.process.execute import lock as lock_instance
from orchestrator.process.forecasts import MigrationTrial, because
from orchestrator.process.migrations import plans
from orchestrator.process.migrations.lifecycle import (
    AT_WORK,
    BACK,
    CANARY,
    CHECKING,
    DONE,
    FAILED,
    KEPT,
    MIGRATED,
    PAUSED,
    PENDING,
    READY,
    REVERTED,
    REVERTING,
    RUNNING,
    move,
)
from orchestrator.store.tables import Migration, MigrationMember, ProcessDefinition, ProcessInstance
from orchestrator.store.unit import Unit

BATCH = 20
RESTORED = Finding("", "migration.restored", "It is as it was before.")
GONE_BACK = Finding(
    "", "migration.gone_back", "It had gone on since, and went back from where it was."
)


def at_work(unit: Unit) -> list[int]:
    """The plans that have a step to do; read without a lock."""
    query = select(Migration.key).where(
        Migration.tenant_id == unit.tenant_id, col(Migration.state).in_(AT_WORK)
    )
    return list(unit.session.exec(query.order_by(col(Migration.key))))


def step(unit: Unit, key: int) -> bool:
    """Do the next batch of a plan, unless another replica does; whether there is more to do."""
    query = select(Migration).where(Migration.tenant_id == unit.tenant_id, Migration.key == key)
    migration = unit.session.exec(query.with_for_update(skip_locked=True)).one_or_none()
    if migration is None or migration.state not in _STEPS:
        return False
    _STEPS[migration.state](unit, migration)
    unit.notify(plans.TOPIC, migration.key)
    return migration.state in _STEPS


def _check(unit: Unit, migration: Migration) -> None:
    unchecked = plans.members(migration, PENDING).where(col(MigrationMember.verdict).is_(None))
    members = unit.session.exec(unchecked.limit(BATCH)).all()
    trial = _trial(unit, migration)
    for member in members:
        _judge(member, _forecast(trial, migration, _read(unit, member)))
    if not members:
        move(migration, READY)
        plans.record(unit, migration, "checked", **plans.counts(unit, migration.key))


def _canary(unit: Unit, migration: Migration) -> None:
    members = _next(unit, migration, min(BATCH, migration.canary))
    migration.canary -= _go(unit, migration, members)
    if not members or not migration.canary:
        move(migration, PAUSED)
        plans.record(unit, migration, "paused", **plans.counts(unit, migration.key))


def _run(unit: Unit, migration: Migration) -> None:
    members = _next(unit, migration, BATCH)
    _go(unit, migration, members)
    if not members:
        move(migration, DONE)
        migration.ended_at = unit.now
        plans.record(unit, migration, "done", **plans.counts(unit, migration.key))


def _next(unit: Unit, migration: Migration, size: int) -> list[MigrationMember]:
    """Of those that have not gone, the oldest that may."""
    query = plans.members(migration, PENDING)
    query = query.where(col(MigrationMember.verdict).in_(_wanted(migration)))
    return list(unit.session.exec(query.limit(size)))


def _wanted(migration: Migration) -> list[str]:
    """The verdicts with which an instance goes."""
    return [Verdict.OK, *([Verdict.STUCK, Verdict.LACKS_VARIABLE] if migration.risky else [])]


def _go(unit: Unit, migration: Migration, members: list[MigrationMember]) -> int:
    """Migrate each, unless it has moved since the dry run to where it must not go; how many were
    tried."""
    trial, target = _trial(unit, migration), definitions.by_key(unit, migration.target_key)
    for member in members:
        instance = lock_instance(unit, member.instance_key)
        _judge(member, _forecast(trial, migration, instance))
        if member.verdict in _wanted(migration):
            _migrate(unit, member, target, migration.elements)
    gone = [str(m.instance_key) for m in members if m.state == MIGRATED]
    if members:
        plans.record(unit, migration, "batch", migrated=gone)
    return sum(m.state != PENDING for m in members)


def _migrate(
    unit: Unit, member: MigrationMember, target: ProcessDefinition, elements: dict[str, str]
) -> None:
    try:
        with unit.savepoint():
            undo = migrate.migrate(unit, member.instance_key, target, elements)
    except DeskhandError as error:
        member.state, member.report = FAILED, _told(error.message, *because(error))
    else:
        member.state, member.undo = MIGRATED, asdict(undo)


def _revert(unit: Unit, migration: Migration) -> None:
    members = list(unit.session.exec(plans.members(migration, MIGRATED).limit(BATCH)))
    for member in members:
        try:
            with unit.savepoint():
                finding = _restore(unit, migration, member)
        except DeskhandError as error:
            member.state, member.report = KEPT, _told(error.message, *because(error))
        else:
            member.state, member.report = BACK, _told(finding.message, finding)
    if members:
        back = [str(m.instance_key) for m in members if m.state == BACK]
        plans.record(unit, migration, "batch", reverted=back)
    else:
        move(migration, REVERTED)
        migration.ended_at = unit.now
        plans.record(unit, migration, "reverted", **plans.counts(unit, migration.key))


def _told(reason: str, *findings: Finding) -> dict[str, Any]:
    return {"reason": reason, "findings": [asdict(finding) for finding in findings]}


def _restore(unit: Unit, migration: Migration, member: MigrationMember) -> Finding:
    """Exactly as it was; one that has gone on since goes back by the mapping read backwards."""
    lock_instance(unit, member.instance_key)
    undo = migrate.Undo(**(member.undo or {}))
    if migrate.is_untouched(unit, member.instance_key, undo):
        migrate.restore(unit, member.instance_key, undo)
        return RESTORED
    source = definitions.by_key(unit, migration.source_key)
    backwards = {target: source_id for source_id, target in migration.elements.items()}
    migrate.migrate(unit, member.instance_key, source, backwards)
    return GONE_BACK


def _trial(unit: Unit, migration: Migration) -> MigrationTrial:
    source = definitions.executable(definitions.by_key(unit, migration.source_key))
    target = definitions.executable(definitions.by_key(unit, migration.target_key))
    return MigrationTrial(unit, Plan(source, target, migration.elements))


def _forecast(trial: MigrationTrial, migration: Migration, instance: ProcessInstance) -> Forecast:
    if instance.ended_at is not None:
        return _refused(Finding("", "migration.ended", "The instance has ended."))
    if instance.definition_key != migration.source_key:
        gone = "The instance has gone to another definition."
        return _refused(Finding("", "migration.elsewhere", gone))
    return trial.forecast(instance)


def _refused(finding: Finding) -> Forecast:
    return Forecast(Verdict.REFUSED, finding.message, findings=(finding,))


def _judge(member: MigrationMember, found: Forecast) -> None:
    member.verdict = found.verdict
    member.report = {
        **_told(found.reason, *found.findings),
        "stuck_at": list(found.stuck_at),
        "missing": [asdict(m) for m in found.missing],
    }


def _read(unit: Unit, member: MigrationMember) -> ProcessInstance:
    query = select(ProcessInstance).where(ProcessInstance.key == member.instance_key)
    return unit.session.exec(query).one()


_STEPS: dict[str, Callable[[Unit, Migration], None]] = {
    CHECKING: _check,
    CANARY: _canary,
    RUNNING: _run,
    REVERTING: _revert,
}
