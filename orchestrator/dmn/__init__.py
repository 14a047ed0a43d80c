"""DMN: XML to a decision graph to a result. Pure. See `parse`, `evaluate` and `invoke`."""

from orchestrator.dmn.checks import check
from orchestrator.dmn.explanation import explain
from orchestrator.dmn.graph import evaluate, invoke
from orchestrator.dmn.model import Decision, DecisionResult, Definitions, Evaluated
from orchestrator.dmn.parser import imported, parse, read
from orchestrator.dmn.table import DecisionTable, MatchedRule

__all__ = [
    "Decision",
    "DecisionResult",
    "DecisionTable",
    "Definitions",
    "Evaluated",
    "MatchedRule",
    "check",
    "evaluate",
    "explain",
    "imported",
    "invoke",
    "parse",
    "read",
]
