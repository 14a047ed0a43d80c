"""What BPMN 2.0 demands of a model, read from its XML: by whom it was drawn does not matter.

One module per chapter of the standard; each gives findings, all of which are told at once.
"""

from collections.abc import Callable, Iterator

from lxml import etree

from orchestrator.bpmn.rules import (
    activities,
    choreography,
    collaboration,
    compensation,
    data,
    event_based,
    events,
    expressions,
    flows,
    gateways,
    identity,
    item_types,
    links,
    messages,
    placement,
    references,
    schema,
    scopes,
)
from orchestrator.bpmn.rules.model import Model
from orchestrator.kernel.errors import Finding

RULES: tuple[Callable[[Model], Iterator[Finding]], ...] = (
    identity.check,
    schema.check,
    placement.check,
    references.check,
    flows.check,
    scopes.check,
    activities.check,
    gateways.check,
    event_based.check,
    events.check,
    links.check,
    messages.check,
    compensation.check,
    expressions.check,
    data.check,
    item_types.check,
    collaboration.check,
    choreography.check,
)


def check(root: etree._Element) -> list[Finding]:
    """Every breach of the standard in a `definitions` element."""
    model = Model(root)
    return [finding for rule in RULES for finding in rule(model)]
