"""BPMN: XML to a definition; `decide` and `evolve` run it. Pure."""

from orchestrator.bpmn.change.scopes import BadInstruction
from orchestrator.bpmn.engine import again, armed, catches, decide, execute
from orchestrator.bpmn.evolve import evolve
from orchestrator.bpmn.handlers import Rejected
from orchestrator.bpmn.model import ProcessDefinition
from orchestrator.bpmn.parsing import forms, parse
from orchestrator.bpmn.run import Decisions, Environment
from orchestrator.bpmn.state import Done, Live, Loader, State

__all__ = [
    "BadInstruction",
    "Decisions",
    "Done",
    "Environment",
    "Live",
    "Loader",
    "ProcessDefinition",
    "Rejected",
    "State",
    "again",
    "armed",
    "catches",
    "decide",
    "evolve",
    "execute",
    "forms",
    "parse",
]
