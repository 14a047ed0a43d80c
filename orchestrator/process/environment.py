"""What the engine may ask of the world around an instance."""

from orchestrator import bpmn
from orchestrator.process import cluster_variables, definitions
from orchestrator.process.loading import RowLoader
from orchestrator.store import keyed
from orchestrator.store.tables import ProcessInstance
from orchestrator.store.unit import Unit

MAX_DEPTH = 1000
"""How deep processes may call one another."""


def of(unit: Unit, instance: ProcessInstance) -> bpmn.Environment:
    return bpmn.Environment(
        unit.now,
        unit.keys,
        definitions.decisions(unit),
        callable=lambda process_id: (
            instance.depth < MAX_DEPTH and definitions.is_deployed(unit, process_id)
        ),
        caller_catches=lambda code: _caller_catches(unit, instance, code),
        ambient=cluster_variables.Ambient(unit),
    )


def of_starts(unit: Unit) -> bpmn.Environment:
    """For what starts instances: there is none yet."""
    return bpmn.Environment(unit.now, unit.keys, ambient=cluster_variables.Ambient(unit))


def _caller_catches(unit: Unit, instance: ProcessInstance, code: str) -> bool:
    """Whether a call activity above the instance catches an error, however far up."""
    while instance.parent_key is not None and instance.parent_element_key is not None:
        parent = keyed.get(unit, ProcessInstance, instance.parent_key, "The caller is gone.")
        state = bpmn.State(RowLoader(unit, parent.key))
        definition = definitions.of(unit, parent)
        if bpmn.catches(definition, state, instance.parent_element_key, code):
            return True
        instance = parent
    return False
