"""BPMN: XML to a definition; `decide` and `evolve` run it. Pure."""

from orchestrator.bpmn.engine import Rejected, catches, decide, execute
from orchestrator.bpmn.model import ProcessDefinition
from orchestrator.bpmn.parser import parse
from orchestrator.bpmn.run import Decisions, Environment
from orchestrator.bpmn.state import Live, Loader, State, evolve

__all__ = [
    "Decisions",
    "Environment",
    "Live",
    "Loader",
    "ProcessDefinition",
    "Rejected",
    "State",
    "catches",
    "decide",
    "evolve",
    "execute",
    "parse",
]
