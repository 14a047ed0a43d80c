"""Dry runs: what a change would make of an instance. Nothing is written."""

from collections.abc import Mapping

from orchestrator import bpmn
from orchestrator.bpmn.change import migration
from orchestrator.bpmn.change.forecast import Forecast, Forecaster, Verdict
from orchestrator.bpmn.change.plan import Plan
from orchestrator.bpmn.commands import ModifyInstance
from orchestrator.kernel.errors import DeskhandError, Finding
from orchestrator.process import definitions, environment, instances
from orchestrator.process.loading import RowLoader
from orchestrator.store.tables import ProcessDefinition, ProcessInstance
from orchestrator.store.unit import Unit


def because(error: DeskhandError) -> tuple[Finding, ...]:
    """Why a change is refused, by stable codes."""
    findings = error.findings if isinstance(error, bpmn.BadInstruction) else ()
    return findings or (Finding("", error.code, error.message),)


class MigrationTrial:
    """Of one mapping, for many instances of one definition."""

    def __init__(self, unit: Unit, plan: Plan) -> None:
        self._unit, self._plan = unit, plan
        self._forecaster = Forecaster(plan.source, plan.target)

    def forecast(self, instance: ProcessInstance) -> Forecast:
        before = bpmn.State(RowLoader(self._unit, instance.key))
        around = environment.of(self._unit, instance)
        try:
            after = migration.migrate(self._plan, before, instance.key, around).state
        except bpmn.BadInstruction as error:
            return Forecast(Verdict.REFUSED, error.message, findings=because(error))
        return self._forecaster.forecast(instance.key, before, after)


def of_migration(
    unit: Unit, key: int, target: ProcessDefinition, elements: Mapping[str, str]
) -> Forecast:
    """Raises NotFound, bpmn.BadInstruction for a mapping that fits no instance."""
    instance = instances.get(unit, key)
    plan = Plan(definitions.of(unit, instance), definitions.executable(target), elements)
    return MigrationTrial(unit, plan).forecast(instance)


def of_modification(unit: Unit, command: ModifyInstance) -> Forecast:
    """Raises NotFound."""
    instance = instances.get(unit, command.instance_key)
    definition, around = definitions.of(unit, instance), environment.of(unit, instance)
    before = bpmn.State(RowLoader(unit, instance.key))
    try:
        after = bpmn.execute(definition, before, command, around).state
    except (bpmn.BadInstruction, bpmn.Rejected) as error:
        return Forecast(Verdict.REFUSED, error.message, findings=because(error))
    return Forecaster(definition, definition).forecast(instance.key, before, after)
