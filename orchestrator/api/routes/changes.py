"""Changing a process instance while it runs."""

from orchestrator.api.model import Key
from orchestrator.api.routes.change_models import (
    ForecastView,
    Migration,
    Modification,
    elements_of,
)
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, ProcessManager
from orchestrator.process import definitions, forecasts, migrate, modification, suspension

router = Section(prefix="/v2/process-instances", tags=["process instances"])


@router.post("/{key}/suspension", status_code=204)
def suspend_process_instance(key: Key, caller: ProcessManager) -> None:
    """Its tokens stand still, its work is not claimed. Timers, messages, signals and finished
    work are kept until it is resumed."""
    with caller.begin() as unit:
        suspension.suspend(unit, key)


@router.post("/{key}/resumption", status_code=204)
def resume_process_instance(key: Key, caller: ProcessManager) -> None:
    """It goes on, first with what was kept, in the order it came."""
    with caller.begin() as unit:
        suspension.resume(unit, key)


@router.post("/{key}/modification", status_code=204)
def modify_process_instance(key: Key, body: Modification, caller: ProcessManager) -> None:
    """Activates, moves and terminates elements by hand."""
    with caller.begin() as unit:
        modification.modify(unit, body.command(key))


@router.post("/{key}/modification/dry-run")
def try_modification(key: Key, body: Modification, caller: Anyone) -> ForecastView:
    """What the modification would make of it. Nothing is changed."""
    with caller.begin() as unit:
        return ForecastView.model_validate(forecasts.of_modification(unit, body.command(key)))


@router.post("/{key}/migration/dry-run")
def try_migration(key: Key, body: Migration, caller: Anyone) -> ForecastView:
    """What the migration would make of it. Nothing is changed."""
    elements = elements_of(body.mapping_instructions)
    with caller.begin() as unit:
        target = definitions.usable(unit, body.target_process_definition_key)
        return ForecastView.model_validate(forecasts.of_migration(unit, key, target, elements))


@router.post("/{key}/migration", status_code=204)
def migrate_process_instance(key: Key, body: Migration, caller: ProcessManager) -> None:
    """Brings it to another definition; every active element needs a mapping."""
    elements = elements_of(body.mapping_instructions)
    with caller.begin() as unit:
        target = definitions.usable(unit, body.target_process_definition_key)
        migrate.migrate(unit, key, target, elements)
