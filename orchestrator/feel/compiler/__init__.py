"""Syntax tree to Python closures: done once per expression, run many times."""

# Each module enters its kinds of node into COMPILERS when it is imported.
import orchestrator.feel.compiler.access
import orchestrator.feel.compiler.calls
import orchestrator.feel.compiler.control
import orchestrator.feel.compiler.operations  # noqa: F401
from orchestrator.feel.compiler.closures import INPUT, Closure, compile_node
from orchestrator.feel.compiler.folding import fold
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.compiler.unary_tests import compile_tests

__all__ = ["INPUT", "Closure", "Names", "compile_node", "compile_tests", "fold"]
