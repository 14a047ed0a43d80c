"""DMN: XML to a decision graph to a result. Pure. See `parse` and `evaluate`."""

from orchestrator.dmn.graph import evaluate
from orchestrator.dmn.model import Decision, DecisionResult, Definitions, Evaluated
from orchestrator.dmn.parser import parse

__all__ = ["Decision", "DecisionResult", "Definitions", "Evaluated", "evaluate", "parse"]
