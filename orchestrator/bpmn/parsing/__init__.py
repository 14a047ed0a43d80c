"""BPMN 2.0 XML to process definitions."""

from orchestrator.bpmn.parsing.document import parse

__all__ = ["parse"]
