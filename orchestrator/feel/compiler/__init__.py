"""Syntax tree to Python closures: done once per expression, run many times."""

# Each module enters its kinds of node into COMPILERS when it is imported.
import orchestrator.feel.compiler.access
import orchestrator.feel.compiler.calls
import orchestrator.feel.compiler.control
import orchestrator.feel.compiler.operations
import orchestrator.feel.compiler.unary_tests  # noqa: F401
from orchestrator.feel.compiler.closures import INPUT
from orchestrator.feel.compiler.folding import fold
from orchestrator.feel.compiler.program import Program, program

__all__ = ["INPUT", "Program", "fold", "program"]
