"""Boundary events: begin when triggered (see `tokens.trigger`), pass their token on at once."""

from orchestrator.bpmn.elements.through import Through


class Boundary(Through):
    """Its trigger has happened when it begins, so it only passes."""
