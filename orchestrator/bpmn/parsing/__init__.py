"""BPMN 2.0 XML to process definitions."""

from orchestrator.bpmn.parsing.document import forms, parse

__all__ = ["forms", "parse"]
